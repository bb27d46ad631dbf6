import Discussion

/// A question with answers, and short comments under each, as Stack Exchange prints them: bare numbers of
/// votes over a text, a bare number of comments over a list, `6 Answers` between.
struct QuestionStyle {
  private let page: TextPage
  private var comments: [ParsedComment] = []
  private var bodyEnd: Int?
  /// Index of the answer that comments belong to now; nil for the question.
  private var answer: Int?
  private var text = TextAssembly()
  private var start: Int?
  private var votes: Int32?
  private var isInAnswers = false
  private var isClosing = false

  private init(_ page: TextPage) { self.page = page }

  /// Reads a page of this style; nil for any other.
  static func read(_ page: TextPage) -> CommentSection? {
    guard isQuestionPage(page) else { return nil }
    var style = QuestionStyle(page)
    style.take()
    guard !style.comments.isEmpty else { return nil }
    var section = CommentSection(
      bodyEnd: style.bodyEnd ?? page.lines.count, declared: nil, isClosed: false, comments: style.comments)
    let start = page.lines.indices.first { !page.lines[$0].isBlank && style.number($0) == nil } ?? 0
    section.bodyStart = min(start, section.bodyEnd)
    section.hasTitle = section.bodyStart == 0 && page.lines.first.map { !$0.isBlank } ?? false
    return section
  }

  /// Whether both a number of answers (or a comment link) and a bare number over a list stand on the page.
  private static func isQuestionPage(_ page: TextPage) -> Bool {
    let style = QuestionStyle(page)
    var (hasAnswers, hasList) = (false, false)
    for line in page.lines.indices where page.lines[line].indent < 2 {
      guard let phrase = page.phrase(line) else { continue }
      if style.isAnswersHeading(phrase) || phrase.starts(with: "add a comment |")
        || phrase.starts(with: "sign up to request clarification")
      {
        hasAnswers = true
      } else if style.number(line) != nil, style.isListUnder(line) || style.isVote(line) {
        hasList = true
      }
      if hasAnswers, hasList { return true }
    }
    return false
  }

  private mutating func take() {
    var line = 0
    while line < page.lines.count {
      if page.lines[line].isBlank {
        text.endParagraph()
      } else if page.lines[line].indent < 2, let phrase = page.phrase(line) {
        if isEnd(phrase) { break }
        if isAnswersHeading(phrase) {
          finishAnswer(at: line)
          isInAnswers = true
        } else if number(line) != nil, isListUnder(line) {
          finishAnswer(at: line)
          line = takeList(from: line + 1)
          continue
        } else if isCommentCount(phrase) {
          finishAnswer(at: line)
          line = takeLines(from: line + 1)
          continue
        } else if isInAnswers, isVote(line), let count = number(line) {
          finishAnswer(at: line)
          (votes, answer, isClosing) = (Int32(clamping: count), nil, false)
          start = line
        } else if !phrase.starts(with: "add a comment"), !phrase.starts(with: "sign up to request"),
          !isClosing
        {
          text.append(page.utf8[page.lines[line].text])
        }
      } else if !isClosing {
        text.append(page.utf8[page.lines[line].text], isListItem: page.lines[line].isItem)
      }
      line += 1
    }
    finishAnswer(at: line)
  }

  /// The text before a line is complete: the question's once, an answer's each time.
  private mutating func finishAnswer(at line: Int) {
    bodyEnd = bodyEnd ?? line
    defer { (text, isClosing) = (TextAssembly(), true) }
    guard isInAnswers, let start else { return }
    let words = text.finish()
    self.start = nil
    guard !words.utf8.isEmpty else { return }
    answer = comments.count
    comments.append(
      ParsedComment(kind: .answer, score: votes, text: words, line: page.number(of: start)))
  }

  /// Takes a tight list of comments; returns the line after it.
  private mutating func takeList(from first: Int) -> Int {
    var line = first
    var item: [Range<Int>] = []
    var itemLine = first
    let indent = page.lines[first].indent
    while line < page.lines.count {
      let current = page.lines[line]
      guard !current.isBlank, current.indent >= 2 else { break }
      if current.isItem, current.indent == indent {
        add(item, line: itemLine)
        (item, itemLine) = ([], line)
        item.append(current.content)
      } else {
        item.append(current.text)
      }
      line += 1
    }
    add(item, line: itemLine)
    return line
  }

  /// Takes comments that stand one a line until a bar or a blank line.
  private mutating func takeLines(from first: Int) -> Int {
    var line = first
    while line < page.lines.count, page.lines[line].isBlank { line += 1 }
    // A vote over the next answer: there were no comments.
    if line < page.lines.count, number(line) != nil { return line }
    while line < page.lines.count, !page.lines[line].isBlank, number(line) == nil {
      let text = page.utf8[page.lines[line].text]
      if text.elementsEqual([0x7C]) { return line + 1 }
      add([page.lines[line].text], line: line)
      line += 1
    }
    return line
  }

  /// One comment: votes in front, the author and date behind when they are there.
  private mutating func add(_ ranges: [Range<Int>], line: Int) {
    var lines = ranges.filter { !$0.isEmpty }.map { Array(page.utf8[$0]) }
    var score: Int32?
    if lines.count > 1, let votes = QuestionStyle.digits(lines[0][...]) {
      score = Int32(clamping: votes)
      lines.removeFirst()
    }
    var author: [UInt8]?
    var date: Timestamp?
    if lines.count > 2, let name = QuestionStyle.signature(lines[lines.count - 2]) {
      (author, date) = (name, page.dates.whole(Phrase(folding: lines[lines.count - 1]))?.timestamp)
      lines.removeLast(2)
    } else if lines.count > 1, let name = QuestionStyle.signature(lines[lines.count - 1]) {
      author = name
      lines.removeLast()
    }
    if let last = lines.last, let cut = CommentedStamp.find(in: last, dates: page.dates) {
      date = date ?? cut.date
      lines[lines.count - 1] = Array(last[..<cut.start])
    }
    var text = TextAssembly()
    for line in lines { text.append(Name.trimmed(line[...])) }
    let words = text.finish()
    guard !words.utf8.isEmpty else { return }
    comments.append(
      ParsedComment(
        parent: answer.map { .comment($0) } ?? .post, author: author, date: date, score: score, text: words,
        line: page.number(of: line)))
  }

  /// `– Vogel612`.
  private static func signature(_ line: [UInt8]) -> [UInt8]? {
    guard line.starts(with: [0xE2, 0x80, 0x93, 0x20]), line.count <= 64 else { return nil }
    return Array(Name.trimmed(line[4...]))
  }

  private func isAnswersHeading(_ phrase: Phrase) -> Bool {
    guard let first = phrase.utf8.first, first &- 0x30 < 10, phrase.utf8.count <= 24 else { return false }
    let words = phrase.words
    guard words.count == 2, QuestionStyle.digits(words[0]) != nil else { return false }
    return [StaticText("answers"), "answer", "antworten", "respuestas", "réponses"].contains {
      words[1].elementsEqual($0.utf8)
    }
  }

  private func isCommentCount(_ phrase: Phrase) -> Bool {
    guard let first = phrase.utf8.first, first &- 0x30 < 10 || first == 0x63, phrase.utf8.count <= 24 else {
      return false
    }
    let words = phrase.words
    if words.count == 1 { return isInAnswers && phrase.is("comments") }
    return words.count == 2 && QuestionStyle.digits(words[0]) != nil
      && (phrase.ends(with: " comments") || phrase.ends(with: " comment"))
  }

  private func isEnd(_ phrase: Phrase) -> Bool {
    phrase.starts(with: "you must log in to answer")
      || phrase.starts(with: "not the answer you're looking for")
      || phrase.is("your answer") || phrase.starts(with: "start asking to get answers")
      || phrase.starts(with: "highly active question")
  }

  private func number(_ line: Int) -> Int? {
    guard page.lines[line].indent < 2, page.lines[line].text.count <= 7 else { return nil }
    return QuestionStyle.digits(page.utf8[page.lines[line].text])
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    let unsigned = bytes.first == 0x2D ? bytes.dropFirst() : bytes
    guard (1...6).contains(unsigned.count), unsigned.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self))
  }

  private func isListUnder(_ line: Int) -> Bool {
    line + 1 < page.lines.count && page.lines[line + 1].isItem
  }

  /// A number with a blank line under it and none of a paragraph right above.
  private func isVote(_ line: Int) -> Bool {
    guard number(line) != nil, line + 1 < page.lines.count, page.lines[line + 1].isBlank else { return false }
    guard line > 0 else { return true }
    let above = page.lines[line - 1]
    if above.isBlank || above.indent >= 2 { return true }
    guard let phrase = page.phrase(line - 1) else { return page.lines[line - 1].text.count > Phrase.limit }
    // The number of comments of the answer above: none.
    if number(line - 1) == 0, line < 2 || page.lines[line - 2].isBlank { return true }
    return phrase.starts(with: "add a comment") || phrase.is("|") || isAnswersHeading(phrase)
  }
}

/// `Commented Feb 7, 2014 at 10:53` behind a comment on the same line.
struct CommentedStamp {
  /// Offset where the stamp begins.
  var start: Int
  var date: Timestamp?

  static func find(in line: [UInt8], dates: PageDateFinder) -> CommentedStamp? {
    let window = line.suffix(48)
    guard let place = Array(window).firstRange(of: Array("Commented ".utf8)) else { return nil }
    let start = window.startIndex + place.lowerBound
    guard let found = dates.whole(Phrase(folding: line[(start + 10)...])) else { return nil }
    return CommentedStamp(start: start, date: found.timestamp)
  }
}
