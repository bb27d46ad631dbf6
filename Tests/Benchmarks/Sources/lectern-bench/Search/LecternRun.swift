import Bytes
import SearchIndex

/// Lectern's own index over a corpus.
struct LecternRun {
  let corpus: Corpus
  let index: SearchIndex
  private(set) var run = EngineRun()

  /// Builds the index.
  /// - Parameter isWhole: with titles and authors, as the reader has them; else bodies alone, as peers get.
  init(_ corpus: Corpus, isWhole: Bool = false) {
    self.corpus = corpus
    let dates = Column(corpus.dates)
    let threads = Column(corpus.threadStarts)
    let (index, cost) = Cost.measure {
      var builder = IndexBuilder()
      for document in 0..<corpus.documentCount {
        let title = isWhole ? corpus.title(ofEntry: document) : []
        let author = isWhole ? corpus.authorNames[Int(corpus.authors[document])] : []
        builder.add(
          body: Span(_unsafeElements: corpus.body(document)), title: title.span, author: author.span)
      }
      return SearchIndex(segments: [builder.finish(dates: dates, threadStarts: threads)])
    }
    self.index = index
    run.engine = "Lectern"
    run.version = "this tree"
    run.documents = corpus.documentCount
    run.textBytes = corpus.byteCount
    run.build = cost
    run.indexBytes = index.byteCount
    run.terms = index.termCount
    run.postings = index.postingCount
  }

  /// One search as the reader would start it, the query's parsing included.
  func search(_ query: BenchQuery, _ mode: SearchMode) -> SearchResult {
    let (text, isTyping) = query.lectern
    return index.search(
      Query.parse(text, typing: isTyping), texts: CorpusTexts(corpus: corpus), limit: mode == .count ? 0 : 10,
      order: mode == .ranked ? .ranked : mode == .first ? .newestFirst : .reading)
  }

  /// All queries in all modes: the best of three in CPU time of the thread.
  /// - Parameter seconds: what a class may take in a mode.
  mutating func measure(_ queries: [BenchQuery], seconds: Double = 20) {
    for kind in QueryClass.allCases {
      let ofKind = queries.filter { $0.kind == kind }
      guard !ofKind.isEmpty else { continue }
      for mode in SearchMode.allCases {
        var times = Latencies()
        let end = Clocks.wall + seconds
        for query in ofKind {
          if Clocks.wall > end {
            times.skipped += 1
            continue
          }
          var best = Double.infinity
          for _ in 0..<3 {
            let start = Clocks.thread
            let result = search(query, mode)
            best = min(best, Clocks.thread - start - Clocks.overhead)
            if mode == .count { times.counts.append(result.total) }
          }
          if mode == .count { times.counts.removeLast(2) }
          times.microseconds.append(max(best, 0) * 1e6)
        }
        run.classes[kind.rawValue, default: [:]][mode.rawValue] = times
      }
    }
  }
}
