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
}

/// Where everything stands on a screen of one size: the only place that knows.
public struct ScreenLayout: Hashable, Sendable {
  /// The line on top; nil on a screen too small for it.
  public var title: Rect?
  /// The list of discussions.
  public var list: Rect?
  /// Hits or bookmarks.
  public var rows: Rect?
  /// The rule with the discussion's title above the thread.
  public var threadTitle: Rect?
  /// The thread.
  public var thread: Rect?
  /// The outline of the thread.
  public var outline: Rect?
  /// The line at the bottom, for the status or a prompt.
  public var status: Rect?

  /// Below this the screen says only that it is too small.
  public static let smallest = Size(columns: 20, rows: 4)

  /// The panes of a surface at a size.
  /// - Parameter isZoomed: the surface alone, without its neighbours.
  public init(size: Size, surface: Surface, isZoomed: Bool) {
    guard size.columns >= ScreenLayout.smallest.columns, size.rows >= ScreenLayout.smallest.rows else {
      return
    }
    let whole = Rect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    let (title, below) = whole.split(top: 1)
    let (body, status) = below.split(top: below.rows - 1)
    self.title = title
    self.status = status
    let isWide = size.columns >= 120 && !isZoomed
    switch surface {
    case .list:
      guard isWide else {
        list = body
        return
      }
      let (left, right) = body.split(left: ScreenLayout.sideColumns(size))
      list = left
      set(thread: right)
    case .thread:
      if isWide {
        let (left, right) = body.split(left: ScreenLayout.sideColumns(size))
        list = left
        if size.columns >= 180 {
          let (middle, far) = right.split(left: right.columns - 37)
          set(thread: middle)
          outline = far
        } else {
          set(thread: right)
        }
      } else if size.rows >= 30 && !isZoomed {
        let (strip, rest) = body.split(top: 4)
        list = strip
        set(thread: rest)
      } else {
        set(thread: body)
      }
    case .hits, .bookmarks:
      if isWide {
        let (left, right) = body.split(left: max(ScreenLayout.sideColumns(size), size.columns * 2 / 5))
        rows = left
        set(thread: right)
      } else if body.rows >= 9 && !isZoomed {
        let (upper, lower) = body.split(top: max(3, body.rows * 2 / 5))
        rows = upper
        set(thread: lower)
      } else {
        rows = body
      }
    }
  }

  private mutating func set(thread rect: Rect) {
    let (title, rest) = rect.split(top: 1)
    threadTitle = title
    thread = rest
  }

  private static func sideColumns(_ size: Size) -> Int { min(56, max(40, size.columns / 3)) }
}
