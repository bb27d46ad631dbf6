import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct KeepingTests {
  @Test func aStarShowsOnceItIsKept() {
    var session = Session()
    session.open(0, at: "1")
    let entry = session.entry(0, "1")
    session.press("s")
    #expect(session.keeps.count == 1)
    #expect(session.keeps[0].mark.isStarred)
    #expect(session.keeps[0].mark.changedAt == 1_400_000_000)
    #expect(session.keeps[0].mark.summary.contains("Bo Lind: Twice is not enough"))
    #expect(session.state.mark(on: entry) == nil)
    #expect(session.state.message == "Saving…")
    session.saveAll()
    #expect(session.state.mark(on: entry)?.isStarred == true)
    #expect(session.state.message == "★ saved")
    session.press("s")
    #expect(session.state.mark(on: entry)?.isStarred == true)
    session.saveAll()
    #expect(session.state.mark(on: entry) == nil)
    #expect(session.state.message == "Star taken away; saved.")
  }

  @Test func whatCouldNotBeKeptIsSaidAndNotShown() {
    var session = Session()
    session.open(0, at: "1")
    session.press("s")
    session.send(.saveFailed(ticket: session.keeps[0].ticket, sentence: "The disk is full."))
    #expect(session.state.mark(on: session.entry(0, "1")) == nil)
    #expect(session.state.message == "The disk is full.")
    session.send(.saved(ticket: session.keeps[0].ticket))
    #expect(session.state.mark(on: session.entry(0, "1")) == nil)
    session.press("s")
    #expect(session.keeps[1].mark.isStarred)
  }

  /// A change builds on those that are still on their way.
  @Test func quickChangesBuildOnEachOther() {
    var session = Session()
    session.open(0, at: "1")
    session.press("sss")
    #expect(session.keeps.map(\.mark.isStarred) == [true, false, true])
    session.press("t")
    session.type("winter boat winter")
    session.press("<Enter>")
    #expect(session.keeps.last?.mark.isStarred == true)
    #expect(session.keeps.last?.mark.tags == ["winter", "boat"])
    session.saveAll()
    let mark = session.state.mark(on: session.entry(0, "1"))
    #expect(mark?.isStarred == true && mark?.tags == ["winter", "boat"])
  }

  @Test func notesAreEditedAndTakenAway() {
    var session = Session()
    session.open(0, at: "2")
    session.press("B")
    session.type("Ask Dee about the dam")
    session.press("<Enter>")
    session.saveAll()
    let entry = session.entry(0, "2")
    #expect(session.state.mark(on: entry)?.note == "Ask Dee about the dam")
    session.press("B")
    #expect(session.state.prompt?.field.text == "Ask Dee about the dam")
    session.type("!")
    session.press("<Esc>")
    #expect(session.keeps.count == 1)
    session.press("B<C-u><Enter>")
    session.saveAll()
    #expect(session.state.mark(on: entry)?.note.isEmpty != false)
  }

  @Test func aBookmarkWithoutANoteIsAStar() {
    var session = Session()
    session.open(0)
    session.press("B<Enter>")
    session.saveAll()
    #expect(session.state.mark(on: session.entry(0, "post"))?.isStarred == true)
  }

  @Test func discussionsHaveStarsOfTheirOwn() {
    var session = Session()
    session.press("js")
    session.saveAll()
    let discussion = session.state.library.discussions[1]
    #expect(session.state.mark(on: discussion)?.isStarred == true)
    #expect(session.state.mark(on: session.entry(1, "post")) == nil)
    session.press("<Enter>jS")
    session.saveAll()
    #expect(session.state.mark(on: discussion) == nil)
  }

  @Test func theListOfBookmarksOpensAndComesBack() {
    var session = Session()
    session.press("M")
    #expect(session.state.message?.contains("Nothing is starred") == true)
    session.press("q")
    #expect(session.state.surface == .list)
    session.open(4, at: "1")
    session.press("s")
    session.saveAll()
    session.open(0, at: "1.2")
    session.send(.clock(1_400_000_100))
    session.press("s")
    session.saveAll()
    session.press("jj<C-e>")
    let before = session.state.thread
    session.press("M")
    #expect(session.state.surface == .bookmarks)
    #expect(session.state.bookmarkRows.map(\.entry) == [session.entry(0, "1.2"), session.entry(4, "1")])
    session.press("j")
    session.press("q")
    #expect(session.state.surface == .thread)
    #expect(session.state.thread == before)
    session.press("Mj<Enter>")
    #expect(session.shownTitle == "The keeper's log")
    #expect(session.selected == "1")
    session.press("qq")
    #expect(session.state.surface == .list)
    #expect(!session.hasQuit)
  }

  @Test func aStarTakenInTheListOfBookmarksLeavesIt() {
    var session = Session()
    session.open(0, at: "1")
    session.press("s")
    session.saveAll()
    session.press("Ms")
    #expect(session.state.bookmarkRows.count == 1)
    session.saveAll()
    #expect(session.state.bookmarkRows.isEmpty)
    session.press("s<Enter>jkG")
    #expect(session.state.surface == .bookmarks)
  }

  @Test func aBookmarkOfWhatIsNotOpenSaysSo() {
    var session = Session()
    let target = MarkTarget(key: EntryKey(high: 1, low: 2))
    session.send(.shelfLoaded(ShelfImage(marks: [target: Mark(isStarred: true, summary: "Gone · A: words")])))
    session.press("M<Enter>")
    #expect(session.state.surface == .bookmarks)
    #expect(session.state.message?.contains("No open source") == true)
    session.press("s")
    #expect(session.keeps.isEmpty)
  }

  @Test func whatWasKeptComesBack() {
    var first = Session()
    first.open(4, at: "1")
    first.press("s<C-e><C-e>")
    first.saveAll()
    first.press("q")
    let library = first.state.library
    let image = ShelfImage(
      marks: first.state.marks, read: first.state.readKeys, positions: first.state.positions,
      searches: ["boat"])
    var second = ReaderState(name: "again")
    _ = update(&second, .resize(Size(columns: 80, rows: 24)))
    _ = update(&second, .shelfLoaded(image))
    _ = update(&second, .libraryChanged(library, nil))
    #expect(second.list.selected == 4)
    _ = update(&second, .key(Key(.enter)))
    #expect(second.thread == first.state.thread)
    #expect(second.mark(on: first.entry(4, "1"))?.isStarred == true)
    #expect(second.searches == ["boat"])
  }

  @Test func theShelfMayComeAfterTheFirstKey() {
    var session = Session()
    session.open(0, at: "2")
    session.send(.shelfLoaded(ShelfImage(read: [session.state.library.key(of: session.entry(0, "3"))])))
    #expect(session.selected == "2")
    #expect(session.state.read.isRead(session.entry(0, "3")))
  }
}
