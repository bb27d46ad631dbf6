import Discussion
import Testing

@testable import Archive

@Suite("Ids that are no text")
struct ValidNamesTests {
  @Test("ids and addresses become valid UTF-8, and parents are found as before")
  func mended() {
    var discussions: [ParsedDiscussion] = []
    let importer = Importer(deliver: { discussions.append($0) }, report: { _ in })
    let bad: [UInt8] = [0x61, 0xFF, 0x62]
    importer.deliver(
      ParsedDiscussion(
        url: [0xC3], nativeID: bad,
        comments: [
          ParsedComment(nativeID: [0x80, 0x81], text: ParsedText("one")),
          ParsedComment(nativeID: [0x63], parent: .id([0x80, 0x81]), text: ParsedText("two")),
        ]))
    let one = discussions[0]
    #expect(one.nativeID == Array("a\u{FFFD}b".utf8) && one.url == Array("\u{FFFD}".utf8))
    #expect(one.comments[0].nativeID == Array("\u{FFFD}\u{FFFD}".utf8))
    let library = Library.of(discussions)
    #expect(library.depth(of: library.entries(of: library.discussions[0])[2]) == 2)
  }
}
