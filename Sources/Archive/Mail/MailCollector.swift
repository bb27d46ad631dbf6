/// Mail and news of all sources of an import, joined into threads.
///
/// A mailbox is gone through twice: once for what threading needs (`MboxScanner`), then thread by thread
/// for the words, so that each discussion is handed over whole. A plain file is read again for that; of
/// packed and piped mail a window of bytes is kept. Large mailboxes are taken window by window, and what
/// comes later joins its discussion by the ids that are remembered (`KnownMail`).
///
/// Messages that came one a file are gathered and threaded together. Threads whose beginning is not here
/// wait until the last source was read, as it may have it; of plain files only their places are kept.
final class MailCollector {
  /// How many bytes are threaded together.
  struct Windows {
    /// Of a packed mailbox, or of messages that came one a file.
    var kept = 64 << 20
    /// Of a plain mailbox at first: not too many, for the list to show soon.
    var first = 320 << 20
    /// Of a plain mailbox from then on: no more than a machine keeps in its cache of files.
    var later = 1 << 30
  }

  private let windows: Windows
  private var known = KnownMail()
  private var singles = MailIndex()
  private var held = MailIndex()
  private var heldBytes = 0
  private var heldSources: [ObjectIdentifier: Int32] = [:]

  init(windows: Windows = Windows()) { self.windows = windows }

  /// Whether bytes begin a mailbox or a message.
  static func claims(_ head: [UInt8]) -> Bool { MailClaim.claims(head) }

  /// Reads a mailbox or a single message.
  func read(_ source: Source, into intake: Intake) {
    let isMbox = MailClaim.beginsMbox(Array(source.peek(1 << 12)))
    let keepsBytes = source.file == nil || !isMbox
    let scanner = MboxScanner(source, keepsBytes: keepsBytes)
    if isMbox {
      readMbox(source, scanner, keepsBytes: keepsBytes, into: intake)
    } else {
      scanner.scan(into: &singles, source: singles.sources.count, window: 1)
      let (bytes, start) = scanner.takeBytes()
      singles.sources.append(MailSource(path: source.path, memory: bytes, start: start))
      if singles.byteCount >= windows.kept { handOverSingles(intake.importer) }
    }
    if scanner.cutCount > 0 { intake.report(MailSentence.cut(scanner.cutCount)) }
  }

  private func readMbox(
    _ source: Source, _ scanner: MboxScanner, keepsBytes: Bool, into intake: Intake
  ) {
    var window = keepsBytes ? windows.kept : windows.first
    while !scanner.isDone, !intake.isCancelled {
      var index = MailIndex()
      scanner.scan(into: &index, source: 0, window: window)
      if let file = source.file, !keepsBytes {
        index.sources = [MailSource(path: source.path, file: file)]
      } else {
        let (bytes, start) = scanner.takeBytes()
        index.sources = [MailSource(path: source.path, memory: bytes, start: start)]
      }
      handOver(index, isLast: false, intake.importer)
      for source in index.sources { source.close() }
      if !keepsBytes { window = windows.later }
    }
  }

  /// Hands over the threads of messages that came one a file, and those that waited.
  func flush(into importer: Importer) {
    handOverSingles(importer)
    handOverHeld(importer)
  }

  private func handOverSingles(_ importer: Importer) {
    let index = singles
    singles = MailIndex()
    handOver(index, isLast: false, importer)
  }

  private func handOverHeld(_ importer: Importer) {
    let index = held
    held = MailIndex()
    heldBytes = 0
    heldSources = [:]
    known.held = FingerprintTable()
    handOver(index, isLast: true, importer)
  }

  /// Threads messages and hands over the discussions that are whole; keeps the others, unless these are
  /// the last.
  private func handOver(_ index: MailIndex, isLast: Bool, _ importer: Importer) {
    guard !index.rows.isEmpty else { return }
    let threads = MailThreads(index, known: known)
    var delivery = MailDelivery(index, threads, importer: importer)
    for thread in threads.threads.indices {
      if importer.isCancelled() { break }
      if threads.threads[thread].isOpen, !isLast {
        for message in threads.threads[thread].messages + delivery.duplicates(of: thread) {
          hold(index.rows[Int(message)], of: index)
        }
      } else {
        delivery.handOver(thread, &known)
      }
    }
    delivery.handOverRepeated(known)
    delivery.report()
    if heldBytes >= windows.kept { handOverHeld(importer) }
  }

  /// Keeps a message until the last source was read.
  private func hold(_ row: MailRow, of index: MailIndex) {
    var row = row
    let source = index.sources[Int(row.source)]
    let first = held.references.count
    held.references += index.references[row.references]
    row.references = first..<held.references.count
    if source.isInMemory {
      let (bytes, range) = source.kept(row.offset, Int(row.length))
      row.source = Int32(truncatingIfNeeded: held.sources.count)
      held.sources.append(MailSource(path: source.path, memory: Array(bytes[range]), start: row.offset))
      heldBytes += range.count
    } else if let known = heldSources[ObjectIdentifier(source)] {
      row.source = known
    } else {
      row.source = Int32(truncatingIfNeeded: held.sources.count)
      heldSources[ObjectIdentifier(source)] = row.source
      held.sources.append(source)
    }
    known.held.enter(row.id == 0 ? 1 : row.id, 0)
    held.rows.append(row)
  }
}

/// The sentences of mail's problems.
enum MailSentence {
  static func cut(_ count: Int) -> String {
    count == 1
      ? "1 message is longer than \(MailIndex.messageLimit) bytes, its rest is not read"
      : "\(count) messages are longer than \(MailIndex.messageLimit) bytes, their rest is not read"
  }

  static func replaced(_ parts: Int, in messages: Int) -> String {
    "\(parts) broken \(parts == 1 ? "sequence" : "sequences") in \(messages) "
      + "\(messages == 1 ? "message is" : "messages are") shown as U+FFFD"
  }

  static func damaged(_ count: Int) -> String {
    count == 1
      ? "the parts of 1 message could not all be taken apart, its text is as written"
      : "the parts of \(count) messages could not all be taken apart, their text is as written"
  }

  static func different(_ count: Int) -> String {
    count == 1
      ? "1 message has the id of another one but other words, both are kept"
      : "\(count) messages have the id of another one but other words, all are kept"
  }
}
