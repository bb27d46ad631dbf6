import Bytes
import Discussion

/// Reads the words of threads and hands each over as one discussion.
struct MailDelivery {
  private let index: MailIndex
  private let threads: MailThreads
  private let importer: Importer
  /// Duplicates by the thread of the message whose id they have.
  private var duplicatesOf: [Int32: [(message: Int32, first: Int32)]] = [:]
  /// What was odd about the messages of each source.
  private var oddities: [[UInt8]: Oddities] = [:]

  private struct Oddities {
    var replaced = 0
    var replacedMessages = 0
    var damaged = 0
    var different = 0
    var failure: FileError?
  }

  init(_ index: MailIndex, _ threads: MailThreads, importer: Importer) {
    self.index = index
    self.threads = threads
    self.importer = importer
    guard !threads.duplicates.isEmpty else { return }
    var threadOf: [Int32: Int32] = [:]
    for duplicate in threads.duplicates { threadOf[duplicate.first] = -1 }
    for (number, thread) in threads.threads.enumerated() {
      for message in thread.messages where threadOf[message] != nil {
        threadOf[message] = Int32(truncatingIfNeeded: number)
      }
    }
    for duplicate in threads.duplicates {
      if let thread = threadOf[duplicate.first] { duplicatesOf[thread, default: []].append(duplicate) }
    }
  }

  /// Messages that have the id of one in a thread.
  func duplicates(of thread: Int) -> [Int32] {
    duplicatesOf[Int32(truncatingIfNeeded: thread)]?.map(\.message) ?? []
  }

  /// Reads a thread, hands it over and remembers where its messages went.
  /// - Complexity: O(bytes of its messages + n log n in their number).
  mutating func handOver(_ number: Int, _ known: inout KnownMail) {
    let thread = threads.threads[number]
    var discussion = ParsedDiscussion(format: "mail")
    var post: Int32 = -1
    if case .message(let message) = thread.top { post = message }
    // Read in the order of the source, which is the fast one for files; listed in the order of time.
    var comments: [ParsedComment] = []
    comments.reserveCapacity(thread.messages.count)
    var first: MailMessage?
    var topID: [UInt8]?
    for message in thread.messages {
      let row = index.rows[Int(message)]
      let read = self.message(row, opensDiscussion: message == post || post < 0 && first == nil)
      add(source: index.sources[Int(row.source)].path, to: &discussion)
      if first == nil { first = read }
      if message == post {
        open(&discussion, read, row)
        continue
      }
      var comment = ParsedComment(
        nativeID: read.id, author: read.author, date: read.date, text: read.text)
      if let above = threads.knownParent[message], let id = referred(row, above) { comment.parent = .id(id) }
      if case .missing(let id) = thread.top, topID == nil { topID = referred(row, id) }
      comments.append(comment)
    }
    order(&comments, thread, post)
    discussion.comments = comments
    switch thread.top {
    case .message: break
    case .known(let number): discussion.nativeID = known.id(ofDiscussion: number)
    case .missing, .subject:
      discussion.title = SubjectKey.withoutMarks(first?.subject ?? [])
      discussion.categories = first?.categories ?? []
      discussion.nativeID = topID ?? first?.id.map { Array("re:".utf8) + $0 }
    }
    addDuplicates(of: number, post, &discussion)
    remember(thread, discussion, post, &known)
    importer.deliver(discussion)
  }

  private func open(_ discussion: inout ParsedDiscussion, _ read: MailMessage, _ row: MailRow) {
    discussion.title = row.isReply ? SubjectKey.withoutMarks(read.subject) : read.subject
    discussion.author = read.author
    discussion.date = read.date
    discussion.nativeID = read.id
    discussion.categories = read.categories
    discussion.url = read.url
    discussion.body = read.text
  }

  private func add(source path: [UInt8], to discussion: inout ParsedDiscussion) {
    if discussion.sources.last != path, !discussion.sources.contains(path) { discussion.sources.append(path) }
  }

  /// Puts comments in the order of time and links them; one without a date stays behind the one before it
  /// in the source.
  private func order(_ comments: inout [ParsedComment], _ thread: MailThreads.Thread, _ post: Int32) {
    let messages = thread.messages.filter { $0 != post }
    guard messages.count == comments.count else { return }
    var dates: [Int64] = []
    dates.reserveCapacity(messages.count)
    var isOrdered = true
    for message in messages {
      let date = index.rows[Int(message)].date
      let last = dates.last ?? .min
      if date != .min, date < last { isOrdered = false }
      dates.append(date == .min ? last : date)
    }
    var order = Array(messages.indices)
    if !isOrdered { order.sort { (dates[$0], $0) < (dates[$1], $1) } }
    var placeOf = [Int](repeating: 0, count: order.count)
    for (place, member) in order.enumerated() { placeOf[member] = place }
    for (member, message) in messages.enumerated() {
      let above = threads.parent[Int(message)]
      guard above >= 0, above != post, let parent = MailDelivery.position(of: above, in: messages) else {
        continue
      }
      comments[member].parent = .comment(placeOf[parent])
    }
    if !isOrdered { comments = order.map { comments[$0] } }
  }

  private static func position(of message: Int32, in messages: [Int32]) -> Int? {
    var low = 0
    var high = messages.count
    while low < high {
      let middle = (low + high) / 2
      if messages[middle] < message { low = middle + 1 } else { high = middle }
    }
    return low < messages.count && messages[low] == message ? low : nil
  }

  /// Unites copies of a message with it; one of another date and with other words is kept beside it,
  /// without the id that is not its own.
  private mutating func addDuplicates(of thread: Int, _ post: Int32, _ discussion: inout ParsedDiscussion) {
    guard let duplicates = duplicatesOf[Int32(truncatingIfNeeded: thread)] else { return }
    let kept = discussion.comments.count
    for duplicate in duplicates {
      let row = index.rows[Int(duplicate.message)]
      let first = index.rows[Int(duplicate.first)]
      add(source: index.sources[Int(row.source)].path, to: &discussion)
      if row.date != .min, row.date == first.date { continue }
      let read = message(row, opensDiscussion: false)
      let place =
        duplicate.first == post ? nil : discussion.comments[..<kept].firstIndex { $0.nativeID == read.id }
      let text = place.map { discussion.comments[$0].text } ?? discussion.body
      if read.text == text { continue }
      oddities[index.sources[Int(row.source)].path, default: Oddities()].different += 1
      discussion.comments.append(
        ParsedComment(
          parent: place.map { discussion.comments[$0].parent } ?? .post, author: read.author,
          date: read.date, text: read.text))
    }
  }

  private func remember(
    _ thread: MailThreads.Thread, _ discussion: ParsedDiscussion, _ post: Int32, _ known: inout KnownMail
  ) {
    guard let id = discussion.nativeID else { return }
    let number: Int32
    if case .known(let earlier) = thread.top {
      number = earlier
    } else {
      number = known.enter(discussion: id)
    }
    for message in thread.messages {
      let row = index.rows[Int(message)]
      known.enter(row.id, date: row.date, discussion: number)
    }
    if case .missing(let id) = thread.top { known.enter(id, date: KnownMail.missing, discussion: number) }
    if post >= 0, !index.rows[Int(post)].isReply {
      known.enter(
        subject: index.rows[Int(post)].subject, date: index.rows[Int(post)].date, discussion: number)
    }
  }

  /// Tells the library of sources that hold messages which were handed over before.
  mutating func handOverRepeated(_ known: KnownMail) {
    var seen: Set<[Int32]> = []
    for repeated in threads.repeated {
      let row = index.rows[Int(repeated.message)]
      let isCopy = row.date == repeated.date || row.date == .min
      if isCopy, !seen.insert([repeated.discussion, row.source]).inserted { continue }
      var discussion = ParsedDiscussion(
        format: "mail", nativeID: known.id(ofDiscussion: repeated.discussion),
        sources: [index.sources[Int(row.source)].path])
      if !isCopy {
        let read = message(row, opensDiscussion: false)
        discussion.comments = [ParsedComment(author: read.author, date: read.date, text: read.text)]
        oddities[index.sources[Int(row.source)].path, default: Oddities()].different += 1
      }
      importer.deliver(discussion)
    }
  }

  private mutating func message(_ row: MailRow, opensDiscussion: Bool) -> MailMessage {
    let source = index.sources[Int(row.source)]
    do throws(FileError) {
      let (bytes, range) = try source.bytes(row.offset, Int(row.length))
      let read = MailMessage(
        bytes, range, isStuffed: row.isStuffed, opensDiscussion: opensDiscussion,
        override: importer.options.charset)
      if read.replaced > 0 {
        oddities[source.path, default: Oddities()].replaced += read.replaced
        oddities[source.path, default: Oddities()].replacedMessages += 1
      }
      if read.isDamaged { oddities[source.path, default: Oddities()].damaged += 1 }
      return read
    } catch {
      oddities[source.path, default: Oddities()].failure = error
      return MailMessage()
    }
  }

  /// The id with a fingerprint, out of the references of a message.
  private func referred(_ row: MailRow, _ fingerprint: UInt64) -> [UInt8]? {
    let source = index.sources[Int(row.source)]
    guard let (bytes, range) = try? source.bytes(row.offset, Int(row.length)) else { return nil }
    let span = bytes.span
    let fields = MailFields(span, range)
    for field in [fields[.references], fields[.inReplyTo]] {
      guard let field else { continue }
      var position = field.lowerBound
      while let id = MessageIDs.next(span, field.upperBound, &position) {
        if MessageIDs.fingerprint(span, id) == fingerprint { return DecodedText.valid(Array(bytes[id])) }
      }
    }
    return nil
  }

  /// Reports what was odd, source by source.
  func report() {
    for (path, odd) in oddities.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let intake = Intake(path: path, importer: importer)
      if let failure = odd.failure { intake.report(ProblemSentence.of(failure)) }
      if odd.replaced > 0 { intake.report(MailSentence.replaced(odd.replaced, in: odd.replacedMessages)) }
      if odd.damaged > 0 { intake.report(MailSentence.damaged(odd.damaged)) }
      if odd.different > 0 { intake.report(MailSentence.different(odd.different)) }
    }
  }
}
