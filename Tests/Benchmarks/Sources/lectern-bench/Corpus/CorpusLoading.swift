import Archive
import Discussion
import Foundation
import Glibc

/// Reads a corpus that is not made up.
enum CorpusLoading {
  /// Whatever Lectern reads (mailboxes, dumps, packed or not), through its own model: what is threaded
  /// there is threaded here.
  static func archive(_ path: String) -> Corpus? {
    var library = Library()
    var batch: [ParsedDiscussion] = []
    var bytes = 0
    func flush() {
      library = library.adding(batch).library
      batch.removeAll()
      bytes = 0
    }
    let importer = Importer(
      deliver: { discussion in
        bytes += discussion.body.utf8.count
        for comment in discussion.comments { bytes += comment.text.utf8.count }
        batch.append(discussion)
        if bytes >= 32 << 20 { flush() }
      }, report: { _ in })
    for file in Archive.sources(at: [Array(path.utf8)]).files { importer.read(file: file) }
    importer.finish()
    flush()
    guard library.entryCount > 0 else { return nil }
    let textBytes = library.discussions.reduce(0) { $0 + library.textByteCount(of: $1) }
    let corpus = Corpus(name: name(of: path), room: textBytes + (1 << 20))
    var people = Names()
    for discussion in library.discussions {
      var thread = ThreadBatch()
      thread.threadStarts = [0]
      thread.titles = [library.title(of: discussion)]
      for (place, entry) in library.entries(of: discussion).enumerated() {
        thread.text += library.text(of: entry)
        thread.ends.append(thread.text.count)
        thread.dates.append(library.date(of: entry)?.seconds ?? .min)
        thread.authors.append(people.number(of: library.author(of: entry) ?? []))
        let parent = library.parent(of: entry)
        thread.parentOffsets.append(place == 0 ? 0 : UInt32(entry.row - (parent?.row ?? entry.row - 1)))
      }
      corpus.append(thread)
    }
    corpus.authorNames = people.names
    corpus.close()
    return corpus
  }

  /// Lines of id, thread, date, author and text with tabs between.
  static func table(_ path: String) -> Corpus? {
    lines(path, name: name(of: path)) { line in
      let fields = line.split(separator: 0x09, maxSplits: 4, omittingEmptySubsequences: false)
      guard fields.count == 5 else { return nil }
      return Record(
        thread: Array(fields[1]), date: Int64(String(decoding: fields[2], as: UTF8.self)) ?? .min,
        author: Array(fields[3]), text: Array(fields[4]))
    }
  }

  /// One JSON object a line.
  /// - Parameter fields: what its fields are called; `text` must be given.
  static func objects(_ path: String, fields: [String: String]) -> Corpus? {
    lines(path, name: name(of: path)) { line in
      guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
        let text = object[fields["text"] ?? "text"] as? String
      else { return nil }
      func value(_ name: String) -> String { object[fields[name] ?? name].map { "\($0)" } ?? "" }
      return Record(
        thread: Array(value("thread").utf8), date: Double(value("date")).map { Int64($0) } ?? .min,
        author: Array(value("author").utf8), text: Array(text.utf8))
    }
  }

  private struct Record {
    var thread: [UInt8]
    var date: Int64
    var author: [UInt8]
    var text: [UInt8]
  }

  /// Numbers for names.
  private struct Names {
    var names: [[UInt8]] = []
    var numbers: [[UInt8]: UInt32] = [:]
    mutating func number(of name: [UInt8]) -> UInt32 {
      if let number = numbers[name] { return number }
      numbers[name] = UInt32(names.count)
      names.append(name)
      return UInt32(names.count - 1)
    }
  }

  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".").first.map(String.init) ?? file
  }

  /// Gathers entries by thread, threads in order of their first line, all but the first entry answering it.
  private static func lines(
    _ path: String, name: String, _ parse: (ArraySlice<UInt8>) -> Record?
  ) -> Corpus? {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else {
      return nil
    }
    let corpus = Corpus(name: name, room: data.count)
    var people = Names()
    var threads: [[UInt8]: Int] = [:]
    var order: [[Record]] = []
    data.withUnsafeBytes { bytes in
      for line in bytes.split(separator: 0x0A) {
        guard let record = parse(ArraySlice(line)) else { continue }
        if record.thread.isEmpty {
          order.append([record])
        } else if let place = threads[record.thread] {
          order[place].append(record)
        } else {
          threads[record.thread] = order.count
          order.append([record])
        }
      }
    }
    for records in order {
      var thread = ThreadBatch()
      thread.threadStarts = [0]
      thread.titles = [[]]
      for (place, record) in records.enumerated() {
        thread.text += record.text
        thread.ends.append(thread.text.count)
        thread.dates.append(record.date)
        thread.authors.append(people.number(of: record.author))
        thread.parentOffsets.append(UInt32(place))
      }
      corpus.append(thread)
    }
    corpus.authorNames = people.names
    corpus.close()
    return corpus.documentCount > 0 ? corpus : nil
  }
}
