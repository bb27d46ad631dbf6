import Discussion
import Runtime
import SearchIndex

/// The model and the index on a made-up archive, in this process.
struct CorpusBenchmarks {
  let discussionCount: Int

  func rows() -> [Row] {
    let archive = SyntheticArchive(discussions: discussionCount, seed: 2026)
    let megabytes = Double(archive.textBytes) / 1e6
    let (library, libraryTime) = microseconds { Library.of(archive.discussions) }
    let (index, indexTime) = microseconds { Self.index(library) }
    let entries = archive.discussions.reduce(0) { $0 + 1 + $1.comments.count }
    func rate(_ time: Double) -> String {
      "\(Times.decimal(megabytes / (time / 1e6), 1)) MB/s  in \(Times.text(time))"
    }
    let size = "\(discussionCount) discussions, \(entries) entries, \(Times.decimal(megabytes, 1)) MB of text"
    var rows = [
      Row(
        name: "model of \(size)", figures: rate(libraryTime),
        fault: library.entryCount == entries && library.checkInvariants().isEmpty ? nil : "the model is wrong"
      ),
      Row(
        name: "index of the same",
        figures: rate(indexTime)
          + "  \(index.termCount) terms, \(Times.decimal(Double(index.byteCount) / 1e6, 1)) MB",
        fault: index.documentCount == entries ? nil : "the index is wrong"),
    ]
    rows += searches(library, index, archive)
    return rows
  }

  private static func index(_ library: Library) -> SearchIndex {
    SearchIndex(
      segments: (0..<library.segmentCount).map { segment in
        var builder = IndexBuilder()
        for row in 0..<library.rowCount(ofSegment: segment) {
          let entry = EntryID(segment: segment, row: row)
          let title = library.kind(of: entry) == .post ? library.title(of: library.discussion(of: entry)) : []
          let author = library.author(of: entry) ?? []
          library.withText(of: entry) { builder.add(body: $0, title: title.span, author: author.span) }
        }
        return builder.finish()
      })
  }

  /// Queries as they are typed, letter by letter; each against the linear scan on the way.
  private func searches(_ library: Library, _ index: SearchIndex, _ archive: SyntheticArchive) -> [Row] {
    let texts = LibraryTexts(library: library)
    var random = Seeded(state: 7)
    var typed: [String] = []
    for _ in 0..<40 {
      let common = String(decoding: archive.words[Int(random.next() % 50)], as: UTF8.self)
      let middle = String(decoding: archive.words[50 + Int(random.next() % 2000)], as: UTF8.self)
      let rare = String(decoding: archive.words[3000 + Int(random.next() % 20_000)], as: UTF8.self)
      let query = [
        rare, middle, "\(middle) \(common)", "\"\(common) \(common)\" \(rare)", "\(middle) -\(common)",
      ][typed.count % 5]
      typed += query.indices.map { String(query[...$0]) }
    }
    var times: [Double] = []
    var newest: [Double] = []
    for text in typed {
      let query = Query.parse(text, typing: true)
      times.append(
        microseconds { index.search(query, texts: texts, limit: 50, order: .ranked) }.time)
      newest.append(
        microseconds { index.search(query, texts: texts, limit: 50, order: .newestFirst) }.time)
    }
    let scan = LinearScan(texts: texts, documentCount: index.documentCount)
    var scanTimes: [Double] = []
    var same: [Double] = []
    var fault: String?
    for text in stride(from: 0, to: typed.count, by: max(1, typed.count / 25)).map({ typed[$0] }) {
      let query = Query.parse(text, typing: true)
      let truth = microseconds { scan.matches(query) }
      let found = microseconds { index.search(query, texts: texts, limit: .max, order: .reading) }
      scanTimes.append(truth.time)
      same.append(found.time)
      if found.result.hits.map(\.document) != truth.result { fault = "index and scan differ on \(text)" }
    }
    return [
      Row(name: "a search as typed, ranked, best 50", figures: Times(times).p50p99, fault: fault),
      Row(name: "a search as typed, newest first", figures: Times(newest).p50p99, fault: nil),
      Row(name: "  all hits by the index", figures: Times(same).p50p99, fault: nil),
      Row(name: "  the same by the linear scan", figures: Times(scanTimes).p50p99, fault: nil),
    ]
  }
}

/// The model's text for the index; one segment.
struct LibraryTexts: DocumentTexts {
  let library: Library

  func withBodies<Result>(
    ofSegment segment: Int, _ body: (Span<UInt8>, Span<UInt64>) -> Result
  ) -> Result? { library.withTexts(ofSegment: segment, body) }

  func withText<Result>(of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result) -> Result {
    let entry = EntryID(segment: 0, row: Int(document.rawValue))
    switch field {
    case .body: return library.withText(of: entry, body)
    case .title:
      let title = library.kind(of: entry) == .post ? library.title(of: library.discussion(of: entry)) : []
      return body(title.span)
    case .author:
      let author = library.author(of: entry) ?? []
      return body(author.span)
    }
  }
}
