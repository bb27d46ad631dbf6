/// The JSON values of a source, one after the other: the elements of a top-level array, the records of
/// JSON Lines, values written one behind the other, or the one value of a document.
///
/// Bytes are read window by window; only a value that is larger than a window makes it grow. What is
/// broken is reported with its line and passed over.
final class JSONStream {
  /// The most bytes of one value, but for the first of a source, which may be all of it.
  static let recordLimit = 64 << 20
  /// How many bytes are read at once.
  static let windowSize = 1 << 18

  /// Steps taken by the scanner, for tests of linearity.
  var operations: Int { scanner.operations }
  /// Whether the top-level array or a value was cut by the source's end.
  private(set) var isCut = false

  private let source: Source
  private let intake: Intake
  private let windowSize: Int
  private var scanner = JSONScanner()
  private var window: [UInt8] = []
  private var position = 0
  private var windowOffset = 0
  private var isAtEnd = false
  private var isInArray = false
  private var valueCount = 0
  private var isLines = false
  private var isSkipping = false
  private var faults = 0
  private var windowLine = 1
  private var counted = (position: 0, line: 1)
  private var firstFault: (line: Int, offset: Int)?

  /// The values of a source, whose broken parts `intake` is told of.
  init(_ source: Source, intake: Intake, windowSize: Int = JSONStream.windowSize) {
    self.source = source
    self.intake = intake
    self.windowSize = max(16, windowSize)
  }

  /// The next values, all in one document; nil after the last.
  func next() -> [JSONNode]? {
    while true {
      scanner.reset()
      var roots: [Int] = []
      var isWanting = false
      while !isWanting, let root = step(&isWanting, hasRoots: !roots.isEmpty) {
        if let root { roots.append(root) }
      }
      noteFaults()
      let cells = scanner.cells
      let bytes = turnWindow(isWanting: isWanting && roots.isEmpty, hasRoots: !roots.isEmpty)
      if !roots.isEmpty {
        let document = JSONDocument(bytes: bytes, cells: cells)
        return roots.map { JSONNode(document: document, index: $0) }
      }
      if isAtEnd, position >= window.count { return nil }
      if intake.isCancelled { return nil }
    }
  }

  /// Reports what is only known at the end.
  func finish() {
    if isInArray, !isCut, !intake.isCancelled {
      isCut = true
      intake.report(JSONSentence.cut, line: line(at: window.count), byteOffset: windowOffset + window.count)
    }
    if faults > 0, let firstFault {
      intake.report(JSONSentence.faults(faults), line: firstFault.line, byteOffset: firstFault.offset)
    }
    if scanner.tooDeep > 0 { intake.report(JSONSentence.tooDeep(scanner.tooDeep)) }
  }

  /// Takes one step in the window: a value, or what stands between values.
  /// - Returns: the cell of a value, `.some(nil)` for anything else, nil at the window's end.
  private func step(_ isWanting: inout Bool, hasRoots: Bool) -> Int?? {
    if isSkipping, !skipToLine() { return nil }
    skipBetween()
    guard position < window.count else { return nil }
    let byte = window[position]
    if byte == 0x5D, isInArray {
      isInArray = false
      position += 1
      return .some(nil)
    }
    if byte == 0x5B, !isInArray {
      isInArray = true
      position += 1
      return .some(nil)
    }
    let start = position
    let root = scanner.cells.count
    let outcome = scanner.scan(
      window, from: start, isFinal: isAtEnd, isLines: isLines,
      keepsCutRoot: valueCount == 0 && !isInArray)
    switch outcome {
    case .value(let end):
      isLines =
        byte == 0x7B && (start == 0 || window[start - 1] == 0x0A || isLines)
        && endsLine(end)
      position = end
      valueCount += 1
      return root
    case .cut(let isEmpty):
      reportCut()
      position = window.count
      valueCount += 1
      return isEmpty ? .some(nil) : root
    case .tooMany:
      intake.report(JSONSentence.tooMany, byteOffset: windowOffset + start)
      position = window.count
      isAtEnd = true
      return root
    case .unfinished:
      let limit = valueCount == 0 && !hasRoots ? Archive.documentLimit : JSONStream.recordLimit
      guard window.count - start < limit else {
        intake.report(
          JSONSentence.tooLong(limit), line: line(at: start), byteOffset: windowOffset + start)
        position = min(start + 1, window.count)
        isSkipping = true
        return .some(nil)
      }
      isWanting = true
      return nil
    case .broken(let resume):
      intake.report(JSONSentence.brokenLine, line: line(at: start), byteOffset: windowOffset + start)
      position = resume
      return .some(nil)
    case .junk where isInArray:
      faults += 1
      if firstFault == nil { firstFault = (line(at: start), windowOffset + start) }
      position = start + 1
      while position < window.count, !JSONStream.endsJunk(window[position]) { position += 1 }
      return .some(nil)
    case .junk:
      intake.report(JSONSentence.notJSON, line: line(at: start), byteOffset: windowOffset + start)
      position = start + 1
      isSkipping = true
      return .some(nil)
    }
  }

  private static func endsJunk(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x7B || byte == 0x22
  }

  /// Whether a value that ends here is the last of its line.
  private func endsLine(_ end: Int) -> Bool {
    var at = end
    while at < window.count, window[at] == 0x20 || window[at] == 0x0D || window[at] == 0x2C { at += 1 }
    return at < window.count && window[at] == 0x0A
  }

  /// Moves over white space, commas, NULs and byte order marks between values.
  private func skipBetween() {
    while position < window.count {
      let byte = window[position]
      if byte <= 0x20 || byte == 0x2C {
        position += 1
      } else if byte == 0xEF, position + 2 < window.count, window[position + 1] == 0xBB,
        window[position + 2] == 0xBF
      {
        position += 3
      } else {
        return
      }
    }
  }

  /// Moves to the next line that begins an object or, after an array's element, to the array's end.
  /// - Returns: false when the window has none.
  private func skipToLine() -> Bool {
    while position < window.count {
      let byte = window[position]
      if position > 0, window[position - 1] == 0x0A,
        byte == 0x7B || byte == 0x5B || byte == 0x5D || byte == 0xEF
      {
        isSkipping = false
        return true
      }
      position += 1
    }
    return false
  }

  private func reportCut() {
    guard !intake.isCancelled else { return }
    isCut = true
    intake.report(
      JSONSentence.cut, line: line(at: window.count), byteOffset: windowOffset + window.count)
  }

  /// Remembers where parts were passed over, to be told of once.
  private func noteFaults() {
    guard scanner.faults > 0 else { return }
    faults += scanner.faults
    if firstFault == nil, let first = scanner.firstFault {
      firstFault = (line(at: first), windowOffset + first)
    }
  }

  /// The line of a place in the window; cheap as long as places asked for do not go back.
  private func line(at place: Int) -> Int {
    if place < counted.position { counted = (0, windowLine) }
    if place > counted.position {
      var lines = 0
      for byte in window[counted.position..<place] where byte == 0x0A { lines += 1 }
      counted = (place, counted.line + lines)
    }
    return counted.line
  }

  /// Goes on to the next bytes; what was not taken stays in front of them.
  /// - Returns: the window as it was.
  private func turnWindow(isWanting: Bool, hasRoots: Bool) -> [UInt8] {
    let old = window
    if position > 0 {
      // The byte before tells whether a line begins.
      let kept = position - 1
      windowLine = line(at: kept)
      counted = (0, windowLine)
      windowOffset += kept
      window = Array(window[kept...])
      position = 1
    }
    guard !isAtEnd, !hasRoots || window.count < windowSize else { return old }
    let wanted = isWanting ? max(window.count * 4, windowSize) : max(windowSize, window.count + 1)
    while window.count < wanted {
      guard source.read(into: &window, upTo: wanted - window.count) > 0 else {
        isAtEnd = true
        break
      }
    }
    return old
  }
}
