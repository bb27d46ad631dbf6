import Discussion
import Testing

@testable import Archive

/// A comment in few words: parent, author, date, text.
struct Row: Equatable, CustomStringConvertible {
  var parent: Int?
  var author: String?
  var date: String?
  var text: String

  init(_ parent: Int?, _ author: String?, _ date: String?, _ text: String) {
    (self.parent, self.author, self.date, self.text) = (parent, author, date, text)
  }

  init(_ comment: ParsedComment) {
    if case .comment(let index) = comment.parent { parent = index }
    author = words(comment.author)
    date = comment.date?.iso8601
    text = String(decoding: comment.text.utf8, as: UTF8.self)
  }

  var description: String { "\(parent ?? -1) \(author ?? "?") \(date ?? "?") \(text.debugDescription)" }
}

/// The discussions of a page.
func readPage(_ text: String) -> [ParsedDiscussion] {
  Archive.read(bytes: Array(text.utf8), path: Array("page.txt".utf8)).discussions
}

/// The comments of a page.
func rows(_ text: String) -> [Row] { readPage(text).flatMap(\.comments).map(Row.init) }

/// Bytes as a string.
func words(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

@Suite("Blogs in more languages and without lists")
struct TextBlogTests {
  private static let post = "A title\n\nWords of the post that go on.\n\n"

  @Test(
    "bylines, dates and buttons in the page's language",
    arguments: [
      (
        "2 Antworten zu „A title“", "sagt:", "12. Juni 2012 um 14:05 Uhr", "Antworten",
        "Schreibe einen Kommentar"
      ),
      (
        "2 réflexions sur « A title »", "dit :", "12 juin 2012 à 14 h 05 min", "Répondre",
        "Laisser un commentaire"
      ),
      (
        "2 comentarios en “A title”", "dice:", "12 de junio de 2012 a las 14:05", "Responder",
        "Deja un comentario"
      ),
      ("2 pensieri su “A title”", "ha detto:", "12 giugno 2012 alle 14:05", "Rispondi", "Lascia un commento"),
      (
        "2 comentários em “A title”", "disse:", "12 de junho de 2012 às 14:05", "Responder",
        "Deixe um comentário"
      ),
      ("2 gedachten over “A title”", "zegt:", "12 juni 2012 om 14:05", "Beantwoorden", "Geef een reactie"),
      ("2 thoughts on “A title”", "says:", "June 12, 2012 at 2:05 pm", "Reply", "Leave a Reply"),
    ])
  func languages(heading: String, verb: String, date: String, button: String, form: String) throws {
    let page =
      TextBlogTests.post
      + "\(heading)\n\n  1. Ana \(verb)\n\n    \(date)\n\n    One.\n\n    \(button)\n\n      • Léo \(verb)\n\n        \(date)\n\n        Two.\n\n        \(button)\n\n\(form)\n"
    #expect(
      rows(page) == [Row(nil, "Ana", "2012-06-12T14:05", "One."), Row(0, "Léo", "2012-06-12T14:05", "Two.")])
    let post = try #require(readPage(page).first)
    #expect(post.declaredComments == 2 && words(post.body.utf8) == "Words of the post that go on.")
  }

  @Test(
    "without a list: `Name said…`, name and date glued, name over date, date over name, name after the words",
    arguments: [
      "2 comments:\n\nAnn said...\n\nOne.\n\nMay 30, 2019 at 5:38 PM\nReplyDelete\n\nBob Bee said...\n\nTwo.\n\nMay 31, 2019 at 5:38 PM\nReplyDelete\n\nPost a Comment\n",
      "2 Kommentare:\n\nAnn30. Mai 2019 um 17:38\n\nOne.\n\nAntwortenLöschen\n\nBob Bee31. Mai 2019 um 17:38\n\nTwo.\n\nAntwortenLöschen\n\nKommentar hinzufügen\n",
      "2 Responses to “A title”\n\nAnn\n\nMay 30, 2019 at 5:38 pm\n\nOne.\n\nReply\n\nBob Bee\n\nMay 31, 2019 at 5:38 pm\n\nTwo.\n\nReply\n\nLeave a Reply\n",
      "Comments (2)\n\n30 05 2019\nAnn (17:38) :\n\nOne.\n\n31 05 2019\nBob Bee (17:38) :\n\nTwo.\n\nLeave a comment\n",
      "Comments\n\nOne.\n\nPosted by: Ann | May 30, 2019 at 05:38 PM\n\nTwo.\n\nPosted by: Bob Bee | May 31, 2019 at 05:38 PM\n\nThe comments to this entry are closed.\n",
      "2 Comments\n\nAnn | May 30, 2019 5:38 PM | Reply\n\nOne.\n\nBob Bee | May 31, 2019 5:38 PM | Reply\n\nTwo.\n\nLeave a comment\n",
    ])
  func withoutList(comments: String) {
    #expect(
      rows(TextBlogTests.post + comments) == [
        Row(nil, "Ann", "2019-05-30T17:38", "One."), Row(nil, "Bob Bee", "2019-05-31T17:38", "Two."),
      ])
  }

  @Test("`Reply to` and a name say whom a comment answers; a number over the button counts votes")
  func addressees() throws {
    let page =
      TextBlogTests.post
      + "3 Comments\n\nSara\n\n1 year ago\n\nOne.\n\n-2\n\nReply\n\nMel\n\n1 year ago\n\nReply to \n\nSara\n\nTwo.\n\n0\n\nReply\n\nBob\n\n10 months ago\n\nThree.\n\nReply\n\nLeave a Reply\n"
    #expect(
      rows(page) == [
        Row(nil, "Sara", nil, "One."), Row(0, "Mel", nil, "Two."), Row(nil, "Bob", nil, "Three."),
      ])
    #expect(readPage(page).flatMap(\.comments).map(\.score) == [-2, 0, nil])
  }

  @Test("buttons between comments part them when nothing else does; one announced comment needs no mark")
  func anonymous() {
    let parted =
      TextBlogTests.post + "2 Comments\n\nOne.\n\nAnd more.\n\nReply\n\nTwo.\n\nReply\n\nLeave a Reply\n"
    #expect(rows(parted) == [Row(nil, nil, nil, "One.\n\nAnd more."), Row(nil, nil, nil, "Two.")])
    let one = TextBlogTests.post + "One thought on “A title”\n\nOnly this.\n\nComments are closed.\n"
    #expect(rows(one) == [Row(nil, nil, nil, "Only this.")])
  }

  @Test(
    "a list without a heading: bylines with the date below, items of buttons left out, links from other pages"
  )
  func lists() {
    let page = """
      A title

      Words of the post.

        • Ramón dijo:

          Uno.

          26 abril 2022 a las 14:02
          • Eva dijo:

            Dos.

            26 abril 2022 a las 15:11
            • Responder
        • Aldo dijo:

          Tres.

          26 abril 2022 a las 16:49

      Trackbacks/Pingbacks

        1. Another page » About bread
      """
    #expect(
      rows(page) == [
        Row(nil, "Ramón", "2022-04-26T14:02", "Uno."), Row(0, "Eva", "2022-04-26T15:11", "Dos."),
        Row(nil, "Aldo", "2022-04-26T16:49", "Tres."), Row(nil, nil, nil, "Another page » About bread"),
      ])
    #expect(readPage(page).first?.comments.map(\.kind) == [.comment, .comment, .comment, .pingback])
  }

  @Test("badges and avatars around names; a numbered list inside a bulleted comment")
  func badges() {
    let page =
      TextBlogTests.post
      + "3 Comments\n\n  • Profile picture of the author Ann\n    One.\n    {{ left.over }}\n  • Profile picture of the author Bob\n    Two:\n\n    1. first.\n\n    2. second.\n\n    That is all.\n  • Cem Autor\n    May 30, 2019\n\n    Three.\n"
    #expect(rows(page).map(\.author) == ["Ann", "Bob", "Cem"])
    #expect(rows(page)[1].text == "Two:\n\n1. first.\n\n2. second.\n\nThat is all.")
  }

  @Test("comments that are announced and cannot be told apart stay in the post, and one line says so")
  func unread() throws {
    let page = TextBlogTests.post + "4 Comments\n\nWords without names.\n\nOther words.\n\nLeave a Reply\n"
    let result = Archive.read(bytes: Array(page.utf8), path: Array("p".utf8))
    #expect(
      result.problems == [
        ArchiveProblem(
          path: Array("p".utf8), line: 5,
          message:
            "4 comments are announced here and could not be told apart; their text is kept with the post")
      ])
    let post = try #require(result.discussions.first)
    #expect(post.declaredComments == 4 && post.comments.isEmpty)
    #expect(words(post.body.utf8)?.hasSuffix("Words without names.\n\nOther words.") == true)
    let none = TextBlogTests.post + "No Comments\n\nLeave a Reply\n"
    #expect(Archive.read(bytes: Array(none.utf8), path: []).problems.isEmpty)
    #expect(readPage(none).first?.declaredComments == 0)
  }

  @Test(
    "dates and names in prose, news lists, tables of dates and profiles make no comments",
    arguments: [
      "News\n\nA new shop opens\nJune 5, 2012\n\nIt is big.\n\nThe old one closes\nJune 6, 2012\n\nIt was small.\n\nA third thing\nJune 7, 2012\n\nMore.\n",
      "Terms\n\nMonday, June 5, 2012\n\nFlour.\n\nTuesday, June 6, 2012\n\nWater.\n\nWednesday, June 7, 2012\n\nSalt.\n",
      "Talk\n\nBob wrote:\n> old words\n\nNew words.\n\nAnn wrote:\n> other words\n\nOthers.\n",
      "Steps\n\n#1 Take flour\n\nWords.\n\n#2 Take water\n\nWords.\n\n#3 Take time\n\nWords.\n",
      "Post\n\nWords.\n\nRecent Comments\n\n  • Ann on A title\n  • Bob on A title\n",
    ])
  func precision(page: String) {
    #expect(rows(page).isEmpty)
  }
}
