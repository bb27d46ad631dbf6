import Bytes

/// In which charset the values of a document are read, found out while it streams by.
///
/// The first bytes beyond ASCII decide: when they read as UTF-8 the document is UTF-8 whatever it
/// declares, as declarations lie and bytes do not. Else what it declares counts for the whole document,
/// and without that each value is read as what it most likely is. For charsets that keep ASCII as it is.
struct XMLCharset {
  private var isDecided = false
  private var fixed: Charset?
  private let declared: [UInt8]?
  /// Parts of values that were no text and became U+FFFD.
  private(set) var replaced = 0
  /// Combining marks that were left out.
  private(set) var marksCut = 0

  /// The charset of a document.
  /// - Parameters:
  ///   - declared: the label that it declares.
  ///   - override: the label by which the user overrules it.
  init(declared: [UInt8]? = nil, override: [UInt8]? = nil) {
    self.declared = declared
    fixed = override.flatMap { Charset.named($0) }
    isDecided = fixed != nil
  }

  /// The charset that values were read in, for telling of repairs.
  var charset: Charset { fixed ?? .utf8 }

  /// Looks at bytes of the document that are new.
  /// - Complexity: O(`bytes.count - start`) until the charset is known, then O(1).
  mutating func learn(_ bytes: [UInt8], from start: Int) {
    guard !isDecided else { return }
    let span = bytes.span
    var first = start
    while first < span.count, span[first] < 0x80 { first &+= 1 }
    guard first < span.count else { return }
    while first > 0, span[first - 1] >= 0x80 { first -= 1 }
    var end = span.count
    while end > first, span[end - 1] >= 0x80 { end -= 1 }
    guard end > first else { return }
    isDecided = true
    let text = DecodedText(Array(bytes[first..<end]), declared: declared)
    if text.charset != .utf8, let declared, text.charset == Charset.named(declared) { fixed = text.charset }
  }

  /// Whether bytes can stay as they are: they read as UTF-8, and so does the document.
  /// - Complexity: O(`bytes.count`).
  func isPlain(_ bytes: [UInt8]) -> Bool {
    guard fixed == nil || fixed == .utf8 else { return false }
    var text = UTF8Repair.repair(bytes)
    return text.replaced == 0 && MarkRuns.cut(&text.utf8, keeping: DecodedText.marksKept) == 0
  }

  /// A value as valid UTF-8.
  /// - Complexity: O(`value.count`).
  mutating func decode(_ value: [UInt8]) -> [UInt8] {
    guard value.contains(where: { $0 >= 0x80 }) else { return value }
    if let fixed {
      var text = fixed.decode(value)
      replaced += text.replaced
      marksCut += MarkRuns.cut(&text.utf8, keeping: DecodedText.marksKept)
      return text.utf8
    }
    let text = DecodedText(value)
    replaced += text.replaced
    marksCut += text.marksCut
    return text.utf8
  }
}
