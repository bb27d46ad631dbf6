public import Discussion
import Grid

/// How far the kept lines of one entry are moved to the left.
struct Sideways: Hashable {
  /// The entry.
  var entry: EntryID
  /// Columns that are out of sight on the left.
  var columns = 0
}

/// A match of a search that was brought into sight.
struct ShownMatch: Hashable {
  var entry: EntryID
  var ticket: Int
  var match: Int
}

/// Scrolling what is cut at the edge.
extension ReaderState {
  /// Columns of an entry's kept lines that are out of sight on the left.
  public func columnsAside(of entry: EntryID) -> Int {
    sideways.flatMap { $0.entry == entry ? $0.columns : nil } ?? 0
  }

  /// Scrolls the kept lines of the selected entry: by some columns, or by half of the pane.
  mutating func scrollSideways(_ direction: Int, times: Int?) {
    guard let thread, let flow else {
      message = "There is no comment here to scroll sideways."
      return
    }
    let layout = flow.layout(of: thread.selected)
    let most = layout.mostColumnsAside
    guard most > 0 else {
      message = "No line here is cut at the edge."
      return
    }
    let before = columnsAside(of: thread.selected)
    let step = times ?? max(1, layout.keptColumns / 2)
    let now = min(max(0, before + direction * step), most)
    if now == before {
      message = direction > 0 ? "This is the end of the longest line." : "This is the start of the lines."
    }
    sideways = Sideways(entry: thread.selected, columns: now)
  }

  /// Forgets how far an entry was scrolled once another is selected, and keeps the rest within its lines.
  mutating func settleSideways() {
    guard let thread, let flow else {
      sideways = nil
      return
    }
    if let sideways {
      self.sideways = sideways.entry == thread.selected ? sideways : nil
      self.sideways?.columns = min(sideways.columns, flow.layout(of: thread.selected).mostColumnsAside)
    }
    showMatchSideways(in: thread.selected, flow)
  }

  /// Brings the match that was stepped to into sight, once.
  private mutating func showMatchSideways(in entry: EntryID, _ flow: ThreadFlow) {
    guard let search, search.entry == entry, let ticket = search.answer?.ticket else {
      shownMatch = nil
      return
    }
    let now = ShownMatch(entry: entry, ticket: ticket, match: search.match)
    guard now != shownMatch else { return }
    shownMatch = now
    guard let match = currentMatch, match.part == .text else { return }
    let layout = flow.layout(of: entry)
    guard layout.mostColumnsAside > 0, let line = layout.keptLine(ofByte: match.bytes.lowerBound) else {
      return
    }
    let indent = layout.hang(ofLine: line.index)
    let (start, end) = library.withText(of: entry) { text in
      let start =
        indent + displayColumns(of: text, bytes: line.bytes.lowerBound..<match.bytes.lowerBound)
      return (start, start + displayColumns(of: text, bytes: match.bytes))
    }
    let aside = columnsAside(of: entry)
    // The marks at the edges cover a column each.
    guard start < aside + (aside > 0 ? 1 : 0) || end >= aside + layout.keptColumns else { return }
    let wanted =
      start < layout.keptColumns - 1 && end < layout.keptColumns ? 0 : start - layout.keptColumns / 3
    sideways = Sideways(entry: entry, columns: min(max(0, wanted), layout.mostColumnsAside))
  }
}
