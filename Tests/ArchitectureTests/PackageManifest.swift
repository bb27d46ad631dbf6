/// The targets of a manifest that live in `Sources`, and what they depend on, read from its text.
struct PackageManifest {
  /// Dependencies by target; test targets and those with a path in `Tests` are left out.
  private(set) var dependencies: [String: Set<String>] = [:]

  /// Reads the calls of `room(…)`, `.target(…)` and `.executableTarget(…)`.
  init(_ text: String) {
    let code = SwiftSource(text).code
    for call in ["room(", ".target(", ".executableTarget("] {
      var rest = code[...]
      while let found = rest.firstRange(of: call) {
        rest = rest[found.upperBound...]
        let arguments = PackageManifest.arguments(rest)
        // The declaration of `room` itself, and the uses of a target by name, hold no literal first.
        let head = arguments.drop { $0.isWhitespace }
        guard head.hasPrefix("\"") || head.hasPrefix("name: \"") else { continue }
        if arguments.contains("path: \"Tests/") { continue }
        let literals = SwiftSource.stringLiterals(in: PackageManifest.withoutSettings(arguments))
        if let name = literals.first { dependencies[name, default: []].formUnion(literals.dropFirst()) }
      }
    }
  }

  /// The text up to the parenthesis that closes the call.
  private static func arguments(_ text: Substring) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }

  /// Leaves out names of packages and what comes after the dependencies.
  private static func withoutSettings(_ arguments: Substring) -> Substring {
    var text = String(arguments)
    for label in ["cSettings:", "linkerSettings:", "swiftSettings:", "path:", "exclude:", "resources:"] {
      if let found = text.firstRange(of: label) { text = String(text[..<found.lowerBound]) }
    }
    while let found = text.firstRange(of: "package: \"") {
      let tail = text[found.upperBound...].drop { $0 != "\"" }.dropFirst()
      text = String(text[..<found.lowerBound]) + String(tail)
    }
    return text[...]
  }
}
