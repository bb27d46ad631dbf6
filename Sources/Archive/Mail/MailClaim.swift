/// Tells mail by its first bytes.
enum MailClaim {
  /// Whether bytes begin a mailbox or a message.
  static func claims(_ head: [UInt8]) -> Bool {
    let start = skippingBlank(head)
    return beginsMbox(head) || beginsMessage(head.span, start)
  }

  /// Whether bytes begin a mailbox: with a line `From sender date` that ends in a year, or before a header
  /// field.
  static func beginsMbox(_ head: [UInt8]) -> Bool {
    let start = skippingBlank(head)
    let span = head.span
    guard span.matches("From ", at: start, to: span.count) else { return false }
    let lineEnd = span.lineEnd(from: start, to: span.count)
    if MboxSeparator.endsInYear(span, start..<lineEnd) { return true }
    guard lineEnd + 1 < span.count else { return false }
    return beginsMessage(span, lineEnd + 1)
  }

  private static func skippingBlank(_ head: [UInt8]) -> Int {
    var start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < head.count, head[start].isMailSpace { start += 1 }
    return start
  }

  /// Whether a header block of mail or news starts here: it says who, and when or what about or by which
  /// way, and has nothing else before its end.
  private static func beginsMessage(_ span: Span<UInt8>, _ start: Int) -> Bool {
    let fields = MailFields(span, start..<span.count)
    guard fields.count >= 2 else { return false }
    let who = [MailFields.Name.from, .sender, .newsgroups].contains { fields[$0] != nil }
    let what = [MailFields.Name.messageID, .date, .subject, .references, .inReplyTo, .contentType]
      .count { fields[$0] != nil }
    return who && what >= 1 || fields[.messageID] != nil && what >= 2
  }
}
