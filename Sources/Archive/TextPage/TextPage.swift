import Bytes
import Discussion

/// A saved page as plain text: one post or several, and the comments under them.
///
/// The rules come from what blog, forum and mail software prints around words. What the page does not say
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
  /// What each line is beside somebody's words.
  let traits: [LineTraits]
  /// Counts the lines and bytes that styles look at.
  let steps = StepCounter()
  private let folds: LineFolds

  /// Scans a page: every line is folded, looked up and searched for a date once.
  /// - Complexity: O(`utf8.count`).
  init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    lines = PageLine.scan(utf8)
    dates = PageDateFinder(order: DayOrder.of(utf8, lines))
    folds = LineFolds(utf8, lines)
    traits = lines.indices.map { [folds, dates, lines] line in
      guard let phrase = folds.phrase(line) else { return [] }
      var traits = Furniture.traits(of: phrase)
      if lines[line].indent < 2, CommentHeading(phrase) != nil { traits.insert(.heading) }
      if TextPage.mayHoldDate(phrase), dates.whole(phrase) != nil { traits.insert(.date) }
      return traits
    }
    steps.count += utf8.count + lines.count
  }

  /// Reads a page of plain text.
  static func read(_ source: Source, into intake: Intake) {
    let text = DecodedText(source.readAll(), override: intake.options.charset)
    intake.reportRepairs(of: text)
    let (discussions, unread) = TextPage(text.utf8).discussions(path: source.path)
    if discussions.isEmpty { intake.report(ProblemSentence.noText) }
    for discussion in discussions { intake.take(discussion) }
    if let unread { intake.report(unread.sentence, line: unread.line) }
  }

  /// The folded content of a line; nil for blank and long ones.
  func phrase(_ line: Int) -> Phrase? { folds.phrase(line) }

  /// The date that a line holds and nothing else.
  func wholeDate(_ line: Int) -> PageDate? {
    traits[line].contains(.date) ? phrase(line).flatMap(dates.whole) : nil
  }

  /// The number of a line in its source, from 1.
  func number(of line: Int) -> Int { line + 1 }

  /// The first line at or after one that is not blank.
  func textLine(from start: Int) -> Int? {
    var line = start
    while line < lines.count {
      steps.count += 1
      if !lines[line].isBlank { return line }
      line += 1
    }
    return nil
  }

  /// The last line before one that is not blank.
  func textLine(before end: Int) -> Int? {
    var line = end - 1
    while line >= 0 {
      steps.count += 1
      if !lines[line].isBlank { return line }
      line -= 1
    }
    return nil
  }

  /// The discussions of the page, none when it holds no text; and what speaks for comments that could not
  /// be told apart.
  func discussions(path: [UInt8]) -> ([ParsedDiscussion], UnreadComments?) {
    guard lines.contains(where: { !$0.isBlank }) else { return ([], nil) }
    if let message = MailPage.read(self) { return (finished(message, path: path), nil) }
    let section = CommentSection.find(in: self)
    var found = PostRegion(
      page: self, range: (section?.bodyStart ?? 0)..<(section?.bodyEnd ?? lines.count),
      hasTitle: section?.hasTitle ?? true
    ).posts(mayBeSeveral: section == nil, path: path)
    if let section, let last = found.indices.last {
      found[last].comments = section.comments
      if let title = section.title { found[last].title = Array(Name.trimmed(utf8[title])) }
      found[last].author = section.author ?? found[last].author
      found[last].date = section.date ?? found[last].date
      found[last].declaredComments = section.declared
      found[last].isClosed = section.isClosed ? true : nil
    }
    return (finished(found, path: path), section?.unread)
  }

  private func finished(_ discussions: [ParsedDiscussion], path: [UInt8]) -> [ParsedDiscussion] {
    discussions.map { discussion in
      var discussion = discussion
      discussion.format = TextPage.format
      discussion.sources = [path]
      return discussion
    }
  }

  /// Whether a line is long enough for a date and holds a digit or the word of a day.
  private static func mayHoldDate(_ phrase: Phrase) -> Bool {
    guard phrase.utf8.count > 4, phrase.utf8.count <= 90 else { return false }
    return phrase.utf8.contains { $0 &- 0x30 < 10 } || phrase.utf8.count <= 24
  }
}

/// Comments that a page speaks of and that could not be told apart.
struct UnreadComments: Hashable {
  /// The line that speaks of them, from 1.
  var line: Int
  /// How many it speaks of.
  var declared: Int?

  /// The sentence of the problem.
  var sentence: String { ProblemSentence.unreadComments(declared) }
}

/// Counts steps of work, so that a test can tell that they grow with the input and not with its square.
final class StepCounter {
  var count = 0
}

/// The folded short lines of a page, one after the other in one array.
struct LineFolds {
  private var folded: [UInt8] = []
  private var ends: [Int32] = []

  init(_ utf8: [UInt8], _ lines: [PageLine]) {
    folded.reserveCapacity(utf8.count)
    ends.reserveCapacity(lines.count)
    for line in lines {
      let content = line.content
      if content.count <= Phrase.limit, !content.isEmpty { Phrase.fold(utf8[content], into: &folded) }
      ends.append(Int32(clamping: folded.count))
    }
  }

  /// A line; nil for blank and long ones.
  func phrase(_ line: Int) -> Phrase? {
    let start = line > 0 ? Int(ends[line - 1]) : 0
    let end = Int(ends[line])
    return start < end ? Phrase(folded: folded[start..<end]) : nil
  }
}
