import Testing

@testable import Discussion

@Suite struct QuoteTests {
  /// A comment whose lines that begin with `| ` are of role quote, without the mark.
  private static func entry(
    _ text: String, to parent: ParsedComment.Parent = .post, at seconds: Int64? = nil
  ) -> ParsedComment {
    var utf8: [UInt8] = []
    var spans: [RoleSpan] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !utf8.isEmpty || line.isEmpty { utf8.append(0x0A) }
      let start = utf8.count
      utf8 += Array(line.hasPrefix("| ") ? line.dropFirst(2).utf8 : line.utf8)
      if line.hasPrefix("| ") { spans.append(RoleSpan(start..<utf8.count, .quote)) }
      if line.hasPrefix("-- ") { spans.append(RoleSpan(start..<utf8.count, .signature)) }
    }
    return ParsedComment(
      parent: parent,
      date: seconds.map { Timestamp(seconds: $0, precision: .second, zoneMinutes: 0) },
      text: ParsedText(utf8: utf8, spans: spans))
  }

  /// `quoting → source: words` of every link, entries by place.
  private static func links(_ body: String, _ comments: [ParsedComment], windowLimit: Int? = nil) -> [String]
  {
    let library = library(of: [
      ParsedDiscussion(
        title: [0x54], body: entry(body).text, comments: comments, sources: [[0x61]])
    ])
    let discussion = library.discussions[0]
    let entries = library.entries(of: discussion)
    let links: [QuoteLink]
    if let windowLimit {
      var search = QuoteSearch(discussion, library)
      search.run(windowLimit: windowLimit)
      links = search.links
    } else {
      let index = QuoteIndex(of: discussion, in: library)
      links = index.links
      for entry in entries {
        #expect(index.quotes(of: entry) == links.filter { $0.entry == entry })
        #expect(index.quoted(by: entry) == links.filter { $0.source == entry })
      }
    }
    return links.map { link in
      let words = { (entry: EntryID, bytes: Range<Int>) in
        FoldedWords.fold(Array(library.text(of: entry)[bytes]))
      }
      let quoted = words(link.entry, link.bytes)
      #expect(quoted == words(link.source, link.sourceBytes) || quoted.count > 60)
      return "\(link.entry.row) → \(link.source.row): \(String(decoding: quoted, as: UTF8.self))"
    }
  }

  @Test func aQuoteIsFoundWhateverItsMarksLinesAndCase() {
    #expect(
      QuoteTests.links(
        "The ferry leaves at noon, and it does not wait for anybody.",
        [
          QuoteTests.entry("| the FERRY leaves\n| at noon — and it does\nReally?"),
          QuoteTests.entry("> The ferry leaves at\n> noon, and it does\nReally?"),
          QuoteTests.entry("You say “the ferry leaves at noon, and it…” but why?"),
          QuoteTests.entry("You say \"the ferry leaves at noon, and it\"; but why?"),
          QuoteTests.entry("Sie sagen „The ferry leaves at noon, and it“, aber warum?"),
          QuoteTests.entry("Vous dites « The ferry leaves at noon, and it », mais pourquoi ?"),
        ]) == [
          "1 → 0: the ferry leaves at noon and it does", "2 → 0: the ferry leaves at noon and it does",
          "3 → 0: the ferry leaves at noon and it", "4 → 0: the ferry leaves at noon and it",
          "5 → 0: the ferry leaves at noon and it", "6 → 0: the ferry leaves at noon and it",
        ])
  }

  @Test func whatIsNoQuoteIsNoLink() {
    #expect(
      QuoteTests.links(
        "The ferry leaves at noon, and it does not wait for anybody.\n-- \nAll opinions are only mine and nobody else's",
        [
          // No mark at all, five words, a word between, and another text's words.
          QuoteTests.entry("The ferry leaves at noon, and it does not wait for anybody."),
          QuoteTests.entry("| The ferry leaves at noon"),
          QuoteTests.entry("| The ferry leaves at high noon, and it"),
          QuoteTests.entry("| Somebody once said that ferries never ever leave"),
        ]) == [])
  }

  @Test func signaturesAreNoSource() {
    let links = QuoteTests.links(
      "Hello there.\n-- All opinions are only mine and nobody else's",
      [QuoteTests.entry("| All opinions are only mine and nobody else's")])
    #expect(links == [])
  }

  @Test func theOneThatIsAnsweredIsPreferredAndQuotesOfQuotesAreNot() {
    let words = "We could build a bridge across the whole bay instead."
    let links = QuoteTests.links(
      "A post.",
      [
        QuoteTests.entry(words), QuoteTests.entry(words),
        QuoteTests.entry("| \(words)\nNo.", to: .comment(1)),
        QuoteTests.entry("| \(words)\nYes, I say that this is possible indeed.", to: .comment(2)),
        QuoteTests.entry("| Yes, I say that this is possible\n| \(words)", to: .comment(3)),
      ])
    // In reading order: 1 and 2 are the equal ones, 3 answers 2, 4 answers 3, 5 answers 4.
    #expect(
      links == [
        "3 → 2: we could build a bridge across the whole bay instead",
        "4 → 2: we could build a bridge across the whole bay instead",
        "5 → 4: yes i say that this is possible",
        "5 → 2: we could build a bridge across the whole bay instead",
      ])
  }

  @Test func theSourceStandsEarlier() {
    let words = "Nobody has ever seen the island on a clear day."
    #expect(
      QuoteTests.links("A post.", [QuoteTests.entry("| \(words)"), QuoteTests.entry(words)]) == [])
    #expect(
      QuoteTests.links(
        "A post.", [QuoteTests.entry("| \(words)", at: 200), QuoteTests.entry(words, at: 100)])
        == ["1 → 2: nobody has ever seen the island on a clear day"])
    #expect(
      QuoteTests.links(
        "A post.", [QuoteTests.entry(words, at: 200), QuoteTests.entry("| \(words)", at: 100)]) == [])
    // Nobody quotes his own replies.
    #expect(
      QuoteTests.links(
        "A post.",
        [QuoteTests.entry("| \(words)", at: 300), QuoteTests.entry(words, to: .comment(0), at: 100)])
        == [])
  }

  @Test func wordsOfManyEntriesSayNothing() {
    let greeting = "Dear list members, thank you all for the answers."
    let crowd = (0..<12).map { QuoteTests.entry("\(greeting) Number \($0).") }
    let quote = QuoteTests.entry("| \(greeting)")
    #expect(QuoteTests.links("A post.", crowd + [quote]) == [])
    #expect(QuoteTests.links("A post.", Array(crowd[..<3]) + [quote]).count == 1)
  }

  @Test func aQuoteThatLeavesSomethingOutIsOneLink() {
    let links = QuoteTests.links(
      "One two three four five six seven. Something else stands in between here. Eight nine ten eleven twelve thirteen.",
      [QuoteTests.entry("| One two three four five six seven. […]\n| Eight nine ten eleven twelve thirteen.")]
    )
    #expect(links == ["1 → 0: one two three four five six seven eight nine ten eleven twelve thirteen"])
  }

  /// Every window of every quoted passage against every window of every own text, without hashes.
  @Test func findsWhatComparingEveryWordFinds() {
    var random = SeededGenerator(state: 77)
    for round in 0..<120 {
      let vocabulary = (0..<(round % 2 == 0 ? 3 : 12)).map { "w\($0)" }
      var bodies: [[String]] = []
      var comments: [ParsedComment] = []
      for index in 0..<Int.random(in: 1...7, using: &random) {
        let own = (0..<Int.random(in: 0...20, using: &random)).map { _ in
          vocabulary.randomElement(using: &random) ?? ""
        }
        var text = own.joined(separator: " ")
        if let source = bodies.randomElement(using: &random), source.count > 3 {
          let from = Int.random(in: 0..<source.count, using: &random)
          text = "| " + source[from...].prefix(12).joined(separator: " ") + "\n" + text
        }
        bodies.append(own)
        comments.append(
          QuoteTests.entry(text, to: index > 0 && Bool.random(using: &random) ? .comment(index - 1) : .post))
      }
      let library = library(of: [
        ParsedDiscussion(title: [0x54], comments: comments, sources: [[0x61]])
      ])
      let discussion = library.discussions[0]
      let entries = library.entries(of: discussion)
      let index = QuoteIndex(of: discussion, in: library)
      let owns = entries.map { entry -> [[UInt8]] in
        let quote = library.spans(of: entry).map(\.bytes.upperBound).max() ?? 0
        return FoldedWords.fold(Array(library.text(of: entry)[quote...])).split(separator: 0x20).map(
          Array.init)
      }
      for (place, entry) in entries.enumerated() {
        let quoted = library.spans(of: entry).map { Array(library.text(of: entry)[$0.bytes]) }
        let words = quoted.flatMap { FoldedWords.fold($0).split(separator: 0x20).map(Array.init) }
        var expects = false
        for start in words.indices where start + 6 <= words.count {
          let window = Array(words[start..<start + 6])
          let holders = owns.indices.filter { place in
            owns[place].indices.contains {
              $0 + 6 <= owns[place].count && Array(owns[place][$0..<$0 + 6]) == window
            }
          }
          if holders.count <= QuoteSearch.evidenceLimit, holders.contains(where: { $0 < place }) {
            expects = true
          }
        }
        #expect(!index.quotes(of: entry).isEmpty == expects)
      }
    }
  }

  @Test func smallLoadsFindTheSameAsOne() {
    var random = SeededGenerator(state: 9)
    let comments = (0..<30).map { index -> ParsedComment in
      let words = (0..<12).map { _ in "w\(Int.random(in: 0..<400, using: &random))" }.joined(separator: " ")
      return QuoteTests.entry(words)
    }
    let quotes = comments.map { comment in
      QuoteTests.entry("| " + String(decoding: comment.text.utf8, as: UTF8.self) + "\nIndeed.")
    }
    let whole = QuoteTests.links("A post.", comments + quotes)
    #expect(whole.count == 30)
    #expect(QuoteTests.links("A post.", comments + quotes, windowLimit: 40) == whole)
  }

  @Test func theWorkGrowsWithTheText() {
    func operations(_ count: Int) -> Int {
      let same = String(repeating: "again ", count: 50)
      let comments = (0..<count).map { index in
        QuoteTests.entry("| \(same)\n\(same) \(index)", to: index == 0 ? .post : .comment(index - 1))
      }
      let library = library(of: [
        ParsedDiscussion(title: [0x54], comments: comments, sources: [[0x61]])
      ])
      var search = QuoteSearch(library.discussions[0], library)
      search.run()
      return search.operations
    }
    let (one, ten) = (operations(100), operations(1000))
    #expect(Double(ten) / Double(one) <= 12)
  }

  @Test func quotationsWithoutMarksGetThem() {
    let utf8 = Array("Mine.\n\nYours\n\nand his\n\nMine.\n> said".utf8)
    var parsed = discussion("T", comments: [comment("x")])
    parsed.comments[0].text = ParsedText(
      utf8: utf8, spans: [RoleSpan(7..<21, .quote), RoleSpan(14..<21, .quote), RoleSpan(29..<35, .quote)])
    let library = library(of: [parsed])
    let entry = library.entries(of: library.discussions[0])[1]
    let marked = String(decoding: library.textWithQuoteMarks(of: entry), as: UTF8.self)
    #expect(marked == "Mine.\n\n> Yours\n>\n> > and his\n\nMine.\n> said")
  }
}
