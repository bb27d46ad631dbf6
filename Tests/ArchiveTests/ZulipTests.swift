import Discussion
import Testing

@testable import Archive

@Suite("Zulip JSON")
struct ZulipTests {
  static func message(_ id: Int, _ topic: String, _ content: String, stream: String = "general") -> String {
    #"""
    {"id":\#(id),"sender_id":3,"sender_full_name":"Person \#(id)","sender_email":"p@example.com",
     "timestamp":\#(1_600_000_000 + id),"content":"\#(content)","content_type":"text/html","type":"stream",
     "stream_id":9,"display_recipient":"\#(stream)","subject":"\#(topic)","is_me_message":false}
    """#
  }

  @Test("each topic of an answer is a discussion, its messages in order under the first")
  func answer() {
    let answer = #"""
      {"result":"success","msg":"","found_oldest":true,"found_newest":true,"anchor":1,"messages":[
       \#(ZulipTests.message(1, "one", "<p>First</p>")),\#(ZulipTests.message(2, "two", "<p>Other</p>")),
       \#(ZulipTests.message(4, "✔ one", "<p>Third</p>")),\#(ZulipTests.message(3, "one", "<p>Second</p>"))]}
      """#
    let reading = PlatformReading(answer)
    #expect(reading.library.discussions.count == 2)
    #expect(reading.outline(0) == ["Person 1: First", "  Person 3: Second", "  Person 4: Third"])
    #expect(reading.outline(1) == ["Person 2: Other"])
    #expect(reading.title(0) == "one")
    #expect(reading.dates(0).first == "2020-09-13T12:26:41Z")
    #expect(
      reading.library.categories(of: reading.library.discussions[0]).map {
        String(decoding: $0, as: UTF8.self)
      }
        == ["general"])
    #expect(reading.problems.isEmpty)
  }

  @Test("answers that overlap are one topic; a page from the middle has no first message")
  func pages() {
    func page(_ oldest: Bool, _ ids: ClosedRange<Int>) -> String {
      let messages = ids.map { ZulipTests.message($0, "one", "<p>No \($0)</p>") }.joined(separator: ",")
      return #"{"result":"success","found_oldest":\#(oldest),"found_newest":false,"messages":[\#(messages)]}"#
    }
    let both = PlatformReading([page(false, 3...5), page(true, 1...3)])
    #expect(both.outline() == (1...5).map { ($0 > 1 ? "  " : "") + "Person \($0): No \($0)" })
    let middle = PlatformReading(page(false, 3...4))
    #expect(middle.outline() == ["?: ", "  Person 3: No 3", "  Person 4: No 4"])
    #expect(middle.title() == "one")
  }

  @Test("an export's messages find their people and channels in another file, before or behind")
  func export() {
    let realm = #"""
      {"zerver_userprofile":[{"id":3,"full_name":"Ann A.","email":"a@example.com"}],
       "zerver_userprofile_crossrealm":[{"id":4,"email":"bot@example.com"}],
       "zerver_stream":[{"id":9,"name":"general"}],"zerver_recipient":[{"id":21,"type":2,"type_id":9}]}
      """#
    let first = #"""
      {"zerver_message":[{"id":1,"sender":3,"recipient":21,"subject":"one","content":"First *words*",
        "rendered_content":"<p>First <em>words</em></p>","date_sent":1600000001.25}],"zerver_usermessage":[]}
      """#
    let second = #"""
      {"zerver_message":[{"id":2,"sender":4,"recipient":21,"subject":"one","content":"```quote\nFirst\n```\nYes",
        "rendered_content":null,"date_sent":1600000002.5}]}
      """#
    for order in [[realm, first, second], [second, first, realm]] {
      let reading = PlatformReading(order)
      #expect(reading.library.discussions.count == 1)
      #expect(reading.outline() == ["Ann A.: First words", "  ?: First⏎⏎Yes"])
      #expect(reading.dates() == ["2020-09-13T12:26:41Z", "2020-09-13T12:26:42Z"])
      #expect(reading.library.sources(of: reading.library.discussions[0]).count == 2)
    }
  }

  @Test("a topic saved with its name beside its messages")
  func named() {
    let topic = #"""
      {"stream":"general","topic":"one","messages":[
       {"id":1,"sender_full_name":"Ann","timestamp":1600000001,"content":"<p>Hi</p>"},
       {"id":2,"sender_full_name":"Bob","timestamp":1600000002,"content":"*Ho*"}]}
      """#
    let reading = PlatformReading(topic)
    #expect(reading.outline() == ["Ann: Hi", "  Bob: Ho"])
    #expect(reading.title() == "one")
  }

  @Test("private messages are a discussion of those people")
  func people() {
    let answer = #"""
      [{"id":1,"sender_full_name":"Ann","timestamp":1600000001,"content":"Hi","type":"private","subject":"",
        "content_type":"text/x-markdown",
        "display_recipient":[{"id":3,"full_name":"Ann"},{"id":5,"full_name":"Bob"}]},
       {"id":2,"sender_full_name":"Bob","timestamp":1600000002,"content":"Ho","type":"private","subject":"",
        "content_type":"text/x-markdown",
        "display_recipient":[{"id":5,"full_name":"Bob"},{"id":3,"full_name":"Ann"}]}]
      """#
    let reading = PlatformReading(answer)
    #expect(reading.outline() == ["Ann: Hi", "  Bob: Ho"])
    #expect(reading.title() == "Ann, Bob")
  }
}
