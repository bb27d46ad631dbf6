import CGuard
public import Grid

#if canImport(Glibc)
  import Glibc
#endif

/// The terminal while a reader speaks to it in plain lines: text is only ever added at the end, nothing is
/// drawn, no cursor is placed, no colour is set. For screen readers, for teletypes, and for terminals that
/// cannot do more (`TERM=dumb`).
///
/// Keys come one by one, without echo, and none of them sends a signal. Given back by `close`, by the end of
/// its life and by the crash guard. Lives on one thread, and there is one session at a time.
public struct LineSession: ~Copyable {
  /// Its size in cells; 80×24 where the terminal does not tell.
  public private(set) var size: Size
  /// What it can do: no colours.
  public let capabilities: TerminalCapabilities

  private var decoder = KeyDecoder()
  private var notices: [TerminalInput] = []
  private var lastByte = ContinuousClock.now
  private var isAtEnd = false
  let keys: Int32
  private let keysAreOurs: Bool
  private let found: termios

  /// Whether the terminal says of itself that it only adds lines: `TERM` is `dumb`.
  public static var isWanted: Bool { Environment.value("TERM") == "dumb" }

  /// Takes the terminal of standard output over.
  /// - Throws: `TerminalError`; the terminal is then as it was.
  public static func open(keysFrom source: TerminalSession.KeySource = .standardInput) throws(TerminalError)
    -> LineSession
  {
    guard guard_standard_descriptors() == 0 else { throw .system(errno: errno) }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(.output) }
    let keys =
      source == .standardInput ? STDIN_FILENO : unsafe Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    var isOpen = false
    defer { if !isOpen, source != .standardInput, keys >= 0 { Glibc.close(keys) } }
    var found = termios()
    guard keys >= 0, isatty(keys) == 1, unsafe tcgetattr(keys, &found) == 0 else {
      throw .notATerminal(.input)
    }
    guard guard_arm(keys) == 0 else { throw .system(errno: errno) }
    isOpen = true
    guard_watch_size()
    guard_capture_standard_error()
    return LineSession(keys: keys, keysAreOurs: source != .standardInput, found: found)
  }

  private init(keys: Int32, keysAreOurs: Bool, found: termios) {
    self.keys = keys
    self.keysAreOurs = keysAreOurs
    self.found = found
    capabilities = TerminalCapabilities(
      colors: 0, isUTF8: true, hasItalic: false, termFallback: nil, isBackgroundLight: nil)
    size = Self.terminalSize()
    takeKeys()
  }

  deinit {
    guard_disarm()
    guard_release_standard_error()
    if keysAreOurs { Glibc.close(keys) }
  }

  /// Gives the terminal back.
  public consuming func close() {}

  private static func terminalSize() -> Size {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: max(20, Int(size.ws_col)), rows: max(8, Int(size.ws_row)))
  }

  /// Keys one by one, silently; output stays as it was found.
  private func takeKeys() {
    var mode = found
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    mode.c_iflag &= ~tcflag_t(IXON)
    _ = unsafe tcsetattr(keys, TCSADRAIN, &mode)
  }

  private func giveKeysBack() {
    var mode = found
    _ = unsafe tcsetattr(keys, TCSADRAIN, &mode)
  }

  // MARK: Output

  /// Adds text at the end: what comes here has no controls but line ends, backspaces and BEL.
  public mutating func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        var ready = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&ready, 1, 1000)
      } else if errno != EINTR {
        return
      }
    }
  }

  // MARK: Input

  /// Everything that has come, without waiting; at most 65,536 bytes at a time.
  public mutating func readInput() -> [TerminalInput] {
    var inputs = notices
    notices = []
    var polled = pollfd(fd: keys, events: Int16(POLLIN), revents: 0)
    let now = ContinuousClock.now
    if unsafe poll(&polled, 1, 0) == 1 {
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe Glibc.read(keys, &bytes, bytes.count)
      if count > 0 {
        lastByte = now
        for byte in bytes.prefix(count) { decoder.feed(Int(byte), into: &inputs) }
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        inputs.append(.hangUp)
      }
    } else {
      decoder.pause(milliseconds: Self.milliseconds(now - lastByte), into: &inputs)
    }
    return inputs
  }

  /// Waits for a key, a wakeup, a signal or the end of a time; see `TerminalSession.wait`.
  public mutating func wait(
    on wakeup: Wakeup, timeoutMilliseconds: Int32?
  ) -> (input: Bool, woken: Bool, endSignal: Int32?) {
    let start = ContinuousClock.now
    while true {
      var left = timeoutMilliseconds.map { max(0, Int($0) - Self.milliseconds(.now - start)) }
      if decoder.isUnfinished { left = min(left ?? .max, decoder.patience) }
      if !notices.isEmpty { left = 0 }
      var polled = [
        pollfd(fd: keys, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeup.fileDescriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: guard_signal_descriptor(), events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&polled, nfds_t(polled.count), left.map { Int32(clamping: $0) } ?? -1)
      if ready < 0, errno == EINTR { continue }
      var endSignal: Int32?
      if polled[2].revents != 0 { endSignal = takeSignals() }
      let hasInput =
        polled[0].revents != 0 || !notices.isEmpty || (ready == 0 && decoder.isUnfinished)
      if hasInput || polled[1].revents != 0 || endSignal != nil || ready <= 0 {
        return (hasInput, polled[1].revents != 0, endSignal)
      }
    }
  }

  /// The first of the signals noticed that asks for the end; stop and continue are dealt with.
  private mutating func takeSignals() -> Int32? {
    var end: Int32?
    while true {
      let number = guard_next_signal()
      switch number {
      case 0: return end
      case SIGWINCH:
        let now = Self.terminalSize()
        if now != size {
          size = now
          notices.append(.resize(now))
        }
      case SIGTSTP: suspend()
      case SIGCONT: takeBack()
      default: end = end ?? number
      }
    }
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
  }

  // MARK: Leaving for a while

  /// Stops the program's process group, and returns when it is continued.
  public mutating func suspend() {
    lendOut()
    guard_stop()
    takeBack()
  }

  /// Gives the terminal back for another program until `takeBack`.
  public mutating func lendOut() {
    giveKeysBack()
    guard_pause()
    guard_release_standard_error()
  }

  /// Takes the terminal again.
  public mutating func takeBack() {
    guard_unpause()
    guard_capture_standard_error()
    takeKeys()
    notices.append(.interrupted)
  }
}
