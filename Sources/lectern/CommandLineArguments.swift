/// The arguments as the kernel handed them over: a file name need not be UTF-8, and a `String` of it
/// would name another file.
enum CommandLineArguments {
  /// The bytes behind an argument that the argument parser handed on as a string.
  static func bytes(of argument: String) -> [UInt8] {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let pointer = unsafe CommandLine.unsafeArgv[index] else { continue }
      var raw: [UInt8] = []
      var offset = 0
      while unsafe (pointer[offset] != 0) {
        raw.append(unsafe UInt8(bitPattern: pointer[offset]))
        offset += 1
      }
      if String(decoding: raw, as: UTF8.self) == argument { return raw }
    }
    return Array(argument.utf8)
  }
}
