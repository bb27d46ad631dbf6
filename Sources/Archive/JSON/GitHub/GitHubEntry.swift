import Discussion

/// What the issues, comments and reviews of GitHub have in common, in the REST answers (`created_at`), in
/// those of GraphQL and of tools over it (`createdAt`), and in migration archives (addresses for people
/// and issues).
enum GitHubEntry {
  /// Who wrote something; people who are gone are unknown.
  static func author(_ value: JSONNode) -> [UInt8]? {
    for key in [value["user"], value["author"], value["actor"]] {
      guard let key else { continue }
      if key.isObject, let login = key.line("login") { return login }
      guard let name = key.line else { continue }
      guard let address = WebAddress(name) else { return name }
      guard let last = address.path.last else { return nil }
      return unescaped(last)
    }
    return nil
  }

  /// When it was written.
  static func date(_ value: JSONNode) -> Timestamp? {
    for key in [value["created_at"], value["createdAt"], value["submitted_at"], value["submittedAt"]] {
      if let date = key?.date { return date }
    }
    return nil
  }

  /// The words.
  static func words(_ value: JSONNode) -> ParsedText {
    if let body = value["body"]?.nonEmptyString {
      return MarkdownText.parsed(MarkdownMarkup.removed(from: body), breaksLines: true)
    }
    for key in [value["body_html"], value["bodyHTML"]] {
      if let html = key?.nonEmptyString { return HTMLText.parsed(html) }
    }
    for key in [value["body_text"], value["bodyText"]] {
      if let text = key?.nonEmptyString { return PlainWords.parsed(text) }
    }
    return ParsedText()
  }

  /// Whether a value has words, empty or not, under one of the names for them.
  static func hasWords(_ value: JSONNode) -> Bool {
    value.has("body") || value.has("body_html") || value.has("bodyHTML") || value.has("body_text")
      || value.has("bodyText")
  }

  /// Votes: thumbs up less thumbs down, if reactions are counted; those of a discussion else.
  static func score(_ value: JSONNode) -> Int32? {
    if let reactions = value["reactions"], reactions.isObject, let up = reactions["+1"]?.int,
      let down = reactions["-1"]?.int
    {
      return Int32(clamping: up.subtractingReportingOverflow(down).partialValue)
    }
    return value.score("upvoteCount")
  }

  /// The page of an entry, of all its addresses the one that people read.
  static func address(_ value: JSONNode) -> [UInt8]? {
    for key in [value["html_url"], value["_links"]?["html"]?["href"], value["url"]] {
      if let address = key?.nonEmptyString { return address }
    }
    return nil
  }

  /// What is discussed where an entry stands.
  static func place(of value: JSONNode) -> GitHubPlace? {
    let keys = [
      value["issue_url"], value["pull_request_url"], value["html_url"],
      value["_links"]?["pull_request"]?["href"],
      value["issue"], value["pull_request"], value["url"], value["discussion_url"],
    ]
    for key in keys {
      if let place = GitHubPlace(key?.nonEmptyString) { return place }
    }
    return nil
  }

  /// The id of a comment under what is discussed: by its number, else as its address ends.
  static func id(_ value: JSONNode, of place: [UInt8]?, kind: StaticString) -> [UInt8]? {
    let place = place ?? Array("github:".utf8)
    let name = kind.withUTF8Buffer { unsafe Array($0) }
    for number in [value["id"], value["databaseId"], value["fullDatabaseId"]] {
      if let number = number?.int { return place + [0x23] + name + Array("\(number)".utf8) }
    }
    for key in [value["html_url"], value["_links"]?["html"]?["href"], value["url"]] {
      guard let address = key?.string, let mark = address.firstIndex(of: 0x23) else { continue }
      let fragment = address[(mark + 1)...]
      if fragment.count > 1, fragment.first == 0x72, fragment.dropFirst().allSatisfy({ $0 &- 0x30 < 10 }) {
        return place + Array("#discussion_".utf8) + fragment
      }
      if fragment.last.map({ $0 &- 0x30 < 10 }) ?? false { return place + [0x23] + fragment }
    }
    return value["id"]?.identifier.map { place + [0x23] + name + $0 }
  }

  private static func unescaped(_ name: ArraySlice<UInt8>) -> [UInt8] {
    guard name.contains(0x25) else { return Array(name) }
    let text = String(decoding: name, as: UTF8.self)
    return Array(text.replacing("%5B", with: "[").replacing("%5D", with: "]").utf8)
  }
}
