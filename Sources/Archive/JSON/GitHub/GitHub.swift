import Discussion

/// GitHub, and servers that speak as it does: answers of the REST and GraphQL APIs about issues, pull
/// requests, discussions, comments and reviews; what the command line tool and backup tools make of them;
/// archives of a repository in one file, migration archives, and events.
final class GitHub: JSONFormat {
  static let name = "github"

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    if GitHubIssue.isIssue(value) || GitHubComment.isLoose(value) { return true }
    return isArchive(value) || isEvent(value) || !answers(value).isEmpty
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    if GitHubIssue.isIssue(value) {
      intake.take(GitHubIssue.parsed(value))
    } else if GitHubComment.isLoose(value) {
      loose(value, title: [], into: intake)
    } else if GitHub.isArchive(value) {
      read(archive: value, into: intake)
    } else if GitHub.isEvent(value) {
      read(event: value, into: intake)
    } else {
      for answer in GitHub.answers(value) {
        if GitHubIssue.isIssue(answer) {
          intake.take(GitHubIssue.parsed(answer))
        } else {
          loose(answer, title: [], into: intake)
        }
      }
    }
  }

  private func loose(_ value: JSONNode, title: [UInt8], into intake: Intake) {
    let place = GitHubEntry.place(of: value)
    guard let comment = GitHubComment.parsed(value, of: place?.id) else { return }
    intake.take(
      LooseComment(discussion: place?.id, format: GitHub.name, comment: comment, title: title))
  }

  // MARK: One file of a repository

  /// Whether a value is the archive of a repository that drafts are kept with: its issues and pull
  /// requests, each with all that was said.
  private static func isArchive(_ value: JSONNode) -> Bool {
    guard value.hasString("repo"), let issues = value["issues"], issues.isArray else { return false }
    for list in [issues, value["pulls"]] {
      guard let list else { continue }
      for issue in list.elements { return GitHubIssue.isIssue(issue) }
    }
    return value.has("magic")
  }

  private func read(archive value: JSONNode, into intake: Intake) {
    let repository = value.line("repo")
    let lists: [(JSONNode?, GitHubPlace.Kind)] = [(value["issues"], .issue), (value["pulls"], .pull)]
    for (list, kind) in lists {
      guard let list, list.isArray else { continue }
      for issue in list.elements where GitHubIssue.isIssue(issue) {
        intake.take(GitHubIssue.parsed(issue, repository: repository, kind: kind))
      }
    }
  }

  // MARK: Events

  /// Whether a value is an event, as archives of all events and web hooks hold them, about something that
  /// is discussed.
  private static func isEvent(_ value: JSONNode) -> Bool {
    let payload = value["payload"] ?? value
    guard payload.isObject, payload.has("action") else { return false }
    guard value.hasObject("repo") || value.hasObject("repository") else { return false }
    return subject(of: payload) != nil
  }

  private static func subject(of payload: JSONNode) -> JSONNode? {
    for key in [payload["issue"], payload["pull_request"], payload["discussion"]] {
      if let key, GitHubIssue.isIssue(key) { return key }
    }
    return nil
  }

  private func read(event value: JSONNode, into intake: Intake) {
    let payload = value["payload"] ?? value
    guard let subject = GitHub.subject(of: payload) else { return }
    var post = GitHubIssue.parsed(subject)
    for comment in [payload["comment"], payload["review"]] {
      guard let comment, comment.isObject, GitHubEntry.hasWords(comment) else { continue }
      if let parsed = GitHubComment.parsed(comment, of: post.nativeID) { post.comments.append(parsed) }
    }
    intake.take(post)
  }

  // MARK: Answers that hold others

  /// The issues and comments in an answer of GraphQL or of the search.
  private static func answers(_ value: JSONNode) -> [JSONNode] {
    if let items = value["items"], items.isArray {
      return value.has("total_count") ? items.elements.filter { GitHubIssue.isIssue($0) } : []
    }
    guard let data = value["data"], data.isObject else { return [] }
    var found: [JSONNode] = []
    var waiting = [data]
    var looked = 0
    while looked < waiting.count {
      let answer = waiting[looked]
      looked += 1
      if GitHubIssue.isIssue(answer) || GitHubComment.isLoose(answer) {
        found.append(answer)
        continue
      }
      for (key, inner) in answer.members where inner.isObject && holdsAnswers(key) {
        if inner.has("nodes") || inner.has("edges") {
          waiting += GitHubIssue.nodes(inner).filter(\.isObject)
        } else {
          waiting.append(inner)
        }
      }
    }
    return found
  }

  private static func holdsAnswers(_ key: JSONNode) -> Bool {
    let names = [
      "repository", "issue", "issues", "pullRequest", "pullRequests", "discussion", "discussions", "node",
      "search", "viewer", "user", "organization", "timelineItems", "issueOrPullRequest", "comments",
      "reviews",
    ]
    let raw = key.raw
    return names.contains { raw.elementsEqual($0.utf8) }
  }
}
