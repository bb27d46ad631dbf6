import Discussion

/// The posts and comments of one document of a feed, on the way to each other.
struct FeedThread {
  private struct Comment {
    var loose: LooseComment
    /// The ids under which its parent or post may be known, the best first.
    var answered: [[UInt8]]
    /// Its own title where that may name the author, but leaves in doubt whom.
    var title: [UInt8] = []
  }

  private var posts: [ParsedDiscussion] = []
  private var comments: [Comment] = []
  private var commentFeeds: [(feed: [UInt8], post: [UInt8])] = []
  private var commentIDs: [[UInt8]: [UInt8]] = [:]

  /// Takes an item that may be a post or a comment.
  mutating func add(_ entry: FeedEntry, in feed: FeedContext, isExport: Bool) {
    let address = entry.page.flatMap { CommentAddress($0) } ?? entry.id.flatMap { CommentAddress($0) }
    let feedPost = CommentTitle.post(ofFeed: feed.title)
    guard address != nil || !entry.answers.isEmpty || feedPost != nil else {
      add(post: entry, format: isExport ? "wxr" : feed.isAtom ? "atom" : "rss")
      return
    }
    let title = CommentTitle(entry.title, author: entry.author)
    var author = entry.author
    if let name = author, CommentTitle.isFeedName(name, of: feed.title) { author = nil }
    var comment = ParsedComment(
      nativeID: address?.comment ?? entry.id ?? entry.page, kind: .comment, author: author ?? title.author,
      date: entry.date, text: entry.body, line: entry.line)
    var answered: [[UInt8]] = []
    if let link = entry.answeredLink.flatMap({ CommentAddress($0) }), link.post == address?.post {
      answered.append(link.comment)
    }
    var post = address?.post
    for answer in entry.answers {
      if let page = answer.page, let link = CommentAddress(page) {
        answered.append(link.comment)
        if post == nil { post = link.post }
      }
      if let id = answer.id { answered.append(id) }
      if post == nil, let page = answer.page, RelativeReference.isWeb(page), CommentAddress(page) == nil {
        post = CommentAddress.postAddress(of: page)
      }
    }
    if entry.answers.isEmpty, post == nil, feedPost != nil {
      post = feed.page.map(CommentAddress.postAddress)
    }
    comment.parent = .post
    if title.post == nil, title.author == nil, author == entry.author {
      comment.text = CommentTitle.words(entry.body, under: entry.title)
    }
    comments.append(
      Comment(
        loose: LooseComment(
          discussion: post, format: feed.isAtom ? "atom" : "rss", comment: comment,
          title: title.post ?? feedPost ?? []), answered: answered,
        title: author == nil && title.author == nil ? entry.title : []))
    if let id = comment.nativeID {
      for other in [entry.id, entry.page, address?.comment] {
        if let other, commentIDs[other] == nil { commentIDs[other] = id }
      }
    }
  }

  /// Takes an item that is a post.
  mutating func add(post entry: FeedEntry, format: String) {
    if let key = entry.page ?? entry.id {
      for feed in entry.commentFeeds { commentFeeds.append((feed, key)) }
    }
    posts.append(
      ParsedDiscussion(
        title: entry.title, author: entry.author, date: entry.date, format: format, url: entry.page,
        nativeID: entry.id, categories: entry.categories, declaredComments: entry.declaredComments,
        body: entry.body, line: entry.line))
  }

  /// Takes a comment that names its post or its parent.
  mutating func add(comment: LooseComment, format: String) {
    var answered: [[UInt8]] = []
    if case .id(let id) = comment.comment.parent { answered.append(id) }
    var comment = comment
    comment.comment.parent = .post
    if let id = comment.comment.nativeID, commentIDs[id] == nil { commentIDs[id] = id }
    comments.append(Comment(loose: comment, answered: answered))
  }

  /// Joins comments to the posts of the document; those whose post is elsewhere go to the intake.
  /// - Returns: the posts.
  /// - Complexity: O(posts + comments).
  mutating func join(_ feed: FeedContext, into intake: Intake) -> [ParsedDiscussion] {
    var postByKey: [[UInt8]: Int] = [:]
    for index in posts.indices {
      if feed.isAtom, posts[index].format == "atom", posts[index].author == nil {
        posts[index].author = feed.authors
      }
      for key in [posts[index].nativeID, posts[index].url] {
        if let key, postByKey[key] == nil { postByKey[key] = index }
      }
    }
    nameAuthors()
    var commentByID: [[UInt8]: Int] = [:]
    for (index, comment) in comments.enumerated() {
      if let id = comment.loose.comment.nativeID, commentByID[id] == nil { commentByID[id] = index }
    }
    for index in comments.indices { settleParent(of: index, postByKey, commentByID) }
    for (feed, post) in commentFeeds { intake.commentFeeds.note(feed, of: post) }
    if comments.isEmpty, let own = feed.own, CommentFeeds.mayBeOne(own) {
      for post in posts { intake.commentFeeds.wait(post, in: own, path: intake.path) }
      posts = []
    }
    let homes = FeedThread.homes(of: comments.map(\.loose), postByKey, commentByID)
    for (index, comment) in comments.enumerated() {
      if let home = homes[index] {
        posts[home].comments.append(comment.loose.comment)
      } else {
        intake.take(comment.loose)
      }
    }
    comments = []
    defer { posts = [] }
    return posts
  }

  /// Names the authors of comments whose titles could be parted in more than one way, where another
  /// comment on the same post tells its title.
  private mutating func nameAuthors() {
    var titles: [[UInt8]: [UInt8]] = [:]
    for comment in comments where !comment.loose.title.isEmpty {
      if let post = comment.loose.discussion, titles[post] == nil { titles[post] = comment.loose.title }
    }
    for index in comments.indices where !comments[index].title.isEmpty {
      guard let post = comments[index].loose.discussion, let title = titles[post] else { continue }
      comments[index].loose.comment.author = CommentTitle.author(
        in: comments[index].title, ofCommentOn: title)
    }
  }

  /// Decides which of the ids that a comment answers is its parent.
  private mutating func settleParent(
    of index: Int, _ posts: [[UInt8]: Int], _ comments: [[UInt8]: Int]
  ) {
    var unknown: [UInt8]?
    for id in self.comments[index].answered {
      if let bearer = commentIDs[id] ?? (comments[id] == nil ? nil : id) {
        self.comments[index].loose.comment.parent = .id(bearer)
        return
      }
      if posts[id] != nil {
        if self.comments[index].loose.discussion.map({ posts[$0] == nil }) ?? true {
          self.comments[index].loose.discussion = id
        }
        return
      }
      unknown = unknown ?? id
    }
    // An id that nobody here has: a comment that is elsewhere, or the post.
    guard let unknown else { return }
    if CommentAddress(unknown) != nil || self.comments[index].loose.discussion == nil {
      self.comments[index].loose.comment.parent = .id(unknown)
    }
  }

  /// For each comment the post of this document that it belongs to, by its own word or that of those it
  /// answers.
  private static func homes(
    of comments: [LooseComment], _ posts: [[UInt8]: Int], _ byID: [[UInt8]: Int]
  ) -> [Int?] {
    var homes = [Int?](repeating: nil, count: comments.count)
    var isKnown = [Bool](repeating: false, count: comments.count)
    var chain: [Int] = []
    for start in comments.indices where !isKnown[start] {
      chain.removeAll(keepingCapacity: true)
      var at = start
      var home: Int?
      while true {
        if isKnown[at] {
          home = homes[at]
          break
        }
        isKnown[at] = true
        chain.append(at)
        if let discussion = comments[at].discussion {
          home = posts[discussion]
          break
        }
        guard case .id(let id) = comments[at].comment.parent else { break }
        if let post = posts[id] {
          home = post
          break
        }
        guard let next = byID[id] else { break }
        at = next
      }
      for index in chain { homes[index] = home }
    }
    return homes
  }
}
