import Discussion
import Testing

@testable import Archive

@Suite("Stack Exchange API")
struct StackExchangeAPITests {
  static let question = #"""
    {"items":[{"tags":["c","gcc"],"comments":[{"owner":{"display_name":"Eve","link":"https://x.example/users/3"},
       "score":2,"creation_date":1459909111,"post_id":11,"comment_id":61,"post_type":"question",
       "body":"Which &lt;gcc&gt;?"}],
      "answers":[{"owner":{"display_name":"Bob &amp; Co"},"is_accepted":true,"score":5,"comment_count":1,
       "creation_date":1459909200,"answer_id":12,"question_id":11,"body":"<p>Use <code>x</code></p>",
       "comments":[{"owner":{"display_name":"Ann"},"score":0,"creation_date":1459909300,"post_id":12,
        "comment_id":62,"post_type":"answer","body":"Thanks"}]}],
      "owner":{"display_name":"Ann","link":"https://x.example/users/1"},"is_answered":true,"answer_count":2,
      "comment_count":1,"score":-1,"creation_date":1459908076,"question_id":11,
      "link":"https://x.example/questions/11/how","title":"How &quot;so&quot;?","closed_date":1459999999,
      "body_markdown":"I have `a &lt; b` and\r\n\r\n    code &amp; more"}],
     "has_more":false,"quota_max":300,"quota_remaining":299}
    """#

  @Test("a question has its comments, its answers and theirs")
  func question() {
    let reading = PlatformReading(StackExchangeAPITests.question)
    #expect(reading.title() == "How \"so\"?")
    #expect(
      reading.outline() == [
        "Ann: I have a < b and⏎⏎code & more", "  Eve: Which <gcc>?", "  Bob & Co: Use x", "    Ann: Thanks",
      ])
    #expect(reading.library.kind(of: reading.entries()[2]) == .answer)
    #expect(reading.parts(.code, of: reading.entries()[0]) == ["a < b", "code & more"])
    #expect(reading.dates().first == "2016-04-06T02:01:16Z")
    let discussion = reading.library.discussions[0]
    #expect(reading.library.declaredComments(of: discussion) == 4)
    #expect(reading.library.isClosed(discussion) == true)
    #expect(reading.library.score(of: reading.entries()[0]) == -1)
    #expect(
      reading.library.nativeID(of: reading.entries()[2]).map { String(decoding: $0, as: UTF8.self) }
        == "se:x.example:12")
  }

  @Test("answers and comments by themselves find their question, in any order")
  func loose() {
    let answers = #"""
      {"items":[{"answer_id":13,"question_id":11,"owner":{"display_name":"Zoe","link":"https://x.example/users/9"},
        "creation_date":1460000000,"body":"<p>Or y</p>","score":1}],"has_more":false,"quota_max":300}
      """#
    let comments = #"""
      {"items":[{"comment_id":63,"post_id":13,"post_type":"answer","creation_date":1460000001,"body":"Better",
        "owner":{"display_name":"Ann","link":"https://x.example/users/1"}},
       {"comment_id":64,"post_id":11,"post_type":"question","creation_date":1460000002,"body":"Same here",
        "owner":{"display_name":"Kim","link":"https://x.example/users/4"}}],"has_more":false,"quota_max":300}
      """#
    let sources = [StackExchangeAPITests.question, answers, comments]
    for order in [sources, sources.reversed()] {
      let reading = PlatformReading(order)
      #expect(reading.library.discussions.count == 1)
      #expect(reading.outline().contains("  Zoe: Or y"))
      #expect(reading.outline().contains("    Ann: Better"))
      #expect(reading.outline().contains("  Kim: Same here"))
      #expect(reading.outline().count == 7)
    }
  }

  @Test("answers of two sites with the same numbers stay apart")
  func sites() {
    let other = StackExchangeAPITests.question.replacing("x.example", with: "y.example")
      .replacing("How &quot;so&quot;?", with: "Another question").replacing("I have", with: "Where is")
    let reading = PlatformReading([StackExchangeAPITests.question, other])
    #expect(reading.library.discussions.count == 2)
  }

  @Test("users and tags hold no discussion")
  func nothing() {
    let users =
      #"{"items":[{"user_id":1,"display_name":"Ann","link":"https://x.example/users/1"}],"has_more":false,"quota_max":3}"#
    #expect(PlatformReading(users).library.discussions.isEmpty)
  }
}
