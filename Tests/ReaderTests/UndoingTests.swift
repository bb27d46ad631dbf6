import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct UndoingTests {
  private func undoing(_ session: inout Session, saying sentence: String) {
    session.press("U")
    session.saveAll()
    #expect(session.state.message == sentence)
  }

  @Test func marksByHandAreTakenBackOneByOne() {
    var session = Session()
    session.open(0, at: "1")
    let before = session.state.unreadTotal
    session.press("R")
    #expect(session.state.unreadTotal == before - 4)
    session.press("r")
    undoing(&session, saying: "Undone: 1 entry is read again.")
    #expect(session.state.unreadTotal == before - 4)
    undoing(&session, saying: "Undone: 4 entries are unread again.")
    #expect(session.state.unreadTotal == before)
    undoing(&session, saying: "Nothing to undo.")
    // What was read in passing is no step.
    session.press("jjj")
    undoing(&session, saying: "Nothing to undo.")
  }

  @Test func catchingUpIsTakenBack() {
    var session = Session()
    session.open(0)
    let before = session.state.unreadTotal
    session.press("cy")
    #expect(session.state.message == "8 marked read; U takes it back.")
    undoing(&session, saying: "Undone: 8 entries are unread again.")
    #expect(session.state.unreadTotal == before)
    // Moving on does not read them at once.
    session.press("j")
    #expect(session.state.unreadTotal == before)
  }

  @Test func starsNotesAndTagsAreTakenBack() {
    var session = Session()
    session.open(0, at: "1")
    let entry = session.entry(0, "1")
    session.press("s")
    session.saveAll()
    session.press("Bfine<Enter>")
    session.saveAll()
    session.press("tsea boat<Enter>")
    session.saveAll()
    session.press("s")
    session.saveAll()
    #expect(session.state.mark(on: entry)?.isStarred == false)
    undoing(&session, saying: "Undone: the star is back; saved.")
    #expect(session.state.mark(on: entry)?.isStarred == true)
    undoing(&session, saying: "Undone: the tags are taken away; saved.")
    #expect(session.state.mark(on: entry).map { $0.tags == [] && $0.note == "fine" } == true)
    undoing(&session, saying: "Undone: the note is taken away; saved.")
    undoing(&session, saying: "Undone: the star is taken away; saved.")
    #expect(session.state.mark(on: entry) == nil)
    undoing(&session, saying: "Nothing to undo.")
  }

  @Test func severalAtOnceAndNoMoreThanAreKept() {
    var session = Session()
    session.open(0, at: "1")
    for _ in 0..<120 { session.press("r") }
    #expect(session.state.undoSteps.count == 100)
    session.press("99U")
    #expect(session.state.undoSteps.count == 1)
  }

  @Test func stepsMoveWithTheLibrary() {
    var session = Session()
    session.open(0, at: "1")
    session.press("rs")
    session.saveAll()
    let (library, remap) = session.state.library.adding([
      Shelves.discussion("The ferry in winter", by: "Ada Brook", "Another.", from: "pages/two.txt")
    ])
    session.send(.libraryChanged(library, remap))
    undoing(&session, saying: "Undone: the star is taken away; saved.")
    undoing(&session, saying: "Undone: 1 entry is unread again.")
    #expect(session.state.read.isUnread(session.entry(0, "1")))
  }

  @Test func tagsAreCompleted() {
    var session = Session()
    session.open(0, at: "1")
    session.press("tharbour harvest sea<Enter>")
    session.saveAll()
    session.press("jtha<Tab>")
    #expect(session.state.prompt?.field.text == "har")
    session.press("v<Tab>")
    #expect(session.state.prompt?.field.text == "harvest ")
    #expect(session.state.prompt.map { session.state.tagHint($0.field) } == "Tab: harbour sea  Enter saves")
    session.press("zz<Tab><Enter>")
    session.saveAll()
    #expect(session.state.mark(on: session.entry(0, "1.1"))?.tags == ["harvest", "zz"])
  }

  @Test func theEditorGetsTheNoteOrWhatWasTyped() {
    var session = Session()
    session.open(0, at: "1")
    session.press("Bfine<Enter>")
    session.saveAll()
    session.press("E")
    session.press("B too<C-x>")
    let notes = session.effects.compactMap { effect -> String? in
      if case .editNote(_, let note) = effect { note } else { nil }
    }
    #expect(notes == ["fine", "fine too"])
    session.send(.noteEdited(session.entry(0, "1"), note: "two\nlines"))
    session.saveAll()
    #expect(session.state.mark(on: session.entry(0, "1"))?.note == "two\nlines")
    undoing(&session, saying: "Undone: the note is as before; saved.")
    #expect(session.state.mark(on: session.entry(0, "1"))?.note == "fine")
  }
}
