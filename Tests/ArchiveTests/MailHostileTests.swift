import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("Mail made to hurt")
struct MailHostileTests {
  @Test(
    "every mailbox of the corpus keeps its messages and tokens",
    .enabled(if: HostileCorpus.isThere, "no shared data beside the package"))
  func corpusRows() throws {
    let rows = try HostileCorpus.rows(below: "mbox")
    #expect(rows.count >= 9)
    for row in rows {
      let result = row.read()
      let entries = result.discussions.reduce(0) { $0 + 1 + $1.comments.count }
      #expect(entries == row.items, "\(row.name)")
      #expect(row.lost(in: result) == [], "\(row.name)")
      for discussion in result.discussions {
        #expect(!discussion.title.contains(0x0A) && !discussion.title.contains(0x0D))
      }
    }
  }

  private static let sample = """
    From a@x Tue Feb  1 10:00:00 2011
    From: =?utf-8?Q?Ann_=C3=84?= <a@x>
    Message-ID: <1@x>
    Date: Tue, 1 Feb 2011 10:00:00 +0100 (CET)
    Subject: =?utf-8?B?w6nDqQ==?= =?utf-8?Q?b?=
    Content-Type: multipart/mixed; boundary="b b"; x*0*=utf-8''%20; x*1=y
    Content-Length: 400

    --b b
    Content-Type: text/plain; charset=utf-8; format=flowed
    Content-Transfer-Encoding: quoted-printable

    > quoted=20
    > more=C3=A9 =
    text
    -- \nsig
    --b b
    Content-Type: application/x-y; name=z
    Content-Transfer-Encoding: base64

    aGVsbG8=
    --b b--

    From b@x Tue Feb  1 10:00:00 2011
    From: b at x (Bob)
    In-Reply-To: <1@x>
    Subject: Re: éé

    begin 644 f
    #0V%T
    end
    =ybegin size=1 name=q
    =yend
    >From here
    """

  @Test("a mailbox cut at any byte reads the same twice and keeps what came before")
  func truncation() {
    let bytes = Array(MailHostileTests.sample.utf8)
    for line in ["\n", "\r\n"] {
      let whole = Array(MailHostileTests.sample.replacing("\n", with: line).utf8)
      for end in 0...whole.count {
        let cut = Array(whole[..<end])
        let first = Archive.read(bytes: cut, path: [])
        #expect(first.discussions == Archive.read(bytes: cut, path: []).discussions)
        check(first)
      }
    }
    #expect(Archive.read(bytes: bytes, path: []).discussions.map(\.comments.count) == [1])
  }

  @Test("a file and a stream of it read alike, byte by byte too")
  func drip() throws {
    let text = String(repeating: MailHostileTests.sample + "\n\n", count: 40)
    let whole = Archive.read(bytes: Array(text.utf8), path: Array("x".utf8))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-mail-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("box")
    try Data(text.utf8).write(to: file)
    let fromFile = Archive.read(file: Array(file.path.utf8))
    func words(_ result: ArchiveResult) -> [[String]] {
      result.discussions.map { [$0.body.string] + $0.comments.map(\.text.string) }
    }
    #expect(words(fromFile) == words(whole))
    var dripped = ArchiveResult()
    let importer = Importer(
      deliver: { dripped.discussions.append($0) }, report: { dripped.problems.append($0) })
    importer.read(Source(path: Array("x".utf8), stream: DripStream(Array(text.utf8), 1)))
    importer.finish()
    #expect(dripped.discussions == whole.discussions)
  }

  @Test("lines of mail in any order never trap")
  func shuffled() {
    var lines = MailHostileTests.sample.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    lines += [
      "--b", "--b--", "Content-Type: message/rfc822", "Content-Type: multipart/digest; boundary=b", "\u{0}",
      "=",
    ]
    lines += [
      "Content-Transfer-Encoding: base64", "References: <1@x> <2@x> <", "From ", "> > >", " folded", "M", "(",
    ]
    var random = SeededGenerator(state: 5)
    for _ in 0..<600 {
      let body = (0..<40).map { _ in lines.randomElement(using: &random) ?? "" }.joined(separator: "\n")
      check(readMail("From a@x Tue Feb  1 10:00:00 2011\n" + body))
    }
  }

  @Test("random bytes behind a separator never trap")
  func noise() {
    var random = SeededGenerator(state: 9)
    for _ in 0..<300 {
      let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
      check(Archive.read(bytes: Array("From: a\nSubject: b\n".utf8) + bytes, path: bytes))
      check(Archive.read(bytes: Array("From a 2011\n".utf8) + bytes, path: bytes))
    }
  }

  /// Steps that reading takes: of the scanner and of threading.
  private func operations(_ text: String) -> Int {
    let scanner = MboxScanner(Source(path: [], bytes: Array(text.utf8)), keepsBytes: true)
    var index = MailIndex()
    scanner.scan(into: &index, source: 0, window: .max / 2)
    let threads = MailThreads(index, known: KnownMail())
    return scanner.operations + threads.operations
  }

  @Test(
    "ten times the mail takes about ten times the steps",
    arguments: ["chain", "star", "cycle", "references", "subjects", "claims", "from", "missing"])
  func linear(kind: String) {
    func box(_ count: Int) -> String {
      switch kind {
      case "chain":
        mailbox((0..<count).map { TestMessage(id: "\($0)@x", references: $0 > 0 ? ["\($0 - 1)@x"] : []) })
      case "star": mailbox((0..<count).map { TestMessage(id: "\($0)@x", references: ["0@x"]) })
      case "cycle": mailbox((0..<count).map { TestMessage(id: "\($0)@x", answers: "\(($0 + 1) % count)@x") })
      case "references": mailbox([TestMessage(id: "a@x", references: (0..<count).map { "\($0)@x" })])
      case "subjects":
        mailbox(
          (0..<count).map {
            TestMessage(id: "\($0)@x", subject: $0 % 2 == 0 ? "a" : "Re: a", day: $0 % 28 + 1)
          })
      case "claims":
        mailbox((0..<count).map { TestMessage(id: "\($0)@x", references: ["m\($0)@x", "m\($0 + 1)@x"]) })
      case "missing":
        mailbox([TestMessage(id: "a@x", references: (0..<count).map { "m\($0)@x" })])
          + mailbox((0..<count).map { TestMessage(id: "\($0)@x", references: ["m\($0)@x"]) })
      default: "From a 2011\nSubject: x\n\n" + String(repeating: "\nFrom b 2011 x", count: count)
      }
    }
    let (small, large) = (operations(box(200)), operations(box(2000)))
    #expect(large <= 12 * small, "\(small) -> \(large)")
  }

  @Test("a chain of many messages is one thread as deep")
  func deepChain() {
    let count = 20_000
    let found = readMail(
      mailbox(
        (0..<count).map { TestMessage(id: "\($0)@x", references: $0 > 0 ? ["\($0 - 1)@x"] : [], body: "") })
    ).discussions
    #expect(found.count == 1)
    #expect(found.first?.comments.count == count - 1)
    #expect(found.first?.comments.last?.parent == .comment(count - 3))
  }

  @Test("parts beyond a thousand, deep boundaries and many encoded words stay cheap")
  func bombs() {
    var parts = "From: a@x\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
    for part in 0..<3000 { parts += "--b\n\npart \(part)\n" }
    let many = readMail(parts)
    #expect(many.discussions.first?.body.string.hasSuffix("part 999") == true)
    #expect(many.problems.count == 1)
    let words = readMail(
      "From: a@x\nSubject: " + String(repeating: "=?utf-8?Q?", count: 20_000) + "\n\nbody"
    ).discussions
    #expect(words.first?.body.string == "body")
  }

  private func check(_ result: ArchiveResult) {
    for post in result.discussions {
      for text in [post.body] + post.comments.map(\.text) {
        #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        #expect(text.spans.allSatisfy { $0.bytes.lowerBound >= 0 && $0.bytes.upperBound <= text.utf8.count })
        #expect(text.utf8.first != 0x0A && text.utf8.last != 0x0A && text.utf8.last != 0x20)
        #expect(text.spans.map(\.bytes.lowerBound) == text.spans.map(\.bytes.lowerBound).sorted())
        for (left, right) in zip(text.spans, text.spans.dropFirst()) {
          #expect(
            right.bytes.lowerBound >= left.bytes.upperBound || right.bytes.upperBound <= left.bytes.upperBound
          )
        }
      }
      #expect(!post.title.contains(0x0A))
      for comment in post.comments {
        #expect(comment.author.map { !$0.isEmpty && !$0.contains(0x0A) } ?? true)
      }
    }
  }
}
