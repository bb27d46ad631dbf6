public import Grid

/// What came from the terminal.
public enum TerminalInput: Hashable, Sendable {
  /// One key press.
  case key(Key)
  /// A bracketed paste as one piece: valid UTF-8 of at most 65,536 bytes, lines ended by LF, every
  /// control but LF and TAB turned into a space.
  case paste([UInt8])
  /// The screen has another size; everything will be repainted.
  case resize(Size)
  /// The mouse did something; `clicks` is not counted yet. Comes only while it is asked for.
  case mouse(MouseEvent)
  /// The window gained or lost the focus, where the terminal tells.
  case focus(Bool)
  /// The terminal told its background.
  case background(isLight: Bool)
  /// The program was stopped and continued, or lent the screen out: paint again.
  case interrupted
  /// The terminal is gone: save and end.
  case hangUp
}

/// Why no screen can be had.
public enum TerminalError: Error, Hashable, Sendable {
  /// A standard stream.
  public enum Stream: Hashable, Sendable {
    /// Standard input, or the controlling terminal when keys were to come from there.
    case input
    /// Standard output.
    case output
  }

  /// Why a terminal type cannot show the screen.
  public enum Reason: Hashable, Sendable {
    /// terminfo does not know it, nor any type to fall back on.
    case unknown
    /// It cannot place its cursor (`cup`).
    case noCursorAddressing
    /// ncurses did not start, or a session is open already.
    case refused
  }

  /// A stream is not a terminal.
  case notATerminal(Stream)
  /// The terminal's type, as `TERM` names it, will not do.
  case unusable(term: String, reason: Reason)
  /// A system call failed.
  case system(errno: Int32)
}

/// What the terminal can do, as terminfo, the locale and the environment tell.
public struct TerminalCapabilities: Hashable, Sendable {
  /// Palette colours that may be used: 0, 8, 16 or 256. 0 when `NO_COLOR` is set and not empty.
  public var colors: Int
  /// Whether text outside ASCII can be shown.
  public var isUTF8: Bool
  /// Whether italics are there.
  public var hasItalic: Bool
  /// The `TERM` that terminfo does not know ("" when it is not set); nil when it does.
  public var termFallback: String?
  /// Whether the paper is light, where the environment (`COLORFGBG`) tells.
  public var isBackgroundLight: Bool?
}
