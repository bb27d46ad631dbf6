/// Everything a reader can do by a key: one table that feeds the keymap, the help, the palette and the
/// README.
public enum Command: String, CaseIterable, Sendable, Hashable {
  // Moving
  case down, up, pageDown, pageUp, halfPageDown, halfPageUp, lineDown, lineUp, first, last
  case readOn, enter, open, out
  case nextUnread, previousUnread, nextMatch, previousMatch
  case nextSibling, previousSibling, parent, firstReply, nextTopLevel, previousTopLevel
  case nextDiscussion, previousDiscussion, nextBySameAuthor, previousBySameAuthor, sameTitle
  case quoteSource, quoters
  case scrollRight, scrollLeft
  // Folding
  case toggleFold, foldClosed, foldOpen, foldAll, unfoldAll, foldToDepth, foldRead, foldNotMatching
  case toggleQuotes, togglePingbacks
  case reroot, unroot
  // Searching
  case search, widenScope, sortHits, takeSuggestion
  case limit, sortList, searchAuthor, firstMention
  // Keeping
  case star, starDiscussion, bookmark, tag, bookmarks, toggleRead, toggleReadWithReplies, catchUp
  case editNote, undo
  // Taking along
  case copyLink, copyText, copyQuote, openLink, listLinks, pipe, save, viewSource, digest, export
  // Going back
  case setMark, goToMark, jumpBack, jumpForward
  // Sources
  case reload, openSource, sources
  // Overviews
  case timeline, wholeTimeline, whoAnswersWhom, authors
  // The screen
  case mouse, reloadConfig
  case morePanes, fewerPanes, focusList, focusThread, focusOutline
  case zoom, palette, repeatLast, help, whereAmI, redraw, suspend, leave, quit, interrupt

  /// The part of the help that a command stands in.
  public enum Section: String, CaseIterable, Sendable {
    case moving = "Moving"
    case folding = "Folding"
    case searching = "Searching"
    case keeping = "Keeping"
    case takingAlong = "Taking along"
    case goingBack = "Going back"
    case sources = "Sources"
    case overviews = "Overviews"
    case screen = "The screen"
  }

  /// What the table says of a command.
  public struct Entry: Sendable {
    /// Default keys in the notation of `KeySequence`; `{a-z}` stands for a letter that follows.
    public let keys: [String]
    /// One sentence, without a full stop.
    public let help: String
    /// Where it stands in the help.
    public let section: Section
  }

  /// The name typed after `:`, such as `next-unread`.
  public var name: String {
    var name = ""
    for scalar in rawValue.unicodeScalars {
      if ("A"..."Z").contains(scalar) {
        name += "-" + String(scalar).lowercased()
      } else {
        name.unicodeScalars.append(scalar)
      }
    }
    return name
  }

  /// The command's row of the table.
  public var entry: Entry {
    switch self {
    case .down: row(["j", "<Down>", "<C-n>"], "Next comment, or next row of a list", .moving)
    case .up: row(["k", "<Up>", "<C-p>"], "Previous comment, or previous row of a list", .moving)
    case .pageDown: row(["<PageDown>", "<C-f>"], "One page down", .moving)
    case .pageUp: row(["b", "<PageUp>", "<C-b>"], "One page up", .moving)
    case .halfPageDown: row(["d", "<C-d>"], "Half a page down", .moving)
    case .halfPageUp: row(["u", "<C-u>"], "Half a page up", .moving)
    case .lineDown: row(["<C-e>"], "One line down", .moving)
    case .lineUp: row(["<C-y>"], "One line up", .moving)
    case .first: row(["gg", "<Home>"], "First row, or the post", .moving)
    case .last: row(["G", "<End>"], "Last row, or the last comment", .moving)
    case .readOn: row(["<Space>"], "Read on: page, next unread comment, next discussion", .moving)
    case .enter: row(["<Enter>"], "Open; on an open comment fold or unfold it", .moving)
    case .open: row(["l", "<Right>"], "Open, or unfold a folded comment", .moving)
    case .out: row(["h", "<Left>"], "Fold, else to the parent, from the post back to the list", .moving)
    case .nextUnread: row(["<Tab>"], "Next unread comment", .moving)
    case .previousUnread: row(["<S-Tab>"], "Previous unread comment", .moving)
    case .nextSibling: row(["J", ")"], "Next reply to the same parent", .moving)
    case .previousSibling: row(["K", "("], "Previous reply to the same parent", .moving)
    case .parent: row(["P", "["], "The comment that this one answers", .moving)
    case .firstReply: row(["]"], "The first reply to this comment", .moving)
    case .nextTopLevel: row(["}"], "Next reply to the post", .moving)
    case .previousTopLevel: row(["{"], "Previous reply to the post", .moving)
    case .nextDiscussion: row([">"], "Next discussion", .moving)
    case .previousDiscussion: row(["<"], "Previous discussion", .moving)
    case .nextBySameAuthor: row(["ga"], "Next comment by the same author", .moving)
    case .previousBySameAuthor: row(["gA"], "Previous comment by the same author", .moving)
    case .sameTitle: row(["="], "Next discussion with the same title", .moving)
    case .quoteSource: row(["gq"], "Where the quote here is from; 2gq: where the second is", .moving)
    case .quoters: row(["gr"], "Who quotes this comment; again for the next", .moving)
    case .scrollRight:
      row(["zl"], "What is cut at the right edge; 20zl: by 20 columns", .moving)
    case .scrollLeft: row(["zh"], "Back to what is cut at the left edge", .moving)
    case .toggleFold: row(["za"], "Fold or unfold this comment with its replies", .folding)
    case .foldClosed: row(["zc"], "Fold this comment", .folding)
    case .foldOpen: row(["zo"], "Unfold this comment", .folding)
    case .foldAll: row(["zM"], "Fold every reply to the post", .folding)
    case .unfoldAll: row(["zR"], "Unfold everything", .folding)
    case .foldToDepth:
      row((1...9).map { "z\($0)" }, "Fold what is nested deeper than this number", .folding)
    case .foldRead: row(["zr"], "Fold comments that are read, with all their replies", .folding)
    case .foldNotMatching: row(["zx"], "Fold comments without a match of the search", .folding)
    case .toggleQuotes: row(["T"], "Hide quoted passages, or show them", .folding)
    case .togglePingbacks: row(["zp"], "Show pingbacks, or hide them", .folding)
    case .reroot: row(["zs"], "This comment and its replies alone, as a thread of their own", .folding)
    case .unroot: row(["zS"], "One level out again; q shows the whole thread", .folding)
    case .search: row(["/"], "Search as you type", .searching)
    case .widenScope:
      row([], "In the search prompt, ^G: search everything, or this discussion only", .searching)
    case .sortHits:
      row(["<C-r>"], "Order hits by date, newest first, or by rank; also in the prompt", .searching)
    case .takeSuggestion:
      row(["<C-t>"], "Nothing found: take the word that is offered; in the prompt Tab does too", .searching)
    case .limit: row(["&"], "Limit the list, or the bookmarks, by a query; again: show all", .searching)
    case .sortList:
      row(
        ["O"], "Sort the list, or the bookmarks: then a letter, the same one again turns it round", .searching
      )
    case .searchAuthor: row(["gp"], "Everything by this person, as hits", .searching)
    case .firstMention:
      row(["gf"], "The earliest entry that the search finds; `:first-mention WORDS`", .searching)
    case .nextMatch: row(["n"], "Next match; without a search, next unread comment", .searching)
    case .previousMatch: row(["N"], "Previous match; without a search, previous unread", .searching)
    case .star: row(["s"], "Star this comment, or take the star away", .keeping)
    case .starDiscussion: row(["S"], "Star this discussion, or take the star away", .keeping)
    case .bookmark: row(["B"], "Bookmark this comment with a note", .keeping)
    case .tag: row(["t"], "Tag this comment; words parted by spaces", .keeping)
    case .bookmarks: row(["M"], "List stars and bookmarks", .keeping)
    case .toggleRead: row(["r"], "Mark this comment read or unread", .keeping)
    case .toggleReadWithReplies: row(["R"], "The same with all its replies", .keeping)
    case .catchUp: row(["c"], "Mark the whole discussion read, after asking", .keeping)
    case .editNote: row(["E"], "Write the note of this comment with VISUAL or EDITOR", .keeping)
    case .undo: row(["U"], "Undo the last mark: read, unread, star, note, tags", .keeping)
    case .copyLink: row(["y"], "Copy the address of this comment, or its file and line", .takingAlong)
    case .copyText: row(["Y"], "Copy the text of this comment", .takingAlong)
    case .copyQuote: row(["gy"], "Copy this comment as a quote with attribution", .takingAlong)
    case .openLink:
      row(["o"], "Open the first link here, by BROWSER or xdg-open; 3o: the third", .takingAlong)
    case .listLinks: row(["gl"], "List the links of this comment", .takingAlong)
    case .pipe:
      row(["|"], "Give this comment to a command; with 2 before it replies too, with 3 all", .takingAlong)
    case .save:
      row(["w"], "Save this comment in a file: Markdown, .txt or .json; 2w replies too, 3w all", .takingAlong)
    case .viewSource: row(["v"], "Show the source of this comment, with all headers", .takingAlong)
    case .digest: row(["gd"], "Show the listed bookmarks, or all, as the digest to pass on", .takingAlong)
    case .export: row([], "Save the listed bookmarks, or all, in a file: `:export PATH`", .takingAlong)
    case .setMark: row(["m{a-z}"], "Remember this place under a letter", .goingBack)
    case .goToMark: row(["'{a-z}", "''"], "Go to a remembered place; '' to the last one", .goingBack)
    case .jumpBack: row(["<C-o>", "<A-Left>"], "Back to where you jumped from", .goingBack)
    case .jumpForward: row(["<A-Right>"], "Forward again", .goingBack)
    case .reload: row(["<F5>"], "Read the sources again: what changed or was added comes in", .sources)
    case .openSource: row([], "Open a file or folder beside what is open: `:open PATH`", .sources)
    case .sources: row(["gs"], "Files that are open, and problems; Enter limits the list to one", .sources)
    case .timeline: row(["gt"], "When this discussion was written; Enter goes there", .overviews)
    case .wholeTimeline: row(["gT"], "When everything was written; Enter limits the list", .overviews)
    case .whoAnswersWhom: row(["gw"], "Who answers whom in this discussion", .overviews)
    case .authors: row(["gW"], "Who wrote how much in this discussion", .overviews)
    case .reloadConfig: row([], "Read config.toml again; a change of the file is taken by itself", .screen)
    case .morePanes: row(["+"], "More panes: one, list above, list beside, with outline", .screen)
    case .fewerPanes: row(["_"], "Fewer panes", .screen)
    case .focusList: row(["<A-1>"], "To the list, or to hits or bookmarks beside the thread", .screen)
    case .focusThread: row(["<A-2>"], "To the thread", .screen)
    case .focusOutline: row(["<A-3>"], "To the outline of the thread", .screen)
    case .zoom: row(["zz"], "This pane alone, or all panes again", .screen)
    case .mouse: row([], "Let the mouse scroll, select and fold, or leave it to the terminal", .screen)
    case .palette: row([":"], "Run a command by its name", .screen)
    case .repeatLast: row(["."], "Run the command before once more, with its count", .screen)
    case .help: row(["?", "<F1>"], "This help; type to filter, Enter runs a command", .screen)
    case .whereAmI: row(["<C-g>"], "Show file and line of this comment", .screen)
    case .redraw: row(["<C-l>"], "Draw the screen anew", .screen)
    case .suspend: row(["<C-z>"], "Suspend; `fg` comes back", .screen)
    case .leave: row(["q"], "Leave this level; from the list, quit", .screen)
    case .quit: row(["Q"], "Quit", .screen)
    case .interrupt: row(["<C-c>"], "Cancel what runs, else ask to quit", .screen)
    }
  }

  private func row(_ keys: [String], _ help: String, _ section: Section) -> Entry {
    Entry(keys: keys, help: help, section: section)
  }
}

extension Command {
  /// Its default keys, or its name after `:` where it has none.
  public var ways: [String] { entry.keys.isEmpty ? [":" + name] : entry.keys }

  /// The table as it stands in the README.
  public static var markdownTable: String {
    var table = "| keys | what they do |\n| --- | --- |\n"
    for command in allCases {
      let keys = command.ways.map { "`\($0 == "|" ? "\\|" : $0)`" }.joined(separator: " ")
      table += "| \(keys) | \(command.entry.help) |\n"
    }
    return table
  }
}
