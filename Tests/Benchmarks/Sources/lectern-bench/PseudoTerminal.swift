import Glibc

/// A program in a pseudo-terminal, and what it wrote.
final class PseudoTerminal {
  private let master: CInt
  let process: pid_t
  private let clock = ContinuousClock()
  /// When the program was started.
  let start: ContinuousClock.Instant
  /// Everything it wrote so far.
  private(set) var output: [UInt8] = []
  /// What the terminal shows, if that is followed. Costs nothing until it is looked at.
  var screen: Emulator? {
    if shown < output.count {
      emulator?.feed(output[shown...])
      shown = output.count
    }
    return emulator
  }
  private var emulator: Emulator?
  private var shown = 0
  private var hasEnded = false

  /// Starts a program; nil if that fails.
  /// - Parameter isFollowed: whether an emulator is fed with what it writes, so that `screen` shows it.
  init?(
    _ arguments: [String], environment: [String], columns: Int = 100, rows: Int = 30, isFollowed: Bool = false
  ) {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: CInt = 0
    var number: CInt = 0
    // TIOCSPTLCK and TIOCGPTN of Linux; the C library's calls for them are hidden from Swift.
    guard master >= 0, ioctl(master, 0x4004_5431, &isLocked) == 0, ioctl(master, 0x8004_5430, &number) == 0
    else { return nil }
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a leader of a session opens becomes its controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
    var words = arguments.map { strdup($0) } + [nil]
    var block =
      (["TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"] + environment).map { strdup($0) } + [
        nil
      ]
    defer { (words + block).forEach { free($0) } }
    var process: pid_t = 0
    start = clock.now
    guard posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &block) == 0 else { return nil }
    self.process = process
    if isFollowed { emulator = Emulator(columns: columns, rows: rows) }
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      var status: CInt = 0
      waitpid(process, &status, 0)
    }
    close(master)
  }

  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Reads what comes within so many milliseconds; nil when nothing did, or the program ended.
  private func readOnce(milliseconds: CInt) -> ContinuousClock.Instant? {
    var polls = [pollfd(fd: master, events: Int16(POLLIN), revents: 0)]
    guard poll(&polls, 1, milliseconds) > 0 else { return nil }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let got = read(master, &chunk, chunk.count)
    guard got > 0 else { return nil }
    let moment = clock.now
    output += chunk[..<got]
    return moment
  }

  /// Reads until some text was written.
  /// - Parameter pressing: a key that is pressed every 25 ms, to have the screen painted whole.
  /// - Returns: the microseconds from the start; nil when that many seconds went by.
  func wait(for text: String, seconds: Int = 5, pressing key: String? = nil) -> Double? {
    let wanted = Array(text.utf8)
    let end = clock.now + .seconds(seconds)
    var looked = 0
    var pressed = start
    while clock.now < end {
      // Never faster than the screen is painted: what is written waits in the terminal otherwise.
      if let key, clock.now - pressed > .milliseconds(25) {
        type(key)
        pressed = clock.now
      }
      guard let moment = readOnce(milliseconds: key == nil ? CInt(seconds) * 1000 : 25) else {
        if key == nil { return nil }
        continue
      }
      let fresh = output[max(0, looked - wanted.count)...]
      if Array(fresh).contains(wanted) { return (moment - start).microseconds }
      looked = output.count
    }
    return nil
  }

  /// Reads until the screen, which must be followed, shows something.
  /// - Returns: the microseconds from the start to the bytes that completed it; nil when that many seconds went
  ///   by or the program ended.
  func wait(seconds: Int, until condition: (Emulator) -> Bool) -> Double? {
    let end = clock.now + .seconds(seconds)
    var moment = clock.now
    while clock.now < end {
      if let screen, condition(screen) { return (moment - start).microseconds }
      if let next = readOnce(milliseconds: 50) { moment = next } else if hasDied { return nil }
    }
    return nil
  }

  /// Reads until nothing more came for so long.
  /// - Returns: the microseconds from the start to the last that came before, if anything came.
  @discardableResult
  func settle(milliseconds: CInt, seconds: Int = 60) -> Double? {
    let end = clock.now + .seconds(seconds)
    var last: Double?
    while clock.now < end, let moment = readOnce(milliseconds: milliseconds) {
      last = (moment - start).microseconds
    }
    return last
  }

  /// Reads until the program has used no processor for a second.
  /// - Returns: whether that came to be.
  func rest(seconds: Int) -> Bool {
    let end = clock.now + .seconds(seconds)
    var used = processorSeconds
    while clock.now < end {
      drain(seconds: 1)
      let now = processorSeconds
      if now == used { return now != nil }
      used = now
    }
    return false
  }

  /// Writes keys at once and times them.
  /// - Returns: microseconds to the last byte before so many milliseconds of quiet, and how many bytes; nil
  ///   when nothing was painted.
  func burst(_ keys: String, quiet: CInt) -> (time: Double, bytes: Int)? {
    while readOnce(milliseconds: 20) != nil {}
    let before = output.count
    let pressed = clock.now
    type(keys)
    var last: ContinuousClock.Instant?
    while let moment = readOnce(milliseconds: quiet) { last = moment }
    return last.map { (($0 - pressed).microseconds, output.count - before) }
  }

  /// Gives the terminal another size; the program is told by a signal.
  func resize(columns: Int, rows: Int) {
    screen?.resize(columns: columns, rows: rows)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Whether the program has ended without having been asked.
  var hasDied: Bool {
    if hasEnded { return true }
    var information = siginfo_t()
    return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) != 0
      || information.si_signo != 0
  }

  /// Reads whatever comes for so many seconds: a program that paints must not wait for its reader.
  func drain(seconds: Int) {
    let end = clock.now + .seconds(seconds)
    while clock.now < end { _ = readOnce(milliseconds: 20) }
  }

  /// Presses a key and times what it paints.
  /// - Returns: microseconds to the first byte painted, and to the last before 12 ms of quiet; nil when
  ///   nothing is painted within 150 ms.
  func time(key: String) -> (first: Double, last: Double)? {
    while readOnce(milliseconds: 12) != nil {}
    let pressed = clock.now
    type(key)
    guard let first = readOnce(milliseconds: 150) else { return nil }
    var last = first
    while let next = readOnce(milliseconds: 12) { last = next }
    return ((first - pressed).microseconds, (last - pressed).microseconds)
  }

  /// Reads until the program is gone, which it is made to be after so many seconds; microseconds from its start, and its exit code.
  func end(seconds: Int = 5) -> (time: Double, code: CInt) {
    let deadline = clock.now + .seconds(seconds)
    var status: CInt = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if clock.now > deadline {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        break
      }
      if readOnce(milliseconds: 20) == nil { usleep(2000) }
    }
    hasEnded = true
    return ((clock.now - start).microseconds, status & 0x7F == 0 ? (status >> 8) & 0xFF : -1)
  }

  /// Most memory that was ever resident, in KiB, as the kernel says (`VmHWM`).
  var peakResident: Int? { Kernel.number("VmHWM:", in: "/proc/\(process)/status") }

  /// Processor time of all its threads, in seconds.
  var processorSeconds: Double? { Kernel.processorSeconds(of: process) }

  /// How often any of its threads was woken or put to sleep; nil when it is gone.
  var switches: Int? { Kernel.switches(of: process) }
}
