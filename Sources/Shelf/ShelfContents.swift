public import Discussion

/// Where the reader left a discussion.
public struct ReadingPosition: Sendable, Hashable {
  /// The entry that was selected.
  public var entry: EntryKey
  /// Byte of the entry's text on the topmost row of the screen, 0 when its head showed.
  public var byte: Int
  /// When, in seconds since 1970.
  public var keptAt: Int64

  /// A place in a discussion.
  public init(entry: EntryKey, byte: Int, keptAt: Int64) {
    self.entry = entry
    self.byte = byte
    self.keptAt = keptAt
  }
}

/// A file or folder that opens when no other is named.
public struct LibraryRoot: Sendable, Hashable {
  /// Its absolute path, as the file system names it.
  public var path: [UInt8]
  /// When it was added, in seconds since 1970.
  public var addedAt: Int64

  /// A root.
  public init(path: [UInt8], addedAt: Int64) {
    self.path = path
    self.addedAt = addedAt
  }
}

/// All that the shelf holds, read in one transaction: what the reader needs to start.
public struct ShelfContents: Sendable, Hashable {
  /// Stars and bookmarks, oldest first; ties by key, entries before discussions.
  public var bookmarks: [Bookmark] = []
  /// Entries read, by discussion. A discussion of which nothing is read is absent.
  public var read: [EntryKey: Set<EntryKey>] = [:]
  /// Entries that were marked unread, by discussion: what counts as read otherwise does not.
  public var unread: [EntryKey: Set<EntryKey>] = [:]
  /// The library's roots, the first added first.
  public var roots: [LibraryRoot] = []
  /// Where each discussion was left.
  public var positions: [EntryKey: ReadingPosition] = [:]
  /// Queries, the newest first, each once.
  public var history: [[UInt8]] = []

  /// A shelf without anything on it.
  public init() {}

  /// Keys of the entries with a star.
  /// - Complexity: O(`bookmarks.count`).
  public var starredEntries: Set<EntryKey> {
    Set(bookmarks.lazy.filter { $0.isStarred && !$0.isDiscussion }.map(\.key))
  }

  /// Keys of the discussions with a star.
  /// - Complexity: O(`bookmarks.count`).
  public var starredDiscussions: Set<EntryKey> {
    Set(bookmarks.lazy.filter { $0.isStarred && $0.isDiscussion }.map(\.key))
  }
}
