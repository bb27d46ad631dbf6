import Testing

@testable import Discussion

/// Copies and parts of one discussion become one, in whatever order they come.
@Suite struct UnitingTests {
  static func reply(
    _ id: String?, to parent: String? = nil, by author: String? = nil, _ text: String = "",
    at seconds: Int64? = nil
  ) -> ParsedComment {
    ParsedComment(
      nativeID: id.map { Array($0.utf8) }, parent: parent.map { .id(Array($0.utf8)) } ?? .post,
      author: author.map { Array($0.utf8) },
      date: seconds.map { Timestamp(seconds: $0, precision: .second, zoneMinutes: 0) },
      text: ParsedText(text.isEmpty ? "Words of \(id ?? "nobody")." : text))
  }

  static func post(
    _ title: String, _ body: String, id: String? = nil, url: String? = nil, from source: String,
    by author: String? = nil, format: String = "test", _ comments: [ParsedComment] = []
  ) -> ParsedDiscussion {
    ParsedDiscussion(
      title: Array(title.utf8), author: author.map { Array($0.utf8) }, format: format,
      url: url.map { Array($0.utf8) }, nativeID: id.map { Array($0.utf8) }, body: ParsedText(body),
      comments: comments, sources: [Array(source.utf8)])
  }

  /// A discussion of which only the id is known, and comments that name it.
  static func part(of id: String, from source: String, _ comments: [ParsedComment]) -> ParsedDiscussion {
    ParsedDiscussion(
      format: "test", nativeID: Array(id.utf8), comments: comments, sources: [Array(source.utf8)])
  }

  /// Each comment's text under its parent's, and what hangs on the post under its title.
  static func tree(_ library: Library, _ discussion: DiscussionID) -> [String: String] {
    var tree: [String: String] = [:]
    for entry in library.entries(of: discussion).dropFirst() {
      let parent = library.parent(of: entry).map { library.depth(of: $0) == 0 ? "post" : library.string($0) }
      #expect(tree.updateValue(parent ?? "none", forKey: library.string(entry)) == nil)
    }
    return tree
  }

  /// Every order of some discussions, each order in one batch and in one batch a discussion.
  static func everyOrder(of parts: [ParsedDiscussion], _ check: (Library) -> Void) {
    var orders: [[Int]] = [[]]
    for index in parts.indices {
      orders = orders.flatMap { order in
        (0...order.count).map { Array(order[..<$0]) + [index] + Array(order[$0...]) }
      }
    }
    for order in orders {
      check(library(of: order.map { parts[$0] }))
      var grown = Library()
      for index in order { grown = grown.adding([parts[index]]).library }
      #expect(grown.checkInvariants() == [])
      check(grown)
    }
  }

  @Test func aParentInAnotherBatchIsFound() {
    let parts = [
      UnitingTests.post("T", "Body.", id: "p", from: "a", [UnitingTests.reply("c1")]),
      UnitingTests.part(of: "p", from: "b", [UnitingTests.reply("c2", to: "c1")]),
      UnitingTests.part(
        of: "p", from: "c", [UnitingTests.reply("c3", to: "c2"), UnitingTests.reply("c4", to: "p")]),
    ]
    UnitingTests.everyOrder(of: parts) { library in
      #expect(library.discussions.map(library.name) == ["T"])
      #expect(
        UnitingTests.tree(library, library.discussions[0]) == [
          "Words of c1.": "post", "Words of c2.": "Words of c1.", "Words of c3.": "Words of c2.",
          "Words of c4.": "post",
        ])
      let post = library.post(of: library.discussions[0])
      #expect(library.key(of: post) == EntryIdentity.key(ofID: Array("p".utf8)))
      #expect(library.string(post) == "Body.")
      #expect(Set(library.sources(of: library.discussions[0])) == [[0x61], [0x62], [0x63]])
    }
  }

  @Test func aParentMayBeThePostsAddress() {
    let parts = [
      UnitingTests.post("T", "Body.", id: "tag:x,1:5", url: "http://x.org/five/", from: "feed"),
      UnitingTests.part(of: "tag:x,1:5", from: "feed", [UnitingTests.reply("c1", to: "https://x.org/five")]),
      ParsedDiscussion(
        url: Array("https://X.org/five#comments".utf8), comments: [UnitingTests.reply("c2", to: "c1")],
        sources: [[0x66]]),
    ]
    UnitingTests.everyOrder(of: parts) { library in
      #expect(library.discussions.count == 1)
      #expect(
        UnitingTests.tree(library, library.discussions[0]) == [
          "Words of c1.": "post", "Words of c2.": "Words of c1.",
        ])
      #expect(
        library.key(of: library.post(of: library.discussions[0]))
          == EntryIdentity.key(ofID: Array("tag:x,1:5".utf8)))
    }
  }

  @Test func aDiscussionThatTurnsOutToBeACommentGoesUnderIt() {
    let parts = [
      UnitingTests.post("Story", "", id: "hn:1", from: "a", by: "ann"),
      UnitingTests.part(of: "hn:1", from: "a", [UnitingTests.reply("hn:2", to: "hn:1")]),
      UnitingTests.part(of: "hn:2", from: "a", [UnitingTests.reply("hn:3", to: "hn:2")]),
      UnitingTests.part(
        of: "hn:3", from: "b",
        [UnitingTests.reply("hn:4", to: "hn:3"), UnitingTests.reply("hn:5", to: "hn:3")]),
    ]
    UnitingTests.everyOrder(of: parts) { library in
      #expect(library.discussions.map(library.name) == ["Story"])
      #expect(library.entryCount == 5)
      #expect(
        UnitingTests.tree(library, library.discussions[0]) == [
          "Words of hn:2.": "post", "Words of hn:3.": "Words of hn:2.", "Words of hn:4.": "Words of hn:3.",
          "Words of hn:5.": "Words of hn:3.",
        ])
      for entry in library.entries(of: library.discussions[0]) {
        #expect(
          library.nativeID(of: entry).map { library.key(of: entry) == EntryIdentity.key(ofID: $0) } ?? true)
      }
    }
  }

  @Test func theSameMessageAsRootAndAsReplyIsOne() {
    let root = UnitingTests.post(
      "Re: T", "I answer.", id: "<2@x>", from: "feb.mbox", by: "Bob",
      [UnitingTests.reply("<3@x>", to: "<2@x>")])
    var again = UnitingTests.reply("<2@x>", to: "<1@x>", by: "Bob", "I answer.")
    again.score = 4
    let thread = UnitingTests.post("T", "I ask.", id: "<1@x>", from: "jan.mbox", by: "Ann", [again])
    UnitingTests.everyOrder(of: [root, thread]) { library in
      #expect(library.discussions.map(library.name) == ["T"])
      #expect(
        UnitingTests.tree(library, library.discussions[0])
          == ["I answer.": "post", "Words of <3@x>.": "I answer."])
      let entry = library.entries(of: library.discussions[0])[1]
      #expect(library.author(of: entry) == Array("Bob".utf8) && library.score(of: entry) == 4)
    }
  }

  @Test func discussionsThatContainOneAnotherEndAsOne() {
    let one = UnitingTests.post("A", "a", id: "a", from: "1", [UnitingTests.reply("b")])
    let two = UnitingTests.post("B", "b", id: "b", from: "2", [UnitingTests.reply("a")])
    UnitingTests.everyOrder(of: [one, two]) { library in
      #expect(library.discussions.count == 1)
      #expect(library.entryCount == 2)
    }
  }

  @Test func rootsThatWereUnitedAreFoundByAnyOfTheirNames() {
    let feed = UnitingTests.post(
      "T", "Body in full.", id: "guid-5", url: "http://x.org/5", from: "feed.xml", format: "rss")
    let export = UnitingTests.post(
      "T", "Body in full.", id: "blog:5", url: "https://x.org/5/?utm_source=a", from: "wxr.xml", format: "wxr"
    )
    let page = UnitingTests.post(
      "T – the blog", "Body in full, and more of it.", url: "https://x.org/5", from: "5.html", format: "html")
    UnitingTests.everyOrder(of: [feed, export, page]) { library in
      #expect(library.discussions.count == 1)
      let post = library.post(of: library.discussions[0])
      for parsed in [feed, export, page] {
        #expect(library.entry(withKey: EntryIdentity.key(of: parsed)) == post)
      }
      #expect(library.string(post) == "Body in full, and more of it.")
    }
    // The first arrival's key stays.
    let grown = library(of: [feed], [export], [page])
    #expect(grown.key(of: grown.post(of: grown.discussions[0])) == EntryIdentity.key(of: feed))
  }

  @Test func submissionsOfOnePageAreTwo() {
    let one = UnitingTests.post("T", "", id: "t3_a", url: "http://x.org/5", from: "1", by: "ann")
    let two = UnitingTests.post("T", "", id: "t3_b", url: "http://x.org/5", from: "2", by: "bob")
    #expect(library(of: [one, two]).discussions.count == 2)
  }

  // MARK: By text

  private static let essay = (0..<120).map { "word\($0 * 7919 % 997)" }.joined(separator: " ")

  @Test func onePageThreeWays() {
    let html = UnitingTests.post("On Rivers", UnitingTests.essay, url: "https://x.org/rivers", from: "r.html")
    let text = UnitingTests.post(
      "On rivers", "Posted by Ann\n\n" + UnitingTests.essay + "\n\nShare this", from: "r.txt")
    let cut = UnitingTests.essay.split(separator: " ").prefix(55).joined(separator: " ")
    let feed = UnitingTests.post(
      "On Rivers", cut + " […]", id: "guid:1", url: "https://x.org/?p=9", from: "f.xml", by: "Ann")
    UnitingTests.everyOrder(of: [html, text, feed]) { library in
      #expect(library.discussions.count == 1)
      #expect(library.author(of: library.post(of: library.discussions[0])) == Array("Ann".utf8))
    }
  }

  @Test func titleAloneDoesNotUnite() {
    let one = UnitingTests.post("Links", "", from: "a")
    let two = UnitingTests.post("Links", "", from: "b")
    #expect(library(of: [one, two]).discussions.count == 2)
    let other = UnitingTests.post("Links", UnitingTests.essay, from: "c")
    #expect(library(of: [one, other]).discussions.count == 2)
    let renamed = UnitingTests.post("More links", UnitingTests.essay, from: "d")
    #expect(library(of: [other, renamed]).discussions.count == 2)
  }

  @Test func weeklyPostsStayApart() {
    let body = "This is the open thread. Talk about anything you like."
    let first = (0..<50).map { _ in UnitingTests.post("Open thread", body, from: "a") }
    let second = (0..<50).map { _ in UnitingTests.post("Open thread", body, from: "b") }
    // Within one source never, across sources each once.
    #expect(library(of: first).discussions.count == 50)
    #expect(library(of: Array(first[..<20]), Array(first[20...])).discussions.count == 50)
    #expect(library(of: first + second).discussions.count >= 50)
    var (one, two) = (first[0], second[0])
    one.date = Timestamp(year: 2011, month: 5, day: 1)
    two.date = Timestamp(year: 2011, month: 5, day: 8)
    #expect(library(of: [one, two]).discussions.count == 2)
    (one.date, two.date) = (nil, nil)
    (one.url, two.url) = (Array("http://x.org/1".utf8), Array("http://x.org/2".utf8))
    #expect(library(of: [one, two]).discussions.count == 2)
    one = UnitingTests.post("FAQ", UnitingTests.essay, id: "<1@x>", from: "jan.mbox")
    two = UnitingTests.post("FAQ", UnitingTests.essay, id: "<2@x>", from: "feb.mbox")
    #expect(library(of: [one, two]).discussions.count == 2)
  }

  @Test func differentKnownAuthorsAreTwoPosts() {
    let one = UnitingTests.post("T", UnitingTests.essay, from: "a", by: "Ann")
    let two = UnitingTests.post("T", UnitingTests.essay, from: "b", by: "Bob")
    #expect(library(of: [one, two]).discussions.count == 2)
  }

  // MARK: Comments

  @Test func commentsOfAPageAndItsTextAreGivenOnce() {
    let long = "I have been walking along this river for years and never saw a heron there."
    let html = UnitingTests.post(
      "On Rivers", UnitingTests.essay, from: "r.html",
      [
        UnitingTests.reply("r#1", by: "Ann", "Thanks!", at: 1000),
        UnitingTests.reply("r#2", to: "r#1", by: "Bob", "Thanks!", at: 2000),
        UnitingTests.reply("r#3", to: "r#2", by: "Cid", long, at: 3000),
      ])
    let text = UnitingTests.post(
      "On Rivers", UnitingTests.essay, from: "r.txt",
      [
        comment("Thanks!"), comment("“Thanks!”"), comment(long + " Reply"), comment("Only in the text."),
      ])
    UnitingTests.everyOrder(of: [html, text]) { library in
      let entries = library.entries(of: library.discussions[0]).dropFirst()
      let known = entries.map { library.author(of: $0).map { String(decoding: $0, as: UTF8.self) } ?? "-" }
      #expect(known.sorted() == ["-", "Ann", "Bob", "Cid"])
      for entry in entries where library.author(of: entry) != nil {
        #expect(library.nativeID(of: entry) != nil && library.date(of: entry) != nil)
        let parent = library.parent(of: entry).flatMap { library.author(of: $0) } ?? []
        let expected = ["Ann": "", "Bob": "Ann", "Cid": "Bob"]
        let name = library.author(of: entry).map { String(decoding: $0, as: UTF8.self) } ?? ""
        #expect(String(decoding: parent, as: UTF8.self) == expected[name])
      }
      for parsed in [html, text] {
        for key in DiscussionDraft(parsed).commentKeys { #expect(library.entry(withKey: key) != nil) }
      }
    }
  }

  @Test func differentAuthorsOfOneTextAreTwoComments() {
    let one = discussion("T", from: "a", comments: [comment("Same.", by: "Ann")])
    let two = discussion("T", from: "b", comments: [comment("Same.", by: "Bob"), comment("same", by: "ANN")])
    let united = library(of: [one, two])
    #expect(united.commentCount(of: united.discussions[0]) == 2)
  }

  @Test func removedWordsAreKeptWhereACopyHasThem() {
    var gone = UnitingTests.reply("c1", "")
    gone.isRemoved = true
    gone.text = ParsedText("")
    let kept = UnitingTests.reply("c1", by: "Ann", "What I said.")
    let parts = [
      UnitingTests.post("T", "Body.", id: "p", from: "a", [gone]),
      UnitingTests.post("T", "Body.", id: "p", from: "b", [kept]),
    ]
    UnitingTests.everyOrder(of: parts) { library in
      let entry = library.entries(of: library.discussions[0])[1]
      #expect(library.string(entry) == "What I said." && !library.isRemoved(entry))
    }
    var again = parts[0]
    again.sources = [[0x63]]
    let both = library(of: [parts[0], again])
    #expect(both.commentCount(of: both.discussions[0]) == 1)
  }

  @Test func oneIdOfTwoTextsInOneSourceIsTwoEntries() {
    let twice = UnitingTests.post(
      "T", "Body.", id: "p", from: "a", [UnitingTests.reply("c", "one"), UnitingTests.reply("c", "two")])
    let one = library(of: [twice])
    #expect(one.commentCount(of: one.discussions[0]) == 2)
    var copy = twice
    copy.sources = [[0x62]]
    let united = library(of: [twice, copy])
    #expect(united.commentCount(of: united.discussions[0]) == 2)
    let posts = library(of: [
      UnitingTests.post("T", "One text.", id: "p", from: "a"),
      UnitingTests.post("T", "Another text.", id: "p", from: "a"),
    ])
    #expect(posts.discussions.count == 2)
  }
}
