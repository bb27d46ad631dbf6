import Discussion
import Testing

@testable import Archive

private func read(_ text: String) -> [ParsedDiscussion] { readPage(text) }

@Suite("Styles of saved pages")
struct StyleTests {
  @Test("a list that was saved flush left, or one space in, is the same list", arguments: ["", " "])
  func flushLeft(indent: String) {
    let page = """
      Bread at home

      Flour and water.

      3 thoughts on “Bread at home”

      \(indent)1. Ann says:

      \(indent)   Salt, too.

      \(indent)    • Bob says:

      \(indent)      Little of it.

      \(indent)2. Cem says:

      \(indent)   And time.

      Comments are closed.
      """
    #expect(
      rows(page) == [
        Row(nil, "Ann", nil, "Salt, too."), Row(0, "Bob", nil, "Little of it."),
        Row(nil, "Cem", nil, "And time."),
      ])
  }

  @Test("numbered items with bylines, replies as bullets, a list inside, furniture left out")
  func wordpress() throws {
    let page = """
      Bread at home

      Flour and water.

      5 Gedanken zu „Bread at home“

        1. Lena sagt:

          Two tips:

            • warm bowl
            • cold water

          Antworten

          • Uwe sagt: 3. Mai 2015 um 10:20

            Danke!

            Gefällt mir

        3. Pingback: Other kitchen | Bread again

        4. No name here.
          Second line.

      Schreibe einen Kommentar

      Deine E-Mail-Adresse wird nicht veröffentlicht.
      """
    #expect(
      rows(page) == [
        Row(nil, "Lena", nil, "Two tips:\n\n• warm bowl\n• cold water"),
        Row(0, "Uwe", "2015-05-03T10:20", "Danke!"),
        Row(nil, nil, nil, "Pingback: Other kitchen | Bread again"),
        Row(nil, nil, nil, "No name here.\nSecond line."),
      ])
    let post = try #require(read(page).first)
    #expect(post.declaredComments == 5)
    #expect(post.comments[2].kind == .pingback)
    #expect(post.comments[0].text.spans.map(\.role) == [.listItem, .listItem])
    #expect(post.comments.map(\.line) == [7, 16, 22, 24])
  }

  @Test("a short first line is a name when most items have one or a date follows; a greeting is none")
  func namesAlone() {
    let named = """
      Post

      Words of the post.

      3 Comments

        1. Ann
          July 11, 2021 / 9:47 pm

          Hello there.

        2. Bo

          Me too.

        3. Cy

          Me three.

        4. Di

          Me four.
      """
    #expect(rows(named).map(\.author) == ["Ann", "Bo", "Cy", "Di"])
    #expect(rows(named)[0] == Row(nil, "Ann", "2021-07-11T21:47", "Hello there."))
    #expect(
      rows(
        "Post\n\nWords.\n\n2 thoughts on “Post”\n\n  1. Ann,\n\n    hello.\n\n  2. Short line\n\n    and more.\n"
      )
      .allSatisfy { $0.author == nil })
  }

  @Test("the author after the text")
  func trailingAuthor() {
    let page = """
      A post

      Its words.

      Reader Comments (2)

      First words.

      More of them.

      March 3, 2011 | Unregistered CommenterAnn B.

      Answer.

      March 4, 2011 | Registered CommenterBo

      Post a New Comment

      Enter your information below to add a new comment.
      """
    #expect(
      rows(page) == [
        Row(nil, "Ann B.", "2011-03-03", "First words.\n\nMore of them."),
        Row(nil, "Bo", "2011-03-04", "Answer."),
      ])
    #expect(words(read(page).first?.body.utf8) == "Its words.")
  }

  @Test("questions, answers and the comments under each")
  func questions() throws {
    let page = """
      12

      How is it done?

      1
        • 3
          Which one?
          – Ann
          Feb 7, 2014 at 10:53

      2 Answers

      7

      So.

      2
        • Thanks. Commented May 5, 2015 at 9:00
        • Works.
      -1

      Or so.
      Add a comment  |
      """
    #expect(
      rows(page) == [
        Row(nil, "Ann", "2014-02-07T10:53", "Which one?"), Row(nil, nil, nil, "So."),
        Row(1, nil, "2015-05-05T09:00", "Thanks."), Row(1, nil, nil, "Works."), Row(nil, nil, nil, "Or so."),
      ])
    let post = try #require(read(page).first)
    #expect(post.comments.map(\.kind) == [.comment, .answer, .comment, .comment, .answer])
    #expect(post.comments.map(\.score) == [3, 7, nil, nil, -1])
    #expect(words(post.body.utf8) == "How is it done?")
  }

  @Test("forums: a line over each message, a number over each, a no-break space under each")
  func forums() throws {
    let phpBB = """
      User avatar
      Ann

      Topic

      Post by Ann » 11. Sep 2024, 21:06

      First.
      User avatar
      Bo
      Posts: 12

      Re: Topic

      Post by Bo » 12. Sep 2024, 01:10

      Second.
      """
    #expect(rows(phpBB) == [Row(nil, "Bo", "2024-09-12T01:10", "Second.")])
    #expect(words(read(phpBB).first?.author) == "Ann")
    let discourse = "1\n\nFirst words.\n\nAnd more.\n\n2\n\nSecond.\n\n3 Likes\n3\n\nThird.\n"
    #expect(rows(discourse).map(\.text) == ["Second.", "Third."])
    let xenForo = "Title here\n\nFirst.\n\u{A0}\nSecond.\n\nMore.\n\u{A0}\nThird.\n"
    #expect(rows(xenForo).map(\.text) == ["Second.\n\nMore.", "Third."])
    #expect(words(read(xenForo).first?.title) == "Title here")
  }

  @Test(
    "a list, numbers and headings alone make no comments and no further posts",
    arguments: [
      "Recipe\n\nYou need this.\n\n  1. Flour.\n\n  2. Water.\n\nThat is all.\n",
      "Recipe\n\nIntro words here.\n\nIngredients\n\nA long paragraph about ingredients, which goes on and on.\n",
      "Counting\n\n1\n\nOne is a number.\n\n2\n\nTwo is another.\n",
      "Questions\n\nIntro.\n\nWhat is a short question here?\n\n\(String(repeating: "Answer. ", count: 20))\n\nWhat is the second question then?\n\n\(String(repeating: "Answer. ", count: 20))\n",
      "See this\n\nMy favourite book is this one:\n\nBread at Home Every Day\n\n\(String(repeating: "It is good. ", count: 20))\n",
    ])
  func precision(page: String) {
    #expect(read(page).count == 1)
    #expect(rows(page).isEmpty)
  }

  @Test("several posts with titles between")
  func severalPosts() {
    let prose = String(repeating: "Words of a post that goes on. ", count: 8)
    let page =
      "The first of all posts\n\n\(prose)\n\nThe second of all posts\n\nShort start.\n\n\(prose)\n\nWhere does the third one go?\n\n\(prose)\n"
    #expect(
      read(page).map { words($0.title) } == [
        "The first of all posts", "The second of all posts", "Where does the third one go?",
      ])
    #expect(read(page).map(\.line) == [1, 5, 11])
  }

  @Test("head and tail of a post: navigation, date, byline, categories, credit")
  func headAndTail() throws {
    let page = """
      « older | Main | newer »
      Friday
      May62011

      A title
      A title

      """
      + "\nby Ann Bee\n\nThe words.\n\nPhoto credit: Cy Dee\n\n\nI am a consultant and write a newsletter.\n"
    let post = try #require(read(page.replacing("A title\nA title", with: "A title\n\nA title")).first)
    #expect(words(post.title) == "A title" && words(post.author) == "Ann Bee")
    #expect(post.date?.iso8601 == "2011-05-06")
    #expect(words(post.body.utf8) == "The words.")
    let footer =
      "Title\n\nThe words.\n\nThis entry was posted in Bread, At Home and tagged , , . Bookmark the permalink.\n"
    #expect(read(footer).first?.categories.map { words($0) } == ["Bread", "At Home"])
    #expect(words(read(footer).first?.body.utf8) == "The words.")
  }

  @Test(
    "headings over comments",
    arguments: [
      ("12 thoughts on “X”", 12, true), ("One thought on “X”", 1, true), ("1,204 Comments", 1204, false),
      ("Reader Comments (3)", 3, false), ("5 Kommentare", 5, false), ("Ein Gedanke zu „X“", 1, true),
      ("7 Responses to A Title", 7, true), ("There are 16 comments to “X”.", 16, true),
      ("Comments", nil, false),
      ("14 comments:", 14, false), ("3 réponses à X", 3, true), ("2 comentarios", 2, false),
    ] as [(String, Int?, Bool)])
  func headings(line: String, declared: Int?, isStrong: Bool) throws {
    let heading = try #require(CommentHeading(Phrase(folding: line.utf8)))
    #expect(heading.declared == declared && heading.isStrong == isStrong)
  }

  @Test(
    "no headings",
    arguments: [
      "12 people commented", "In Food 17 Comments", "Comments are welcome here", "A thought", "Comment", "12",
      "",
      "3 comments made me laugh.",
    ])
  func noHeadings(line: String) {
    #expect(CommentHeading(Phrase(folding: line.utf8)) == nil)
  }
}
