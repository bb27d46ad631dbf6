public import Discussion
public import Reader
public import Shelf
import Synchronization

/// The shelf on its own thread: what is asked for is done in order, and answered once it is on the disk.
final class ShelfKeeper: Sendable {
  private let worker = Worker(isBackground: false)
  private let box: ShelfBox
  private let failures = Atomic(0)
  private let mailbox: Mailbox
  private let sentence: @Sendable (ShelfError) -> String

  /// The shelf itself; touched by the worker's thread alone.
  private final class ShelfBox: @unchecked Sendable {
    var shelf: Shelf?
  }

  /// Opens the shelf in the background and posts what is on it.
  init(
    folder: [UInt8]?, mailbox: Mailbox, sentence: @escaping @Sendable (ShelfError) -> String,
    notice: @escaping @Sendable (ShelfNotice) -> String
  ) {
    box = ShelfBox()
    self.mailbox = mailbox
    self.sentence = sentence
    worker.submit { [box, mailbox] in
      guard let folder else {
        mailbox.post(.notice(sentence(.noHome)))
        return
      }
      do throws(ShelfError) {
        let shelf = try Shelf(folder: folder)
        box.shelf = shelf
        mailbox.post(.shelfLoaded(ShelfImage(try shelf.contents())))
        for note in shelf.notices { mailbox.post(.notice(notice(note))) }
        if let refusal = shelf.refusal { mailbox.post(.notice(sentence(refusal))) }
      } catch {
        mailbox.post(.notice(sentence(error)))
      }
    }
  }

  /// Keeps what changed of a mark, answers with its ticket and with the marks as they are then.
  func keep(
    _ target: MarkTarget, _ mark: Mark, from before: Mark, entry: EntryID, library: Library, ticket: Int
  ) {
    worker.submit { [self] in
      guard let shelf = box.shelf else {
        failures.add(1, ordering: .relaxed)
        mailbox.post(.saveFailed(ticket: ticket, sentence: "Not saved: the shelf is not open."))
        return
      }
      do throws(ShelfError) {
        let discussion = library.key(of: library.post(of: library.discussion(of: entry)))
        let isGone = mark.isEmpty
        let change = BookmarkChange(
          isStarred: mark.isStarred == before.isStarred ? nil : mark.isStarred,
          note: mark.note == before.note ? nil : Array(mark.note.utf8),
          tags: mark.tags == before.tags ? nil : mark.tags.map { Array($0.utf8) },
          quote: .some(isGone ? nil : QuoteSelector(of: entry, in: library)),
          copy: isGone ? nil : BookmarkCopy(of: entry, in: library))
        try shelf.change(
          target.key, discussion: discussion, isDiscussion: target.isDiscussion, change,
          at: mark.changedAt)
        mailbox.post(.saved(ticket: ticket))
        // It is kept; that the marks cannot be read again just now does not make it unsaved.
        if let kept = try? shelf.bookmarks() { mailbox.post(.marksLoaded(ShelfImage.marks(kept))) }
      } catch {
        failures.add(1, ordering: .relaxed)
        mailbox.post(.saveFailed(ticket: ticket, sentence: sentence(error)))
      }
    }
  }

  /// Reads the marks again.
  func refreshMarks() {
    run { [mailbox] shelf throws(ShelfError) in
      mailbox.post(.marksLoaded(ShelfImage.marks(try shelf.bookmarks())))
    }
  }

  /// Why the shelf gives nothing.
  struct Unread: Error {
    var sentence: String
  }

  private final class Answer: Sendable {
    let result = Mutex<Result<[Bookmark], Unread>>(
      .failure(Unread(sentence: "The shelf does not answer.")))
  }

  /// The bookmarks, waited for.
  func bookmarks() -> Result<[Bookmark], Unread> {
    let found = Answer()
    worker.submit { [box, sentence] in
      guard let shelf = box.shelf else {
        found.result.withLock { $0 = .failure(Unread(sentence: "The shelf is not open.")) }
        return
      }
      do throws(ShelfError) {
        let bookmarks = try shelf.bookmarks()
        found.result.withLock { $0 = .success(bookmarks) }
      } catch {
        let unread = Unread(sentence: sentence(error))
        found.result.withLock { $0 = .failure(unread) }
      }
    }
    _ = worker.drain(milliseconds: 5000)
    return found.result.withLock { $0 }
  }

  /// Number of stars and bookmarks that could not be kept.
  var failureCount: Int { failures.load(ordering: .relaxed) }

  /// Does something that has no answer but a sentence when it fails.
  func run(_ job: @escaping @Sendable (Shelf) throws(ShelfError) -> Void) {
    worker.submit { [box, mailbox, sentence] in
      guard let shelf = box.shelf else { return }
      do throws(ShelfError) { try job(shelf) } catch { mailbox.post(.notice(sentence(error))) }
    }
  }

  /// Waits until all is on the disk.
  func drain(milliseconds: Int) -> Bool { worker.drain(milliseconds: milliseconds) }
}

extension ShelfImage {
  /// What the reader needs of the shelf's contents.
  public init(_ contents: ShelfContents) {
    self.init()
    marks = ShelfImage.marks(contents.bookmarks)
    for keys in contents.read.values { read.formUnion(keys) }
    for keys in contents.unread.values { unread.formUnion(keys) }
    for (discussion, position) in contents.positions {
      positions[discussion] = KeptPosition(
        entry: position.entry, byte: position.byte, at: position.keptAt)
    }
    searches = contents.history.reversed().map { String(decoding: $0, as: UTF8.self) }
  }
}

extension ShelfImage {
  /// Marks by what they are on.
  static func marks(_ bookmarks: [Bookmark]) -> [MarkTarget: Mark] {
    var marks: [MarkTarget: Mark] = [:]
    for bookmark in bookmarks {
      marks[MarkTarget(key: bookmark.key, isDiscussion: bookmark.isDiscussion)] = Mark(bookmark)
    }
    return marks
  }
}

extension Mark {
  /// What the reader shows of a kept bookmark.
  init(_ bookmark: Bookmark) {
    let copy = bookmark.copy
    let author = copy.author.map { String(decoding: $0, as: UTF8.self) + ": " } ?? ""
    self.init(
      isStarred: bookmark.isStarred, note: String(decoding: bookmark.note, as: UTF8.self),
      tags: bookmark.tags.map { String(decoding: $0, as: UTF8.self) }, changedAt: bookmark.changedAt,
      summary: String(decoding: copy.title, as: UTF8.self) + " · " + author
        + String(decoding: copy.text.prefix(160).map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self))
  }
}

extension BookmarkCopy {
  /// A copy of what the library says of an entry, so that a bookmark survives its source.
  public init(of entry: EntryID, in library: Library) {
    let discussion = library.discussion(of: entry)
    self.init(
      title: library.title(of: discussion), author: library.author(of: entry),
      date: library.date(of: entry), sources: library.sources(of: discussion),
      text: library.text(of: entry),
      ancestors: library.ancestors(of: entry).prefix(8).map { ancestor in
        let line = library.withText(of: ancestor) { text in
          var bytes: [UInt8] = []
          var index = 0
          while index < text.count, index < 200, text[index] != 0x0A {
            bytes.append(text[index])
            index += 1
          }
          return bytes
        }
        return String(decoding: line, as: UTF8.self).utf8.map { $0 }
      })
  }
}

extension QuoteSelector {
  /// The whole text of an entry as the quoted passage, after the W3C Web Annotation model, cut to what
  /// finds it again.
  init(of entry: EntryID, in library: Library) {
    let text = library.text(of: entry)
    let exact = String(decoding: text.prefix(512), as: UTF8.self)
    self.init(exact: Array(exact.utf8))
  }
}
