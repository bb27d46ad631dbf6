import Discussion
import Testing

@testable import Archive

@Suite("Markdown")
struct MarkdownTextTests {
  /// Text with `{q:…}` around what has a role.
  private func shown(_ source: String, breaksLines: Bool = false) -> String {
    MarkdownTextTests.marked(MarkdownText.parsed(Array(source.utf8), breaksLines: breaksLines))
  }

  static func marked(_ text: ParsedText) -> String {
    var marks: [(place: Int, order: Int, text: String)] = []
    for (index, span) in text.spans.enumerated() {
      marks.append((span.bytes.lowerBound, index + 1, "{\(String(describing: span.role).first ?? "?"):"))
      marks.append((span.bytes.upperBound, -index - 1, "}"))
    }
    marks.sort { ($0.place, $0.order) < ($1.place, $1.order) }
    var output: [UInt8] = []
    var at = 0
    for mark in marks {
      output += text.utf8[at..<mark.place]
      output += Array(mark.text.utf8)
      at = mark.place
    }
    output += text.utf8[at...]
    return String(decoding: output, as: UTF8.self)
  }

  @Test(
    "blocks",
    arguments: [
      ("one\ntwo\n\nthree", "one two\n\nthree"), ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
      ("> said\n> so\n\nno", "{q:said so}\n\nno"), ("> said\nlazily", "{q:said lazily}"),
      ("> a\n\n> b\n\nc", "{q:a\n\nb}\n\nc"), ("> a\n>\n> > b\n>\n> c", "{q:a\n\n{q:b}\n\nc}"),
      (">no space\n\nyes", "{q:no space}\n\nyes"), (">!spoiler!<", ">!spoiler!<"),
      ("* one\n* two\n\nend", "{l:• one}\n{l:• two}\n\nend"),
      ("text\n- one\n- two", "text\n\n{l:• one}\n{l:• two}"),
      ("1. one\n2. two", "{l:1. one}\n{l:2. two}"), ("in\n2012. It was", "in 2012. It was"),
      ("# Head\ntext", "{h:Head}\n\ntext"), ("Head\n====\n\ntext", "{h:Head}\n\ntext"), ("#tag", "#tag"),
      ("a\n\n---\n\nb", "a\n\nb"), ("a\n\n    x = *y*\n\n      z\n\nb", "a\n\n{c:x = *y*\n\n  z}\n\nb"),
      ("```swift\nlet a = `b`\n\n\n\nc\n```\nend", "{c:let a = `b`\n\nc}\n\nend"),
      ("a\n\n&#x200B;\n\nb", "a\n\nb"), ("a | b\n--|--\n1 | 2", "a | b\n--|--\n1 | 2"), ("", ""),
      ("   \n\n", ""),
      ("> ```\n> code\n\nafter", "{q:{c:code}}\n\nafter"), ("a\r\n\r\nb\rc", "a\n\nb c"),
    ])
  func blocks(_ source: String, _ read: String) { #expect(shown(source) == read) }

  @Test(
    "what stands in a paragraph",
    arguments: [
      ("*a* _b_ **c** __d__ ***e***", "{e:a} {e:b} {s:c} {s:d} {s:{e:e}}"),
      ("2*3*4 = 24 * 1", "2{e:3}4 = 24 * 1"),
      ("snake_case_name", "snake_case_name"), ("**a *b* c**", "{s:a {e:b} c}"),
      ("*a **b* c**", "{e:a **b} c**"),
      ("`x*y*` and ``a`b``", "{c:x*y*} and {c:a`b}"), ("`open", "`open"), (#"\*a\* \\ \q"#, #"*a* \ \q"#),
      ("[words](http://a.b/c_(d)) end", "{l:words} end"), ("[a](x \"t\")", "{l:a}"),
      ("[a] (b) [c", "[a] (b) [c"),
      ("see http://a.b/x_y_z. And", "see {l:http://a.b/x_y_z}. And"), ("(https://a.b)", "({l:https://a.b})"),
      ("<http://a.b>", "{l:http://a.b}"), ("a < b > c", "a < b > c"), ("![alt](u)", "{l:alt}"),
      ("[](/mark)x", "x"),
      ("[http://a.b](http://a.b)", "{l:http://a.b}"), ("*a [b* c](d)", "*a {l:b* c}"),
      ("AT&amp;T &lt;b&gt; &nope; &", "AT&T <b> &nope; &"), ("**[a](b)**", "{s:{l:a}}"), ("****", ""),
      ("a ****", "a ****"),
      ("xhttp://a", "xhttp://a"), ("é*é*é", "é{e:é}é"),
    ])
  func inline(_ source: String, _ read: String) { #expect(shown(source) == read) }

  @Test("each line is one where line ends count")
  func lines() { #expect(shown("one\ntwo\n\nthree", breaksLines: true) == "one\ntwo\n\nthree") }

  @Test(
    "ten times the bytes take at most twelve times the steps",
    arguments: [
      "*", "**a ", "_a_", "`", "``a`", "`a``b```", "[", "](", "[a](", "[a](b \"", "](a", "<a", "<a:",
      "http://", "\\", "&", "&amp;", "> ", ">",
      ">\n", "- ", "- a\n", "1. a\n\n", "    a\n", "```\n", "#", "# a\n", "a\n\u{A0}\n", "**a** \u{A0}\n\n",
      "[*", "*[", "a*", "---\n", "|",
    ])
  func linear(_ unit: String) {
    func operations(_ count: Int) -> Int {
      var reader = MarkdownText(breaksLines: false)
      reader.read(Array(String(repeating: unit, count: count / unit.utf8.count).utf8))
      let text = reader.finish()
      return reader.operations + text.spans.count + text.utf8.count
    }
    let (small, large) = (operations(3_000), operations(30_000))
    #expect(large <= 12 * max(small, 1000), "\(unit) \(small) \(large)")
  }

  @Test("any order of marks: valid text, spans inside, ordered, never crossing")
  func noise() {
    let parts = [
      "*", "**", "_", "`", "``", "[", "](", "](u)", ")", ">", "> ", "\n", "\n\n", "    ", "* ", "1. ", "#",
      "# ",
      "```\n", "\\", "&amp;", "&#x200B;", "http://a", "é", "w", " ", "  \n", "|", "---\n", "![", "<",
      "\u{A0}",
    ]
    var random = Random(state: 7)
    for _ in 0..<3000 {
      let source = (0..<20).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let text = MarkdownText.parsed(Array(source.utf8))
      #expect(String(validating: text.utf8, as: UTF8.self) != nil)
      #expect(text.utf8.last.map { $0 > 0x20 } ?? true, "\(source.debugDescription)")
      #expect(!String(decoding: text.utf8, as: UTF8.self).contains("\n\n\n"), "\(source.debugDescription)")
      var open: [Int] = []
      var start = 0
      for span in text.spans {
        #expect(
          !span.bytes.isEmpty && span.bytes.lowerBound >= start && span.bytes.upperBound <= text.utf8.count)
        start = span.bytes.lowerBound
        while let end = open.last, end <= start { open.removeLast() }
        #expect(open.last.map { $0 >= span.bytes.upperBound } ?? true, "\(source.debugDescription)")
        open.append(span.bytes.upperBound)
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
