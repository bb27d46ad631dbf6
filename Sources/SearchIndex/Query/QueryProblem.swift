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
    /// A part of the language that is not there yet; searched as written.
    case unsupported(String)
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
    case .unsupported(let name): "\(name) is not supported yet and is searched as written"
    case .phraseTooLong: "only the first \(Pattern.longest) words of a phrase are compared"
    case .queryTooLong: "only the first \(Query.longestQuery) bytes of a query are read"
    }
  }
}
