import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("XML made to hurt")
struct XMLHostileTests {
  @Test(
    "every XML row of the corpus keeps its items and tokens, and nothing runs or is opened",
    .enabled(if: HostileCorpus.isThere, "no shared data beside the package"))
  func corpusRows() throws {
    let rows = try HostileCorpus.rows(below: "xml").filter {
      $0.threat != "xxe" || !$0.name.hasSuffix(".txt")
    }
    #expect(rows.count >= 20)
    for row in rows {
      let result = row.read()
      #expect(HostileCorpus.items(of: result) >= row.items, "\(row.name)")
      #expect(row.lost(in: result) == [], "\(row.name)")
      let words = HostileCorpus.text(of: result)
      #expect(!words.contains("CANARY"), "\(row.name)")
      if row.threat == "esc-html" || row.threat == "xml-illegal-char" {
        #expect(!words.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }, "\(row.name)")
      }
      check(result)
    }
  }

  static let samples = [
    """
    <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>T</title>
    <item><title>One &amp; two</title><link>http://x.example/1</link><pubDate>Tue, 01 Feb 2011 00:00:00 +0000</pubDate>
    <description><![CDATA[<p>a ]]]]><![CDATA[> b</p>]]></description><wp:post_id>1</wp:post_id>
    <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>\u{E9}ve</wp:comment_author><wp:comment_content>x</wp:comment_content></wp:comment>
    <wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_parent>1</wp:comment_parent><wp:comment_content>y</wp:comment_content></wp:comment>
    </item><item><title>Two</title><link>http://x.example/1#comment-5</link></item></channel></rss>
    """,
    """
    <feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><entry><id>tag:x,1</id><title>A</title>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1<br/>2</p></div></content></entry>
    <entry><id>tag:x,2</id><content>&#228; &nbsp; &x;</content><thr:in-reply-to ref="tag:x,1"/><author><name>N</name></author></entry></feed>
    """,
    """
    <disqus xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><link>http://x.example/</link><title>T</title></thread>
    <post dsq:id="2"><message>m</message><author><name>N</name></author><thread dsq:id="1"/></post><post dsq:id="3"><message>n</message>
    <thread dsq:id="1"/><parent dsq:id="2"/></post></disqus>
    """,
    """
    <posts><row Id="1" PostTypeId="1" Title="T" Body="&lt;p&gt;b&lt;/p&gt;" /><row Id="2" PostTypeId="2" ParentId="1" Body="c" /></posts>
    """,
  ]

  @Test("a document cut at any byte keeps its whole entries and says that it is cut", arguments: samples)
  func truncated(sample: String) {
    let bytes = Array(sample.utf8)
    var most = 0
    for end in 0...bytes.count {
      let cut = Array(bytes[..<end])
      let result = Archive.read(bytes: cut, path: [0x78])
      check(result)
      #expect(result.discussions == Archive.read(bytes: cut, path: [0x78]).discussions)
      let entries = result.discussions.reduce(0) { $0 + 1 + $1.comments.count }
      guard XMLProlog(cut).root != nil else { continue }
      #expect(entries >= most, "\(end) bytes")
      most = max(most, entries)
      if end < bytes.count, entries > 0 { #expect(!result.problems.isEmpty, "\(end) bytes") }
    }
    #expect(Archive.read(bytes: bytes, path: [0x78]).problems.isEmpty)
  }

  @Test("documents with bytes changed, moved and doubled never trap", arguments: samples)
  func mutated(sample: String) {
    var random = Random(state: 42)
    let bytes = Array(sample.utf8)
    let marks = Array("<>&;]'\"/!-[?=\0 \u{FF}".utf8)
    for _ in 0..<400 {
      var mutant = bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let at = Int.random(in: 0..<mutant.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: mutant[at] = marks.randomElement(using: &random) ?? 0
        case 1: mutant.insert(marks.randomElement(using: &random) ?? 0, at: at)
        case 2: mutant.removeSubrange(at..<min(mutant.count, at + Int.random(in: 1...40, using: &random)))
        default: mutant.insert(contentsOf: mutant[at..<min(mutant.count, at + 60)], at: at)
        }
        if mutant.isEmpty { mutant = bytes }
      }
      let result = Archive.read(bytes: mutant, path: [0x78])
      check(result)
      // Fed a few bytes at a time it is the same.
      var dripped: [ParsedDiscussion] = []
      let importer = Importer(deliver: { dripped.append($0) }, report: { _ in })
      importer.read(Source(path: [0x78], stream: DripStream(mutant, 5)))
      importer.finish()
      #expect(dripped == result.discussions)
    }
  }

  @Test("an entry in which a hundred thousand elements are open keeps those after it")
  func deep() {
    let document =
      "<rss><channel><item><title>a</title><description>" + String(repeating: "<x>", count: 100_000)
      + "deep</description></item><item><title>b</title></item></channel></rss>"
    let found = readXML(document).discussions
    #expect(found.map { text($0.title) } == ["a", "b"])
    #expect(text(found.first?.body.utf8) == "deep")
  }

  @Test("a section without end loses one entry's tail, not the entries after it")
  func sections() {
    let found = readXML(
      """
      <rss><channel><item><title>a</title><description><![CDATA[one</description></item>
      <item><title>b</title><description><![CDATA[two]]></description></item>
      <item><title>c</title><description><![CDATA[three</description></item><item><title>d</title></item></channel></rss>
      """)
    #expect(found.discussions.map { text($0.title) } == ["a", "b", "c", "d"])
    #expect(found.discussions.map { text($0.body.utf8) } == ["one", "two", "three", ""])
    #expect(found.problems.map(\.line) == [1, 3])
  }

  @Test("a bomb of entities stays what it is")
  func entities() {
    let found = readXML(
      "<!DOCTYPE rss [<!ENTITY a 'AAAA'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM 'file:///etc/hostname'>]><rss><channel>"
        + "<item><title>&b;</title><description>&f; &b;</description></item></channel></rss>"
    ).discussions
    #expect(text(found.first?.title) == "&b;")
    #expect(text(found.first?.body.utf8) == "&f; &b;")
  }

  @Test("an item that is larger than the limit of a record is cut, and the next is whole")
  func large() {
    let document =
      "<rss><channel><item><title>a</title><description>" + String(repeating: "x&lt;", count: 1000)
      + "<b>y</b></description></item><item><title>b</title></item></channel></rss>"
    var reader = XMLRecordReader(
      XMLTokenizer(XMLWindow(Source(path: [], bytes: Array(document.utf8)), charset: XMLCharset())),
      plan: .feed, limit: 500)
    var cut: [Bool] = []
    while true {
      switch reader.next() {
      case .begin: continue
      case .end:
        cut.append(reader.record.isCut)
        #expect(reader.record.bytes.count <= 500)
      case .finish:
        #expect(cut == [true, false])
        return
      }
    }
  }

  private func check(_ result: ArchiveResult) {
    for post in result.discussions {
      for words in [post.body] + post.comments.map(\.text) {
        #expect(String(validating: words.utf8, as: UTF8.self) != nil)
        #expect(
          words.spans.allSatisfy { $0.bytes.lowerBound >= 0 && $0.bytes.upperBound <= words.utf8.count })
        #expect(words.utf8.first != 0x0A && words.utf8.last != 0x0A && words.utf8.last != 0x20)
      }
      #expect(!post.title.contains(0x0A) && String(validating: post.title, as: UTF8.self) != nil)
      for name in [post.author] + post.comments.map(\.author) {
        #expect(name.map { !$0.isEmpty && !$0.contains(0x0A) && $0.count <= 1024 } ?? true)
      }
    }
  }
}

private struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
