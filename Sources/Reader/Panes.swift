public import Discussion
public import Grid

/// Which panes stand on the screen, from few to many.
public enum PaneChoice: String, CaseIterable, Hashable, Sendable {
  /// One at a time.
  case one
  /// The list, or the hits, above the thread.
  case stacked
  /// The list, or the hits, beside the thread.
  case beside
  /// The outline of the thread as a third one.
  case outlined

  /// Whether there is room for these panes.
  public func fits(_ size: Size) -> Bool {
    switch self {
    case .one: true
    case .stacked: size.rows >= 11
    case .beside: size.columns >= 70
    case .outlined: size.columns >= 110
    }
  }

  /// What a surface has when nothing else was asked for.
  static func automatic(
    _ surface: Surface, _ size: Size, _ options: PaneOptions = PaneOptions()
  ) -> PaneChoice {
    let hasTwo = size.columns >= options.twoFrom && beside.fits(size)
    switch surface {
    case .list: return hasTwo ? .beside : .one
    case .overview: return .one
    case .thread:
      if size.columns >= options.threeFrom, outlined.fits(size) { return .outlined }
      if hasTwo { return .beside }
      return options.stripRows > 0 && size.rows >= options.stripFrom && stacked.fits(size) ? .stacked : .one
    case .hits, .bookmarks: return hasTwo ? .beside : stacked.fits(size) ? .stacked : .one
    }
  }
}

/// Choosing panes, and which of them has the keys.
extension ReaderState {
  /// The panes that show.
  public var shownPanes: PaneChoice {
    if isZoomed { return .one }
    if let panes, panes.fits(size) { return panes }
    return .automatic(surface, size, options.panes)
  }

  /// Goes to the next choice of panes that has room, or to the one before.
  mutating func changePanes(by step: Int) {
    guard surface != .overview else {
      message = "An overview stands alone."
      return
    }
    // An outline is of the thread that is read.
    let choices = PaneChoice.allCases.filter { $0.fits(size) && (surface == .thread || $0 != .outlined) }
    let here = choices.firstIndex(of: shownPanes) ?? choices.count - 1
    let next = choices[(here + step + choices.count) % choices.count]
    keepingTopLine {
      $0.isZoomed = false
      $0.panes = next
    }
    switch next {
    case .one: message = "One pane."
    case .stacked: message = "Two panes, the thread below."
    case .beside: message = "Two panes, the thread beside."
    case .outlined: message = "Three panes, with the outline."
    }
  }

  /// Gives the keys to the list, or to what is listed in its place.
  mutating func focusList() -> [Effect] {
    guard surface == .thread else { return [] }
    let effects = keepPositionEffects()
    var below = Surface.list
    if let last = trail.last, last == .hits || last == .bookmarks {
      below = last
      trail.removeLast()
    } else {
      trail = []
      covered = []
      if let thread, let place = listPlace(of: thread.discussion) { list.selected = place }
    }
    keepingTopLine {
      $0.isInOutline = false
      $0.surface = below
    }
    return effects
  }

  /// Gives the keys to the thread.
  mutating func focusThread() -> [Effect] {
    guard surface == .thread else { return enter(togglesFold: false) }
    if isInOutline { keepingTopLine { $0.isInOutline = false } }
    return []
  }

  /// Gives the keys to the outline, which shows for as long as it has them.
  mutating func focusOutline() -> [Effect] {
    if isInOutline { return [] }
    let effects = focusThread()
    guard surface == .thread else { return effects }
    keepingTopLine { $0.isInOutline = true }
    if layout.outline == nil {
      keepingTopLine { $0.isInOutline = false }
      message = "There is no room for the outline: \(ScreenLayout.outlinedColumns) columns are needed."
    }
    return effects
  }

  /// The entries that the outline shows: the selected one in the middle, as far as there are others around it.
  public func outlineEntries(rows: Int) -> [EntryID] {
    guard let flow, let thread, rows > 0 else { return [] }
    var below = [thread.selected]
    while below.count < rows, let next = flow.next(after: below[below.count - 1]) { below.append(next) }
    let wanted = max(rows / 2, rows - below.count)
    var above: [EntryID] = []
    while above.count < wanted, let previous = flow.previous(before: above.last ?? thread.selected) {
      above.append(previous)
    }
    return Array((above.reversed() + below).prefix(rows))
  }

  /// Moves in the outline: an entry a row, and the thread follows.
  mutating func moveInOutline(_ command: Command, times: Int) -> [Effect] {
    guard let flow, let thread else { return [] }
    let rows = layout.outline?.rows ?? 1
    let step: Int
    switch command {
    case .down, .lineDown: step = times
    case .up, .lineUp: step = -times
    case .pageDown: step = max(1, rows - 1) * times
    case .pageUp: step = -max(1, rows - 1) * times
    case .halfPageDown: step = max(1, rows / 2) * times
    case .halfPageUp: step = -max(1, rows / 2) * times
    default: return []
    }
    var entry = thread.selected
    for _ in 0..<abs(step) {
      guard let next = step > 0 ? flow.next(after: entry) : flow.previous(before: entry) else { break }
      entry = next
    }
    if entry != thread.selected { select(entry, onTop: true) }
    return []
  }
}
