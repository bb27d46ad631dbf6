import Bytes
import SearchIndex

/// Lectern's own index over a corpus.
struct LecternRun {
  let corpus: Corpus
  let index: SearchIndex
  let isWhole: Bool
  private(set) var run = EngineRun()

  /// Builds the index.
  /// - Parameter isWhole: with titles and authors, as the reader has them; else bodies alone, as peers get.
  init(_ corpus: Corpus, isWhole: Bool = false, threads: Int = 2) {
    self.corpus = corpus
    self.isWhole = isWhole
    let (index, cost) = Cost.measure { LecternRun.index(corpus, isWhole: isWhole, threads: threads) }
    self.index = index
    run.engine = isWhole ? "Lectern with titles and authors" : "Lectern"
    run.documents = corpus.documentCount
    run.textBytes = corpus.byteCount
    run.build = cost
    run.indexBytes = index.byteCount
    run.terms = index.termCount
    run.postings = index.postingCount
  }

  private static func index(_ corpus: Corpus, isWhole: Bool, threads: Int) -> SearchIndex {
    let segment = try? IndexSegment.build(
      documentCount: corpus.documentCount, threads: threads, dates: Column(corpus.dates),
      threadStarts: Column(corpus.threadStarts),
      bodyBytes: { Int(corpus.starts[$0.upperBound] - corpus.starts[$0.lowerBound]) },
      read: { range, part in
        for document in range {
          let title = isWhole ? corpus.title(ofEntry: document) : []
          let author = isWhole ? corpus.authorNames[Int(corpus.authors[document])] : []
          part.add(
            body: Span(_unsafeElements: corpus.body(document)), quoted: [], title: title.span,
            author: author.span)
        }
      })
    return SearchIndex(segments: segment.map { [$0] } ?? [])
  }

  private var texts: CorpusTexts { CorpusTexts(corpus: corpus, isWhole: isWhole) }

  /// One search as the reader would start it, the query's parsing included.
  func search(_ query: BenchQuery, _ mode: SearchMode) -> SearchResult {
    let (text, isTyping) = query.lectern
    let parsed = Query.parse(text, typing: isTyping)
    let order: SearchOrder = mode == .ranked ? .ranked : mode == .first ? .newestFirst : .reading
    return index.search(
      parsed, texts: texts,
      options: SearchOptions(
        limit: mode == .count ? 0 : 10, order: order, counting: mode == .count ? .exact : .atLeast))
  }

  /// All documents that fit, in order.
  func all(_ text: String, isTyping: Bool = false) -> [Int] {
    index.search(Query.parse(text, typing: isTyping), texts: texts, limit: .max, order: .reading).hits
      .map { Int($0.document.rawValue) }
  }

  /// How many documents fit.
  func count(_ text: String) -> Int {
    index.count(Query.parse(text), texts: texts, options: SearchOptions(limit: 0, order: .reading)).total
  }

  /// All queries in all modes: the best of three in CPU time of the thread.
  /// - Parameter budget: CPU seconds that a class may take in a mode.
  mutating func measure(_ queries: [BenchQuery], budget: Double) {
    for kind in QueryClass.allCases {
      let ofKind = queries.filter { $0.kind == kind }
      guard !ofKind.isEmpty else { continue }
      for mode in SearchMode.allCases {
        run.classes[kind.rawValue, default: [:]][mode.rawValue] = measure(ofKind, mode, budget: budget)
      }
    }
  }

  private func measure(_ queries: [BenchQuery], _ mode: SearchMode, budget: Double) -> Latencies {
    var times = Latencies()
    let end = Clocks.thread + budget
    for query in queries {
      if Clocks.thread > end {
        times.skipped += 1
        continue
      }
      var best = Double.infinity
      var total = 0
      for _ in 0..<3 {
        let start = Clocks.thread
        let result = search(query, mode)
        best = min(best, Clocks.thread - start - Clocks.overhead)
        total = result.total
        if best > 0.2 { break }
      }
      if mode == .count { times.counts.append(total) }
      times.microseconds.append(max(best, 0) * 1e6)
    }
    return times
  }
}
