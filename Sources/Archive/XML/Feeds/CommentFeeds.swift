import Discussion

/// Feeds of an import that only other feeds know to be of comments: a post names the feed of its comments
/// (`wfw:commentRss`, a link to replies), and that feed names no post.
final class CommentFeeds {
  private var posts: [[UInt8]: [UInt8]] = [:]
  private var waiting: [(feed: [UInt8], item: ParsedDiscussion, path: [UInt8])] = []

  /// Notes which post the comments of a feed are of.
  func note(_ feed: [UInt8], of post: [UInt8]) {
    if posts[feed] == nil { posts[feed] = post }
  }

  /// Whether the address of a feed says that it may be one of comments.
  static func mayBeOne(_ address: [UInt8]) -> Bool {
    let text = String(decoding: address, as: UTF8.self).lowercased()
    return text.contains("comment") || text.contains("replies")
  }

  /// Takes an item of a feed that may be one of comments.
  func wait(_ item: ParsedDiscussion, in feed: [UInt8], path: [UInt8]) {
    waiting.append((feed, item, path))
  }

  /// Hands over what waited: comments of the posts that named their feeds, the rest as posts.
  func flush(into importer: Importer) {
    for (feed, item, path) in waiting {
      if let post = posts[feed] {
        let words = CommentTitle.words(item.body, under: item.title)
        importer.assembly.take(
          LooseComment(
            discussion: post, format: item.format,
            comment: ParsedComment(
              nativeID: item.nativeID ?? item.url, author: item.author, date: item.date, text: words,
              line: item.line)), source: path)
      } else {
        var item = item
        item.sources = [path]
        importer.deliver(item)
      }
    }
    waiting = []
  }
}
