internal import Bytes
internal import CKernel

/// The terms of a field in the order of their bytes.
///
/// Sorted by their first 8 bytes as one number, in buckets of the first two; only where those are equal are
/// the rest looked at.
enum TermOrder {
  private struct Entry: BitwiseCopyable {
    /// The first 8 bytes, the first one highest, zeros after the end of the term.
    var head: UInt64
    var code: TermCode
  }

  /// The codes of the terms that have postings.
  static func sorted(
    _ terms: borrowing TermInterner, _ lists: borrowing PostingLists, threads: Int
  ) -> [TermCode] {
    let total = lists.termCount
    let entries = Shared(PageBuffer<Entry>(capacity: total))
    let sorted = Shared(PageBuffer<Entry>(capacity: total))
    var starts = [Int](repeating: 0, count: 1 << 16 + 1)
    var count = 0
    var list = 0
    for table in 0..<TermInterner.tableCount {
      for place in 0..<lists.counts[table] {
        defer { list += 1 }
        if unsafe lists.frequencies.base[list] == 0 { continue }
        let head = terms.head(place, table: table)
        unsafe entries.value.base[count] = Entry(
          head: head, code: TermInterner.code(table: table, place: place))
        starts[Int(head >> 48) + 1] += 1
        count += 1
      }
    }
    for bucket in 0..<1 << 16 { starts[bucket + 1] += starts[bucket] }
    var next = starts
    for place in 0..<count {
      let entry = unsafe entries.value.base[place]
      let bucket = Int(entry.head >> 48)
      unsafe sorted.value.base[next[bucket]] = entry
      next[bucket] += 1
    }
    let view = TermView(terms)
    let bounds = (0...max(threads, 1)).map { part in
      part == threads ? 1 << 16 : starts.firstIndex { $0 >= count / max(threads, 1) * part } ?? 0
    }
    let buckets = starts
    Threads.run(max(threads, 1)) { part in
      guard bounds[part] < bounds[part + 1] else { return }
      for bucket in bounds[part]..<bounds[part + 1] where buckets[bucket + 1] - buckets[bucket] > 1 {
        var slice = unsafe UnsafeMutableBufferPointer(
          start: sorted.value.base + buckets[bucket], count: buckets[bucket + 1] - buckets[bucket])
        unsafe slice.sort { left, right in
          left.head != right.head ? left.head < right.head : view.precedes(left.code, right.code)
        }
      }
    }
    return (0..<count).map { unsafe sorted.value.base[$0].code }
  }

  /// Writes the terms of a field in order.
  static func write(_ order: [TermCode], of terms: borrowing TermInterner, to index: inout FieldColumns) {
    let starts = Shared(PageBuffer<UInt32>(capacity: order.count + 1))
    var sum = 0
    let view = TermView(terms)
    for (rank, code) in order.enumerated() {
      if rank + 16 < order.count { view.prefetch(order[rank + 16]) }
      unsafe starts.value.base[rank] = UInt32(truncatingIfNeeded: sum)
      sum += terms.length(of: code)
    }
    unsafe starts.value.base[order.count] = UInt32(truncatingIfNeeded: sum)
    index.termStarts = Column(count: order.count + 1) { span in
      for rank in 0...order.count { span[rank] = unsafe starts.value.base[rank] }
    }
    index.termBytes = Column(count: sum) { (span: inout MutableSpan<UInt8>) in
      unsafe span.withUnsafeMutableBufferPointer { bytes in
        guard var target = bytes.baseAddress else { return }
        for (rank, code) in order.enumerated() {
          if rank + 16 < order.count { view.prefetch(order[rank + 16]) }
          unsafe target += view.copy(code, to: target)
        }
      }
    }
    index.endingRanks = EndingOrder.ranks(termBytes: index.termBytes, termStarts: index.termStarts)
  }
}

/// The terms of an interner for as long as it stays as it is: what several threads may read.
@safe
private struct TermView: @unchecked Sendable {
  let keys8: UnsafePointer<UInt64>
  let keys16: UnsafePointer<TermInterner.Key16>
  let arena: UnsafePointer<UInt8>
  let starts: UnsafePointer<Int>

  init(_ terms: borrowing TermInterner) {
    unsafe keys8 = UnsafePointer(terms.keys8.base)
    unsafe keys16 = UnsafePointer(terms.keys16.base)
    unsafe arena = UnsafePointer(terms.arena.base)
    unsafe starts = UnsafePointer(terms.starts.base)
  }

  /// Has a term fetched that will be read soon.
  @inline(__always)
  func prefetch(_ code: TermCode) {
    let place = TermInterner.place(of: code)
    switch TermInterner.table(of: code) {
    case 0: unsafe ck_prefetch(keys8 + place)
    case 1: unsafe ck_prefetch(keys16 + place)
    default: unsafe ck_prefetch(starts + place)
    }
  }

  /// Whether a term comes before another that begins with the same 8 bytes.
  func precedes(_ left: TermCode, _ right: TermCode) -> Bool {
    let (leftTable, rightTable) = (TermInterner.table(of: left), TermInterner.table(of: right))
    // A term of at most 8 bytes is the beginning of the other.
    if leftTable == 0 || rightTable == 0 { return leftTable < rightTable }
    let (leftKey, rightKey) = (second(left), second(right))
    if leftKey != rightKey { return leftKey < rightKey }
    if leftTable == 1 || rightTable == 1 { return leftTable < rightTable }
    return unsafe long(left).lexicographicallyPrecedes(long(right))
  }

  /// The second 8 bytes of a term of more than 8, the first one highest.
  private func second(_ code: TermCode) -> UInt64 {
    let place = TermInterner.place(of: code)
    if TermInterner.table(of: code) == 1 { return unsafe keys16[place].key1.byteSwapped }
    return unsafe UnsafeRawPointer(arena + starts[place] + 8).loadUnaligned(as: UInt64.self).byteSwapped
  }

  private func long(_ code: TermCode) -> UnsafeBufferPointer<UInt8> {
    let place = TermInterner.place(of: code)
    return unsafe UnsafeBufferPointer(
      start: arena + starts[place], count: starts[place + 1] - starts[place])
  }

  /// Writes the bytes of a term; returns how many there are.
  func copy(_ code: TermCode, to target: UnsafeMutablePointer<UInt8>) -> Int {
    let place = TermInterner.place(of: code)
    switch TermInterner.table(of: code) {
    case 0: return unsafe copy(keys8[place], to: target)
    case 1:
      let key = unsafe keys16[place]
      return unsafe 8 + copy(key.key1, to: target + copy(key.key0, to: target))
    default:
      let bytes = unsafe long(code)
      if let source = bytes.baseAddress { unsafe target.update(from: source, count: bytes.count) }
      return bytes.count
    }
  }

  private func copy(_ key: UInt64, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = key
    var length = 0
    while rest != 0 {
      unsafe target[length] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
      length += 1
    }
    return length
  }
}

extension TermInterner {
  /// The first 8 bytes of a term, the first one highest.
  fileprivate func head(_ place: Int, table: Int) -> UInt64 {
    switch table {
    case 0: unsafe keys8.base[place].byteSwapped
    case 1: unsafe keys16.base[place].key0.byteSwapped
    default:
      unsafe UnsafeRawPointer(arena.base + starts.base[place]).loadUnaligned(as: UInt64.self).byteSwapped
    }
  }

  /// Bytes of a term.
  fileprivate func length(of code: TermCode) -> Int {
    let place = TermInterner.place(of: code)
    switch TermInterner.table(of: code) {
    case 0: return 8 - (unsafe keys8.base[place].leadingZeroBitCount) / 8
    case 1: return 16 - (unsafe keys16.base[place].key1.leadingZeroBitCount) / 8
    default: return unsafe starts.base[place + 1] - starts.base[place]
    }
  }
}
