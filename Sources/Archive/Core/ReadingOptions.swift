/// What the user says about sources that they do not say themselves.
public struct ReadingOptions: Sendable, Hashable {
  /// A charset's name (a WHATWG label) that overrules what sources declare; nil to find out.
  public var charset: [UInt8]?
  /// The name of a format that overrules what the bytes look like; nil to find out.
  public var format: String?
  /// Whether zstd frames with windows over 128 MiB (up to 2 GiB) are opened.
  public var allowsLongWindows: Bool

  /// Options; by default everything is found out.
  public init(charset: [UInt8]? = nil, format: String? = nil, allowsLongWindows: Bool = false) {
    self.charset = charset
    self.format = format
    self.allowsLongWindows = allowsLongWindows
  }

  /// The names that `format` may have.
  public static var formatNames: [String] { FormatFamily.names.map(\.name) }
}
