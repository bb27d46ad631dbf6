import Discussion
import Grid
import Testing

@testable import Reader

@Suite struct LinkTests {
  private func sound(_ text: String) -> String? { LinkAddress.sound(text.utf8) }

  @Test func addressesThatMayBeOpened() {
    #expect(sound("http://example.org") == "http://example.org")
    #expect(sound("HTTPS://Example.org:8080/a?b=c#d") == "https://Example.org:8080/a?b=c#d")
    #expect(sound("https://example.org/é") == "https://example.org/%C3%A9")
    #expect(sound("mailto:ann.b+c@example.org") == "mailto:ann.b+c@example.org")
    #expect(sound("mailto:ann@example.org?attach=/etc/passwd") == "mailto:ann@example.org")
  }

  @Test(arguments: [
    "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://example.org/", "example.org",
    "http:example.org", "http://", "http:///path", "https://user@example.org/", "https://a:b@example.org/",
    "https://exаmple.org/", "https://example.org/a b", "https://example.org/\"", "https://example.org/'",
    "https://example.org/\u{1B}[31m", "https://example.org/\n", "https://.../", "mailto:", "mailto:@b",
    "mailto:-x@b.org", "mailto:a@b@c", "mailto:a b@c", "-https://example.org", "", ":",
  ])
  func othersAreRefused(text: String) { #expect(sound(text) == nil) }

  @Test func anAddressOfAnyLengthIsNotTaken() {
    #expect(sound("http://a.b/" + String(repeating: "x", count: 8181)) != nil)
    #expect(sound("http://a.b/" + String(repeating: "x", count: 8182)) == nil)
  }

  private func addresses(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return BareAddresses.ranges(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func addressesInASentenceEndBeforeItsPunctuation() {
    #expect(
      addresses("See http://a.org/x. And (https://b.org/y), or <http://c.org>!") == [
        "http://a.org/x", "https://b.org/y", "http://c.org",
      ])
    #expect(
      addresses("https://en.example/wiki/A_(b) and [http://d.org/z]") == [
        "https://en.example/wiki/A_(b)", "http://d.org/z",
      ])
    #expect(
      addresses("“http://a.org/q” http://b.org… 見る http://c.org/風。") == [
        "http://a.org/q", "http://b.org", "http://c.org/風",
      ])
    #expect(
      addresses("xhttp://a.org HTTP://B.ORG mailto:a@b.org http:// http://. ") == [
        "HTTP://B.ORG", "mailto:a@b.org",
      ])
    #expect(addresses("") == [] && addresses("http") == [] && addresses("h") == [])
  }

  private static let library = Library.of([
    ParsedDiscussion(
      title: Array("Links".utf8), format: "test", url: Array("https://example.org/page".utf8),
      body: ParsedText("One https://a.example/1 two http://b.example/2?x=y."),
      comments: [
        ParsedComment(text: ParsedText("None here.")),
        ParsedComment(
          text: ParsedText(
            utf8: Array("A marked https://c.example/ and javascript:x too.".utf8),
            spans: [RoleSpan(9..<27, .link), RoleSpan(32..<44, .link)])),
      ])
  ])

  private func opened(_ session: Session) -> [String] {
    session.effects.compactMap { effect in
      if case .openLink(let address) = effect { address } else { nil }
    }
  }

  @Test func linksAreOpenedByNumber() {
    var session = Session(LinkTests.library)
    session.press("<Enter>o")
    #expect(opened(session) == ["https://a.example/1"])
    #expect(session.state.message == "Opening link 1/2: https://a.example/1")
    session.press("2")
    #expect(session.state.countedLink == "2o: http://b.example/2?x=y")
    session.press("o")
    #expect(opened(session).last == "http://b.example/2?x=y")
    session.press("3o")
    #expect(opened(session).count == 2)
    #expect(session.state.message == "There are 2 links here.")
  }

  @Test func aLinkLeadsWhereTheSourceSaysAndOneThatSaysOtherwiseIsShownFirst() {
    func link(_ words: Range<Int>, _ target: String) -> RoleSpan {
      RoleSpan(words, .link, target: Array(target.utf8))
    }
    let library = Library.of([
      ParsedDiscussion(
        title: Array("Targets".utf8), format: "test",
        body: ParsedText(
          utf8: Array("Read this, www.bank.example or http://a.example/… now.".utf8),
          spans: [
            link(5..<9, "https://a.example/x"), link(11..<27, "https://evil.example/"),
            link(31..<51, "https://www.a.example/long/path"),
          ]))
    ])
    var session = Session(library)
    session.press("<Enter>o")
    #expect(opened(session) == ["https://a.example/x"])
    session.press("3o")
    #expect(opened(session).last == "https://www.a.example/long/path")
    session.press("2o")
    #expect(opened(session).count == 2)
    #expect(session.state.linkList?.place.selected == 1)
    #expect(session.state.message?.contains("evil.example") == true)
    session.press("<Enter>")
    #expect(opened(session).last == "https://evil.example/")
  }

  @Test func withoutLinksItsOwnPageIsOpened() {
    var session = Session(LinkTests.library)
    session.press("<Enter>jo")
    #expect(opened(session) == ["https://example.org/page"])
    session.press("jo")
    #expect(opened(session).last == "https://c.example/")
    session.press("2o")
    #expect(opened(session).count == 2)
    var lone = Session()
    lone.press("<Enter>o")
    #expect(opened(lone).isEmpty)
    #expect(lone.state.message == "No link here, and the source gives no address.")
  }

  @Test func linksArePickedFromAList() {
    var session = Session(LinkTests.library)
    session.press("<Enter>gl")
    #expect(session.state.linkList?.links.count == 2)
    session.press("jjjy")
    #expect(session.state.message == "Copied the link: 22 characters, http://b.example/2?x=y")
    session.press("<Enter>")
    #expect(session.state.linkList == nil && opened(session) == ["http://b.example/2?x=y"])
    session.press("gl1")
    #expect(opened(session).last == "https://a.example/1")
    session.press("glq")
    #expect(session.state.linkList == nil && session.state.surface == .thread)
  }
}
