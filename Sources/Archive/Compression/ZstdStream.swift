import CZstd

/// A decoder of libzstd.
@safe
final class ZstdDecoder {
  /// How a step ended.
  enum Outcome: Equatable { case more, frameEnd, wrongChecksum, needsDictionary, damaged }

  private let context: OpaquePointer

  /// A decoder; nil when there is no memory for it.
  init?(windowLog: Int32) {
    guard let context = unsafe ZSTD_createDCtx() else { return nil }
    unsafe self.context = context
    _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// How many bytes it wants next: a block, or a header, and no more.
  private(set) var wanted = 1

  /// Begins a frame. Its header has to come in one piece: from the middle of one libzstd may see the
  /// beginning of an older format.
  func begin(_ frame: ZstdFrame) { wanted = frame.headerLength }

  /// Decodes bytes at hand, appending at most `limit`.
  ///
  /// It gets no more than it wants: of what it decodes in the same step as a wrong checksum nothing is
  /// handed out.
  /// - Returns: how many came out, and how it ended.
  func step(
    _ input: PackedInput, into buffer: inout [UInt8], upTo limit: Int
  ) -> (Int, Outcome) {
    var produced = 0
    var used = 0
    var result = 0
    buffer.append(addingCapacity: limit) { output in
      unsafe output.withUnsafeMutableBufferPointer { target, filled in
        unsafe input.bytes.withUnsafeBufferPointer { bytes in
          guard let from = bytes.baseAddress, let to = target.baseAddress else { return }
          var source = unsafe ZSTD_inBuffer(
            src: from + input.position, size: min(wanted, input.available), pos: 0)
          var sink = unsafe ZSTD_outBuffer(dst: to + filled, size: limit, pos: 0)
          result = unsafe ZSTD_decompressStream(context, &sink, &source)
          used = unsafe source.pos
          produced = unsafe sink.pos
          filled += produced
        }
      }
    }
    input.use(used)
    wanted = ZSTD_isError(result) != 0 ? 1 : max(1, result)
    guard ZSTD_isError(result) != 0 else { return (produced, result == 0 ? .frameEnd : .more) }
    switch ZSTD_getErrorCode(result) {
    case ZSTD_error_checksum_wrong: return (produced, .wrongChecksum)
    case ZSTD_error_dictionary_wrong: return (produced, .needsDictionary)
    default: return (produced, .damaged)
    }
  }
}

/// What a zstd file holds: all its frames, one after the other.
///
/// Sizes of contents that it states are not used, and a frame that asks for more memory than it may have
/// is refused before it gets any.
final class ZstdStream: UnpackingStream {
  private enum State {
    case frame, data, end
    case failed(String)
  }

  /// The largest window, as its logarithm: as zstd itself has it, and with `--long=31`.
  static func windowLog(isLong: Bool) -> Int32 { isLong ? 31 : 27 }

  private let input: PackedInput
  private let decoder: ZstdDecoder
  private let windowLog: Int32
  private let limit: ExpansionLimit
  private var state = State.frame
  private var frames = 0
  private var unpacked = 0

  /// A stream; nil when there is no memory for it.
  init?(_ source: Source, allowsLongWindows: Bool, limit: ExpansionLimit) {
    windowLog = ZstdStream.windowLog(isLong: allowsLongWindows)
    guard let decoder = ZstdDecoder(windowLog: windowLog) else { return nil }
    input = PackedInput(source)
    self.decoder = decoder
    self.limit = limit
  }

  var packedCount: Int { input.used }

  func next(into buffer: inout [UInt8], upTo most: Int) throws(StreamError) -> Int {
    while true {
      switch state {
      case .end: return 0
      case .failed(let sentence):
        state = .end
        throw .damaged(sentence)
      case .frame: beginFrame()
      case .data:
        let produced = decode(into: &buffer, upTo: min(most, PackedInput.step))
        if produced > 0 { return produced }
      }
    }
  }

  private func beginFrame() {
    guard input.fetch(1) else {
      state = frames > 0 ? .end : .failed(ProblemSentence.endsEarly(.zstd))
      return
    }
    input.fetch(ZstdFrame.headerLimit)
    let head = input.bytes[input.position...]
    frames += 1
    if let length = ZstdFrame.skippable(head) {
      if !input.skip(8 + length) { state = .failed(ProblemSentence.endsEarly(.zstd)) }
      return
    }
    guard ZstdFrame.isData(head) else {
      state = .failed(ProblemSentence.trailing(.zstd))
      return
    }
    guard let frame = ZstdFrame(head) else {
      state = .failed(ProblemSentence.endsEarly(.zstd))
      return
    }
    if frame.window > UInt64(1) << UInt64(windowLog) {
      state = .failed(ProblemSentence.windowTooLarge(frame.window))
      return
    }
    decoder.begin(frame)
    state = frame.isDamaged ? .failed(ProblemSentence.damaged(.zstd)) : .data
  }

  private func decode(into buffer: inout [UInt8], upTo most: Int) -> Int {
    if let sentence = limit.problem(packed: input.used, unpacked: unpacked) {
      state = .failed(sentence)
      return 0
    }
    let isAtEnd = !input.fetch(decoder.wanted) && input.available == 0
    let (produced, outcome) = decoder.step(input, into: &buffer, upTo: most)
    unpacked += produced
    switch outcome {
    case .frameEnd: state = .frame
    case .wrongChecksum: state = .failed(ProblemSentence.wrongChecksum(.zstd))
    case .needsDictionary: state = .failed(ProblemSentence.needsDictionary)
    case .damaged: state = .failed(ProblemSentence.damaged(.zstd))
    case .more where isAtEnd && produced == 0: state = .failed(ProblemSentence.endsEarly(.zstd))
    case .more: break
    }
    return produced
  }
}
