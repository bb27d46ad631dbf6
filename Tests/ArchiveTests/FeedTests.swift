import Discussion
import Testing

@testable import Archive

/// What one document of XML reads as.
func readXML(_ document: String, path: String = "feed.xml") -> ArchiveResult {
  Archive.read(bytes: Array(document.utf8), path: Array(path.utf8))
}

/// Bytes as text, nil as nil.
func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

@Suite("Feeds")
struct FeedTests {
  private func items(_ items: String, attributes: String = "") -> [ParsedDiscussion] {
    readXML(
      "<?xml version='1.0'?><rss version='2.0' \(attributes)><channel><title>T</title><link>http://b.example/</link>\(items)</channel></rss>"
    ).discussions
  }

  @Test("an item of RSS says who, when, where and what")
  func rss() throws {
    let post = try #require(
      items(
        """
        <item><title>One &amp; only &lt;div&gt;</title><link> http://b.example/1 </link><guid isPermaLink="false">17</guid>
        <pubDate>Tue, 01 Feb 2011 10:00:00 +0100</pubDate><dc:creator>Ann</dc:creator><category>x</category>
        <category>y</category><category>x</category><slash:comments>12</slash:comments>
        <description>short</description><content:encoded><![CDATA[<p>long <b>text</b></p>]]></content:encoded>
        <enclosure url="http://b.example/e.mp3" type="audio/mpeg"/></item>
        """
      ).first)
    #expect(text(post.title) == "One & only <div>")
    #expect(text(post.url) == "http://b.example/1")
    #expect(text(post.nativeID) == "feed:http://b.example/#17")
    #expect(text(post.author) == "Ann")
    #expect(post.date?.iso8601 == "2011-02-01T10:00:00+01:00")
    #expect(post.categories.map { text($0) } == ["x", "y"])
    #expect(post.declaredComments == 12)
    #expect(text(post.body.utf8) == "long text")
    #expect(post.body.spans == [RoleSpan(5..<9, .strong)])
    #expect(post.format == "rss")
  }

  @Test(
    "authors are named, not addressed",
    arguments: [
      ("mail@host.example (Real Name)", "Real Name"), ("Real Name &lt;mail@host.example&gt;", "Real Name"),
      ("\"Real Name\" &lt;mail@host.example&gt;", "Real Name"), ("Name)", "Name)"),
      ("Name (nick)", "Name (nick)"),
      ("  ", nil), ("noreply@blogger.com (Unknown)", nil), ("a@b.example", "a@b.example"),
    ] as [(String, String?)])
  func authors(written: String, name: String?) {
    #expect(text(items("<item><title>t</title><author>\(written)</author></item>").first?.author) == name)
  }

  @Test("dates that are none stay unknown")
  func dates() {
    func date(_ written: String) -> String? {
      items("<item><title>t</title><pubDate>\(written)</pubDate></item>").first?.date?.iso8601
    }
    #expect(date("Fri, 12 Dec 2008 02:36:10 +0100") == "2008-12-12T02:36:10+01:00")
    #expect(date("2008-12-12T02:36:10Z") == "2008-12-12T02:36:10Z")
    for none in ["", "0000-00-00", "-1", "2011-x09-30T22:48:43Z", "1e308", "9223372036854775807", "now"] {
      #expect(date(none) == nil, "\(none)")
    }
  }

  @Test("RDF, undeclared namespaces and elements without end tags are read")
  func old() {
    let rdf = readXML(
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel rdf:about="u"><title>F</title></channel><image><title>no</title></image>
      <item rdf:about="http://x.example/1"><title>A</title><dc:date>2008-12-30</dc:date></item>
      <item rdf:about="http://x.example/2"><title>B</title></item></rdf:RDF>
      """
    ).discussions
    #expect(rdf.map { text($0.title) } == ["A", "B"])
    #expect(rdf.map { text($0.url) } == ["http://x.example/1", "http://x.example/2"])
    #expect(rdf.first?.date?.iso8601 == "2008-12-30")
    let open = items(
      "<item><title>A<guid>1</guid><description>x <p>y<item><title>B</title><description>z</description>")
    #expect(open.map { text($0.title) } == ["A", "B"])
    #expect(open.map { text($0.body.utf8) } == ["x\n\ny", "z"])
  }

  @Test("an entry of Atom: its links, its kinds of text, its own or the feed's authors")
  func atom() {
    let posts = readXML(
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.example/blog/"><title>F</title>
      <author><name>Feed Author</name></author>
      <entry><id>tag:b.example,1</id><title type="html">&lt;i&gt;A&lt;/i&gt; &amp;amp; B</title>
        <link rel="replies" href="c.html" thr:count="3"/><link rel="alternate" type="text/plain" href="a.txt"/>
        <link rel="alternate" type="text/html" href="../a.html"/><published>2020-01-02T03:04:05Z</published>
        <updated>2021-01-01T00:00:00Z</updated><category term="t" label="L"/><author><name>Eve</name><email>e@x</email></author>
        <author><name>Bob</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1 &lt; 2<br/>x</p><a name="n"/>tail</div></content></entry>
      <entry><id>tag:b.example,2</id><title>a &lt;b&gt; c</title><content type="text">1 &lt; 2
      two</content></entry>
      <entry><id>tag:b.example,3</id><title>src</title><content type="image/png">iVBORw0KGgo=</content></entry>
      </feed>
      """
    ).discussions
    #expect(posts.map { text($0.title) } == ["A & B", "a <b> c", "src"])
    #expect(text(posts[0].url) == "http://b.example/a.html")
    #expect(text(posts[0].author) == "Eve, Bob")
    #expect(posts[0].date?.iso8601 == "2020-01-02T03:04:05Z")
    #expect(posts[0].declaredComments == 3)
    #expect(posts[0].categories.map { text($0) } == ["L"])
    #expect(text(posts[0].body.utf8) == "1 < 2\nx\n\ntail")
    #expect(text(posts[1].author) == "Feed Author")
    #expect(text(posts[1].body.utf8) == "1 < 2\ntwo")
    #expect(posts[2].body.utf8.isEmpty)
  }

  @Test("a feed of comments is comments of its posts, with their parents")
  func comments() throws {
    let feed = """
      <rss><channel><title>Comments on: A title</title><link>http://b.example/post/</link>
      <item><title>By: Ann</title><link>http://b.example/post/comment-page-2/#comment-12</link><dc:creator>Ann</dc:creator>
        <guid isPermaLink="false">http://b.example/?p=5#comment-12</guid><content:encoded>one</content:encoded></item>
      <item><title>By: Bob</title><link>http://b.example/post/#comment-13</link>
        <content:encoded>&lt;p&gt;In reply to &lt;a href="http://b.example/post/#comment-12"&gt;Ann&lt;/a&gt;.&lt;/p&gt;two</content:encoded></item>
      </channel></rss>
      """
    let post = try #require(readXML(feed).discussions.first)
    #expect(text(post.url) == "http://b.example/post/" && text(post.title) == "A title")
    #expect(post.comments.map { text($0.author) } == ["Ann", "Bob"])
    #expect(
      post.comments.map { text($0.nativeID) } == [
        "http://b.example/post/#comment-12", "http://b.example/post/#comment-13",
      ])
    #expect(post.comments.map(\.parent) == [.post, .id(Array("http://b.example/post/#comment-12".utf8))])
  }

  @Test("an author in a title counts only where title and name can be told apart")
  func titles() {
    func authors(_ titles: [String]) -> [String?] {
      let items = titles.enumerated().map {
        "<item><title>\($1)</title><link>http://b.example/p#comment-\($0 + 1)</link><description>x</description></item>"
      }
      return readXML("<rss><channel><title>Comments for B</title>\(items.joined())</channel></rss>")
        .discussions
        .flatMap(\.comments).map { text($0.author) }
    }
    #expect(authors(["Comment on A by Ann"]) == ["Ann"])
    #expect(authors(["Comment on Stand by me by Ann"]) == [nil])
    #expect(authors(["Kommentar zu A von Ann", "Comment on A by X by Y"]) == ["Ann", "X by Y"])
  }

  @Test("answers of RFC 4685 join the entries of the document, and those that are elsewhere")
  func threading() throws {
    let found = readXML(
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>F</title>
      <entry><id>tag:x,1</id><title>Post</title><content>p</content></entry>
      <entry><id>tag:x,3</id><title>Re: Post</title><content>second</content><thr:in-reply-to ref="tag:x,2"/></entry>
      <entry><id>tag:x,2</id><title>Re: Post</title><content>first</content><thr:in-reply-to ref="tag:x,1" href="http://x.example/1"/></entry>
      <entry><id>tag:x,9</id><title>Re: Post</title><content>lost</content><thr:in-reply-to ref="tag:x,8" href="http://x.example/8"/></entry>
      </feed>
      """
    ).discussions
    #expect(found.count == 2)
    #expect(found[0].comments.map { text($0.text.utf8) } == ["second", "first"])
    #expect(found[0].comments[0].parent == .id(Array("tag:x,2".utf8)))
    #expect(found[0].comments[1].parent == .post)
    #expect(text(found[1].url) == "http://x.example/8" && found[1].comments.count == 1)
  }

  @Test("a feed that only its post knows to be of comments goes to that post", arguments: [false, true])
  func commentFeeds(isPostFirst: Bool) throws {
    let post = """
      <rss xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>B</title><item><title>P</title>
      <link>http://b.example/p</link><wfw:commentRss>http://b.example/CommentsRss?id=1</wfw:commentRss></item></channel></rss>
      """
    func feed(_ id: Int) -> String {
      """
      <rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>B</title>
      <atom:link rel="self" href="http://b.example/CommentsRss?id=\(id)"/>
      <item><title>Re: P</title><guid isPermaLink="false">c\(id)</guid><description>words</description></item></channel></rss>
      """
    }
    var found: [ParsedDiscussion] = []
    let importer = Importer(deliver: { found.append($0) }, report: { _ in })
    for document in isPostFirst ? [post, feed(1), feed(2)] : [feed(1), feed(2), post] {
      importer.read(bytes: Array(document.utf8), path: Array("\(document.utf8.count)".utf8))
    }
    importer.finish()
    #expect(found.count == 3)
    let comments = try #require(found.first { !$0.comments.isEmpty })
    #expect(text(comments.url) == "http://b.example/p" && comments.comments.count == 1)
    #expect(found.contains { text($0.title) == "Re: P" && $0.comments.isEmpty })
  }

  @Test("answers that go round in a circle are each there once")
  func circle() {
    let entries = (0..<3).map {
      "<entry><id>tag:x,\($0)</id><content>c\($0)</content><thr:in-reply-to ref='tag:x,\(($0 + 1) % 3)'/></entry>"
    }
    let found = readXML("<feed xmlns='http://www.w3.org/2005/Atom'>\(entries.joined())</feed>").discussions
    #expect(found.flatMap(\.comments).count == 3)
  }

  @Test("charsets: declared, lying, of two bytes")
  func charsets() throws {
    let item = "<rss><channel><item><title>Gr\u{FC}\u{DF}e</title></item></channel></rss>"
    func title(_ bytes: [UInt8]) -> String? {
      text(Archive.read(bytes: bytes, path: [0x78]).discussions.first?.title)
    }
    func declared(_ name: String) -> [UInt8] { Array("<?xml version='1.0' encoding='\(name)'?>".utf8) }
    let latin = item.unicodeScalars.map { UInt8($0.value) }
    #expect(title(declared("iso-8859-1") + latin) == "Grüße")
    #expect(title(latin) == "Grüße")
    #expect(title(declared("iso-8859-5") + latin) == "Grќпe")
    #expect(title(declared("iso-8859-1") + Array(item.utf8)) == "Grüße")
    #expect(title(declared("utf-16") + Array(item.utf8)) == "Grüße")
    let document = String(decoding: declared("utf-16"), as: UTF8.self) + item
    let little = document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(title([0xFF, 0xFE] + little) == "Grüße")
    #expect(title(little) == "Grüße")
    #expect(title([0xFE, 0xFF] + document.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == "Grüße")
  }

  @Test("relative addresses are resolved as RFC 3986 says")
  func references() {
    let base = [Array("http://a/b/c/d;p?q".utf8)]
    for (reference, address) in [
      ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("/g", "http://a/g"), ("//g", "http://g"),
      ("?y", "http://a/b/c/d;p?y"), ("#s", "http://a/b/c/d;p?q#s"), ("..", "http://a/b/"),
      ("../g", "http://a/b/g"),
      ("../../../g", "http://a/g"), ("", "http://a/b/c/d;p?q"), ("g:h", "g:h"),
    ] {
      #expect(text(RelativeReference.resolve(Array(reference.utf8), against: base)) == address)
    }
    #expect(RelativeReference.resolve(Array("g".utf8), against: []) == nil)
  }

  @Test("only documents of XML are claimed")
  func claims() {
    func root(_ document: String) -> XMLProlog.Root? { XMLProlog(Array(document.utf8)).root }
    #expect(root("\u{FEFF}\n\n <!-- hi --><?xml version='1.0'?><rss>") == .feed)
    #expect(root("Warning: x in y.php on line 3\n<?xml version='1.0'?><rss>") == .feed)
    #expect(root("<br />\n<b>Warning</b>: x<br />\n<?xml version='1.0'?><feed>") == .feed)
    #expect(root("<?xml version='1.0'?><!DOCTYPE html><html>") == nil)
    #expect(root("<!DOCTYPE html><html><body><rss>") == nil)
    #expect(root("<div><p>x") == nil)
    #expect(root("A page about <b>words</b>") == nil)
    #expect(root("<?xml version='1.0'?><opml><body/>") == .other)
    #expect(root("<posts><row Id='1'/></posts>") == .stackExchange(.posts))
    #expect(root("<posts><post/></posts>") == nil)
  }
}
