import Bytes
import Discussion
import Foundation
import SearchIndex
import Snapshot

/// Numbers that look random and are the same in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A random library of a few segments, some discussions of which were united and rebuilt, and its index.
struct World {
  let library: Library
  let segments: [IndexSegment]
  let sources: [SnapshotSource]
  let problems: [SnapshotProblem]

  init(seed: UInt64, batches: Int = 3, discussions: Int = 6) {
    var library = Library()
    for batch in 0..<batches {
      (library, _) = library.adding(
        World.discussions(seed: seed &* 31 &+ UInt64(batch), count: discussions, source: "source\(batch)"))
    }
    self.library = library
    segments = (0..<library.segmentCount).map { World.index($0, of: library) }
    var random = Seeded(state: seed)
    sources = (0..<5).map { number in
      SnapshotSource(
        path: Array("folder/źródło \(number)".utf8),
        fingerprint: FileFingerprint(
          device: random.next(), inode: random.next(), size: number, seconds: -number, nanoseconds: 7))
    }
    problems = [
      SnapshotProblem(
        path: [0xFF, 0x2F], line: 3, byteOffset: nil, message: Array("odd".utf8), isNote: false),
      SnapshotProblem(path: [], line: nil, byteOffset: 9, message: [], isNote: true),
    ]
  }

  private static let words = [
    "apple", "pear", "straße", "été", "quince", "plum", "漢字", "apples", "the", "of", "don't", "C++",
  ]

  static func text(_ random: inout Seeded, upTo limit: Int) -> [UInt8] {
    let words = (0..<Int.random(in: 0...limit, using: &random)).map { _ in
      World.words.randomElement(using: &random) ?? ""
    }
    return Array(words.joined(separator: " ").utf8)
  }

  static func discussions(seed: UInt64, count: Int, source: String = "more") -> [ParsedDiscussion] {
    var random = Seeded(state: seed)
    return (0..<count).map { number in
      let comments = (0..<Int.random(in: 0...9, using: &random)).map { index in
        ParsedComment(
          nativeID: Bool.random(using: &random) ? Array("c\(seed)-\(number)-\(index)".utf8) : nil,
          parent: index == 0 || Bool.random(using: &random)
            ? .post : .comment(Int.random(in: 0..<index, using: &random)),
          kind: .comment, author: Bool.random(using: &random) ? text(&random, upTo: 2) : nil,
          date: Bool.random(using: &random) ? Timestamp(year: 2012, month: 6, day: 1 + index) : nil,
          score: Bool.random(using: &random) ? Int32.random(in: -5...5, using: &random) : nil,
          isRemoved: Bool.random(using: &random),
          text: ParsedText(
            utf8: Array("quoted ".utf8) + text(&random, upTo: 20), spans: [RoleSpan(0..<6, .quote)]),
          line: Bool.random(using: &random) ? index : nil)
      }
      // Ids of a small set meet again in another batch and unite.
      let id = Int.random(in: 0..<12, using: &random)
      return ParsedDiscussion(
        title: Array("Title \(id) ".utf8) + text(&random, upTo: 3), author: Array("Ann".utf8),
        date: Timestamp(year: 2011, month: 2, day: 3), format: "test",
        url: Bool.random(using: &random) ? Array("https://example.org/\(id)".utf8) : nil,
        nativeID: Bool.random(using: &random) ? Array("post-\(id)".utf8) : nil,
        categories: [Array("one".utf8)], declaredComments: 12, isClosed: true,
        body: ParsedText(utf8: text(&random, upTo: 40)), comments: comments, sources: [Array(source.utf8)])
    }
  }

  static func index(_ segment: Int, of library: Library) -> IndexSegment {
    var builder = IndexBuilder()
    for row in 0..<library.rowCount(ofSegment: segment) {
      let entry = EntryID(segment: segment, row: row)
      let title = library.kind(of: entry) == .post ? library.title(of: library.discussion(of: entry)) : []
      let author = library.author(of: entry) ?? []
      library.withText(of: entry) { builder.add(body: $0, title: title.span, author: author.span) }
    }
    return builder.finish(
      dates: library.dates(ofSegment: segment), threadStarts: library.posts(ofSegment: segment))
  }
}

/// The texts of a library as an index reads them.
struct WorldTexts: DocumentTexts {
  let library: Library
  let index: SearchIndex

  func withText<Result>(of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result) -> Result {
    var row = Int(document.rawValue)
    var segment = 0
    while row >= library.rowCount(ofSegment: segment) {
      row -= library.rowCount(ofSegment: segment)
      segment += 1
    }
    let entry = EntryID(segment: segment, row: row)
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

/// Everything public that a library and its index say, as lines.
enum Walk {
  static let queries = [
    "apple", "appl*", "\"the apple\"", "plum OR quince", "author:pear", "title:title", "-apple pear",
    "aple~1",
    "straße ete", "漢字", "C++", "don't", "nothing", "of the", "*ples",
  ]

  static func of(_ library: Library, _ segments: [IndexSegment]) -> [String] {
    var lines = [
      "\(library.entryCount) \(library.segmentCount) \(library.sourceNames().sorted { $0.lexicographicallyPrecedes($1) })"
    ]
    for discussion in library.discussions {
      lines.append(
        "\(discussion) \(library.title(of: discussion)) \(library.format(of: discussion)) \(library.url(of: discussion) ?? []) \(library.sources(of: discussion)) \(library.categories(of: discussion)) \(library.declaredComments(of: discussion) ?? -1) \(String(describing: library.isClosed(discussion))) \(library.textByteCount(of: discussion))"
      )
      for entry in library.entries(of: discussion) { lines.append(line(of: entry, in: library)) }
      let parsed = library.parsed(discussion)
      lines.append("\(parsed.comments.count) \(parsed.sources) \(parsed.body.utf8.count)")
    }
    library.forEachAlias { key, entry in lines.append("\(key.hexadecimal) is \(entry)") }
    for segment in 0..<library.segmentCount {
      lines.append(
        library.withTexts(ofSegment: segment) { bytes, starts in "\(bytes.count) \(starts.count)" })
    }
    guard !segments.isEmpty else { return lines }
    let index = SearchIndex(segments: segments)
    lines.append("\(index.documentCount) \(index.termCount) \(index.postingCount)")
    for query in queries {
      for order in [SearchOrder.ranked, .newestFirst] {
        let result = index.search(
          Query.parse(query), texts: WorldTexts(library: library, index: index), limit: 50, order: order)
        lines.append("\(query) \(result.total) \(result.hits.map { "\($0.document.rawValue) \($0.score)" })")
      }
    }
    for word in ["aple", "plumm", "quinze"] {
      lines.append("\(word): \(index.suggestion(for: Array(word.utf8)) ?? [])")
    }
    return lines
  }

  private static func line(of entry: EntryID, in library: Library) -> String {
    let walk =
      "\(library.depth(of: entry)) \(library.descendantCount(of: entry)) \(library.ordinal(of: entry)) \(library.number(of: entry)) \(String(describing: library.parent(of: entry))) \(String(describing: library.nextSibling(of: entry))) \(String(describing: library.previousSibling(of: entry))) \(String(describing: library.topLevel(of: entry)))"
    let own =
      "\(library.kind(of: entry)) \(library.isRemoved(entry)) \(library.author(of: entry) ?? []) \(String(describing: library.date(of: entry))) \(String(describing: library.score(of: entry))) \(String(describing: library.line(of: entry))) \(library.nativeID(of: entry) ?? [])"
    let text =
      "\(library.text(of: entry)) \(library.spans(of: entry).map(\.bytes)) \(library.quotedPassages(of: entry))"
    let key = library.key(of: entry)
    return
      "\(entry) \(key.hexadecimal) \(String(describing: library.entry(withKey: key))) \(library.isLive(entry)) \(library.discussion(of: entry)) \(walk) \(own) \(text)"
  }
}

/// Places for files that a test may have.
enum Scratch {
  static func folder(_ body: (PathName) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("snapshot-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try body(PathName(url.path))
  }

  static func key(_ number: Int) -> SnapshotKey {
    SnapshotKey(paths: [PathName("/roots/\(number)")], options: [])
  }
}
