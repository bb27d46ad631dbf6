import Foundation
import Grid
import Reader
import Testing

@testable import Screens

/// A screen as it is kept in `Golden/NAME.screen`: the rows between bars, then the styles as letters.
enum GoldenScreen {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static func text(of grid: Grid) -> String {
    var known: [Style: Character] = [:]
    var names: [Style] = []
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for cell in grid.cells where cell.style != .plain && known[cell.style] == nil {
      known[cell.style] = letters[min(names.count, letters.count - 1)]
      names.append(cell.style)
    }
    var text = "\(grid.size.columns)x\(grid.size.rows)"
    if let cursor = grid.cursor { text += " cursor \(cursor.column),\(cursor.row)" }
    text += "\n"
    for row in grid.rows() { text += row.isEmpty ? "|\n" : "|" + row + "\n" }
    text += "styles\n"
    for row in grid.styleRows(letters: known) { text += "|" + row + "\n" }
    for (number, style) in names.enumerated() {
      text += "\(letters[min(number, letters.count - 1)]) \(words(for: style))\n"
    }
    return text
  }

  private static func words(for style: Style) -> String {
    var words: [String] = []
    if let number = style.foreground.paletteNumber { words.append("ink \(number)") }
    if let number = style.background.paletteNumber { words.append("paper \(number)") }
    let names: [(Style.Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underlined"), (.reverse, "reversed"),
    ]
    for (attribute, name) in names where style.attributes.contains(attribute) { words.append(name) }
    return words.joined(separator: " ")
  }

  /// Holds a state's screen against the file; `LECTERN_RECORD=1` writes the file instead, never where CI is
  /// set.
  static func check(_ state: ReaderState, _ name: String, _ place: SourceLocation = #_sourceLocation) {
    let grid = view(state)
    #expect(DisplayRule.violations(in: grid) == 0, sourceLocation: place)
    let seen = text(of: grid)
    let file = folder.appendingPathComponent(name + ".screen")
    let environment = ProcessInfo.processInfo.environment
    if environment["LECTERN_RECORD"] == "1", environment["CI"] == nil {
      try? Data(seen.utf8).write(to: file)
      return
    }
    guard let data = try? Data(contentsOf: file) else {
      Issue.record("\(name).screen is missing; LECTERN_RECORD=1 records it", sourceLocation: place)
      return
    }
    let kept = String(decoding: data, as: UTF8.self)
    if kept != seen {
      Issue.record("\(name).screen differs:\n\(difference(kept, seen))", sourceLocation: place)
    }
  }

  private static func difference(_ kept: String, _ seen: String) -> String {
    let keptLines = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let seenLines = seen.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for number in 0..<max(keptLines.count, seenLines.count) {
      let old = number < keptLines.count ? keptLines[number] : nil
      let new = number < seenLines.count ? seenLines[number] : nil
      if old == new { continue }
      if let old { lines.append("\(number + 1) - \(old)") }
      if let new { lines.append("\(number + 1) + \(new)") }
    }
    return lines.joined(separator: "\n")
  }
}
