public import Discussion

extension Library {
  /// Who answers whom in a discussion, the most frequent first; the post's author is answered by replies to
  /// it.
  /// - Complexity: O(entries).
  public func answerRows(of discussion: DiscussionID) -> [OverviewRow] {
    struct Pair: Hashable {
      var from: AuthorID?
      var to: AuthorID?
    }
    var pairs: [Pair: (count: Int, first: EntryID)] = [:]
    for entry in entries(of: discussion).dropFirst() {
      guard let parent = parent(of: entry) else { continue }
      let pair = Pair(from: authorID(of: entry), to: authorID(of: parent))
      pairs[pair] = ((pairs[pair]?.count ?? 0) + 1, pairs[pair]?.first ?? entry)
    }
    return pairs.values.sorted { ($1.count, $0.first) < ($0.count, $1.first) }.map { pair in
      let parent = parent(of: pair.first) ?? pair.first
      return OverviewRow(
        "\(name(of: pair.first)) → \(name(of: parent))", count: pair.count, target: .entry(pair.first))
    }
  }

  /// Who wrote how much in a discussion, the most first.
  /// - Complexity: O(entries).
  public func authorRows(of discussion: DiscussionID) -> [OverviewRow] {
    var authors: [AuthorID?: (count: Int, first: EntryID)] = [:]
    for entry in entries(of: discussion) {
      let author = authorID(of: entry)
      authors[author] = ((authors[author]?.count ?? 0) + 1, authors[author]?.first ?? entry)
    }
    return authors.values.sorted { ($1.count, $0.first) < ($0.count, $1.first) }.map {
      OverviewRow(name(of: $0.first), count: $0.count, target: .entry($0.first))
    }
  }

  private func name(of entry: EntryID) -> String {
    author(of: entry).map { String(decoding: $0, as: UTF8.self) } ?? "(no name)"
  }

  /// The sources by name, what each holds, and beneath it what was wrong with it.
  /// - Complexity: O(discussions + sources · log sources).
  public func sourceRows(_ problems: [SourceProblem]) -> [OverviewRow] {
    var held: [[UInt8]: (discussions: Int, entries: Int, formats: [String])] = [:]
    for discussion in discussions {
      let count = entries(of: discussion).count
      let format = format(of: discussion)
      for source in sources(of: discussion) {
        var known = held[source] ?? (0, 0, [])
        known.discussions += 1
        known.entries += count
        if known.formats.count < 4, !known.formats.contains(format) { known.formats.append(format) }
        held[source] = known
      }
    }
    var faults: [[UInt8]: [SourceProblem]] = [:]
    for problem in problems { faults[problem.path, default: []].append(problem) }
    var rows: [OverviewRow] = []
    for path in Set(held.keys).union(faults.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let text = String(decoding: path, as: UTF8.self)
      let target = OverviewRow.Target.limit("source:\"\(text.filter { $0 != "\"" })\"")
      let found = faults[path] ?? []
      let wrong = found.count { !$0.isNote }
      var detail =
        held[path].map {
          "\($0.formats.joined(separator: ", ")) · \($0.discussions) \($0.discussions == 1 ? "discussion" : "discussions")"
        } ?? "nothing read"
      if wrong > 0 { detail += " · \(wrong) \(wrong == 1 ? "problem" : "problems")" }
      rows.append(
        OverviewRow(
          text, detail: detail, count: held[path]?.entries ?? 0, isProblem: wrong > 0,
          target: held[path] == nil ? .none : target))
      for fault in found {
        let place = fault.line.map { "line \($0)" } ?? (fault.isNote ? "note" : "problem")
        rows.append(
          OverviewRow(
            "  " + place, detail: fault.message, isProblem: !fault.isNote,
            target: held[path] == nil ? .none : target))
      }
    }
    return rows
  }

  /// The next discussion that has the same title as another, case and an answer's `Re:` aside, and how many
  /// there are.
  /// - Complexity: O(discussions).
  public func discussion(titledAs discussion: DiscussionID) -> (next: DiscussionID?, others: Int) {
    let title = Library.titleKey(title(of: discussion))
    guard !title.isEmpty, let here = place(of: discussion) else { return (nil, 0) }
    var before: DiscussionID?
    var after: DiscussionID?
    var others = 0
    for (place, other) in discussions.enumerated() where place != here {
      guard Library.titleKey(self.title(of: other)) == title else { continue }
      others += 1
      if place < here, before == nil { before = other }
      if place > here, after == nil { after = other }
    }
    return (after ?? before, others)
  }

  private static func titleKey(_ title: [UInt8]) -> [UInt8] {
    var key = ListSort.folded(title, limit: .max)[...]
    while key.starts(with: "re:".utf8) { key = key.dropFirst(3).drop { $0 == 0x20 } }
    while key.last == 0x20 { key.removeLast() }
    return Array(key)
  }
}
