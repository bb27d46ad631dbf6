internal import Bytes

/// The terms of a dictionary in the order of their bytes read from the last to the first, so that those
/// with one ending lie together: a rank a term, 4 bytes each.
enum EndingOrder {
  /// Sorts the terms of an arena by their endings.
  /// - Complexity: O(terms), eight bytes at a time by radix; terms that share more are compared. Takes
  ///   24 bytes a term meanwhile.
  static func ranks(termBytes: Column<UInt8>, termStarts: Column<UInt32>) -> Column<UInt32> {
    let count = termStarts.count - 1
    guard count > 0 else { return Column() }
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    var ranks = (0..<UInt32(count)).map { $0 }
    termBytes.withSpan { arena in
      termStarts.withSpan { starts in
        for rank in 0..<count {
          keys.append(key(arena, Int(starts[rank])..<Int(starts[rank + 1])))
        }
        sort(&keys, &ranks)
        // Equal keys are words of eight bytes or more.
        var first = 0
        while first < count {
          var end = first + 1
          while end < count, keys[end] == keys[first] { end += 1 }
          if end - first > 1 {
            ranks[first..<end].sort {
              precedes(
                arena, Int(starts[Int($0)])..<Int(starts[Int($0) + 1]),
                Int(starts[Int($1)])..<Int(starts[Int($1) + 1]))
            }
          }
          first = end
        }
      }
    }
    return Column(ranks)
  }

  /// The last eight bytes, the very last highest.
  private static func key(_ arena: Span<UInt8>, _ term: Range<Int>) -> UInt64 {
    var key: UInt64 = 0
    var shift: UInt64 = 64
    var at = term.upperBound
    while at > term.lowerBound, shift > 0 {
      at -= 1
      shift -= 8
      key |= UInt64(arena[at]) << shift
    }
    return key
  }

  /// Whether one term read backwards is before another; equal ones are not.
  static func precedes(_ arena: Span<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    var (one, other) = (left.upperBound, right.upperBound)
    while one > left.lowerBound, other > right.lowerBound {
      one -= 1
      other -= 1
      if arena[one] != arena[other] { return arena[one] < arena[other] }
    }
    return one == left.lowerBound && other > right.lowerBound
  }

  /// Sorts keys and what goes with them, eleven bits at a time from the lowest; bits that no two keys
  /// differ in are stepped over.
  private static func sort(_ keys: inout [UInt64], _ ranks: inout [UInt32]) {
    var otherKeys = [UInt64](repeating: 0, count: keys.count)
    var otherRanks = [UInt32](repeating: 0, count: keys.count)
    for shift in stride(from: UInt64(0), to: 64, by: 11) {
      var places = [Int](repeating: 0, count: 2049)
      for key in keys { places[Int(key >> shift & 2047) + 1] += 1 }
      if places.contains(keys.count) { continue }
      for digit in 1..<2049 { places[digit] += places[digit - 1] }
      for index in keys.indices {
        let digit = Int(keys[index] >> shift & 2047)
        let place = places[digit]
        places[digit] = place + 1
        otherKeys[place] = keys[index]
        otherRanks[place] = ranks[index]
      }
      swap(&keys, &otherKeys)
      swap(&ranks, &otherRanks)
    }
  }
}

extension FieldIndex {
  /// The places in the order of endings of the terms that end with some bytes.
  /// - Complexity: O(log `termCount`) comparisons.
  func endingPlaces(_ suffix: [UInt8]) -> Range<Int> {
    let low = firstEnding { $0.lexicographicallyPrecedes($1) }
    func firstEnding(_ isBefore: ([UInt8], [UInt8]) -> Bool) -> Int {
      let wanted = Array(suffix.reversed())
      var low = 0
      var high = endingRanks.count
      while low < high {
        let middle = (low + high) / 2
        let ending = Array(term(Int(endingRanks[middle])).suffix(suffix.count).reversed())
        if isBefore(ending, wanted) { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return low..<firstEnding { !$1.lexicographicallyPrecedes($0) }
  }

  /// The ranks of the terms that end with some bytes, in order.
  /// - Complexity: O(log `termCount` + found * log found).
  func ranks(withSuffix suffix: [UInt8]) -> [Int] {
    guard endingRanks.count == termCount else {
      return (0..<termCount).filter { term($0).suffix(suffix.count).elementsEqual(suffix) }
    }
    return endingPlaces(suffix).map { Int(endingRanks[$0]) }.sorted()
  }
}
