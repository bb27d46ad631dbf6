import Bytes

/// Which discussion something was seen in: hashes of ids, addresses and texts, each with the number of a
/// discussion.
///
/// Made of immutable levels, the largest first, which generations share. A new batch is one more level;
/// levels of like size are merged, so that there are few and each entry is copied O(log entries) times.
/// A hash may stand for several discussions, and by chance for a wrong one: whoever asks compares.
struct IdentityTable: Sendable {
  /// One immutable run of hashes in order, with a directory by their upper bits.
  ///
  /// Memory: 12 bytes a hash, and 1 to 2 bytes a hash for the directory.
  final class Level: Sendable {
    let hashes: Column<UInt64>
    let discussions: Column<UInt32>
    /// Where the hashes of each bucket begin, and one more for the end.
    let firsts: Column<UInt32>
    private let shift: UInt64

    /// A level that was stored; nil when its columns cannot belong together.
    init?(hashes: Column<UInt64>, discussions: Column<UInt32>, firsts: Column<UInt32>) {
      let bits = UInt64((firsts.count - 1).trailingZeroBitCount)
      guard hashes.count == discussions.count, firsts.count > 2, firsts.count - 1 == 1 << Int(bits) else {
        return nil
      }
      self.hashes = hashes
      self.discussions = discussions
      self.firsts = firsts
      shift = 64 - bits
    }

    init(hashes: [UInt64], discussions: [UInt32]) {
      self.hashes = Column(hashes)
      self.discussions = Column(discussions)
      var bits: UInt64 = 1
      while bits < 31, 1 << (bits + 2) < hashes.count { bits += 1 }
      shift = 64 - bits
      var firsts = [UInt32](repeating: 0, count: 1 << Int(bits) + 1)
      var bucket = 0
      for (place, hash) in hashes.enumerated() {
        let mine = Int(hash >> shift)
        while bucket < mine {
          bucket += 1
          firsts[bucket] = UInt32(place)
        }
      }
      while bucket + 1 < firsts.count {
        bucket += 1
        firsts[bucket] = UInt32(hashes.count)
      }
      self.firsts = Column(firsts)
    }

    func place(of hash: UInt64) -> Int {
      // A damaged directory reads as zeros.
      var high = min(Int(firsts[Int(hash >> shift) + 1]), hashes.count)
      var low = min(Int(firsts[Int(hash >> shift)]), high)
      while low < high {
        let middle = (low + high) / 2
        if hashes[middle] < hash { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// How many discussions one hash is asked for at most.
  static let candidateLimit = 32

  private(set) var levels: [Level] = []

  init() {}

  /// A table of stored levels, the largest first.
  init(levels: [Level]) { self.levels = levels }

  /// Number of hashes.
  var count: Int { levels.reduce(0) { $0 + $1.hashes.count } }
  /// Number of levels, for tests.
  var levelCount: Int { levels.count }

  /// Gives the discussions that a hash was seen in, oldest first, until the body has enough.
  /// - Complexity: O(levels).
  func visit(_ hash: UInt64, _ body: (UInt32) -> Void) {
    var left = IdentityTable.candidateLimit
    for level in levels {
      var place = level.place(of: hash)
      while place < level.hashes.count, level.hashes[place] == hash {
        body(level.discussions[place])
        left -= 1
        if left == 0 { return }
        place += 1
      }
    }
  }

  /// Adds what a batch brought.
  /// - Complexity: O(batch · log batch), and amortised O(batch · log entries) for merging.
  mutating func add(_ batch: IdentityBatch) {
    guard !batch.hashes.isEmpty else { return }
    let order = batch.hashes.indices.sorted { (batch.hashes[$0], $0) < (batch.hashes[$1], $1) }
    var newest = Level(
      hashes: order.map { batch.hashes[$0] }, discussions: order.map { batch.discussions[$0] })
    while let last = levels.last, last.hashes.count < 2 * newest.hashes.count {
      levels.removeLast()
      newest = IdentityTable.merged(last, newest)
    }
    levels.append(newest)
  }

  private static func merged(_ older: Level, _ newer: Level) -> Level {
    let count = older.hashes.count + newer.hashes.count
    older.hashes.verify()
    older.discussions.verify()
    var hashes: [UInt64] = []
    var discussions: [UInt32] = []
    hashes.reserveCapacity(count)
    discussions.reserveCapacity(count)
    var (left, right) = (0, 0)
    while left < older.hashes.count || right < newer.hashes.count {
      let takesOlder =
        right == newer.hashes.count
        || (left < older.hashes.count && older.hashes[left] <= newer.hashes[right])
      if takesOlder {
        hashes.append(older.hashes[left])
        discussions.append(older.discussions[left])
        left += 1
      } else {
        hashes.append(newer.hashes[right])
        discussions.append(newer.discussions[right])
        right += 1
      }
    }
    return Level(hashes: hashes, discussions: discussions)
  }
}

/// What one batch adds to an identity table, and can be asked for while the batch is taken.
struct IdentityBatch {
  fileprivate(set) var hashes: [UInt64] = []
  fileprivate(set) var discussions: [UInt32] = []
  private var next: [UInt32] = []
  private var ends: [UInt64: (first: UInt32, last: UInt32)] = [:]

  private static let none = UInt32.max

  /// Adds a hash, once for several of one discussion in a row.
  mutating func insert(_ hash: UInt64, _ discussion: UInt32) {
    let place = UInt32(hashes.count)
    if let known = ends[hash] {
      if discussions[Int(known.last)] == discussion { return }
      next[Int(known.last)] = place
      ends[hash] = (known.first, place)
    } else {
      ends[hash] = (place, place)
    }
    hashes.append(hash)
    discussions.append(discussion)
    next.append(IdentityBatch.none)
  }

  /// Gives the discussions that a hash was seen in, oldest first.
  func visit(_ hash: UInt64, limit: Int, _ body: (UInt32) -> Void) {
    guard limit > 0, let known = ends[hash] else { return }
    var place = known.first
    var left = limit
    while place != IdentityBatch.none, left > 0 {
      body(discussions[Int(place)])
      place = next[Int(place)]
      left -= 1
    }
  }
}
