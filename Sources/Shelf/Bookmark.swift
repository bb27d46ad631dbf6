public import Discussion

/// A kept place: a starred entry or discussion, or one with a note, tags or a colour.
///
/// A star is a bookmark whose `isStarred` is true and whose other fields may be empty; entry and
/// discussion are kept apart by `isDiscussion`, for a discussion and its post may share a key.
public struct Bookmark: Sendable, Hashable {
  /// The largest note in bytes (1 MiB).
  public static let noteLimit = 1 << 20

  /// Which row of the shelf a bookmark is.
  public struct ID: Sendable, Hashable {
    /// The entry's key, or the discussion's.
    public var key: EntryKey
    /// Whether the whole discussion is meant, not one entry.
    public var isDiscussion: Bool

    /// The place of a bookmark.
    public init(_ key: EntryKey, isDiscussion: Bool = false) {
      self.key = key
      self.isDiscussion = isDiscussion
    }
  }

  /// The entry's key, or the discussion's own when `isDiscussion`.
  public var key: EntryKey
  /// Whether the whole discussion is kept, not one entry.
  public var isDiscussion: Bool
  /// The discussion that the entry stands in.
  public var discussion: EntryKey
  /// Whether it carries a star.
  public var isStarred: Bool
  /// The reader's own words, at most `noteLimit` bytes; empty when there are none.
  public var note: [UInt8]
  /// The reader's tags in the order given.
  public var tags: [[UInt8]]
  /// A colour number of the theme.
  public var colour: UInt8?
  /// When it was first kept, seconds since 1970-01-01T00:00:00Z.
  public var createdAt: Int64
  /// When it was last changed, seconds since 1970-01-01T00:00:00Z.
  public var changedAt: Int64
  /// The words inside the entry that are meant, if not all of them.
  public var quote: QuoteSelector?
  /// What the source said when it was kept.
  public var copy: BookmarkCopy

  /// A bookmark from its parts.
  public init(
    key: EntryKey, isDiscussion: Bool = false, discussion: EntryKey, isStarred: Bool = false,
    note: [UInt8] = [], tags: [[UInt8]] = [], colour: UInt8? = nil, createdAt: Int64, changedAt: Int64,
    quote: QuoteSelector? = nil, copy: BookmarkCopy = BookmarkCopy()
  ) {
    self.key = key
    self.isDiscussion = isDiscussion
    self.discussion = discussion
    self.isStarred = isStarred
    self.note = note
    self.tags = tags
    self.colour = colour
    self.createdAt = createdAt
    self.changedAt = changedAt
    self.quote = quote
    self.copy = copy
  }

  /// Its place on the shelf.
  public var id: ID { ID(key, isDiscussion: isDiscussion) }

  /// Whether nothing is left to keep: no star, note, tag, colour or quote.
  public var isBare: Bool {
    !isStarred && note.isEmpty && tags.isEmpty && colour == nil && quote == nil
  }
}

/// A stretch of text found again by its own words and those around it (W3C Web Annotation,
/// TextQuoteSelector).
public struct QuoteSelector: Sendable, Hashable {
  /// The words meant.
  public var exact: [UInt8]
  /// A few words before them.
  public var prefix: [UInt8]
  /// A few words after them.
  public var suffix: [UInt8]

  /// A selector from its three parts.
  public init(exact: [UInt8], prefix: [UInt8] = [], suffix: [UInt8] = []) {
    self.exact = exact
    self.prefix = prefix
    self.suffix = suffix
  }
}

/// What the source said of a kept entry: it stays readable when the source is edited, moved or gone.
public struct BookmarkCopy: Sendable, Hashable {
  /// The most bytes of an entry's text that the shelf keeps (64 kB).
  public static let textLimit = 64 << 10

  /// The discussion's title; empty when the source has none.
  public var title: [UInt8]
  /// The author; nil when the source does not say.
  public var author: [UInt8]?
  /// When it was written; nil when the source does not say.
  public var date: Timestamp?
  /// Paths of the sources, bytes as the file system has them.
  public var sources: [[UInt8]]
  /// The entry's text, cut by `Shelf` to the first `textLimit` bytes, on a scalar boundary.
  public var text: [UInt8]
  /// First lines of the entries above it, outermost first.
  public var ancestors: [[UInt8]]

  /// A copy from its parts.
  public init(
    title: [UInt8] = [], author: [UInt8]? = nil, date: Timestamp? = nil, sources: [[UInt8]] = [],
    text: [UInt8] = [], ancestors: [[UInt8]] = []
  ) {
    self.title = title
    self.author = author
    self.date = date
    self.sources = sources
    self.text = text
    self.ancestors = ancestors
  }
}

/// The fields of a bookmark to be set; what is nil stays as it is on the shelf, so that two processes
/// that change different fields of one bookmark both get their way.
public struct BookmarkChange: Sendable, Hashable {
  /// Set or take the star.
  public var isStarred: Bool?
  /// Set the note; empty takes it away.
  public var note: [UInt8]?
  /// Set all tags.
  public var tags: [[UInt8]]?
  /// Set the colour; `.some(nil)` takes it away.
  public var colour: UInt8??
  /// Set the quote; `.some(nil)` takes it away.
  public var quote: QuoteSelector??
  /// Replace the copy of the source.
  public var copy: BookmarkCopy?

  /// A change of the named fields.
  public init(
    isStarred: Bool? = nil, note: [UInt8]? = nil, tags: [[UInt8]]? = nil, colour: UInt8?? = nil,
    quote: QuoteSelector?? = nil, copy: BookmarkCopy? = nil
  ) {
    self.isStarred = isStarred
    self.note = note
    self.tags = tags
    self.colour = colour
    self.quote = quote
    self.copy = copy
  }

  /// The bookmark after the change.
  func applied(to bookmark: Bookmark, at seconds: Int64) -> Bookmark {
    var changed = bookmark
    if let isStarred { changed.isStarred = isStarred }
    if let note { changed.note = note }
    if let tags { changed.tags = tags }
    if let colour { changed.colour = colour }
    if let quote { changed.quote = quote }
    if let copy { changed.copy = copy }
    changed.changedAt = seconds
    return changed
  }
}
