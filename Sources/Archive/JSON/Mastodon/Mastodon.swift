import Discussion

/// Mastodon and what speaks its language (Pleroma, Akkoma, Pixelfed, GoToSocial and others): statuses,
/// their contexts, timelines, and what holds statuses: searches, notifications and conversations.
///
/// A status that answers nobody is a discussion without a title; one that answers another is its comment.
/// A boost is read as the status that it boosts.
final class Mastodon: JSONFormat {
  static let name = "mastodon"

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    if MastodonStatus.isStatus(value) || isContext(value) { return true }
    if let statuses = value["statuses"], statuses.isArray {
      for status in statuses.elements { return MastodonStatus.isStatus(status) }
      return value.hasArray("hashtags") || value.hasArray("notification_groups")
    }
    return held(value) != nil
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    if MastodonStatus.isStatus(value) {
      take(value, into: intake)
    } else if let status = Mastodon.held(value) {
      take(status, into: intake)
    }
    for list in [value["ancestors"], value["descendants"], value["statuses"]] {
      guard let list, list.isArray else { continue }
      for status in list.elements where MastodonStatus.isStatus(status) { take(status, into: intake) }
    }
  }

  private static func isContext(_ value: JSONNode) -> Bool {
    guard let ancestors = value["ancestors"], ancestors.isArray, let descendants = value["descendants"],
      descendants.isArray
    else { return false }
    for list in [ancestors, descendants] {
      for status in list.elements { return MastodonStatus.isStatus(status) }
    }
    return true
  }

  /// The status in a notification, a conversation or a quote.
  private static func held(_ value: JSONNode) -> JSONNode? {
    for key in [value["status"], value["last_status"], value["quoted_status"]] {
      if let key, MastodonStatus.isStatus(key) { return key }
    }
    return nil
  }

  private func take(_ value: JSONNode, into intake: Intake) {
    let status = MastodonStatus.boosted(value)
    guard let parent = MastodonStatus.parent(of: status) else {
      intake.take(MastodonStatus.post(status))
      return
    }
    var comment = MastodonStatus.comment(status)
    comment.parent = .id(parent)
    intake.take(LooseComment(discussion: nil, format: Mastodon.name, comment: comment))
  }
}
