import ArgumentParser
import Discussion
import Archive
import Glibc
import Grid
import Runtime
import SearchIndex

/// Counts what is in sources.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count what is there: by format, source, author and year.",
    discussion: """
      --limit says how many sources and authors are named, ten if nothing is said. Counts of a source hold \
      all of each discussion that it has a part in.
      """)

  @OptionGroup var sources: SourceArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let reading = sources.library
    let (corpus, problems) = reading.load()
    let counted = LibraryStatistics(of: corpus.library)
    let memory = StatsCommand.peakMemory
    let cache = reading.cacheSize()?.byteCount
    var out = Output()
    if output.json {
      out.write(json(counted, corpus.index, memory: memory, cache: cache, problems))
      out.write("\n")
    } else {
      write(counted, corpus.index, memory: memory, cache: cache, to: &out)
    }
    out.flush()
    try Printing.conclude(problems, isEmpty: counted.all.discussions == 0)
  }

  /// The most memory that this process ever had, in bytes.
  private static var peakMemory: Int {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) * 1024
  }

  private var limit: Int { output.limit ?? 10 }
}

// MARK: - For people

extension StatsCommand {
  private func write(
    _ counted: LibraryStatistics, _ index: SearchIndex, memory: Int, cache: Int?, to out: inout Output
  ) {
    let comments = counted.all.entries - counted.all.discussions
    let facts: [(String, String)] = [
      ("discussions", "\(counted.all.discussions)"), ("comments", "\(comments)"),
      ("authors", "\(counted.authors.count)"),
      ("without an author", "\(counted.withoutAuthor)"), ("without a date", "\(counted.withoutDate)"),
      (
        "from, to",
        counted.span.map { "\(Self.day($0.lowerBound)), \(Self.day($0.upperBound))" } ?? "unknown"
      ),
      ("text", Self.size(counted.textBytes)),
      (
        "index",
        "\(Self.size(index.byteCount)): \(index.termCount) terms, \(index.postingCount) postings, \(index.segments.count) segments"
      ),
      ("cache, of all sources", cache.map(Self.size) ?? "none"), ("memory at most", Self.size(memory)),
    ]
    let width = facts.map(\.0.utf8.count).max() ?? 0
    for (name, value) in facts {
      out.write(name + String(repeating: " ", count: width - name.utf8.count + 2) + value + "\n")
    }
    write("format", counted.formats, counted.formats.count, to: &out)
    write("source", counted.sources, limit, to: &out)
    write("author", counted.authors, limit, to: &out)
    let years = counted.years.map { (name: Array(String($0.year).utf8), count: $0.count) }
    write("year", years, years.count, to: &out)
  }

  private func write(
    _ heading: String, _ rows: [(name: [UInt8], count: LibraryStatistics.Count)], _ limit: Int,
    to out: inout Output
  ) {
    guard !rows.isEmpty, limit > 0 else { return }
    out.write("\n entries  discussions  \(heading)\n")
    func right(_ number: Int, _ columns: Int) -> String {
      let digits = String(number)
      return String(repeating: " ", count: max(0, columns - digits.utf8.count)) + digits
    }
    for row in rows.prefix(limit) {
      out.write(right(row.count.entries, 8) + right(row.count.discussions, 13) + "  ")
      out.write(untrusted: row.name, lineEnds: .fold)
      out.write("\n")
    }
    if rows.count > limit {
      out.write("\(String(repeating: " ", count: 23))and \(rows.count - limit) more\n")
    }
  }

  private static func day(_ date: Timestamp) -> String {
    Timestamp(seconds: date.seconds, precision: min(date.precision, .day), zoneMinutes: date.zoneMinutes)
      .iso8601
  }

  /// `12.3 MB`.
  private static func size(_ bytes: Int) -> String {
    let units = ["bytes", "KB", "MB", "GB", "TB"]
    var value = bytes * 10
    var unit = 0
    while value >= 10_000, unit < units.count - 1 {
      value = (value + 500) / 1000
      unit += 1
    }
    return unit == 0 ? "\(bytes) bytes" : "\(value / 10).\(value % 10) \(units[unit])"
  }
}

// MARK: - For programs

extension StatsCommand {
  private func json(
    _ counted: LibraryStatistics, _ index: SearchIndex, memory: Int, cache: Int?,
    _ problems: [ArchiveProblem]
  ) -> [UInt8] {
    var json = JSONText()
    func count(_ count: LibraryStatistics.Count) {
      json.key("discussions")
      json.value(count.discussions)
      json.key("entries")
      json.value(count.entries)
    }
    func rows(
      _ key: String, _ name: String, _ rows: some Sequence<(name: [UInt8], count: LibraryStatistics.Count)>
    ) {
      json.key(key)
      json.beginArray()
      for row in rows {
        json.beginObject()
        json.key(name)
        json.value(row.name)
        count(row.count)
        json.endObject()
      }
      json.endArray()
    }
    func number(_ key: String, _ number: Int?) {
      json.key(key)
      json.value(number)
    }
    json.beginObject()
    number("schema", 1)
    count(counted.all)
    number("comments", counted.all.entries - counted.all.discussions)
    number("authorCount", counted.authors.count)
    number("withoutAuthor", counted.withoutAuthor)
    number("withoutDate", counted.withoutDate)
    json.key("first")
    json.value(counted.span?.lowerBound.iso8601)
    json.key("last")
    json.value(counted.span?.upperBound.iso8601)
    number("textBytes", counted.textBytes)
    json.key("index")
    json.beginObject()
    number("bytes", index.byteCount)
    number("terms", index.termCount)
    number("postings", index.postingCount)
    number("segments", index.segments.count)
    json.endObject()
    number("cacheBytes", cache)
    number("peakMemoryBytes", memory)
    rows("formats", "format", counted.formats)
    rows("sources", "source", counted.sources.prefix(limit))
    rows("authors", "author", counted.authors.prefix(limit))
    json.key("years")
    json.beginArray()
    for row in counted.years {
      json.beginObject()
      number("year", row.year)
      count(row.count)
      json.endObject()
    }
    json.endArray()
    json.problems(problems)
    json.endObject()
    return json.take()
  }
}
