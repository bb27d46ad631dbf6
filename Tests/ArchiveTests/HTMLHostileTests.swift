import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("Pages made to hurt")
struct HTMLHostileTests {
  @Test(
    "every row of pages in the corpus keeps its items and tokens",
    .enabled(if: HostileCorpus.isThere, "no shared data beside the package"))
  func corpusRows() throws {
    let rows = try HostileCorpus.rows(below: "html")
    #expect(rows.count >= 18)
    for row in rows {
      let result = row.read()
      #expect(HostileCorpus.items(of: result) >= row.items, "\(row.name)")
      #expect(row.lost(in: result) == [], "\(row.name)")
      if row.name.contains("esc") || row.name.contains("latin1") {
        let text = HostileCorpus.text(of: result)
        #expect(!text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) }, "\(row.name)")
      }
    }
  }

  @Test("what is lost of a page is told")
  func problems() {
    func problems(_ html: String) -> [String] {
      Archive.read(bytes: Array(html.utf8), path: [0x61]).problems.map(\.message)
    }
    #expect(problems("<html><p>a</p>").isEmpty)
    #expect(
      problems("<html><p>a<!-- b") == ["comments that are not ended, read on after their first >: 1"])
    #expect(problems("<html><p>a<b hidden>c</b>") == ["1 hidden passage is left out"])
    #expect(
      problems("<html><p>a<p title='b>c")
        == ["attribute values whose quotation mark is not closed, ended at the next >: 1"])
    #expect(problems("<html></html>") == ["the file holds no text"])
  }

  static let bombs: [(head: String, piece: String)] = [
    (
      "<ol class=commentlist>",
      "<li class=comment id=comment-#><cite class=fn>A</cite><time datetime=2020-01-01>x</time><p>w</li>"
    ),
    ("", "<ul><li class=comment id=comment-#><cite class=fn>A</cite><p>w"),
    ("", "<div class=comment id=comment-#><cite class=fn>A</cite><p>w"),
    ("", "<div class=\"a@-comment\"><cite class=fn>A</cite><time datetime=2020-01-01>x</time><p>w</div>"),
    ("", "<article><p>words and words and words"),
    (
      "<div class=answer itemprop=suggestedAnswer><b class=fn>x</b> y</div>",
      "<div class=question>q<b class=fn>n</b></div>"
    ),
    ("", "<div class=post id=p#><h2><a href=/x>t#</a></h2><b class=author>n</b><p>w</div>"),
    ("", "<div class=comments><p>x"),
    (
      "<div>",
      "<div class=indented><div class=comment id=comment-#><b class=fn>n</b><time datetime=2020-01-01></time>w</div>"
    ),
    ("<table>", "<tr><td><span class=name>n</span><td><span class=postbody>w</span>"),
    ("<div class=comment id=comment-1>", "<b class=fn></b>"),
    ("<div class=comment id=comment-1>", "<time datetime=x>a</time>"),
    ("<div class=comment id=comment-1>", "<div class=signature>a<div class=meta>"),
    ("<div class=comment id=comment-1><b class=fn>n</b>", "<div class=text>x"),
    ("", "<div hidden>a"), ("", "<li class=comment id=comment-#></li>"),
    ("<dl>", "<dt class=comment-author id=c#>a said<dd class=comment-body>x"),
    ("", "<dl><dt class=comment-author id=c#>a said<dd class=comment-body>x"),
    ("<ul>", "<li><div class=comment><b class=fn>n</b>x</div><ul>"), ("", "<h2>t</h2>"),
    (
      "<div class=comment id=comment-1><b class=fn>n</b>", "<span># May 2020</span><span>Joined: May #</span>"
    ),
    ("<div class=comment id=comment-1><b class=fn>n</b>", "<blockquote>x"),
  ]

  @Test("the work on a page grows with the page", arguments: bombs.indices)
  func linear(index: Int) {
    let bomb = HTMLHostileTests.bombs[index]
    func operations(_ count: Int) -> Double {
      var html = Array("<html><body>\(bomb.head)".utf8)
      let parts = Array(bomb.piece.utf8).split(whereSeparator: { $0 == 0x23 || $0 == 0x40 })
      let isWord = bomb.piece.contains("@")
      for number in 0..<count {
        let mark = String(number).utf8.map { isWord ? $0 + 0x31 : $0 }
        for (place, part) in parts.enumerated() {
          if place > 0 { html.append(contentsOf: mark) }
          html.append(contentsOf: part)
        }
      }
      return Double(HTMLPage.operations(HTMLTree(html)))
    }
    // Of nested elements only sizes beyond the cap of open ones can be compared.
    let size = bomb.piece.hasSuffix(">") && bomb.piece.contains("</") ? 100 : HTMLTreeBuilder.depthLimit
    let (small, large) = (operations(size), operations(10 * size))
    #expect(large / small <= 12, "\(bomb.piece): \(small) -> \(large)")
  }
}
