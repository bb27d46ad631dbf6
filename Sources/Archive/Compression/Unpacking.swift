/// Packed sources: gzip and zstd streams, zip and tar archives. One layer is opened.
enum Unpacking {
  /// Opens a packed source and reads what is in it.
  /// - Returns: false when the bytes are not packed.
  static func read(_ source: Source, head: [UInt8], importer: Importer, intake: Intake) -> Bool {
    false
  }
}
