import Discussion

/// ActivityPub: outboxes and other collections of activities, as servers export them, and single notes,
/// articles and questions.
final class ActivityPub: JSONFormat {
  static let name = "activitypub"
  /// At most so many collections inside each other are looked through.
  private static let collectionLimit = 100_000
  private var boosts = 0

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject, let type = value["type"], type.kind == .string else { return false }
    if ActivityNote.isNote(value) { return true }
    if ActivityNote.isActivity(value) { return value.has("object") && value.has("actor") }
    return isCollection(type.raw) && (items(of: value) != nil || value.hasObject("first"))
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    var waiting = [(value: value, actor: JSONNode?.none)]
    while let (value, actor) = waiting.popLast() {
      if waiting.count > ActivityPub.collectionLimit { return }
      if ActivityNote.isNote(value) {
        take(value, actor: actor, into: intake)
        if let replies = value["replies"], replies.isObject { waiting.append((replies, nil)) }
      } else if ActivityNote.isActivity(value) {
        guard let object = value["object"] else { continue }
        if object.isObject {
          waiting.append((object, value.isText("type", "Announce") ? nil : value["actor"]))
        } else if value.isText("type", "Announce") {
          boosts += 1
        }
      } else {
        if let first = value["first"], first.isObject { waiting.append((first, nil)) }
        if let items = ActivityPub.items(of: value) {
          waiting += items.elements.filter(\.isObject).reversed().map { ($0, nil) }
        }
      }
    }
  }

  func finish(into intake: Intake) {
    if boosts > 0 {
      intake.report(
        boosts == 1
          ? "1 boost only names what it boosts" : "\(boosts) boosts only name what they boost")
    }
  }

  private static func isCollection(_ type: ArraySlice<UInt8>) -> Bool {
    ["OrderedCollection", "OrderedCollectionPage", "Collection", "CollectionPage"].contains {
      type.elementsEqual($0.utf8)
    }
  }

  private static func items(of value: JSONNode) -> JSONNode? {
    for key in [value["orderedItems"], value["items"]] {
      if let key, key.isArray { return key }
    }
    return nil
  }

  private func take(_ note: JSONNode, actor: JSONNode?, into intake: Intake) {
    guard let parent = ActivityNote.parent(of: note) else {
      intake.take(ActivityNote.post(note, actor: actor))
      return
    }
    var comment = ActivityNote.comment(note, actor: actor)
    comment.parent = .id(parent)
    intake.take(LooseComment(discussion: nil, format: ActivityPub.name, comment: comment))
  }
}
