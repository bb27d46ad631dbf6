import Discussion
import Testing

@testable import Archive

private func read(_ text: String) -> ArchiveResult {
  Archive.read(bytes: Array(text.utf8), path: Array("x".utf8))
}

@Suite("Reddit")
struct RedditTests {
  static let page = """
    [{"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"id": "p1", "name": "t3_p1",
      "title": "Tea &amp; milk", "author": "ann", "created_utc": 1500000000.0, "selftext": "&gt; old\\n\\nnew *word*",
      "selftext_html": "&lt;p&gt;", "is_self": true, "subreddit": "tea", "score": 12, "num_comments": 2, "locked": true,
      "permalink": "/r/tea/comments/p1/tea_milk/", "url": "https://www.reddit.com/r/tea/comments/p1/tea_milk/"}}]}},
     {"kind": "Listing", "data": {"children": [
      {"kind": "t1", "data": {"id": "c1", "name": "t1_c1", "parent_id": "t3_p1", "link_id": "t3_p1", "author": "bob",
        "created_utc": 1500000060, "body": "First &lt;3 &amp;amp;", "body_html": "&lt;p&gt;", "score": 5, "score_hidden": false,
        "replies": {"kind": "Listing", "data": {"children": [
          {"kind": "t1", "data": {"id": "c2", "name": "t1_c2", "parent_id": "t1_c1", "link_id": "t3_p1",
            "author": "[deleted]", "created_utc": 1500000120, "body": "[removed]", "score": 1, "score_hidden": true, "replies": ""}},
          {"kind": "more", "data": {"count": 7, "children": ["c9"], "parent_id": "t1_c1", "id": "c9", "name": "t1_c9"}}]}}}},
      {"kind": "more", "data": {"count": 0, "children": [], "id": "_", "parent_id": "t3_p1"}}]}}]
    """

  @Test("a comment page is one discussion with its tree; what is only counted is no comment")
  func commentPage() throws {
    let result = read(RedditTests.page)
    #expect(result.problems.isEmpty && result.discussions.count == 1)
    let post = try #require(result.discussions.first)
    #expect(text(post.title) == "Tea & milk" && text(post.author) == "ann" && post.score == 12)
    #expect(
      text(post.nativeID) == "t3_p1" && text(post.url) == "https://www.reddit.com/r/tea/comments/p1/tea_milk/"
    )
    #expect(
      post.date?.iso8601 == "2017-07-14T02:40:00Z" && post.isClosed == true
        && text(post.categories.first) == "tea")
    #expect(MarkdownTextTests.marked(post.body) == "{q:old}\n\nnew {e:word}")
    #expect(post.declaredComments == 9 && post.comments.count == 2)
    let (first, second) = (post.comments[0], post.comments[1])
    #expect(text(first.nativeID) == "t1_c1" && first.parent == .post && first.score == 5 && !first.isRemoved)
    #expect(text(first.text.utf8) == "First <3 &")
    #expect(second.parent == .id(Array("t1_c1".utf8)) && second.isRemoved && second.author == nil)
    #expect(second.score == nil && second.text.utf8.isEmpty && second.date != nil)
  }

  @Test("lines of dumps of any year join their posts")
  func dumps() throws {
    let lines = """
      {"id":"p1","title":"Post","author":"ann","created_utc":"1200000000","selftext":"","subreddit":"x","url":"http://a.b/c","is_self":false,"num_comments":3}
      {"id":"c1","link_id":"t3_p1","parent_id":"t3_p1","author":"bob","created_utc":"1200000060","body":"one","subreddit":"x","score":"3"}
      {"id":"c2","link_id":"p1","parent_id":"c1","author":"eve","created_utc":1200000120,"body":"[deleted]","subreddit":"x","ups":4}
      {"id":"c3","link_id":"t3_p1","parent_id":\(Int("c1", radix: 36) ?? 0),"author":"[deleted]","created_utc":1200000180,"body":"three","subreddit":"x"}
      {"id":"c4","link_id":"t3_gone","parent_id":"t1_lost","author":"zed","created_utc":1200000240,"body":"four","subreddit":"x"}
      """
    let library = Library.of(read(lines).discussions)
    #expect(library.discussions.count == 2)
    let first = try #require(library.discussions.first)
    let entries = library.entries(of: first)
    #expect(entries.count == 4 && text(library.title(of: first)) == "Post")
    #expect(entries.map { library.depth(of: $0) } == [0, 1, 2, 2])
    #expect(entries.map { text(library.author(of: $0)) } == ["ann", "bob", "eve", nil])
    #expect(library.isRemoved(entries[2]) && !library.isRemoved(entries[3]))
    #expect(entries.map { library.score(of: $0) } == [nil, 3, 4, nil])
    #expect(text(library.text(of: entries[0])) == "http://a.b/c")
  }

  @Test("answers without a discussion give none, and one line says so")
  func nothing() {
    for answer in [
      #"{"json": {"errors": [["BAD", "no", "x"]]}}"#,
      #"{"kind": "Listing", "data": {"children": [{"kind": "t5", "data": {"id": "a"}}]}}"#,
      #"{"kind": "t2", "data": {"name": "me", "id": "x"}}"#,
      #"{"kind": "Listing", "data": {"children": []}}"#, #"{"names": ["a"]}"#,
      #"{"json": {"errors": [], "data": {"url": "https://x"}}}"#, "[]", "{}", "7",
    ] {
      let result = read(answer)
      #expect(
        result.discussions.isEmpty && result.problems.map(\.message) == [JSONSentence.nothing], "\(answer)")
    }
  }

  @Test("more comments, single things and plain answers of dumps")
  func others() {
    let comment =
      #"{"id":"c1","name":"t1_c1","link_id":"t3_p","parent_id":"t3_p","author":"a","created_utc":1,"body":"b"}"#
    for answer in [
      #"{"json": {"errors": [], "data": {"things": [{"kind": "t1", "data": \#(comment)}]}}}"#,
      #"{"kind": "t1", "data": \#(comment)}"#, #"{"data": [\#(comment)]}"#, comment,
      #"{"kind": "Listing", "data": {"children": [{"kind": "t1", "data": \#(comment)}]}}"#,
    ] {
      let result = read(answer)
      #expect(result.discussions.count == 1 && text(result.discussions[0].nativeID) == "t3_p", "\(answer)")
      #expect(result.discussions[0].comments.count == 1 && result.problems.isEmpty, "\(answer)")
    }
  }

  @Test("text that is escaped is read as written, text that is not stays")
  func escapes() {
    func body(_ raw: String, _ html: String?) -> String? {
      let beside = html.map { #","body_html":"\#($0)""# } ?? ""
      return text(
        read(#"{"id":"c","link_id":"t3_p","parent_id":"t3_p","created_utc":1,"body":"\#(raw)"\#(beside)}"#)
          .discussions.first?.comments.first?.text.utf8)
    }
    #expect(body("a &lt; b &amp;&amp; c", "&lt;p&gt;") == "a < b && c")
    #expect(body("a &lt; b && c", "<p>") == "a < b && c")
    #expect(body("`a &amp;lt; b`", "&lt;p&gt;") == "a &lt; b")
    #expect(body("`a &lt; b`", "<p>") == "a &lt; b")
    #expect(body("`a &lt; b`", nil) == "a < b")
    #expect(body("`a &lt; b` > c", nil) == "a &lt; b > c")
  }

  @Test("a page cut at any byte never traps, and every comment in it is true")
  func truncation() {
    let bytes = Array(RedditTests.page.utf8)
    let whole = read(RedditTests.page).discussions[0].comments
    for end in stride(from: 0, to: bytes.count, by: 3) {
      let result = Archive.read(bytes: Array(bytes[..<end]), path: [])
      for comment in result.discussions.flatMap(\.comments) { #expect(whole.contains(comment), "\(end)") }
      #expect(!result.problems.isEmpty)
    }
  }
}
