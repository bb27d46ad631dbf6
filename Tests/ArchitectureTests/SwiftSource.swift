/// A source file as far as the import table needs to understand it.
struct SwiftSource {
  /// The text without its comments; string literals stay.
  let code: String

  init(_ text: String) { code = SwiftSource.withoutComments(text) }

  /// The modules it imports, submodules cut off.
  var imports: [String] {
    let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "var", "let"]
    return code.split(whereSeparator: { $0.isNewline || $0 == ";" }).compactMap { line in
      var words = line.split(whereSeparator: \.isWhitespace)[...]
      while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) { words.removeFirst() }
      guard words.popFirst() == "import" else { return nil }
      if let word = words.first, kinds.contains(word) { words.removeFirst() }
      return words.first.flatMap { $0.split(separator: ".").first }.map(String.init)
    }
  }

  /// Whether the code holds a piece of text. If that begins with a letter, only where a name begins that is
  /// no enum case and no declaration; `.write(to:` not where it writes into an `inout` stream.
  func holds(_ piece: String) -> Bool {
    var rest = code[...]
    while let found = rest.firstRange(of: piece) {
      if !isSomethingElse(piece, at: found) { return true }
      rest = code[found.upperBound...]
    }
    return false
  }

  private func isSomethingElse(_ piece: String, at found: Range<String.Index>) -> Bool {
    if piece == ".write(to:" { return code[found.upperBound...].drop(while: \.isWhitespace).first == "&" }
    let before = code[..<found.lowerBound]
    guard piece.first?.isLetter == true, let last = before.last else { return false }
    if last.isLetter || last.isNumber || last == "_" { return true }
    guard piece == "system(" else { return false }
    if last == "." { return !before.hasSuffix("Glibc.") }
    return before.hasSuffix("case ") || before.hasSuffix("func ")
  }

  /// Every string literal of a text, in order; escapes are left as they are.
  static func stringLiterals(in text: Substring) -> [String] {
    var literals: [String] = []
    var open: Substring.Index?
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if let start = open {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          literals.append(String(text[text.index(after: start)..<index]))
          open = nil
        }
      } else if character == "\"" {
        open = index
      }
    }
    return literals
  }

  /// Turns comments into single spaces. Knows nested comments and the three kinds of string literals.
  private static func withoutComments(_ text: String) -> String {
    let characters = Array(text)
    var kept: [Character] = []
    var index = 0
    func follows(_ piece: [Character]) -> Bool { characters[index...].starts(with: piece) }
    while index < characters.count {
      if follows(["/", "/"]) {
        while index < characters.count, !characters[index].isNewline { index += 1 }
      } else if follows(["/", "*"]) {
        var depth = 0
        repeat {
          if follows(["/", "*"]) {
            depth += 1
            index += 2
          } else if follows(["*", "/"]) {
            depth -= 1
            index += 2
          } else {
            index += 1
          }
        } while depth > 0 && index < characters.count
        kept.append(" ")
      } else if characters[index] == "\"" {
        var hashes = 0
        while hashes < kept.count, kept[kept.count - 1 - hashes] == "#" { hashes += 1 }
        let quotes = [Character](repeating: "\"", count: follows(["\"", "\"", "\""]) ? 3 : 1)
        let close = quotes + [Character](repeating: "#", count: hashes)
        kept += quotes
        index += quotes.count
        while index < characters.count, !follows(close) {
          if quotes.count == 1, characters[index].isNewline { break }
          let length = hashes == 0 && characters[index] == "\\" ? 2 : 1
          kept += characters[index...].prefix(length)
          index += length
        }
        if index < characters.count, follows(close) {
          kept += close
          index += close.count
        }
      } else {
        kept.append(characters[index])
        index += 1
      }
    }
    return String(kept)
  }
}
