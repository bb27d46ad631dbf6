/// Names of attributes that say something of comments, by hash.
enum PageAttribute {
  static let author = HTMLNameHash.of("author")
  static let created = HTMLNameHash.of("created")
  static let content = HTMLNameHash.of("content")
  static let dataAuthor = HTMLNameHash.of("data-author")
  static let dataAuthorName = HTMLNameHash.of("data-author-username")
  static let dataCommentAuthor = HTMLNameHash.of("data-comment-author")
  static let dataUserName = HTMLNameHash.of("data-username")
  static let dataTime = HTMLNameHash.of("data-time")
  static let dataTimestamp = HTMLNameHash.of("data-timestamp")
  static let dataUtime = HTMLNameHash.of("data-utime")
  static let datetime = HTMLNameHash.of("datetime")
  static let itemid = HTMLNameHash.of("itemid")
  static let itemprop = HTMLNameHash.of("itemprop")
  static let itemtype = HTMLNameHash.of("itemtype")
  static let name = HTMLNameHash.of("name")
  static let property = HTMLNameHash.of("property")
  static let rel = HTMLNameHash.of("rel")
  static let role = HTMLNameHash.of("role")
  static let slot = HTMLNameHash.of("slot")
  static let title = HTMLNameHash.of("title")
  static let typeof = HTMLNameHash.of("typeof")
}

/// Names of properties and types of schema.org and its kin, in lower case, by hash.
enum PageProperty {
  static let acceptedAnswer = HTMLNameHash.of("acceptedanswer")
  static let answer = HTMLNameHash.of("answer")
  static let articleBody = HTMLNameHash.of("articlebody")
  static let author = HTMLNameHash.of("author")
  static let comment = HTMLNameHash.of("comment")
  static let commentText = HTMLNameHash.of("commenttext")
  static let commentTime = HTMLNameHash.of("commenttime")
  static let creator = HTMLNameHash.of("creator")
  static let dateCreated = HTMLNameHash.of("datecreated")
  static let dateModified = HTMLNameHash.of("datemodified")
  static let datePublished = HTMLNameHash.of("datepublished")
  static let discussionForumPosting = HTMLNameHash.of("discussionforumposting")
  static let name = HTMLNameHash.of("name")
  static let question = HTMLNameHash.of("question")
  static let reply = HTMLNameHash.of("reply")
  static let suggestedAnswer = HTMLNameHash.of("suggestedanswer")
  static let text = HTMLNameHash.of("text")
  static let uploadDate = HTMLNameHash.of("uploaddate")
  static let upvoteCount = HTMLNameHash.of("upvotecount")
  static let userComments = HTMLNameHash.of("usercomments")
}

/// Names of classes that mean something as a whole, by hash.
enum PageClass {
  static let answer = HTMLNameHash.of("answer")
  static let displayNone = HTMLNameHash.of("d-none")
  static let fn = HTMLNameHash.of("fn")
  static let pAuthor = HTMLNameHash.of("p-author")

  /// What stands before the number in short ids: `c12`, `p12`, `pid_12`, `t1_12`.
  static let shortPrefixes: Set<UInt64> = [
    HTMLNameHash.of("c"), HTMLNameHash.of("p"), HTMLNameHash.of("pid"), HTMLNameHash.of("pid_"),
    HTMLNameHash.of("edit"), HTMLNameHash.of("td_post_"), HTMLNameHash.of("cmt"), HTMLNameHash.of("m"),
    HTMLNameHash.of("c-"), HTMLNameHash.of("p-"), HTMLNameHash.of("entry-"), HTMLNameHash.of("e"),
    HTMLNameHash.of("thing_t1_"), HTMLNameHash.of("ljcmt"), HTMLNameHash.of("t"), HTMLNameHash.of("cid-"),
  ]
}

extension HTMLNameHash {
  /// The hash of a stretch of bytes in lower case.
  static func ofLowercased(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = start
    for position in range {
      let byte = bytes[position]
      hash = mixed(hash, byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    return hash
  }
}

extension ClassName {
  /// The hash of a name with each run of digits as one mark.
  static func withoutDigits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = HTMLNameHash.start
    var wasDigit = false
    for position in range {
      let byte = bytes[position]
      let isDigit = byte &- 0x30 < 10
      if !isDigit {
        hash = HTMLNameHash.mixed(hash, byte)
      } else if !wasDigit {
        hash = HTMLNameHash.mixed(hash, 0x23)
      }
      wasDigit = isDigit
    }
    return hash
  }
}

/// Links to a person's page.
enum ProfileLink {
  /// Whether an address looks like that of a person on a site: `/users/12/name`, `/member.php?u=1`,
  /// `memberlist.php?mode=viewprofile`, `/@name`, `/~name`.
  static func isProfile(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 4, range.count < 400 else { return false }
    var position = range.lowerBound
    var wordStart = position
    var hash = HTMLNameHash.start
    while position <= range.upperBound {
      let byte = position < range.upperBound ? bytes[position] : 0x2F
      let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
      if lower &- 0x61 < 26 {
        hash = HTMLNameHash.mixed(hash, lower)
      } else {
        if position > wordStart, words.contains(hash) {
          let before = wordStart > range.lowerBound ? bytes[wordStart - 1] : 0x2F
          let isPart = before == 0x2F || before == 0x3F || before == 0x26 || before == 0x3D
          // Something has to follow that says which.
          if isPart, position + 1 < range.upperBound { return true }
        }
        if lower == 0x7E || lower == 0x40, position > range.lowerBound, bytes[position - 1] == 0x2F {
          return true
        }
        hash = HTMLNameHash.start
        wordStart = position + 1
      }
      position += 1
    }
    return false
  }

  private static let words: Set<UInt64> = Set(
    ([
      "user", "users", "member", "members", "profile", "profiles", "memberlist", "author", "u", "people",
      "profil", "viewprofile", "userinfo", "showuser", "mitglied", "perfil", "uid", "membre",
    ] as [StaticString]).map { HTMLNameHash.of($0) })
}
