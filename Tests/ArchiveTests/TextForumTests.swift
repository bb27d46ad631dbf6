import Discussion
import Testing

@testable import Archive

@Suite("Forums and threads saved as text")
struct TextForumTests {
  @Test("numbers with a sign: a profile of fields names the author, its list is no comment")
  func signed() throws {
    let page = """
      Speakers for a small room

        • Ann
          Junior Member
          • 04-16-2024
          • 1
          #1

          Which ones would you take for a room of ten square metres, and would you mount them?
            • Bob
              Elite Member
              • 05-30-2015
              • 1804
              #2

              The small ones, and on stands.

                  Comment

                  • Cem
                    Administrator
                    • 08-22-2003
                    • 60
                    #3

                    On stands, yes.

      """
    #expect(
      rows(page) == [
        Row(nil, "Bob", nil, "The small ones, and on stands."), Row(nil, "Cem", nil, "On stands, yes."),
      ])
    let post = try #require(readPage(page).first)
    #expect(words(post.author) == "Ann" && words(post.title) == "Speakers for a small room")
    let dated =
      "A long first message about head phones, which goes on for more than sixty letters.\n\u{A0}\nJul 5, 2024 at 7:30 PM Post #2 of 7\nClosed ones.\n\u{A0}\nJul 6, 2024 at 1:29 PM Post #3 of 7\nOpen ones.\n\u{A0}\n"
    #expect(
      rows(dated) == [
        Row(nil, nil, "2024-07-05T19:30", "Closed ones."), Row(nil, nil, "2024-07-06T13:29", "Open ones."),
      ])
  }

  @Test(
    "spaces under messages: name, title and fields above the words; quotations that come again; the page's foot"
  )
  func spaced() throws {
    let space = "\n\u{A0}\n"
    let first = "Does anybody know a simple recipe for a beginner in a small kitchen?"
    let page =
      "Simple recipe\n\nAnn\n\nMember\nJoined\nAug 17, 2017\nMessages\n4\n\(first)\(space)\nBob\n\nWell-known member\n"
      + "Bob said:\nold words\nClick to expand...\nTake a kit.\(space)\(first)\nCheaper: flour and water.\(space)"
      + "Users who are viewing this thread\nBack\nTop\n"
    let post = try #require(readPage(page).first)
    #expect(post.comments.map(Row.init).map(\.author) == ["Bob", nil])
    #expect(words(post.author) == "Ann")
    #expect(words(post.body.utf8) == first)
    let quotes = post.comments.map { comment in
      comment.text.spans.filter { $0.role == .quote }.map { words(Array(comment.text.utf8[$0.bytes])) }
    }
    #expect(quotes == [["Bob said:\nold words"], [first]])
  }

  @Test("phpBB 3.0: the name before an arrow, profiles below; a lost name under `Posted by`")
  func postBy() throws {
    let page = """
      Topic about bread

      by Ann » Wed Sep 11, 2013 9:06 pm

      First message.

      Ann

      Posts: 12
      Joined: Mon Jan 02, 2012 5:00 pm

      Re: Topic about bread

      by Bob » Thu Sep 12, 2013 9:06 am

      Second message.

      Bob

      Posts: 1
      """
    #expect(rows(page) == [Row(nil, "Bob", "2013-09-12T09:06", "Second message.")])
    #expect(words(readPage(page).first?.title) == "Topic about bread")
    let lost =
      "A trip\n\nPosted by on\n\nWhere to go?\n\nPosted by\n4931 posts\n\nTo the sea.\n\nPosted by\n2 posts\n\nHome.\n"
    #expect(rows(lost).map(\.text) == ["To the sea.", "Home."])
    #expect(rows(lost).allSatisfy { $0.author == nil })
  }

  @Test("name, date, words without a heading: the first is the post's; indentation says who answers whom")
  func stamped() throws {
    let page = """
      How to bake bread

      Ann

      24.06.2010, 17:00

      How do you bake bread?

      Bob

      24.06.2010, 17:20 Zitieren #

      Flour and water.

          Cem

          24.06.2010, 17:31 Zitieren #

          And salt.

      Dora

      25.06.2010, 09:00 Zitieren #

      Time.

      Kommentar verfassen
      """
    #expect(
      rows(page) == [
        Row(nil, "Bob", "2010-06-24T17:20", "Flour and water."),
        Row(0, "Cem", "2010-06-24T17:31", "And salt."),
        Row(nil, "Dora", "2010-06-25T09:00", "Time."),
      ])
    let post = try #require(readPage(page).first)
    #expect(words(post.author) == "Ann" && words(post.title) == "How to bake bread")
    #expect(words(post.body.utf8) == "How do you bake bread?")
  }

  @Test("links of an item tracker: `name commented`, badges and copied links around")
  func tracker() {
    let page = """
      It breaks

      ann commented Jun 5, 2019

      The thing breaks.

      @bob

      Contributor

      bob commented Jun 6, 2019

      I can confirm it.

      Copy link

      @ann

      Author

      ann commented Jun 7, 2019

      Thanks.
      """
    #expect(
      rows(page) == [
        Row(nil, "bob", "2019-06-06", "I can confirm it."), Row(nil, "ann", "2019-06-07", "Thanks."),
      ])
  }

  @Test("votes, spans of time and folds around names")
  func votes() throws {
    let page = """
      How do you bake bread?

      12 points by ann 3 hours ago | hide | 3 comments

      bob 3 hours ago | next [–]

      Flour.

      reply

      [–]cem 7 points 2 hours ago

      Time.

      reply

      dora 1 hour ago | prev [–]

      Buy it.

      reply
      """
    let post = try #require(readPage(page).first)
    #expect(words(post.author) == "ann" && post.date == nil)
    #expect(post.comments.map { words($0.author) } == ["bob", "cem", "dora"])
    #expect(post.comments.map(\.score) == [nil, 7, nil] && post.comments.allSatisfy { $0.date == nil })
  }
}
