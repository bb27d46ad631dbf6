import Grid
import Reader

/// What suffices to begin with, in three lines, each from the fullest wording to the shortest: for who opens
/// the reader for the first time.
func firstSteps(of state: ReaderState) -> [[String]] {
  func key(_ command: Command) -> String { state.keyHint(for: command) ?? ":" + command.name }
  let (space, search, help) = (key(.readOn), key(.search), key(.help))
  return [
    [
      "\(space) reads on: a page, then the next comment, then the next discussion. Nothing else is needed.",
      "\(space) reads on: a page, the next comment, the next discussion.",
      "\(space): read on",
    ],
    [
      "\(key(.down)) \(key(.up)) choose, \(key(.enter)) opens, \(key(.leave)) leads back. \(search) searches as you type; \(key(.nextMatch)) goes to the next match.",
      "\(key(.down)) \(key(.up)) \(key(.enter)): choose, open  \(key(.leave)): back  \(search): search as you type",
      "\(key(.enter)): open  \(key(.leave)): back  \(search): search",
    ],
    [
      "\(key(.star)) stars a comment, \(key(.bookmark)) bookmarks it with a note, \(key(.bookmarks)) lists what you kept. \(help) shows every key, \(key(.quit)) quits.",
      "\(key(.star)): star  \(key(.bookmark)): bookmark  \(key(.bookmarks)): list them  \(help): every key  \(key(.quit)): quit",
      "\(key(.star)): star  \(help): every key  \(key(.quit)): quit",
    ],
  ]
}

/// Draws them, below a rule.
func drawFirstSteps(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  guard rect.rows > 1 else { return }
  grid.write(
    String(repeating: "─", count: rect.columns), column: rect.column, row: rect.row, columns: rect.columns,
    style: theme[.rule])
  for (offset, wordings) in firstSteps(of: state).prefix(rect.rows - 1).enumerated() {
    grid.write(
      longest(of: wordings, columns: rect.columns - 2), column: rect.column + 1, row: rect.row + 1 + offset,
      columns: rect.columns - 2, style: theme[.plain], ellipsis: true)
  }
}
