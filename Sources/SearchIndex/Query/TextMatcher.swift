/// What is asked of the text of a document that holds the words of a part of a query.
enum TextMatcher {
  case pattern(PatternMatcher)
  case near(NearMatcher)
  case regex(RegexMatcher)

  /// Whether the text shows the part.
  mutating func isMatch(_ text: Span<UInt8>) -> Bool {
    switch self {
    case .pattern(var matcher):
      // Moved out and back in, so that its buffers are not copied.
      self = .none
      defer { self = .pattern(matcher) }
      return matcher.isMatch(text)
    case .near(var matcher):
      self = .none
      defer { self = .near(matcher) }
      return matcher.isMatch(text)
    case .regex(var matcher):
      self = .none
      defer { self = .regex(matcher) }
      return matcher.isMatch(text)
    case .none: return false
    }
  }

  /// While one of the others is at work.
  case none

  /// The expression that was given up because it took too long.
  var refused: RegularExpression? {
    if case .regex(let matcher) = self, matcher.isRefused { return matcher.expression }
    return nil
  }
}

/// A part of a query that a text may show.
enum QueryPart: Equatable, Sendable {
  case pattern(Pattern)
  case near(Near)
  case regex(RegularExpression)

  /// Whether the part may stand in a field.
  func isSought(in field: Field) -> Bool {
    switch self {
    case .pattern(let pattern): pattern.field == nil || pattern.field == field
    case .near(let near): near.field == nil || near.field == field
    case .regex(let expression): expression.field == field
    }
  }

  /// The patterns whose words count for a score.
  var patterns: [Pattern] {
    switch self {
    case .pattern(let pattern): [pattern]
    case .near(let near): near.operands
    case .regex: []
    }
  }
}
