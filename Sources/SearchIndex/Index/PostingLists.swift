internal import Bytes
internal import CKernel

/// The posting lists of one field while they grow, piece by piece.
///
/// A piece gives every posting to its term (a counting scatter), packs full blocks, and leaves the last 128
/// to 255 postings of each list, so that no block depends on where pieces end. Lists are told
/// apart by the place of their term among all terms of the field, table by table; the places of later
/// tables move up when earlier ones grow.
///
/// Memory beyond the packed blocks: 13 bytes a term, 5 bytes a posting that waits.
struct PostingLists: ~Copyable {
  /// Packed blocks of a range of lists of one piece. The payload is moved away and its room used again.
  final class Chunk: @unchecked Sendable {
    fileprivate var payload = PageBuffer<UInt8>(capacity: 0)
    fileprivate var payloadCount = 0
    /// For each block, its last document (upper half) and where it begins in the payload (lower half).
    fileprivate var blocks = PageBuffer<UInt64>(capacity: 0)
    fileprivate var blockCount = 0
    /// The lists that have blocks here, by the code of their term, and how many.
    fileprivate var runs: [Run] = []
  }

  /// Blocks of one list that follow one another.
  struct Run {
    var code: TermCode
    var count: UInt32
  }

  /// The blocks of a piece, or of a part of it.
  struct Blocks {
    /// For each block, its last document (upper half) and where it begins in the payload (lower half).
    var blocks: [UInt64] = []
    /// The lists they belong to, one after the other.
    var runs: [Run] = []
  }

  /// Postings of a list that wait for more, by the postings it has.
  static func waiting(_ frequency: Int) -> Int { frequency < 256 ? frequency : 128 + frequency % 128 }

  /// Terms of each table when the last piece was added.
  private(set) var counts: [Int] = [0, 0, 0]
  var termCount: Int { counts.reduce(0, +) }
  /// Documents of each list.
  private(set) var frequencies = PageBuffer<UInt32>(capacity: 0)
  /// The highest impact of each list, of what is packed.
  private(set) var highest = PageBuffer<UInt8>(capacity: 0)
  /// The last document of each list that is packed, where there is one.
  private(set) var lastPacked = PageBuffer<UInt32>(capacity: 0)
  /// Where the waiting postings of each list begin, and one more for the end.
  private(set) var waitingStarts = PageBuffer<UInt32>(capacity: 1, zeroed: true)
  private(set) var documents = PageBuffer<UInt32>(capacity: 0)
  private(set) var impacts = PageBuffer<UInt8>(capacity: 0)
  /// All blocks so far.
  private(set) var packed: [Blocks] = []
  /// Their bytes.
  let payload: ColumnBuilder<UInt8>

  /// Memory of the piece before, used again.
  private var spareStarts = PageBuffer<UInt32>(capacity: 0)
  private var spareDocuments = PageBuffer<UInt32>(capacity: 0)
  private var spareImpacts = PageBuffer<UInt8>(capacity: 0)
  private var chunks: [Chunk] = []

  /// - Parameter payloadCapacity: room for the blocks; more is made as it is needed, but copied.
  init(payloadCapacity: Int = 0) { payload = ColumnBuilder(capacity: payloadCapacity) }

  /// Where the lists of a table begin.
  func base(table: Int) -> Int { counts[..<table].reduce(0, +) }

  /// The postings of one piece, each with its list.
  @safe
  struct Piece {
    /// Where the postings of each list begin, and one more for the end.
    let starts: UnsafePointer<UInt32>
    /// Document within the piece, times 256, and impact.
    let postings: UnsafePointer<UInt32>
    /// The number of the piece's first document.
    let firstDocument: UInt32
  }

  /// Makes room for new terms at the end of each table.
  mutating func grow(to counts: [Int]) {
    let old = self.counts
    if old == counts { return }
    let total = counts.reduce(0, +)
    let frequencies = PageBuffer<UInt32>(capacity: total, zeroed: true)
    let highest = PageBuffer<UInt8>(capacity: total, zeroed: true)
    let lastPacked = PageBuffer<UInt32>(capacity: total, zeroed: true)
    let starts = PageBuffer<UInt32>(capacity: total + 1)
    var from = 0
    var to = 0
    for table in counts.indices {
      let size = old[table]
      unsafe (frequencies.base + to).update(from: self.frequencies.base + from, count: size)
      unsafe (highest.base + to).update(from: self.highest.base + from, count: size)
      unsafe (lastPacked.base + to).update(from: self.lastPacked.base + from, count: size)
      unsafe (starts.base + to).update(from: waitingStarts.base + from, count: size)
      from += size
      for place in size..<counts[table] { unsafe starts.base[to + place] = waitingStarts.base[from] }
      to += counts[table]
    }
    unsafe starts.base[total] = waitingStarts.base[from]
    self.frequencies = frequencies
    self.highest = highest
    self.lastPacked = lastPacked
    waitingStarts = starts
    self.counts = counts
  }

  /// Takes the postings of the next piece in, on some threads. What comes out does not depend on how many.
  mutating func add(_ piece: Piece, threads: Int) {
    let total = termCount
    if total == 0 { return }
    spareStarts.reserve(total + 1)
    let newStarts = unsafe spareStarts.base
    var waiting: UInt32 = 0
    for list in 0..<total {
      unsafe newStarts[list] = waiting
      let added = unsafe piece.starts[list + 1] - piece.starts[list]
      let frequency = unsafe frequencies.base[list] + added
      waiting += UInt32(truncatingIfNeeded: PostingLists.waiting(Int(frequency)))
    }
    unsafe newStarts[total] = waiting
    spareDocuments.reserve(Int(waiting))
    spareImpacts.reserve(Int(waiting))
    let bounds = unsafe PostingLists.cuts(of: piece.starts, total, threads)
    while chunks.count < bounds.count - 1 { chunks.append(Chunk()) }
    let fresh = chunks
    let bases = counts.indices.map { base(table: $0) }
    let packer = unsafe Packer(
      starts: piece.starts, postings: piece.postings, firstDocument: piece.firstDocument,
      frequencies: frequencies.base, highest: highest.base, lastPacked: lastPacked.base,
      oldStarts: waitingStarts.base, oldDocuments: documents.base, oldImpacts: impacts.base,
      newStarts: newStarts, newDocuments: spareDocuments.base, newImpacts: spareImpacts.base,
      bases: bases)
    Threads.run(fresh.count) { part in
      packer.pack(bounds[part]..<bounds[part + 1], to: fresh[part])
    }
    swap(&waitingStarts, &spareStarts)
    swap(&documents, &spareDocuments)
    swap(&impacts, &spareImpacts)
    for chunk in fresh { take(chunk) }
  }

  /// Moves what was packed behind what there is.
  private mutating func take(_ chunk: Chunk) {
    let base = UInt64(payload.count)
    let bytes = unsafe UnsafeBufferPointer(start: chunk.payload.base, count: chunk.payloadCount)
    unsafe payload.append(contentsOf: bytes.span)
    let blocks = unsafe UnsafeBufferPointer(start: chunk.blocks.base, count: chunk.blockCount)
    packed.append(Blocks(blocks: unsafe blocks.map { $0 &+ base }, runs: chunk.runs))
    chunk.payloadCount = 0
    chunk.blockCount = 0
    chunk.runs.removeAll(keepingCapacity: true)
  }

  /// Cuts lists into ranges of about equally many postings.
  private static func cuts(of starts: UnsafePointer<UInt32>, _ total: Int, _ parts: Int) -> [Int] {
    let all = unsafe Int(starts[total])
    var cuts = [0]
    for part in 1..<max(parts, 1) {
      let goal = all / parts * part
      var low = cuts[part - 1]
      var high = total
      while low < high {
        let middle = (low + high) / 2
        if unsafe Int(starts[middle]) < goal { low = middle + 1 } else { high = middle }
      }
      cuts.append(low)
    }
    return cuts + [total]
  }
}

/// Packs ranges of lists; every thread writes only what belongs to its own range.
@safe
private struct Packer: @unchecked Sendable {
  let starts: UnsafePointer<UInt32>
  let postings: UnsafePointer<UInt32>
  let firstDocument: UInt32
  let frequencies: UnsafeMutablePointer<UInt32>
  let highest: UnsafeMutablePointer<UInt8>
  let lastPacked: UnsafeMutablePointer<UInt32>
  let oldStarts: UnsafePointer<UInt32>
  let oldDocuments: UnsafePointer<UInt32>
  let oldImpacts: UnsafePointer<UInt8>
  let newStarts: UnsafePointer<UInt32>
  let newDocuments: UnsafeMutablePointer<UInt32>
  let newImpacts: UnsafeMutablePointer<UInt8>
  let bases: [Int]

  func pack(_ lists: Range<Int>, to chunk: PostingLists.Chunk) {
    // Blocks of at most 1 byte a gap for most lists; more is made room for as it comes.
    let postingCount = unsafe Int(starts[lists.upperBound] - starts[lists.lowerBound])
    chunk.payload.reserve(postingCount * 5 / 2 + 4096)
    chunk.blocks.reserve(postingCount / 128 + 64)
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 128) { documents in
      guard let block = documents.baseAddress else { return }
      for list in lists { unsafe pack(list, block, to: chunk) }
    }
  }

  private func pack(_ list: Int, _ block: UnsafeMutablePointer<UInt32>, to chunk: PostingLists.Chunk) {
    let old = unsafe Int(frequencies[list])
    let waited = PostingLists.waiting(old)
    let start = unsafe Int(starts[list])
    let added = unsafe Int(starts[list + 1]) - start
    let oldStart = unsafe Int(oldStarts[list])
    let newStart = unsafe Int(newStarts[list])
    let frequency = old + added
    let kept = PostingLists.waiting(frequency)
    let packed = waited + added - kept
    unsafe frequencies[list] = UInt32(truncatingIfNeeded: frequency)
    if packed > 0 {
      var top = unsafe highest[list]
      var last = old < 256 ? UInt32.max : unsafe lastPacked[list]
      for first in stride(from: 0, to: packed, by: 128) {
        chunk.payload.reserve(chunk.payloadCount + 1 + 512 + 128)
        chunk.blocks.reserve(chunk.blockCount + 1)
        let target = unsafe chunk.payload.base + chunk.payloadCount
        // Documents and impacts side by side, the impacts behind the widest gaps for now.
        let impacts = unsafe target + 1 + 512
        let own = min(max(waited - first, 0), 128)
        for place in 0..<own {
          unsafe block[place] = oldDocuments[oldStart + first + place]
          unsafe impacts[place] = oldImpacts[oldStart + first + place]
        }
        let source = unsafe postings + (start + first - waited)
        for place in own..<128 {
          let posting = unsafe source[place]
          unsafe block[place] = firstDocument &+ (posting >> 8)
          unsafe impacts[place] = UInt8(truncatingIfNeeded: posting)
        }
        for place in 0..<128 { top = max(top, unsafe impacts[place]) }
        let bits = unsafe ck_pack128(block, last, target + 1)
        unsafe target[0] = UInt8(truncatingIfNeeded: bits)
        unsafe (target + 1 + 16 * Int(bits)).update(from: impacts, count: 128)
        last = unsafe block[127]
        unsafe chunk.blocks.base[chunk.blockCount] =
          UInt64(last) << 32 | UInt64(UInt32(truncatingIfNeeded: chunk.payloadCount))
        chunk.blockCount += 1
        chunk.payloadCount += PostingBlock.byteCount(bits: Int(bits))
      }
      unsafe highest[list] = top
      unsafe lastPacked[list] = last
      chunk.runs.append(PostingLists.Run(code: code(of: list), count: UInt32(packed / 128)))
    }
    let carried = max(waited - packed, 0)
    for place in 0..<carried {
      unsafe newDocuments[newStart + place] = oldDocuments[oldStart + waited - carried + place]
      unsafe newImpacts[newStart + place] = oldImpacts[oldStart + waited - carried + place]
    }
    let source = unsafe postings + (start + added - (kept - carried) - carried)
    for place in carried..<kept {
      let posting = unsafe source[place]
      unsafe newDocuments[newStart + place] = firstDocument &+ (posting >> 8)
      unsafe newImpacts[newStart + place] = UInt8(truncatingIfNeeded: posting)
    }
  }

  private func code(of list: Int) -> TermCode {
    let table = list >= bases[2] ? 2 : list >= bases[1] ? 1 : 0
    return TermInterner.code(table: table, place: list - bases[table])
  }
}
