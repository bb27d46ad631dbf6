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

  /// Whether the code holds a piece of text; if that begins with a letter, only where a name begins.
  func holds(_ piece: String) -> Bool {
    var rest = code[...]
    while let found = rest.firstRange(of: piece) {
      let before = found.lowerBound > code.startIndex ? code[code.index(before: found.lowerBound)] : " "
      let beginsName = piece.first?.isLetter == true
      if !beginsName || !(before.isLetter || before.isNumber || before == "_") { return true }
      rest = code[found.upperBound...]
    }
    return false
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
