import Glibc
import Synchronization
import Testing

/// One run of the built program without a terminal: what it printed and how it ended.
struct CommandLineRun {
  /// The exit code; nil when a signal ended it.
  var code: CInt?
  /// The signal that ended it, if one did.
  var signal: CInt?
  /// Standard output.
  var output: [UInt8] = []
  /// Standard error.
  var errors: [UInt8] = []

  /// Standard output as text.
  var text: String { String(decoding: output, as: UTF8.self) }
  /// The lines of standard error.
  var complaints: [String] {
    errors.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where the program stands: beside the test program.
  static var program: String {
    let own = CommandLine.arguments[0]
    return own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/lectern"
  }

  /// How long a run may take before it counts as hung, in milliseconds.
  private static let deadline: Int64 = 240_000
}

/// A folder of its own for one test, removed at the end, in which the program runs and keeps its data.
final class CommandLineScratch {
  /// The folder's path.
  let path: String

  init() throws {
    var template = Array("/tmp/lectern-cli-XXXXXX".utf8CString)
    let made = unsafe mkdtemp(&template)
    try unsafe #require(made != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = unsafe system("chmod -R u+rwx '\(path)'; rm -rf '\(path)'") }

  /// Writes a file of this folder; its name is bytes.
  func write(_ name: [UInt8], _ bytes: [UInt8]) throws {
    let file = unsafe open(
      (path.utf8 + [0x2F] + name + [0]).map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
    try #require(file >= 0)
    defer { close(file) }
    var offset = 0
    while offset < bytes.count {
      let wrote = unsafe bytes[offset...].withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      try #require(wrote > 0)
      offset += wrote
    }
  }

  /// Writes a text file.
  func write(_ name: String, _ text: String) throws { try write(Array(name.utf8), Array(text.utf8)) }

  /// Makes a folder.
  func makeFolder(_ name: String) throws { try #require(unsafe mkdir("\(path)/\(name)", 0o700) == 0) }

  /// Runs the program here with UTF-8 arguments.
  func run(
    _ arguments: String..., input: String = "", environment: [String] = [], outputLimit: Int = .max
  ) throws -> CommandLineRun {
    try run(
      bytes: arguments.map { Array($0.utf8) }, input: Array(input.utf8), environment: environment,
      outputLimit: outputLimit)
  }

  /// Runs the program here.
  /// - Parameters:
  ///   - input: what stands on standard input; less than a pipe holds.
  ///   - environment: more variables, `NAME=value`.
  ///   - outputLimit: after so many bytes standard output is closed, as `head` does.
  func run(
    bytes arguments: [[UInt8]], input: [UInt8] = [], environment: [String] = [], outputLimit: Int = .max
  ) throws -> CommandLineRun {
    try #require(input.count < 65_536)
    var output: CInt = -1
    var errors: CInt = -1
    // One at a time: no run may inherit the ends of another's pipes.
    let process = try CommandLineRun.gate.withLock { _ in
      let (inputEnd, inputWriter) = try CommandLineRun.pipeEnds()
      let outputs = try CommandLineRun.pipeEnds()
      let complaints = try CommandLineRun.pipeEnds()
      (output, errors) = (outputs.reader, complaints.reader)
      _ = unsafe Glibc.write(inputWriter, input, input.count)
      close(inputWriter)
      defer { for end in [inputEnd, outputs.writer, complaints.writer] { close(end) } }
      return try spawn(
        arguments, environment: environment, standard: [inputEnd, outputs.writer, complaints.writer])
    }
    var run = CommandLineRun()
    try run.collect(process, output: output, errors: errors, outputLimit: outputLimit)
    return run
  }

  private func spawn(_ arguments: [[UInt8]], environment: [String], standard: [CInt]) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (place, end) in standard.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, end, CInt(place))
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    unsafe sigfillset(&defaults)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let program = "/usr/bin/env"
    let command = ["env", "-C", path, CommandLineRun.program].map { Array($0.utf8) }
    var words =
      unsafe (command + arguments).map { word in
        unsafe strdup((word + [0]).map { CChar(bitPattern: $0) })
      } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    let variables =
      ["HOME=\(path)", "XDG_DATA_HOME=\(path)/data", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]
      + environment
    var block = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer { unsafe block.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let result = unsafe posix_spawn(&process, program, &actions, &attributes, &words, &block)
    try #require(result == 0, "\(program): error \(result)")
    return process
  }
}

extension CommandLineRun {
  fileprivate static let gate = Mutex(())

  fileprivate static func pipeEnds() throws -> (reader: CInt, writer: CInt) {
    var ends: [CInt] = [0, 0]
    let isOpen = unsafe pipe(&ends) == 0
    try #require(isOpen)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Reads both ends until they close, then waits; a run past the deadline is killed and fails the test.
  fileprivate mutating func collect(
    _ process: pid_t, output: CInt, errors: CInt, outputLimit: Int
  ) throws {
    var polls = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
    ]
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let end = CommandLineRun.milliseconds + CommandLineRun.deadline
    var isHung = false
    while polls.contains(where: { $0.fd >= 0 }) {
      let left = max(0, end - CommandLineRun.milliseconds)
      let ready = unsafe poll(&polls, nfds_t(polls.count), CInt(left))
      if ready == 0 {
        isHung = true
        kill(process, SIGKILL)
        break
      }
      for index in polls.indices where polls[index].fd >= 0 && polls[index].revents != 0 {
        let wanted = index == 0 ? min(chunk.count, outputLimit - self.output.count) : chunk.count
        let got = unsafe read(polls[index].fd, &chunk, wanted)
        if got > 0 {
          if index == 0 { self.output += chunk[..<got] } else { self.errors += chunk[..<got] }
        }
        if got <= 0 || (index == 0 && self.output.count >= outputLimit) {
          close(polls[index].fd)
          polls[index].fd = -1
        }
      }
    }
    for poll in polls where poll.fd >= 0 { close(poll.fd) }
    var status: CInt = 0
    _ = unsafe waitpid(process, &status, 0)
    try #require(!isHung, "the program hung")
    if status & 0x7F == 0 { code = (status >> 8) & 0xFF } else { signal = status & 0x7F }
  }

  private static var milliseconds: Int64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
