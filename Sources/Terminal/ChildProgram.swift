import CGuard

#if canImport(Glibc)
  import Glibc
#endif

/// Starting other programs, by an argument vector and never by a shell.
public enum ChildProgram {
  /// How a program ended.
  public enum End: Hashable, Sendable {
    /// It exited with a status.
    case exit(Int)
    /// A signal ended it.
    case signal(Int)
    /// It could not be started: the error's number.
    case notStarted(Int32)

    init(result: Int32) { self = result >= 256 ? .signal(Int(result) - 256) : .exit(Int(result)) }
  }

  /// Starts a program in a session of its own, without the terminal, and waits for it: on a thread that has
  /// nothing else to do.
  public static func runDetached(_ arguments: [String]) -> End {
    switch start(arguments, input: -1, isDetached: true) {
    case .failure(let refusal): return .notStarted(refusal.code)
    case .success(let process):
      var status: Int32 = 0
      while unsafe waitpid(process, &status, 0) < 0 {
        if errno != EINTR { return .exit(0) }
      }
      let signal = status & 0x7F
      return signal == 0 ? .exit(Int(status >> 8 & 0xFF)) : .signal(Int(signal))
    }
  }

  /// Why a program was not started.
  struct Refusal: Error {
    var code: Int32
  }

  static func start(
    _ arguments: [String], input: Int32, isDetached: Bool
  ) -> Result<Int32, Refusal> {
    guard !arguments.isEmpty, arguments.allSatisfy({ !$0.utf8.contains(0) }) else {
      return .failure(Refusal(code: EINVAL))
    }
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    var process: Int32 = 0
    let code = unsafe guard_spawn(pointers, input, isDetached ? 1 : 0, &process)
    return code == 0 ? .success(process) : .failure(Refusal(code: code))
  }

  /// Runs a program in the foreground; the terminal was handed over.
  /// - Parameters:
  ///   - keys: the terminal.
  ///   - input: its standard input; nil for the keys.
  ///   - farewell: printed once it has ended, if it was started; a line is then waited for, so that what it
  ///     printed can be read.
  static func runInForeground(
    _ arguments: [String], keys: Int32, input: [UInt8]?, farewell: ((End) -> String)?
  ) -> (end: End, endSignal: Int32?) {
    var file = keys
    if let input {
      file = unsafe input.withUnsafeBufferPointer {
        unsafe guard_memory_file($0.baseAddress, Int64($0.count))
      }
      guard file >= 0 else { return (.notStarted(errno), nil) }
    }
    defer { if input != nil { Glibc.close(file) } }
    guard_begin_child()
    defer { guard_end_child() }
    switch start(arguments, input: file, isDetached: false) {
    case .failure(let refusal): return (.notStarted(refusal.code), nil)
    case .success(let process):
      var endSignal: Int32 = 0
      let end = End(result: unsafe guard_await(process, &endSignal))
      if endSignal != 0 { return (end, endSignal) }
      if let farewell { say(farewell(end), keys) }
      return (end, nil)
    }
  }

  /// Prints a line where the other program left the cursor, and waits for Enter.
  private static func say(_ line: String, _ keys: Int32) {
    var bytes = Array(line.utf8)
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      bytes.removeFirst(written)
    }
    guard_await_line(keys)
  }
}

extension TerminalSession {
  /// Runs a program in the foreground with the terminal handed over, and takes the terminal back.
  ///
  /// The program is of this process's group: Ctrl-C is for it alone, Ctrl-Z stops both. What `input` holds
  /// is its standard input; without, it reads the keys.
  /// - Parameter farewell: printed once it has ended, if it was started; a line is then waited for, so that
  ///   what it printed can be read.
  /// - Returns: how it ended, and a signal that asked this process to end meanwhile.
  public mutating func run(
    _ arguments: [String], input: [UInt8]? = nil, farewell: ((ChildProgram.End) -> String)? = nil
  ) -> (end: ChildProgram.End, endSignal: Int32?) {
    lendOut()
    defer { takeBack() }
    return ChildProgram.runInForeground(arguments, keys: keys, input: input, farewell: farewell)
  }
}

extension LineSession {
  /// Runs a program in the foreground with the terminal handed over; see `TerminalSession.run`.
  public mutating func run(
    _ arguments: [String], input: [UInt8]? = nil, farewell: ((ChildProgram.End) -> String)? = nil
  ) -> (end: ChildProgram.End, endSignal: Int32?) {
    lendOut()
    defer { takeBack() }
    return ChildProgram.runInForeground(arguments, keys: keys, input: input, farewell: farewell)
  }
}
