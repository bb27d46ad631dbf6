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
