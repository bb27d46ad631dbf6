/// Something in a query that was not taken as it may have been meant.
public struct QueryProblem: Hashable, Sendable {
  /// What is odd.
  public enum Kind: Hashable, Sendable {
    /// A quotation mark without its partner; the phrase was read to the end.
    case openQuote
    /// An opening parenthesis without its partner; the group was read to the end.
    case openGroup
    /// A closing parenthesis without its partner; left out.
    case strayParenthesis
    /// Groups deeper than can be meant; the parentheses were left out.
    case tooDeep
    /// No letter or digit to look for; left out.
    case noWords
    /// `OR` or a minus without something beside it; left out.
    case danglingOperator
    /// A filter without a value; left out.
    case missingValue(String)
    /// A value that the filter does not understand; left out.
    case badValue(String)
    /// A filter that cannot be answered here; it lets everything through.
    case unknownFilter(String)
    /// A regular expression without its second slash; searched as written.
    case openExpression
    /// A regular expression that cannot be read, in PCRE2's words; left out.
    case badExpression(String)
    /// A regular expression that took too long on some text; nothing was found.
    case slowExpression
    /// `NEAR` without a word or phrase on each side; left out.
    case danglingNear
    /// A distance of `NEAR` that is none; the usual one was taken.
    case badDistance
    /// Two fields on the sides of a `NEAR`; both are searched, wherever they stand.
    case nearAcrossFields
    /// A phrase of more words than are compared; the rest was left out.
    case phraseTooLong
    /// More text than is read; the rest was left out.
    case queryTooLong
  }

  /// What is odd.
  public var kind: Kind
  /// Where, in bytes of the query.
  public var range: Range<Int>

  /// A problem and its place in bytes of the query.
  public init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  /// What is odd, in words for the reader.
  public var message: String {
    switch kind {
    case .openQuote: "the quotation mark is not closed"
    case .openGroup: "the parenthesis is not closed"
    case .strayParenthesis: "this parenthesis closes nothing"
    case .tooDeep: "parentheses nested too deep are left out"
    case .noWords: "there is no letter or digit to look for"
    case .danglingOperator: "the operator has nothing beside it"
    case .missingValue(let name): "\(name): wants a value"
    case .badValue(let remedy): remedy
    case .unknownFilter(let name): "\(name) cannot be answered here and lets everything through"
    case .openExpression: "the regular expression is not closed and is searched as written"
    case .badExpression(let reason): "the regular expression cannot be read: \(reason)"
    case .slowExpression: "the regular expression takes too long and was stopped; make it simpler"
    case .danglingNear: "NEAR wants a word or a phrase on each side"
    case .badDistance: "NEAR/ takes a number of words from 1; \(Near.usualDistance) was taken"
    case .nearAcrossFields: "NEAR compares places in one field, and these are two"
    case .phraseTooLong: "only the first \(Pattern.longest) words of a phrase are compared"
    case .queryTooLong: "only the first \(Query.longestQuery) bytes of a query are read"
    }
  }
}
