import Discussion
import Testing

@testable import Reader

/// What was marked when one copy was open is marked when several are.
@Suite struct AliasTests {
  @Test func marksAndReadStateFollowTheEntry() {
    let text = Shelves.ferry
    var html = text
    html.sources = [[0x7A]]
    html.nativeID = Array("post-7".utf8)
    for index in html.comments.indices { html.comments[index].nativeID = Array("comment-\(index)".utf8) }

    var before = Session(Library.of([text]))
    before.open(0, at: "1.1")
    before.press("s")
    before.saveAll()
    before.press("jj")
    let read = Set(before.keptRead.map { before.state.library.key(of: $0) })
    #expect(!read.isEmpty)

    var after = Session(Library.of([html, text]))
    after.send(.shelfLoaded(ShelfImage(marks: before.state.marks, read: read)))
    let entry = after.entry(0, "1.1")
    #expect(after.state.mark(on: entry)?.isStarred == true)
    #expect(after.state.unreadTotal == 8 - read.count)
    // Taking the star away changes the mark that is there.
    after.open(0, at: "1.1")
    after.press("s")
    #expect(after.keeps.last?.target == before.keeps.last?.target)
    #expect(after.keeps.last?.mark.isEmpty == true)
  }
}
