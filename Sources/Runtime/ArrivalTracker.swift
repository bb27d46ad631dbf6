import Bytes
public import Discussion
public import Reader
import Shelf
import Snapshot
import Synchronization

/// Knows of each entry whether it was there when its roots were first read, and whether it came since they were
/// last read to their end.
///
/// The first import of some roots is done when reading them has ended; only then are its entries written down.
/// What is not written down later is new, for the rest of the session also after it was written down.
final class ArrivalTracker: Sendable {
  /// Roots that were read in this session.
  private struct Account {
    /// Where it is kept; nil for nowhere.
    var place: KnownEntries.Place?
    /// What was known before; nil while the roots are read for the first time.
    var known: KnownEntries?
    /// The first segment that was read for it.
    var firstSegment = 0
    /// Entries of the library before.
    var entriesBefore = 0
    /// Whether its first import has more entries than are left unread.
    var isLong = false
  }

  private struct State {
    var accounts: [Account] = []
    var current = 0
    var arrivals = Arrivals()
    /// Whether the disk knows of all entries.
    var isKept = false
  }

  private let state = Mutex(State())
  private let dataFolder: [UInt8]?
  private let limit: Int

  /// A tracker.
  /// - Parameters:
  ///   - dataFolder: the shelf's folder; nil to keep nothing.
  ///   - limit: entries up to which a first import is unread.
  init(dataFolder: [UInt8]?, limit: Int) {
    self.dataFolder = dataFolder
    self.limit = limit
  }

  /// Reading of some roots begins; those of before may be read again.
  func begin(_ sources: LibrarySources, at library: Library) {
    state.withLock { state in
      let place = place(of: sources)
      if let known = state.accounts.firstIndex(where: { $0.place == place && place != nil }) {
        state.current = known
        return
      }
      state.accounts.append(
        Account(
          place: place, known: place.flatMap { KnownEntries($0) }, firstSegment: library.segmentCount,
          entriesBefore: library.entryCount))
      state.current = state.accounts.count - 1
    }
  }

  /// The roots of the session are read again, with what was opened since.
  func beginAgain() { state.withLock { $0.current = 0 } }

  /// All that was read before is given up.
  func reset() { state.withLock { $0.arrivals = Arrivals() } }

  private func place(of sources: LibrarySources) -> KnownEntries.Place? {
    guard let dataFolder, !sources.readsStandardInput, !sources.paths.isEmpty else { return nil }
    let paths = sources.paths.map { PathName($0).absolute }.sorted()
    return KnownEntries.Place(dataFolder: dataFolder, name: SnapshotKey(paths: paths, options: []).name)
  }

  // MARK: What is known

  /// Takes the next generation of the library.
  /// - Parameter isJoined: whether it has nothing that the last one had not.
  /// - Complexity: O(new rows · log known entries); O(segments) in a first import.
  func take(_ library: Library, isJoined: Bool = false) -> Arrivals {
    state.withLock { state in
      guard !state.accounts.isEmpty else { return state.arrivals }
      var first = state.arrivals.segments.count
      let account = state.accounts[state.current]
      if account.known == nil, !account.isLong, library.entryCount - account.entriesBefore > limit {
        state.accounts[state.current].isLong = true
        first = min(first, account.firstSegment)
      }
      if isJoined, let one = state.arrivals.segments.first, one.isUniform,
        state.arrivals.segments.allSatisfy({ $0 == one })
      {
        while state.arrivals.segments.count < library.segmentCount { state.arrivals.segments.append(one) }
        return state.arrivals
      }
      ArrivalTracker.classify(library, fromSegment: first, &state)
      return state.arrivals
    }
  }

  private static func classify(_ library: Library, fromSegment first: Int, _ state: inout State) {
    let accounts = state.accounts
    state.arrivals.segments.removeLast(max(0, state.arrivals.segments.count - first))
    if accounts.count == 1, accounts[0].known == nil {
      let segment = Arrivals.Segment(isRead: accounts[0].isLong ? .all : .none)
      for _ in first..<max(first, library.segmentCount) { state.arrivals.segments.append(segment) }
      return
    }
    let isFirst = accounts[state.current].known == nil
    let isLong = accounts[state.current].isLong
    var others: [EntryID: [UInt64]] = [:]
    library.forEachAlias(fromSegment: first) { key, entry in
      others[entry, default: []].append(KnownEntries.bits(of: key))
    }
    func find(_ bits: UInt64) -> (isKnown: Bool, isRead: Bool) {
      for account in accounts {
        if let known = account.known, known.contains(bits) {
          return (true, known.isFirstRead && known.wasThereAtFirst(bits))
        }
      }
      return (false, false)
    }
    for segment in first..<max(first, library.segmentCount) {
      let rows = library.rowCount(ofSegment: segment)
      var read = [UInt64](repeating: 0, count: (rows + 63) / 64)
      var new = read
      for row in 0..<rows {
        let entry = EntryID(segment: segment, row: row)
        var found = find(KnownEntries.bits(of: library.key(of: entry)))
        if !found.isKnown, let names = others[entry] {
          for bits in names where !found.isKnown { found = find(bits) }
        }
        let bit: UInt64 = 1 << UInt64(row % 64)
        if found.isRead || (!found.isKnown && isFirst && isLong) { read[row / 64] |= bit }
        if !found.isKnown, !isFirst { new[row / 64] |= bit }
      }
      state.arrivals.segments.append(
        Arrivals.Segment(isRead: .init(read, rows: rows), isNew: .init(new, rows: rows)))
    }
  }

  // MARK: Writing down

  /// Reading has come to its end: what is here is known from now on.
  /// - Complexity: O(n log n) in the entries that were not known.
  func finish(_ library: Library) {
    state.withLock { state in
      guard !state.accounts.isEmpty else { return }
      let account = state.accounts[state.current]
      let others = state.accounts.indices.filter { $0 != state.current }
        .compactMap { state.accounts[$0].known }
      var arrived: [UInt64] = []
      let first = account.known == nil ? account.firstSegment : 0
      for segment in first..<max(first, library.segmentCount) {
        let new = state.arrivals[segment].isNew
        if account.known != nil, new == .none { continue }
        for row in 0..<library.rowCount(ofSegment: segment) where account.known == nil || new.contains(row) {
          let bits = KnownEntries.bits(of: library.key(of: EntryID(segment: segment, row: row)))
          if account.known == nil, others.contains(where: { $0.contains(bits) }) { continue }
          arrived.append(bits)
        }
      }
      guard account.known == nil || !arrived.isEmpty else {
        state.isKept = true
        return
      }
      let kept = account.place.flatMap { place in
        try? KnownEntries.taking(arrived, isRead: account.isLong, at: place)
      }
      state.isKept = kept != nil
      guard account.known == nil else { return }
      state.accounts[state.current].known =
        kept ?? KnownEntries(remembering: arrived, isRead: account.isLong)
    }
  }

  /// Reading ended before its end: what came is not known the next time.
  func leaveUnfinished() { state.withLock { $0.isKept = false } }

  // MARK: With the cache

  /// What a cache keeps of how the entries came; empty when it would not be of use.
  var image: [UInt8] {
    state.withLock { state in
      guard state.isKept, state.accounts.count == 1, let known = state.accounts[0].known else { return [] }
      var image: [UInt8] = []
      image.append(number: known.identity)
      for segment in state.arrivals.segments { segment.isRead.append(to: &image) }
      return image
    }
  }

  /// Takes over what a cache kept, if it is of the same account; of other rows nothing is known yet.
  func restore(_ image: [UInt8]) {
    state.withLock { state in
      var rest = image[...]
      guard state.accounts.count == 1, let known = state.accounts[0].known,
        rest.takeNumber() == known.identity
      else { return }
      state.arrivals = Arrivals()
      while !rest.isEmpty, let rows = Arrivals.Rows(from: &rest) {
        state.arrivals.segments.append(Arrivals.Segment(isRead: rows))
      }
    }
  }
}

extension Arrivals {
  /// How the entries of a library came, as of now: nothing is written down.
  /// - Parameter firstImport: entries up to which a first import is unread.
  /// - Complexity: O(entries · log known entries).
  public init(of library: Library, from sources: LibrarySources, dataFolder: [UInt8]?, firstImport: Int) {
    let tracker = ArrivalTracker(dataFolder: dataFolder, limit: firstImport)
    tracker.begin(sources, at: Library())
    self = tracker.take(library)
  }
}

extension Arrivals.Segment {
  /// Whether all rows are alike.
  fileprivate var isUniform: Bool { isNew == .none && (isRead == .none || isRead == .all) }
}

extension Arrivals.Rows {
  /// The shortest form of some bits.
  fileprivate init(_ words: [UInt64], rows: Int) {
    let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    self = count == 0 ? .none : count == rows ? .all : .some(words)
  }

  fileprivate func contains(_ row: Int) -> Bool {
    switch self {
    case .none: false
    case .all: true
    case .some(let words): row / 64 < words.count && words[row / 64] >> UInt64(row % 64) & 1 == 1
    }
  }

  fileprivate func append(to image: inout [UInt8]) {
    switch self {
    case .none: image.append(0)
    case .all: image.append(1)
    case .some(let words):
      image.append(2)
      image.append(number: UInt64(words.count))
      for word in words { image.append(number: word) }
    }
  }

  fileprivate init?(from image: inout ArraySlice<UInt8>) {
    switch image.popFirst() {
    case 0: self = .none
    case 1: self = .all
    case 2:
      guard let count = image.takeNumber(), count <= UInt64(image.count / 8) else { return nil }
      self = .some((0..<Int(count)).map { _ in image.takeNumber() ?? 0 })
    default: return nil
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt64) {
    for place in 0..<8 { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place))) }
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func takeNumber() -> UInt64? {
    guard count >= 8 else { return nil }
    var number: UInt64 = 0
    for place in 0..<8 { number |= UInt64(self[startIndex + place]) << UInt64(8 * place) }
    self = dropFirst(8)
    return number
  }
}
