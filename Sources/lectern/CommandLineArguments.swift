/// The arguments as the kernel handed them over: a file name need not be UTF-8, and a `String` of it
/// would name another file.
enum CommandLineArguments {
  /// The bytes behind arguments that the argument parser handed on as strings, in the same order.
  ///
  /// Names that differ only in bytes that are not UTF-8 are the same string; the first of them stands for
  /// the first such argument, and so on. Strings are compared byte by byte: `é` in one scalar and in two
  /// are two files.
  /// - Complexity: O(bytes of all arguments).
  static func bytes(of arguments: [String]) -> [[UInt8]] {
    var behind: [[UInt8]: [[UInt8]]] = [:]
    for raw in all.reversed() {
      behind[Array(String(decoding: raw, as: UTF8.self).utf8), default: []].append(raw)
    }
    return arguments.map { argument in
      let text = Array(argument.utf8)
      return behind[text]?.popLast() ?? text
    }
  }

  /// All arguments but the program's name.
  private static var all: [[UInt8]] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      guard let pointer = unsafe CommandLine.unsafeArgv[index] else { return nil }
      var raw: [UInt8] = []
      var offset = 0
      while unsafe (pointer[offset] != 0) {
        raw.append(unsafe UInt8(bitPattern: pointer[offset]))
        offset += 1
      }
      return raw
    }
  }
}
