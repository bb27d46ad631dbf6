/// Key tables that fingers of other programs know.
public enum Preset: String, CaseIterable, Sendable, Hashable {
  /// The keys of the command table as they are.
  case vim
  /// neomutt and mutt.
  case mutt
  /// slrn.
  case slrn
  /// less.
  case less
  /// circumflex, hackernews-TUI and rtv.
  case hn
}

extension Preset {
  /// The preset's bindings: those of the command table, then what differs from them.
  var bindings: [KeyContext: [Keymap.Binding]] {
    var bindings = [KeyContext.all: Preset.standard]
    for (context, differing) in differences {
      for (notation, command) in differing {
        guard let sequence = KeySequence(notation) else { continue }
        bindings[context, default: []].append(Keymap.Binding(sequence, command))
      }
    }
    return bindings
  }

  private static let standard: [Keymap.Binding] = Command.allCases.flatMap { command in
    command.entry.keys.compactMap { KeySequence($0).map { Keymap.Binding($0, command) } }
  }

  /// What a preset changes; nil takes a key of the standard table away where it would do something that
  /// fingers do not expect. A command that loses all its keys by that has them with Alt on the first.
  var differences: KeyValuePairs<KeyContext, [(String, Command?)]> {
    switch self {
    case .vim: [:]
    case .mutt:
      [
        .all: [
          ("J", .down), ("K", .up), ("z", .pageDown), ("Z", .pageUp), ("]", .halfPageDown),
          ("[", .halfPageUp),
          ("=", .first), ("*", .last), ("<C-n>", .nextDiscussion), ("<C-p>", .previousDiscussion),
          ("<A-Tab>", .previousUnread), ("<A-n>", .nextSibling), ("<A-p>", .previousSibling),
          ("<A-v>", .toggleFold), ("<A-V>", .foldAll), ("l", .limit), ("o", .sortList), ("F", .star),
          ("N", .toggleRead), ("<A-r>", .toggleReadWithReplies), ("<C-r>", .catchUp), ("~{a-z}", .setMark),
          ("s", .save), ("h", .viewSource), ("i", .leave), ("x", .leave),
          // mutt deletes and replies with these.
          ("d", nil), ("u", nil), ("r", nil), ("R", nil),
        ],
        // In mutt's pager these move by lines.
        .thread: [
          ("<Enter>", .lineDown), ("<Backspace>", .lineUp), ("<Left>", .pageUp), ("<Right>", .pageDown),
        ],
        .list: [("<Left>", .pageUp), ("<Right>", .pageDown)],
      ]
    case .slrn:
      [
        .all: [
          ("n", .nextUnread), ("p", .previousUnread), ("N", .nextDiscussion), ("P", .previousDiscussion),
          ("<A-p>", .parent), ("<A-t>", .toggleFold), ("<A-T>", .foldAll), ("=", .nextTopLevel),
          ("<", .first), (">", .last), ("<A-lt>", .first), ("<A-gt>", .last), ("d", .toggleRead),
          ("u", .toggleRead), ("<A-d>", .toggleReadWithReplies), ("C", .catchUp), (";{a-z}", .setMark),
          (",", .jumpBack), ("<C-r>", .redraw), ("<A-s>", .sortList), ("*", .star), ("o", .save),
          ("U", .listLinks), ("<C-x>", .palette),
        ],
        // What steps through unread articles steps through the matches of a search while there is one.
        .search: [("n", .nextMatch), ("p", .previousMatch)],
      ]
    case .less:
      [
        .all: [
          ("<C-v>", .pageDown), ("<A-v>", .pageUp), ("f", .pageDown), ("g", .first), ("<A-lt>", .first),
          ("<A-gt>", .last), ("=", .whereAmI), ("h", .help), ("H", .help), ("r", .redraw), ("<C-r>", .redraw),
          ("R", .reload), ("s", .save),
        ],
        .thread: [
          ("j", .lineDown), ("<Down>", .lineDown), ("e", .lineDown), ("<C-n>", .lineDown),
          ("<Enter>", .lineDown),
          ("k", .lineUp), ("<Up>", .lineUp), ("y", .lineUp), ("<C-k>", .lineUp), ("<C-p>", .lineUp),
          ("J", .down), ("K", .up),
        ],
      ]
    case .hn:
      [
        .all: [
          ("f", .star), ("F", .starDiscussion), ("i", .help), ("<Backspace>", .leave), ("<Esc>", .leave),
        ],
        .thread: [
          ("n", .nextTopLevel), ("p", .previousTopLevel), ("N", .previousTopLevel), ("u", .parent),
          ("K", .parent), ("<Tab>", .toggleFold), ("l", .nextSibling), ("h", .previousSibling),
          ("a", .nextUnread),
          ("A", .previousUnread),
        ],
        .search: [("n", .nextMatch), ("N", .previousMatch)],
      ]
    }
  }
}
