import Foundation
import Glibc
import SearchIndex

/// `lectern-bench search` and `lectern-bench generate`.
struct SearchCommand {
  var entries = 100_000
  var queryCount = 400

  func run() -> Int32 {
    let (corpus, made) = Cost.measure { DiscussionGenerator(documentCount: entries).corpus() }
    print(
      "made \(corpus.documentCount) entries, \(corpus.megabytes) MB, \(corpus.threadStarts.count - 1) threads in \(made.wall) s"
    )
    let queries = QuerySet(of: corpus, count: queryCount).queries
    var lectern = LecternRun(corpus)
    let run = lectern.run
    print(
      "build \(run.build), \(run.indexBytes) bytes, \(run.terms) terms, \(run.postings) postings, \(corpus.megabytes / run.build.wall) MB/s"
    )
    lectern.measure(queries)
    let (truth, cost) = Cost.measure { BruteForce.answers(queries, in: corpus) }
    print("brute force \(cost)")
    for kind in QueryClass.allCases {
      let places = queries.indices.filter { queries[$0].kind == kind }
      guard let counted = lectern.run.latencies(kind, .count) else { continue }
      let wrong = zip(places, counted.counts).filter { truth[$0.0].count != $0.1 }
      let figures = SearchMode.allCases.map { mode in
        let l = lectern.run.latencies(kind, mode)
        return
          "\(mode) \(Times.decimal(l?.percentile(0.5) ?? 0, 1))/\(Times.decimal(l?.percentile(0.99) ?? 0, 1))\((l?.skipped ?? 0) > 0 ? " skipped \(l!.skipped)" : "")"
      }
      print(
        kind.rawValue, figures.joined(separator: "  "), "wrong \(wrong.count)/\(counted.counts.count)",
        wrong.prefix(3).map { "\(queries[$0.0].words) \(truth[$0.0].count) \($0.1)" })
    }
    for needle in corpus.needles {
      let result = lectern.index.search(
        Query.parse(needle.query), texts: CorpusTexts(corpus: corpus), limit: .max, order: .reading)
      if result.hits.map({ Int($0.document.rawValue) }) != needle.documents {
        print("needle", needle.query, result.total, needle.documents.count)
      }
    }
    return 0
  }
}
