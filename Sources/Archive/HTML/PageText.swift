import Discussion

/// Short stretches of a page's words.
enum PageText {
  /// The shown words of a node on one line.
  static func line(_ tree: HTMLTree, _ node: Int, leavesOut: (Int) -> Bool = { _ in false }) -> [UInt8] {
    // Without the mark that an item of a list has.
    let start = tree.tag(node) == .li ? node + 1 : node
    let text = HTMLText.parsed(tree, start..<tree.end(node), leavesOut: leavesOut)
    return OneLine.of(text.utf8)
  }

  /// A title without the `Re:` that replies put before it, folded.
  static func withoutReplyMark(_ title: [UInt8]) -> [UInt8] {
    var words = Phrase(folding: title).utf8[...]
    while let mark = [StaticText("re:"), "re :", "aw:", "antw:", "sv:", "odp:"].first(where: {
      words.starts(with: $0.utf8)
    }) {
      words = Name.trimmed(words.dropFirst(mark.utf8.count))
    }
    return Array(words)
  }
}
