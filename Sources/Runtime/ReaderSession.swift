public import Archive
import Bytes
import Discussion
import Glibc
import Grid
public import Reader
import Screens
public import SearchIndex
public import Shelf
public import Terminal

/// How a session ended.
public enum SessionEnd: Sendable {
  /// The reader left.
  case quit
  /// A signal asked for the end; everything is kept and the terminal given back. Raise it again.
  case signal(Int32)
  /// Nothing could be opened.
  case nothingToRead
  /// There is no screen to be had.
  case noTerminal(TerminalError)
}

/// What a session needs from the one who starts it.
public struct SessionOptions: Sendable {
  /// What to read.
  public var sources: LibrarySources
  /// The shelf's folder; nil when none can be named.
  public var shelfFolder: [UInt8]?
  /// What the user has set.
  public var reader: ReaderOptions
  /// The id of the entry to begin at, or the beginning of it; nil for the list.
  public var startsAt: String?
  /// Something to tell at the start; nil for nothing.
  public var notice: String?
  /// The file that `reader` was made of, to be watched; nil for none.
  public var configurationPath: [UInt8]?
  /// Reads it again: what holds, and a sentence where something is wrong.
  public var readOptions: (@Sendable () -> (options: ReaderOptions, problem: String?))?
  /// Widens the words of a search to all of the same stem; nil for words as written.
  public var stemming: Stemming?
  /// Whether what changes is told in plain lines instead of drawn.
  public var isLinear: Bool
  /// Makes a sentence of what the shelf could not do.
  public var shelfSentence: @Sendable (ShelfError) -> String
  /// Makes a sentence of what the shelf has to tell.
  public var shelfNotice: @Sendable (ShelfNotice) -> String

  /// Options.
  public init(
    sources: LibrarySources, shelfFolder: [UInt8]?, reader: ReaderOptions = ReaderOptions(),
    notice: String? = nil, stemming: Stemming? = nil, isLinear: Bool = false,
    shelfSentence: @escaping @Sendable (ShelfError) -> String,
    shelfNotice: @escaping @Sendable (ShelfNotice) -> String
  ) {
    self.sources = sources
    self.shelfFolder = shelfFolder
    self.reader = reader
    self.notice = notice
    self.stemming = stemming
    self.isLinear = isLinear
    self.shelfSentence = shelfSentence
    self.shelfNotice = shelfNotice
  }
}

/// Runs the reader on the terminal until it ends.
/// - Returns: how it ended, what could not be read, and how many marks could not be kept; nothing was
///   printed.
public func runReader(
  _ options: SessionOptions
) -> (end: SessionEnd, problems: [ArchiveProblem], unsaved: Int) {
  let keys: TerminalSession.KeySource =
    options.sources.readsStandardInput ? .controllingTerminal : .standardInput
  do throws(TerminalError) {
    if options.isLinear {
      return run(ReaderLoop(options, LinearFace(try LineSession.open(keysFrom: keys))))
    }
    return run(ReaderLoop(options, try TerminalSession.open(keysFrom: keys)))
  } catch {
    return (.noTerminal(error), [], 0)
  }
}

private func run<Face: ReaderFace & ~Copyable>(
  _ loop: consuming ReaderLoop<Face>
) -> (end: SessionEnd, problems: [ArchiveProblem], unsaved: Int) {
  let end = loop.run()
  let (problems, unsaved) = loop.finish()
  return (end, problems, unsaved)
}

/// The loop: wait, take what came, update, do what was asked, paint once.
struct ReaderLoop<Face: ReaderFace & ~Copyable>: ~Copyable {
  var terminal: Face
  var state: ReaderState
  let mailbox = Mailbox()
  private let loading: Loading
  private let searching: Searching
  private let arranging: Arranging
  private let surveying: Surveying
  private let quoting = Worker(isBackground: true)
  /// Waits for the programs that open links.
  let openers = Worker(isBackground: true)
  let shelfFolder: [UInt8]?
  /// Files in which a note was written that is on its way to the shelf, by ticket.
  var noteFiles: [Int: [UInt8]] = [:]
  let shelf: ShelfKeeper
  private var sources: LibrarySources
  private let startNotice: String?
  private let startsAt: String?
  let readOptions: (@Sendable () -> (options: ReaderOptions, problem: String?))?
  private var hasAskedBackground = false
  var isOver = false
  var end = SessionEnd.quit
  private var clicks = ClickCounter()
  private var isAwaitingSearch = false
  /// The question after which no key came yet, and when that is to be said.
  private var rest: (ticket: Int, at: ContinuousClock.Instant)?

  /// How long painting waits for an answer of the index that would change the screen again at once.
  private static var searchPatience: Int32 { 3 }
  /// How long typing must rest before the hits are put in order.
  private static var restMilliseconds: Int { 150 }
  /// How long the very first painting waits for something to show.
  private static var firstPatience: Int { 30 }

  init(_ options: SessionOptions, _ terminal: consuming Face) {
    self.terminal = terminal
    sources = options.sources
    shelfFolder = options.shelfFolder
    state = ReaderState(name: options.sources.name, options: options.reader)
    startNotice = options.notice
    startsAt = options.startsAt
    readOptions = options.readOptions
    if let path = options.configurationPath, let readOptions = options.readOptions {
      ConfigurationWatch.start(path) { [mailbox] in
        let (options, problem) = readOptions()
        mailbox.post(.optionsRead(options, problem: problem))
      }
    }
    loading = Loading(
      mailbox: mailbox,
      tracker: ArrivalTracker(dataFolder: options.shelfFolder, limit: options.reader.firstImport))
    searching = Searching(mailbox: mailbox, stemming: options.stemming)
    surveying = Surveying(searching: searching, loading: loading)
    arranging = Arranging(mailbox: mailbox, searching: searching)
    shelf = ShelfKeeper(
      folder: options.shelfFolder, mailbox: mailbox, sentence: options.shelfSentence,
      notice: options.shelfNotice)
  }

  mutating func run() -> SessionEnd {
    loading.start(sources) { [searching] in searching.take($0) }
    terminal.setMouse(state.usesMouse)
    dispatch(.resize(terminal.size))
    tellCapabilities(isLight: terminal.capabilities.isBackgroundLight ?? false)
    dispatch(.clock(ReaderLoop.now()))
    if let term = terminal.capabilities.termFallback {
      dispatch(
        .notice("TERM \(term.isEmpty ? "is not set" : "\(term) is unknown here"); taken as xterm-256color."))
    }
    if let startNotice { dispatch(.notice(startNotice)) }
    if let startsAt { dispatch(.startAt(startsAt)) }
    awaitFirst()
    while !isOver {
      takeWhatWaits()
      if isOver { break }
      let screen = terminal.drawing(of: state)
      if state.library.isDamaged { readAnew() } else { terminal.paint(screen) }
      askBackgroundOnce()
      let woken = terminal.wait(on: mailbox.wakeup, timeoutMilliseconds: millisecondsToRest())
      take(woken)
      sayIfTypingRests()
      // Answers that come at once are painted together with what asked for them.
      var patience = 0
      while isAwaitingSearch, patience < 3, !isOver {
        patience += 1
        take(terminal.wait(on: mailbox.wakeup, timeoutMilliseconds: ReaderLoop.searchPatience / 3))
      }
    }
    return end
  }

  /// Gives the terminal back and lets the shelf finish.
  consuming func finish() -> (problems: [ArchiveProblem], unsaved: Int) {
    loading.cancel()
    for effect in state.keepPositionEffects() { run(effect) }
    // Never leave while something asked for is not on the disk, unless the disk hangs.
    _ = shelf.drain(milliseconds: 5000)
    loading.drain(milliseconds: 5000)
    if shelf.failureCount == 0 { for ticket in noteFiles.keys { removeNoteFile(of: ticket) } }
    return (loading.current.problems, shelf.failureCount)
  }

  private func millisecondsToRest() -> Int32? {
    guard let rest else { return nil }
    let left = (rest.at - .now).components
    return Int32(clamping: max(0, left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1))
  }

  private mutating func sayIfTypingRests() {
    guard let rest, rest.at <= .now else { return }
    self.rest = nil
    dispatch(.typingRested(ticket: rest.ticket))
  }

  private mutating func tellCapabilities(isLight: Bool) {
    let colors = terminal.capabilities.colors
    dispatch(.capabilities(Capabilities(colors: colors, isLight: isLight, isLinear: Face.isLinear)))
  }

  /// Asks for the paper once something is painted, where the theme depends on it.
  private mutating func askBackgroundOnce() {
    guard !hasAskedBackground, state.followsPaper else { return }
    hasAskedBackground = true
    terminal.askBackground()
  }

  /// Leaves what was made of a damaged cache, and reads the sources.
  private mutating func readAnew() {
    loading.readAnew(sources) { [searching] in searching.take($0) }
    dispatch(.libraryChanged(state.library.emptied(), nil))
    dispatch(.loading(LoadingProgress(done: 0, total: 0)))
    terminal.paint(terminal.drawing(of: state))
  }

  /// Takes what came while the last of it was taken: only what stays is painted. Not for long: whoever holds
  /// a key down wants to see where that leads.
  private mutating func takeWhatWaits() {
    for _ in 0..<4 {
      let waiting = terminal.wait(on: mailbox.wakeup, timeoutMilliseconds: 0)
      guard waiting.input || waiting.woken || waiting.endSignal != nil else { return }
      take(waiting)
      if isOver { return }
    }
  }

  private mutating func awaitFirst() {
    dispatch(.loading(LoadingProgress(done: 0, total: 0)))
    let clock = ContinuousClock()
    let deadline = clock.now + .milliseconds(ReaderLoop.firstPatience)
    while state.loading != nil, !isOver, clock.now < deadline {
      take(terminal.wait(on: mailbox.wakeup, timeoutMilliseconds: 5))
    }
  }

  private mutating func take(_ woken: (input: Bool, woken: Bool, endSignal: Int32?)) {
    if woken.woken {
      for event in mailbox.drain() { dispatch(event) }
      endIfNothingToRead()
    }
    if woken.input {
      dispatch(.clock(ReaderLoop.now()))
      // What was typed behind the key that quits is nobody's wish any more.
      for input in terminal.readInput() where !isOver { take(input) }
    }
    if let signal = woken.endSignal {
      end = .signal(signal)
      isOver = true
    }
  }

  private mutating func take(_ input: TerminalInput) {
    switch input {
    case .key(let key): dispatch(.key(key))
    case .paste(let bytes): dispatch(.paste(bytes))
    case .resize(let size): dispatch(.resize(size))
    case .interrupted:
      terminal.forceRedraw()
      hasAskedBackground = false
    case .background(let isLight): tellCapabilities(isLight: isLight)
    case .hangUp:
      end = .signal(SIGHUP)
      isOver = true
    case .mouse(var event):
      event.clicks = clicks.count(event, at: .now)
      dispatch(.mouse(event))
    // The clock was told already: ages are as of now.
    case .focus: break
    }
  }

  private mutating func endIfNothingToRead() {
    let outcome = loading.current
    if outcome.isComplete, outcome.discussionCount == 0, state.library.discussions.isEmpty {
      end = .nothingToRead
      isOver = true
    } else if outcome.isComplete, !hasToldProblems {
      let problems = outcome.problems.filter { !$0.isNote }
      let count = problems.count
      guard count > 0 else { return }
      hasToldProblems = true
      dispatch(
        .notice(
          count == 1
            ? "Not read whole: \(String(decoding: problems[0].path, as: UTF8.self)): \(problems[0].message)"
            : "\(count) problems while reading; they are listed when you quit."))
    }
  }

  private var hasToldProblems = false

  /// What the reader did with entries, as of now. Costs O(1): nothing is copied until it changes.
  private var marks: MarkSnapshot {
    MarkSnapshot(marks: state.marks, read: state.read, openDiscussion: state.thread?.discussion)
  }

  mutating func dispatch(_ event: Event) {
    if case .searchAnswered = event { isAwaitingSearch = false }
    if case .saved(let ticket) = event { removeNoteFile(of: ticket) }
    for effect in update(&state, event) { run(effect) }
  }

  private mutating func run(_ effect: Effect) {
    switch effect {
    case .search(let request):
      isAwaitingSearch = true
      searching.ask(request, snapshot: marks)
    case .findHits(let request): searching.findHits(request, snapshot: marks)
    case .arrangeList(let request): arranging.ask(request, snapshot: marks)
    case .survey(let request): surveying.ask(request, snapshot: marks)
    case .awaitRest(let ticket):
      rest = (ticket, .now + .milliseconds(ReaderLoop.restMilliseconds))
    case .keep(let target, let mark, let before, let entry, let ticket):
      shelf.keep(target, mark, from: before, entry: entry, library: state.library, ticket: ticket)
    case .refreshMarks: shelf.refreshMarks()
    case .keepRead(let discussion, let read, let unread):
      let library = state.library
      shelf.run { shelf throws(ShelfError) in
        try shelf.setRead(
          discussion: library.key(of: library.post(of: discussion)), read: read.map { library.key(of: $0) },
          unread: unread.map { library.key(of: $0) })
      }
    case .keepPosition(let discussion, let entry, let byte, let at):
      let library = state.library
      shelf.run { shelf throws(ShelfError) in
        try shelf.setPosition(
          discussion: library.key(of: library.post(of: discussion)),
          ReadingPosition(entry: library.key(of: entry), byte: byte, keptAt: at))
      }
    case .keepSearch(let text):
      shelf.run { shelf throws(ShelfError) in try shelf.addHistory(Array(text.utf8)) }
    case .stopLoading: loading.cancel()
    case .reload: loading.start(sources, isAgain: true, isWhole: true) { [searching] in searching.take($0) }
    case .readOptions:
      guard let readOptions else { break }
      let (options, problem) = readOptions()
      dispatch(.optionsRead(options, problem: problem))
    case .openSource(let path):
      let more = LibrarySources(paths: [ReaderLoop.path(path)], name: "", options: sources.options)
      if let missing = more.paths.first(where: { $0 != Archive.standardInputPath && !PathName($0).exists }
      ) {
        dispatch(
          .notice(
            "\(DisplayRule.printable(String(decoding: missing, as: UTF8.self))): no such file or folder"))
        dispatch(.loading(nil))
        break
      }
      sources.paths += more.paths.filter { !sources.paths.contains($0) }
      loading.start(more, isAgain: true) { [searching] in searching.take($0) }
    case .findQuotes(let discussion):
      quoting.submit { [library = state.library, mailbox] in
        let index = QuoteIndex(of: discussion, in: library)
        mailbox.post(.quotesFound(index, generation: library.generation))
      }
    case .copy(let text):
      if !terminal.copy(text) {
        dispatch(.notice("Not copied: this terminal has no clipboard that a program can reach."))
      }
    case .setMouse(let isOn):
      if !terminal.setMouse(isOn), isOn { dispatch(.notice("This terminal reports no mouse.")) }
    case .openLink(let address): openLink(address)
    case .pipe(let passage, let command): pipe(passage, to: command)
    case .save(let passage, let path, let suggested, let replaces):
      save(passage, to: path, suggested: suggested, replaces: replaces)
    case .showSource(let entry):
      quoting.submit { [library = state.library, mailbox] in
        switch SourceView.page(of: entry, in: library) {
        case .success(let page): mailbox.post(.pageMade(page))
        case .failure(let unreadable): mailbox.post(.notice(unreadable.sentence))
        }
      }
    case .showDigest(let targets): showDigest(of: targets)
    case .editNote(let entry, let note): editNote(note, on: entry)
    case .redraw: terminal.forceRedraw()
    case .suspend: terminal.suspend()
    case .quit: isOver = true
    }
  }

  /// A path as typed: without the white space around it, `~/` at its beginning replaced by the home folder.
  static func path(_ typed: String) -> [UInt8] {
    var bytes = Array(typed.utf8)
    while bytes.last == 0x20 { bytes.removeLast() }
    bytes = Array(bytes.drop { $0 == 0x20 })
    guard bytes.starts(with: "~/".utf8), let home = unsafe getenv("HOME") else { return bytes }
    return Array(unsafe String(cString: home).utf8) + bytes.dropFirst()
  }

  private static func now() -> Int64 { Int64(time(nil)) }
}
