/// Words of the command line, taken from the front.
struct Arguments {
  private var words: ArraySlice<String>
  /// What was not understood.
  private(set) var problem: String?

  init(_ words: some Sequence<String>) { self.words = ArraySlice(Array(words)) }

  mutating func next() -> String? { words.popFirst() }

  /// The value of an option.
  mutating func value(of option: String) -> String {
    if let word = words.popFirst() { return word }
    problem = "\(option) takes a value"
    return ""
  }

  /// A number, also as `100k`, `3.5M`.
  mutating func number(of option: String) -> Int {
    let word = value(of: option)
    let factor = word.hasSuffix("M") ? 1e6 : word.hasSuffix("k") ? 1e3 : 1
    guard let number = Double(factor == 1 ? word : String(word.dropLast())), number >= 0 else {
      problem = "\(option) takes a number"
      return 0
    }
    return Int(number * factor)
  }

  mutating func misunderstood(_ word: String) { problem = "\(word) is not understood" }
}

extension SearchCommand {
  /// - Returns: nil after saying what is wrong.
  init?(_ arguments: inout Arguments, package: String) {
    self.init(package: package)
    while let word = arguments.next() {
      switch word {
      case "--entries": texts = .generated(arguments.number(of: word))
      case "--mbox", "--archive": texts = .archive(arguments.value(of: word))
      case "--tsv": texts = .table(arguments.value(of: word))
      case "--ndjson": texts = .objects(arguments.value(of: word))
      case "--fields":
        for field in arguments.value(of: word).split(separator: ",") {
          let sides = field.split(separator: "=", maxSplits: 1).map(String.init)
          if sides.count == 2 { fields[sides[0]] = sides[1] } else { arguments.misunderstood(String(field)) }
        }
      case "--queries": queryCount = arguments.number(of: word)
      case "--peers": peers = arguments.value(of: word)
      case "--peers-only": isPeersOnly = true
      case "--budget": budget = Double(arguments.number(of: word))
      case "--out": out = arguments.value(of: word)
      case "--scratch": scratch = arguments.value(of: word)
      case "--lucene-jar": luceneJar = arguments.value(of: word)
      case "--java": java = arguments.value(of: word)
      case "--xapian-limit": xapianLimit = arguments.number(of: word)
      case "--unchecked": isVerified = false
      case "--program": program = arguments.value(of: word)
      case "--mail-tool": mailTool = arguments.value(of: word)
      default: arguments.misunderstood(word)
      }
    }
    if let problem = arguments.problem {
      print(problem)
      return nil
    }
  }
}
