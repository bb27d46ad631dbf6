#if canImport(Glibc)
  import Glibc
#endif

/// What the environment says of the terminal.
enum Environment {
  /// A variable; nil when it is not set or empty.
  static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// `COLORFGBG` ends in the palette number of the paper: 7 and 9 to 15 are light.
  static var isBackgroundLight: Bool? {
    guard let number = value("COLORFGBG")?.split(separator: ";").last.flatMap({ Int($0) }),
      (0...15).contains(number)
    else { return nil }
    return number == 7 || number > 8
  }
}
