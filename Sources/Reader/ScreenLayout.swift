public import Grid

/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
  /// Left edge.
  public var column: Int
  /// Top edge.
  public var row: Int
  /// Cells across.
  public var columns: Int
  /// Cells down.
  public var rows: Int

  /// A rectangle; negative extents count as zero.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// Splits into an upper part of some rows and the rest.
  func split(top height: Int) -> (top: Rect, rest: Rect) {
    let height = min(max(0, height), rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: height),
      Rect(column: column, row: row + height, columns: columns, rows: rows - height)
    )
  }

  /// Splits into a left part of some columns, a gap of one, and the rest.
  func split(left width: Int) -> (left: Rect, rest: Rect) {
    let width = min(max(0, width), columns)
    return (
      Rect(column: column, row: row, columns: width, rows: rows),
      Rect(column: column + width + 1, row: row, columns: columns - width - 1, rows: rows)
    )
  }
}

/// What the keys act on.
public enum Surface: Hashable, Sendable {
  /// The list of discussions.
  case list
  /// One discussion as a flowing document.
  case thread
  /// The hits of a search.
  case hits
  /// Stars and bookmarks.
  case bookmarks
  /// What sums something up.
  case overview
}

/// Where everything stands on a screen of one size: the only place that knows.
public struct ScreenLayout: Hashable, Sendable {
  /// The line on top; nil on a screen too small for it.
  public var title: Rect?
  /// The list of discussions.
  public var list: Rect?
  /// Hits, bookmarks or an overview.
  public var rows: Rect?
  /// The rule with the discussion's title above the thread.
  public var threadTitle: Rect?
  /// The thread.
  public var thread: Rect?
  /// The outline of the thread.
  public var outline: Rect?
  /// What suffices to begin with; only on a first start.
  public var firstSteps: Rect?
  /// The line at the bottom, for the status or a prompt.
  public var status: Rect?

  /// Below this the screen says only that it is too small.
  public static let smallest = Size(columns: 20, rows: 4)

  /// Rows that a screen with the first steps has at least.
  static let rowsWithFirstSteps = 16

  /// The same panes with what suffices to begin with below them.
  static func withFirstSteps(size: Size, _ layout: (Size) -> ScreenLayout) -> ScreenLayout {
    let rows = 4
    guard size.rows >= rowsWithFirstSteps, size.columns >= smallest.columns else { return layout(size) }
    var next = layout(Size(columns: size.columns, rows: size.rows - rows))
    next.firstSteps = Rect(column: 0, row: size.rows - rows - 1, columns: size.columns, rows: rows)
    next.status?.row = size.rows - 1
    return next
  }

  /// Columns that thread and outline need together.
  static let outlinedColumns = 56

  /// The panes of a surface at a size.
  /// - Parameters:
  ///   - panes: which panes to show; what has no room does not count.
  ///   - listed: what stands above or beside a thread: the list, the hits or the bookmarks.
  ///   - showsOutline: whether the outline shows beside the thread in any case, if it has room.
  ///   - options: sizes of the panes.
  public init(
    size: Size, surface: Surface, panes: PaneChoice? = nil, listed: Surface = .list,
    showsOutline: Bool = false, options: PaneOptions = PaneOptions()
  ) {
    guard size.columns >= ScreenLayout.smallest.columns, size.rows >= ScreenLayout.smallest.rows else {
      return
    }
    let whole = Rect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    let (title, below) = whole.split(top: 1)
    let (body, status) = below.split(top: below.rows - 1)
    self.title = title
    self.status = status
    let panes = panes.flatMap { $0.fits(size) ? $0 : nil } ?? .automatic(surface, size, options)
    let listsEntries = surface != .list && listed != .list
    let sideOfThread = ScreenLayout.sideColumns(size, options)
    // Hits need room for the words around the match; where an outline stands as well there is less.
    let side = listsEntries && panes != .outlined ? max(sideOfThread, size.columns * 2 / 5) : sideOfThread
    switch (surface, panes) {
    case (.list, .one): list = body
    case (.list, .stacked):
      let (upper, lower) = body.split(top: max(3, body.rows * 2 / 5))
      list = upper
      set(thread: lower)
    case (.list, .beside), (.list, .outlined), (.thread, .beside):
      let (left, right) = body.split(left: side)
      set(listed: left, isList: !listsEntries)
      set(thread: right, showsOutline: showsOutline, options)
    case (.thread, .one): set(thread: body, showsOutline: showsOutline, options)
    case (.thread, .stacked):
      let (strip, rest) = body.split(top: options.strip(in: body.rows))
      set(listed: strip, isList: !listsEntries)
      set(thread: rest, showsOutline: showsOutline, options)
    case (.thread, .outlined):
      let (left, right) = body.split(left: side)
      set(listed: left, isList: !listsEntries)
      set(thread: right, showsOutline: true, options)
    case (.hits, .one), (.bookmarks, .one), (.overview, _): rows = body
    case (.hits, .stacked), (.bookmarks, .stacked):
      let (upper, lower) = body.split(top: max(3, body.rows * 2 / 5))
      rows = upper
      set(thread: lower)
    case (.hits, _), (.bookmarks, _):
      let (left, right) = body.split(left: max(sideOfThread, size.columns * 2 / 5))
      rows = left
      set(thread: right)
    }
  }

  private mutating func set(listed rect: Rect, isList: Bool) {
    if isList { list = rect } else { rows = rect }
  }

  private mutating func set(
    thread rect: Rect, showsOutline: Bool = false, _ options: PaneOptions = PaneOptions()
  ) {
    var rect = rect
    if showsOutline, rect.columns >= ScreenLayout.outlinedColumns {
      let (left, right) = rect.split(
        left: rect.columns - min(options.outlineColumns, rect.columns * 2 / 5) - 1)
      rect = left
      outline = right
    }
    let (title, rest) = rect.split(top: 1)
    threadTitle = title
    thread = rest
  }

  /// Columns of what stands beside the thread.
  private static func sideColumns(_ size: Size, _ options: PaneOptions) -> Int {
    if let columns = options.listColumns { return min(columns, size.columns / 2) }
    return min(56, max(min(40, size.columns * 2 / 5), size.columns / 3))
  }
}
