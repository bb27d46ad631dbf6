import Bytes
import Discussion

/// A saved page as plain text: one post or several, and the comments under them.
///
/// The rules come from what blog and forum software prints around words. What the page does not say
/// stays unknown.
struct TextPage {
  /// The short name of the format.
  static let format = "text-page"

  /// The page's text.
  let utf8: [UInt8]
  /// Its lines.
  var lines: [PageLine]
  /// Reads its dates.
  let dates: PageDateFinder

  /// Scans a page.
  /// - Complexity: O(`utf8.count`).
  init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    lines = PageLine.scan(utf8)
    dates = PageDateFinder(order: DayOrder.of(utf8, lines))
  }

  /// Reads a page of plain text.
  static func read(_ source: Source, into intake: Intake) {
    let text = DecodedText(source.readAll(), override: intake.options.charset)
    intake.reportRepairs(of: text)
    let discussions = TextPage(text.utf8).discussions(path: source.path)
    if discussions.isEmpty { intake.report(ProblemSentence.noText) }
    for discussion in discussions { intake.take(discussion) }
  }

  /// The folded content of a line; nil for blank and long ones.
  func phrase(_ line: Int) -> Phrase? { Phrase(utf8, lines[line].content) }

  /// The date that a line holds and nothing else.
  func wholeDate(_ line: Int) -> PageDate? { phrase(line).flatMap(dates.whole) }

  /// The discussions of the page; none when it holds no text.
  func discussions(path: [UInt8]) -> [ParsedDiscussion] {
    guard lines.contains(where: { !$0.isBlank }) else { return [] }
    let section = CommentSection.find(in: self)
    var found = PostRegion(
      page: self, range: (section?.bodyStart ?? 0)..<(section?.bodyEnd ?? lines.count),
      hasTitle: section?.hasTitle ?? true
    ).posts(mayBeSeveral: section == nil, path: path)
    if let section, let last = found.indices.last {
      found[last].comments = section.comments
      found[last].author = section.author ?? found[last].author
      found[last].date = section.date ?? found[last].date
      found[last].declaredComments = section.declared
      found[last].isClosed = section.isClosed ? true : nil
    }
    for index in found.indices {
      found[index].format = TextPage.format
      found[index].sources = [path]
    }
    return found
  }
}

extension DayOrder {
  /// How a page orders day and month, told by its dates in numbers that can only be read one way.
  /// - Complexity: O(bytes of the short lines).
  static func of(_ utf8: [UInt8], _ lines: [PageLine]) -> DayOrder {
    var (dayFirst, monthFirst) = (false, false)
    for line in lines where line.text.count >= 8 && line.text.count <= Phrase.limit {
      guard utf8[line.text].contains(0x2F) else { continue }
      let tokens = DateToken.scan(Array(utf8[line.text]))
      guard tokens.count >= 5 else { continue }
      for start in 0...(tokens.count - 5) {
        guard case .number(let first, let one) = tokens[start].kind, one <= 2, tokens[start + 1].mark == 0x2F,
          case .number(let second, let two) = tokens[start + 2].kind, two <= 2,
          tokens[start + 3].mark == 0x2F,
          case .number(let year, 4) = tokens[start + 4].kind, (1970...2100).contains(year)
        else { continue }
        if first > 12, first <= 31, second <= 12 { dayFirst = true }
        if second > 12, second <= 31, first <= 12 { monthFirst = true }
      }
    }
    return dayFirst == monthFirst ? .unknown : dayFirst ? .dayFirst : .monthFirst
  }
}
