import Discussion
import Grid
import Reader

/// Rows and heads in words, for those who listen: no signs, no columns.
extension LinearReading {
  /// `2 of 5: Title, by Ann, 2012, 7 comments, 3 unread, starred.`
  static func row(of state: ReaderState, _ row: Int) -> String? {
    guard let discussion = state.selectedDiscussion else {
      if state.arrangement.isLimited, !state.library.discussions.isEmpty {
        return "Nothing here meets the limit."
      }
      return state.loading == nil ? "Nothing is open." : nil
    }
    let library = state.library
    let title = library.shownTitle(of: discussion)
    let post = library.post(of: discussion)
    var parts = [String(decoding: title, as: UTF8.self)]
    if let author = library.author(of: post) { parts.append("by " + String(decoding: author, as: UTF8.self)) }
    if let date = library.date(of: post) { parts.append(DateText.short(date)) }
    parts.append(counts(of: discussion, state))
    if state.mark(on: discussion)?.isStarred == true { parts.append("starred") }
    return "\(row + 1) of \(state.listing.count): " + parts.joined(separator: ", ") + "."
  }

  /// `Row 2 of 12: 2013-02, 14.`
  static func row(of overview: Overview) -> String {
    let row = overview.rows[overview.place.selected]
    let label = row.label == "⋮" ? "" : row.label.drop { $0 == " " }
    let parts = [
      row.isProblem ? "problem" : "", String(label), row.count.map { HitCount.grouped($0) } ?? "", row.detail,
    ]
    return "Row \(overview.place.selected + 1) of \(overview.rows.count): "
      + parts.filter { !$0.isEmpty }.joined(separator: ", ") + "."
  }

  /// `7 comments, 3 unread`.
  static func counts(of discussion: DiscussionID, _ state: ReaderState) -> String {
    let comments = state.commentCount(of: discussion)
    let unread = state.unreadCount(of: discussion)
    return (comments == 1 ? "1 comment" : comments == 0 ? "no comments" : "\(comments) comments")
      + (unread > 0 ? ", \(unread) unread" : "")
      + (state.newCount(of: discussion) > 0 ? ", \(state.newCount(of: discussion)) new" : "")
  }

  /// `1.1, Ann, in reply to 1, 14 Jun 2012, unread, 2 replies:`
  static func head(of entry: EntryID, _ state: ReaderState, isFolded: Bool) -> String {
    let library = state.library
    let depth = library.depth(of: entry)
    var parts = [depth == 0 ? "Post" : number(of: entry, state)]
    if library.isRemoved(entry) { parts.append("deleted") }
    parts.append(
      library.author(of: entry).map { (depth == 0 ? "by " : "") + String(decoding: $0, as: UTF8.self) }
        ?? "name not in the source")
    if depth > 1, let parent = library.parent(of: entry) {
      let name = library.author(of: parent).map { ", " + String(decoding: $0, as: UTF8.self) } ?? ""
      parts.append("in reply to " + number(of: parent, state) + name)
    }
    if let date = library.date(of: entry) { parts.append(DateText.short(date)) }
    if let score = library.score(of: entry) { parts.append(score == 1 ? "1 point" : "\(score) points") }
    parts += marks(on: entry, state)
    let replies = library.descendantCount(of: entry)
    if isFolded {
      parts.append(replies == 0 ? "folded" : "folded with \(replies) \(replies == 1 ? "reply" : "replies")")
    } else if depth > 0, replies > 0 {
      parts.append(replies == 1 ? "1 reply" : "\(replies) replies")
    }
    return parts.joined(separator: ", ") + "."
  }

  /// `Hit 2 of 12: Title, 1.1, Ann: …words around the match…`
  static func hit(of state: ReaderState, _ search: SearchSession, _ entry: EntryID) -> String {
    let title = state.library.shownTitle(of: state.library.discussion(of: entry))
    var parts = [String(decoding: title, as: UTF8.self)]
    parts.append(state.library.depth(of: entry) == 0 ? "post" : number(of: entry, state))
    if let author = state.library.author(of: entry) { parts.append(String(decoding: author, as: UTF8.self)) }
    let more = (search.currentGroup?.count ?? 1) - 1
    if more > 0 { parts.append("\(HitCount.grouped(more)) more in this thread") }
    let count = search.answer?.threads.text ?? ""
    let snippet =
      state.snippet(of: entry, columns: 160).map { String(decoding: $0.utf8, as: UTF8.self) } ?? ""
    return "Thread \(search.group + 1) of \(count): " + parts.joined(separator: ", ") + ": " + snippet
  }

  /// `Bookmark 1 of 3: Title, 1.1, Ann, starred, note: …`
  static func bookmark(of state: ReaderState, _ row: Int) -> String {
    let bookmark = state.bookmarkRows[row]
    var parts: [String] = []
    if let entry = bookmark.entry {
      let title = state.library.shownTitle(of: state.library.discussion(of: entry))
      parts.append(String(decoding: title, as: UTF8.self))
      if !bookmark.target.isDiscussion {
        parts.append(state.library.depth(of: entry) == 0 ? "post" : number(of: entry, state))
        parts.append(authorName(of: entry, in: state.library))
      }
    } else {
      parts.append("not open now, " + bookmark.mark.summary)
    }
    if bookmark.mark.isStarred { parts.append("starred") }
    parts += bookmark.mark.tags.map { "tag " + $0 }
    if !bookmark.mark.note.isEmpty { parts.append("note: " + bookmark.mark.note) }
    return "Bookmark \(row + 1) of \(state.bookmarkRows.count): " + parts.joined(separator: ", ") + "."
  }

  private static func marks(on entry: EntryID, _ state: ReaderState) -> [String] {
    var parts = state.read.isNew(entry) ? ["new"] : state.read.isUnread(entry) ? ["unread"] : []
    if let mark = state.mark(on: entry) {
      if mark.isStarred { parts.append("starred") }
      if mark.isBookmarked { parts.append("bookmarked") }
      parts += mark.tags.map { "tag " + $0 }
    }
    return parts
  }

  private static func number(of entry: EntryID, _ state: ReaderState) -> String {
    state.library.depth(of: entry) == 0
      ? "the post" : state.library.number(of: entry).map(String.init).joined(separator: ".")
  }
}
