/// Dumps and answers of APIs in JSON, one document or one record a line.
enum JSONFormats {
  /// Whether bytes begin JSON.
  static func claims(_ head: [UInt8]) -> Bool { false }

  /// Reads a document or a stream of records.
  static func read(_ source: Source, into intake: Intake) {}
}
