import Discussion
import Grid

/// Stars, bookmarks, notes and tags. What is shown as kept is on the disk: a change is asked for, and
/// shows when the answer comes.
extension ReaderState {
  /// The newest state of a mark, on the disk or on its way there.
  func latestMark(on target: MarkTarget) -> Mark {
    let pending = pendingMarks.filter { $0.value.target == target }.max { $0.key < $1.key }
    return pending?.value.mark ?? marks[target] ?? Mark()
  }

  private mutating func keep(
    _ target: MarkTarget, entry: EntryID, sentence: String, _ change: (inout Mark) -> Void
  ) -> [Effect] {
    let before = latestMark(on: target)
    var mark = before
    change(&mark)
    mark.changedAt = now
    mark.summary = summary(of: entry)
    if mark.isStarred != before.isStarred || mark.note != before.note || mark.tags != before.tags {
      remember(
        .mark(
          target, entry: entry, before: before,
          what: ReaderState.change(from: before, to: mark, isDiscussion: target.isDiscussion)))
    }
    return ask(for: mark, from: before, on: target, entry: entry, sentence: sentence)
  }

  /// Puts a mark back as it was.
  mutating func restore(_ before: Mark, on target: MarkTarget, entry: EntryID, sentence: String) -> [Effect] {
    var mark = before
    mark.changedAt = now
    mark.summary = summary(of: entry)
    return ask(for: mark, from: latestMark(on: target), on: target, entry: entry, sentence: sentence)
  }

  private mutating func ask(
    for mark: Mark, from before: Mark, on target: MarkTarget, entry: EntryID, sentence: String
  ) -> [Effect] {
    tickets += 1
    pendingMarks[tickets] = PendingMark(target: target, mark: mark, sentence: sentence)
    message = "Saving…"
    return [.keep(target, mark, from: before, entry: entry, ticket: tickets)]
  }

  /// Takes the marks that are on the shelf now; a note or tags being typed that nobody has touched yet
  /// begin from them.
  mutating func take(marks fresh: [MarkTarget: Mark]) {
    if var prompt {
      switch prompt.purpose {
      case .note(let entry):
        let target = self.target(of: entry)
        if prompt.field.text == latestMark(on: target).note { prompt.field.set(fresh[target]?.note ?? "") }
      case .tags(let entry):
        let target = self.target(of: entry)
        if prompt.field.text == latestMark(on: target).tags.joined(separator: " ") {
          prompt.field.set(fresh[target]?.tags.joined(separator: " ") ?? "")
        }
      case .search, .command, .source, .limit, .sort, .pipe, .save, .confirm: break
      }
      self.prompt = prompt
    }
    marks = fresh
    findOtherTargets()
    if surface == .bookmarks || !bookmarkRows.isEmpty { bookmarkRows = makeBookmarkRows() }
  }

  mutating func saved(_ ticket: Int) {
    guard let pending = pendingMarks.removeValue(forKey: ticket) else { return }
    marks[pending.target] = pending.mark.isEmpty ? nil : pending.mark
    message = pending.sentence
    if surface == .bookmarks || !bookmarkRows.isEmpty { bookmarkRows = makeBookmarkRows() }
  }

  mutating func star(times: Int?) -> [Effect] {
    if surface == .list { return starDiscussion() }
    guard let entry = currentEntry else { return missingEntry() }
    let target = self.target(of: entry)
    let isStarred = latestMark(on: target).isStarred
    return keep(target, entry: entry, sentence: isStarred ? "Star taken away; saved." : "★ saved") {
      $0.isStarred = !isStarred
    }
  }

  mutating func starDiscussion() -> [Effect] {
    guard let discussion = currentDiscussion else { return [] }
    let post = library.post(of: discussion)
    let target = self.target(of: post, isDiscussion: true)
    let isStarred = latestMark(on: target).isStarred
    return keep(
      target, entry: post,
      sentence: isStarred ? "Star of the discussion taken away; saved." : "★ discussion saved"
    ) { $0.isStarred = !isStarred }
  }

  private mutating func missingEntry() -> [Effect] {
    message = "No entry is selected."
    return []
  }

  mutating func beginNote() -> [Effect] {
    guard let entry = currentEntry else { return missingEntry() }
    var prompt = Prompt(purpose: .note(entry))
    prompt.field.set(latestMark(on: target(of: entry)).note)
    self.prompt = prompt
    return [.refreshMarks]
  }

  mutating func beginTags() -> [Effect] {
    guard let entry = currentEntry else { return missingEntry() }
    var prompt = Prompt(purpose: .tags(entry))
    prompt.field.set(
      latestMark(on: target(of: entry)).tags.joined(separator: " "))
    self.prompt = prompt
    return [.refreshMarks]
  }

  /// Lets the note of the current entry be written with an editor.
  mutating func editNote() -> [Effect] {
    guard let entry = currentEntry else { return missingEntry() }
    return [.editNote(entry, note: latestMark(on: target(of: entry)).note)]
  }

  mutating func keepNote(_ note: String, on entry: EntryID) -> [Effect] {
    let note = String(note.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    return keep(target(of: entry), entry: entry, sentence: "✎ bookmark saved") {
      // A bookmark that never had a note nor a star is kept as a star.
      if note.isEmpty && $0.isEmpty { $0.isStarred = true }
      $0.note = note
    }
  }

  mutating func keepTags(_ text: String, on entry: EntryID) -> [Effect] {
    var tags: [String] = []
    for tag in text.split(separator: " ").map(String.init) where !tags.contains(tag) { tags.append(tag) }
    return keep(target(of: entry), entry: entry, sentence: "Tags saved") {
      $0.tags = tags
    }
  }

  mutating func showBookmarks() {
    guard surface != .bookmarks else { return }
    trail.append(surface)
    if surface == .thread { covered.append(thread) }
    surface = .bookmarks
    bookmarkLimit = ""
    bookmarkRows = makeBookmarkRows()
    bookmarkPlace = ListPlace()
    if bookmarkRows.isEmpty, bookmarkLimit.isEmpty {
      message = "Nothing is starred or bookmarked yet: s stars, B bookmarks."
    }
  }

  /// All marks, in their order.
  func makeBookmarkRows() -> [BookmarkRow] {
    sorted(
      marks.map { target, mark in
        BookmarkRow(target: target, mark: mark, entry: library.entry(withKey: target.key))
      }.filter { bookmarkLimit.isEmpty || meetsLimit($0) })
  }

  /// Title, author and first words: what a list shows of an entry that is not open.
  private func summary(of entry: EntryID) -> String {
    let title = String(decoding: library.title(of: library.discussion(of: entry)), as: UTF8.self)
    let author = library.author(of: entry).map { String(decoding: $0, as: UTF8.self) + ": " } ?? ""
    let words = library.withText(of: entry) { text in
      var bytes: [UInt8] = []
      for index in 0..<min(160, text.count) { bytes.append(text[index] < 0x20 ? 0x20 : text[index]) }
      return String(decoding: bytes, as: UTF8.self)
    }
    return "\(title) · \(author)\(words)"
  }

  mutating func take(_ image: ShelfImage) {
    marks = image.marks
    showsFirstSteps =
      isUntouched && image.marks.isEmpty && image.read.isEmpty && image.positions.isEmpty
      && image.searches.isEmpty
    findOtherTargets()
    positions = image.positions
    searches = image.searches
    readKeys = image.read
    unreadKeys = image.unread
    applyReadKeys()
    goToNewestPosition()
    // A preview is set anew from the positions; a thread that is being read stays.
    if surface == .list { thread = nil }
  }

  /// Until the first key, the list stands on the discussion that was read last.
  mutating func goToNewestPosition() {
    guard isUntouched, surface == .list else { return }
    let newest = positions.max { ($0.value.at, $0.key) < ($1.value.at, $1.key) }
    guard let newest, let post = library.entry(withKey: newest.key),
      let index = listPlace(of: library.discussion(of: post))
    else { return }
    list.selected = index
  }
}
