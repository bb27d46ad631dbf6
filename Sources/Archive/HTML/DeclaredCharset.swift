/// The charset that a page names in its head.
enum DeclaredCharset {
  /// How far it is looked for.
  static let window = 8192

  /// The label of `<meta charset=…>`, `<meta http-equiv=content-type content="…; charset=…">` or an XML
  /// declaration's `encoding`; nil when none is there.
  static func of(_ bytes: [UInt8]) -> [UInt8]? {
    let head = bytes.prefix(window).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    if head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: 0x3E),
      let label = value(after: "encoding", in: Array(head[..<end]))
    {
      return label
    }
    var position = 0
    while let start = next("<meta", in: head, from: position) {
      let end = head[start...].firstIndex(of: 0x3E) ?? head.count
      if let label = value(after: "charset", in: Array(head[start..<end])) { return label }
      position = end
    }
    return nil
  }

  private static func next(_ word: StaticString, in head: [UInt8], from start: Int) -> Int? {
    let word = Array(word.description.utf8)
    var position = start
    while position + word.count <= head.count {
      position = HTMLTokenizer.first(word[0], in: head, from: position, end: head.count)
      guard position + word.count <= head.count else { return nil }
      if head[position..<position + word.count].elementsEqual(word) { return position }
      position += 1
    }
    return nil
  }

  private static func value(after name: StaticString, in tag: [UInt8]) -> [UInt8]? {
    guard let start = next(name, in: tag, from: 0) else { return nil }
    var position = start + name.utf8CodeUnitCount
    while position < tag.count, tag[position] <= 0x20 { position += 1 }
    guard position < tag.count, tag[position] == 0x3D else { return nil }
    position += 1
    while position < tag.count, tag[position] <= 0x20 || tag[position] == 0x22 || tag[position] == 0x27 {
      position += 1
    }
    let label = tag[position...].prefix { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x3B && $0 != 0x2F }
    return label.isEmpty ? nil : Array(label.prefix(60))
  }
}
