import Discussion

/// The titles that blog software gives to comments in its feeds.
struct CommentTitle {
  /// The title of the post, if it is named.
  var post: [UInt8]?
  /// The author of the comment, if named beyond doubt.
  var author: [UInt8]?

  private static let ofItems: [(start: String, between: String)] = [
    ("Comment on ", " by "), ("Kommentar zu ", " von "), ("Commentaires sur ", " par "),
    ("Commentaire sur ", " par "), ("Comentario en ", " por "), ("Comentarios en ", " por "),
    ("Comentário sobre ", " por "), ("Comentário em ", " por "), ("Commento su ", " di "),
    ("Commenti su ", " di "), ("Reactie op ", " door "), ("Kommentar på ", " av "),
    ("Komentarz do ", " autor: "),
  ]
  private static let ofAuthors = [
    "By: ", "Von: ", "Par : ", "Par: ", "Por: ", "Di: ", "Door: ", "Av: ", "Autor: ",
  ]
  private static let ofFeeds = [
    "Comments on: ", "Kommentare zu: ", "Commentaires sur : ", "Commentaires sur: ", "Comentarios en: ",
    "Comentários sobre: ", "Comentários em: ", "Commenti a: ", "Commenti su: ", "Reacties op: ",
    "Kommentarer till: ", "Komentarze do: ",
  ]

  /// Reads the title of an item.
  /// - Parameter known: the author that the item names elsewhere.
  init(_ title: [UInt8], author known: [UInt8]?) {
    let text = String(decoding: title, as: UTF8.self)
    for start in CommentTitle.ofAuthors where text.hasPrefix(start) {
      author = ShortLine.name(Array(text.dropFirst(start.count).utf8))
      return
    }
    for form in CommentTitle.ofItems where text.hasPrefix(form.start) {
      let rest = Array(text.dropFirst(form.start.count).utf8)
      if let known {
        let tail = Array(form.between.utf8) + known
        if rest.count > tail.count, rest.suffix(tail.count).elementsEqual(tail) {
          post = ShortLine.of(rest.dropLast(tail.count))
          return
        }
      }
      let between = Array(form.between.utf8)
      let places = rest.indices.filter { rest[$0...].starts(with: between) }
      // More than one place to part title and name: neither is known.
      guard let place = places.first, places.count == 1 else { return }
      post = ShortLine.of(rest[..<place])
      author = ShortLine.name(Array(rest[(place + between.count)...]))
      return
    }
  }

  /// The words of a comment under a title that its author gave it; titles that repeat the first words, or
  /// that of the post behind `Re:`, say nothing.
  static func words(_ body: ParsedText, under title: [UInt8]) -> ParsedText {
    var head = title[...]
    for end in ["...", "…"]
    where head.count > end.utf8.count && head.suffix(end.utf8.count).elementsEqual(end.utf8) {
      head.removeLast(end.utf8.count)
    }
    let line = ShortLine.of(body.utf8.prefix(4 * head.count + 64))
    let isReply = title.count >= 3 && title[0] | 0x20 == 0x72 && title[1] | 0x20 == 0x65 && title[2] == 0x3A
    if head.isEmpty || line.starts(with: head) || (isReply && !body.utf8.isEmpty) { return body }
    var words = ParsedText(utf8: title, spans: [RoleSpan(0..<title.count, .heading)])
    LinkedText.append(body, to: &words)
    return words
  }

  /// The author that the title of an item names behind the title of its post.
  static func author(in title: [UInt8], ofCommentOn post: [UInt8]) -> [UInt8]? {
    for form in ofItems {
      let start = Array(form.start.utf8) + post + Array(form.between.utf8)
      if title.starts(with: start) { return ShortLine.name(Array(title[start.count...])) }
    }
    return nil
  }

  /// The title of the post whose comments a feed has; nil when its own title does not say so.
  static func post(ofFeed title: [UInt8]) -> [UInt8]? {
    let text = String(decoding: title, as: UTF8.self)
    for start in ofFeeds where text.hasPrefix(start) { return ShortLine.of(text.dropFirst(start.count).utf8) }
    return nil
  }

  /// Whether a name is that of a feed of comments: planets put it where the author should be.
  static func isFeedName(_ name: [UInt8], of feed: [UInt8]) -> Bool {
    let text = String(decoding: name, as: UTF8.self)
    return name == feed || text.hasPrefix("Comments for ") || text.hasPrefix("Comments on")
      || ofFeeds.contains { text.hasPrefix($0) } || text.hasPrefix("Kommentare für ")
      || text.hasPrefix("Commentaires pour ") || text.hasPrefix("Comentarios para ")
      || text.hasPrefix("Comentarios en ") || text.hasPrefix("Comentários para ")
  }
}
