import Discussion

/// What threading needs to know of one message: where it stands, its ids as fingerprints, its subject and
/// date. Its words are read later, thread by thread.
struct MailRow {
  /// Number of its source in the index.
  var source: Int32
  /// Where its header block starts.
  var offset: Int
  /// Bytes from there to its end.
  var length: Int32
  /// Fingerprint of its Message-ID; 0 when it has none.
  var id: UInt64 = 0
  /// The ids it refers to, oldest first, as a range of `MailIndex.references`.
  var references: Range<Int> = 0..<0
  /// Fingerprint of its subject without reply marks; 0 when it has none.
  var subject: UInt64 = 0
  /// Seconds since 1970, `Int64.min` when it does not say.
  var date = Int64.min
  /// Whether its subject has a reply mark.
  var isReply = false
  /// Whether it stands in a mailbox that may have put `>` before `From ` lines.
  var isStuffed = false

  /// Whether it names a message that it answers.
  var refers: Bool { !references.isEmpty }
}

/// Messages of one or several sources, before they are threaded.
struct MailIndex {
  /// The largest message that is read; the rest of a larger one is left out.
  static let messageLimit = 64 << 20
  /// At most so many references of a message count: the last ones.
  static let referenceLimit = 1000

  var rows: [MailRow] = []
  var references: [UInt64] = []
  var sources: [MailSource] = []
  /// Bytes of the messages.
  var byteCount = 0

  /// Enters a message; its length and source are filled in by who knows them.
  /// - Parameters:
  ///   - bytes: holds its header block.
  ///   - fields: that block.
  mutating func enter(
    _ bytes: Span<UInt8>, _ fields: MailFields, source: Int, offset: Int, length: Int, isStuffed: Bool
  ) {
    var row = MailRow(
      source: Int32(truncatingIfNeeded: source), offset: offset,
      length: Int32(clamping: min(length, MailIndex.messageLimit)))
    row.isStuffed = isStuffed
    if let field = fields[.messageID], let id = MessageIDs.own(bytes, field) {
      row.id = MessageIDs.fingerprint(bytes, id)
    }
    let first = references.count
    enterReferences(bytes, fields, own: row.id)
    row.references = first..<references.count
    if let field = fields[.subject] {
      let key = MailIndex.subjectKey(bytes, field)
      row.subject = key.fingerprint
      row.isReply = key.isReply
    }
    if let field = fields[.date], let date = MailDate.parse(bytes, field) { row.date = date.seconds }
    rows.append(row)
    byteCount += length
  }

  /// `References`, and after them the one id of `In-Reply-To` that they do not have: some writers leave the
  /// parent out.
  private mutating func enterReferences(_ bytes: Span<UInt8>, _ fields: MailFields, own: UInt64) {
    let first = references.count
    if let field = fields[.references] {
      var position = field.lowerBound
      while let id = MessageIDs.next(bytes, field.upperBound, &position) {
        let fingerprint = MessageIDs.fingerprint(bytes, id)
        if fingerprint != own { references.append(fingerprint) }
      }
      if references.count - first > MailIndex.referenceLimit {
        references.removeSubrange(first..<references.count - MailIndex.referenceLimit)
      }
    }
    guard let field = fields[.inReplyTo], let id = MailIndex.answered(bytes, field) else { return }
    let fingerprint = MessageIDs.fingerprint(bytes, id)
    if fingerprint != own, !references[first...].contains(fingerprint) { references.append(fingerprint) }
  }

  /// The id that `In-Reply-To` is made of. Next to other words ("message of … from name <address>") what
  /// stands in brackets may be an address.
  private static func answered(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Range<Int>? {
    guard bytes[field.lowerBound] == 0x3C else { return nil }
    return MessageIDs.first(bytes, field)
  }

  private static func subjectKey(_ bytes: Span<UInt8>, _ field: Range<Int>) -> SubjectKey {
    var isPlain = bytes.isASCII(field)
    if isPlain {
      for position in field where bytes[position] == 0x3D && position + 1 < field.upperBound {
        if bytes[position + 1] == 0x3F { isPlain = false }
      }
    }
    if isPlain { return SubjectKey(bytes, field) }
    let text = HeaderText.decoded(bytes, field)
    return SubjectKey(text.span, 0..<text.count)
  }
}
