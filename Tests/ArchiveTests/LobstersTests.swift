import Discussion
import Testing

@testable import Archive

@Suite("Lobsters JSON")
struct LobstersTests {
  static func comment(_ id: String, _ more: String) -> String {
    #"""
    {"short_id":"\#(id)","created_at":"2024-01-02T03:04:05.000-06:00","is_deleted":false,"is_moderated":false,
     "score":4,"comment":"<p>I am <em>\#(id)</em></p>\n","comment_plain":"I am *\#(id)*",
     "commenting_user":"u\#(id)","url":"https://lobste.rs/s/abc123/a_story#c_\#(id)",\#(more)}
    """#
  }

  static func story(_ comments: [String], user: String = "\"ann\"") -> String {
    #"""
    {"short_id":"abc123","short_id_url":"https://lobste.rs/s/abc123","created_at":"2024-01-02T00:00:00.000-06:00",
     "title":"A story","url":"https://a.example/","score":10,"comment_count":4,"description":"<p>Words</p>",
     "comments_url":"https://lobste.rs/s/abc123/a_story","submitter_user":\#(user),"tags":["c"],
     "comments":[\#(comments.joined(separator: ","))]}
    """#
  }

  static let tree = [
    "ann: https://a.example/⏎⏎Words", "  ua: I am a", "    ub: I am b", "      uc: I am c", "  ud: I am d",
  ]

  @Test(
    "stories with comments by parent, by depth, by level, and inside each other are the same thread",
    arguments: [
      [
        comment("a", #""parent_comment":null,"depth":0"#), comment("b", #""parent_comment":"a","depth":1"#),
        comment("c", #""parent_comment":"b","depth":2"#), comment("d", #""parent_comment":null,"depth":0"#),
      ],
      [
        comment("a", #""depth":0"#), comment("b", #""depth":1"#), comment("c", #""depth":2"#),
        comment("d", #""depth":0"#),
      ],
      [
        comment("a", #""indent_level":1"#), comment("b", #""indent_level":2"#),
        comment("c", #""indent_level":3"#), comment("d", #""indent_level":1"#),
      ],
      [
        comment("a", #""comments":[\#(comment("b", #""comments":[\#(comment("c", #""comments":[]"#))]"#))]"#),
        comment("d", #""comments":[]"#),
      ],
    ])
  func trees(_ comments: [String]) {
    let reading = PlatformReading(LobstersTests.story(comments))
    #expect(reading.outline() == LobstersTests.tree)
    #expect(reading.title() == "A story")
    #expect(reading.url() == "https://lobste.rs/s/abc123")
    #expect(reading.dates()[1] == "2024-01-02T03:04:05-06:00")
    #expect(reading.library.score(of: reading.entries()[1]) == 4)
    #expect(reading.library.declaredComments(of: reading.library.discussions[0]) == 4)
  }

  @Test("older answers tell all of a person; what is gone keeps its place")
  func older() {
    let gone = #"""
      {"short_id":"g","created_at":"2014-01-02T03:04:05.000-06:00","is_deleted":true,"is_moderated":false,
       "score":1,"comment":"<em>Comment removed by author</em>","indent_level":1,
       "commenting_user":{"username":"gus","karma":3}}
      """#
    let below = LobstersTests.comment("h", #""indent_level":2"#)
    let reading = PlatformReading(LobstersTests.story([gone, below], user: #"{"username":"ann"}"#))
    #expect(reading.outline().dropFirst() == ["  × gus: ", "    uh: I am h"])
    #expect(reading.outline()[0].hasPrefix("ann: "))
  }

  @Test("comments by themselves find their story, lists give stories")
  func loose() {
    let lists = "[\(LobstersTests.story([]))]"
    let comments =
      "[\(LobstersTests.comment("b", #""parent_comment":"a""#)),\(LobstersTests.comment("a", #""parent_comment":null"#))]"
    for order in [[lists, comments], [comments, lists]] {
      let reading = PlatformReading(order)
      #expect(reading.library.discussions.count == 1)
      #expect(reading.outline() == ["ann: https://a.example/⏎⏎Words", "  ua: I am a", "    ub: I am b"])
    }
  }

  @Test("a chain of comments far deeper than a stack is read")
  func deep() {
    let depth = 3_000
    let comments = (0..<depth).map { LobstersTests.comment("n\($0)", #""depth":\#($0)"#) }
    let reading = PlatformReading(LobstersTests.story(comments))
    #expect(reading.library.entryCount == depth + 1)
    #expect(reading.library.depth(of: reading.entries()[depth]) == depth)
  }
}
