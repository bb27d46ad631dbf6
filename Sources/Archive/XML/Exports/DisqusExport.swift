import Discussion

/// Reads an export of Disqus: the threads of a site, then all posts under them.
///
/// Posts that were deleted keep their place without their words. Posts in the spam are left out, unless
/// somebody answered them. Threads that nobody wrote in are the mere addresses of pages, and left out.
struct DisqusExport {
  private var reader: XMLRecordReader
  private let intake: Intake
  private var threads: [ParsedDiscussion] = []
  private var isLeftOut: [[Bool]] = []
  private var threadByID: [[UInt8]: Int] = [:]
  private var categories: [[UInt8]: [UInt8]] = [:]
  private var categoryOfThread: [(thread: Int, category: [UInt8])] = []
  private var homeless: Set<Int> = []

  /// A reader at the start of a document.
  init(_ tokenizer: XMLTokenizer, intake: Intake) {
    reader = XMLRecordReader(tokenizer, plan: .disqus)
    self.intake = intake
  }

  /// Reads the document to its end.
  mutating func read() {
    reading: while true {
      switch reader.next() {
      case .begin: break
      case .end:
        switch reader.record.name.word {
        case .thread: addThread(reader.record)
        case .post:
          if !reader.record.isPartial || id(reader.record, of: .thread) != nil { addPost(reader.record) }
        default: addCategory(reader.record)
        }
      case .finish: break reading
      }
      reader.reportFlaws(to: intake)
      if intake.isCancelled { break }
    }
    deliver()
    reader.reportRepairs(to: intake)
  }

  private func id(_ record: XMLRecord) -> [UInt8]? { record.attribute(.id, .disqus) ?? record.attribute(.id) }

  private func id(_ record: XMLRecord, of word: XMLWord) -> [UInt8]? {
    record.first(word).flatMap { record.attribute(.id, .disqus, of: $0) ?? record.attribute(.id, of: $0) }
  }

  private mutating func addCategory(_ record: XMLRecord) {
    guard let id = id(record), let title = ShortLine.name(record.value(.title)) else { return }
    categories[id] = title
  }

  private mutating func thread(_ id: [UInt8]?) -> Int {
    let key = id ?? []
    if let known = threadByID[key] { return known }
    threadByID[key] = threads.count
    threads.append(ParsedDiscussion(format: "disqus", nativeID: id.map { Array("disqus:thread:".utf8) + $0 }))
    isLeftOut.append([])
    homeless.insert(threads.count - 1)
    return threads.count - 1
  }

  private mutating func addThread(_ record: XMLRecord) {
    let index = thread(id(record))
    guard homeless.remove(index) != nil else { return }
    let link = record.value(.link).flatMap {
      RelativeReference.isWeb($0) && $0.count <= ShortLine.addressLimit ? $0 : nil
    }
    let identifier = record.value(.id).flatMap { RelativeReference.isWeb($0) ? $0 : nil }
    threads[index].url = link ?? identifier
    threads[index].title = FeedText.line(record, record.first(.title), isAtom: false)
    threads[index].author = FeedAuthor.names(in: record)
    threads[index].date = MachineDate.parse(record.value(.createdAt))
    threads[index].isClosed = record.value(.isClosed).map { $0 == Array("true".utf8) }
    threads[index].body = HTMLText.parsed(record.value(.message) ?? [])
    threads[index].line = record.line
    if let category = id(record, of: .category) { categoryOfThread.append((index, category)) }
  }

  private mutating func addPost(_ record: XMLRecord) {
    let index = thread(id(record, of: .thread))
    let isTrue = Array("true".utf8)
    let isSpam = record.value(.isSpam) == isTrue
    let isDeleted = record.value(.isDeleted) == isTrue
    var comment = ParsedComment(
      nativeID: id(record).map { Array("disqus:".utf8) + $0 }, author: author(of: record),
      date: MachineDate.parse(record.value(.createdAt)), isRemoved: isDeleted, line: record.line)
    if !isDeleted { comment.text = HTMLText.parsed(record.value(.message) ?? []) }
    if let parent = id(record, of: .parent) { comment.parent = .id(Array("disqus:".utf8) + parent) }
    threads[index].comments.append(comment)
    isLeftOut[index].append(isSpam)
  }

  private func author(of record: XMLRecord) -> [UInt8]? {
    if let name = FeedAuthor.names(in: record) { return name }
    return record.all(.author).first.flatMap { author in
      record.all(.username, in: author).first.flatMap { ShortLine.name(record.value(of: $0)) }
    }
  }

  private mutating func deliver() {
    for (thread, category) in categoryOfThread {
      if let title = categories[category] { threads[thread].categories = [title] }
    }
    let spam = isLeftOut.reduce(0) { $0 + $1.count { $0 } }
    var empty = 0
    let lost = homeless.reduce(0) { $0 + threads[$1].comments.count }
    for (index, thread) in threads.enumerated() {
      var thread = thread
      thread.comments = RemovedPlaces.prune(thread.comments, isLeftOut: isLeftOut[index])
      if thread.comments.isEmpty, thread.body.utf8.isEmpty {
        empty += 1
      } else {
        intake.take(thread)
      }
    }
    threads = []
    if spam > 0 {
      intake.note(
        spam == 1 ? "1 comment in the spam is left out" : "\(spam) comments in the spam are left out")
    }
    if lost > 0 {
      intake.report(
        lost == 1
          ? "1 comment is of a thread that is missing" : "\(lost) comments are of threads that are missing")
    }
    if empty > 0 {
      intake.note(
        empty == 1 ? "1 thread without words is left out" : "\(empty) threads without words are left out")
    }
  }
}
