import Testing

@testable import Archive

/// What a tokenizer makes of a document: `<name`, `>`, text, and text of sections in brackets.
private func pieces(_ document: String, chunk: Int = .max) -> [String] {
  var tokenizer = XMLTokenizer(
    XMLWindow(
      Source(path: [], stream: DripStream(Array(document.utf8), chunk)), charset: XMLCharset()))
  var result: [(kind: Character, text: String)] = []
  reading: while true {
    switch tokenizer.next() {
    case .finish: break reading
    case .start:
      let name = String(decoding: tokenizer.window.bytes[tokenizer.tag.qualifiedName], as: UTF8.self)
      result.append(("<", name))
    case .end: result.append((">", ""))
    case .text(let range):
      let text = String(decoding: tokenizer.window.bytes[range], as: UTF8.self)
      if result.last?.kind == "t" {
        result[result.count - 1].text += text
      } else {
        result.append(("t", text))
      }
    case .literal(let range):
      let text = String(decoding: tokenizer.window.bytes[range], as: UTF8.self)
      if result.last?.kind == "[" {
        result[result.count - 1].text += text
      } else {
        result.append(("[", text))
      }
    }
  }
  return result.map { piece in
    switch piece.kind {
    case "t": piece.text
    case "[": "[\(piece.text)]"
    default: "\(piece.kind)\(piece.text)"
    }
  }
}

/// Bytes that come a few at a time.
final class DripStream: ByteStream {
  private let bytes: [UInt8]
  private let chunk: Int
  private var position = 0

  init(_ bytes: [UInt8], _ chunk: Int) {
    self.bytes = bytes
    self.chunk = chunk
  }

  func next(into buffer: inout [UInt8], upTo limit: Int) -> Int {
    let count = min(limit, chunk, bytes.count - position)
    buffer.append(contentsOf: bytes[position..<position + count])
    position += count
    return count
  }
}

@Suite("XML, cut into pieces")
struct XMLTokenizerTests {
  @Test("markup is told from what only looks like it")
  func markup() {
    #expect(pieces("<a>x</a>") == ["<a", "x", ">"])
    #expect(pieces("<a>1 < 2 & 3 <3 <= 4</a>") == ["<a", "1 < 2 & 3 <3 <= 4", ">"])
    #expect(pieces("<a>if x <y and <b/> z</a>") == ["<a", "if x <y and ", "<b", ">", " z", ">"])
    #expect(pieces("<a x='1>2' y=\"/\"/>") == ["<a", ">"])
    #expect(pieces("<!-- <b> -- > --><a><?p <c> ?>x</a>") == ["<a", "x", ">"])
    #expect(pieces("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>") == ["<a", "[<b>&amp;]]>]", ">"])
  }

  @Test("end tags end what is inside their element; those without a start are left out")
  func nesting() {
    #expect(pieces("<a><b><c>x</a>y") == ["<a", "<b", "<c", "x", ">", ">", ">", "y"])
    #expect(pieces("<a></b>x</a></a>") == ["<a", "x", ">"])
    #expect(pieces("<A>x</a>") == ["<A", "x", ">"])
  }

  @Test("a document type is skipped with all that it declares")
  func documentTypes() {
    #expect(
      pieces("<!DOCTYPE a [<!ENTITY b \"]>\"> <!-- ' ]> --> <?p '?>]><a>&b;</a>") == ["<a", "&b;", ">"])
    #expect(pieces("<!DOCTYPE a SYSTEM 'http://x/>'><a/>") == ["<a", ">"])
    #expect(pieces("<!DOCTYPE a [<a>x</a>").prefix(2) == [" a [", "<a"])
  }

  @Test("what is not ended does not swallow the rest")
  func notEnded() {
    #expect(pieces("<a><!-- b <c>x</c></a>").contains("<c"))
    #expect(pieces("<a><?b <c>x</c></a>").contains("<c"))
    #expect(pieces("<a><b><![CDATA[x</b><c>y</c></a>") == ["<a", "<b", "[x]", ">", "<c", "y", ">", ">"])
    // Followed by a section that is ended, and by one that only quotes the end tag.
    #expect(
      pieces("<a><b><![CDATA[x</b><b><![CDATA[y]]></b></a>")
        == ["<a", "<b", "[x]", ">", "<b", "[y]", ">", ">"])
    #expect(pieces("<a><b><![CDATA[x</b>y]]></b></a>", chunk: 3) == ["<a", "<b", "[x</b>y]", ">", ">"])
    #expect(pieces("<a x='1><b>y</b></a>").contains("<b"))
    #expect(pieces("<a x='1 <b> 2'>y</a>") == ["<a", "y", ">"])
  }

  @Test("fed in drops it reads the same")
  func drops() {
    let document = """
      junk <?xml version="1.0"?><!DOCTYPE r [<!ENTITY x "y">]><r xmlns:d='u'>a &amp; b &#x20;<d:e f="g>h"/>\
      <![CDATA[ ]] ]]><!-- - -- --><i>&unknown; <b>x</i>]]></r> tail
      """
    let whole = pieces(document, chunk: 1 << 20)
    for chunk in [1, 2, 3, 7] { #expect(pieces(document, chunk: chunk) == whole) }
  }

  @Test("names are known by their namespaces, whatever the prefix")
  func namespaces() {
    func names(_ document: String) -> [XMLName] {
      var tokenizer = XMLTokenizer(
        XMLWindow(Source(path: [], bytes: Array(document.utf8)), charset: XMLCharset()))
      var result: [XMLName] = []
      while true {
        switch tokenizer.next() {
        case .finish: return result
        case .start: result.append(tokenizer.name)
        default: continue
        }
      }
    }
    #expect(
      names("<f:feed xmlns:f='http://www.w3.org/2005/Atom'><f:entry/></f:feed>")[1] == XMLName(.plain, .entry)
    )
    #expect(names("<rss><dc:creator/></rss>")[1] == XMLName(.dublinCore, .creator))
    #expect(names("<rss xmlns:dc='http://other'><dc:creator/></rss>")[1] == XMLName(.other, .creator))
    #expect(
      names("<rss xmlns:x='https://wordpress.org/export/1.7/'><x:post_id xmlns:x='u'/><x:post_id/></rss>")
        .map(\.space)
        == [.plain, .other, .wordPress])
    #expect(
      names("<rss xmlns:a='http://wordpress.org/export/1.2/excerpt/'><a:encoded/></rss>")[1].space == .excerpt
    )
  }

  @Test(
    "ten times the input takes about ten times the steps",
    arguments: [
      ("<a>", ""), ("<", ""), ("&", ""), ("<a b=\"", ""), ("<a b='<", ""), ("<!--", ""), ("<![CDATA[", ""),
      ("<?a ", ""),
      ("<!DOCTYPE a [", ""), ("</a>", ""), ("<a></b>", ""), ("<a x='1' ", ""), ("<p><![CDATA[</p>", ""),
      ("]]>", ""),
      ("<!", ""), ("<i>&l;", "</i>"), ("<x y='z'/>", ""), ("<a xmlns:b='c'>", ""), ("<item><title><b>", ""),
      ("<item></title><!-- -->", ""), ("<p></q></p></rss>", ""),
    ])
  func linear(unit: String, end: String) {
    func operations(_ count: Int) -> Int {
      let document = "<rss>" + String(repeating: unit, count: count) + String(repeating: end, count: count)
      var reader = XMLRecordReader(
        XMLTokenizer(XMLWindow(Source(path: [], bytes: Array(document.utf8)), charset: XMLCharset())),
        plan: .feed)
      while reader.next() != .finish {}
      return reader.tokenizer.operations
    }
    let (small, large) = (operations(2_000), operations(20_000))
    #expect(large <= 12 * small, "\(unit): \(small) steps, then \(large)")
    #expect(small < 2_000 * 64, "\(unit): \(small) steps")
  }

  @Test("elements nested a hundred thousand deep, and attributes without end")
  func depth() {
    let deep = String(repeating: "<x>", count: 100_000)
    var tokenizer = XMLTokenizer(
      XMLWindow(Source(path: [], bytes: Array("<a>\(deep)y</a>".utf8)), charset: XMLCharset()))
    var (starts, ends) = (0, 0)
    reading: while true {
      switch tokenizer.next() {
      case .start: starts += 1
      case .end: ends += 1
      case .finish: break reading
      default: continue
      }
    }
    #expect(starts == 100_001 && ends == starts)
    let attributes = (0..<1000).map { "id='\($0)'" }.joined(separator: " ")
    tokenizer = XMLTokenizer(
      XMLWindow(Source(path: [], bytes: Array("<a \(attributes)>".utf8)), charset: XMLCharset()))
    _ = tokenizer.next()
    #expect(tokenizer.attributes.count == XMLTag.attributeLimit)
  }

  @Test("references are replaced once, controls become substitutes, declared entities stay")
  func references() {
    func text(_ written: String) -> String {
      var output: [UInt8] = []
      let bytes = Array(written.utf8)
      XMLReferences.append(bytes, 0..<bytes.count, to: &output)
      return String(decoding: output, as: UTF8.self)
    }
    #expect(text("a &lt;b&gt; &amp;amp; &#228;&#xE4; AT&T &") == "a <b> &amp; ää AT&T &")
    #expect(text("&nbsp;&hellip;&unknown;&l9;") == "\u{A0}…&unknown;&l9;")
    #expect(text("&#27;&#0;&#1;&#x7F;&#xFFFE;&#xD800;\u{1B}\0") == String(repeating: "\u{FFFD}", count: 8))
    #expect(!text("&#155;&#128;").unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
  }
}
