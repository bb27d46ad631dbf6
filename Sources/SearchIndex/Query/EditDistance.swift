/// Distances between words: letters added, left out, changed, or swapped with a neighbour.
///
/// The restricted Damerau-Levenshtein distance ("optimal string alignment"): no letter is touched twice.
enum EditDistance {
  /// Whether two words differ by at most so much.
  /// - Complexity: O(`left.count` * `right.count`).
  static func isWithin(_ limit: Int, _ left: [UInt32], _ right: [UInt32]) -> Bool {
    guard abs(left.count - right.count) <= limit else { return false }
    var rows = Rows(right)
    for scalar in left where rows.push(scalar) > limit { return false }
    return rows.distance <= limit
  }

  /// The rows of the table of distances for a fixed word against a growing one. The rows of a shared
  /// beginning are kept, so that a sorted dictionary can be walked like a tree.
  struct Rows {
    private let word: [UInt32]
    private var cells: [Int]
    private(set) var prefix: [UInt32] = []

    init(_ word: [UInt32]) {
      self.word = word
      cells = Array(0...word.count)
    }

    private var width: Int { word.count + 1 }

    /// The distance of the word from what was pushed.
    var distance: Int { cells[cells.count - 1] }

    /// Goes back to a shorter beginning.
    mutating func pop(to count: Int) {
      cells.removeSubrange((count + 1) * width..<cells.count)
      prefix.removeSubrange(count..<prefix.count)
    }

    /// Adds a letter; returns the least any longer word can come to.
    mutating func push(_ scalar: UInt32) -> Int {
      let depth = prefix.count
      let above = depth * width
      var least = depth + 1
      cells.append(least)
      for column in 0..<word.count {
        var cost = min(cells[above + column + 1], cells[above + width + column]) + 1
        cost = min(cost, cells[above + column] + (word[column] == scalar ? 0 : 1))
        if depth > 0, column > 0, word[column] == prefix[depth - 1], word[column - 1] == scalar {
          cost = min(cost, cells[above - width + column - 1] + 1)
        }
        cells.append(cost)
        least = min(least, cost)
      }
      prefix.append(scalar)
      return least
    }
  }
}

extension FieldIndex {
  /// Calls `body` for the rank of each term within a distance of a word, and its distance.
  ///
  /// Walks the sorted dictionary, skipping every beginning that is already too far off.
  func forEachTerm(within limit: Int, of word: [UInt8], _ body: (_ rank: Int, _ distance: Int) -> Void) {
    var rows = EditDistance.Rows(scalars(of: word))
    var rank = 0
    walk: while rank < termCount {
      let bytes = term(rank)
      let letters = scalars(of: bytes)
      var shared = 0
      while shared < rows.prefix.count, shared < letters.count, rows.prefix[shared] == letters[shared] {
        shared += 1
      }
      rows.pop(to: shared)
      while rows.prefix.count < letters.count {
        if rows.push(letters[rows.prefix.count]) > limit {
          rank = max(rank + 1, ranks(withPrefix: utf8(letters[..<rows.prefix.count])).upperBound)
          continue walk
        }
      }
      if rows.distance <= limit { body(rank, rows.distance) }
      rank += 1
    }
  }

  private func utf8(_ letters: ArraySlice<UInt32>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for letter in letters { text.append(Unicode.Scalar(letter) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }
}
