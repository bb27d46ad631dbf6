import Discussion

/// Zulip: messages as the API answers them or as tools save its answers, and the tables of an export of an
/// organization. Each topic is a discussion.
final class Zulip: JSONFormat {
  static let name = "zulip"

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    if ZulipMessage.isMessage(value) || ZulipMessage.isRow(value) { return true }
    if let rows = value["zerver_message"], rows.isArray { return true }
    if value.hasArray("zerver_userprofile") || value.hasArray("zerver_stream") { return true }
    guard let messages = value["messages"], messages.isArray else { return false }
    for message in messages.elements {
      return ZulipMessage.isMessage(message) || (value.hasString("topic") && ZulipMessage.isBare(message))
    }
    return value.has("found_oldest") || value.has("found_newest")
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    let topics = intake.zulip
    if ZulipMessage.isMessage(value) {
      topics.take(message: value, in: nil, mayBegin: true, source: intake.path)
      intake.countEntry()
    } else if ZulipMessage.isRow(value) {
      topics.take(row: value, source: intake.path)
      intake.countEntry()
    }
    if let messages = value["messages"], messages.isArray {
      let mayBegin = value["found_oldest"]?.bool ?? true
      for message in messages.elements where ZulipMessage.isBare(message) {
        topics.take(message: message, in: value, mayBegin: mayBegin, source: intake.path)
        intake.countEntry()
      }
    }
    if let rows = value["zerver_message"], rows.isArray {
      for row in rows.elements where ZulipMessage.isRow(row) {
        topics.take(row: row, source: intake.path)
        intake.countEntry()
      }
    }
    topics.take(tables: value)
  }
}
