import Discussion

/// Marked-up text of one entry: what feeds, exports, APIs and mail hold.
enum HTMLText {
  /// The words of a fragment of HTML with their roles.
  /// - Parameter html: valid UTF-8.
  /// - Complexity: O(bytes).
  static func parsed(_ html: [UInt8]) -> ParsedText { ParsedText(utf8: html) }
}
