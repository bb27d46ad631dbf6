import Discussion

/// One message on a page of a mailing list's archive, as Pipermail, MHonArc and Hypermail write them.
struct MailArchivePage {
  private(set) var subject: [UInt8]?
  private(set) var author: [UInt8]?
  private(set) var date: Timestamp?
  /// The message's own id, where a link to answer it states it.
  private(set) var messageID: [UInt8]?
  private(set) var text: ParsedText?

  /// Reads the head and the words of a message; nil when the page is none.
  init?(_ page: PageElements) {
    let tree = page.tree
    guard let pre = MailArchivePage.words(page) else { return nil }
    readLabels(page, before: pre)
    if author == nil || date == nil { readByline(page, before: pre) }
    guard author != nil, date != nil else { return nil }
    var parsed = HTMLText.parsed(tree, pre + 1..<max(pre + 1, tree.end(pre)))
    if parsed.utf8.isEmpty { parsed = HTMLText.parsed(tree, page.subtree(pre)) }
    text = MailArchivePage.withQuotes(HTMLText.preformatted(tree, page.subtree(pre)))
    if text?.utf8.isEmpty ?? true { text = parsed }
    findMessageID(tree)
  }

  /// The one preformatted element that holds most of the page's letters.
  private static func words(_ page: PageElements) -> Int? {
    let tree = page.tree
    var best: (node: Int, letters: Int)?
    for node in 0..<tree.count where tree.tag(node) == .pre {
      let letters = page.letterCount(page.subtree(node))
      if letters > best?.letters ?? 0 { best = (node, letters) }
    }
    guard let best, best.letters * 2 > page.letterCount(0..<tree.count) - 600 else { return nil }
    return best.node
  }

  /// `From: Name <address>`, `Date: …`, `Subject: …` above the words, each in an element of its own.
  private mutating func readLabels(_ page: PageElements, before end: Int) {
    let tree = page.tree
    var looked = 0
    for node in 1..<max(1, end) {
      switch tree.tag(node) {
      case .li, .span, .tr, .div, .p, .dd, .strong, .b: break
      default: continue
      }
      let letters = page.letterCount(page.subtree(node))
      guard (6...300).contains(letters), looked < 200 else { continue }
      looked += 1
      let line = PageText.line(tree, node)
      guard let colon = line.prefix(12).firstIndex(of: 0x3A) else { continue }
      let value = Array(Name.trimmed(line[(colon + 1)...]))
      switch String(decoding: Phrase(folding: line[..<colon]).utf8, as: UTF8.self) {
      case "from" where author == nil: author = MailArchivePage.person(value)
      case "date" where date == nil:
        date = MailDate.parse(value) ?? ISODate.parse(value) ?? PageStamp().written(value)
      case "subject" where subject == nil: subject = value
      default: break
      }
    }
  }

  /// Pipermail: the subject as the first heading, then the name in strong letters, the address as a link
  /// and the date in slanted ones.
  private mutating func readByline(_ page: PageElements, before end: Int) {
    let tree = page.tree
    var heading: Int?
    for node in 1..<max(1, end) {
      switch tree.tag(node) {
      case .h1 where heading == nil:
        heading = node
        subject = PageText.line(tree, node)
      case .b where heading != nil && author == nil:
        author = MailArchivePage.person(PageText.line(tree, node))
      case .i where author != nil && date == nil:
        date = MailDate.parse(PageText.line(tree, node)) ?? PageStamp().written(PageText.line(tree, node))
      default: break
      }
    }
  }

  /// A name without its address: `Name <a@b>`, `a at b (Name)`.
  private static func person(_ value: [UInt8]) -> [UInt8]? {
    var name = value[...]
    if let open = value.lastIndex(of: 0x28), value.last == 0x29, open + 1 < value.count - 1 {
      name = value[(open + 1)..<(value.count - 1)]
    } else if let angle = value.firstIndex(of: 0x3C) {
      name = angle > 0 ? value[..<angle] : value[1...].prefix { $0 != 0x3E }
    }
    while let first = name.first, first == 0x22 || first == 0x20 { name = name.dropFirst() }
    while let last = name.last, last == 0x22 || last == 0x20 { name = name.dropLast() }
    return AuthorName.of(Array(name))
  }

  /// The id in `mailto:list@x?Subject=…&In-Reply-To=%3Cid%3E`.
  private mutating func findMessageID(_ tree: HTMLTree) {
    for node in 0..<tree.count where tree.tag(node) == .link || tree.tag(node) == .a {
      guard let address = tree.value(node, HTMLAttributeName.href), address.count < 4_000,
        let place = Phrase(folding: address).utf8.firstRange(of: Array("in-reply-to=".utf8)),
        place.upperBound <= address.count
      else { continue }
      let encoded = address[place.upperBound...].prefix { $0 != 0x26 }
      var id = MailArchivePage.decoded(encoded)
      id.removeAll { $0 == 0x3C || $0 == 0x3E || $0 <= 0x20 }
      if id.contains(0x40), id.count < 500 {
        messageID = id
        return
      }
    }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value < 0x80
      {
        output.append(value)
        rest = rest.dropFirst(2)
      } else {
        output.append(byte)
      }
    }
    return output
  }

  /// Lines that begin with `>` are quoted.
  private static func withQuotes(_ text: ParsedText) -> ParsedText {
    var quotes: [RoleSpan] = []
    var start = 0
    var open: Int?
    let bytes = text.utf8
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if bytes[start] == 0x3E {
        open = open ?? start
      } else if let first = open {
        var last = start - 1
        while last > first, bytes[last - 1] == 0x0A { last -= 1 }
        quotes.append(RoleSpan(first..<last, .quote))
        open = nil
      }
      start = end + 1
    }
    if let open { quotes.append(RoleSpan(open..<bytes.count, .quote)) }
    var text = text
    // A role that reaches over a quotation's edge is given up.
    text.spans.removeAll { span in
      quotes.contains { quote in
        quote.bytes.overlaps(span.bytes) && quote.bytes.clamped(to: span.bytes) != span.bytes
          && quote.bytes.clamped(to: span.bytes) != quote.bytes
      }
    }
    text.spans = (text.spans + quotes).sorted {
      ($0.bytes.lowerBound, -$0.bytes.upperBound) < ($1.bytes.lowerBound, -$1.bytes.upperBound)
    }
    return text
  }
}
