import Discussion
import Grid
import Testing

@testable import Reader

/// What was there at a first import, and what came since.
@Suite struct ArrivalsTests {
  private func unread(_ session: Session) -> [EntryID] {
    let library = session.state.library
    return library.discussions.flatMap { library.entries(of: $0).filter { session.state.read.isUnread($0) } }
  }

  /// Counts and marks agree, and so does what Tab and Space go to.
  private func check(_ session: Session) {
    let state = session.state
    let left = unread(session)
    #expect(state.unreadTotal == left.count)
    #expect(state.library.discussions.reduce(0) { $0 + state.unreadCount(of: $1) } == left.count)
    #expect(state.newTotal == left.count { state.read.isNew($0) })
    #expect(state.library.discussions.reduce(0) { $0 + state.newCount(of: $1) } == state.newTotal)
  }

  @Test func whatWasThereAtFirstIsReadAndWhatIsNewIsWhereTabGoes() throws {
    var session = Session()
    let library = session.state.library
    let all = library.entryCount
    #expect(session.state.unreadTotal == all)
    session.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .all)])))
    check(session)
    #expect(session.state.unreadTotal == 0 && session.state.readOnPlan != .page)
    let new = library.entries(of: library.discussions[1])[1]
    var words = [UInt64](repeating: .max, count: library.rowCount(ofSegment: 0) / 64 + 1)
    words[Int(new.row) / 64] &= ~(1 << UInt64(new.row % 64))
    var news = words.map { _ in UInt64(0) }
    news[Int(new.row) / 64] = 1 << UInt64(new.row % 64)
    session = Session()
    session.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .some(words), isNew: .some(news))])))
    check(session)
    #expect(session.state.newTotal == 1 && unread(session) == [new])
    session.press("<Tab>")
    #expect(session.state.selectedDiscussion == library.discussions[1])
    session.press("<Enter>")
    #expect(session.state.thread?.selected == new)
    session.press("r")
    check(session)
    #expect(session.state.newTotal == 0 && session.state.unreadTotal == 0)
    session.press("U")
    check(session)
    #expect(session.state.newTotal == 1)
  }

  @Test func whatIsMarkedUnreadStaysSoAndIsKept() throws {
    var session = Session()
    let library = session.state.library
    session.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .all)])))
    session.press("<Enter>r")
    let post = library.post(of: library.discussions[0])
    check(session)
    #expect(unread(session) == [post])
    // The same bits again, and another generation of the library, change nothing.
    session.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .all), .init(isRead: .all)])))
    #expect(unread(session) == [post])
    session.send(.libraryChanged(library, nil))
    check(session)
    #expect(unread(session) == [post])
    // After a restart the shelf says so.
    var later = Session()
    later.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .all)])))
    later.send(.shelfLoaded(ShelfImage(unread: [library.key(of: post)])))
    check(later)
    #expect(unread(later) == [post])
    later = Session()
    later.send(.shelfLoaded(ShelfImage(unread: [library.key(of: post)])))
    later.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .all)])))
    #expect(unread(later) == [post])
  }

  @Test func segmentsThatAreToComeAreReadWhenTheyDo() {
    var session = Session(Library())
    session.send(.arrivalsFound(Arrivals(segments: [.init(isRead: .all)])))
    #expect(session.state.unreadTotal == 0)
    let grown = Shelves.library
    session.send(.libraryChanged(grown, nil))
    check(session)
    #expect(session.state.unreadTotal == 0 && session.state.library.entryCount > 0)
  }
}
