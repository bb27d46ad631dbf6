/// Saved pages as browsers save them.
enum HTMLPage {
  /// Whether bytes begin a page.
  static func claims(_ head: [UInt8]) -> Bool { false }

  /// Reads a page.
  static func read(_ source: Source, into intake: Intake) {}
}
