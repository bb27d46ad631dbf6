public import Discussion

/// What a library holds, in numbers.
public struct LibraryStatistics: Sendable {
  /// A number of entries and of the discussions they are in.
  public struct Count: Sendable, Hashable {
    /// Discussions.
    public var discussions = 0
    /// Posts and comments.
    public var entries = 0
  }

  /// Discussions and their entries.
  public private(set) var all = Count()
  /// Entries whose author the source does not say.
  public private(set) var withoutAuthor = 0
  /// Entries whose date the source does not say.
  public private(set) var withoutDate = 0
  /// Bytes of all texts.
  public private(set) var textBytes = 0
  /// The first and the last date that is said.
  public private(set) var span: ClosedRange<Timestamp>?
  /// By format, the most entries first.
  public private(set) var formats: [(name: [UInt8], count: Count)] = []
  /// By source, the most entries first. A discussion of several sources counts in each.
  public private(set) var sources: [(name: [UInt8], count: Count)] = []
  /// By author, the most entries first; discussions are those that he or she opened.
  public private(set) var authors: [(name: [UInt8], count: Count)] = []
  /// By the year of the date, the first year first.
  public private(set) var years: [(year: Int, count: Count)] = []

  /// Counts a library.
  /// - Complexity: O(entries + authors · log authors).
  public init(of library: Library) {
    var formats: [String: Count] = [:]
    var sources: [[UInt8]: Count] = [:]
    var people: [AuthorID: (count: Count, first: EntryID)] = [:]
    var years: [Int: Count] = [:]
    for discussion in library.discussions {
      let entries = library.entries(of: discussion)
      all.discussions += 1
      all.entries += entries.count
      formats[library.format(of: discussion), default: Count()].add(entries)
      for source in library.sources(of: discussion) { sources[source, default: Count()].add(entries) }
      for entry in entries {
        let isPost = entry == entries[0]
        textBytes += library.textByteCount(of: entry)
        if let author = library.authorID(of: entry) {
          people[author, default: (Count(), entry)].count.add(isPost: isPost)
        } else {
          withoutAuthor += 1
        }
        guard let date = library.date(of: entry) else {
          withoutDate += 1
          continue
        }
        years[date.civil.year, default: Count()].add(isPost: isPost)
        span = span.map { min($0.lowerBound, date)...max($0.upperBound, date) } ?? date...date
      }
    }
    self.formats = LibraryStatistics.sorted(
      formats.map { (name: Array($0.key.utf8), count: $0.value) })
    self.sources = LibraryStatistics.sorted(sources.map { (name: $0.key, count: $0.value) })
    self.years = years.map { (year: $0.key, count: $0.value) }.sorted { $0.year < $1.year }
    // One name stands in the table of each segment that has it.
    var names: [[UInt8]: Count] = [:]
    for (count, first) in people.values {
      names[library.author(of: first) ?? [], default: Count()].add(count)
    }
    authors = LibraryStatistics.sorted(names.map { (name: $0.key, count: $0.value) })
  }

  private static func sorted(_ rows: [(name: [UInt8], count: Count)]) -> [(name: [UInt8], count: Count)] {
    rows.sorted {
      $0.count.entries != $1.count.entries
        ? $0.count.entries > $1.count.entries : $0.name.lexicographicallyPrecedes($1.name)
    }
  }
}

extension LibraryStatistics.Count {
  fileprivate mutating func add(_ entries: EntryRange) {
    discussions += 1
    self.entries += entries.count
  }

  fileprivate mutating func add(isPost: Bool) {
    entries += 1
    if isPost { discussions += 1 }
  }

  fileprivate mutating func add(_ other: LibraryStatistics.Count) {
    discussions += other.discussions
    entries += other.entries
  }
}
