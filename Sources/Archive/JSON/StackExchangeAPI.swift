import Discussion

/// Answers of the Stack Exchange API: questions with their answers and comments, answers and comments by
/// themselves.
///
/// Ids are those of the site's dump, so that both are one.
final class StackExchangeAPI: JSONFormat {
  private static let name = "stack-exchange"

  static func recognizes(_ value: JSONNode) -> Bool {
    guard value.isObject else { return false }
    if isQuestion(value) || isAnswer(value) || isComment(value) { return true }
    guard let items = value["items"], items.isArray, value.has("has_more") || value.has("quota_max") else {
      return false
    }
    for item in items.elements { return isQuestion(item) || isAnswer(item) || isComment(item) }
    return true
  }

  init() {}

  func read(_ value: JSONNode, into intake: Intake) {
    guard let items = value["items"], items.isArray else {
      take(value, into: intake)
      return
    }
    for item in items.elements { take(item, into: intake) }
  }

  // MARK: Shapes

  private static func isQuestion(_ value: JSONNode) -> Bool {
    value.isObject && value["question_id"]?.int != nil && !value.has("answer_id") && !value.has("comment_id")
      && (value.has("title") || value.has("answer_count") || value.has("is_answered"))
      && (value.has("creation_date") || value.has("owner") || value.has("answers"))
  }

  private static func isAnswer(_ value: JSONNode) -> Bool {
    value.isObject && value["answer_id"]?.int != nil && !value.has("comment_id")
      && (value.has("question_id") || value.has("is_accepted"))
  }

  private static func isComment(_ value: JSONNode) -> Bool {
    value.isObject && value["comment_id"]?.int != nil && value["post_id"]?.int != nil
  }

  // MARK: Reading

  private func take(_ item: JSONNode, into intake: Intake) {
    let site = StackExchangeAPI.site(of: item)
    if StackExchangeAPI.isQuestion(item) {
      intake.take(StackExchangeAPI.question(item, site: site))
      return
    }
    var comments: [ParsedComment] = []
    var question: [UInt8]?
    if StackExchangeAPI.isAnswer(item) {
      question = StackExchangeAPI.id(item["question_id"], site: site)
      StackExchangeAPI.append(answer: item, site: site, to: &comments)
    } else if StackExchangeAPI.isComment(item) {
      let isOnQuestion = item.isText("post_type", "question")
      let post = StackExchangeAPI.id(item["post_id"], site: site)
      question = isOnQuestion ? post : nil
      StackExchangeAPI.append(comment: item, on: post, site: site, to: &comments)
    }
    let title = StackExchangeAPI.line(item["title"]) ?? []
    for comment in comments {
      intake.take(
        LooseComment(
          discussion: question, format: StackExchangeAPI.name, comment: comment, title: title))
    }
  }

  private static func question(_ value: JSONNode, site: [UInt8]) -> ParsedDiscussion {
    var post = ParsedDiscussion(title: line(value["title"]) ?? [], format: name)
    post.nativeID = id(value["question_id"], site: site)
    post.url = address(of: value, site: site)
    post.author = line(value["owner"]?["display_name"])
    post.date = value.date("creation_date")
    post.score = value.score("score")
    post.body = words(value)
    if value.has("closed_date") || value.has("locked_date") { post.isClosed = true }
    if let tags = value["tags"], tags.isArray { post.categories = tags.elements.compactMap { line($0) } }
    var declared = [value["answer_count"], value["comment_count"]].compactMap { $0?.int }
    if let comments = value["comments"], comments.isArray {
      for comment in comments.elements where isComment(comment) {
        append(comment: comment, on: post.nativeID, site: site, to: &post.comments)
      }
    }
    if let answers = value["answers"], answers.isArray {
      for answer in answers.elements where isAnswer(answer) {
        append(answer: answer, site: site, to: &post.comments)
        if let count = answer["comment_count"]?.int { declared.append(count) }
      }
    }
    if !declared.isEmpty {
      post.declaredComments = declared.reduce(0) { $0.addingReportingOverflow(max(0, $1)).partialValue }
    }
    return post
  }

  private static func append(answer: JSONNode, site: [UInt8], to comments: inout [ParsedComment]) {
    var words = ParsedComment(nativeID: id(answer["answer_id"], site: site), kind: .answer)
    words.author = line(answer["owner"]?["display_name"])
    words.date = answer.date("creation_date")
    words.score = answer.score("score")
    words.text = self.words(answer)
    comments.append(words)
    guard let replies = answer["comments"], replies.isArray else { return }
    for reply in replies.elements where isComment(reply) {
      append(comment: reply, on: words.nativeID, site: site, to: &comments)
    }
  }

  private static func append(
    comment: JSONNode, on post: [UInt8]?, site: [UInt8], to comments: inout [ParsedComment]
  ) {
    var words = ParsedComment(nativeID: id(comment["comment_id"], of: "c", site: site))
    // A question's own id stands for the question.
    if let post { words.parent = .id(post) }
    words.author = line(comment["owner"]?["display_name"])
    words.date = comment.date("creation_date")
    words.score = comment.score("score")
    words.text = self.words(comment)
    comments.append(words)
  }

  private static func id(_ number: JSONNode?, of kind: StaticString = "", site: [UInt8]) -> [UInt8]? {
    guard let number = number?.int else { return nil }
    return Array("se:".utf8) + site + [0x3A] + kind.withUTF8Buffer { unsafe Array($0) }
      + Array("\(number)".utf8)
  }

  /// The site's host, as the links of an item name it; empty when it has none.
  private static func site(of item: JSONNode) -> [UInt8] {
    for key in [item["link"], item["share_link"], item["owner"]?["link"]] {
      if let host = WebAddress(key?.string)?.host {
        return host.starts(with: "www.".utf8) ? Array(host.dropFirst(4)) : host
      }
    }
    return []
  }

  private static func address(of question: JSONNode, site: [UInt8]) -> [UInt8]? {
    if let link = question["link"]?.nonEmptyString, WebAddress(link) != nil { return link }
    guard !site.isEmpty, let number = question["question_id"]?.int else { return nil }
    return Array("https://".utf8) + site + Array("/questions/\(number)".utf8)
  }

  /// A title or a name, in which the API escapes what HTML would take for marks.
  private static func line(_ value: JSONNode?) -> [UInt8]? {
    guard let line = value?.line else { return nil }
    return line.contains(0x26) ? OneLine.of(CharacterReferences.decode(line)) : line
  }

  private static func words(_ value: JSONNode) -> ParsedText {
    if let body = value["body"]?.nonEmptyString { return HTMLText.parsed(body) }
    return value["body_markdown"]?.nonEmptyString.map {
      MarkdownText.parsed(CharacterReferences.decode($0))
    } ?? ParsedText()
  }
}
