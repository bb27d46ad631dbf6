/// The part of a document that is in memory: it moves on over the source and grows when a token is larger
/// than it.
struct XMLWindow {
  /// The bytes in memory.
  private(set) var bytes: [UInt8] = []
  /// The first byte that is not taken yet; offset into `bytes`.
  var position = 0
  /// How many bytes of the document went before `bytes`.
  private(set) var base = 0
  /// In which charset the bytes are.
  var charset: XMLCharset
  /// Whether everything that is left is in memory.
  private(set) var holdsEnd = false
  private let source: Source
  private var countedLines = 1
  private var countedTo = 0

  /// How much is read at once.
  static let chunkSize = 1 << 18

  /// A window at the start of a source.
  init(_ source: Source, charset: XMLCharset) {
    self.source = source
    self.charset = charset
  }

  /// Draws more bytes; what was taken leaves.
  /// - Returns: whether anything came. Offsets into `bytes` are smaller by the old `position` after it.
  mutating func fill() -> Bool {
    guard !holdsEnd else { return false }
    drop()
    let before = bytes.count
    let limit = max(XMLWindow.chunkSize, before)
    if before == 0 { bytes.reserveCapacity(limit) }
    if source.read(into: &bytes, upTo: limit) == 0 {
      holdsEnd = true
      return false
    }
    charset.learn(bytes, from: before)
    return true
  }

  private mutating func drop() {
    guard position > 0 else { return }
    _ = line()
    bytes.removeSubrange(..<position)
    base += position
    countedTo -= position
    position = 0
  }

  /// Brings at least `count` bytes from `position` on into memory; fewer only at the end.
  mutating func need(_ count: Int) {
    while bytes.count - position < count, fill() {}
  }

  /// The line of `position`, from 1.
  /// - Complexity: O(bytes since it was asked last).
  mutating func line() -> Int {
    let lines = XMLWindow.lineEnds(in: bytes.span, from: countedTo, to: position)
    countedTo = max(countedTo, position)
    countedLines += lines
    return countedLines
  }

  private static func lineEnds(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var lines = 0
    var at = start
    while at < end {
      if bytes[at] == 0x0A { lines &+= 1 }
      at &+= 1
    }
    return lines
  }

  /// The document's offset of `position`.
  var offset: Int { base + position }
}
