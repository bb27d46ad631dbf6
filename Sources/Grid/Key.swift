/// One key press, decoded from the terminal.
public struct Key: Hashable, Sendable {
  /// What was pressed, apart from Alt and Control.
  public enum Code: Hashable, Sendable {
    /// A printable scalar, Space included. Shift shows in the scalar itself.
    case scalar(Unicode.Scalar)
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 to F63.
    case function(Int)
  }

  /// What was pressed.
  public var code: Code
  /// Whether Alt (or Meta, or a quick Escape before) was held.
  public var alt: Bool
  /// Whether Control was held; `scalar` is then a lowercase letter or one of `@ [ \ ] ^ _`.
  public var control: Bool

  /// A key with its modifiers.
  public init(_ code: Code, alt: Bool = false, control: Bool = false) {
    self.code = code
    self.alt = alt
    self.control = control
  }
}
