import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct CopyingTests {
  private func library(_ format: String, url: String?, ids: [String?]) -> Library {
    Library.of([
      ParsedDiscussion(
        title: Array("A talk".utf8), format: format, url: url.map { Array($0.utf8) },
        body: ParsedText("The post."),
        comments: ids.enumerated().map { index, id in
          ParsedComment(
            nativeID: id.map { Array($0.utf8) }, author: Array("Ann".utf8),
            text: ParsedText("Comment \(index)"), line: 7 + index)
        }, sources: [Array("pages/talk".utf8)])
    ])
  }

  private func address(_ format: String, _ id: String?, url: String? = "https://example.org/talk")
    -> EntryAddress
  {
    let library = library(format, url: url, ids: [id])
    let entries = library.entries(of: library.discussions[0])
    return EntryAddress(of: entries[1], in: library)
  }

  @Test func theBestNameIsTaken() {
    #expect(address("html-page", "https://example.org/talk#c1").text == "https://example.org/talk#c1")
    #expect(address("hacker-news", "hn:42").text == "https://news.ycombinator.com/item?id=42")
    #expect(address("lobsters", "lobsters:c/ab1").text == "https://lobste.rs/c/ab1")
    #expect(address("stack-exchange", "se:unix.example.com:9").text == "https://unix.example.com/a/9")
    #expect(address("stack-exchange", "se:unix.example.com:c9").kind == .page)
    #expect(
      address("reddit", "t1_x9", url: "https://reddit.example/r/a/comments/b/talk").text
        == "https://reddit.example/r/a/comments/b/talk/x9")
    let mail = address("mail", "1@example.org", url: nil)
    #expect(mail.kind == .messageID && mail.text == "<1@example.org>")
    #expect(address("html-page", nil).kind == .page)
    let place = address("text-page", nil, url: "ftp://example.org/")
    #expect(place.kind == .place && place.text == "pages/talk:7")
  }

  @Test func thePostHasTheAddressOfThePage() {
    let library = library("text-page", url: "https://example.org/talk", ids: [])
    let address = EntryAddress(of: library.post(of: library.discussions[0]), in: library)
    #expect(address.kind == .permalink && address.text == "https://example.org/talk")
  }

  private func copied(_ session: Session) -> String? {
    for effect in session.effects.reversed() {
      if case .copy(let text) = effect { return String(decoding: text, as: UTF8.self) }
    }
    return nil
  }

  @Test func whatWasCopiedIsSaidWithItsLength() {
    var session = Session()
    session.open(0, at: "1")
    session.press("y")
    #expect(copied(session) == "pages/one.txt:10")
    #expect(
      session.state.message
        == "Copied file and line, for the source gives no address: 16 characters, pages/one.txt:10")
    session.press("Y")
    #expect(copied(session) == "Twice is not enough when the school is open. The ferry is full at eight.")
    #expect(session.state.message == "Copied the comment: 72 characters")
    session.press("gy")
    #expect(
      copied(session) == """
        Bo Lind wrote:
        > Twice is not enough when the school is open. The ferry is full at eight.

        “The ferry in winter”, pages/one.txt:10

        """)
  }

  @Test func onTheListItIsThePost() {
    var session = Session()
    session.press("Y")
    #expect(copied(session)?.hasPrefix("The ferry runs twice a day in winter.\n\n") == true)
    #expect(session.state.message?.hasPrefix("Copied the post: ") == true)
  }

  @Test func whatATerminalMightObeyIsTakenOut() throws {
    let hostile = Library.of([
      ParsedDiscussion(
        title: Array("T\u{1B}]0;x\u{7}".utf8), author: Array("A\u{202E}B\nC".utf8), format: "test",
        body: ParsedText("one\u{1B}[201~two\u{9B}3\u{E0041}\n> tab\there"))
    ])
    var session = Session(hostile)
    session.press("Y")
    #expect(copied(session) == "one␛[201~two\u{FFFD}3\n> tab\there")
    session.press("gy")
    let quote = try #require(copied(session))
    #expect(quote.hasPrefix("AB C wrote:\n> one␛[201~two"))
    #expect(
      quote.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && $0 != "\u{202E}" })
  }

  @Test func whatIsTooLongIsCutBetweenScalars() throws {
    let long = Library.of([
      ParsedDiscussion(
        title: [], format: "test", body: ParsedText(String(repeating: "é", count: 60_000)))
    ])
    var session = Session(long)
    session.press("Y")
    let text = try #require(copied(session))
    #expect(text.utf8.count == 74_994 && text.unicodeScalars.allSatisfy { $0 == "é" })
    #expect(session.state.message == "Copied the post: 37,497 characters, all that a clipboard takes")
  }

  @Test func withoutWordsNothingIsCopied() {
    var session = Session(
      Library.of([ParsedDiscussion(title: Array("Empty".utf8), format: "test", body: ParsedText())]))
    session.press("Y")
    #expect(copied(session) == nil)
    #expect(session.state.message == "Nothing to copy: there are no words here.")
  }
}
