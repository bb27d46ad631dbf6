import Discussion

/// A change that can be taken back, until the reader ends.
enum UndoStep {
  /// Entries that were marked read, or unread, by hand.
  case reading([EntryID], wasRead: Bool)
  /// A mark as it was before.
  case mark(MarkTarget, entry: EntryID, before: Mark, what: String)

  /// Most steps kept.
  static let limit = 100

  /// The same step in the next generation; nil when nothing is left of it.
  func remapped(by remap: Remap) -> UndoStep? {
    switch self {
    case .reading(let entries, let wasRead):
      let moved = entries.compactMap { remap($0) }
      return moved.isEmpty ? nil : .reading(moved, wasRead: wasRead)
    case .mark(let target, let entry, let before, let what):
      return remap(entry).map { .mark(target, entry: $0, before: before, what: what) }
    }
  }
}

/// Taking changes back.
extension ReaderState {
  mutating func remember(_ step: UndoStep) {
    undoSteps.append(step)
    if undoSteps.count > UndoStep.limit { undoSteps.removeFirst() }
  }

  /// Takes the last changes back, one without a count.
  mutating func undo(times: Int?) -> [Effect] {
    var effects: [Effect] = []
    for _ in 0..<min(times ?? 1, UndoStep.limit) {
      guard let step = undoSteps.popLast() else {
        if effects.isEmpty { message = "Nothing to undo." }
        return effects
      }
      effects += undo(step)
    }
    return effects
  }

  private mutating func undo(_ step: UndoStep) -> [Effect] {
    switch step {
    case .reading(let entries, let wasRead):
      // What is unread again is not read by moving on from it.
      if wasRead { heldUnread.subtract(entries) } else { heldUnread.formUnion(entries) }
      let effects = mark(entries, isRead: wasRead)
      let count = HitCount.grouped(entries.count)
      message =
        "Undone: \(count) \(entries.count == 1 ? "entry is" : "entries are") \(wasRead ? "read" : "unread") again."
      return effects
    case .mark(let target, let entry, let before, let what):
      return restore(before, on: target, entry: entry, sentence: "Undone: \(what); saved.")
    }
  }

  /// Marks a whole discussion read, as was asked for.
  mutating func catchUp(_ discussion: DiscussionID) -> [Effect] {
    let entries = Array(library.entries(of: discussion))
    let count = unreadCount(of: discussion)
    let effects = mark(entries, isRead: true, isUndoable: true)
    message =
      effects.isEmpty
      ? "Everything here was read." : "\(HitCount.grouped(count)) marked read; U takes it back."
    return effects
  }

  /// What a change did to a mark, for the one who takes it back.
  static func change(from before: Mark, to after: Mark, isDiscussion: Bool) -> String {
    let whose = isDiscussion ? " of the discussion" : ""
    if before.isStarred, !after.isStarred { return "the star\(whose) is back" }
    if !before.isStarred, after.isStarred, before.note == after.note, before.tags == after.tags {
      return "the star\(whose) is taken away"
    }
    if before.tags != after.tags {
      return before.tags.isEmpty
        ? "the tags are taken away" : "the tags are \(before.tags.joined(separator: " ")) again"
    }
    return before.note.isEmpty ? "the note is taken away" : "the note is as before"
  }
}
