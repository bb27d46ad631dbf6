import Discussion
import Testing

@testable import Archive

@Suite("Threads of mail")
struct MailThreadTests {
  private func outlines(_ messages: [TestMessage]) -> [[String]] {
    readMail(mailbox(messages)).discussions.map(outline)
  }

  @Test("references decide, the nearest message that is here counts, replies stand by date")
  func references() {
    #expect(
      outlines([
        TestMessage(id: "r@x", subject: "Root"),
        TestMessage(id: "c@x", references: ["r@x", "gone@x", "a@x"], subject: "Re: Root", day: 5),
        TestMessage(id: "b@x", references: ["r@x", "gone@x"], subject: "Re: Root", day: 4),
        TestMessage(id: "a@x", references: ["r@x"], subject: "Re: Root", day: 3),
        TestMessage(id: "d@x", answers: "r@x", subject: "Other words", day: 2),
        TestMessage(id: "e@x", references: ["r@x"], answers: "a@x", subject: "Re: Root", day: 6),
      ]) == [["Root: r@x", "  d@x", "  a@x", "    c@x", "    e@x", "  b@x"]])
  }

  @Test("an In-Reply-To that is not all id, or no id, links nothing")
  func weakAnswers() {
    let loose = TestMessage(
      id: "a@x", subject: "One", day: 2, extra: "In-Reply-To: message of Joe <joe@x> of today\n")
    let other = TestMessage(
      id: "b@x", subject: "Two", day: 3, extra: "In-Reply-To: message of Joe <joe@x> of today\n")
    #expect(outlines([loose, other]) == [["One: a@x"], ["Two: b@x"]])
    #expect(
      outlines([
        TestMessage(id: "a@x", answers: "yes", subject: "One"),
        TestMessage(id: "b@x", answers: "yes", subject: "Two"),
      ]) == [["One: a@x"], ["Two: b@x"]])
  }

  @Test("a missing post is an empty one if several answered it, else its reply stands for it")
  func missingPost() {
    #expect(
      outlines([
        TestMessage(id: "a@x", references: ["gone@x"], subject: "Re: Lost", day: 2),
        TestMessage(id: "b@x", references: ["gone@x"], subject: "Re: Lost", day: 3),
        TestMessage(id: "c@x", references: ["gone@x", "b@x"], subject: "Re: Lost", day: 4),
      ]) == [["Lost: gone@x", "  a@x", "  b@x", "    c@x"]])
    let promoted = readMail(
      mailbox([
        TestMessage(id: "a@x", references: ["gone@x", "gone2@x"], subject: "Re: Lost", day: 2),
        TestMessage(id: "b@x", references: ["gone@x", "gone2@x", "a@x"], subject: "Re: Lost", day: 3),
      ])
    ).discussions
    #expect(promoted.map(outline) == [["Lost: a@x", "  b@x"]])
    #expect(promoted.first?.body.string == "Words.")
  }

  @Test("a reply without references answers the latest post of its subject, if that is not long ago")
  func subjects() {
    #expect(
      outlines([
        TestMessage(id: "p1@x", subject: "question", day: 1, year: 2001),
        TestMessage(id: "p2@x", subject: "question", day: 1, year: 2011),
        TestMessage(id: "p3@x", subject: "Question", day: 20, year: 2011),
        TestMessage(id: "a@x", subject: "Re: question", day: 5, year: 2011),
        TestMessage(id: "b@x", references: ["lost@x"], subject: "[list] Re: question", day: 22, year: 2011),
        TestMessage(id: "c@x", references: ["a@x"], subject: "Re: question", day: 6, year: 2011),
        TestMessage(id: "d@x", subject: "Re: question", day: 2, year: 2020),
      ]) == [
        ["question: p1@x"], ["question: p2@x", "  a@x", "    c@x"], ["Question: p3@x", "  b@x"],
        ["question: d@x"],
      ])
  }

  @Test("replies whose post is nowhere come together, far ones do not")
  func orphans() {
    #expect(
      outlines([
        TestMessage(id: "a@x", subject: "Re: gone", day: 1),
        TestMessage(id: "b@x", subject: "Re: gone", day: 9),
        TestMessage(id: "c@x", subject: "Re: gone", day: 9, year: 2014),
      ]) == [["gone: re:a@x", "  a@x", "  b@x"], ["gone: c@x"]])
  }

  @Test("two posts of one subject are two threads")
  func samePosts() {
    #expect(
      outlines([
        TestMessage(id: "a@x", subject: "Weekly FAQ"), TestMessage(id: "b@x", subject: "Weekly FAQ", day: 2),
      ])
      .count == 2)
  }

  @Test("a cycle is cut at its oldest message")
  func cycles() {
    #expect(
      outlines([
        TestMessage(id: "a@x", answers: "c@x", subject: "A", day: 3),
        TestMessage(id: "b@x", answers: "a@x", subject: "B", day: 1),
        TestMessage(id: "c@x", answers: "b@x", subject: "C", day: 2),
        TestMessage(id: "d@x", answers: "d@x", subject: "D"),
      ]) == [["D: d@x"], ["B: b@x", "  c@x", "    a@x"]])
  }

  @Test("what others say gives way to what messages say themselves")
  func weakLinks() {
    #expect(
      outlines([
        TestMessage(id: "a@x", references: ["gone@x"], subject: "Re: A", day: 1),
        TestMessage(id: "b@x", references: ["gone@x", "a@x"], subject: "Re: A", day: 2),
        TestMessage(id: "c@x", references: ["b@x", "gone@x"], subject: "Re: A", day: 3),
      ]) == [["A: gone@x", "  a@x", "    b@x", "  c@x"]])
  }

  @Test("a mailbox taken in small windows ends in the same threads", arguments: [200, 700, 3000])
  func windows(size: Int) {
    let messages = (0..<60).map { number in
      TestMessage(
        id: "\(number)@x", references: number >= 6 ? ["\(number % 6)@x", "\(number - 6)@x"] : [],
        subject: number >= 6 ? "Re: \(number % 6)" : "\(number)", day: number % 28 + 1,
        month: number < 28 ? "Jan" : number < 56 ? "Feb" : "Mar", body: "Words \(number).")
    }
    var entryCount = 0
    func shape(_ windows: MailCollector.Windows, reversed: Bool) -> Set<[String]> {
      var found: [ParsedDiscussion] = []
      let importer = Importer(deliver: { found.append($0) }, report: { _ in })
      let collector = MailCollector(windows: windows)
      let text = mailbox(reversed ? messages.reversed() : messages)
      let source = Source(path: [0x78], bytes: Array(text.utf8))
      collector.read(source, into: Intake(path: [0x78], importer: importer))
      collector.flush(into: importer)
      let library = Library.of(found)
      entryCount = library.entryCount
      return Set(
        library.discussions.map { discussion in
          library.entries(of: discussion).map { entry in
            let parent = library.parent(of: entry).flatMap { library.nativeID(of: $0) } ?? []
            return String(decoding: (library.nativeID(of: entry) ?? []) + [0x20] + parent, as: UTF8.self)
          }
        })
    }
    let whole = shape(MailCollector.Windows(), reversed: false)
    #expect(whole.count == 6)
    let small = MailCollector.Windows(kept: size, first: size, later: size)
    #expect(shape(small, reversed: false) == whole)
    #expect(shape(MailCollector.Windows(), reversed: true) == whole)
    // Replies that could not wait for what comes later stand alone, but none is lost.
    _ = shape(small, reversed: true)
    #expect(entryCount >= 60)
  }

  @Test("copies unite, other words under the same id stay beside")
  func duplicates() {
    let root = TestMessage(id: "r@x", subject: "Root")
    let reply = TestMessage(id: "a@x", references: ["r@x"], subject: "Re: Root", day: 2, body: "First.")
    var copy = reply
    copy.body = "First.\n-- \nList footer"
    var other = reply
    other.day = 3
    other.body = "Other."
    let result = readMail(mailbox([root, reply, copy, other]))
    #expect(result.discussions.first?.comments.map(\.text.string) == ["First.", "Other."])
    #expect(result.discussions.first?.comments.map(\.nativeID) == [Array("a@x".utf8), nil])
    #expect(result.problems.count == 1)
    let twice = readMail([mailbox([root, reply]), mailbox([root, copy])])
    let library = Library.of(twice.discussions)
    #expect(library.entryCount == 2)
    #expect(library.discussions.map { library.sources(of: $0).count } == [2])
  }

  @Test("a reply in a later source joins, also when its subject alone leads there")
  func laterSources() {
    let root = TestMessage(id: "r@x", subject: "Root")
    let reply = TestMessage(id: "a@x", references: ["r@x"], subject: "Re: Root", day: 2)
    let below = TestMessage(id: "b@x", references: ["a@x"], subject: "Re: Root", day: 3)
    let bySubject = TestMessage(id: "c@x", subject: "Re: Root", day: 4)
    let library = Library.of(
      readMail([mailbox([root, reply]), mailbox([below]), mailbox([bySubject])]).discussions)
    #expect(library.discussions.count == 1)
    guard let only = library.discussions.first else { return }
    #expect(library.entries(of: only).map { library.depth(of: $0) } == [0, 1, 2, 1])
  }

  @Test("any graph of references holds each message once, above its replies")
  func random() {
    var random = SeededGenerator(state: 7)
    for _ in 0..<300 {
      let count = Int.random(in: 1...12, using: &random)
      let messages = (0..<count).map { number in
        TestMessage(
          id: Bool.random(using: &random) ? "\(Int.random(in: 0..<count, using: &random))@x" : "\(number)@x",
          references: (0..<Int.random(in: 0...3, using: &random)).map { _ in
            "\(Int.random(in: 0..<count + 3, using: &random))@x"
          },
          subject: Bool.random(using: &random) ? "Re: s" : "s\(number)",
          day: Int.random(in: 1...28, using: &random),
          body: "text\(number).")
      }
      let found = readMail(mailbox(messages)).discussions
      let words = found.flatMap { [$0.body.string] + $0.comments.map(\.text.string) }.filter { !$0.isEmpty }
      #expect(Set(words).count == words.count)
      let ids = found.flatMap(\.comments).compactMap(\.nativeID)
      #expect(Set(ids).count == ids.count)
      for number in 0..<count {
        // A copy is told by date: those of one id and day are one message.
        let isCopy = messages[..<number].contains {
          $0.id == messages[number].id && $0.day == messages[number].day
        }
        #expect(words.contains("text\(number).") != isCopy || isCopy, "\(number)")
      }
      for discussion in found {
        #expect(Library.of([discussion]).entryCount == discussion.comments.count + 1)
      }
    }
  }
}

/// A repeatable source of randomness.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
