import Foundation

/// Regular expressions over the whole text, beside ripgrep on the same texts.
struct ScanBench {
  let corpus: Corpus
  let lectern: LecternRun
  /// A file of one text a line; made if it is not there.
  let lines: String

  /// Patterns of several kinds, with words that the corpus has, and whether case is ignored.
  private var patterns: [(text: String, ignoresCase: Bool)] {
    let queries = QuerySet(of: corpus, count: 40).queries
    func word(_ kind: QueryClass, _ place: Int, _ index: Int = 0) -> String {
      let ofKind = queries.filter { $0.kind == kind }
      return place < ofKind.count ? ofKind[place].words[index] : "people"
    }
    let long = queries.first { $0.kind == .term && $0.words[0].count > 7 }?.words[0] ?? "something"
    let middle = String(long.dropFirst(2).prefix(5))
    return [
      // Within a word, twice; two words; with a gap; classes of letters; what is nowhere.
      (middle, false), (middle, true), (word(.phrase2, 1) + " " + word(.phrase2, 1, 1), false),
      (word(.term, 5) + "[a-z]* " + word(.stop, 1), false), ("[bcdf][aeiou]{2}[rst]{2} [a-z]+ing", false),
      ("zzyzzx", false),
    ]
  }

  func rows() -> [ScanRow] {
    if !FileManager.default.fileExists(atPath: lines) {
      guard let writer = FileWriter(lines) else { return [] }
      for document in 0..<corpus.documentCount {
        writer.write(corpus.body(document).map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        writer.write([0x0A])
      }
      guard writer.close() else { return [] }
    }
    let ripgrep = RipgrepScan(lines: lines)
    return patterns.map { pattern in
      let query = "/\(pattern.text)/\(pattern.ignoresCase ? "i" : "")"
      var row = ScanRow(pattern: query)
      if let measured = ripgrep.measure(pattern.text, ignoresCase: pattern.ignoresCase) {
        row.ripgrep = measured.seconds
        row.ripgrepCount = measured.count
      }
      for _ in 0..<5 {
        let (count, cost) = Cost.measure { lectern.count(query) }
        row.lectern = min(row.lectern ?? cost.wall, cost.wall)
        row.lecternCPU = min(row.lecternCPU ?? cost.cpu, cost.cpu)
        row.lecternCount = count
        if cost.wall > 5 { break }
      }
      return row
    }
  }
}
