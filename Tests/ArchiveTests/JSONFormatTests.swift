import Discussion
import Testing

@testable import Archive

private func read(_ text: String) -> ArchiveResult {
  Archive.read(bytes: Array(text.utf8), path: Array("x".utf8))
}

@Suite("Other forms of discussions in JSON")
struct JSONFormatTests {
  static let own = """
    {"schema":1,"discussions":[{"id":"aa","title":"T","author":"ann","date":"2012-06","format":"text-page","sources":["/a"],
      "categories":["c"],"declaredComments":3,"closed":false,"url":"http://a.b/","body":"One\\n\\nTwo","comments":[
      {"id":"bb","kind":"comment","parent":null,"depth":0,"author":"bob","date":"2012-06-14T10:51:01+02:00","score":-4,"text":"x"},
      {"id":"cc","kind":"answer","parent":"bb","depth":1,"author":null,"date":null,"score":null,"text":"y"},
      {"id":"dd","kind":"pingback","parent":null,"depth":0,"author":"p","date":"2012","score":null,"text":""}]}],"problems":[]}
    """
  static let feed = """
    {"version":"https://jsonfeed.org/version/1.1","title":"Feed","home_page_url":"https://a.b/","feed_url":"https://a.b/f.json",
     "authors":[{"name":"Feed Author"}],"items":[
      {"id":"https://a.b/1","url":"https://a.b/1","title":"One","content_html":"<p>x <em>y</em></p>","date_published":"2020-01-02T03:04:05-05:00","tags":["t"]},
      {"id":2,"content_text":"two","authors":[{"name":"A"},{"name":"B"}],"external_url":"http://c.d/","title":null}]}
    """
  static let commento = """
    {"version":1,"comments":[
      {"commentHex":"a1","domain":"a.b","url":"/p","commenterHex":"u1","markdown":"*m*","html":"<p>h</p>","parentHex":"root","score":2,"state":"approved","creationDate":"2021-03-12T11:21:56.5Z","deleted":false},
      {"commentHex":"a2","domain":"a.b","url":"/p","commenterHex":"anonymous","markdown":"*m*","html":"","parentHex":"a1","score":0,"state":"approved","creationDate":"2021-03-13T11:21:56Z","deleted":false},
      {"commentHex":"a3","domain":"a.b","url":"/q","commenterHex":"u1","markdown":"gone","html":"","parentHex":"root","score":0,"creationDate":"2021-03-13T11:21:56Z","deleted":true}],
     "commenters":[{"commenterHex":"u1","name":"Uma"}]}
    """
  static let remark = """
    {"version":1,"users":[],"posts":[]}
    {"id":"r1","pid":"","text":"<p>one</p>","user":{"name":"bob","id":"b"},"locator":{"site":"s","url":"https://a.b/p"},"score":1,"time":"2017-12-17T04:47:50Z","title":"Page"}
    {"id":"r2","pid":"r1","text":"","user":{"name":"deleted","id":"d"},"locator":{"site":"s","url":"https://a.b/p"},"score":0,"time":"0001-01-01T00:00:00Z","delete":true}
    """
  static let remarkTree = """
    {"comments":[{"comment":{"id":"1","pid":"","text":"a","user":{"name":"n","id":""},"locator":{"site":"s","url":"u"},"score":0,"time":"2017-12-25T19:46:01Z"},
      "replies":[{"comment":{"id":"2","pid":"1","text":"b","user":{"name":"","id":""},"locator":{"site":"s","url":"u"},"score":0,"time":"2017-12-25T19:46:02Z"}}]}]}
    """
  static let isso = """
    [{"id":"/p/","title":"A+b+%26+c","comments":[{"id":0,"author":"bob","created":"2005-02-24 04:03:37","email":"","website":"","remote_addr":"0","text":"one *two*"}]},
     {"id":"/q/","title":"C++","comments":[{"id":0,"author":"","created":"2005-02-25 04:03:37","text":"x"}]}]
    """

  @Test("what the program prints is read back as it was")
  func own() throws {
    let result = read(JSONFormatTests.own)
    let post = try #require(result.discussions.first)
    #expect(text(post.title) == "T" && post.date?.iso8601 == "2012-06" && post.format == "text-page")
    #expect(post.declaredComments == 3 && post.isClosed == false && text(post.url) == "http://a.b/")
    #expect(text(post.body.utf8) == "One\n\nTwo" && post.categories.count == 1 && text(post.nativeID) == "aa")
    #expect(post.comments.map(\.kind) == [.comment, .answer, .pingback])
    #expect(post.comments.map(\.parent) == [.post, .id(Array("bb".utf8)), .post])
    #expect(post.comments.map { $0.date?.iso8601 } == ["2012-06-14T10:51:01+02:00", nil, "2012"])
    #expect(post.comments[0].score == -4 && post.comments[1].author == nil && result.problems.isEmpty)
  }

  @Test("items of a feed are posts")
  func feed() {
    let posts = read(JSONFormatTests.feed).discussions
    #expect(
      posts.map { text($0.title) } == ["One", ""] && posts.map { text($0.author) } == ["Feed Author", "A, B"])
    #expect(posts.map { text($0.nativeID) } == ["https://a.b/1", "json-feed:https://a.b/f.json#2"])
    #expect(posts.map { text($0.body.utf8) } == ["x y", "http://c.d/\n\ntwo"])
    #expect(posts[0].date?.iso8601 == "2020-01-02T03:04:05-05:00" && posts[1].date == nil)
  }

  @Test("Commento's comments go to their pages, with the names of their writers")
  func commento() {
    let pages = read(JSONFormatTests.commento).discussions
    #expect(pages.map { text($0.url) } == ["https://a.b/p", "https://a.b/q"])
    #expect(pages[0].comments.map { text($0.author) } == ["Uma", nil] && pages[0].comments[0].score == 2)
    #expect(pages[0].comments.map { text($0.text.utf8) } == ["h", "m"])
    #expect(pages[0].comments[1].parent == .id(Array("commento:a1".utf8)))
    #expect(pages[1].comments[0].isRemoved && pages[1].comments[0].text.utf8.isEmpty)
  }

  @Test("Remark42's backups and trees")
  func remark() {
    let backup = read(JSONFormatTests.remark)
    #expect(backup.problems.isEmpty && backup.discussions.count == 1)
    let page = backup.discussions[0]
    #expect(text(page.url) == "https://a.b/p" && text(page.title) == "Page")
    #expect(
      page.comments.map { text($0.author) } == ["bob", nil]
        && page.comments.map(\.isRemoved) == [false, true])
    #expect(page.comments[1].parent == .id(Array("remark42:s:r1".utf8)) && page.comments[1].date == nil)
    let tree = read(JSONFormatTests.remarkTree).discussions
    #expect(tree.count == 1 && tree[0].comments.map(\.parent) == [.post, .id(Array("remark42:s:1".utf8))])
    #expect(tree[0].comments.map { text($0.author) } == ["n", nil])
  }

  @Test("isso's pages")
  func isso() {
    let pages = read(JSONFormatTests.isso).discussions
    #expect(
      pages.map { text($0.title) } == ["A b & c", "C++"]
        && pages.map { text($0.comments.first?.author) } == ["bob", nil])
    #expect(
      pages[0].comments[0].date?.iso8601 == "2005-02-24T04:03:37"
        && text(pages[0].comments[0].text.utf8) == "one two")
    #expect(Set(pages.flatMap(\.comments).compactMap(\.nativeID)).count == 2)
  }

  @Test("each value is recognised by one form only")
  func oneForm() {
    let fixtures = [
      JSONFormatTests.own, JSONFormatTests.feed, JSONFormatTests.commento, JSONFormatTests.remark,
      JSONFormatTests.remarkTree,
      JSONFormatTests.isso, RedditTests.page, #"{"id":1,"type":"story","by":"a","title":"t"}"#,
      #"{"id":1,"text":"t","children":[]}"#,
    ]
    for fixture in fixtures {
      let importer = Importer(deliver: { _ in }, report: { _ in })
      let stream = JSONStream(
        Source(path: [], bytes: Array(fixture.utf8)), intake: Intake(path: [], importer: importer))
      for node in stream.next() ?? [] {
        let names = JSONFormats.table.filter { $0.recognizes(node) }.map { String(describing: $0) }
        #expect(
          names.count == 1,
          "\(names) \(String(decoding: node.raw.prefix(80), as: UTF8.self)) \(fixture.prefix(60))")
      }
    }
  }

  @Test("UTF-16 is JSON too")
  func wide() {
    let units = Array(#"{"id":1,"title":"é","by":"a","type":"story"}"#.utf16)
    for isMarked in [true, false] {
      var bytes: [UInt8] = isMarked ? [0xFF, 0xFE] : []
      for unit in units { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
      let result = Archive.read(bytes: bytes, path: [])
      #expect(text(result.discussions.first?.title) == "é" && result.problems.isEmpty)
    }
  }
}
