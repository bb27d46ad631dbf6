import Discussion
import Glibc
import Grid
import Reader
import Shelf

/// Bookmarks as a page to look at or to pass on.
extension ReaderLoop where Face: ~Copyable {
  /// The kept bookmarks of some targets, in their order; nil when the shelf does not give them, which is
  /// then told.
  private mutating func kept(_ targets: [MarkTarget]) -> [Bookmark]? {
    switch shelf.bookmarks() {
    case .failure(let unread):
      dispatch(.notice(unread.sentence))
      return nil
    case .success(let bookmarks):
      var byTarget: [MarkTarget: Bookmark] = [:]
      for bookmark in bookmarks {
        byTarget[MarkTarget(key: bookmark.key, isDiscussion: bookmark.isDiscussion)] = bookmark
      }
      return targets.compactMap { byTarget[$0] }
    }
  }

  /// The Markdown digest, by the display rule.
  mutating func digest(of targets: [MarkTarget]) -> [UInt8]? {
    kept(targets).map { bookmarks in
      let page = Digest.markdown(bookmarks: bookmarks, offsetMinutes: LocalClock.offsetMinutes)
      return DisplayRule.printable(page.span, lineEnds: .keep)
    }
  }

  /// The bookmarks as `lectern bookmarks list --json` prints them.
  mutating func bookmarksJSON(of targets: [MarkTarget]) -> [UInt8]? {
    kept(targets).map { bookmarks in
      var json = JSONText()
      json.bookmarks(bookmarks)
      return json.take() + [0x0A]
    }
  }

  /// Shows the digest.
  mutating func showDigest(of targets: [MarkTarget]) {
    guard let text = digest(of: targets) else { return }
    let count = targets.count == 1 ? "1 bookmark" : "\(targets.count) bookmarks"
    dispatch(.pageMade(TextPage(title: "Digest of \(count)", text: text)))
  }
}

/// The clock of whoever reads.
public enum LocalClock {
  /// Minutes east of UTC, now.
  public static var offsetMinutes: Int {
    var now = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&now, &parts) != nil else { return 0 }
    return unsafe Int(parts.tm_gmtoff) / 60
  }
}
