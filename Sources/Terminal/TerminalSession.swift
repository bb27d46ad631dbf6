import CGuard
import CNcurses
public import Grid

#if canImport(Glibc)
  import Glibc
#endif

/// The terminal while the program has it: one ncurses screen that shows grids and gives keys.
///
/// Made by `open`, given back by `close`, by the end of its life, at exit, and by the crash guard: after
/// each of these the terminal is as it was found. Lives on one thread, and there is one at a time.
/// Standard error goes to memory meanwhile and is repeated afterwards with controls taken out.
public struct TerminalSession: ~Copyable {
  /// Where keys come from.
  public enum KeySource: Hashable, Sendable {
    /// Standard input, which must be a terminal.
    case standardInput
    /// `/dev/tty`, when standard input holds data.
    case controllingTerminal
  }

  /// Its size in cells; at least 1×1.
  public private(set) var size: Size
  /// What it can do.
  public let capabilities: TerminalCapabilities
  /// Cells that reached the painter with something the display rule forbids; 0 unless there is a bug.
  public var guardViolations: Int { writer.violations }

  private var writer: CellWriter
  var decoder = KeyDecoder()
  /// When the terminal was last asked something.
  var askedAt = ContinuousClock.now
  private var painted: Grid?
  /// Inputs that did not come by a key, to be given out by the next `readInput`.
  private var notices: [TerminalInput] = []
  private var lastUnit = ContinuousClock.now
  private var hasMoreToRead = false
  private var usesMouse = false
  /// The descriptor that keys come from.
  public let keys: Int32
  private let keysAreOurs: Bool

  private init(keys: Int32, keysAreOurs: Bool, capabilities: TerminalCapabilities) {
    self.keys = keys
    self.keysAreOurs = keysAreOurs
    self.capabilities = capabilities
    writer = CellWriter(colors: capabilities.colors, isUTF8: capabilities.isUTF8)
    size = Self.fittedSize()
  }

  /// Takes the terminal of standard output over.
  /// - Throws: `TerminalError`; the terminal is then as it was.
  public static func open(keysFrom source: KeySource = .standardInput) throws(TerminalError)
    -> TerminalSession
  {
    guard guard_standard_descriptors() == 0 else { throw .system(errno: errno) }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(.output) }
    let keys =
      source == .standardInput ? STDIN_FILENO : unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    var isOpen = false
    defer { if !isOpen, source != .standardInput, keys >= 0 { Glibc.close(keys) } }
    guard keys >= 0, isatty(keys) == 1 else { throw .notATerminal(.input) }

    let isUTF8 = screen_set_locale() == 1
    let wanted = Environment.value("TERM") ?? ""
    let term = try usableTerminal(wanted)
    guard guard_arm(STDOUT_FILENO) == 0 else { throw .system(errno: errno) }
    let wantsColor = Environment.value("NO_COLOR") == nil
    guard unsafe screen_open(term, STDOUT_FILENO, keys, wantsColor ? 1 : 0) == 0 else {
      guard_disarm()
      throw .unusable(term: wanted, reason: .refused)
    }
    isOpen = true
    guard_watch_size()
    var reset = [CChar](repeating: 0, count: 512)
    let resetCount = unsafe screen_reset_bytes(&reset, Int32(reset.count))
    unsafe guard_set_reset(reset, resetCount)
    guard_capture_standard_error()
    return TerminalSession(
      keys: keys, keysAreOurs: source != .standardInput,
      capabilities: TerminalCapabilities(
        colors: wantsColor ? Int(screen_colors()) : 0, isUTF8: isUTF8, hasItalic: screen_has_italic() == 1,
        termFallback: term == wanted ? nil : wanted, isBackgroundLight: Environment.isBackgroundLight))
  }

  /// The type to use for a `TERM`: itself, or where terminfo does not know it, what most terminals of
  /// today understand.
  private static func usableTerminal(_ wanted: String) throws(TerminalError) -> String {
    for term in [wanted, "xterm-256color", "xterm"] {
      switch Int(unsafe screen_check(term, STDOUT_FILENO)) {
      case SCREEN_USABLE: return term
      case SCREEN_NO_CURSOR_ADDRESSING: throw .unusable(term: wanted, reason: .noCursorAddressing)
      default: continue
      }
    }
    throw .unusable(term: wanted, reason: .unknown)
  }

  private static func fittedSize() -> Size {
    var rows: Int32 = 0
    var columns: Int32 = 0
    unsafe screen_fit(&rows, &columns)
    return Size(columns: Int(columns), rows: Int(rows))
  }

  // MARK: Painting

  /// Shows a grid. Rows that did not change cost nothing; ncurses sends what differs. A grid of another
  /// size is clipped, the rest of the screen left blank.
  /// - Complexity: O(cells), and O(columns) more for each row that changed.
  public mutating func paint(_ grid: Grid) {
    for row in 0..<size.rows {
      if row >= grid.size.rows {
        if painted?.size != grid.size { _ = screen_put_row(Int32(row), nil, 0) }
      } else if let painted, painted.size == grid.size, CellWriter.isRow(row, of: grid, sameIn: painted) {
        continue
      } else {
        writer.put(row: row, of: grid)
      }
    }
    painted = grid
    let cursor = grid.cursor.flatMap { $0.column < size.columns && $0.row < size.rows ? $0 : nil }
    screen_show(Int32(cursor?.row ?? 0), Int32(cursor?.column ?? -1))
  }

  /// The next `paint` sends everything anew (Ctrl-L).
  public mutating func forceRedraw() {
    painted = nil
    screen_forget()
  }

  // MARK: Input

  /// Everything that has come, without waiting. At most 65,536 bytes at a time: then the next `wait`
  /// returns at once.
  public mutating func readInput() -> [TerminalInput] {
    var inputs = notices
    notices = []
    var isResized = false
    var units = 0
    hasMoreToRead = true
    while units < 65_536 {
      let unit = Int(screen_read())
      guard unit >= 0 else {
        hasMoreToRead = false
        break
      }
      units += 1
      if unit == SCREEN_KEY_RESIZE { isResized = true } else { decoder.feed(unit, into: &inputs) }
    }
    let now = ContinuousClock.now
    if decoder.awaitsReply, now - askedAt > Self.questionLife { decoder.awaitsReply = false }
    if units > 0 { lastUnit = now }
    if !hasMoreToRead { decoder.pause(milliseconds: Self.milliseconds(now - lastUnit), into: &inputs) }
    if units == 0, guard_is_gone(keys) == 1 { inputs.append(.hangUp) }
    // Reports that nobody asked for, or that were under way when they were asked for no longer.
    if !usesMouse { inputs.removeAll { if case .mouse = $0 { true } else { false } } }
    if isResized { inputs.append(.resize(refit())) }
    return inputs
  }

  private mutating func refit() -> Size {
    size = Self.fittedSize()
    forceRedraw()
    return size
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
  }

  /// Waits for the terminal, a wakeup, a signal or the end of a time, whatever comes first. Stop and
  /// continue are dealt with inside.
  /// - Parameter timeoutMilliseconds: nil waits without end.
  /// - Returns: `input` when `readInput` has something to give; `woken` when the wakeup is signalled (it
  ///   is not drained); `endSignal`, the number of a signal that asks the program to end: save, `close`,
  ///   then `reraise` it.
  public mutating func wait(
    on wakeup: Wakeup, timeoutMilliseconds: Int32?
  ) -> (input: Bool, woken: Bool, endSignal: Int32?) {
    let start = ContinuousClock.now
    while true {
      var left = timeoutMilliseconds.map { max(0, Int($0) - Self.milliseconds(.now - start)) }
      if decoder.isUnfinished { left = min(left ?? .max, decoder.patience) }
      if hasMoreToRead || !notices.isEmpty { left = 0 }
      var polled = [
        pollfd(fd: keys, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeup.fileDescriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: guard_signal_descriptor(), events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&polled, nfds_t(polled.count), left.map { Int32(clamping: $0) } ?? -1)
      if ready < 0, errno == EINTR { continue }
      var result: (input: Bool, woken: Bool, endSignal: Int32?) = (
        hasMoreToRead || polled[0].revents != 0, polled[1].revents != 0, nil
      )
      if polled[2].revents != 0 { takeSignals(into: &result) }
      if !notices.isEmpty || (ready == 0 && decoder.isUnfinished) { result.input = true }
      if result.input || result.woken || result.endSignal != nil || ready <= 0 { return result }
    }
  }

  private mutating func takeSignals(into result: inout (input: Bool, woken: Bool, endSignal: Int32?)) {
    while true {
      let number = guard_next_signal()
      switch number {
      case 0: return
      case SIGWINCH: result.input = true  // ncurses says KEY_RESIZE
      case SIGTSTP: suspend()
      case SIGCONT: takeBack()
      default: result.endSignal = result.endSignal ?? number
      }
    }
  }

  /// Asks the terminal to report the mouse, or no longer: it then selects text again by itself.
  /// - Returns: whether it can.
  @discardableResult
  public mutating func setMouse(_ isOn: Bool) -> Bool {
    let canReport = screen_set_mouse(isOn ? 1 : 0) == 1
    usesMouse = isOn && canReport
    return canReport
  }

  // MARK: Leaving for a while

  /// Stops the program's process group as Ctrl-Z does elsewhere, with the terminal given back; returns
  /// when it is continued. `readInput` then gives `interrupted` and, if need be, `resize`.
  public mutating func suspend() {
    lendOut()
    guard_stop()
    takeBack()
  }

  /// Gives the terminal back for another program, such as an editor, until `takeBack`.
  public mutating func lendOut() {
    takeLateAnswer()
    screen_leave()
    guard_pause()
    guard_release_standard_error()
  }

  /// Takes the terminal again after `lendOut` or after a stop from outside.
  public mutating func takeBack() {
    guard_unpause()
    guard_capture_standard_error()
    if screen_resume() != 0 { notices.append(.hangUp) }
    let old = size
    if refit() != old { notices.append(.resize(size)) }
    notices.append(.interrupted)
  }

  // MARK: The end

  /// Gives the terminal back.
  public consuming func close() {}

  deinit {
    var decoder = decoder
    Self.takeLateAnswer(&decoder, askedAt: askedAt, keys: keys)
    screen_close()
    guard_disarm()
    guard_release_standard_error()
    if keysAreOurs { Glibc.close(keys) }
  }

  /// Ends the process by a signal, as whoever sent it expects. The terminal is given back first if it
  /// still is not.
  public static func reraise(_ signal: Int32) -> Never { guard_reraise(signal) }

  /// Lets the crash guard work on the calling thread even when its stack overflows. The main thread has
  /// it already.
  public static func protectThisThread() { _ = guard_protect_thread() }
}
