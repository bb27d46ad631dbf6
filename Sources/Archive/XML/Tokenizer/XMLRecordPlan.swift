/// Which elements of a kind of document are records, and what else they mean while they are read.
enum XMLRecordPlan {
  /// RSS, Atom, WordPress and Blogger: items and entries, the comments in them, the authors of a blog.
  case feed
  /// Disqus: threads, posts and categories.
  case disqus
  /// Stack Exchange: rows.
  case rows

  /// How a start tag relates to the record that is open.
  enum Relation: Equatable {
    /// It is part of it.
    case none
    /// It begins a record, inside the one that is open.
    case begins
    /// It begins a record, and so many open ones were left without their end tags.
    case follows(Int)
  }

  /// What an element is to the record that is open.
  func relation(of name: XMLName, to current: XMLName?) -> Relation {
    switch self {
    case .feed: XMLRecordPlan.feedRelation(name, current)
    case .disqus:
      switch (name.word, current?.word) {
      case (_, _) where name.space != .plain: .none
      case (.thread, nil), (.post, nil), (.category, nil): .begins
      case (.post, _), (.thread, .thread), (.thread, .category), (.category, .category): .follows(1)
      default: .none
      }
    case .rows: name.word == .row ? (current == nil ? .begins : .follows(1)) : .none
    }
  }

  private static func feedRelation(_ name: XMLName, _ current: XMLName?) -> Relation {
    if name.word == .item || name.word == .entry, name.space == .plain || name.space == .atom {
      guard let current else { return .begins }
      return .follows(current == XMLName(.wordPress, .comment) ? 2 : 1)
    }
    guard name.space == .wordPress else { return .none }
    if name.word == .comment {
      guard let current else { return .begins }
      return current.word == .comment || current.word == .author ? .follows(1) : .begins
    }
    guard name.word == .author else { return .none }
    return current == nil ? .begins : current == name ? .follows(1) : .none
  }

  /// Whether an element only holds records and what is said of all of them.
  func isContainer(_ name: XMLName) -> Bool {
    switch name.word {
    case .rss, .rdf, .feed, .channel, .disqus: true
    default: self == .rows
    }
  }

  /// Whether an element is passed over with all that is in it.
  func isSkipped(_ name: XMLName) -> Bool {
    switch name.word {
    case .image, .textInput, .postMeta, .commentMeta: true
    default: false
    }
  }

  /// Whether an element of a record has elements of its own.
  func isGroup(_ name: XMLName) -> Bool {
    switch name.word {
    case .author, .contributor: true
    case .source: name.space == .plain
    case .group, .content: name.space == .media
    default: false
    }
  }

  /// Whether an element holds an entry's words, which are kept even when the document ends in them.
  func holdsWords(_ name: XMLName) -> Bool {
    switch name.word {
    case .content, .encoded, .description, .summary, .commentContent, .message, .body: true
    default: false
    }
  }

  /// Whether an element shows that the text around it should have ended: nobody's words hold it.
  func cannotBeInside(_ name: XMLName) -> Bool {
    guard name.word != .other else { return false }
    switch name.space {
    case .wordPress, .excerpt, .dublinCore, .content, .wellFormedWeb, .slash, .threading, .disqus,
      .blogger:
      return true
    case .plain:
      switch name.word {
      case .guid, .pubDate, .description, .published, .updated, .issued, .modified, .category, .id,
        .createdAt, .isDeleted, .isSpam, .message, .channel:
        return true
      default: return false
      }
    default: return false
    }
  }
}
