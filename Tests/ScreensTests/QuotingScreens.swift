import Discussion
import Grid
import Reader
import Testing

@testable import Screens

/// Quotes, pingbacks and deleted comments as they show.
@Suite struct QuotingScreens {
  private static func reply(
    _ author: String?, _ quote: String?, _ text: String, to parent: Int? = nil,
    kind: EntryKind = .comment, isRemoved: Bool = false
  ) -> ParsedComment {
    let quoted = quote.map { Array($0.utf8) } ?? []
    let gap = quoted.isEmpty || text.isEmpty ? [] : Array("\n\n".utf8)
    return ParsedComment(
      parent: parent.map { .comment($0) } ?? .post, kind: kind, author: author.map { Array($0.utf8) },
      isRemoved: isRemoved,
      text: ParsedText(
        utf8: quoted + gap + Array(text.utf8),
        spans: quoted.isEmpty ? [] : [RoleSpan(0..<quoted.count, .quote)]))
  }

  private static let library: Library = {
    let words = """
      The lamp was lit at four and nobody saw it go out, though three of us
      had the watch that night and none of us slept.
      """
    return Library.of([
      ParsedDiscussion(
        title: Array("The lamp".utf8), author: Array("Keeper".utf8),
        declaredComments: 7, body: ParsedText("What do the records say of that night?"),
        comments: [
          reply("Ivo", nil, words), reply("Uma", words, "I was asleep, to be honest.", to: 0),
          reply(nil, nil, "", to: 1, isRemoved: true), reply("Nan", nil, "I saw what was said here.", to: 2),
          reply("Harbour notes", nil, "Lamps of the coast", kind: .pingback),
          reply("Ivo", words.split(separator: "\n").first.map(String.init), "As I said.\n\nAnd will say."),
          reply("A list of lamps", nil, "More lamps", kind: .pingback),
        ], sources: [Array("lamp.html".utf8)])
    ])
  }()

  private func session() -> Session { Session(QuotingScreens.library, columns: 80, rows: 24) }

  @Test func aThread() {
    var session = session()
    session.press("<Enter>")
    GoldenScreen.check(session.state, "quoting")
    session.press("T")
    GoldenScreen.check(session.state, "quoting-hidden")
    session.press("Tzp")
    GoldenScreen.check(session.state, "quoting-pingbacks")
  }

  @Test func whoQuotes() {
    var session = session()
    session.press("<Enter>jgr")
    GoldenScreen.check(session.state, "quoting-who")
  }

  @Test func theListCountsNoPingbacks() {
    GoldenScreen.check(session().state, "quoting-list")
  }
}
