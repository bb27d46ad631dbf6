import Discussion

/// What ActivityPub says of a note, an article, a page or a question.
enum ActivityNote {
  /// Whether a value is something that somebody wrote.
  static func isNote(_ value: JSONNode) -> Bool {
    guard value.isObject, let type = value["type"], type.kind == .string else { return false }
    guard ["Note", "Article", "Page", "Question"].contains(where: { type.raw.elementsEqual($0.utf8) }) else {
      return false
    }
    return value.has("content") || value.has("contentMap")
      || (value.has("attributedTo") && (value.has("name") || value.has("attachment")))
  }

  /// Whether a value is what somebody did with something that was written.
  static func isActivity(_ value: JSONNode) -> Bool {
    guard value.isObject, let type = value["type"], type.kind == .string else { return false }
    return ["Create", "Update", "Announce", "Add"].contains { type.raw.elementsEqual($0.utf8) }
  }

  /// The id of the note that a note answers.
  static func parent(of note: JSONNode) -> [UInt8]? {
    guard let parent = note["inReplyTo"] else { return nil }
    return id(parent.nonEmptyString ?? parent["id"]?.nonEmptyString)
  }

  /// A note that answers nobody.
  static func post(_ note: JSONNode, actor: JSONNode?) -> ParsedDiscussion {
    let comment = comment(note, actor: actor)
    var post = ParsedDiscussion(title: note.line("name") ?? [], format: ActivityPub.name)
    post.nativeID = comment.nativeID
    post.url = address(note["url"]) ?? note["id"]?.nonEmptyString.flatMap { WebAddress($0) == nil ? nil : $0 }
    post.author = comment.author
    post.date = comment.date
    post.score = comment.score
    post.body = comment.text
    if let tags = note["tag"], tags.isArray {
      for tag in tags.elements where tag.isText("type", "Hashtag") {
        guard let name = tag.line("name") else { continue }
        post.categories.append(name.first == 0x23 ? Array(name.dropFirst()) : name)
      }
    }
    return post
  }

  /// A note as a comment, still without whom it answers.
  static func comment(_ note: JSONNode, actor: JSONNode?) -> ParsedComment {
    var comment = ParsedComment(nativeID: id(note["id"]?.nonEmptyString))
    comment.author = author(note["attributedTo"] ?? actor, note: note)
    comment.date = note.date("published")
    comment.score = note["likes"]?.score("totalItems")
    comment.text = words(note)
    return comment
  }

  /// An id as the server's own interface has it, where the address shows it; else the address.
  private static func id(_ address: [UInt8]?) -> [UInt8]? {
    guard let address else { return nil }
    if let path = WebAddress(address)?.path, path.count >= 2, let last = path.last,
      path[path.count - 2].elementsEqual("statuses".utf8), last.count >= MastodonStatus.lengthOfUniqueID
    {
      return Array("mastodon:".utf8) + last
    }
    return address
  }

  private static func address(_ url: JSONNode?) -> [UInt8]? {
    guard let url else { return nil }
    if let address = url.nonEmptyString { return address }
    if url.isObject { return url["href"]?.nonEmptyString }
    for link in url.elements {
      if let address = link.nonEmptyString ?? link["href"]?.nonEmptyString { return address }
    }
    return nil
  }

  // MARK: Who

  /// Who wrote a note. Servers name people by the addresses of their profiles, most of which end with the
  /// name; where they end with a number, the note's own page may have the name.
  private static func author(_ people: JSONNode?, note: JSONNode) -> [UInt8]? {
    guard let people else { return nil }
    let person = people.isArray ? people.elements.first { _ in true } : people
    guard let person else { return nil }
    if person.isObject {
      if let name = person.line("name") ?? person.line("preferredUsername") { return name }
      return name(ofProfile: person["id"]?.string) ?? name(ofPage: note["url"])
    }
    return name(ofPage: note["url"]) ?? name(ofProfile: person.string, note: note["id"]?.string)
  }

  private static func name(ofPage url: JSONNode?) -> [UInt8]? {
    guard let path = WebAddress(address(url))?.path, let first = path.first, first.first == 0x40,
      first.count > 1
    else { return nil }
    return Array(first.dropFirst())
  }

  private static func name(ofProfile address: [UInt8]?, note: [UInt8]? = nil) -> [UInt8]? {
    guard let path = WebAddress(address)?.path, let last = path.last else { return nil }
    if last.first == 0x40, last.count > 1 { return Array(last.dropFirst()) }
    // Some servers number people with letters; they keep notes under this word.
    if let first = WebAddress(note)?.path.first, first.elementsEqual("notes".utf8) { return nil }
    guard path.count >= 2, !last.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    let folder = path[path.count - 2]
    return ["users", "u", "user", "profile", "author", "actor"].contains { folder.elementsEqual($0.utf8) }
      ? Array(last) : nil
  }

  // MARK: What

  private static func words(_ note: JSONNode) -> ParsedText {
    var text = ParsedText()
    if let warning = note["summary"]?.nonEmptyString,
      note.isText("type", "Note") || note.isText("type", "Question")
    {
      StatusText.append(warning: warning.contains(0x3C) ? HTMLText.parsed(warning).utf8 : warning, to: &text)
    }
    var html = note["content"]?.nonEmptyString
    if html == nil, let languages = note["contentMap"], languages.isObject {
      for (_, words) in languages.members {
        html = html ?? words.nonEmptyString
      }
    }
    if let html { LinkedText.append(HTMLText.parsed(html), to: &text) }
    StatusText.append(options: note["oneOf"], name: "name", to: &text)
    StatusText.append(options: note["anyOf"], name: "name", to: &text)
    if let media = note["attachment"] {
      let list = media.isObject ? [media] : Array(media.elements)
      StatusText.append(
        media: list.filter { $0.isObject && ($0.has("mediaType") || $0.isText("type", "Image")) }.map {
          (
            ($0["mediaType"] ?? $0["type"])?.string?.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
              ?? [],
            $0.line("name")
          )
        }, to: &text)
    }
    return text
  }
}
