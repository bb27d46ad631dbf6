/// The link with which the words of a comment begin when blog software writes whom it answers.
enum AnsweredLink {
  /// The address of the comment that is answered: the first paragraph is one link to a comment, with a few
  /// words around it at most.
  /// - Complexity: O(1).
  static func find(in html: [UInt8]) -> [UInt8]? {
    let head = html.prefix(2048)
    guard let open = position(of: "<a ", in: head, from: 0) else { return nil }
    let before = String(decoding: head[..<open], as: UTF8.self)
    guard before.utf8.count <= 64, !before.contains("</p"), !before.contains("<br") else { return nil }
    guard let href = position(of: "href=", in: head, from: open),
      let tagEnd = head[open...].firstIndex(of: 0x3E),
      href < tagEnd, href + 6 < tagEnd
    else { return nil }
    let quote = head[href + 5]
    guard quote == 0x22 || quote == 0x27, let end = head[(href + 6)..<tagEnd].firstIndex(of: quote) else {
      return nil
    }
    let address = CharacterReferences.decode(Array(head[(href + 6)..<end]))
    guard CommentAddress(address) != nil, let close = position(of: "</a>", in: head, from: tagEnd),
      let paragraphEnd = position(of: "</p>", in: head, from: close), paragraphEnd - close <= 4 + 8
    else { return nil }
    return address
  }

  private static func position(of text: StaticString, in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    let pattern = Array(text.description.utf8)
    guard start + pattern.count <= bytes.endIndex else { return nil }
    return (start...(bytes.endIndex - pattern.count)).first { bytes[$0...].starts(with: pattern) }
  }
}
