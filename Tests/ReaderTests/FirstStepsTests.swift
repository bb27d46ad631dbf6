import Discussion
import Grid
import Testing

@testable import Reader

/// What suffices to begin with shows once.
@Suite struct FirstStepsTests {
  @Test func theyShowUntilSomethingIsOpened() {
    var session = Session()
    #expect(session.state.layout.firstSteps == nil)
    session.send(.shelfLoaded(ShelfImage()))
    #expect(session.state.layout.firstSteps?.rows == 4)
    session.press("jj")
    #expect(session.state.layout.firstSteps != nil)
    session.press("<Enter>q")
    #expect(session.state.surface == .list && session.state.layout.firstSteps == nil)
  }

  @Test func whoHasReadOrSearchedOrMarkedSomethingDoesNotSeeThem() {
    let key = EntryKey(high: 1, low: 2)
    let images = [
      ShelfImage(read: [key]), ShelfImage(searches: ["x"]),
      ShelfImage(positions: [key: KeptPosition(entry: key, byte: 0, at: 1)]),
      ShelfImage(marks: [MarkTarget(key: key, isDiscussion: false): Mark(isStarred: true)]),
    ]
    for image in images {
      var session = Session()
      session.send(.shelfLoaded(image))
      #expect(session.state.layout.firstSteps == nil)
    }
    var late = Session()
    late.press("j")
    late.send(.shelfLoaded(ShelfImage()))
    #expect(late.state.layout.firstSteps == nil)
  }

  @Test func theyStandBelowTheListAtEverySize() {
    for columns in [1, 19, 20, 80, 200] {
      for rows in 1...60 {
        var session = Session(columns: columns, rows: rows)
        session.send(.shelfLoaded(ShelfImage()))
        let layout = session.state.layout
        guard let steps = layout.firstSteps else {
          #expect(rows < 16 || columns < 20)
          continue
        }
        let panes = [layout.title, layout.list, layout.thread, layout.threadTitle].compactMap { $0 }
        #expect(panes.allSatisfy { $0.row + $0.rows <= steps.row })
        #expect(steps.row + steps.rows == layout.status?.row && layout.status?.row == rows - 1)
      }
    }
  }
}
