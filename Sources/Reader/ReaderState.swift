public import Discussion
public import Grid
import SearchIndex

/// Everything a session is, as a value: a session is a fold of events over it.
public struct ReaderState {
  /// What is open.
  public internal(set) var library = Library()
  /// The terminal's size.
  public internal(set) var size = Size(columns: 80, rows: 24)
  /// What the terminal can show.
  public internal(set) var capabilities = Capabilities()
  /// What the user has set.
  public internal(set) var options = ReaderOptions()
  /// The wall clock, in seconds since 1970; 0 when unknown.
  public internal(set) var now: Int64 = 0
  /// Name of what is open, for the title line.
  public var name: String

  /// What the keys act on.
  public internal(set) var surface = Surface.list
  /// The surfaces below it, outermost first.
  public internal(set) var trail: [Surface] = []
  /// The thread places under each thread in `trail`, outermost first.
  var covered: [ThreadPlace?] = []
  /// Whether the surface stands alone.
  public internal(set) var isZoomed = false
  /// Which panes were asked for; nil for what the size suggests.
  public internal(set) var panes: PaneChoice?
  /// Whether the keys move in the outline of the thread.
  public internal(set) var isInOutline = false

  /// The selected row of the list of discussions and the row on top of its pane.
  public internal(set) var list = ListPlace()
  /// Which discussions are listed, and in which order.
  public internal(set) var arrangement = ListArrangement()
  /// The discussion that the thread pane shows.
  public internal(set) var thread: ThreadPlace?
  /// The row on top of the hits.
  public internal(set) var hits = ListPlace()
  /// Stars and bookmarks, the newest first, while they are listed.
  public internal(set) var bookmarkRows: [BookmarkRow] = []
  /// What they are limited by, as typed; empty for all.
  public internal(set) var bookmarkLimit = ""
  /// The selected one of them.
  public internal(set) var bookmarkPlace = ListPlace()

  /// The overview that shows, or lies below.
  public internal(set) var overview: Overview?
  /// The newest question to the whole library.
  var surveyTicket = 0

  /// The search that `n` belongs to.
  public internal(set) var search: SearchSession?
  /// What is being typed, if anything.
  public internal(set) var prompt: Prompt?
  /// The help, when it shows.
  public internal(set) var help: HelpPlace?
  /// What stars and bookmarks are sorted by.
  public internal(set) var bookmarkSort = BookmarkSort.kept
  /// Whether they stand in the opposite order.
  var turnsBookmarks = false
  /// Whether the terminal is asked to report the mouse.
  public internal(set) var usesMouse = true
  /// Where the dividers between panes were dragged to.
  var dividers = Dividers()
  /// A text that is looked at by itself, over everything else.
  public internal(set) var page: TextPage?
  /// Links to pick from, over everything else.
  public internal(set) var linkList: LinkList?
  /// One sentence for the status line, until the next key.
  public internal(set) var message: String?
  /// How far loading is.
  public internal(set) var loading: LoadingProgress?

  /// Marks that are on the disk.
  public internal(set) var marks: [MarkTarget: Mark] = [:] {
    didSet { markedEntries = nil }
  }
  /// The marked entries of each discussion in reading order; nil until they are looked for again.
  var markedEntries: [DiscussionID: [EntryID]]?
  /// Marks on their way to the disk, by ticket.
  public internal(set) var pendingMarks: [Int: PendingMark] = [:]
  /// Marks by the key that their entry has now, where that is another.
  var otherTargets: [MarkTarget: MarkTarget] = [:]
  /// What was read.
  public internal(set) var read = ReadMarks()
  /// Number of unread entries in all discussions.
  public internal(set) var unreadTotal = 0
  /// Number of entries in all discussions that came since the last visit and wait to be read.
  public internal(set) var newTotal = 0
  /// What is known of how entries came.
  var arrivals = Arrivals()
  /// Number of pingbacks that threads hide unless asked, in all discussions.
  var pingbackTotal = 0
  /// Searches of before, oldest first.
  public internal(set) var searches: [String] = []
  /// The order of hits, for the searches that follow too.
  public internal(set) var hitOrder = HitOrder.ranked
  /// Keys pressed that are the beginning of a command.
  public internal(set) var pendingKeys: [Key] = []
  /// The number typed in front of a command.
  public internal(set) var count: Int?

  /// Commands that passages were given to, the newest last.
  var pipeCommands: [String] = []
  /// The command that `repeatLast` runs.
  var lastCommand: RememberedCommand?
  /// What can be undone, the newest last.
  var undoSteps: [UndoStep] = []
  var folds: [DiscussionID: Folds] = [:]
  var jumps = JumpList()
  var letters: [Unicode.Scalar: Place] = [:]
  var positions: [EntryKey: KeptPosition] = [:]
  var readKeys: Set<EntryKey> = []
  /// Marked unread although they may count as read.
  var unreadKeys: Set<EntryKey> = []
  var shownToEnd: Set<EntryID> = []
  /// Marked unread by hand: moving on once does not make them read again.
  var heldUnread: Set<EntryID> = []
  /// The id of the entry that the reader was started at, until it is there.
  var awaitedEntry: String?
  var tickets = 0
  var isUntouched = true
  /// Whether the list shows what suffices to begin with: nothing was ever read, marked or searched for.
  public internal(set) var showsFirstSteps = false
  /// The search that comes back when the one being typed is given up.
  var searchBelow: SearchSession?
  /// Where a resize put the top, and the byte that it put there: a later one starts from the same byte.
  var topAnchor: (top: Place, byte: Int)?
  /// Hidden entries that show all the same.
  var revealed: Set<EntryID> = []
  /// Whether quotes show as one line each.
  public internal(set) var hidesQuotes = false
  /// Entries whose quotes show although quotes are hidden.
  var openQuotes: Set<EntryID> = []
  /// The quotes of the discussion that was asked for last, and the generation they are of.
  var quotes: (generation: Int, index: QuoteIndex)?
  /// What is to be done once quotes are known.
  var awaitedQuotes: AwaitedQuotes?
  /// Who quotes an entry, while that is stepped through.
  var quoters: Quoters?
  /// How far the selected entry's program text is scrolled to the side.
  var sideways: Sideways?
  /// The match that was last brought into sight.
  var shownMatch: ShownMatch?
  let layouts = LayoutCache()
  let matches = MatchCache()

  /// A reader with nothing open yet.
  public init(name: String, options: ReaderOptions = ReaderOptions()) {
    self.name = name
    self.options = options
    hitOrder = options.hitOrder
    arrangement.sort = options.listSort
    usesMouse = options.usesMouse
  }

  /// Where everything stands on the screen.
  public var layout: ScreenLayout {
    showsFirstSteps && surface == .list
      ? ScreenLayout.withFirstSteps(size: size) { layout(size: $0) } : layout(size: size)
  }

  private func layout(size: Size) -> ScreenLayout {
    ScreenLayout(
      size: size, surface: surface, panes: isZoomed || capabilities.isLinear ? .one : panes, listed: listed,
      showsOutline: isInOutline, options: options.panes
    ).divided(at: dividers, surface: surface)
  }

  /// What stands above or beside the thread, if there is a pane for it: the list, or the hits or bookmarks
  /// that the thread was opened from. On every other surface that surface itself.
  public var listed: Surface {
    guard surface == .thread else { return surface }
    return trail.last == .hits && search != nil || trail.last == .bookmarks ? trail.last ?? .list : .list
  }

  /// The selected discussion of the list.
  public var selectedDiscussion: DiscussionID? {
    let listing = listing
    return listing.indices.contains(list.selected) ? listing[list.selected] : nil
  }

  /// The place of a discussion in the list, looked for near the selected one.
  func listPlace(of discussion: DiscussionID) -> Int? {
    listing.place(of: discussion, near: list.selected)
  }

  /// The mark on a target, as it is on the disk.
  public func mark(on target: MarkTarget) -> Mark? { marks[target] }

  /// The mark on an entry, as it is on the disk.
  public func mark(on entry: EntryID) -> Mark? { marks[target(of: entry)] }

  /// The mark on a discussion, as it is on the disk.
  public func mark(on discussion: DiscussionID) -> Mark? {
    marks[target(of: library.post(of: discussion), isDiscussion: true)]
  }

  /// What a mark on an entry is on: its key, unless a mark was made when another copy gave it its key.
  func target(of entry: EntryID, isDiscussion: Bool = false) -> MarkTarget {
    let target = MarkTarget(key: library.key(of: entry), isDiscussion: isDiscussion)
    return marks[target] == nil ? otherTargets[target] ?? target : target
  }

  /// Finds the marks that were made under other keys of entries that are open.
  /// - Complexity: O(entries that were united from several copies).
  mutating func findOtherTargets() {
    otherTargets = [:]
    guard !marks.isEmpty else { return }
    library.forEachAlias { key, entry in
      for isDiscussion in [false, true] {
        let other = MarkTarget(key: key, isDiscussion: isDiscussion)
        guard marks[other] != nil else { continue }
        otherTargets[MarkTarget(key: library.key(of: entry), isDiscussion: isDiscussion)] = other
      }
    }
  }

  /// Number of unread entries of a discussion.
  public func unreadCount(of discussion: DiscussionID) -> Int {
    read.unreadCount(in: library.entries(of: discussion))
  }

  /// The thread pane's document, nil when there is none or no pane for it.
  public var flow: ThreadFlow? {
    guard let thread, let pane = layout.thread else { return nil }
    return flow(of: thread.discussion, columns: pane.columns, root: thread.root)
  }

  /// The matches of the active search in an entry, in the order in which it shows them.
  public func matches(in entry: EntryID) -> [Match] {
    guard let answer = search?.answer else { return [] }
    return matches.matches(of: answer, in: entry, library: library)
  }

  /// The words around the matches of the active search in an entry.
  /// - Parameter columns: about how many scalars to take.
  public func snippet(of entry: EntryID, columns: Int) -> HitSnippet? {
    guard let query = search?.answer?.query else { return nil }
    return library.withText(of: entry) { text in
      HitSnippet(query.snippet(of: text, field: .body, limitScalars: columns))
    }
  }

  func flow(of discussion: DiscussionID, columns: Int, root: EntryID? = nil) -> ThreadFlow {
    ThreadFlow(
      library: library, discussion: discussion, root: root, folds: folds[discussion] ?? Folds(),
      hidden: HiddenEntries(marks: read, revealed: revealed),
      quotes: QuoteFolds(areHidden: hidesQuotes, open: openQuotes), breaksCode: capabilities.isLinear,
      columns: columns, measure: options.measure, cache: layouts)
  }
}

/// A selected row and the row on top of its pane.
public struct ListPlace: Hashable, Sendable {
  /// The selected row.
  public var selected = 0
  /// The row on top.
  public var top = 0

  /// The first row, on top.
  public init() {}

  /// Keeps the selection within a list and the top such that the selection shows.
  mutating func settle(count: Int, height: Int) {
    selected = min(max(0, selected), max(0, count - 1))
    let height = max(1, height)
    if selected < top { top = selected }
    if selected >= top + height { top = selected - height + 1 }
    top = min(max(0, top), max(0, count - height))
  }
}

/// Where the thread pane stands.
public struct ThreadPlace: Hashable, Sendable {
  /// The discussion.
  public var discussion: DiscussionID
  /// The selected entry.
  public var selected: EntryID
  /// The topmost row.
  public var top: Place
  /// The comment that shows alone, with what is below it; nil for the whole discussion.
  public var root: EntryID?
}

/// One row of the list of stars and bookmarks.
public struct BookmarkRow: Hashable, Sendable {
  /// What is marked.
  public var target: MarkTarget
  /// The mark.
  public var mark: Mark
  /// The entry, nil when no open source has it.
  public var entry: EntryID?
}

/// A mark on its way to the disk.
public struct PendingMark: Sendable {
  /// What is marked.
  public var target: MarkTarget
  /// The mark as it will be.
  public var mark: Mark
  /// What to say once it is kept.
  var sentence: String
}

/// The help as it shows.
public struct HelpPlace: Hashable, Sendable {
  /// What was typed to filter it.
  public var filter = TextField()
  /// The selected row.
  public var place = ListPlace()
  /// The keys of each command, where the help was opened.
  public internal(set) var keys: [Command: [String]] = [:]

  /// Help that nothing is typed in yet.
  init(keys: [Command: [String]]) { self.keys = keys }

  /// The commands that match the filter, in the order of the table.
  public var commands: [Command] {
    let words = filter.text.lowercased().split(separator: " ")
    return Command.allCases.filter { command in
      let text =
        (command.name + " " + (keys[command] ?? []).joined(separator: " ") + " " + command.entry.help)
        .lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}

/// What is being typed at the bottom of the screen.
public struct Prompt: Hashable, Sendable {
  /// What it is for.
  public enum Purpose: Hashable, Sendable {
    /// A search; where to return to when it is given up.
    case search
    /// A note for an entry.
    case note(EntryID)
    /// Tags for an entry.
    case tags(EntryID)
    /// A command by name.
    case command
    /// A file or folder to open.
    case source
    /// A query that limits the list, or the bookmarks.
    case limit
    /// A letter that says what to sort the list by.
    case sort
    /// A command to give a passage to.
    case pipe(Passage)
    /// A file to write a passage into.
    case save(Passage)
    /// A question answered by y or n.
    case confirm(Question)
  }

  /// A question.
  public enum Question: Hashable, Sendable {
    /// Mark everything here read?
    case catchUp(DiscussionID)
    /// Quit?
    case quit
    /// Write over a file that is there?
    case replaceFile(Passage, path: String)
  }

  /// What it is for.
  public var purpose: Purpose
  /// What was typed.
  public var field = TextField()
  /// How far back in the history of searches we are.
  var historyStep = 0
  /// What was typed before going back in the history.
  var draft = ""
  /// What shows when the prompt is given up.
  var before: ViewBefore?
}

/// What a search covers up and brings back when it is given up.
struct ViewBefore: Hashable, Sendable {
  var surface: Surface
  var trail: [Surface]
  var list: ListPlace
  var thread: ThreadPlace?
}
