// SearchIndex owns analysis, the term dictionary, postings, the query language, ranking and snippets.
// It refuses to know what a discussion is, to open a file, and to keep the text: that is handed in.

/// The number of a document in an index: dense, from 0, of one generation of the index.
public struct DocumentID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The position among all documents of the index, counted over its segments.
  public var rawValue: UInt32

  /// A document by its position.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Orders by position.
  public static func < (left: DocumentID, right: DocumentID) -> Bool { left.rawValue < right.rawValue }
}

/// A part of a document that is searched by itself.
public enum Field: UInt8, CaseIterable, Sendable {
  /// The running text.
  case body
  /// The title; comments have none.
  case title
  /// The name of who wrote it.
  case author
}

/// Where the index reads the text again: it keeps no text and no word positions of its own.
public protocol DocumentTexts: Sendable {
  /// Calls `body` with the UTF-8 bytes of one field of one document; an empty span if it has none.
  func withText<Result>(
    of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result
  ) -> Result

  /// The byte ranges of a body that are somebody else's words, in order, apart from one another. What
  /// stands only there is found, but counts for next to nothing.
  func quoted(of document: DocumentID) -> [Range<Int>]

  /// Calls `body` with the bodies of a whole segment where they lie one after the other: their bytes, and
  /// where each begins, with one more for the end. Nil, without a call, where they do not lie so.
  func withBodies<Result>(
    ofSegment segment: Int, _ body: (_ bytes: Span<UInt8>, _ starts: Span<UInt64>) -> Result
  ) -> Result?
}

extension DocumentTexts {
  /// Bodies in memory need nothing.
  public func needsPreparing(segment: Int) -> Bool { false }

  /// Bodies in memory are what they are.
  public func prepareBodies(ofSegment segment: Int, _ documents: Range<Int>) -> Bool { true }

  /// Nothing is known to be quoted.
  public func quoted(of document: DocumentID) -> [Range<Int>] { [] }

  /// Bodies that do not lie one after the other.
  public func withBodies<Result>(
    ofSegment segment: Int, _ body: (_ bytes: Span<UInt8>, _ starts: Span<UInt64>) -> Result
  ) -> Result? { nil }
}
