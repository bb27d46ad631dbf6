import Discussion
import Testing

@testable import Archive

@Suite("Mailboxes and single messages")
struct MboxTests {
  private func bodies(_ text: String) -> [String] {
    readMail(text).discussions.map(\.body.string)
  }

  private static let head = "From a@example.org Tue Feb  1 10:00:00 2011\nFrom: A <a@example.org>\n"

  @Test("a line separates after a blank one with a year, or before a header field")
  func separators() {
    let box =
      MboxTests.head
      + "Subject: 1\n\nFrom here on it goes.\n\nFrom nobody in particular\nFrom x 2011\nno field\n"
      + "From b@example.org Tue Feb  1 10:00:00 2011\nSubject: 2\n\ntwo\n\n"
      + "From c  Tue Feb  1 10:00:00 MET 2011\nthree, without a header\n\n"
      + "From d Tue Feb 1 10:00:00 2011 remote from host\nSubject: 4\n\nfour\n\n"
      + "From e Thu Feb 01 00:00:01 +0000 2018\nSubject: 5\n\nfive\n\nFrom \nSubject: 6\n\nsix\n"
    #expect(
      bodies(box) == [
        "From here on it goes.\n\nFrom nobody in particular\nFrom x 2011\nno field", "two",
        "three, without a header", "four", "five", "six",
      ])
  }

  @Test("stuffed lines lose one mark, quotes keep theirs")
  func stuffing() {
    let found = readMail(MboxTests.head + "\n>From me\n>>From you\n> From him\n>Fromage\n").discussions
    #expect(found.first?.body.string == "From me\n>From you\n> From him\n>Fromage")
    #expect(found.first?.body.parts(.quote) == [">From you\n> From him\n>Fromage"])
    let single = readMail("From: a@example.org\nSubject: x\n\n>From me\n").discussions
    #expect(single.first?.body.string == ">From me")
  }

  @Test("Content-Length counts only where it lands on a separator")
  func contentLength() {
    let inner = "one\n\nFrom x Tue Feb  1 10:00:00 2011\nSubject: no\n\nmore\n"
    func box(_ length: Int) -> String {
      MboxTests.head + "Content-Length: \(length)\n\n\(inner)\n" + MboxTests.head + "\nlast\n"
    }
    #expect(bodies(box(inner.utf8.count)) == [inner.dropLast().description, "last"])
    for wrong in [0, 5, inner.utf8.count - 3, inner.utf8.count + 20, 999_999_999] {
      #expect(bodies(box(wrong)) == ["one", "more", "last"], "\(wrong)")
    }
    let stuffed = "one\n\n>From the start\n"
    let counted =
      MboxTests.head + "Content-Length: \(stuffed.utf8.count)\n\n\(stuffed)\n" + MboxTests.head + "\nx\n"
    #expect(bodies(counted) == ["one\n\nFrom the start", "x"])
    let raw = "one\n\nFrom y Tue Feb  1 10:00:00 2011\n>From z\n"
    let bare = MboxTests.head + "Content-Length: \(raw.utf8.count)\n\n\(raw)\n" + MboxTests.head + "\nx\n"
    #expect(bodies(bare) == [raw.dropLast().description, "x"])
  }

  @Test("CRLF, a byte order mark and lone carriage returns")
  func lineEnds() {
    let box = (MboxTests.head + "Subject: a\n\n> one\ntwo\n\n" + MboxTests.head + "\nthree\n")
      .replacing("\n", with: "\r\n")
    #expect(bodies(box) == ["> one\ntwo", "three"])
    #expect(bodies("\u{FEFF}" + box) == ["> one\ntwo", "three"])
    #expect(bodies(MboxTests.head + "\none\rtwo\n") == ["one\ntwo"])
  }

  @Test("pipermail's authors, its separators with doubled spaces and subjects in folds")
  func pipermail() {
    let box = """
      From gpoo at example.com  Thu Mar  3 18:20:35 2016
      From: gpoo at example.com (=?ISO-8859-1?Q?Germ=E1n_Poo?=)
      Date: Thu, 03 Mar 2016 09:20:35 -0800
      Subject: [List] A subject that is
      \tfolded
      Message-ID: <1@calcifer.example>

      Hi all

      From jane at example.com  Thu Mar  3 19:20:35 2016
      From: jane at example.com
      Date: Thu, 03 Mar 2016 10:20:35 -0800
      Subject: [List] Re: A subject that is folded
      In-Reply-To: <1@calcifer.example>
      Message-ID: <2@calcifer.example>

      Hello

      """
    let found = readMail(box).discussions
    #expect(found.count == 1)
    #expect(found.first?.title == Array("[List] A subject that is folded".utf8))
    #expect(found.first?.author == Array("Germán Poo".utf8))
    #expect(found.first?.date?.iso8601 == "2016-03-03T09:20:35-08:00")
    #expect(found.first?.comments.map(\.author) == [Array("jane at example.com".utf8)])
  }

  @Test("messages one a file and mailboxes of one import are threaded together")
  func together() {
    let root = TestMessage(id: "r@x", subject: "Root")
    let first = TestMessage(id: "a@x", references: ["r@x"], subject: "Re: Root", day: 2)
    let second = TestMessage(id: "b@x", references: ["r@x", "a@x"], subject: "Re: Root", day: 3)
    for sources in [
      [second.source, mailbox([root]), first.source], [mailbox([second, first]), root.source],
      [mailbox([root, first]), mailbox([second])], [root.source, first.source, second.source],
      [mailbox([first]), mailbox([second]), mailbox([root])],
    ] {
      let library = Library.of(readMail(sources).discussions)
      #expect(library.discussions.count == 1)
      guard let only = library.discussions.first else { continue }
      let shape = library.entries(of: only).map { library.depth(of: $0) }
      #expect(shape == [0, 1, 2])
      #expect(library.title(of: only) == Array("Root".utf8))
      #expect(Set(library.sources(of: only)).count == sources.count)
    }
  }

  @Test("mail is told from pages that look a little like it")
  func claims() {
    func claims(_ text: String) -> Bool { MailCollector.claims(Array(text.utf8)) }
    #expect(claims("From a Tue Feb  1 10:00:00 2011\nhello"))
    #expect(claims("Return-Path: <x@y>\nReceived: by z\n\tat noon\nFrom: x\nSubject: y\n\nz"))
    #expect(claims("Path: news!x\nFrom: x@y\nNewsgroups: a.b\nSubject: y\nMessage-ID: <1@y>\n\nz"))
    #expect(!claims("From the start it was clear.\nNote: nothing"))
    #expect(!claims("Title: A page\nSubject: x\n\nwords"))
    #expect(!claims("Note: this\nis no header: block\n"))
    #expect(!claims("{\"From\": 1}"))
    #expect(!claims(""))
  }

  @Test("what is no text in a mailbox does not make it binary")
  func nuls() {
    let result = readMail(MboxTests.head + "\na\u{0}b\n")
    #expect(result.discussions.first?.body.utf8 == [0x61, 0, 0x62])
  }
}
