extension Library {
  /// What stands for a discussion where its title is shown: the title, else the first words of the post, else
  /// the sentence that there is none. Valid UTF-8 on one line.
  /// - Complexity: O(bytes of the title + 1).
  public func shownTitle(of discussion: DiscussionID) -> [UInt8] {
    let title = title(of: discussion)
    if !title.isEmpty { return title }
    let words = withText(of: post(of: discussion)) { Library.firstWords(of: $0) }
    return words.isEmpty ? Array("(no title)".utf8) : words
  }

  /// About how many bytes of words stand for a title.
  private static let titleBytes = 100

  /// The words that a text begins with, cut between two of them.
  private static func firstWords(of text: Span<UInt8>) -> [UInt8] {
    var words: [UInt8] = []
    var lastBlank: Int?
    for offset in 0..<min(text.count, 4 * titleBytes) {
      let byte = text[offset]
      if byte <= 0x20 {
        if words.isEmpty || words.last == 0x20 { continue }
        lastBlank = words.count
        words.append(0x20)
      } else {
        words.append(byte)
      }
      guard words.count > titleBytes else { continue }
      words.removeLast(words.count - (lastBlank ?? start(ofScalarAt: words.count - 1, in: words)))
      return words + Array(" …".utf8)
    }
    // Beyond the limit the last scalar may be whole only in part.
    if text.count > 4 * titleBytes, text[4 * titleBytes] & 0xC0 == 0x80, !words.isEmpty {
      words.removeLast(words.count - start(ofScalarAt: words.count - 1, in: words))
    }
    if words.last == 0x20 { words.removeLast() }
    return words
  }

  /// Where the scalar that a byte is part of begins.
  private static func start(ofScalarAt offset: Int, in bytes: [UInt8]) -> Int {
    var start = offset
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}
