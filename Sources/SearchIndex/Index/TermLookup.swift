internal import Bytes

/// The terms that words of a query stand for, besides themselves and what begins like them.
extension FieldIndex {
  /// The ranks of the terms of a word's stem, and of the word itself.
  ///
  /// Terms of one stem begin alike, so only a range of the dictionary is stemmed: some dozen terms for most
  /// words. A stem of three letters is the dearest: two letters shared are up to 3 % of a dictionary.
  /// - Complexity: O(terms that share `StemClass.sharedBytes`), some 200 ns each.
  func ranks(of stems: StemClass, around word: [UInt8]) -> [Int] {
    let longest = stems.stem.count + StemClass.longestEnding
    return ranks(withPrefix: Array(word.prefix(stems.sharedBytes))).filter { rank in
      guard Int(termStarts[rank + 1] - termStarts[rank]) <= max(longest, word.count) else { return false }
      let term = term(rank)
      return term == word || stems.contains(term)
    }
  }

  /// The ranks of the terms that hold some bytes anywhere, or may do so beyond where words are cut; nil if
  /// there are no bytes, or these terms have more postings than is worth it.
  /// - Complexity: O(bytes of all terms), some GB/s.
  func ranks(holding bytes: [UInt8], atMost limit: Int) -> [Int]? {
    guard bytes.count > 1 else { return nil }
    let needle = Needle(bytes)
    var ranks: [Int] = []
    var postings = 0
    let isCheap = termBytes.withSpan { arena in
      termStarts.withSpan { starts in
        var rank = 0
        var place = 0
        while let found = needle.first(in: arena, from: place) {
          rank = FieldIndex.rank(of: found, in: starts, from: rank)
          let end = Int(starts[rank + 1])
          place = found + 1
          guard found + bytes.count <= end else { continue }
          ranks.append(rank)
          postings += Int(frequencies[rank])
          if postings > limit { return false }
          place = end
        }
        return true
      }
    }
    guard isCheap else { return nil }
    let cut = cutRanks(from: WordScanner.longestWord - 3)
    return cut.isEmpty ? ranks : Array(Set(ranks).union(cut)).sorted()
  }

  /// The term that a byte of the arena belongs to, not before a rank.
  private static func rank(of place: Int, in starts: Span<UInt32>, from rank: Int) -> Int {
    var low = rank
    var step = 1
    while low + step < starts.count, Int(starts[low + step]) <= place {
      low += step
      step *= 2
    }
    var high = min(low + step, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= place { low = middle } else { high = middle }
    }
    return low
  }

  /// The ranks of terms so long that they may have been cut.
  private func cutRanks(from length: Int) -> [Int] {
    termStarts.withSpan { starts in
      var ranks: [Int] = []
      for rank in 0..<termCount where Int(starts[rank + 1] - starts[rank]) >= length { ranks.append(rank) }
      return ranks
    }
  }
}
