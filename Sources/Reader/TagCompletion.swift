import Discussion

/// Tags that are known already, offered while tags are typed.
extension ReaderState {
  /// Tags of all marks, those used most first.
  var knownTags: [String] {
    var counts: [String: Int] = [:]
    for mark in marks.values { for tag in mark.tags { counts[tag, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// The word in front of the cursor, and the known tags that begin with it and are not typed yet.
  private func tagsBeginning(_ field: TextField) -> (word: String, tags: [String]) {
    let before = field.textBeforeCursor
    let word = before.last == " " ? "" : before.split(separator: " ").last.map(String.init) ?? ""
    let typed = Set(field.text.split(separator: " ").map(String.init)).subtracting([word])
    return (word, knownTags.filter { $0.hasPrefix(word) && $0 != word && !typed.contains($0) })
  }

  /// Puts the rest of a tag behind the cursor: all of it where one is meant, else what those that begin so
  /// have in common.
  func completeTag(_ field: inout TextField) {
    let (word, tags) = tagsBeginning(field)
    guard var common = tags.first else { return }
    for tag in tags { while !tag.hasPrefix(common) { common.removeLast() } }
    // With nothing in common the one used most is taken.
    if common == word, let first = tags.first { common = first }
    field.insert(String(common.dropFirst(word.count)))
    if tags.count == 1 || common == tags.first { field.insert(" ") }
  }

  /// The tags that Tab could complete to.
  public func tagHint(_ field: TextField) -> String {
    let tags = tagsBeginning(field).tags
    return tags.isEmpty
      ? "Enter saves  Esc leaves" : "Tab: " + tags.prefix(5).joined(separator: " ") + "  Enter saves"
  }
}
