import Bytes
import Discussion

/// One message as it is read.
struct MailMessage {
  /// Message-ID without its brackets.
  var id: [UInt8]?
  var author: [UInt8]?
  var date: Timestamp?
  var text = ParsedText()
  /// The subject, decoded; only read for messages that may open a discussion.
  var subject: [UInt8] = []
  /// Newsgroups and mailing list; read with the subject.
  var categories: [[UInt8]] = []
  /// Where it stands on the web; read with the subject.
  var url: [UInt8]?
  /// Parts of its bytes that are no text in their charset.
  var replaced = 0
  /// Whether its parts could not all be taken apart.
  var isDamaged = false

  /// A message that could not be read.
  init() {}

  /// Reads a message.
  /// - Parameters:
  ///   - range: from its header block to its end.
  ///   - isStuffed: whether it stood in a mailbox that puts `>` before `From `.
  ///   - opensDiscussion: whether subject, categories and address are wanted.
  ///   - override: the charset that the user names.
  /// - Complexity: O(range).
  init(
    _ bytes: [UInt8], _ range: Range<Int>, isStuffed: Bool, opensDiscussion: Bool, override: [UInt8]?
  ) {
    let span = bytes.span
    let fields = MailFields(span, range)
    id = fields[.messageID].flatMap { MessageIDs.own(span, $0) }.map { DecodedText.valid(Array(bytes[$0])) }
    let isList = fields[.listID] != nil
    author = fields[.from].flatMap { MailAddress.author(span, $0, isList: isList) }
    date = fields[.date].flatMap { MailDate.parse(span, $0) }
    if opensDiscussion {
      subject = fields[.subject].map { HeaderText.decoded(span, $0) } ?? []
      categories = MailMessage.categories(span, fields)
      url = fields[.archivedAt].flatMap { MailMessage.address(bytes, $0) }
    }
    var body = MailBody(override: override)
    text = body.read(bytes, fields, fields.bodyStart..<range.upperBound, isStuffed: isStuffed)
    replaced = body.replaced
    isDamaged = body.isDamaged
  }

  private static func categories(_ span: Span<UInt8>, _ fields: MailFields) -> [[UInt8]] {
    var categories: [[UInt8]] = []
    if let groups = fields[.newsgroups] {
      for group in HeaderText.decoded(span, groups).split(separator: 0x2C).prefix(64) {
        let name = group.drop { $0 == 0x20 }
        if !name.isEmpty { categories.append(Array(name.prefix { $0 != 0x20 })) }
      }
    }
    if let list = fields[.listID] {
      let text = HeaderText.decoded(span, list)
      let id = MessageIDs.first(text.span, 0..<text.count).map { Array(text[$0]) } ?? text
      if !id.isEmpty, !categories.contains(id) { categories.append(id) }
    }
    return categories
  }

  /// A web address in angle brackets.
  private static func address(_ bytes: [UInt8], _ field: Range<Int>) -> [UInt8]? {
    let span = bytes.span
    guard let address = MessageIDs.first(span, field),
      span.matches("http://", at: address.lowerBound, to: address.upperBound, folding: true)
        || span.matches("https://", at: address.lowerBound, to: address.upperBound, folding: true)
    else { return nil }
    return DecodedText.valid(Array(bytes[address]))
  }
}

extension DecodedText {
  /// Bytes as valid UTF-8; those that are ASCII stay as they are.
  static func valid(_ bytes: [UInt8]) -> [UInt8] {
    bytes.span.isASCII(0..<bytes.count) ? bytes : DecodedText(bytes).utf8
  }
}
