/// Mail and news of all sources of an import, joined into threads.
final class MailCollector {
  /// Whether bytes begin a mailbox or a message.
  static func claims(_ head: [UInt8]) -> Bool { false }

  /// Reads a mailbox or a single message.
  func read(_ source: Source, into intake: Intake) {}

  /// Hands over the threads of messages that came one a file.
  func flush(into importer: Importer) {}
}
