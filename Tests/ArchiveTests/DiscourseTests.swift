import Discussion
import Testing

@testable import Archive

@Suite("Discourse JSON")
struct DiscourseTests {
  static let topic = #"""
    {"post_stream":{"posts":[
      {"id":90,"name":"Ann A.","username":"ann","created_at":"2020-01-02T03:04:05.678Z",
       "cooked":"<p>First <em>words</em>.</p>","post_number":1,"post_type":1,"reply_to_post_number":null,
       "topic_id":57,"topic_slug":"a-small-topic","actions_summary":[{"id":2,"count":3}],
       "link_counts":[{"url":"https://forum.example/t/other/12","internal":true}]},
      {"id":91,"name":"","username":"bob","created_at":"2020-01-02T04:00:00.000Z",
       "cooked":"<p>Second.</p>","post_number":2,"post_type":1,"reply_to_post_number":1,"topic_id":57},
      {"id":92,"username":"eve","created_at":"2020-01-02T05:00:00.000Z","cooked":"",
       "post_number":3,"post_type":3,"action_code":"closed.enabled","topic_id":57},
      {"id":93,"username":"eve","created_at":"2020-01-02T06:00:00.000Z",
       "cooked":"<aside class=\"quote\"><div class=\"title\">bob:</div><blockquote>Second.</blockquote></aside><p>Yes.</p>",
       "post_number":4,"post_type":1,"reply_to_post_number":2,"topic_id":57},
      {"id":94,"username":"mal","created_at":"2020-01-02T07:00:00.000Z",
       "cooked":"<p>(post deleted by author)</p>","post_number":5,"post_type":1,
       "reply_to_post_number":4,"user_deleted":true,"topic_id":57},
      {"id":95,"username":"ann","created_at":"2020-01-02T08:00:00.000Z","cooked":"<p>Third.</p>",
       "post_number":6,"post_type":1,"reply_to_post_number":5,"topic_id":57}],
     "stream":[90,91,92,93,94,95,96,97]},
     "id":57,"title":"A small topic","fancy_title":"A small topic","posts_count":7,"slug":"a-small-topic",
     "created_at":"2020-01-02T03:04:05.000Z","closed":true,"archived":false,"tags":["one",{"name":"two"}],
     "details":{"created_by":{"id":1,"username":"ann"}}}
    """#

  @Test("a topic keeps its replies, its gaps and its deleted posts")
  func topic() {
    let reading = PlatformReading(DiscourseTests.topic)
    #expect(reading.title() == "A small topic")
    #expect(
      reading.outline() == [
        "ann: First words.", "  bob: Second.", "    eve: bob:⏎⏎Second.⏎⏎Yes.", "      × mal: ",
        "        ann: Third.",
      ])
    #expect(reading.url() == "https://forum.example/t/a-small-topic/57")
    #expect(reading.dates().first == "2020-01-02T03:04:05Z")
    #expect(reading.problems == ["1 notice of the site without words was left out"])
    let library = reading.library
    let discussion = library.discussions[0]
    #expect(library.declaredComments(of: discussion) == 6)
    #expect(library.isClosed(discussion) == true)
    #expect(library.categories(of: discussion).map { String(decoding: $0, as: UTF8.self) } == ["one", "two"])
    #expect(library.score(of: library.post(of: discussion)) == 3)
    #expect(reading.parts(.quote, of: reading.entries()[2]) == ["Second."])
    #expect(reading.parts(.emphasis, of: reading.entries()[0]) == ["words"])
  }

  @Test("pages of posts, latest posts and lists are one discussion with their topic, in any order")
  func joined() {
    let more = #"""
      {"post_stream":{"posts":[{"id":96,"username":"zed","created_at":"2020-01-03T00:00:00Z",
       "cooked":"<p>Late.</p>","post_number":7,"reply_to_post_number":2,"topic_id":57,
       "topic_slug":"a-small-topic","post_type":1}]},"id":57}
      """#
    let latest = #"""
      {"latest_posts":[{"id":97,"username":"zoe","created_at":"2020-01-04T00:00:00Z","raw":"Last *one*",
       "cooked":null,"post_number":8,"reply_to_post_number":null,"topic_id":57,
       "topic_slug":"a-small-topic","topic_title":"A small topic","post_type":1}]}
      """#
    let list = #"""
      {"users":[{"id":1,"username":"ann"}],"topic_list":{"topics":[
       {"id":57,"title":"A small topic","fancy_title":"A small topic","slug":"a-small-topic","posts_count":7,
        "created_at":"2020-01-02T03:04:05.000Z","posters":[{"user_id":1,"extras":null}]},
       {"id":58,"title":"Only listed","fancy_title":"Only listed","slug":"only-listed","posts_count":5,
        "created_at":"2020-02-02T03:04:05.000Z","posters":[{"user_id":1,"extras":"latest"}]}]}}
      """#
    let sources = [DiscourseTests.topic, more, latest, list]
    for order in [sources, sources.reversed(), [more, list, DiscourseTests.topic, latest]] {
      let reading = PlatformReading(order)
      #expect(reading.library.discussions.count == 2)
      let place = reading.title(0) == "A small topic" ? 0 : 1
      #expect(reading.outline(place).count == 7)
      #expect(reading.outline(place).contains("    zed: Late."))
      #expect(reading.outline(place).contains("  zoe: Last one"))
      #expect(reading.title(1 - place) == "Only listed")
      #expect(reading.outline(1 - place) == ["ann: "])
      #expect(reading.library.declaredComments(of: reading.library.discussions[1 - place]) == 4)
    }
  }

  @Test("a search, what a user wrote, and one post")
  func others() {
    let search = #"""
      {"posts":[{"id":5,"username":"bob","created_at":"2021-01-01T00:00:00Z","like_count":2,
        "blurb":"found words","post_number":3,"topic_id":8}],
       "topics":[{"id":8,"title":"Found","fancy_title":"Found","slug":"found","posts_count":4}],
       "grouped_search_result":{}}
      """#
    #expect(PlatformReading(search).outline() == ["?: ", "  bob: found words"])
    #expect(PlatformReading(search).title() == "Found")
    let actions = #"""
      {"user_actions":[{"action_type":5,"created_at":"2016-06-29T20:27:55.767Z","excerpt":"A reply",
        "slug":"found","topic_id":8,"post_number":3,"username":"bob","title":"Found"},
       {"action_type":1,"created_at":"2016-06-29T20:27:55.767Z","excerpt":"Liked",
        "slug":"found","topic_id":8,"post_number":4,"username":"eve","title":"Found"}]}
      """#
    #expect(PlatformReading(actions).outline() == ["?: ", "  bob: A reply"])
    let post = #"""
      {"id":2,"username":"ann","created_at":"2016-06-29T20:27:55.767Z","cooked":"<p>Hi</p>","post_number":1,
       "topic_id":8,"topic_slug":"found"}
      """#
    #expect(PlatformReading(post).outline() == ["ann: Hi"])
    #expect(PlatformReading([post, search]).library.discussions.count == 1)
  }

  @Test("what stands under a picture is no word of the post")
  func pictures() {
    let post = #"""
      {"id":2,"username":"ann","created_at":"2016-06-29T20:27:55.767Z","post_number":1,"topic_id":8,
       "topic_slug":"found","cooked":"<p>See</p><div class=\"lightbox-wrapper\"><a class=\"lightbox\"><img alt=\"a cat\"><div class=\"meta\"><span class=\"filename\">cat.png</span><span class=\"informations\">690x1 2 KB</span></div></a></div>"}
      """#
    #expect(PlatformReading(post).outline() == ["ann: See⏎⏎a cat"])
  }

  @Test("answers without posts hold no discussion")
  func nothing() {
    for source in [
      #"{"topic_list":{"topics":[]}}"#, #"{"category_list":{"categories":[{"id":1,"name":"x"}]}}"#,
      #"{"success":"OK","user":{"id":1}}"#,
    ] {
      #expect(PlatformReading(source).library.discussions.isEmpty)
      #expect(PlatformReading(source).problems.count == 1)
    }
  }
}
