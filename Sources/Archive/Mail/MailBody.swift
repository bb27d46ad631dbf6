import Bytes
import Discussion

/// The words of a message: its parts (RFC 2045, 2046) taken apart, the readable ones joined, the others
/// named.
///
/// Of alternatives the plain one counts, else the HTML one. What cannot be taken apart stays as it is.
struct MailBody {
  /// Multiparts nested deeper stay as they are.
  static let depthLimit = 32
  /// At most so many parts of a message are looked at.
  static let partLimit = 1000

  /// One message or part.
  private struct Part {
    var bytes: [UInt8]
    var fields: MailFields
    var body: Range<Int>
    var depth: Int
    var isInDigest = false
    var isStuffed = false
  }

  private var builder = MailTextBuilder()
  private var stack: [Part] = []
  private var partCount = 0
  private let override: [UInt8]?
  /// Parts of bytes that were no text in their charset.
  private(set) var replaced = 0
  /// Whether parts were left out or stay encoded.
  private(set) var isDamaged = false
  /// Bytes looked at, for tests of what it costs.
  private(set) var operations = 0

  /// A reader of one message.
  /// - Parameter override: the charset that the user names.
  init(override: [UInt8]?) { self.override = override }

  /// Reads a message's body.
  /// - Complexity: O(bytes · depth of its multiparts, at most 32).
  mutating func read(
    _ bytes: [UInt8], _ fields: MailFields, _ body: Range<Int>, isStuffed: Bool
  ) -> ParsedText {
    stack = [Part(bytes: bytes, fields: fields, body: body, depth: 0, isStuffed: isStuffed)]
    while let part = stack.popLast() { read(part) }
    return builder.finish()
  }

  private mutating func read(_ part: Part) {
    operations += part.body.count
    let type = MailBody.contentType(part.bytes.span, part.fields, isInDigest: part.isInDigest)
    if type.value.starts(with: Array("multipart/".utf8)) {
      readMultipart(part, type)
      return
    }
    let disposition =
      part.fields[.contentDisposition].map { HeaderParameters(part.bytes.span, $0) } ?? HeaderParameters()
    let isAttached = disposition.value == Array("attachment".utf8)
    switch type.value {
    case MailType.message where part.depth < MailBody.depthLimit: readMessage(part)
    case MailType.html where !isAttached: readHTML(part, type)
    case MailType.deliveryStatus, MailType.dispositionNotification: readPlain(part, type)
    case let value where value.starts(with: MailType.text) && !isAttached && !MailType.named.contains(value):
      readPlain(part, type)
    default: name(part, type, disposition)
    }
  }

  /// The type of a part; of one that says none or nonsense, plain text.
  private static func contentType(
    _ span: Span<UInt8>, _ fields: MailFields, isInDigest: Bool
  ) -> HeaderParameters {
    guard let range = fields[.contentType] else {
      return isInDigest ? HeaderParameters(value: MailType.message) : HeaderParameters(value: MailType.plain)
    }
    let type = HeaderParameters(span, range)
    let slashes = type.value.count { $0 == 0x2F }
    let isSound =
      slashes == 1 && type.value.first != 0x2F && type.value.last != 0x2F
      && type.value.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    return isSound ? type : HeaderParameters(value: MailType.plain)
  }

  private mutating func readMultipart(_ part: Part, _ type: HeaderParameters) {
    let span = part.bytes.span
    let boundary = type["boundary"] ?? []
    var ranges: [Range<Int>] = []
    if part.depth < MailBody.depthLimit {
      if !boundary.isEmpty { ranges = MailParts.split(span, part.body, boundary) }
      if ranges.isEmpty, let seen = MailParts.boundarySeen(part.bytes, part.body) {
        ranges = MailParts.split(span, part.body, seen)
      }
    }
    guard !ranges.isEmpty else {
      isDamaged = true
      readPlain(part, HeaderParameters(value: MailType.plain))
      return
    }
    let kind = type.value.dropFirst(10)
    var children: [Part] = []
    for range in ranges {
      partCount += 1
      guard partCount <= MailBody.partLimit else {
        isDamaged = true
        break
      }
      let fields = MailFields(span, range)
      children.append(
        Part(
          bytes: part.bytes, fields: fields, body: fields.bodyStart..<range.upperBound,
          depth: part.depth + 1, isInDigest: kind.elementsEqual("digest".utf8), isStuffed: part.isStuffed))
    }
    if kind.elementsEqual("alternative".utf8) {
      children = MailBody.best(children).map { [$0] } ?? []
    } else if kind.elementsEqual("signed".utf8) {
      children = Array(children.prefix(1))
    }
    stack += children.reversed()
  }

  /// The alternative to show: plain text that says something, else the last of what can be shown.
  private static func best(_ parts: [Part]) -> Part? {
    var best: Part?
    for part in parts {
      let type = contentType(part.bytes.span, part.fields, isInDigest: false).value
      if type == MailType.plain {
        if !part.bytes.span.trimmed(part.body).isEmpty { return part }
      } else if type == MailType.html || type.starts(with: Array("multipart/".utf8)) {
        best = part
      }
    }
    return best ?? parts.first
  }

  /// A forwarded message: who, when, what about; then its words.
  private mutating func readMessage(_ part: Part) {
    let (bytes, range, _) = transferDecoded(part)
    let fields = MailFields(bytes.span, range)
    guard fields.count > 0 else {
      readPlain(part, HeaderParameters(value: MailType.plain))
      return
    }
    var head: [UInt8] = []
    for (name, label) in [(MailFields.Name.from, "From: "), (.date, "Date: "), (.subject, "Subject: ")] {
      guard let field = fields[name] else { continue }
      if !head.isEmpty { head.append(0x0A) }
      head += Array(label.utf8) + HeaderText.decoded(bytes.span, field)
    }
    builder.append(head, 0..<head.count, isStuffed: false)
    stack.append(
      Part(
        bytes: bytes, fields: fields, body: fields.bodyStart..<range.upperBound, depth: part.depth + 1,
        isStuffed: part.isStuffed))
  }

  private mutating func readHTML(_ part: Part, _ type: HeaderParameters) {
    let (bytes, range, rest) = transferDecoded(part)
    let text = MailCharset.text(Array(bytes[range]), declared: type["charset"], override: override)
    replaced += text.replaced
    builder.append(HTMLText.parsed(text.utf8))
    readRest(part, rest)
  }

  private mutating func readPlain(_ part: Part, _ type: HeaderParameters) {
    let (bytes, range, rest) = transferDecoded(part)
    let charset = type["charset"]
    if override == nil, MailCharset.isPlain(bytes.span, range, declared: charset) {
      append(bytes, range, type, isStuffed: part.isStuffed)
    } else {
      let text = MailCharset.text(Array(bytes[range]), declared: charset, override: override)
      replaced += text.replaced
      append(text.utf8, 0..<text.utf8.count, type, isStuffed: part.isStuffed)
    }
    readRest(part, rest)
  }

  private mutating func append(
    _ bytes: [UInt8], _ range: Range<Int>, _ type: HeaderParameters, isStuffed: Bool
  ) {
    guard type["format"]?.map(\.lowered) == Array("flowed".utf8) else {
      builder.append(bytes, range, isStuffed: isStuffed)
      return
    }
    let deletesSpace = type["delsp"]?.map(\.lowered) == Array("yes".utf8)
    let text = FlowedText.joined(bytes, range, deletesSpace: deletesSpace, isStuffed: isStuffed)
    builder.append(text, 0..<text.count, isStuffed: false)
  }

  /// What stands behind the end of encoded text: a mailing list's footer.
  private mutating func readRest(_ part: Part, _ rest: Range<Int>) {
    guard !part.bytes.span.trimmed(rest).isEmpty else { return }
    let text = MailCharset.text(Array(part.bytes[rest]), declared: nil, override: override)
    builder.append(text.utf8, 0..<text.utf8.count, isStuffed: part.isStuffed)
  }

  /// A part's bytes, and what follows them in `part.bytes` without being encoded.
  private mutating func transferDecoded(_ part: Part) -> ([UInt8], Range<Int>, rest: Range<Int>) {
    let none = part.body.upperBound..<part.body.upperBound
    guard let field = part.fields[.contentTransferEncoding] else { return (part.bytes, part.body, none) }
    let span = part.bytes.span
    if span.matches("quoted-printable", at: field.lowerBound, to: field.upperBound, folding: true) {
      let bytes = TransferDecoding.quotedPrintable(part.bytes, part.body)
      return (bytes, 0..<bytes.count, none)
    }
    if span.matches("base64", at: field.lowerBound, to: field.upperBound, folding: true) {
      let (bytes, rest) = TransferDecoding.base64(part.bytes, part.body)
      if bytes.isEmpty { return (part.bytes, part.body, none) }
      return (bytes, 0..<bytes.count, rest..<part.body.upperBound)
    }
    return (part.bytes, part.body, none)
  }

  private mutating func name(_ part: Part, _ type: HeaderParameters, _ disposition: HeaderParameters) {
    let span = part.bytes.span
    var size = span.trimmed(part.body).count
    if let field = part.fields[.contentTransferEncoding],
      span.matches("base64", at: field.lowerBound, to: field.upperBound, folding: true)
    {
      size = TransferDecoding.base64Size(span, part.body)
    }
    let name = disposition.text("filename") ?? type.text("name")
    builder.append(attachment: AttachmentLine.of(name: name, type: type.value, size: size))
  }
}

/// The media types that are treated by name.
enum MailType {
  static let text = Array("text/".utf8)
  static let plain = Array("text/plain".utf8)
  static let html = Array("text/html".utf8)
  static let message = Array("message/rfc822".utf8)
  static let deliveryStatus = Array("message/delivery-status".utf8)
  static let dispositionNotification = Array("message/disposition-notification".utf8)
  /// Text that is made for programs: named, not shown.
  static let named: Set<[UInt8]> = Set(
    ["text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/rtf"]
      .map { Array($0.utf8) })
}
