import Discussion
import Testing

@testable import Archive

private func text(_ html: String) -> String {
  String(decoding: HTMLText.parsed(Array(html.utf8)).utf8, as: UTF8.self)
}

/// The roles of a fragment as `role:words`.
private func roles(_ html: String) -> [String] {
  let parsed = HTMLText.parsed(Array(html.utf8))
  return parsed.spans.map { "\($0.role):\(String(decoding: parsed.utf8[$0.bytes], as: UTF8.self))" }
}

@Suite("Text of HTML fragments")
struct HTMLTextTests {
  @Test(
    "blocks become paragraphs and lines",
    arguments: [
      ("plain", "plain"),
      ("", ""),
      ("  a  b\n c ", "a b c"),
      ("<p>one<p>two</p>three", "one\n\ntwo\n\nthree"),
      ("<div>a</div><div>b</div>", "a\nb"),
      ("<div>a</div><br><div>b</div>", "a\n\nb"),
      ("a<br>b<br><br><br>c<br>", "a\nb\n\nc"),
      ("<p> a <b> b</b> c</p>", "a b c"),
      ("x<script>var a = '<p>';</script>y<style>p{}</style>z", "xyz"),
      ("<p hidden>h</p><p style='color:red; DISPLAY : none'>n</p>s", "s"),
      ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
      (
        "5 < 6 && 7 > 2 &copy &copy; &notit; &unknown; &#128;&#x80;&#0;",
        "5 < 6 && 7 > 2 © © ¬it; &unknown; €€\u{FFFD}"
      ),
      ("a&nbsp;b\u{A0}c&#13;d", "a b c d"),
      ("<img alt=':)' src=x> <img src=y>", ":)"),
      ("<pre>\n  a\n\n   b \n</pre>c", "  a\n\n   b\n\nc"),
      ("<q>a</q>", "“a”"),
      ("a\u{0}b", "a\u{FFFD}b"),
      ("<h2>H</h2>t", "H\n\nt"),
      ("<x-y>a</x-y><o:p></o:p>b", "ab"),
      ("<!-- c -->a<!>b<?pi x?>c</ x>d<![CDATA[e]]>f<!-->g<!--->h<!--x--!>i", "abcdfghi"),
    ])
  func blocks(html: String, expected: String) { #expect(text(html) == expected) }

  @Test("the columns of tables of data stand below each other; other tables are read on")
  func tables() {
    let data = HTMLText.parsed(
      Array(
        "Before <table><thead><tr><th>Name<th>深さ</thead><tr><td>a <a href='https://a.example/'>long</a> one<td>1</tr><tr><td>b<td><b>2</b></table> after"
          .utf8))
    #expect(
      String(decoding: data.utf8, as: UTF8.self)
        == "Before\n\nName        深さ\na long one  1\nb           2\n\nafter")
    let roles = data.spans.map { "\($0.role) " + String(decoding: data.utf8[$0.bytes], as: UTF8.self) }
    #expect(roles.dropFirst() == ["strong Name", "strong 深さ", "link long", "strong 2"])
    #expect(data.spans[0].role == .code && data.spans[2].target == nil)
    #expect(data.spans[3].target == Array("https://a.example/".utf8))
    for other in [
      "<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d</table>",
      "<table><tr><td>a<td><p>b<tr><td>c<td>d</table>", "<table><tr><td>a<td>b</table>",
      "<table><tr><td>a<tr><td>b</table>", "<table><caption>x</caption><tr><td>a<td>b<tr><td>c<td>d</table>",
      "<table><tr><td>a<td>b<tr><td>c<td>\(String(repeating: "d", count: 130))</table>",
    ] {
      #expect(HTMLText.parsed(Array(other.utf8)).spans.allSatisfy { $0.role != .code }, "\(other)")
    }
  }

  @Test("lists have their marks")
  func lists() {
    #expect(text("<ul><li>a<li>b</ul>c") == "• a\n• b\n\nc")
    #expect(text("<ol start=3><li>a<ul><li>n</ul><li value=9>b<li>c</ol>") == "3. a\n• n\n9. b\n10. c")
    #expect(text("<ul><li></li><li><p>x</p></li></ul>") == "• x")
    #expect(roles("<ul><li><b>a</b> c<li>b</ul>") == ["listItem:• a c", "strong:a", "listItem:• b"])
  }

  @Test("roles stand around words, not around white space")
  func roleSpans() {
    #expect(
      roles("<blockquote><p>a</p><blockquote> b </blockquote></blockquote>c")
        == ["quote:a\n\nb", "quote:b"])
    #expect(roles("x <a href='/y'> l </a> <a name=n>m</a>") == ["link:l"])
    #expect(roles("<pre>  a\n b</pre><code>c</code>") == ["code:  a\n b", "code:c"])
    #expect(roles("<h3>T</h3><em>e</em><i></i><strong> </strong>") == ["heading:T", "emphasis:e"])
    #expect(roles("<b><i>x</b>y</i>") == ["strong:x", "emphasis:x"])
  }

  @Test(
    "what is not ended is kept",
    arguments: [
      ("a<!-- never closed <p>b</p>c", "abc"),
      ("a<a href=\"never closed>b</a><p class=x>c</p><p title='also<p>d</p>", "ab\n\nc\n\nd"),
      ("a<title>b</p>c", "abc"),
      ("a<script>b</p>c", "a"),
      ("a<b", "a"),
      ("a<", "a<"),
      ("a</", "a</"),
      ("a&", "a&"),
      ("a&#", "a&#"),
    ])
  func unended(html: String, expected: String) { #expect(text(html) == expected) }

  @Test("elements beyond the cap are flat, and no text is lost")
  func deep() {
    let html =
      String(repeating: "<div>", count: 5_000) + "M" + String(repeating: "</div>", count: 5_000) + "Z"
    #expect(text(html) == "M\nZ")
    let tree = HTMLTree(Array(html.utf8))
    #expect(tree.damage.flattened == 5_000 - HTMLTreeBuilder.depthLimit + 1)
  }

  @Test("attributes beyond the limit are ignored")
  func attributes() {
    let many = (0..<300).map { "a\($0)=1" }.joined(separator: " ")
    let tree = HTMLTree(Array("<p \(many) hidden>x</p>".utf8))
    #expect(tree.nodes[1].attributeCount == 256)
    #expect(tree.damage.attributesLeftOut == 45)
  }

  @Test(
    "the work grows with the input",
    arguments: [
      "<div>", "<b><i><a name=x>", "<", "&", "&am", "<!--", "<!-- -", "<a href=\"", "<a b='", "</x>", "<p>",
      "<li>",
      "<x><y>", "</y><x>", "<title>", "<textarea>", "<script>", "<a b", "<table><tr><td>", "<dd><div>",
      "</p>", "<b></i>",
      "<!", "</div>", "a=", "&#9", "<ol><li>", "\u{301}", "&#x301;", "<p x=1 ",
    ])
  func linear(piece: String) {
    func operations(_ count: Int) -> Double {
      Double(HTMLTree(Array(String(repeating: piece, count: count).utf8)).operations)
    }
    let (small, large) = (operations(2_000), operations(20_000))
    #expect(large / max(small, 1) <= 12)
    #expect(large < 20_000 * 700)
  }

  @Test("marks as references do not pile up")
  func marks() {
    let piled = HTMLText.parsed(Array(("a" + String(repeating: "&#x301;", count: 500)).utf8))
    #expect(piled.utf8.count <= 1 + 2 * 33)
  }

  @Test("any part of a fragment is read without a trap and its spans are in order")
  func truncated() {
    let html = Array(
      """
      <!doctype html><html><head><title>T&amp;</title><script>x<!--y</script></head><body class="a 'b' &quot;">
      <!-- c --><ul><li>one <b>two<li><pre> x
       y</pre></ul><table><tr><td><blockquote>q &#8364;&Ouml;ä</blockquote></table><a href=x>l</a><textarea>t</textarea>
      </body></html>
      """.utf8)
    for end in 0...html.count {
      for start in [0, end / 2] {
        let parsed = HTMLText.parsed(Array(html[start..<end]))
        var open: [Int] = []
        for span in parsed.spans {
          #expect(span.bytes.lowerBound < span.bytes.upperBound && span.bytes.upperBound <= parsed.utf8.count)
          while let last = open.last, last <= span.bytes.lowerBound { open.removeLast() }
          #expect(open.last.map { $0 >= span.bytes.upperBound } ?? true)
          open.append(span.bytes.upperBound)
        }
        #expect(parsed.spans == parsed.spans.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound })
      }
    }
  }
}
