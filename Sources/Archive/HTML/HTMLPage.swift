import Bytes
import Discussion

/// Saved pages as browsers save them: the post without its furniture, and the comments, by the markup that
/// blogs, forums and news sites use.
enum HTMLPage {
  /// The short name of the format.
  static let format = "html-page"

  /// Whether bytes begin a page: a document type or a tag of HTML comes first.
  /// - Parameter head: UTF-8.
  static func claims(_ head: [UInt8]) -> Bool {
    var position = 0
    let head = head.prefix(4096)
    // White space, comments and an XML declaration may stand before.
    while position < head.count {
      if head[position] <= 0x20 {
        position += 1
      } else if head[position...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
        guard let end = Array(head[(position + 4)...]).firstRange(of: [0x2D, 0x2D, 0x3E]) else {
          return isHTML(head)
        }
        position += 4 + end.upperBound
      } else if head[position...].starts(with: [0x3C, 0x3F]) {
        guard let end = head[position...].firstIndex(of: 0x3E) else { return false }
        position = end + 1
      } else {
        break
      }
    }
    guard position < head.count, head[position] == 0x3C else { return false }
    var name = head[(position + 1)...].prefix(12).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    if name.starts(with: "!doctype".utf8) {
      return Array(head[position...].prefix(60)).map { $0 | 0x20 }.firstRange(of: Array("html".utf8)) != nil
    }
    name = Array(name.prefix { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 })
    let hash = HTMLNameHash.of(name.span, 0, name.count)
    let tag = HTMLTag.of(hash)
    return !name.isEmpty && tag != .unknown && tag != .text && tag != .document
  }

  private static func isHTML(_ head: ArraySlice<UInt8>) -> Bool {
    Array(head).map { $0 | 0x20 }.firstRange(of: Array("<html".utf8)) != nil
  }

  /// Reads a page.
  static func read(_ source: Source, into intake: Intake) {
    let bytes = source.readAll()
    let text = DecodedText(bytes, declared: DeclaredCharset.of(bytes), override: intake.options.charset)
    intake.reportRepairs(of: text)
    let tree = HTMLTree(text.utf8)
    report(tree.damage, into: intake)
    var hidden = 0
    if let discussion = discussion(tree, path: source.path, hidden: &hidden) {
      if hidden > 0 {
        intake.note(hidden == 1 ? "1 hidden passage is left out" : "\(hidden) hidden passages are left out")
      }
      intake.take(discussion)
    } else {
      intake.report(ProblemSentence.noText)
    }
  }

  private static func report(_ damage: HTMLDamage, into intake: Intake) {
    for (count, what) in [
      (damage.openComments, "comments that are not ended, read on after their first >"),
      (damage.openValues, "attribute values whose quotation mark is not closed, ended at the next >"),
      (damage.openRawText, "titles, scripts or styles that are not ended"),
      (damage.attributesLeftOut, "attributes beyond \(HTMLTokenizer.attributeLimit) in a tag, left out"),
      (damage.flattened, "elements nested deeper than \(HTMLTreeBuilder.depthLimit), read as flat"),
      (damage.cutTags, "tags in which the page ends"),
    ] where count > 0 {
      intake.report("\(what): \(count)")
    }
  }

  /// Steps taken to read a page, for tests of linearity.
  static func operations(_ tree: HTMLTree) -> Int {
    var hidden = 0
    var steps = 0
    _ = discussion(tree, path: [0x2D], hidden: &hidden, steps: &steps)
    return tree.operations + steps
  }

  /// The discussion of a page; nil when it holds no word.
  /// - Parameter hidden: becomes the number of passages of the post that the page hides.
  static func discussion(_ tree: HTMLTree, path: [UInt8], hidden: inout Int) -> ParsedDiscussion? {
    var steps = 0
    return discussion(tree, path: path, hidden: &hidden, steps: &steps)
  }

  private static func discussion(
    _ tree: HTMLTree, path: [UInt8], hidden: inout Int, steps: inout Int
  ) -> ParsedDiscussion? {
    var page = PageElements(tree)
    defer { steps = page.steps.count }
    let head = PageHead(page)
    page.tree.base = head.base
    let stamp = PageStamp(finder: PageDateFinder(order: PageDayOrder.of(page, language: head.language)))
    let blocks = CommentFinder(page).blocks()
    let reader = CommentReader(page, stamp, blocks)
    let parents = CommentTree(page: page, blocks: blocks).parents()
    var isAnswered = [Bool](repeating: false, count: blocks.count)
    for case let parent? in parents { isAnswered[parent] = true }
    var discussion = ParsedDiscussion(format: HTMLPage.format)
    discussion.sources = [path]
    discussion.url = head.url
    discussion.title = head.title
    discussion.categories = head.categories
    let opening = OpeningPost.index(blocks, page, head)
    let base = head.url ?? path
    var place = [Int?](repeating: nil, count: blocks.count)
    for index in blocks.indices {
      let reading = reader.read(index)
      if index == opening {
        discussion.author = reading.author
        discussion.date = reading.date
        discussion.score = reading.score
        discussion.body = reading.text
        continue
      }
      guard !reading.text.utf8.isEmpty || reading.isRemoved || isAnswered[index] else { continue }
      var comment = ParsedComment(
        kind: reading.kind, author: reading.author, date: reading.date, score: reading.score,
        isRemoved: reading.isRemoved || reading.text.utf8.isEmpty, text: reading.text)
      if let id = reading.id { comment.nativeID = base + [0x23] + id }
      var above = parents[index]
      while let parent = above, parent != opening, place[parent] == nil { above = parents[parent] }
      if let parent = above, parent != opening, let known = place[parent] { comment.parent = .comment(known) }
      place[index] = discussion.comments.count
      discussion.comments.append(comment)
    }
    distinguish(&discussion.comments)
    let linked = LinkedData(tree, base: base)
    if blocks.isEmpty, !linked.comments.isEmpty {
      discussion.comments = linked.comments
      distinguish(&discussion.comments)
    }
    if blocks.isEmpty, linked.comments.isEmpty, let message = MailArchivePage(page) {
      discussion.title = message.subject ?? discussion.title
      discussion.author = message.author
      discussion.date = message.date
      discussion.nativeID = message.messageID
      discussion.body = message.text ?? ParsedText()
    } else if opening == nil {
      let body = PageBody(page, stamp, head, blocks)
      discussion.body = body.text
      hidden = body.hidden
      if body.text.utf8.isEmpty, let words = linked.body { discussion.body = PlainWords.parsed(words) }
      discussion.author = linked.author ?? head.author ?? body.author
      discussion.date = linked.date ?? head.date ?? body.date
    } else {
      discussion.author = discussion.author ?? linked.author ?? head.author
      discussion.date = discussion.date ?? linked.date ?? head.date
    }
    discussion.declaredComments = CommentCount.declared(page, head)
    discussion.isClosed = CommentCount.isClosed(page) ? true : nil
    guard !discussion.body.utf8.isEmpty || !discussion.comments.isEmpty || !discussion.title.isEmpty else {
      return nil
    }
    return discussion
  }

  /// Ids that stand at more than one comment name none.
  private static func distinguish(_ comments: inout [ParsedComment]) {
    var seen: Set<[UInt8]> = []
    for index in comments.indices {
      guard let id = comments[index].nativeID else { continue }
      if !seen.insert(id).inserted { comments[index].nativeID = nil }
    }
  }
}
