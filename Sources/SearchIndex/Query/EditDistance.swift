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

  /// The rows of the table of distances for a fixed word against a growing one.
  private struct Rows {
    private let word: [UInt32]
    private var cells: [Int]
    private var prefix: [UInt32] = []

    init(_ word: [UInt32]) {
      self.word = word
      cells = Array(0...word.count)
    }

    private var width: Int { word.count + 1 }

    /// The distance of the word from what was pushed.
    var distance: Int { cells[cells.count - 1] }

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
