import Discussion

/// Which of a page's blocks is the post that opened the talk.
enum OpeningPost {
  /// The first block when the blocks are posts of a forum and the page is the talk's first; a question
  /// before its answers is found as the page's body.
  static func index(_ blocks: [CommentBlock], _ page: PageElements, _ head: PageHead) -> Int? {
    guard let first = blocks.first, first.outer == nil else { return nil }
    guard first.word.contains(.post), !first.word.contains(.comment), !first.word.contains(.comments) else {
      return nil
    }
    // Where posts answer each other they are comments on something else.
    if !first.word.contains(.question), blocks.contains(where: { $0.outer.map { $0 != 0 } ?? false }) {
      return nil
    }
    if !first.word.contains(.question), blocks.count > 1, blocks[1...].contains(where: { $0.outer == 0 }),
      !page.facts[first.range.lowerBound].contains(.item)
    {
      return nil
    }
    return isLaterPage(head.url) && !first.word.contains(.question) ? nil : 0
  }

  /// Whether an address is that of a second or later page of a talk: `/page-2`, `?page=2`, `&start=25`.
  private static func isLaterPage(_ url: [UInt8]?) -> Bool {
    guard let url else { return false }
    for (mark, first) in [
      ("/page-", 2), ("/page/", 2), ("page=", 2), ("start=", 1), ("/page", 2), ("-page-", 2), ("/p", 2),
    ] {
      let mark = Array(mark.utf8)
      guard let place = url.lastRange(of: mark) else { continue }
      let digits = url[place.upperBound...].prefix { $0 &- 0x30 < 10 }
      guard (1...6).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else {
        continue
      }
      let after = place.upperBound + digits.count
      let isWhole = after == url.count || [0x2F, 0x23, 0x26, 0x3F, 0x2E].contains(url[after])
      if isWhole, number >= first { return true }
    }
    return false
  }
}

extension [UInt8] {
  /// The last place where a needle stands. Only for short texts.
  fileprivate func lastRange(of needle: [UInt8]) -> Range<Int>? {
    guard !needle.isEmpty, needle.count <= count else { return nil }
    for start in (0...(count - needle.count)).reversed()
    where self[start] == needle[0] && self[start..<start + needle.count].elementsEqual(needle) {
      return start..<start + needle.count
    }
    return nil
  }
}

/// How many comments a page claims to have, and whether they are closed.
enum CommentCount {
  /// The number in a heading over the comments or in microdata.
  static func declared(_ page: PageElements, _ head: PageHead) -> Int? {
    let tree = page.tree
    var found: Int?
    for node in 0..<tree.count {
      switch tree.tag(node) {
      case .h1, .h2, .h3, .h4, .h5, .h6:
        guard found == nil, page.letterCount(page.subtree(node)) <= 300, !page.facts[node].contains(.unseen)
        else {
          continue
        }
        if let heading = CommentHeading(Phrase(folding: PageText.line(tree, node))),
          let count = heading.declared
        {
          found = count
        }
      case .meta, .span:
        guard let property = tree.value(node, PageAttribute.itemprop) else { continue }
        guard HTMLNameHash.ofLowercased(property.span, 0..<property.count) == commentCount else { continue }
        let value = tree.value(node, PageAttribute.content) ?? PageText.line(tree, node)
        if value.count < 8, let count = Int(String(decoding: value, as: UTF8.self)), count >= 0 {
          return count
        }
      default: break
      }
    }
    return found
  }

  /// Whether the page says in an element of its own that no more comments are taken.
  static func isClosed(_ page: PageElements) -> Bool {
    let tree = page.tree
    for node in 0..<tree.count {
      guard tree.tag(node) == .p || tree.tag(node) == .div || tree.tag(node) == .span,
        page.letterCount(page.subtree(node)) <= 40,
        let classes = tree.valueRange(node, HTMLAttributeName.class)
      else { continue }
      var isMarked = false
      let bytes = tree.bytes.span
      PageElements.eachToken(bytes, classes) { token in
        if closedMarks.contains(HTMLNameHash.ofLowercased(bytes, token)) { isMarked = true }
      }
      if isMarked { return true }
    }
    return false
  }

  private static let commentCount = HTMLNameHash.of("commentcount")
  private static let closedMarks: Set<UInt64> = Set(
    (["nocomments", "no-comments", "comments-closed", "comment-closed", "commentsclosed"] as [StaticString])
      .map {
        HTMLNameHash.of($0)
      })
}

/// How a page orders day and month where only numbers stand.
enum PageDayOrder {
  /// Told by the dates on the page that can only be read one way; else by the page's language, unless that
  /// is one whose speakers do both.
  static func of(_ page: PageElements, language: [UInt8]?) -> DayOrder {
    let tree = page.tree
    var (dayFirst, monthFirst) = (false, false)
    let span = tree.bytes.span
    for node in 0..<tree.count where tree.tag(node) == .text {
      let range = tree.range(node)
      guard (6...80).contains(range.count) else { continue }
      var numbers: [Int] = []
      var separators: [UInt8] = []
      var position = range.lowerBound
      while position < range.upperBound {
        guard span[position] &- 0x30 < 10 else {
          position += 1
          continue
        }
        var value = 0
        let start = position
        while position < range.upperBound, span[position] &- 0x30 < 10 {
          if position - start < 5 { value = value * 10 + Int(span[position] - 0x30) }
          position += 1
        }
        numbers.append(position - start <= 4 ? value : -1)
        separators.append(position < range.upperBound ? span[position] : 0)
        if numbers.count >= 3 { break }
      }
      guard numbers.count == 3, separators[0] == separators[1], separators[0] == 0x2F || separators[0] == 0x2D
      else {
        continue
      }
      guard numbers[2] >= 1970 && numbers[2] <= 2100 || numbers[2] < 100 && numbers[2] >= 0 else { continue }
      if numbers[0] > 12, numbers[0] <= 31, (1...12).contains(numbers[1]) { dayFirst = true }
      if numbers[1] > 12, numbers[1] <= 31, (1...12).contains(numbers[0]) { monthFirst = true }
    }
    if dayFirst != monthFirst { return dayFirst ? .dayFirst : .monthFirst }
    if dayFirst { return .unknown }
    guard let language, language.count >= 2 else { return .unknown }
    let tongue = language.prefix(2).map { $0 | 0x20 }
    return dayFirstTongues.contains(tongue) ? .dayFirst : .unknown
  }

  private static let dayFirstTongues: Set<[UInt8]> = Set(
    ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "da", "nb", "no", "fi", "cs", "el", "tr", "uk"].map
    {
      Array($0.utf8)
    })
}
