import Foundation

/// Regular expressions over the whole text, beside ripgrep on the same texts.
struct ScanBench {
  let corpus: Corpus
  let lectern: LecternRun
  /// A file of one text a line; made if it is not there.
  let lines: String

  /// Patterns of several kinds, with words that the corpus has.
  private var patterns: [String] {
    let words = QuerySet(of: corpus, count: 12).queries
    func word(_ kind: QueryClass, _ place: Int, _ index: Int = 0) -> String {
      let ofKind = words.filter { $0.kind == kind }
      return place < ofKind.count ? ofKind[place].words[index] : "people"
    }
    let middle = word(.term, 3)
    return [
      // One word's middle; two words; with a gap; a class of letters; what no word has.
      String(middle.dropFirst().prefix(4)), word(.phrase2, 1) + " " + word(.phrase2, 1, 1),
      word(.term, 5) + "[a-z]* " + word(.stop, 1), "[bcdf][aeiou]{3}[rst]{2}", "zzyzzx",
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
      var row = ScanRow(pattern: pattern)
      if let measured = ripgrep.measure(pattern) {
        row.ripgrep = measured.seconds
        row.ripgrepCount = measured.count
      }
      for _ in 0..<5 {
        let (count, cost) = Cost.measure { lectern.count("/\(pattern)/") }
        row.lectern = min(row.lectern ?? cost.wall, cost.wall)
        row.lecternCPU = min(row.lecternCPU ?? cost.cpu, cost.cpu)
        row.lecternCount = count
        if cost.wall > 5 { break }
      }
      return row
    }
  }
}
