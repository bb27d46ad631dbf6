/// The words of a command line, as a shell would part them, without anything else that a shell does: no
/// variable, no pattern and no second command is looked for.
enum CommandWords {
  /// The words: parted by blanks; quotes of both kinds keep blanks, a backslash keeps what follows it, but
  /// not in single quotes.
  /// - Returns: nil when a quote is not closed or nothing follows a backslash.
  static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Unicode.Scalar?
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        // In double quotes only these lose the backslash.
        if quote != nil, !"\"\\$`".unicodeScalars.contains(scalar) { word = (word ?? "") + "\\" }
        word = word ?? ""
        word?.unicodeScalars.append(scalar)
        isEscaped = false
      } else if scalar == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if scalar == open { quote = nil } else { word?.unicodeScalars.append(scalar) }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
        word = word ?? ""
      } else if scalar == " " || scalar == "\t" || scalar == "\n" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = word ?? ""
        word?.unicodeScalars.append(scalar)
      }
    }
    guard quote == nil, !isEscaped else { return nil }
    if let word { words.append(word) }
    return words
  }
}
