import Discussion
import Grid
import Reader
import Testing

@testable import Screens

@Suite struct StatusLineTests {
  func line(_ session: Session) -> String { view(session.state).rows().last ?? "" }

  @Test func theCountersOfASearchAreNeverCut() {
    for columns in [36, 40, 60, 80, 100, 120] {
      var session = Session(columns: columns, rows: 24)
      session.search("bell")
      #expect(line(session).contains("entry 1/6 · match 1/19"), "\(columns)")
      #expect(line(session).contains("/bell"))
    }
  }

  @Test func typingKeepsTheTextAndTheCountersInSight() {
    for columns in [36, 40, 60, 80] {
      var session = Session(columns: columns, rows: 24)
      session.press("/")
      session.type("bell")
      session.answer()
      #expect(line(session).hasPrefix(" /bell"))
      #expect(line(session).contains("entry 1/6 · match 1/19"), "\(columns)")
    }
  }

  /// A long text scrolls: what stands before the cursor shows, narrow or wide.
  @Test(arguments: ["a", "風", "e\u{301}"]) func theEndOfALongTextShowsBeforeTheCursor(_ letter: String) throws
  {
    for columns in [24, 40, 80] {
      var session = Session(columns: columns, rows: 12)
      session.press("B")
      for _ in 0..<90 { session.type(letter) }
      session.type("end")
      let grid = view(session.state)
      let cursor = try #require(grid.cursor)
      #expect(cursor.row == 11)
      let before = (cursor.column - 3..<cursor.column).map {
        String(String.UnicodeScalarView(grid.scalars(column: $0, row: 11)))
      }.joined()
      #expect(before == "end", "\(columns)")
      session.press("<Home>")
      #expect(view(session.state).cursor?.column == 7)
    }
  }

  @Test func nothingOpenPromisesNothing() {
    #expect(!line(Session(Library())).contains("read"))
  }
}
