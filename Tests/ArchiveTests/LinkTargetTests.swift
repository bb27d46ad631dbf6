import Discussion
import Testing

@testable import Archive

@Suite("Where links lead")
struct LinkTargetTests {
  private func absolute(_ reference: String, base: String? = "https://a.example/b/c/d?q#f") -> String? {
    LinkTarget.absolute(Array(reference.utf8), base: base.map { Array($0.utf8) })
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "references are resolved against the page",
    arguments: [
      ("https://b.example/x", "https://b.example/x"), ("HTTP://B.example", "HTTP://B.example"),
      ("//b.example/x", "https://b.example/x"), ("/x/y?z#w", "https://a.example/x/y?z#w"),
      ("x", "https://a.example/b/c/x"), ("./x", "https://a.example/b/c/x"), ("../x", "https://a.example/b/x"),
      ("../../../../x", "https://a.example/x"), ("..", "https://a.example/b/"),
      (".", "https://a.example/b/c/"),
      ("?y=../z", "https://a.example/b/c/d?y=../z"), ("x/y:z", "https://a.example/b/c/x/y:z"),
      (" /x\n", "https://a.example/x"), ("ht\ntps://b.example/x", "https://b.example/x"),
      ("mailto:a@b.example", "mailto:a@b.example"),
    ])
  func resolved(reference: String, address: String) { #expect(absolute(reference) == address) }

  @Test(
    "what leads nowhere else has no target",
    arguments: [
      "", " ", "#part", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
      "file:///etc/passwd",
      "http:", "https://", "http:/x", "mailto:", "tel:1",
    ])
  func refused(reference: String) { #expect(absolute(reference) == nil) }

  @Test("without a page's address only absolute references lead anywhere")
  func withoutBase() {
    #expect(absolute("/x", base: nil) == nil && absolute("x", base: "page.html") == nil)
    #expect(absolute("/x", base: "file:///x") == nil && absolute("/x", base: "https://") == nil)
    #expect(absolute("https://b.example", base: nil) == "https://b.example")
    #expect(absolute("https://b.example/" + String(repeating: "x", count: 8_192)) == nil)
  }

  private func targets(_ text: ParsedText) -> [String] {
    text.spans.filter { $0.role == .link }.map { span in
      String(decoding: text.utf8[span.bytes], as: UTF8.self) + " > "
        + (span.target.map { String(decoding: $0, as: UTF8.self) } ?? "-")
    }
  }

  @Test("links of HTML and Markdown keep where they lead, unless their words say so")
  func marked() {
    #expect(
      targets(
        HTMLText.parsed(
          Array(
            #"<a href="https://a.example/?x=1&amp;y=2">one <b>two</b></a> <a href="https://b.example/">https://b.example/</a> <a href="/c">three</a> <a name=d>four</a>"#
              .utf8))) == ["one two > https://a.example/?x=1&y=2", "https://b.example/ > -", "three > -"])
    #expect(
      targets(
        MarkdownText.parsed(
          Array("> A *[very](https://a.example/x)* and\n\n* [b](javascript:x) <https://c.example>\n".utf8)))
        == ["very > https://a.example/x", "b > -", "https://c.example > -"])
  }

  @Test("links of a page are relative to its address, or to what it names as base")
  func ofPages() {
    func page(_ head: String) -> [String] {
      let html = """
        <!doctype html><html><head><title>T</title>\(head)</head><body><h1>T</h1><div class="entry-content"><p>Go <a href="../x">there</a> now, all of you who read this.</p></div></body></html>
        """
      let post = Archive.read(bytes: Array(html.utf8), path: Array("p.html".utf8)).discussions.first
      return post.map { targets($0.body) } ?? []
    }
    let canonical = #"<link rel="canonical" href="https://a.example/b/c/d">"#
    #expect(page(canonical) == ["there > https://a.example/b/x"])
    #expect(page(canonical + #"<base href="/z/y/">"#) == ["there > https://a.example/z/x"])
    #expect(page("") == ["there > -"])
  }

  @Test("a heading that names the site is not the page's title")
  func title() {
    let html = """
      <!doctype html><title>Short one | a-long-site-name.example</title><body><h1 class="site-title"><a href="/">a-long-site-name.example</a></h1><h1 class="entry-title">Short one</h1><div class="entry-content"><p>Words of the post that are long enough to be one.</p></div>
      """
    let post = Archive.read(bytes: Array(html.utf8), path: Array("p.html".utf8)).discussions.first
    #expect(post.map { String(decoding: $0.title, as: UTF8.self) } == "Short one")
  }
}
