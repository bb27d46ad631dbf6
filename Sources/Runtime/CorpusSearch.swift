public import Discussion
import Reader
public import SearchIndex

/// What a search over a corpus found.
public struct CorpusFindings: Sendable {
  /// The query as it was understood.
  public var query: Query
  /// One found entry with its score.
  public struct Finding: Hashable, Sendable {
    /// The entry.
    public var entry: EntryID
    /// How well it fits.
    public var score: Float
  }
  /// Found entries, the best first.
  public var ranked: [Finding]
  /// What is odd about the query, one sentence each.
  public var problems: [String]
  /// The nearest words of the dictionary when nothing was found.
  public var suggestion: String?
  /// False when a newer question interrupted the search.
  public var isComplete: Bool
}

extension Corpus {
  /// Searches the live entries.
  /// - Parameters:
  ///   - isTyping: whether the last word may still grow.
  ///   - stemming: widens words to all of the same stem.
  ///   - discussion: look through this discussion alone.
  public func search(
    _ text: String, isTyping: Bool, stemming: Stemming? = nil, in discussion: DiscussionID? = nil,
    snapshot: MarkSnapshot = MarkSnapshot(), isCancelled: @Sendable () -> Bool = { false }
  ) -> CorpusFindings {
    let query = Query.parse(text, typing: isTyping, stemming: stemming)
    let result = index.search(
      query, texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot), limit: .max, order: .ranked,
      restrictedTo: discussion.map { documents(ofDiscussion: $0) }, excluding: deadDocuments,
      isCancelled: isCancelled)
    let suggestion = result.total == 0 ? self.suggestion(for: text, query, isTyping: isTyping) : nil
    return CorpusFindings(
      query: query,
      ranked: result.hits.map { CorpusFindings.Finding(entry: entry(of: $0.document), score: $0.score) },
      problems: Corpus.sentences(result.problems), suggestion: suggestion?.word,
      isComplete: result.isComplete)
  }
}

extension Corpus {
  /// How the score of a found entry came about; nil if it does not fit the query.
  public func explanation(
    of entry: EntryID, query: Query, snapshot: MarkSnapshot = MarkSnapshot()
  ) -> Explanation? {
    index.explain(
      query, document: document(of: entry), texts: CorpusTexts(corpus: self),
      filters: CorpusFilters(corpus: self, snapshot: snapshot))
  }

  /// The documents of a discussion.
  func documents(ofDiscussion discussion: DiscussionID) -> DocumentBitmap {
    var scope = DocumentBitmap(capacity: index.documentCount)
    scope.insert(documents(of: library.entries(of: discussion)))
    return scope
  }

  /// What is odd about a query, one sentence each.
  static func sentences(_ problems: [QueryProblem]) -> [String] {
    var sentences: [String] = []
    for problem in problems where !sentences.contains(problem.message) { sentences.append(problem.message) }
    return sentences
  }

  /// The nearest word of the dictionary for the first word of a query that is not in it, and the query with
  /// the one in place of the other.
  func suggestion(for text: String, _ query: Query, isTyping: Bool) -> (word: String, text: String)? {
    // The word being typed may be misspelt as well.
    let words = isTyping ? Query.parse(text, typing: false).words : query.words
    for word in words where word.count > 2 {
      guard let near = index.suggestion(for: word), near != word else { continue }
      let better = String(decoding: near, as: UTF8.self)
      let typed = Array(text.utf8)
      // The query is a text like another: the word stands in it where a search for the word finds it.
      let places = Query.parse(String(decoding: word, as: UTF8.self)).highlights(in: typed.span, field: .body)
      guard let place = places.first else { return (better, better) }
      let parts = [typed[..<place.lowerBound], near[...], typed[place.upperBound...]].flatMap { $0 }
      return (better, String(decoding: parts, as: UTF8.self))
    }
    return nil
  }
}
