/// Short texts of a source that stand on one line: titles, names, categories, addresses.
enum ShortLine {
  /// At most so many bytes of an author's name are kept.
  static let nameLimit = 1 << 10
  /// At most so many bytes of an address are kept; a longer one is none.
  static let addressLimit = 8 << 10
  /// At most so many bytes of a title or a category are kept.
  static let titleLimit = 64 << 10

  /// A text with every run of white space as one space, none around it, cut at a limit.
  /// - Parameter text: valid UTF-8.
  /// - Complexity: O(`text.count`).
  static func of(_ text: some Sequence<UInt8>, limit: Int = titleLimit) -> [UInt8] {
    var line: [UInt8] = []
    var isSpaced = false
    for byte in text {
      if isSpace(byte) {
        isSpaced = !line.isEmpty
        continue
      }
      if isSpaced { line.append(0x20) }
      isSpaced = false
      line.append(byte)
    }
    guard line.count > limit else { return line }
    line.removeLast(line.count - limit)
    while let last = line.last, last & 0xC0 == 0x80 { line.removeLast() }
    if let last = line.last, last >= 0xC0 { line.removeLast() }
    return line
  }

  /// A name: a line that is not empty.
  static func name(_ text: [UInt8]?) -> [UInt8]? {
    guard let text else { return nil }
    // Blog software keeps names escaped for HTML, inside of what the XML escapes.
    let line = of(CharacterReferences.decode(text), limit: nameLimit)
    return line.isEmpty ? nil : line
  }

  /// Text without the white space around it.
  static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = text
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
