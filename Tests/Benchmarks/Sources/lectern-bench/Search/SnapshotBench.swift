import Bytes
import Discussion
import Foundation
import Glibc
import Runtime
import SearchIndex
import Snapshot

/// A library and its index in files, and back: written once, then opened by processes of their own, which
/// also ask their first query.
struct SnapshotBench {
  /// Where the files go; removed at the end.
  let folder: String
  /// This program.
  let bench: String

  private static func store(_ folder: String) -> SnapshotStore {
    SnapshotStore(
      folder: PathName(Array(folder.utf8)), key: SnapshotKey(paths: [], options: Array("bench".utf8)),
      build: Array("bench".utf8))
  }

  /// Microseconds by name; empty where it failed.
  func measure(_ corpus: Corpus, query: String, runs: Int = 7) -> [String: Double] {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (made, adding) = Cost.measure { Runtime.Corpus().adding(corpus.discussions).corpus }
    var figures = ["model and index, CPU": adding.cpu * 1e6]
    let (isSaved, saving) = Cost.measure {
      (try? SnapshotBench.store(folder).save(made.library, made.index.segments, sources: [])) ?? false
    }
    guard isSaved else { return figures }
    figures["written"] = saving.wall * 1e6
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let paths = files.map { "\(folder)/\($0)" }
    figures["size, bytes"] = paths.reduce(0) {
      $0 + Double((try? Data(contentsOf: URL(fileURLWithPath: $1)).count) ?? 0)
    }
    let expected = made.index.search(
      Query.parse(query), texts: LibraryTexts(library: made.library), limit: 10, order: .ranked)
    for state in ["cold", "warm"] {
      var best: Double?
      for _ in 0..<runs {
        if state == "cold" { paths.forEach(SnapshotBench.drop) }
        guard let line = Command(words: [bench, "measure-snapshot", folder, query]).line else { continue }
        let fields = line.split(separator: "\t")
        guard fields.count == 2, let time = Double(fields[0]), Int(fields[1]) == expected.total else {
          continue
        }
        best = min(best ?? time, time)
      }
      if let best { figures[state] = best }
    }
    return figures
  }

  /// Opens, asks, and prints the microseconds and what was found in all.
  static func open(_ folder: String, _ query: String) {
    let start = Clocks.wall
    guard let snapshot = try? store(folder).open() else { return }
    let found = SearchIndex(segments: snapshot.segments).search(
      Query.parse(query), texts: LibraryTexts(library: snapshot.library), limit: 10, order: .ranked)
    print((Clocks.wall - start) * 1e6, found.total, separator: "\t")
  }

  /// Asks the kernel to forget a file's pages.
  private static func drop(_ path: String) {
    let file = Glibc.open(path, O_RDONLY)
    guard file >= 0 else { return }
    fsync(file)
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    close(file)
  }
}

extension Corpus {
  /// The threads as a reader of a format would hand them over.
  var discussions: [ParsedDiscussion] {
    titles.indices.map { thread in
      let entries = Int(threadStarts[thread])..<Int(threadStarts[thread + 1])
      let first = entries.lowerBound
      func date(_ entry: Int) -> Timestamp? {
        dates[entry] == .min ? nil : Timestamp(seconds: dates[entry], precision: .second)
      }
      let comments = entries.dropFirst().map { entry in
        let parent = entry - Int(parentOffsets[entry])
        return ParsedComment(
          nativeID: Array("c\(entry)".utf8), parent: parent == first ? .post : .comment(parent - first - 1),
          author: authorNames[Int(authors[entry])], date: date(entry),
          text: ParsedText(utf8: Array(body(entry))))
      }
      return ParsedDiscussion(
        title: titles[thread], author: authorNames[Int(authors[first])], date: date(first),
        format: "synthetic",
        nativeID: Array("p\(thread)".utf8), body: ParsedText(utf8: Array(body(first))), comments: comments,
        sources: [Array("synthetic".utf8)])
    }
  }
}
