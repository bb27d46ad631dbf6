/// What the words in names of classes and ids say of an element. Names are chosen by people and software
/// all over the web; these are the words they choose for the parts of a comment.
struct ClassWord: OptionSet {
  let rawValue: UInt64

  /// A comment, or several.
  static let comment = ClassWord(rawValue: 1 << 0)
  static let comments = ClassWord(rawValue: 1 << 1)
  /// A reply or an answer, or several.
  static let reply = ClassWord(rawValue: 1 << 2)
  static let replies = ClassWord(rawValue: 1 << 3)
  /// A post or message of a forum.
  static let post = ClassWord(rawValue: 1 << 4)
  static let pingback = ClassWord(rawValue: 1 << 5)
  /// One of several like it: item, box, entry, row.
  static let unit = ClassWord(rawValue: 1 << 6)
  /// Who wrote it, said surely or perhaps.
  static let author = ClassWord(rawValue: 1 << 7)
  static let name = ClassWord(rawValue: 1 << 8)
  static let date = ClassWord(rawValue: 1 << 9)
  /// The words themselves.
  static let text = ClassWord(rawValue: 1 << 10)
  /// The lines above and below them.
  static let meta = ClassWord(rawValue: 1 << 11)
  /// What a reader may press, and what counts presses.
  static let action = ClassWord(rawValue: 1 << 12)
  static let avatar = ClassWord(rawValue: 1 << 13)
  static let signature = ClassWord(rawValue: 1 << 14)
  /// Where replies are kept.
  static let children = ClassWord(rawValue: 1 << 15)
  /// Parts of a page around its content.
  static let furniture = ClassWord(rawValue: 1 << 16)
  /// What makes a date be not that of writing.
  static let otherTime = ClassWord(rawValue: 1 << 17)
  static let link = ClassWord(rawValue: 1 << 18)
  /// A rank, a badge, a label, facts about a member.
  static let badge = ClassWord(rawValue: 1 << 19)
  static let hidden = ClassWord(rawValue: 1 << 20)
  static let deleted = ClassWord(rawValue: 1 << 21)
  static let question = ClassWord(rawValue: 1 << 22)
  static let quote = ClassWord(rawValue: 1 << 23)
  static let score = ClassWord(rawValue: 1 << 24)
  static let form = ClassWord(rawValue: 1 << 25)
  static let recent = ClassWord(rawValue: 1 << 26)
  /// Text as browsers for the blind read it aloud.
  static let spoken = ClassWord(rawValue: 1 << 27)
  /// Facts about a member, as forums have them beside each post.
  static let member = ClassWord(rawValue: 1 << 29)
  /// The words of a post, in one word.
  static let wordsOfPost = ClassWord(rawValue: 1 << 33)
  /// Around the replies to what stands before.
  static let indented = ClassWord(rawValue: 1 << 32)
  /// One of several like it, and never a part of one.
  static let wholeUnit = ClassWord(rawValue: 1 << 31)
  /// What begins names that say something about an element and not what it is: `category-x`, `has-x`.
  static let attribute = ClassWord(rawValue: 1 << 30)
  /// Small or pale letters.
  static let quiet = ClassWord(rawValue: 1 << 28)

  /// What a word in lower case says.
  static func of(_ hash: UInt64) -> ClassWord { table[hash] ?? [] }

  private static let table: [UInt64: ClassWord] = {
    var table: [UInt64: ClassWord] = [:]
    for (words, kind) in vocabulary {
      for word in words.split(separator: " ") {
        let bytes = Array(word.utf8)
        table[HTMLNameHash.of(bytes.span, 0, bytes.count), default: []].insert(kind)
      }
    }
    return table
  }()

  private static let vocabulary: [(String, ClassWord)] = [
    (
      "comment idc kommentar commentaire comentario commento comentário reactie komentarz kommentti koment cmt comm",
      .comment
    ),
    (
      "comments commentlist kommentare commentaires comentarios commenti reacties komentarze discussion",
      .comments
    ),
    ("reply answer response antwort respuesta reponse risposta resposta followup reaction", .reply),
    ("replies answers responses antworten respuestas reponses risposte respostas children", .replies),
    ("post message msg posting beitrag topicpost postbit postcontainer postwrapper", .post),
    ("pingback pingbacks trackback trackbacks pings webmention", .pingback),
    (
      "item box wrap wrapper block container entry row node single inner outer holder unit card cell element main article row",
      .unit
    ),
    (
      "author username bigusername commenter poster byline nickname nick fn creator commentauthor authorname postauthor"
        + " autor auteur autore displayname commentername commentauthorname authorlink screenname hnuser"
        + " commentator postername postedby redactor",
      .author
    ),
    ("name user by vcard member login handle writer profile usr usuario", .name),
    (
      "date time datetime timestamp published timeago ago when datum fecha posted created commentdate postdate"
        + " commenttime posttime relativetime dateline zeit pubdate submitted relative dtreviewed dtstart age",
      .date
    ),
    (
      "text content contents commtext body copy description prose markdown wysiwyg txt commenttext commentbody"
        + " commentcontent postbody postcontent posttext messagetext messagebody usertext inhalt texte corps"
        + " contenido bbwrapper richtext html words commentdata messagecontent postmessage cooked msgbody texto",
      .text
    ),
    (
      "meta metadata head header headline info infos details attribution topbar tagline commentmetadata commentmeta"
        + " commentinfo postinfo postinfos postdetails commenthead commentheader posthead postheader keyinfo"
        + " postmeta commentinfos foot footer commentfooter postfooter commentfoot bottom subhead title subject"
        + " titel betreff",
      .meta
    ),
    (
      "reply action actions tools toolbar controls control buttons button btn bar menu options dropdown vote votes"
        + " voting rating ratings like likes share sharing points edit report flag moderate moderation says"
        + " counter number nr position permalink replylink commentreply quotelink spam abuse more toggle expand"
        + " collapse feedback upvote downvote arrow tooltip bookmark follow subscribe upvotes downvotes thumbs"
        + " antworten responder repondre rispondi delete karma recommend toolbox cta attach actionbar utils",
      .action
    ),
    (
      "avatar gravatar photo thumb thumbnail userpic picture image icon pic img userpicture avatars foto",
      .avatar
    ),
    ("signature sig", .signature),
    ("children replies child nested subcomments", .children),
    (
      "nav navigation sidebar widget widgets related share social breadcrumb breadcrumbs promo ad ads advert"
        + " advertisement banner newsletter cookie consent modal popup pagination pager pagenav sharedaddy"
        + " jprelatedposts masthead sitemap navbar rail recommended teaser teasers sponsored outbrain taboola"
        + " crosssell upsell",
      .furniture
    ),
    (
      "reading read joined join since registered edited updated modified last expires expiry register"
        + " birthday seen visit",
      .otherTime
    ),
    ("link url href anchor", .link),
    (
      "badge badges rank role label status usertitle banner group extra extras stats stat count posts joined"
        + " location flair karma reputation awards award userstats pairs registered level trophy team tag verified"
        + " says online offline",
      .badge
    ),
    ("hidden invisible displaynone concealed", .hidden),
    ("deleted removed missing gone unpublished tombstone", .deleted),
    ("question questions", .question),
    ("quote blockquote quoted quotetitle bbcodequote", .quote),
    ("score votes points upvotes", .score),
    ("form respond login signup fieldset editor commentform replyform", .form),
    ("recent latest recentcomments popular top newest aktuelle neueste recientes", .recent),
    (
      "joined registered usertitle userstats postcount postprofile userinfo userextras authorinfo poster"
        + " memberinfo userdetails postuser",
      .member
    ),
    ("item box wrap wrapper block container entry", .wholeUnit),
    ("indented children replies", .indented),
    (
      "postbody posttext postcontent postmessage messagetext messagebody messagecontent commenttext commentbody"
        + " commentcontent msgbody",
      .wordsOfPost
    ),
    (
      "category cat tag term type status format taxonomy label has no with without can hide show if not",
      .attribute
    ),
    ("secondary muted small help hint tiny light gray grey sub pale faded", .quiet),
    ("sr reader screenreader spoken assistive visually visuallyhidden", .spoken),
  ]
}

/// One name of a class, or an id, taken apart: words parted by hyphens, underscores, changes of case and
/// digits.
struct ClassName {
  /// What all its words say together.
  var all: ClassWord = []
  /// What the first and the last say.
  var first: ClassWord = []
  var last: ClassWord = []
  var wordCount = 0
  /// Hash of all before the last run of digits, when the name ends with digits.
  var prefixHash: UInt64?
  /// Those digits.
  var number: Range<Int>?
  /// Hash of the whole name, in lower case.
  var hash = HTMLNameHash.start

  /// Whether it begins with `js-`.
  let isForScripts: Bool

  /// Takes a stretch of bytes apart.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var wordHash = HTMLNameHash.start
    var wordLength = 0
    var wasLower = false
    var digitStart: Int?
    isForScripts =
      range.count > 3 && bytes[range.lowerBound] == 0x6A && bytes[range.lowerBound + 1] == 0x73
      && bytes[range.lowerBound + 2] == 0x2D
    var hashBeforeDigits = HTMLNameHash.start
    for position in range {
      var byte = bytes[position]
      let isUpper = byte &- 0x41 < 26
      if isUpper { byte |= 0x20 }
      let isDigit = byte &- 0x30 < 10
      if isDigit {
        if digitStart == nil {
          digitStart = position
          hashBeforeDigits = hash
        }
      } else {
        digitStart = nil
      }
      let isLetter = byte &- 0x61 < 26 || byte >= 0x80
      if !isLetter || isUpper && wasLower {
        end(wordHash, wordLength)
        (wordHash, wordLength) = (HTMLNameHash.start, 0)
      }
      if isLetter {
        wordHash = HTMLNameHash.mixed(wordHash, byte)
        wordLength += 1
      }
      wasLower = isLetter && !isUpper
      hash = HTMLNameHash.mixed(hash, byte)
    }
    end(wordHash, wordLength)
    if let digitStart {
      prefixHash = hashBeforeDigits
      number = digitStart..<range.upperBound
    }
  }

  private mutating func end(_ word: UInt64, _ length: Int) {
    guard length > 0 else { return }
    let kind = ClassWord.of(word)
    if wordCount == 0 { first = kind }
    last = kind
    all.formUnion(kind)
    wordCount += 1
  }

  /// Whether an element of this name may be one comment of several.
  var isUnit: Bool {
    if wordCount > 1, first.contains(.attribute) { return false }
    if all.contains(.form) || all.contains(.avatar) || all.contains(.furniture) { return false }
    if !last.isDisjoint(with: [.comment, .reply, .post, .pingback]) { return wordCount < 5 }
    if !all.isDisjoint(with: [.comment, .reply, .pingback, .comments]) { return last.contains(.unit) }
    return all.contains(.post) && last.contains(.wholeUnit)
  }

  /// Whether it names something of a post, a message or a comment: `postbody`.
  var isOfPosts: Bool {
    !all.isDisjoint(with: [.post, .comment]) || wordCount == 1 && all.contains(.wordsOfPost)
  }

  /// How strongly it names an author: 0 not at all.
  var authorRank: UInt8 {
    if all.contains(.avatar) || all.contains(.text) || all.contains(.form) { return 0 }
    if wordCount > 1, first.contains(.attribute) { return 0 }
    if last.contains(.author) { return 7 }
    if all.contains(.author), last.contains(.name) || last.contains(.link) { return 7 }
    if last.contains(.name), !all.contains(.action) {
      return wordCount == 1 || all.contains(.comment) ? 6 : 5
    }
    return 0
  }

  /// Whether it names the time of writing.
  var isDate: Bool {
    guard all.isDisjoint(with: [.otherTime, .text, .form]) else { return false }
    return last.contains(.date) || all.contains(.date) && !last.isDisjoint(with: [.link, .unit, .meta])
  }

  /// Whether it names the words of a comment.
  var isText: Bool {
    guard all.isDisjoint(with: [.form, .author, .date, .avatar, .quiet]),
      !all.contains(.action) || all.contains(.reply)
    else { return false }
    return last.contains(.text) || all.contains(.text) && last.contains(.unit)
  }
}
