import Discussion
import Testing

@testable import Archive

@Suite("Mastodon and ActivityPub JSON")
struct MastodonTests {
  static func status(
    _ id: String, to parent: String? = nil, by name: String = "Ann", _ content: String, more: String = ""
  ) -> String {
    let reply = parent.map { "\"\($0)\"" } ?? "null"
    return #"""
      {"id":"\#(id)","created_at":"2023-05-06T07:08:09.000Z","in_reply_to_id":\#(reply),
       "in_reply_to_account_id":\#(parent == nil ? "null" : "\"1\""),"spoiler_text":"","visibility":"public",
       "uri":"https://s.example/users/x/statuses/\#(id)","url":"https://s.example/@x/\#(id)",
       "favourites_count":2,"content":"\#(content)","reblog":null,"media_attachments":[],"poll":null,
       "account":{"id":"1","username":"x","acct":"x","display_name":"\#(name)"}\#(more)}
      """#
  }

  static let post = status("110000000000000001", "<p>Hello <a href=\\\"https://a.example\\\">there</a></p>")
  static let reply = status("110000000000000002", to: "110000000000000001", by: "", "<p>Hi</p>")
  static let deep = status("110000000000000003", to: "110000000000000002", by: "Eve", "<p>Ho</p>")

  @Test("a context and its status are one thread, in any order")
  func context() {
    let context = #"{"ancestors":[\#(MastodonTests.post)],"descendants":[\#(MastodonTests.deep)]}"#
    for order in [[context, MastodonTests.reply], [MastodonTests.reply, context]] {
      let reading = PlatformReading(order)
      #expect(reading.library.discussions.count == 1)
      #expect(reading.outline() == ["Ann: Hello there", "  x: Hi", "    Eve: Ho"])
      #expect(reading.title() == "")
      #expect(reading.url() == "https://s.example/@x/110000000000000001")
      #expect(reading.dates().allSatisfy { $0 == "2023-05-06T07:08:09Z" })
      #expect(reading.parts(.link, of: reading.entries()[0]) == ["there"])
      #expect(reading.library.score(of: reading.entries()[0]) == 2)
    }
  }

  @Test("boosts, notifications, conversations and searches give their statuses, each once")
  func holders() {
    let boost = #"""
      {"id":"110000000000000009","created_at":"2023-06-06T07:08:09.000Z","in_reply_to_id":null,"content":"",
       "spoiler_text":"","visibility":"public","account":{"id":"2","acct":"y","display_name":"Y"},
       "reblog":\#(MastodonTests.post)}
      """#
    let notice =
      #"{"id":"5","type":"mention","created_at":"2023-05-06T07:08:09Z","account":{"id":"1"},"status":\#(MastodonTests.post)}"#
    let talk = #"{"id":"15","unread":false,"accounts":[],"last_status":\#(MastodonTests.post)}"#
    let search = #"{"accounts":[],"statuses":[\#(MastodonTests.post)],"hashtags":[]}"#
    for source in ["[\(boost),\(MastodonTests.post)]", "[\(notice)]", talk, search] {
      let reading = PlatformReading(source)
      #expect(reading.library.discussions.count == 1, "\(source)")
      #expect(reading.outline() == ["Ann: Hello there"])
    }
    #expect(PlatformReading([boost, notice, talk, search]).library.entryCount == 1)
  }

  @Test("warnings, polls, pictures and quoted statuses are words of a status")
  func around() {
    let whole = #"""
      {"id":"110000000000000004","created_at":"2023-05-06T07:08:09.000Z","in_reply_to_id":null,
       "spoiler_text":"Food","visibility":"public","content":"<p>Look</p>","tags":[{"name":"soup"}],
       "account":{"id":"1","acct":"x","display_name":"Ann"},
       "poll":{"options":[{"title":"Yes","votes_count":1},{"title":"No","votes_count":2}]},
       "media_attachments":[{"type":"image","description":"a bowl\nof soup"},{"type":"video","description":null}],
       "quote":{"state":"accepted","quoted_status":\#(MastodonTests.post)}}
      """#
    let reading = PlatformReading(whole)
    #expect(
      reading.outline() == [
        "Ann: Food⏎⏎Look⏎⏎Hello there⏎⏎• Yes⏎• No⏎⏎[image: a bowl of soup]⏎⏎[video]"
      ])
    let entry = reading.entries()[0]
    #expect(reading.parts(.strong, of: entry) == ["Food"])
    #expect(reading.parts(.quote, of: entry) == ["Hello there"])
    #expect(reading.parts(.link, of: entry) == ["there"])
    #expect(reading.parts(.listItem, of: entry) == ["• Yes", "• No"])
  }

  @Test("short ids of two servers do not meet")
  func shortIDs() {
    func status(_ account: String, _ words: String) -> String {
      #"""
      {"id":"12","created_at":"2017-01-01T00:00:00Z","in_reply_to_id":null,"in_reply_to_account_id":null,
       "spoiler_text":"","content":"<p>\#(words)</p>","account":{"id":"\#(account)","acct":"a\#(account)"}}
      """#
    }
    let reply = #"""
      {"id":"13","created_at":"2017-01-01T00:00:00Z","in_reply_to_id":"12","in_reply_to_account_id":"7",
       "spoiler_text":"","content":"<p>reply</p>","account":{"id":"9","acct":"a9"}}
      """#
    let reading = PlatformReading([status("7", "one thing"), status("8", "another matter"), reply])
    #expect(reading.outline(0) == ["a7: one thing", "  a9: reply"])
    #expect(reading.outline(1) == ["a8: another matter"])
  }

  static let outbox = #"""
    {"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection",
     "totalItems":4,"orderedItems":[
     {"id":"https://s.example/users/ann/statuses/110000000000000001/activity","type":"Create",
      "actor":"https://s.example/users/ann","published":"2023-05-06T07:08:09Z",
      "object":{"id":"https://s.example/users/ann/statuses/110000000000000001","type":"Note","summary":null,
       "inReplyTo":null,"published":"2023-05-06T07:08:09Z","url":"https://s.example/@ann/110000000000000001",
       "attributedTo":"https://s.example/users/ann","content":"<p>Hello <b>you</b></p>",
       "attachment":[{"type":"Document","mediaType":"image/png","url":"/x.png","name":"a cat"}],
       "tag":[{"type":"Hashtag","name":"#cats"}],"likes":{"totalItems":3},
       "replies":{"id":"r","type":"Collection","first":{"type":"CollectionPage","items":[
        "https://s.example/users/ann/statuses/110000000000000002"]}}}},
     {"type":"Announce","actor":"https://s.example/users/ann","object":"https://t.example/users/z/statuses/9"},
     {"type":"Create","actor":"https://s.example/users/ann",
      "object":{"id":"https://s.example/users/ann/statuses/110000000000000002","type":"Note",
       "inReplyTo":"https://s.example/users/ann/statuses/110000000000000001",
       "published":"2023-05-06T08:08:09Z","attributedTo":"https://s.example/users/ann","summary":"More",
       "contentMap":{"en":"<p>And <i>more</i></p>"}}},
     {"type":"Create","actor":"https://s.example/ap/users/117","object":{"id":"https://s.example/notes/5",
       "type":"Question","attributedTo":"https://s.example/ap/users/117","published":"2023-07-01T00:00:00Z",
       "content":"<p>Which?</p>","oneOf":[{"type":"Note","name":"A"},{"type":"Note","name":"B"}]}}]}
    """#

  @Test("an outbox gives its notes as threads and counts the boosts that it only names")
  func outbox() {
    let reading = PlatformReading(MastodonTests.outbox)
    #expect(reading.library.discussions.count == 2)
    #expect(reading.outline(0) == ["ann: Hello you⏎⏎[image: a cat]", "  ann: More⏎⏎And more"])
    #expect(reading.outline(1) == ["?: Which?⏎⏎• A⏎• B"])
    #expect(reading.problems == ["1 boost only names what it boosts"])
    #expect(reading.library.score(of: reading.entries()[0]) == 3)
    #expect(
      reading.library.categories(of: reading.library.discussions[0]).map {
        String(decoding: $0, as: UTF8.self)
      }
        == ["cats"])
  }

  @Test("a status of the interface and its note in the outbox are one")
  func united() {
    let reading = PlatformReading([MastodonTests.outbox, MastodonTests.reply, MastodonTests.deep])
    #expect(reading.library.discussions.count == 2)
    #expect(reading.outline(0).count == 3)
  }

  @Test("accounts, edits and settings hold no discussion")
  func nothing() {
    for source in [
      #"{"id":"1","username":"x","acct":"x","display_name":"X","created_at":"2020-01-01T00:00:00Z","note":"<p>me</p>"}"#,
      #"[{"content":"<p>old</p>","spoiler_text":"","created_at":"2020-01-01T00:00:00Z","account":{"id":"1"}}]"#,
      #"{"id":"1","text":"source","spoiler_text":""}"#,
      #"{"@context":"x","id":"likes.json","type":"OrderedCollection","orderedItems":["https://a.example/1"]}"#,
      #"{"@context":"x","type":"Person","id":"https://a.example/users/ann","preferredUsername":"ann"}"#,
    ] {
      #expect(PlatformReading(source).library.discussions.isEmpty, "\(source)")
    }
  }
}
