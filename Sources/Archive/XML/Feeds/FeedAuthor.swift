/// The names of authors as feeds write them.
enum FeedAuthor {
  /// The name in an author element of RSS: `mail@host (Name)`, `Name <mail@host>`, or the name alone; nil
  /// when nobody is named.
  static func name(inText text: [UInt8]?) -> [UInt8]? {
    guard let line = ShortLine.name(text) else { return nil }
    if line.last == 0x29, let open = line.firstIndex(of: 0x28), isMailAddress(line[..<open]) {
      return known(Array(line[(open + 1)..<(line.count - 1)]))
    }
    if line.last == 0x3E, let open = line.lastIndex(of: 0x3C),
      isMailAddress(line[(open + 1)..<(line.count - 1)])
    {
      let name = ShortLine.trimmed(line[..<open])
      return name.isEmpty ? Array(line[(open + 1)..<(line.count - 1)]) : known(unquoted(name))
    }
    return known(line)
  }

  /// The names of the authors that an Atom element holds, joined by commas.
  static func names(of word: XMLWord = .author, in record: XMLRecord, inside parent: Int? = nil) -> [UInt8]? {
    let authors = parent.map { record.all(word, in: $0) } ?? record.all(word) + record.all(word, .atom)
    var names: [[UInt8]] = []
    for author in authors {
      let inside = record.all(.name, in: author).compactMap { ShortLine.name(record.value(of: $0)) }
      let name = inside.isEmpty ? self.name(inText: record.value(of: author)) : known(inside[0])
      if let name, !names.contains(name), names.count < 16 { names.append(name) }
    }
    return ShortLine.name(Array(names.joined(separator: [0x2C, 0x20])))
  }

  /// A name, unless it says that there is none.
  private static func known(_ name: [UInt8]) -> [UInt8]? {
    guard let name = ShortLine.name(name) else { return nil }
    let folded = String(decoding: name.prefix(16), as: UTF8.self).lowercased()
    return folded == "unknown" || folded == "(unknown)" || folded == "noreply@blogger.com" ? nil : name
  }

  private static func unquoted(_ name: ArraySlice<UInt8>) -> [UInt8] {
    guard name.count > 2, name.first == 0x22, name.last == 0x22 else { return Array(name) }
    return Array(name.dropFirst().dropLast())
  }

  private static func isMailAddress(_ text: ArraySlice<UInt8>) -> Bool {
    let text = ShortLine.trimmed(text)
    guard let at = text.firstIndex(of: 0x40), at > text.startIndex, at < text.endIndex - 1 else {
      return false
    }
    return !text.contains(0x20) && text.lastIndex(of: 0x40) == at
  }
}
