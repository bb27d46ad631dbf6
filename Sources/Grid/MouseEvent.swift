/// What a mouse did, in cells of the screen.
public struct MouseEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// The pointer moved with a button held down.
    case drag(Button)
    /// A button came up.
    case release
    /// The wheel was turned.
    case wheelUp, wheelDown
  }

  /// A button.
  public enum Button: Hashable, Sendable {
    case left, middle, right
  }

  /// What happened.
  public var kind: Kind
  /// The column, from 0.
  public var column: Int
  /// The row, from 0.
  public var row: Int
  /// How many times in short succession the button went down here: 2 is a double click.
  public var clicks: Int

  /// Something that a mouse did.
  public init(_ kind: Kind, column: Int, row: Int, clicks: Int = 1) {
    self.kind = kind
    self.column = column
    self.row = row
    self.clicks = clicks
  }
}
