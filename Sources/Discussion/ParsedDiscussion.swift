/// What a stretch of text is, by meaning; how it looks is chosen much later, by a theme.
public enum Role: UInt8, Sendable, CaseIterable {
  /// Somebody else's words: a block quotation or a `>` line.
  case quote = 1
  /// Program text or other preformatted lines.
  case code
  /// The text of a link.
  case link
  /// Stress, usually italic.
  case emphasis
  /// Strong importance, usually bold.
  case strong
  /// A heading inside a text.
  case heading
  /// One item of a list inside a text.
  case listItem
  /// A signature block.
  case signature
}

/// A role over a range of bytes of one text.
public struct RoleSpan: Hashable, Sendable {
  /// Byte offsets into the text's UTF-8, on scalar boundaries.
  public var bytes: Range<Int>
  /// What the bytes are.
  public var role: Role
  /// Where a link leads, absolute, if the source says so and its words do not say the same.
  public var target: [UInt8]?

  /// A role over bytes of a text.
  public init(_ bytes: Range<Int>, _ role: Role, target: [UInt8]? = nil) {
    self.bytes = bytes
    self.role = role
    self.target = target
  }

  /// The same role over the same words of a text that they are put into.
  public func moved(by offset: Int) -> RoleSpan {
    RoleSpan(bytes.lowerBound + offset..<bytes.upperBound + offset, role, target: target)
  }
}

/// Text as read from a source: valid UTF-8, paragraphs parted by one blank line, lines by LF, no
/// trailing white space, and the roles of its parts.
public struct ParsedText: Hashable, Sendable {
  /// Valid UTF-8.
  public var utf8: [UInt8]
  /// Roles, ordered by start; they may nest but never cross.
  public var spans: [RoleSpan]

  /// Text with its roles.
  public init(utf8: [UInt8] = [], spans: [RoleSpan] = []) {
    self.utf8 = utf8
    self.spans = spans
  }

  /// Text without roles.
  public init(_ string: String) {
    utf8 = Array(string.utf8)
    spans = []
  }
}

/// What an entry of a discussion is.
public enum EntryKind: UInt8, Sendable, CaseIterable {
  /// The opening post.
  case post = 0
  /// A comment or reply.
  case comment
  /// An answer to a question.
  case answer
  /// A pingback or trackback: another page that links here.
  case pingback
}

/// One comment as a reader of a format hands it over, in any order.
public struct ParsedComment: Hashable, Sendable {
  /// Whom a comment answers.
  public enum Parent: Hashable, Sendable {
    /// The post itself.
    case post
    /// The comment at this position of the same `comments` array.
    case comment(Int)
    /// The comment (or post) with this native id; an orphan answers the post.
    case id([UInt8])
  }

  /// The format's own lasting id (Message-ID, `t1_…`, permalink), UTF-8, if it has one.
  public var nativeID: [UInt8]?
  /// Whom it answers.
  public var parent: Parent
  /// What it is.
  public var kind: EntryKind
  /// The author's name as the source states it, UTF-8; nil when it does not.
  public var author: [UInt8]?
  /// When it was written; nil when the source does not say.
  public var date: Timestamp?
  /// Votes, if the source counts them.
  public var score: Int32?
  /// Deleted or removed: the place in the tree stays, the words are gone.
  public var isRemoved: Bool
  /// The words.
  public var text: ParsedText
  /// First line (1-based) of the comment in its source, if it has lines.
  public var line: Int?

  /// A comment with what its source says of it.
  public init(
    nativeID: [UInt8]? = nil, parent: Parent = .post, kind: EntryKind = .comment,
    author: [UInt8]? = nil, date: Timestamp? = nil, score: Int32? = nil, isRemoved: Bool = false,
    text: ParsedText = ParsedText(), line: Int? = nil
  ) {
    self.nativeID = nativeID
    self.parent = parent
    self.kind = kind
    self.author = author
    self.date = date
    self.score = score
    self.isRemoved = isRemoved
    self.text = text
    self.line = line
  }
}

/// A post and its comments as a reader of a format hands them over.
///
/// What the source does not say stays nil: nothing is guessed here.
public struct ParsedDiscussion: Hashable, Sendable {
  /// The post's title, UTF-8, one line; empty when the source has none.
  public var title: [UInt8]
  /// The post's author, UTF-8.
  public var author: [UInt8]?
  /// When the post was written.
  public var date: Timestamp?
  /// Short name of the format, such as `text-page`.
  public var format: String
  /// The canonical address, UTF-8.
  public var url: [UInt8]?
  /// The format's own lasting id of the post (Message-ID), UTF-8.
  public var nativeID: [UInt8]?
  /// Categories as the source names them, UTF-8 each.
  public var categories: [[UInt8]]
  /// The number of comments that the source claims to have.
  public var declaredComments: Int?
  /// Whether the source says that comments are closed (true) or open (false).
  public var isClosed: Bool?
  /// The post's own words.
  public var body: ParsedText
  /// Votes for the post, if the source counts them.
  public var score: Int32?
  /// The comments in the source's order; parents may come after their replies.
  public var comments: [ParsedComment]
  /// Paths (bytes as the file system has them) of the sources that this stands in.
  public var sources: [[UInt8]]
  /// First line (1-based) of the post in its source, if it has lines.
  public var line: Int?

  /// A discussion with what its source says of it.
  public init(
    title: [UInt8] = [], author: [UInt8]? = nil, date: Timestamp? = nil, format: String = "",
    url: [UInt8]? = nil, nativeID: [UInt8]? = nil, categories: [[UInt8]] = [],
    declaredComments: Int? = nil, isClosed: Bool? = nil, body: ParsedText = ParsedText(),
    score: Int32? = nil, comments: [ParsedComment] = [], sources: [[UInt8]] = [], line: Int? = nil
  ) {
    self.title = title
    self.author = author
    self.date = date
    self.format = format
    self.url = url
    self.nativeID = nativeID
    self.categories = categories
    self.declaredComments = declaredComments
    self.isClosed = isClosed
    self.body = body
    self.score = score
    self.comments = comments
    self.sources = sources
    self.line = line
  }
}
