internal import Bytes
internal import CKernel

/// Terms that differ little from a word.
extension FieldIndex {
  /// Beyond so many terms that share a part of a word, walking the dictionary is cheaper.
  private static let mostSharingAPart = 24_576

  /// Calls `body` for the rank of each term within a distance of a word, in order, with its distance.
  ///
  /// A word parted in two that is at most one step off has one part as it is, at its end of the term, or the
  /// two letters where the parts meet are swapped: so only the terms that share a part are compared. For two
  /// steps, and for words so short that a part says little, the sorted dictionary is walked like a tree, and
  /// beginnings that are too far off are skipped.
  /// - Complexity: for one step O(terms that share a part), some 5 ns each; for two, the beginnings of
  ///   three or four letters within two steps, some thousands.
  func forEachTerm(within limit: Int, of word: [UInt8], _ body: (_ rank: Int, _ distance: Int) -> Void) {
    let letters = scalars(of: word)
    if limit == 1, letters.count > 3, endingRanks.count == termCount, let ranks = ranksSharingAPart(letters) {
      for rank in ranks { body(rank, term(rank) == word ? 0 : 1) }
      return
    }
    walk(within: limit, of: letters, body)
  }

  /// The ranks of the terms within one step, in order; nil if too many terms would have to be compared.
  private func ranksSharingAPart(_ letters: [UInt32]) -> [Int]? {
    // A word may be parted anywhere: where the fewest terms share a part.
    var half = letters.count / 2
    var (beginning, ending) = (0..<Int.max / 2, 0..<Int.max / 2)
    for split in max(1, half - 1)...min(letters.count - 1, half + 1) {
      let found = ranks(withPrefix: FieldIndex.utf8(letters[..<split]))
      guard found.count < beginning.count + ending.count else { continue }
      let endings = endingPlaces(FieldIndex.utf8(letters[split...]))
      if found.count + endings.count < beginning.count + ending.count {
        (half, beginning, ending) = (split, found, endings)
      }
    }
    guard beginning.count + ending.count <= FieldIndex.mostSharingAPart else { return nil }
    let (head, tail) = (FieldIndex.utf8(letters[..<half]), FieldIndex.utf8(letters[half...]))
    let word = head + tail
    var found = word.allSatisfy { $0 < 0x80 } ? plainRanks(word, beginning, ending) : nil
    if found == nil {
      found = (Array(beginning) + ending.map { Int(endingRanks[$0]) }.filter { !beginning.contains($0) })
        .filter { EditDistance.isWithin(1, scalars(of: term($0)), letters) }
    }
    guard var found else { return nil }
    var swapped = letters
    swapped.swapAt(half - 1, half)
    if let rank = rank(of: FieldIndex.utf8(swapped[...])), !found.contains(rank) { found.append(rank) }
    return found.sorted()
  }

  /// Of the terms of a range, and of those at a range of the order of endings, the ones that are at most one
  /// step from a word of ASCII. Terms that lie apart are fetched ahead.
  private func plainRanks(_ word: [UInt8], _ beginning: Range<Int>, _ ending: Range<Int>) -> [Int] {
    termBytes.verify()
    termStarts.verify()
    endingRanks.verify(ending)
    let arena = unsafe uncheckedAddress(of: termBytes)
    let starts = unsafe uncheckedAddress(of: termStarts)
    let endings = unsafe uncheckedAddress(of: endingRanks)
    var near = [UInt32](repeating: 0, count: beginning.count + ending.count)
    let letters = scalars(of: word)
    let termCount = termCount
    let count = unsafe near.withUnsafeMutableBufferPointer { near -> Int in
      guard let base = near.baseAddress else { return 0 }
      let first = unsafe ck_within_one(
        word, word.count, nil, UInt32(beginning.lowerBound), beginning.count, arena,
        UInt64(termBytes.count), starts, base)
      // A damaged order could name terms that are not there.
      for place in ending where unsafe Int(endings[place]) >= termCount { return first }
      return first
        + (unsafe ck_within_one(
          word, word.count, endings + ending.lowerBound, 0, ending.count, arena, UInt64(termBytes.count),
          starts, base + first))
    }
    var found: [Int] = []
    for (place, number) in near[..<count].enumerated() {
      let rank = Int(number & 0x7FFF_FFFF)
      if place > 0, beginning.contains(rank), found.contains(rank) { continue }
      if number >> 31 == 0 || EditDistance.isWithin(1, scalars(of: term(rank)), letters) {
        found.append(rank)
      }
    }
    return found
  }

  /// Walks the dictionary, keeping the rows of the table of distances for the shared beginning of one term
  /// and the next. Cells further than the limit off the diagonal cannot matter and are not computed.
  private func walk(within limit: Int, of word: [UInt32], _ body: (_ rank: Int, _ distance: Int) -> Void) {
    let width = word.count + 1
    let deepest = word.count + limit
    let far = UInt8(limit + 1)
    var cells = [UInt8](repeating: far, count: (deepest + 2) * width)
    for column in 0..<min(width, limit + 1) { cells[column] = UInt8(column) }
    var letters = [UInt32](repeating: 0, count: deepest + 2)
    // Where each letter of the present beginning ends, in bytes of the term.
    var ends = [Int](repeating: 0, count: deepest + 2)
    termBytes.withSpan { arena in
      termStarts.withSpan { starts in
        var depth = 0
        var rank = 0
        var previous = 0..<0
        walk: while rank + 1 < starts.count {
          let term = Int(starts[rank])..<Int(starts[rank + 1])
          let shared = FieldIndex.shared(arena, previous, term)
          while depth > 0, ends[depth] > shared { depth -= 1 }
          previous = term
          var at = term.lowerBound + ends[depth]
          while at < term.upperBound {
            let (letter, size) = decodeScalar(arena, at: at, before: term.upperBound)
            at += size
            depth += 1
            var least = far
            if depth <= deepest {
              letters[depth] = letter
              ends[depth] = at - term.lowerBound
              let row = depth * width
              let first = max(0, depth - limit)
              if first > 0 { cells[row + first - 1] = far }
              if depth + limit + 1 < width { cells[row + depth + limit + 1] = far }
              for column in first..<min(width, depth + limit + 1) {
                if column == 0 {
                  cells[row] = UInt8(min(depth, Int(far)))
                } else {
                  let above = row - width + column
                  var cost = min(cells[above], cells[row + column - 1]) + 1
                  cost = min(cost, cells[above - 1] + (word[column - 1] == letter ? 0 : 1))
                  if depth > 1, column > 1, word[column - 1] == letters[depth - 1], word[column - 2] == letter
                  {
                    cost = min(cost, cells[above - width - 2] + 1)
                  }
                  cells[row + column] = min(cost, far)
                }
                least = min(least, cells[row + column])
              }
            }
            if least == far {
              rank = FieldIndex.firstRank(
                after: rank, beyond: term.lowerBound..<at, arena, starts)
              depth -= 1
              continue walk
            }
          }
          let distance = abs(depth - word.count) > limit ? far : cells[depth * width + word.count]
          if distance < far { body(rank, Int(distance)) }
          rank += 1
        }
      }
    }
  }

  /// Bytes that two terms share at their beginning.
  private static func shared(_ arena: Span<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Int {
    let shorter = min(left.count, right.count)
    var count = 0
    while count < shorter, arena[left.lowerBound + count] == arena[right.lowerBound + count] { count += 1 }
    return count
  }

  /// The first rank after one whose term does not begin as some bytes: by steps that double, then halving.
  private static func firstRank(
    after rank: Int, beyond beginning: Range<Int>, _ arena: Span<UInt8>, _ starts: Span<UInt32>
  ) -> Int {
    let count = starts.count - 1
    func begins(_ rank: Int) -> Bool {
      let start = Int(starts[rank])
      guard Int(starts[rank + 1]) - start >= beginning.count else { return false }
      var at = beginning.count
      // Terms in order differ late, if at all.
      while at > 0 {
        at -= 1
        if arena[start + at] != arena[beginning.lowerBound + at] { return false }
      }
      return true
    }
    var low = rank
    var step = 1
    while low + step < count, begins(low + step) {
      low += step
      step *= 2
    }
    var high = min(low + step, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if begins(middle) { low = middle } else { high = middle }
    }
    return low + 1
  }

  private static func utf8(_ letters: ArraySlice<UInt32>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for letter in letters { text.append(Unicode.Scalar(letter) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }
}
