/// Feeds, exports and dumps in XML.
enum XMLFormats {
  /// Whether bytes begin a document of these.
  static func claims(_ head: [UInt8]) -> Bool { false }

  /// Reads a document.
  static func read(_ source: Source, into intake: Intake) {}
}
