/// What the queries of one class took in one mode, in microseconds.
struct Latencies: Codable {
  /// One a query, the best of the runs.
  var microseconds: [Double] = []
  /// What each query found in all, where that was counted.
  var counts: [Int] = []
  /// Queries of the class that were not reached before the time given was over.
  var skipped = 0

  /// Nearest rank.
  func percentile(_ share: Double) -> Double { Times(microseconds).percentile(share) }
}

/// How the answers are asked for.
enum SearchMode: String, CaseIterable, Codable {
  /// The ten best by BM25.
  case ranked
  /// Ten at once: the newest with Lectern, whatever comes first with others.
  case first
  /// How many in all.
  case count
}

/// What one engine did, as its raw data keep it.
struct EngineRun: Codable {
  var engine = ""
  var version = ""
  /// Of which corpus.
  var documents = 0
  var textBytes = 0
  var build = Cost()
  /// CPU seconds that reading the documents alone takes in the peer's language, taken off `build.cpu`.
  var readingCPU = 0.0
  var indexBytes = 0
  var terms = 0
  var postings = 0
  /// Class, then mode.
  var classes: [String: [String: Latencies]] = [:]
  /// Other figures by name.
  var figures: [String: Double] = [:]
  /// What is odd, in words.
  var notes: [String] = []

  var netCPU: Double { build.cpu - readingCPU }

  func latencies(_ kind: QueryClass, _ mode: SearchMode) -> Latencies? {
    classes[kind.rawValue]?[mode.rawValue]
  }
}
