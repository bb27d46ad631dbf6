import Discussion

/// What Zulip says of a message.
enum ZulipMessage {
  /// Whether a value is a message as the API has it, with the topic that it stands in.
  static func isMessage(_ value: JSONNode) -> Bool {
    isBare(value)
      && (value.hasString("subject") || value.hasString("topic") || value.hasArray("display_recipient"))
  }

  /// Whether a value is a message that may leave it to what holds it which topic it stands in.
  static func isBare(_ value: JSONNode) -> Bool {
    value.isObject && value["id"]?.int != nil && value.hasString("content") && value.has("timestamp")
      && (value.has("sender_full_name") || value.has("sender_email") || value.has("sender_id"))
  }

  /// Whether a value is a row of the table of messages of an export.
  static func isRow(_ value: JSONNode) -> Bool {
    value.isObject && value["id"]?.int != nil && value.hasString("content") && value.has("date_sent")
      && value.has("recipient") && value.has("sender")
  }

  /// The words: HTML, or the Markdown that it is made of.
  static func words(_ value: JSONNode) -> ParsedText {
    if let html = value["rendered_content"]?.nonEmptyString { return HTMLText.parsed(html) }
    guard let content = value["content"]?.nonEmptyString else { return ParsedText() }
    let isHTML =
      value.isText("content_type", "text/html")
      || (!value.has("content_type") && !value.has("date_sent") && content.first == 0x3C)
    return isHTML ? HTMLText.parsed(content) : MarkdownText.parsed(content, breaksLines: true)
  }

  /// A topic's name without the mark of those that are settled.
  static func unmarked(_ topic: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0xE2, 0x9C, 0x94, 0x20]
    return topic.starts(with: mark) ? Array(topic.dropFirst(mark.count)) : topic
  }
}
