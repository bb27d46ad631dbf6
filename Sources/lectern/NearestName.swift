/// The known name that a mistyped one most likely stands for.
enum NearestName {
  /// The name at the smallest edit distance, case apart; of several the first by letters.
  /// - Complexity: O(length of `name` × length of all names); a name longer than 64 bytes has none.
  static func of(_ name: String, among known: [String]) -> String? {
    let letters = Array(name.lowercased().utf8)
    guard letters.count <= 64 else { return nil }
    return known.sorted().min { distance(letters, Array($0.utf8)) < distance(letters, Array($1.utf8)) }
  }

  /// How many letters must be added, left out, changed or swapped with the next.
  static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var before: [Int] = []
    var above = Array(0...second.count)
    for (row, letter) in first.enumerated() {
      var line = [row + 1]
      for (column, other) in second.enumerated() {
        var least = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, line[column] + 1)
        if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
          least = min(least, before[column - 1] + 1)
        }
        line.append(least)
      }
      (before, above) = (above, line)
    }
    return above[second.count]
  }
}
