import Discussion
import Testing

@testable import Archive

@Suite("Mailing-list archives saved as text")
struct MailPageTests {
  @Test("Pipermail: the subject, a name with his address, a date with its zone, a quotation, a signature")
  func pipermail() throws {
    let page = """
      [Bread] Sourdough

      Ann Bee ann at example.org
      Tue Jun 12 14:05:01 CEST 2012

        • Previous message: [Bread] Rye
        • Next message: [Bread] Sourdough
        • Messages sorted by: [ date ] [ thread ] [ subject ] [ author ]

      Bob wrote:
      > How long?
      > I forget.

      Two days.

      --
      Ann

        • Previous message: [Bread] Rye

      More information about the Bread mailing list
      """
    let post = try #require(readPage(page).first)
    #expect(words(post.title) == "[Bread] Sourdough" && words(post.author) == "Ann Bee")
    #expect(post.date?.iso8601 == "2012-06-12T14:05:01+02:00" && post.comments.isEmpty)
    #expect(words(post.body.utf8) == "Bob wrote:\n> How long?\n> I forget.\n\nTwo days.\n\n--\nAnn")
    #expect(post.body.spans.map(\.role) == [.quote, .signature])
  }

  @Test("MHonArc and Hypermail: fields, as a list or as lines, and links around them")
  func fields() throws {
    let mhonarc =
      "[Date Prev][Date Next][Thread Prev][Thread Next]\n\nRe: Sourdough\n\n  • From: Ann Bee <ann@xxxxxxx>\n  • Date: Tue, 12 Jun 2012 14:05:01 +0200\n\n> How long?\n\nTwo days.\n\n  • References:\n    • Sourdough\n      • From: Bob\n\n  • Prev by Date: Rye\n"
    let hypermail =
      "Re: Sourdough\n\n  • This message: [ Message body ]\n\nFrom: Ann Bee <ann_at_example.org>\nDate: Tue, 12 Jun 2012 14:05:01 +0200\n\n> How long?\n\nTwo days.\n\nReceived on Tue Jun 12 2012 - 14:05:10 CEST\n"
    for page in [mhonarc, hypermail] {
      let post = try #require(readPage(page).first)
      #expect(words(post.title) == "Re: Sourdough" && words(post.author) == "Ann Bee")
      #expect(post.date?.iso8601 == "2012-06-12T14:05:01+02:00")
      #expect(words(post.body.utf8) == "> How long?\n\nTwo days.")
    }
  }

  @Test(
    "names in the ways archives hide addresses",
    arguments: [
      ("Ann Bee <ann@example.org>", "Ann Bee"), ("ann@example.org (Ann Bee)", "Ann Bee"),
      ("\"Bee, Ann\" <ann@example.org>", "Bee, Ann"), ("Ann Bee ann at example.org", "Ann Bee"),
      ("ann at example.org (Ann Bee)", "Ann Bee"), ("ann@example.org", "ann@example.org"),
    ])
  func names(field: String, name: String) {
    #expect(words(MailPage.name(Array(field.utf8)[...])) == name)
  }
}
