/// What a gzip file holds: all its members, one after the other.
///
/// The names, times and sizes that it states are not used; a checksum or size that does not match is
/// reported, and the text kept.
final class GzipStream: UnpackingStream {
  private enum State {
    case header, body, end
    case failed(String)
  }

  private let input: PackedInput
  private let inflater: Inflater
  private let limit: ExpansionLimit
  private let report: (String) -> Void
  private var state = State.header
  private var members = 0
  private var unpacked = 0

  /// A stream; nil when there is no memory for it.
  /// - Parameter report: gets the sentences about what does not end the stream.
  init?(_ source: Source, limit: ExpansionLimit, report: @escaping (String) -> Void) {
    guard let inflater = Inflater() else { return nil }
    input = PackedInput(source)
    self.inflater = inflater
    self.limit = limit
    self.report = report
  }

  var packedCount: Int { input.used }

  func next(into buffer: inout [UInt8], upTo most: Int) throws(StreamError) -> Int {
    while true {
      switch state {
      case .end: return 0
      case .failed(let sentence):
        state = .end
        throw .damaged(sentence)
      case .header: beginMember()
      case .body:
        let produced = inflate(into: &buffer, upTo: min(most, PackedInput.step))
        if produced > 0 { return produced }
      }
    }
  }

  private func inflate(into buffer: inout [UInt8], upTo most: Int) -> Int {
    if let sentence = limit.problem(packed: input.used, unpacked: unpacked) {
      state = .failed(sentence)
      return 0
    }
    let isAtEnd = !input.fetch(1)
    let (produced, outcome) = inflater.step(input, into: &buffer, upTo: most)
    unpacked += produced
    switch outcome {
    case .end: endMember()
    case .damaged: state = .failed(ProblemSentence.damaged(.gzip))
    case .more where isAtEnd && produced == 0: state = .failed(ProblemSentence.endsEarly(.gzip))
    case .more: break
    }
    return produced
  }

  private func beginMember() {
    guard input.fetch(1) else {
      state = members > 0 ? .end : .failed(ProblemSentence.endsEarly(.gzip))
      return
    }
    if members > 0, !(input.fetch(3) && input.bytes[input.position...].starts(with: [0x1F, 0x8B, 0x08])) {
      state = isPadding() ? .end : .failed(ProblemSentence.trailing(.gzip))
      return
    }
    inflater.reset()
    state = skipHeader() ? .body : .failed(ProblemSentence.endsEarly(.gzip))
  }

  /// Whether all that is left are NULs, as tapes and block devices have them.
  private func isPadding() -> Bool {
    while let byte = input.next() { if byte != 0 { return false } }
    return true
  }

  private func skipHeader() -> Bool {
    guard input.fetch(10) else { return false }
    let flags = input.bytes[input.position + 3]
    input.use(10)
    if flags & 4 != 0 {
      guard let low = input.next(), let high = input.next(), input.skip(Int(low) | Int(high) << 8) else {
        return false
      }
    }
    for text in [8, 16] as [UInt8] where flags & text != 0 {
      repeat { guard input.fetch(1) else { return false } } while input.next() != 0
    }
    return flags & 2 == 0 || input.skip(2)
  }

  private func endMember() {
    members += 1
    guard input.fetch(8) else {
      state = .failed(ProblemSentence.endsEarly(.gzip))
      return
    }
    let trailer = input.bytes[input.position..<input.position + 8].map(UInt32.init)
    input.use(8)
    state = .header
    let sum = trailer[0] | trailer[1] << 8 | trailer[2] << 16 | trailer[3] << 24
    let size = trailer[4] | trailer[5] << 8 | trailer[6] << 16 | trailer[7] << 24
    if sum != inflater.checksum {
      report(ProblemSentence.wrongChecksum(.gzip))
    } else if size != UInt32(truncatingIfNeeded: inflater.size) {
      report(ProblemSentence.wrongSize(.gzip))
    }
  }
}
