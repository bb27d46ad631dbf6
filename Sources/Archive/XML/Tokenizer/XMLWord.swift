/// The local names of elements and attributes that readers of XML formats know; case does not matter.
enum XMLWord: UInt8, CaseIterable {
  case other
  // Documents and records.
  case rss, rdf, feed, channel, item, entry, disqus, thread, post, row, html
  case posts, comments, users, badges, votes, tags, postHistory, postLinks
  // Feeds.
  case title, link, description, encoded, content, summary, author, contributor, creator, name, email
  case date, pubDate, published, issued, updated, modified, created, guid, id, identifier, category
  case subject, source, group, player, inReplyTo, total, count, commentRSS, comment, base, about, resource
  case rel, href, type, mode, ref, term, label, scheme, domain, src, isPermaLink, image, textInput
  // WordPress.
  case wxrVersion, postID, postType, postDate, postDateGMT, commentStatus, status, baseBlogURL
  case authorLogin, authorDisplayName, commentID, commentAuthor, commentDate, commentDateGMT
  case commentContent, commentType, commentApproved, commentParent, postMeta, commentMeta
  // Disqus and Blogger.
  case message, createdAt, isDeleted, isSpam, isClosed, isAnonymous, username, parent, replyTo
  case extendedProperty, value
  // Stack Exchange.
  case postTypeID, parentID, acceptedAnswerID, creationDate, score, body, ownerUserID
  case ownerDisplayName, closedDate, commentCount, answerCount, text, userID, userDisplayName, displayName

  /// How each is written, in lower case, where that is not the case's own name in lower case.
  fileprivate static let spelling: [XMLWord: [String]] = [
    .inReplyTo: ["in-reply-to"], .commentRSS: ["commentrss"], .isPermaLink: ["ispermalink"],
    .wxrVersion: ["wxr_version"], .postID: ["post_id", "postid"], .postType: ["post_type"],
    .postDate: ["post_date"], .postDateGMT: ["post_date_gmt"], .commentStatus: ["comment_status"],
    .baseBlogURL: ["base_blog_url"], .authorLogin: ["author_login"],
    .authorDisplayName: ["author_display_name"], .commentID: ["comment_id"],
    .commentAuthor: ["comment_author"], .commentDate: ["comment_date"],
    .commentDateGMT: ["comment_date_gmt"], .commentContent: ["comment_content"],
    .commentType: ["comment_type"], .commentApproved: ["comment_approved"],
    .commentParent: ["comment_parent"], .replyTo: ["inreplyto"], .other: [],
  ]
}

/// The namespaces that readers of XML formats know.
enum XMLSpace: UInt8 {
  /// No namespace, one of the RSS or Disqus ones, or the document's own.
  case plain
  case atom, rdf, dublinCore, content, excerpt, wordPress, wellFormedWeb, slash, threading, podcast, media
  case disqus, blogger, xhtml, xml, other

  /// The namespace that an address names; nil for one that is not known.
  /// - Parameter address: as the source writes it: scheme, case and a last slash or `#` do not matter.
  static func named(_ address: ArraySlice<UInt8>) -> XMLSpace? {
    guard address.count <= 128 else { return nil }
    var text = String(decoding: address, as: UTF8.self).lowercased()[...]
    while let last = text.last, last == "/" || last == "#" || last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    for scheme in ["http://", "https://"] where text.hasPrefix(scheme) { text.removeFirst(scheme.count) }
    if text.hasPrefix("www.") { text.removeFirst(4) }
    if let known = addresses[String(text)] { return known }
    if text.hasPrefix("wordpress.org/export/") {
      return text.hasSuffix("/excerpt") ? .excerpt : .wordPress
    }
    if text.hasPrefix("itunes.com/dtds/podcast") { return .podcast }
    if text.hasPrefix("purl.org/atom/ns") { return .atom }
    if text.hasPrefix("schemas.google.com/blogger/") { return .blogger }
    return nil
  }

  /// What a prefix means where a document forgot to declare it.
  static let wellKnownPrefixes: [String: XMLSpace] = [
    "atom": .atom, "a10": .atom, "rdf": .rdf, "dc": .dublinCore, "dcterms": .dublinCore,
    "content": .content, "excerpt": .excerpt, "wp": .wordPress, "wfw": .wellFormedWeb, "slash": .slash,
    "thr": .threading, "itunes": .podcast, "media": .media, "dsq": .disqus, "blogger": .blogger,
    "xhtml": .xhtml, "xml": .xml, "rss": .plain,
  ]

  private static let addresses: [String: XMLSpace] = [
    "": .plain, "purl.org/rss/1.0": .plain, "my.netscape.com/rdf/simple/0.9": .plain,
    "channel.netscape.com/rdf/simple/0.9": .plain, "purl.org/net/rss1.1": .plain,
    "backend.userland.com/rss": .plain, "backend.userland.com/rss2": .plain,
    "blogs.law.harvard.edu/tech/rss": .plain, "cyber.law.harvard.edu/rss/rss.html": .plain,
    "disqus.com": .plain, "disqus.com/disqus-internals": .disqus, "w3.org/2005/atom": .atom,
    "w3.org/1999/02/22-rdf-syntax-ns": .rdf, "purl.org/dc/elements/1.1": .dublinCore,
    "purl.org/dc/elements/1.0": .dublinCore, "purl.org/dc/terms": .dublinCore,
    "purl.org/rss/1.0/modules/dc": .dublinCore, "purl.org/rss/1.0/modules/content": .content,
    "wellformedweb.org/commentapi": .wellFormedWeb, "purl.org/rss/1.0/modules/slash": .slash,
    "purl.org/syndication/thread/1.0": .threading, "search.yahoo.com/mrss": .media,
    "video.search.yahoo.com/mrss": .media, "w3.org/1999/xhtml": .xhtml,
    "w3.org/xml/1998/namespace": .xml,
  ]
}

/// A name with its namespace.
struct XMLName: Hashable {
  var space: XMLSpace
  var word: XMLWord

  init(_ space: XMLSpace, _ word: XMLWord) {
    self.space = space
    self.word = word
  }
}

/// Finds words by the hash of their bytes in lower case.
struct XMLVocabulary {
  static let shared = XMLVocabulary()

  /// FNV-1a's start, after Fowler, Noll and Vo.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  private var hashes: [UInt64]
  private var words: [XMLWord]
  private let mask: Int

  private init() {
    mask = 1023
    hashes = Array(repeating: 0, count: mask + 1)
    words = Array(repeating: .other, count: mask + 1)
    for word in XMLWord.allCases {
      for name in XMLWord.spelling[word] ?? ["\(word)".lowercased()] {
        let hash = XMLVocabulary.hash(Array(name.utf8))
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0 { place = (place + 1) & mask }
        hashes[place] = hash
        words[place] = word
      }
    }
  }

  /// The word with a hash.
  func word(_ hash: UInt64) -> XMLWord {
    var place = Int(truncatingIfNeeded: hash) & mask
    while hashes[place] != 0 {
      if hashes[place] == hash { return words[place] }
      place = (place + 1) & mask
    }
    return .other
  }

  /// One more byte of a name, letters in lower case.
  @inline(__always)
  static func combine(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
    return (hash ^ UInt64(lower)) &* 0x100_0000_01B3
  }

  /// The hash of a whole name.
  static func hash(_ name: some Sequence<UInt8>) -> UInt64 { name.reduce(seed, combine) }
}
