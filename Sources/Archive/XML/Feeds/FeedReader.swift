import Discussion

/// Reads RSS, RDF and Atom, and the exports that are written in them.
///
/// Items are posts; items that say that they answer something, or whose address is that of a comment, are
/// comments and go to their posts, in this document or elsewhere.
struct FeedReader {
  private var reader: XMLRecordReader
  private let intake: Intake
  private var context = FeedContext()
  private var hasContext = false
  private var isAtom = false
  private var isExport = false
  private var blog = WordPressBlog()
  private var comments = WordPressComments()
  private var thread = FeedThread()
  private var trashed = 0

  /// A reader at the start of a document.
  init(_ tokenizer: XMLTokenizer, intake: Intake) {
    reader = XMLRecordReader(tokenizer, plan: .feed)
    self.intake = intake
  }

  /// Reads the document to its end.
  mutating func read() {
    reading: while true {
      switch reader.next() {
      case .begin:
        if reader.open.name.word == .item || reader.open.name.word == .entry {
          comments = WordPressComments()
        }
      case .end: take()
      case .finish: break reading
      }
      reader.reportFlaws(to: intake)
      if intake.isCancelled { break }
    }
    let feed = FeedContext(reader.document, isAtom: isAtom, bases: reader.bases, path: intake.path)
    for discussion in thread.join(feed, into: intake) { intake.take(discussion) }
    if !hasContext, !intake.isCancelled { intake.report("a feed without items") }
    report()
  }

  private mutating func take() {
    let record = reader.record
    switch record.name.word {
    case .comment:
      if !record.isPartial || record.value(.commentContent, .wordPress) != nil { comments.add(record) }
    case .author: blog.addAuthor(record)
    default:
      if !hasContext {
        isAtom = record.name.word == .entry
        context = FeedContext(reader.document, isAtom: isAtom, bases: reader.bases, path: intake.path)
        blog.learn(reader.document, page: context.page)
        hasContext = true
      }
      if WordPressItem.isOne(record) || !comments.isEmpty {
        isExport = true
        guard let post = WordPressItem(record, of: blog, in: context).discussion(comments) else { return }
        trashed += comments.leftOut
        intake.take(post)
      } else if let kind = BloggerKind(record) {
        takeBlogger(record, kind)
      } else {
        let entry = FeedEntry(record, in: context)
        if record.isPartial, entry.title.isEmpty, entry.body.utf8.isEmpty { return }
        thread.add(entry, in: context, isExport: isExport)
      }
    }
  }

  private mutating func takeBlogger(_ record: XMLRecord, _ kind: BloggerKind) {
    switch kind {
    case .settings: break
    case .post: thread.add(post: FeedEntry(record, in: context), format: "blogger")
    case .comment:
      if BloggerKind.isTrash(record) {
        trashed += 1
      } else {
        thread.add(
          comment: BloggerKind.comment(FeedEntry(record, in: context), of: record, in: context),
          format: "blogger")
      }
    }
  }

  private mutating func report() {
    if trashed > 0 {
      intake.note(
        trashed == 1
          ? "1 comment in the spam or the trash is left out"
          : "\(trashed) comments in the spam or the trash are left out")
    }
    reader.reportRepairs(to: intake)
  }
}

extension XMLRecordReader {
  /// Tells of what the document broke since the last call.
  mutating func reportFlaws(to intake: Intake) {
    if record.isCut {
      intake.report(
        "an entry of more than \(XMLRecord.limit >> 20) MiB is cut", line: record.line,
        byteOffset: record.byteOffset)
      forgetCut()
    }
    guard !tokenizer.flaws.isEmpty else { return }
    for flaw in tokenizer.flaws { intake.report(flaw.message, line: flaw.line, byteOffset: flaw.byteOffset) }
    tokenizer.flaws = []
  }

  /// Tells what had to be mended in the values.
  mutating func reportRepairs(to intake: Intake) {
    reportFlaws(to: intake)
    let charset = tokenizer.window.charset
    if charset.replaced > 0 { intake.report(ProblemSentence.repaired(charset.replaced, as: charset.charset)) }
    if charset.marksCut > 0 { intake.report(ProblemSentence.marksCut(charset.marksCut)) }
  }
}
