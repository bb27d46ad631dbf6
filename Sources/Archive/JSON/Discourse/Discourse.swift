import Discussion

/// Discourse: topics with their posts, lists of topics, latest posts, single posts, what a user did, and
/// answers of the search.
///
/// A topic of a list is a discussion with a title and a number of comments, of which the words are not
/// there; they come when another source has the topic itself.
final class Discourse: JSONFormat {
  static let name = "discourse"
  /// Notices that the site wrote itself, such as that a topic was closed.
  private var notices = 0

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    if let stream = value["post_stream"] { return stream.isObject && stream.hasArray("posts") }
    if let list = value["topic_list"] { return list.isObject && list.hasArray("topics") }
    if let list = value["category_list"] { return list.isObject && list.hasArray("categories") }
    if DiscoursePost.isPost(value) || DiscourseTopic.isListed(value) { return true }
    if let posts = value["latest_posts"], posts.isArray { return true }
    if let actions = value["user_actions"], actions.isArray { return true }
    if let posts = value["posts"], posts.isArray {
      if value.hasObject("grouped_search_result") { return true }
      for post in posts.elements { return DiscoursePost.isPost(post) }
      return false
    }
    if let topics = value["topics"], topics.isArray {
      for topic in topics.elements { return DiscourseTopic.isListed(topic) }
    }
    return false
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    if let stream = value["post_stream"], let posts = stream["posts"] {
      take(topic: value, posts: posts, stream: stream["stream"], into: intake)
      return
    }
    if value.has("title"), value.has("id"), let posts = value["posts"], posts.isArray {
      take(topic: value, posts: posts, stream: nil, into: intake)
      return
    }
    if DiscoursePost.isPost(value) {
      loose(value, title: [], slug: nil, into: intake)
    } else if DiscourseTopic.isListed(value) {
      intake.take(DiscourseTopic.listed(value, users: value["users"]))
    }
    readLists(value, into: intake)
    let slugs = DiscourseTopic.slugs(value["topics"])
    for key: StaticString in ["latest_posts", "posts"] {
      guard let posts = value[key], posts.isArray else { continue }
      for post in posts.elements where DiscoursePost.isPost(post) {
        let topic = post["topic_id"]?.int.flatMap { slugs[$0] }
        loose(post, title: topic?.title ?? [], slug: topic?.slug, into: intake)
      }
    }
    if let actions = value["user_actions"], actions.isArray {
      for action in actions.elements where DiscoursePost.isWriting(action) {
        loose(action, title: action.line("title") ?? [], slug: action.line("slug"), into: intake)
      }
    }
  }

  func finish(into intake: Intake) {
    if notices > 0 {
      intake.note(
        notices == 1
          ? "1 notice of the site without words was left out"
          : "\(notices) notices of the site without words were left out")
    }
  }

  private func readLists(_ value: JSONNode, into intake: Intake) {
    let users = value["users"]
    for list in [value["topic_list"], value["category_list"], value["topics"]] {
      guard let list else { continue }
      if list.isArray {
        take(topics: list, users: users, into: intake)
      } else if let topics = list["topics"], topics.isArray {
        take(topics: topics, users: users, into: intake)
      } else if let categories = list["categories"], categories.isArray {
        for category in categories.elements {
          if let topics = category["topics"], topics.isArray {
            take(topics: topics, users: users, category: category.line("name"), into: intake)
          }
        }
      }
    }
  }

  private func take(
    topics: JSONNode, users: JSONNode?, category: [UInt8]? = nil, into intake: Intake
  ) {
    for topic in topics.elements where DiscourseTopic.isListed(topic) {
      var discussion = DiscourseTopic.listed(topic, users: users)
      if let category, !discussion.categories.contains(category) {
        discussion.categories.insert(category, at: 0)
      }
      intake.take(discussion)
    }
  }

  private func take(topic: JSONNode, posts: JSONNode, stream: JSONNode?, into intake: Intake) {
    var discussion = DiscourseTopic.whole(topic, posts: posts, stream: stream)
    guard let id = discussion.nativeID else { return }
    for post in posts.elements where post.isObject {
      guard !DiscoursePost.isNotice(post) else {
        notices += 1
        continue
      }
      if post["post_number"]?.int == 1 {
        DiscoursePost.open(&discussion, with: post)
      } else {
        discussion.comments.append(DiscoursePost.comment(post, topic: id))
      }
    }
    intake.take(discussion)
  }

  /// Takes a post that stands without its topic.
  private func loose(_ post: JSONNode, title: [UInt8], slug: [UInt8]?, into intake: Intake) {
    guard let number = post["topic_id"]?.int else { return }
    guard !DiscoursePost.isNotice(post) else {
      notices += 1
      return
    }
    let topic = DiscourseTopic.id(number, slug: slug ?? post.line("topic_slug"))
    let title = post.line("topic_title") ?? title
    if post["post_number"]?.int == 1 {
      var discussion = ParsedDiscussion(title: title, format: Discourse.name, nativeID: topic)
      DiscoursePost.open(&discussion, with: post)
      intake.take(discussion)
    } else {
      intake.take(
        LooseComment(
          discussion: topic, format: Discourse.name, comment: DiscoursePost.comment(post, topic: topic),
          title: title))
    }
  }
}
