/// Lines that blog software prints and nobody wrote.
enum Furniture {
  /// Says that comments are closed.
  static let closed = PhraseTable(
    whole: [
      "comments are closed", "comments closed", "comments off", "commenting is closed",
      "die kommentare sind geschlossen", "kommentare sind geschlossen", "kommentare geschlossen",
      "les commentaires sont fermés", "los comentarios están cerrados", "not open for further replies",
      "commenting has been closed", "das kommentieren dieses artikels wurde deaktiviert",
    ],
    prefixes: [
      "comments are closed", "comments for this post are closed", "comments on this entry are closed",
      "die kommentarfunktion ist", "kommentarfunktion ist geschlossen",
    ])

  /// Begins a form for one more comment; what follows belongs to nobody.
  static let form = PhraseTable(
    whole: [
      "leave a reply", "leave a comment", "leave your comment", "leave comment", "leave a response",
      "post a comment", "postpost a new comment", "post a new comment", "post comment", "add a comment",
      "add your comment", "add comment", "write a comment", "submit a comment", "cancel reply",
      "join the discussion", "join the conversation", "have your say", "reply to this post",
      "schreibe einen kommentar", "schreib einen kommentar", "einen kommentar schreiben",
      "kommentar schreiben", "kommentar verfassen", "kommentar hinterlassen", "kommentieren",
      "hinterlasse eine antwort", "hinterlasse einen kommentar", "dein kommentar", "ihr kommentar",
      "laisser un commentaire", "laissez un commentaire", "ajouter un commentaire",
      "deja un comentario", "deja una respuesta", "dejar un comentario", "newer post", "older post",
    ],
    prefixes: [
      "leave a reply ", "enter your information below", "your email address will not be published",
      "your email is never", "your e-mail address will not be", "deine e-mail-adresse wird nicht",
      "ihre e-mail-adresse wird nicht", "votre adresse e-mail ne sera", "votre adresse de messagerie",
      "tu dirección de correo", "fill in your details below", "trage deine daten unten ein",
      "you are commenting using your", "du kommentierst mit", "connecting to %s", "verbinde mit %s",
      "some html allowed", "this site uses akismet", "diese website verwendet akismet",
      "subscribe to: post comments", "name (required)", "notify me of", "schreibe einen kommentar ",
      "required fields are marked", "you must be logged in to", "author email (", "author url (",
      "you must log in or register", "kommentar verfassen ", "leave a comment ", "leave a comment!",
      "du musst angemeldet sein",
    ])

  /// Buttons and badges around a comment or a post; each is a line of its own.
  static let button = PhraseTable(
    whole: [
      "reply", "antworten", "antwort", "répondre", "responder", "rispondi", "reply ↓", "↓ reply",
      "like", "liken", "likes", "gefällt mir", "j'aime", "me gusta", "unlike", "dislike", "permalink",
      "permanent link", "link", "#", "replydelete", "antwortenlöschen", "respondereliminar",
      "répondresupprimer", "delete", "löschen", "replies", "edit", "(edit)", "quote", "zitieren",
      "copy link", "link to comment", "share on other sites", "share", "teilen", "report", "report comment",
      "melden", "report abuse", "flag", "log in to reply", "loading", "lade", "wird geladen",
      "show more", "read more", "vote up", "vote down", "upvote", "downvote", "show parent", "hide",
      "your comment is awaiting moderation", "click to expand", "comment options", "collapse", "expand",
      "reactions:", "add a comment |", "add a comment", "save", "follow", "more options",
      "comments", "leave new", "previous comments", "older comments", "newer comments", "load more comments",
      "load more", "ältere kommentare", "neuere kommentare", "← older comments", "newer comments →",
      "show all comments", "sort by", "newest", "oldest", "best", "edited", "close", "back to top",
    ],
    prefixes: [
      "liked by ", "gefällt ", "aimé par ", "%d bloggers like this", "%d blogger", "loading...",
      "lade …", "your comment is awaiting", "log in or register to", "reply to ", "antworte auf ",
      "antworten auf ", "sign in to reply", "login to reply", "anmelden um zu antworten",
      "zum antworten anmelden", "melde dich an, um zu",
    ])

  /// Share, print and sign-up links around a post.
  static let share = PhraseTable(
    whole: [
      "share this", "like this", "like this:", "related", "share this post", "teilen mit", "gefällt mir",
      "print", "email", "tweet", "pin it", "facebook", "twitter", "pinterest", "linkedin", "whatsapp",
      "printview printer friendly version", "emailemail article to friend", "email article to friend",
      "view printer friendly version", "printer friendly version", "email this post", "print this post",
      "« previous", "next »", "main", "home", "save", "advertisement", "advertisements", "anzeige",
    ],
    prefixes: [
      "share on ", "click to share", "klick, um ", "auf facebook teilen", "sign up for our ",
      "sign up to our ", "sign up for my ", "subscribe to our ", "subscribe to my ", "subscribe via ",
      "abonniere unseren ", "melde dich zu unserem ", "printview ", "emailemail ", "emailblogthis",
      "%d bloggers like this",
    ])

  /// The footer under a post that names its categories and its permanent link.
  static func isPostFooter(_ phrase: Phrase) -> Bool {
    phrase.contains("bookmark the permalink") || phrase.starts(with: "this entry was posted ")
      || phrase.starts(with: "dieser beitrag wurde") || phrase.starts(with: "this post was posted")
      || phrase.starts(with: "ce contenu a été publié") || phrase.starts(with: "esta entrada fue publicada")
  }

  /// Links to the page before and after, as in `« older | Main | newer »`.
  static func isNavigation(_ phrase: Phrase) -> Bool {
    let begins = [StaticText("«"), "‹", "←", "<<"].contains { phrase.starts(with: $0) }
    let ends = [StaticText("»"), "›", "→", ">>"].contains { phrase.ends(with: $0) }
    return begins && (ends || phrase.contains(" | ")) || ends && phrase.contains(" | ")
  }

  /// A line that gives credit for a picture: `Image credit: …`, `Picture credit.`, `Foto: …`.
  static func isCredit(_ phrase: Phrase) -> Bool {
    let words = phrase.words
    guard words.count <= 12, let first = words.first else { return false }
    let noun = String(decoding: first.prefix { $0 != 0x3A && $0 != 0x2E }, as: UTF8.self)
    let endsInColon = first.last == 0x3A
    if ["bildquelle", "bildnachweis", "titelbild", "fotocredit", "beitragsbild"].contains(noun) {
      return endsInColon
    }
    if ["foto", "photo", "bild", "image", "picture"].contains(noun), endsInColon { return true }
    guard words.count >= 2,
      ["image", "picture", "photo", "photograph", "header", "featured", "cover", "crédit"].contains(noun)
    else { return false }
    let second = String(decoding: words[1].prefix { $0 != 0x3A && $0 != 0x2E }, as: UTF8.self)
    let isCreditWord = ["credit", "credits", "courtesy", "source", "crédit"].contains(second)
    return isCreditWord && (words.count == 2 || words[1].last == 0x3A || words.count <= 8)
      || second == "by" && words.count <= 7
      || ["image", "photo", "picture"].contains(second) && words.count > 2
        && [StaticText("credit"), "by", "courtesy"].contains { words[2].starts(with: $0.utf8) }
  }
}
