import Discussion
import Testing

@testable import Archive

@Suite("Exports of blogs and their comments")
struct ExportTests {
  private func comment(
    _ id: String, _ parent: String = "0", approved: String = "1", type: String = "", text: String = "x"
  ) -> String {
    """
    <wp:comment><wp:comment_id>\(id)</wp:comment_id><wp:comment_author><![CDATA[A\(id)]]></wp:comment_author>
    <wp:comment_date>2022-06-06 12:13:14</wp:comment_date><wp:comment_date_gmt>2022-06-06 10:13:14</wp:comment_date_gmt>
    <wp:comment_content><![CDATA[\(text)]]></wp:comment_content><wp:comment_approved>\(approved)</wp:comment_approved>
    <wp:comment_type>\(type)</wp:comment_type><wp:comment_parent>\(parent)</wp:comment_parent></wp:comment>
    """
  }

  private func item(_ inside: String, type: String = "post", status: String = "publish") -> String {
    """
    <item><title>T</title><link>http://b.example/p/</link><guid>http://b.example/?p=7</guid><dc:creator>login</dc:creator>
    <content:encoded><![CDATA[one
    two

    three]]></content:encoded><wp:post_id>7</wp:post_id><wp:post_date_gmt>2022-01-01 00:00:00</wp:post_date_gmt>
    <wp:comment_status>closed</wp:comment_status><wp:status>\(status)</wp:status><wp:post_type>\(type)</wp:post_type>
    <category domain="category" nicename="c"><![CDATA[C]]></category>\(inside)</item>
    """
  }

  private func export(_ items: String) -> ArchiveResult {
    readXML(
      """
      <?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>B</title>
      <wp:author><wp:author_login>login</wp:author_login><wp:author_display_name><![CDATA[Real Name]]></wp:author_display_name></wp:author>
      \(items)</channel></rss>
      """)
  }

  @Test("a post of WordPress with its comments, pingbacks and names")
  func wordPress() throws {
    let found = export(
      item(comment("1") + comment("2", "1", text: "a\nb\n\nc") + comment("3", type: "pingback")))
    let post = try #require(found.discussions.first)
    #expect(text(post.author) == "Real Name" && post.isClosed == true && post.format == "wxr")
    #expect(text(post.nativeID) == "http://b.example/?p=7" && text(post.url) == "http://b.example/p/")
    #expect(post.date?.iso8601 == "2022-01-01T00:00:00Z")
    #expect(text(post.body.utf8) == "one\ntwo\n\nthree")
    #expect(post.comments.map { text($0.nativeID) } == (1...3).map { "http://b.example/p/#comment-\($0)" })
    #expect(post.comments[1].parent == .id(Array("http://b.example/p/#comment-1".utf8)))
    #expect(text(post.comments[1].text.utf8) == "a\nb\n\nc")
    #expect(post.comments[0].date?.iso8601 == "2022-06-06T12:13:14+02:00")
    #expect(post.comments.map(\.kind) == [.comment, .comment, .pingback])
  }

  @Test("spam is left out and counted; its place stays where it was answered; what waits is kept")
  func spam() throws {
    let found = export(
      item(
        comment("1", approved: "spam") + comment("2", approved: "trash") + comment("3", "2")
          + comment("4", approved: "0")))
    let comments = try #require(found.discussions.first).comments
    #expect(comments.map { text($0.author) } == [nil, "A3", "A4"])
    #expect(comments.map(\.isRemoved) == [true, false, false])
    #expect(found.problems.map(\.message) == ["2 comments in the spam or the trash are left out"])
  }

  @Test("menus and pictures are no posts, unless somebody commented on them")
  func kinds() {
    #expect(export(item("", type: "nav_menu_item") + item("", status: "trash")).discussions.isEmpty)
    #expect(export(item(comment("1"), type: "attachment") + item("", type: "page")).discussions.count == 2)
  }

  @Test("circles, orphans and equal ids keep every comment once")
  func circles() {
    let ids = [
      ("1", "2"), ("2", "1"), ("3", "3"), ("4", "99"), ("5", "-1"), ("6", "0"), ("6", "6"), ("x", "y"),
    ]
    let found = export(item(ids.map { comment($0.0, $0.1, text: "t") }.joined()))
    let library = Library.of(found.discussions)
    #expect(library.entryCount == ids.count + 1)
  }

  @Test("comments of a truncated export are kept up to the cut")
  func truncated() {
    let whole = "<?xml version='1.0'?><rss><channel>" + item(comment("1") + comment("2"))
    let cut = String(whole.prefix(whole.count - 150))
    let found = readXML(cut)
    #expect(found.discussions.first?.comments.count == 2)
    #expect(found.problems.map(\.message) == ["the document is cut off before its end"])
  }

  @Test("sections that WordPress did not split")
  func nestedSections() {
    let found = readXML(
      """
      <rss><channel><item><title><![CDATA[a <![CDATA[b]]> c]]></title><description><![CDATA[1]]]]><![CDATA[>2]]></description>
      <wp:post_id>1</wp:post_id></item></channel></rss>
      """)
    #expect(text(found.discussions.first?.title) == "a <![CDATA[b]]> c")
    #expect(text(found.discussions.first?.body.utf8) == "1]]>2")
  }

  private func post(_ id: String, thread: String = "1", parent: String? = nil, flags: String = "") -> String {
    """
    <post dsq:id="\(id)"><id/><message><![CDATA[<p>m\(id)</p>]]></message><createdAt>2013-10-10T19:20:29Z</createdAt>
    \(flags)<author><email>e@x</email><name>N\(id)</name><isAnonymous>true</isAnonymous></author>
    <thread dsq:id="\(thread)"/>\(parent.map { "<parent dsq:id=\"\($0)\"/>" } ?? "")</post>
    """
  }

  @Test("Disqus: posts under their threads in any order, deleted ones by their place")
  func disqus() throws {
    let found = readXML(
      """
      <disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
      <category dsq:id="5"><forum>f</forum><title>General</title></category>
      \(post("10", parent: "11"))
      <thread dsq:id="1"><id>x</id><category dsq:id="5"/><link>http://b.example/1</link><title>One</title>
      <createdAt>2012-12-12T12:12:12Z</createdAt><isClosed>true</isClosed></thread>
      <thread dsq:id="2"><id/><link>http://b.example/2</link></thread>
      \(post("11", flags: "<isDeleted>true</isDeleted>"))\(post("12", flags: "<isSpam>true</isSpam>"))\(post("13", thread: "404"))
      </disqus>
      """)
    #expect(found.discussions.count == 2)
    let one = try #require(found.discussions.first)
    #expect(text(one.title) == "One" && text(one.url) == "http://b.example/1" && one.isClosed == true)
    #expect(one.categories.map { text($0) } == ["General"])
    #expect(one.comments.map { text($0.author) } == ["N10", "N11"])
    #expect(one.comments.map { text($0.text.utf8) } == ["m10", ""])
    #expect(one.comments.map(\.isRemoved) == [false, true])
    #expect(one.comments[0].parent == .id(Array("disqus:11".utf8)))
    #expect(text(found.discussions[1].nativeID) == "disqus:thread:404")
    #expect(
      found.problems.map(\.message) == [
        "1 comment in the spam is left out", "1 comment is of a thread that is missing",
        "1 thread without words is left out",
      ])
  }

  @Test("Blogger: posts, comments and their answers; settings are nobody's words")
  func blogger() throws {
    func entry(_ id: Int, _ kind: String, _ inside: String) -> String {
      """
      <entry><id>tag:blogger.com,1999:blog-1.post-\(id)</id><published>2010-01-01T00:00:00.000-08:00</published>
      <category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#\(kind)'/>
      <title type='text'>t\(id)</title><content type='html'>c\(id)</content><author><name>A\(id)</name></author>\(inside)</entry>
      """
    }
    let answers =
      "<thr:in-reply-to href='http://b.example/p.html' ref='tag:blogger.com,1999:blog-1.post-2' type='text/html'/>"
    let found = readXML(
      """
      <feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'><title>B</title>
      \(entry(1, "settings", ""))\(entry(1, "template", ""))
      \(entry(4, "comment", answers + "<link rel='related' href='http://www.blogger.com/feeds/1/2/comments/default/3'/>"))
      \(entry(3, "comment", answers + "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>"))
      \(entry(2, "post", "<link rel='alternate' type='text/html' href='http://b.example/p.html'/>"))
      \(entry(5, "comment", "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-77'/>"))</feed>
      """
    ).discussions
    #expect(found.count == 2)
    let post = try #require(found.first)
    #expect(
      text(post.title) == "t2" && post.format == "blogger" && text(post.url) == "http://b.example/p.html")
    #expect(post.comments.map { text($0.author) } == ["A4", "A3"])
    #expect(post.comments[0].parent == .id(Array("tag:blogger.com,1999:blog-1.post-3".utf8)))
    #expect(post.comments[1].isRemoved && post.comments[1].text.utf8.isEmpty)
    #expect(text(found[1].nativeID) == "tag:blogger.com,1999:blog-1.post-77")
  }

  @Test("Blogger as its archive has it since 2023")
  func bloggerArchive() throws {
    func entry(_ id: Int, _ type: String, _ inside: String) -> String {
      "<entry><id>tag:b,\(id)</id><blogger:type>\(type)</blogger:type><title>t</title><content type='html'>c\(id)</content>\(inside)</entry>"
    }
    let found = readXML(
      """
      <feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
      \(entry(1, "POST", ""))\(entry(2, "COMMENT", "<blogger:parent>tag:b,1</blogger:parent>"))
      \(entry(3, "COMMENT", "<blogger:parent>tag:b,1</blogger:parent><blogger:inReplyTo>tag:b,2</blogger:inReplyTo>"))
      \(entry(4, "COMMENT", "<blogger:status>SPAM</blogger:status><blogger:parent>tag:b,1</blogger:parent>"))</feed>
      """)
    let post = try #require(found.discussions.first)
    #expect(post.comments.map(\.parent) == [.post, .id(Array("tag:b,2".utf8))])
    #expect(found.problems.map(\.message) == ["1 comment in the spam or the trash is left out"])
  }
}
