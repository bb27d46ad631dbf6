import Discussion

/// Reddit: listings and comment pages of the API, answers with more comments of a page, and the lines of
/// monthly dumps.
final class Reddit: JSONFormat {
  /// The post of a comment page, whose comments come with the next listing.
  private var page: ParsedDiscussion?
  /// Comments that answers name but do not hold.
  private var missing = 0

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    if RedditThing.isComment(value) || RedditThing.isPost(value) { return true }
    if let kind = value["kind"], kind.kind == .string, value.hasObject("data") { return isKind(kind.raw) }
    if let json = value["json"], json.isObject { return json.has("errors") || json.has("data") }
    return first(of: value).map { RedditThing.isComment($0) || RedditThing.isPost($0) } ?? false
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    if RedditThing.isComment(value) {
      flush(into: intake)
      loose(value, into: intake)
      return
    }
    if let kind = value["kind"], kind.kind == .string, value.hasObject("data") {
      read(thing: value, into: intake)
      return
    }
    flush(into: intake)
    if let json = value["json"], json.isObject {
      guard let things = json["data"]?["things"] else { return }
      take(comments: things.elements, into: intake)
    } else if Reddit.first(of: value) != nil, let records = value["data"] {
      for record in records.elements { read(record: record, into: intake) }
    } else {
      read(record: value, into: intake)
    }
  }

  func finish(into intake: Intake) {
    flush(into: intake)
    if missing > 0 {
      intake.report(
        missing == 1
          ? "1 more comment is only counted, not there"
          : "\(missing) more comments are only counted, not there")
    }
  }

  // MARK: Shapes

  private static func isKind(_ kind: ArraySlice<UInt8>) -> Bool {
    if kind.elementsEqual("Listing".utf8) || kind.elementsEqual("more".utf8) { return true }
    return kind.count == 2 && kind.first == 0x74 && kind.last.map { $0 &- 0x31 < 6 } ?? false
  }

  /// The first record of an answer that holds plain records under `data`.
  private static func first(of value: JSONNode) -> JSONNode? {
    guard let data = value["data"], data.isArray else { return nil }
    for record in data.elements { return record.isObject ? record : nil }
    return nil
  }

  // MARK: Records

  private func read(record: JSONNode, into intake: Intake) {
    if RedditThing.isComment(record) {
      loose(record, into: intake)
    } else if RedditThing.isPost(record) {
      intake.take(RedditThing.post(record))
    }
  }

  private func loose(_ data: JSONNode, into intake: Intake) {
    let (comment, link) = RedditThing.comment(data)
    intake.take(
      LooseComment(
        discussion: link, format: RedditThing.format, comment: comment,
        title: data["link_title"]?.string.map { OneLine.of(RedditThing.unescaped($0, beside: nil)) } ?? []))
  }

  // MARK: Listings

  private func read(thing: JSONNode, into intake: Intake) {
    guard let data = thing["data"] else { return }
    guard thing.isText("kind", "Listing") else {
      flush(into: intake)
      take(thing, into: intake)
      return
    }
    guard let children = data["children"], children.isArray else { return }
    if let page, take(page: page, comments: children, into: intake) {
      self.page = nil
      return
    }
    flush(into: intake)
    var things = children.elements
    if let only = things.next(), things.next() == nil, only.isText("kind", "t3"), let post = only["data"],
      RedditThing.isPost(post)
    {
      page = RedditThing.post(post)
      return
    }
    take(comments: children.elements, into: intake)
  }

  private func flush(into intake: Intake) {
    if let page { intake.take(page) }
    page = nil
  }

  /// Takes a post and the comments that a listing behind it holds, unless they are another post's.
  private func take(page: ParsedDiscussion, comments listing: JSONNode, into intake: Intake) -> Bool {
    var isEmpty = true
    for thing in listing.elements {
      guard let data = thing["data"], thing.isText("kind", "t1") || thing.isText("kind", "more") else {
        return false
      }
      if isEmpty, thing.isText("kind", "t1"), let link = RedditThing.link(of: data), link != page.nativeID {
        return false
      }
      isEmpty = false
    }
    var page = page
    var more = 0
    walk(listing.elements) { data, parent in
      var comment = RedditThing.comment(data).comment
      if !data.has("parent_id"), let parent { comment.parent = .comment(parent) }
      page.comments.append(comment)
      return page.comments.count - 1
    } more: {
      more += $0
    }
    if more > 0 { page.declaredComments = max(page.declaredComments ?? 0, page.comments.count + more) }
    intake.take(page)
    return true
  }

  /// Takes the things of a listing: posts by themselves, comments as they name their posts.
  private func take(comments things: JSONElements, into intake: Intake) {
    walk(things) { data, _ in
      loose(data, into: intake)
      return 0
    } more: {
      self.missing += $0
    } other: {
      self.take($0, into: intake)
    }
  }

  private func take(_ thing: JSONNode, into intake: Intake) {
    guard let data = thing["data"] else { return }
    if thing.isText("kind", "t3"), RedditThing.isPost(data) {
      intake.take(RedditThing.post(data))
    } else if thing.isText("kind", "t1"), data.has("body") || data.has("contentText") {
      take(comments: JSONElements(only: thing), into: intake)
    } else if thing.isText("kind", "more") {
      missing += max(0, data["count"]?.int ?? 0)
    }
  }

  /// Walks comments and their replies in the order they stand, without recursion.
  /// - Parameters:
  ///   - take: gets the data of each comment and the number of the one it stands under; returns its number.
  ///   - more: gets how many comments are only counted.
  ///   - other: gets what is neither.
  private func walk(
    _ things: JSONElements, take: (JSONNode, Int?) -> Int, more: (Int) -> Void,
    other: (JSONNode) -> Void = { _ in }
  ) {
    var waiting: [(things: JSONElements, parent: Int?)] = [(things, nil)]
    while !waiting.isEmpty {
      guard let thing = waiting[waiting.count - 1].things.next() else {
        waiting.removeLast()
        continue
      }
      guard let data = thing["data"], data.isObject else { continue }
      if thing.isText("kind", "more") {
        more(max(0, data["count"]?.int ?? 0))
      } else if thing.isText("kind", "t1"), data.has("body") || data.has("contentText") {
        let number = take(data, waiting[waiting.count - 1].parent)
        if let replies = data["replies"]?["data"]?["children"], replies.isArray {
          waiting.append((replies.elements, number))
        }
      } else {
        other(thing)
      }
    }
  }
}
