/// The words of furniture: English, German, French, Spanish, and the commonest of Italian, Portuguese, Dutch,
/// Polish and Swedish.
extension Furniture {
  /// Says that comments are closed.
  static let closedWhole: [StaticText] = [
    "comments are closed", "comments closed", "comments off", "commenting is closed",
    "die kommentare sind geschlossen", "kommentare sind geschlossen", "kommentare geschlossen",
    "les commentaires sont fermés", "los comentarios están cerrados", "not open for further replies",
    "commenting has been closed", "das kommentieren dieses artikels wurde deaktiviert",
    "i commenti sono chiusi", "os comentários estão fechados", "os comentários estão desativados",
    "reacties zijn gesloten", "kommentarer är stängda", "komentarze są wyłączone", "commentaires fermés",
    "comentarios cerrados", "le discussioni sono chiuse", "this discussion has been closed",
    "this topic is closed", "this thread is closed", "kommentarfunktion geschlossen",
  ]
  static let closedPrefixes: [StaticText] = [
    "comments are closed", "comments for this post are closed", "comments on this entry are closed",
    "die kommentarfunktion ist", "kommentarfunktion ist geschlossen", "comments to this entry are closed",
    "comments for this entry are closed", "comments are now closed", "the comments to this entry are closed",
    "les commentaires sont fermés", "los comentarios están cerrados",
    "this topic has been automatically closed", "this thread has been closed", "this topic is now closed",
    "this post has been closed", "diese diskussion ist geschlossen",
  ]

  /// Begins a form for one more comment; what follows belongs to nobody.
  static let formWhole: [StaticText] = [
    "leave a reply", "leave a comment", "leave your comment", "leave comment", "leave a response",
    "post a comment", "postpost a new comment", "post a new comment", "post comment", "add a comment",
    "add your comment", "add comment", "write a comment", "submit a comment", "cancel reply",
    "join the discussion", "join the conversation", "have your say", "reply to this post", "post a reply",
    "write your comment", "your comment", "submit comment", "leave your reply", "comment on this post",
    "schreibe einen kommentar", "schreib einen kommentar", "einen kommentar schreiben",
    "kommentar schreiben", "kommentar verfassen", "kommentar hinterlassen", "kommentieren",
    "einen kommentar abschicken", "kommentar hinzufügen", "kommentar posten", "einen kommentar hinterlassen",
    "kommentar abgeben", "neuen kommentar schreiben",
    "neuen kommentar verfassen", "hinterlasse eine antwort", "hinterlasse einen kommentar", "dein kommentar",
    "ihr kommentar", "hinterlassen sie einen kommentar", "schreiben sie einen kommentar",
    "kommentar veröffentlichen",
    "antwort hinterlassen", "antwort schreiben", "antwort abbrechen", "laisser un commentaire",
    "laissez un commentaire", "ajouter un commentaire", "écrire un commentaire", "poster un commentaire",
    "publier un commentaire", "laisser une réponse", "votre commentaire", "enregistrer un commentaire",
    "annuler la réponse", "rédiger un commentaire", "répondre à ce sujet", "deja un comentario",
    "deja una respuesta", "dejar un comentario", "deja tu comentario", "publicar un comentario",
    "escribe un comentario", "añadir comentario", "agregar un comentario", "cancelar respuesta",
    "cancelar la respuesta", "escribir un comentario", "lascia un commento", "lascia una risposta",
    "invia un commento", "posta un commento", "annulla risposta", "deixe um comentário", "deixe uma resposta",
    "postar um comentário", "enviar um comentário", "cancelar resposta", "geef een reactie",
    "laat een reactie achter",
    "plaats een reactie", "een reactie posten", "dodaj komentarz", "prześlij komentarz", "lämna ett svar",
    "skriv en kommentar", "kommentera", "lämna en kommentar", "newer post", "older post",
  ]
  static let formPrefixes: [StaticText] = [
    "leave a reply ", "enter your information below", "your email address will not be published",
    "your email is never", "your e-mail address will not be", "deine e-mail-adresse wird nicht",
    "ihre e-mail-adresse wird nicht", "votre adresse e-mail ne sera", "votre adresse de messagerie",
    "tu dirección de correo", "su dirección de correo", "il tuo indirizzo email non",
    "o seu endereço de e-mail não",
    "o seu endereço de email não", "je e-mailadres", "het e-mailadres wordt niet", "din e-postadress",
    "twój adres e-mail nie", "fill in your details below", "trage deine daten unten ein",
    "you are commenting using your", "du kommentierst mit", "connecting to %s", "verbinde mit %s",
    "connexion à %s", "conectando a %s", "entrez vos coordonnées ci-dessous", "introduce tus datos",
    "some html allowed", "this site uses akismet", "diese website verwendet akismet",
    "ce site utilise akismet", "este sitio usa akismet", "subscribe to: post comments",
    "abonnieren kommentare zum post", "inscription à : publier", "suscribirse a: enviar comentarios",
    "name (required)", "notify me of", "schreibe einen kommentar ", "required fields are marked",
    "you must be logged in to", "author email (", "author url (", "you must log in or register",
    "kommentar verfassen ", "leave a comment ", "leave a comment!", "du musst angemeldet sein",
    "du musst dich einloggen", "vous devez être connecté", "debes iniciar sesión para",
    "lo siento, debes estar",
    "please log in to leave", "sign in to leave a comment", "log in to leave a comment", "html tags allowed",
  ]

  /// Buttons and badges around a comment or a post; each is a line of its own.
  static let buttonWhole: [StaticText] = [
    "permalink", "permanent link", "link", "#", "delete", "löschen", "replies", "edit", "(edit)",
    "copy link", "link to comment", "share on other sites", "share", "share ›", "teilen", "partager",
    "compartir",
    "loading", "lade", "wird geladen", "chargement", "cargando", "show more", "read more", "weiterlesen",
    "mehr anzeigen", "lire la suite", "leer más", "vote up", "vote down", "show parent", "hide",
    "your comment is awaiting moderation", "click to expand", "zum vergrößern anklicken", "comment options",
    "collapse", "expand", "reactions:", "reactions", "add a comment |", "add a comment", "save", "follow",
    "more options", "comments", "leave new", "previous comments", "older comments", "newer comments",
    "load more comments", "load more", "ältere kommentare", "neuere kommentare", "← older comments",
    "newer comments →", "← ältere kommentare", "neuere kommentare →", "commentaires précédents",
    "comentarios anteriores", "show all comments", "sort by", "newest", "oldest", "best", "edited",
    "close", "back to top", "last edited", "last edited by a moderator", "zuletzt bearbeitet",
    "zuletzt bearbeitet von einem moderator", "more actions", "select", "new", "op", "|", "·", "•", "remove",
    "hide replies", "show replies", "view replies", "kommentarlink", "direktlink", "lien permanent",
    "enlace permanente", "supprimer", "modifier", "eliminar", "editar", "bearbeiten",
    "share this comment", "bookmark", "add bookmark", "toggle dropdown", "jump to latest", "source", "embed",
    "give award", "load more comments", "track me",
  ]
  static let buttonPrefixes: [StaticText] = [
    "liked by ", "%d bloggers like this", "%d blogger", "loading...", "lade …", "your comment is awaiting",
    "dein kommentar wartet", "votre commentaire est en attente", "tu comentario está pendiente",
    "log in or register to", "reactions: ", "last edited: ", "zuletzt bearbeitet: ", "reaktionen: ",
  ]

  /// Buttons that stand under each comment.
  static let replyWhole: [StaticText] = [
    "reply", "antworten", "antwort", "répondre", "responder", "rispondi", "beantwoorden", "reageren", "svara",
    "odpowiedz", "reply ↓", "↓ reply", "reply →", "antworten ↓", "répondre ↓", "responder ↓", "like", "liken",
    "likes", "gefällt mir", "j'aime", "me gusta", "mi piace", "gosto", "unlike", "dislike", "replydelete",
    "antwortenlöschen", "respondereliminar", "responderexcluir", "répondresupprimer", "rispondielimina",
    "beantwoordenverwijderen", "odpowiedzusuń", "svararadera", "responderborrar", "quote", "zitieren",
    "citer",
    "citar", "cita", "zitat", "report", "report comment", "melden", "signaler", "reportar", "report abuse",
    "flag", "log in to reply", "upvote", "downvote", "comment", "zitieren #", "reply quote",
    "reply with quote",
    "mit zitat antworten", "antworten mit zitat", "répondre en citant", "responder citando", "reply delete",
    "beitrag melden", "reply to this", "reply to this comment", "antworten löschen",
    "répondre supprimer", "responder eliminar",
  ]
  static let replyPrefixes: [StaticText] = [
    "gefällt ", "aimé par ", "reply to ", "antworte auf ", "antworten auf ", "répondre à ", "responder a ",
    "sign in to reply", "login to reply", "log in to reply", "anmelden um zu antworten",
    "zum antworten anmelden", "melde dich an, um zu", "connectez-vous pour répondre",
    "identifiez-vous pour répondre", "inicia sesión para responder", "accede para responder",
  ]

  /// Share, print and sign-up links around a post.
  static let shareWhole: [StaticText] = [
    "share this", "like this", "like this:", "related", "share this post", "teilen mit", "gefällt mir",
    "partager", "j'aime", "compartir", "print", "email", "tweet", "pin it", "facebook", "twitter",
    "pinterest",
    "linkedin", "whatsapp", "printview printer friendly version", "emailemail article to friend",
    "email article to friend", "view printer friendly version", "printer friendly version", "email this post",
    "print this post", "« previous", "next »", "main", "home", "save", "advertisement", "advertisements",
    "anzeige", "publicité", "publicidad",
  ]
  static let sharePrefixes: [StaticText] = [
    "share on ", "click to share", "klick, um ", "auf facebook teilen", "sign up for our ",
    "sign up to our ", "sign up for my ", "subscribe to our ", "subscribe to my ", "subscribe via ",
    "abonniere unseren ", "melde dich zu unserem ", "printview ", "emailemail ", "emailblogthis",
    "%d bloggers like this", "cliquez pour partager", "haz clic para compartir",
  ]

  /// What a page prints under its last words.
  static let footWhole: [StaticText] = [
    "top", "back", "bottom", "top bottom", "back top", "back top bottom", "oben", "unten", "nach oben",
    "zurück",
    "haut", "arriba", "volver arriba", "locked", "gesperrt", "log in", "sign up", "register",
    "suggested topics",
    "related topics", "similar threads", "ähnliche themen", "ähnliche beiträge", "related posts",
    "trending topics",
    "similar topics", "recommended reading", "full forum listing", "return to top", "post reply", "working",
    "users who are viewing this thread", "you may also like",
  ]
  static let footPrefixes: [StaticText] = [
    "powered by ", "all times are ", "alle zeiten sind ", "return to “", "return to \"", "zurück zu „",
    "zurück zu \"",
    "you must be registered for see", "you must log in to", "copyright ©", "©", "the time now is",
    "es ist jetzt ",
    "total: ", "mitglieder in diesem forum:", "users browsing this forum", "display posts from previous",
    "theme designed by",
  ]

  /// Fields of a forum's profile box.
  static let profileWhole: [StaticText] = [
    "member", "new member", "junior member", "senior member", "active member", "well-known member",
    "moderator",
    "administrator", "staff member", "super moderator", "registered", "registered user", "guest",
    "premium member",
    "platinum member", "gold member", "forum moderator", "global moderator", "site admin", "admin", "newbie",
    "mitglied", "neues mitglied", "aktives mitglied", "bekanntes mitglied", "benutzer", "neuer benutzer",
    "erfahrener benutzer", "gast", "team", "membre", "nouveau membre", "modérateur", "administrateur",
    "miembro",
    "moderador", "administrador", "joined", "messages", "posts", "reaction score", "points", "location",
    "likes",
    "registriert", "beiträge", "ort", "punkte", "reaktionspunkte", "user avatar", "benutzeravatar",
    "avatar de l’utilisateur", "avatar de l'utilisateur", "avatar de usuario", "offline", "online",
    "thread starter",
    "themenstarter", "topic author", "original poster", "contributor", "veteran", "supporter", "elite member",
    "vip member", "contributor", "collaborator", "owner", "author", "apprentice", "deleted member",
  ]
  static let profilePrefixes: [StaticText] = [
    "posts: ", "joined: ", "location: ", "messages: ", "messages : ", "reaction score: ", "points: ",
    "contact:",
    "gender: ", "age: ", "join date: ", "registered: ", "beiträge: ", "registriert: ", "wohnort: ",
    "geschlecht: ",
    "alter: ", "mitglied seit: ", "inscrit le : ", "localisation : ", "enregistré le : ", "mensajes: ",
    "ubicación: ",
    "registrado: ", "likes: ", "reputation: ", "thanks: ", "rep power", "kontaktdaten:", "real name: ",
    "liked: ",
    "thanked: ", "has thanked: ", "been thanked: ",
  ]
}
