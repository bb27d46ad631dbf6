public import Discussion
public import Grid

/// All that can happen to a reader. Time and everything else from outside arrives in events.
public enum Event: Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// Text was pasted; it goes into a text field or nowhere.
  case paste([UInt8])
  /// The terminal has a size.
  case resize(Size)
  /// The wall clock, in seconds since 1970.
  case clock(Int64)
  /// What the terminal can do was learnt.
  case capabilities(Capabilities)
  /// The user has set something else.
  case optionsChanged(ReaderOptions)
  /// The settings were read again; a sentence where something is wrong, and then what was in force stays.
  case optionsRead(ReaderOptions, problem: String?)
  /// A new generation of the library.
  case libraryChanged(Library, Remap?)
  /// The reader is to begin at an entry, named by its id or the beginning of it.
  case startAt(String)
  /// What is known of how the entries of a library came, this one or the next.
  case arrivalsFound(Arrivals)
  /// How far loading is; nil when it is done.
  case loading(LoadingProgress?)
  /// The kept state was read.
  case shelfLoaded(ShelfImage)
  /// The marks on the shelf as they are now: another reader may have changed some.
  case marksLoaded([MarkTarget: Mark])
  /// A change that was asked for is on the disk.
  case saved(ticket: Int)
  /// A change that was asked for could not be kept.
  case saveFailed(ticket: Int, sentence: String)
  /// The index answered.
  case searchAnswered(SearchAnswer)
  /// All hits of a question were counted, in a generation of the library.
  case searchCounted(HitCount, ticket: Int, generation: Int)
  /// The hits of one thread of an answer.
  case threadHitsFound(ThreadHits)
  /// The list was arranged as asked for.
  case listArranged(ListAnswer)
  /// A question to the whole library was answered.
  case surveyed(SurveyAnswer)
  /// No key came for a while after a question.
  case typingRested(ticket: Int)
  /// The quotes of a discussion were found, in a generation of the library.
  case quotesFound(QuoteIndex, generation: Int)
  /// A file that is to be written is there already.
  case fileExists(Passage, path: String)
  /// A text to look at by itself.
  case pageMade(TextPage)
  /// A note was written with an editor.
  case noteEdited(EntryID, note: String)
  /// Something to tell, one sentence.
  case notice(String)
}

/// What a terminal can show.
public struct Capabilities: Hashable, Sendable {
  /// Number of colours: 0, 8, 16 or 256.
  public var colors: Int
  /// Whether its paper is light.
  public var isLight: Bool

  /// Whether what changes is told in plain lines, one after the other, instead of drawn.
  public var isLinear: Bool

  /// What a terminal can show.
  public init(colors: Int = 256, isLight: Bool = false, isLinear: Bool = false) {
    self.colors = colors
    self.isLight = isLight
    self.isLinear = isLinear
  }
}

/// How far loading is.
public struct LoadingProgress: Hashable, Sendable {
  /// Bytes of the sources that are read.
  public var done: Int
  /// Bytes of the sources in all; 0 when unknown.
  public var total: Int

  /// Progress in bytes.
  public init(done: Int, total: Int) {
    self.done = done
    self.total = total
  }
}

/// What the shelf knows when the reader starts.
public struct ShelfImage: Sendable {
  /// Marks on entries and discussions.
  public var marks: [MarkTarget: Mark]
  /// Keys of entries that were read.
  public var read: Set<EntryKey>
  /// Keys of entries that were marked unread.
  public var unread: Set<EntryKey>
  /// Where reading stopped, by the discussion's key.
  public var positions: [EntryKey: KeptPosition]
  /// Searches, oldest first.
  public var searches: [String]

  /// An image of the shelf.
  public init(
    marks: [MarkTarget: Mark] = [:], read: Set<EntryKey> = [],
    unread: Set<EntryKey> = [], positions: [EntryKey: KeptPosition] = [:], searches: [String] = []
  ) {
    self.marks = marks
    self.read = read
    self.unread = unread
    self.positions = positions
    self.searches = searches
  }
}

/// Where reading a discussion stopped.
public struct KeptPosition: Hashable, Sendable {
  /// The entry on top of the pane.
  public var entry: EntryKey
  /// Byte of the entry's text on the topmost row.
  public var byte: Int
  /// When, in seconds since 1970.
  public var at: Int64

  /// A position.
  public init(entry: EntryKey, byte: Int, at: Int64) {
    self.entry = entry
    self.byte = byte
    self.at = at
  }
}

/// What a mark is on.
public struct MarkTarget: Hashable, Sendable {
  /// The entry, or the post of the discussion.
  public var key: EntryKey
  /// Whether the mark is on the discussion as a whole.
  public var isDiscussion: Bool

  /// A target.
  public init(key: EntryKey, isDiscussion: Bool = false) {
    self.key = key
    self.isDiscussion = isDiscussion
  }
}

/// A star, a bookmark, or both.
public struct Mark: Hashable, Sendable {
  /// Whether it is starred.
  public var isStarred: Bool
  /// The note, possibly empty.
  public var note: String
  /// Tags, in the order they were given.
  public var tags: [String]
  /// When it last changed, in seconds since 1970.
  public var changedAt: Int64
  /// What a list shows when no open source has the entry: title, author, first words.
  public var summary: String

  /// A mark.
  public init(
    isStarred: Bool = false, note: String = "", tags: [String] = [],
    changedAt: Int64 = 0, summary: String = ""
  ) {
    self.isStarred = isStarred
    self.note = note
    self.tags = tags
    self.changedAt = changedAt
    self.summary = summary
  }

  /// Whether a note or a tag makes it more than a star.
  public var isBookmarked: Bool { !note.isEmpty || !tags.isEmpty }

  /// Whether nothing is left to keep.
  public var isEmpty: Bool { !isStarred && !isBookmarked }
}

/// What the reader asks of the world.
public enum Effect: Sendable {
  /// Ask the index.
  case search(SearchRequest)
  /// Ask for the hits of one thread of an answer.
  case findHits(ThreadHitsRequest)
  /// Arrange the list of discussions.
  case arrangeList(ListRequest)
  /// Ask something of the whole library.
  case survey(SurveyRequest)
  /// Say when no other question came for a while.
  case awaitRest(ticket: Int)
  /// Keep a mark on an entry (or take it away when it is empty) and answer with the ticket. Only what
  /// differs from `from` is changed: the rest may have been changed by another reader.
  case keep(MarkTarget, Mark, from: Mark, entry: EntryID, ticket: Int)
  /// Read the marks again, for another reader may have changed some.
  case refreshMarks
  /// Keep that entries were read, or became unread.
  case keepRead(discussion: DiscussionID, read: [EntryID], unread: [EntryID])
  /// Keep where reading stopped.
  case keepPosition(discussion: DiscussionID, entry: EntryID, byte: Int, at: Int64)
  /// Keep a search in the history.
  case keepSearch(String)
  /// Read the sources again.
  case reload
  /// Read the settings again and answer with them.
  case readOptions
  /// Read a file or folder as well: its path, as typed.
  case openSource(String)
  /// Stop reading sources; what was read stays.
  case stopLoading
  /// Find the quotes of a discussion and answer with them.
  case findQuotes(DiscussionID)
  /// Open an address, which is sound, by another program.
  case openLink(String)
  /// Give a passage to a command.
  case pipe(Passage, command: String)
  /// Write a passage into a file; one that is there only when it may be replaced. A folder gets the
  /// suggested name.
  case save(Passage, path: String, suggested: String, replaces: Bool)
  /// Show the source of an entry.
  case showSource(EntryID)
  /// Show the digest of bookmarks.
  case showDigest([MarkTarget])
  /// Let the note of an entry be written with an editor.
  case editNote(EntryID, note: String)
  /// Ask the terminal to report the mouse, or no longer.
  case setMouse(Bool)
  /// Put a text, which is by the display rule, into the clipboard.
  case copy([UInt8])
  /// Draw everything anew.
  case redraw
  /// Stop the process until it is continued.
  case suspend
  /// Leave.
  case quit
}
