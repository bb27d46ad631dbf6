import CPty
import Glibc

/// A program in a pseudo-terminal, seen through a terminal emulator.
///
/// Nothing here sleeps for a guess: a test waits for a condition on the screen, with a deadline, and a
/// failure shows the screen that was seen.
@safe public final class PseudoTerminal {
  /// Why nothing was started.
  public struct StartFailure: Error {
    /// The system's error number; 0 when there is no emulator: libvterm-dev was not there at the build.
    public let code: Int32
  }

  /// How a program ended.
  public enum End: Equatable {
    /// It exited with a status.
    case exit(Int)
    /// A signal ended it.
    case signal(Int32)
  }

  /// Everything the program wrote, as it wrote it.
  public private(set) var log: [UInt8] = []
  /// How it ended, nil while it runs.
  public private(set) var end: End?
  /// Columns of the screen.
  public private(set) var columns: Int
  /// Rows of the screen.
  public private(set) var rows: Int

  private let process: Int32
  private var master: Int32
  private let screen: OpaquePointer
  private var pending: [UInt8] = []

  /// Starts a program.
  /// - Parameter environment: laid over a small fixed one (`TERM=xterm-256color`, `LC_ALL=C.UTF-8`,
  ///   `TZ=UTC`, no backtraces); an empty value removes a variable.
  public init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, redirected: Int32 = 0
  ) throws {
    var variables = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC", "SWIFT_BACKTRACE": "enable=no",
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
    ]
    variables.merge(environment) { _, new in new }
    if let profile = unsafe getenv("LLVM_PROFILE_FILE") {
      variables["LLVM_PROFILE_FILE"] = unsafe String(cString: profile)
    }
    guard let screen = unsafe pty_screen_make(Int32(rows), Int32(columns)) else {
      throw StartFailure(code: 0)
    }
    unsafe self.screen = screen
    let argv = CStrings([executable] + arguments)
    let envp = CStrings(variables.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" })
    var master: Int32 = -1
    process = unsafe pty_start(
      executable, argv.pointers, envp.pointers, Int32(rows), Int32(columns), redirected, &master)
    guard process > 0 else {
      let code = errno
      unsafe pty_screen_free(screen)
      throw StartFailure(code: code)
    }
    self.master = master
    self.columns = columns
    self.rows = rows
  }

  deinit {
    if end == nil {
      // A shell's job runs in a group of its own.
      let foreground = pty_foreground_group(master)
      if foreground > 1, foreground != process { kill(-foreground, SIGKILL) }
      kill(process, SIGKILL)
      while end == nil {
        poll()
        usleep(1000)
      }
    }
    if master >= 0 { close(master) }
    unsafe pty_screen_free(screen)
  }

  // MARK: Doing

  /// Types.
  public func send(_ text: String) { send(Array(text.utf8)) }

  /// Types bytes.
  public func send(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes[offset...].withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
      if written > 0 {
        offset += written
      } else if errno == EAGAIN {
        pump(milliseconds: 5)
      } else {
        return
      }
    }
  }

  /// Gives the terminal another size. libvterm 0.1.4 crashes on a screen of one column: the emulator
  /// then keeps two, and its text means nothing.
  public func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    unsafe pty_screen_resize(screen, Int32(rows), Int32(max(2, columns)))
    _ = pty_resize(master, Int32(rows), Int32(columns))
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) { kill(process, number) }

  /// Whether the program itself is in the foreground, and not one that it started.
  public var isInForeground: Bool { pty_foreground_group(master) == process }

  /// Sends a signal to the group in the foreground, as the keyboard does.
  public func signalForeground(_ number: Int32) {
    let group = pty_foreground_group(master)
    if group > 1 { kill(-group, number) }
  }

  /// Closes the window: the terminal is gone.
  public func closeWindow() {
    close(master)
    master = -1
  }

  // MARK: Seeing

  /// Base and marks of a cell; "" for one that holds nothing, nil for the right half of a wide glyph.
  public func glyph(column: Int, row: Int) -> String? {
    var cell = pty_cell()
    unsafe pty_screen_cell(screen, Int32(row), Int32(column), &cell)
    guard cell.scalars.0 != .max else { return nil }
    var text = String.UnicodeScalarView()
    for value in [
      cell.scalars.0, cell.scalars.1, cell.scalars.2, cell.scalars.3, cell.scalars.4, cell.scalars.5,
    ] {
      guard value != 0, let scalar = Unicode.Scalar(value) else { break }
      text.append(scalar)
    }
    return String(text)
  }

  /// The ink of a cell: attributes (1 bold, 2 underline, 4 italic, 8 reverse) and palette numbers, -1 the
  /// default, -2 something else.
  public func ink(column: Int, row: Int) -> (attributes: Int, foreground: Int, background: Int) {
    var cell = pty_cell()
    unsafe pty_screen_cell(screen, Int32(row), Int32(column), &cell)
    return (Int(cell.attributes), Int(cell.foreground), Int(cell.background))
  }

  /// Where the cursor stands.
  public var cursor: (column: Int, row: Int) {
    let place = unsafe pty_screen_cursor(screen)
    return (Int(place & 0xFFFF), Int(place >> 16))
  }

  /// The rows of the screen, without blanks at their ends.
  public var text: [String] {
    (0..<rows).map { row in
      var line = String.UnicodeScalarView()
      var column = 0
      while column < columns {
        var cell = pty_cell()
        unsafe pty_screen_cell(screen, Int32(row), Int32(column), &cell)
        let scalars = [cell.scalars.0, cell.scalars.1, cell.scalars.2, cell.scalars.3, cell.scalars.4]
        if scalars[0] == 0 { line.append(" ") }
        for value in scalars {
          guard value != 0 else { break }
          if let scalar = Unicode.Scalar(value) { line.append(scalar) }
        }
        column += max(1, Int(cell.width))
      }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// Whether any row holds a text.
  public func shows(_ needle: String) -> Bool { text.contains { $0.contains(needle) } }

  /// Whether the alternate screen is on.
  public var isAlternate: Bool { unsafe pty_screen_is_alternate(screen) != 0 }
  /// Whether a synchronized frame has begun and not ended.
  private var isMidFrame: Bool {
    let mark = Array("\u{1B}[?2026".utf8)
    for start in stride(from: log.count - mark.count - 1, through: 0, by: -1) where log[start] == 0x1B {
      if log[start...].starts(with: mark) { return log[start + mark.count] == UInt8(ascii: "h") }
    }
    return false
  }

  /// Whether the cursor shows: what was last said of it. libvterm lets `ESC 7` and `ESC 8` save and
  /// restore that too, which no terminal does, so its own word is not taken.
  public var showsCursor: Bool {
    let shown = Array("\u{1B}[?25h".utf8)
    let hidden = Array("\u{1B}[?25l".utf8)
    for start in stride(from: log.count - shown.count, through: 0, by: -1) where log[start] == 0x1B {
      if log[start...].starts(with: shown) { return true }
      if log[start...].starts(with: hidden) { return false }
    }
    return true
  }
  /// Whether the terminal is as a shell has it: echo, lines and signals; not when it is gone.
  public var isCooked: Bool { pty_mode(master) & ~8 == 7 }
  /// Processor time used so far, in milliseconds.
  public var processorMilliseconds: Int { Int(pty_processor_milliseconds(process)) }

  // MARK: Waiting

  /// Waits until a condition holds.
  /// - Returns: nil when it does, else what was seen instead.
  public func wait(seconds: Double = 10, until condition: (PseudoTerminal) -> Bool) -> String? {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    while true {
      pump(milliseconds: 10)
      // A frame is looked at once it is whole.
      if !isMidFrame, condition(self) { return nil }
      if clock.now > deadline || (end != nil && pending.isEmpty) {
        if condition(self) { return nil }
        return "ended: \(String(describing: end)); the screen was:\n" + text.joined(separator: "\n")
      }
    }
  }

  /// Waits until a text shows.
  public func wait(for needle: String, seconds: Double = 10) -> String? {
    wait(seconds: seconds) { $0.shows(needle) }.map { "never saw “\(needle)”; \($0)" }
  }

  /// Waits until the program has ended.
  public func waitForEnd(seconds: Double = 10) -> End? {
    _ = wait(seconds: seconds) { $0.end != nil }
    return end
  }

  private func pump(milliseconds: Int32) {
    _ = take(milliseconds: milliseconds)
    poll()
  }

  /// Takes what the program has written, waiting for it a while.
  private func take(milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe Glibc.poll(&polled, 1, milliseconds) > 0, master >= 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe read(master, &buffer, buffer.count)
    guard count > 0 else {
      if end == nil { usleep(500) }  // the other side is closed; its end comes
      return false
    }
    log += buffer[..<count]
    feed(buffer[..<count])
    return true
  }

  private func poll() {
    guard end == nil else { return }
    let status = pty_poll_exit(process)
    guard status >= 0 else { return }
    // What it wrote last is still to be read.
    while take(milliseconds: 0) {}
    end = status >= 256 ? .signal(status - 256) : .exit(Int(status))
  }

  /// Feeds the emulator whole UTF-8 sequences.
  private func feed(_ bytes: ArraySlice<UInt8>) {
    pending += bytes
    var end = pending.count
    var back = 0
    while back < 3, end - back > 0 {
      let byte = pending[end - back - 1]
      if byte & 0xC0 == 0x80 {
        back += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if length > back + 1 { end -= back + 1 }
      break
    }
    unsafe pty_screen_feed(screen, Array(pending[..<end]), Int32(end))
    pending.removeFirst(end)
  }
}

/// Strings as C wants them: an array of pointers with nil at its end.
@safe private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    unsafe pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() {
      unsafe (pointers + index).initialize(to: strdup(string))
    }
    unsafe (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { unsafe free(pointers[index]) }
    unsafe pointers.deallocate()
  }
}
