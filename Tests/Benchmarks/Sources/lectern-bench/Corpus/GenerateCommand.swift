/// `lectern-bench generate --entries N --format tsv|ndjson FILE`.
struct GenerateCommand {
  private var entries = 100_000
  private var format = CorpusFormat.ndjson
  private var path: String?

  /// - Returns: nil after saying what is wrong.
  init?(_ arguments: inout Arguments) {
    while let word = arguments.next() {
      switch word {
      case "--entries": entries = arguments.number(of: word)
      case "--format":
        guard let format = CorpusFormat(rawValue: arguments.value(of: word)) else {
          print("--format takes tsv or ndjson")
          return nil
        }
        self.format = format
      case let file where path == nil: path = file
      default: arguments.misunderstood(word)
      }
    }
    guard arguments.problem == nil, path != nil, entries > 0 else {
      print(arguments.problem ?? "generate --entries N --format tsv|ndjson FILE")
      return nil
    }
  }

  func run() -> Int32 {
    let corpus = DiscussionGenerator(documentCount: entries).corpus()
    guard let path, corpus.write(format, to: path) else {
      print("\(path ?? "") could not be written.")
      return 1
    }
    print(
      "\(path): \(corpus.documentCount) entries in \(corpus.titles.count) threads, \(corpus.byteCount) bytes of text"
    )
    return 0
  }
}
