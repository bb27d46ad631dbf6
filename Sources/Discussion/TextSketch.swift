/// What is compared of a text to tell whether another is a copy of it: its first words and the runs of
/// four words that it is made of.
///
/// Copies are found by min-hashes (A. Broder, "On the resemblance and containment of documents", 1997)
/// and then compared by containment, so that a copy that was cut is still a copy.
struct TextSketch {
  /// Words of a run.
  static let shingle = 4
  /// Words after which a text is not looked at any further.
  static let limit = 2000
  /// Words of the beginning, where a cut copy and a whole one agree.
  static let lead = 60
  /// Words that make a text telling enough to be found again when it is not quite the same.
  static let tellingWords = 20
  /// The share of the shorter text's runs that a copy has in common with the longer one.
  static let nearness = 0.8

  /// Number of words, at most `limit`.
  let wordCount: Int
  /// A hash of all words, at most `limit`.
  let whole: UInt64
  /// A hash of the first 200 words.
  let opening: UInt64
  /// Hashes of the runs, ordered, each once.
  private let runs: [UInt64]
  private let leadRuns: Int
  private let inOrder: [UInt64]

  /// Looks at a text.
  /// - Complexity: O(bytes of the first `limit` words).
  init(_ text: Span<UInt8>) {
    let words = FoldedWords.words(of: text, limit: TextSketch.limit)
    wordCount = words.count
    var hash: UInt64 = 1
    var opening: UInt64 = 1
    for (place, word) in words.enumerated() {
      hash = FoldedWords.finished(hash &* 31 &+ word.hash)
      if place < 200 { opening = hash }
    }
    whole = hash
    self.opening = opening
    var runs: [UInt64] = []
    if words.count >= TextSketch.shingle {
      runs.reserveCapacity(words.count)
      for start in 0...(words.count - TextSketch.shingle) {
        var run: UInt64 = 7
        for word in words[start..<start + TextSketch.shingle] {
          run = FoldedWords.finished(run &* 31 &+ word.hash)
        }
        runs.append(run)
      }
    } else if !words.isEmpty {
      runs.append(hash)
    }
    inOrder = runs
    leadRuns = min(runs.count, TextSketch.lead)
    runs.sort()
    var distinct: [UInt64] = []
    distinct.reserveCapacity(runs.count)
    for run in runs where run != distinct.last { distinct.append(run) }
    self.runs = distinct
  }

  /// Looks at a text.
  /// - Complexity: O(bytes of the first `limit` words).
  init(_ text: ParsedText) {
    let utf8 = text.utf8
    self.init(utf8.span)
  }

  /// Numbers of which a copy shares at least one, almost surely: three smallest runs of the beginning and
  /// two of the whole, each under another permutation. None for a text without words.
  var bands: [UInt64] {
    guard !inOrder.isEmpty else { return [] }
    var smallest = [UInt64](repeating: .max, count: 5)
    for (place, run) in inOrder.enumerated() {
      if place < leadRuns {
        for band in 0..<3 { smallest[band] = min(smallest[band], TextSketch.permuted(run, band)) }
      }
      for band in 3..<5 { smallest[band] = min(smallest[band], TextSketch.permuted(run, band)) }
    }
    return smallest
  }

  private static func permuted(_ run: UInt64, _ band: Int) -> UInt64 {
    FoldedWords.finished(run ^ UInt64(band &+ 1) &* 0xD6E8_FEB8_6659_FD93)
  }

  /// The share of the shorter text's runs that the other has too; 1 for equal texts.
  /// - Complexity: O(runs of both).
  func containment(_ other: TextSketch) -> Double {
    if wordCount == other.wordCount, whole == other.whole { return 1 }
    guard !runs.isEmpty, !other.runs.isEmpty else { return 0 }
    var (mine, theirs, common) = (0, 0, 0)
    while mine < runs.count, theirs < other.runs.count {
      if runs[mine] == other.runs[theirs] {
        common += 1
        mine += 1
        theirs += 1
      } else if runs[mine] < other.runs[theirs] {
        mine += 1
      } else {
        theirs += 1
      }
    }
    return Double(common) / Double(min(runs.count, other.runs.count))
  }

  /// Whether two texts are copies of one. Short texts are only if every word is the same; texts without
  /// words never are.
  func isCopy(of other: TextSketch, telling: Int = TextSketch.tellingWords) -> Bool {
    guard wordCount > 0, other.wordCount > 0 else { return false }
    if wordCount == other.wordCount, whole == other.whole { return true }
    guard min(wordCount, other.wordCount) >= telling else { return false }
    if min(wordCount, other.wordCount) >= 200, opening == other.opening { return true }
    return containment(other) >= TextSketch.nearness
  }
}
