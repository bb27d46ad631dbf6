/// What a user may set of the reader. The program makes it of the configuration file; a session may get
/// another one at any time.
public struct ReaderOptions: Sendable, Equatable {
  /// Which keys run which command.
  public var keymap = Keymap.standard
  /// Longest line of running text, in columns.
  public var measure = EntryLayout.measure
  /// Sizes of the panes.
  public var panes = PaneOptions()
  /// How dates are written.
  public var dates = DateStyle.age
  /// The order in which searches begin.
  public var hitOrder = HitOrder.ranked
  /// What the list is sorted by at first.
  public var listSort = ListSort.source
  /// The colours.
  public var theme = ThemeOptions()
  /// Whether the terminal is asked to report the mouse.
  public var usesMouse = true

  /// Entries up to which a first import is unread; where there are more, unread begins with what comes later.
  public var firstImport = 1000

  /// What `measure` may be.
  public static let measures = 20...400

  /// What holds where nothing is set.
  public init() {}
}

/// How the screen is divided among panes.
public struct PaneOptions: Sendable, Hashable {
  /// Columns from which the list stands beside the thread.
  public var twoFrom = 120
  /// Columns from which the outline stands beside both.
  public var threeFrom = 180
  /// Columns of the list beside a thread; nil for a third of the screen, 40 to 56.
  public var listColumns: Int?
  /// Columns of the outline.
  public var outlineColumns = 36
  /// Rows of the list above a thread; 0 for none.
  public var stripRows = 4
  /// Rows that the screen must have for the list above a thread.
  public var stripFrom = 30

  /// What holds where nothing is set.
  public init() {}

  /// Rows of the list above a thread where the two have so many; when it was asked for by a key although
  /// the setting says none, four.
  func strip(in rows: Int) -> Int { min(stripRows == 0 ? 4 : stripRows, rows / 2) }
}

/// How dates are written.
public enum DateStyle: String, CaseIterable, Sendable, Hashable {
  /// `14 Jun 2012 10:51 · 14 y`.
  case age
  /// `14 Jun 2012 10:51`.
  case short
  /// `14 June 2012, 10:51`.
  case long
  /// `2012-06-14 10:51`.
  case iso
  /// `14 y ago`.
  case relative
}
