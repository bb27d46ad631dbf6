public import Discussion
import Grid

/// A part of the library that is handed on: piped or saved.
public enum Passage: Hashable, Sendable {
  /// One entry.
  case entry(EntryID)
  /// An entry with all its replies.
  case withReplies(EntryID)
  /// The whole discussion of an entry.
  case discussion(EntryID)
  /// Bookmarks, in this order.
  case bookmarks([MarkTarget])

  /// What a prompt calls it.
  public func name(in library: Library) -> String {
    switch self {
    case .entry(let entry): library.depth(of: entry) == 0 ? "the post" : "this comment"
    case .withReplies: "this comment with its replies"
    case .discussion: "the discussion"
    case .bookmarks(let targets): targets.count == 1 ? "1 bookmark" : "\(targets.count) bookmarks"
    }
  }

  /// The same part in the next generation, nil when it is gone.
  func remapped(by remap: Remap) -> Passage? {
    switch self {
    case .entry(let entry): remap(entry).map { .entry($0) }
    case .withReplies(let entry): remap(entry).map { .withReplies($0) }
    case .discussion(let entry): remap(entry).map { .discussion($0) }
    case .bookmarks: self
    }
  }
}

/// Handing on: to a command, or into a file.
extension ReaderState {
  /// What a prompt begins with: on the bookmarks those that are listed, on the list the discussion, else the
  /// entry; 2 takes its replies with it, 3 the discussion.
  private func passage(times: Int?) -> Passage? {
    if surface == .bookmarks, times == nil {
      return bookmarkRows.isEmpty ? nil : .bookmarks(bookmarkRows.map(\.target))
    }
    guard let entry = currentEntry else { return nil }
    if surface == .list { return .discussion(entry) }
    switch times {
    case nil, 1?: return .entry(entry)
    case 2?: return library.depth(of: entry) == 0 ? .discussion(entry) : .withReplies(entry)
    default: return .discussion(entry)
    }
  }

  mutating func beginPassing(_ command: Command, times: Int?) -> [Effect] {
    guard let passage = passage(times: times) else {
      message = surface == .bookmarks ? "No bookmark is listed." : "No entry is selected."
      return []
    }
    prompt = Prompt(purpose: command == .pipe ? .pipe(passage) : .save(passage))
    return []
  }

  /// The next larger part, and from the discussion back to the entry.
  func widened(_ passage: Passage) -> Passage {
    switch passage {
    case .entry(let entry):
      return library.depth(of: entry) == 0 || library.descendantCount(of: entry) == 0
        ? .discussion(entry) : .withReplies(entry)
    case .withReplies(let entry): return .discussion(entry)
    case .discussion(let entry):
      if surface == .bookmarks, !bookmarkRows.isEmpty { return .bookmarks(bookmarkRows.map(\.target)) }
      return .entry(entry)
    case .bookmarks: return currentEntry.map { .entry($0) } ?? passage
    }
  }

  mutating func pipe(_ passage: Passage, to command: String) -> [Effect] {
    guard command.contains(where: { $0 != " " }) else { return [] }
    pipeCommands.removeAll { $0 == command }
    pipeCommands.append(command)
    return [.pipe(passage, command: command)]
  }

  /// Goes back and forth in the commands of before.
  func recallPipe(_ prompt: inout Prompt, older: Bool) {
    let step = prompt.historyStep + (older ? 1 : -1)
    guard (0...pipeCommands.count).contains(step) else { return }
    if prompt.historyStep == 0 { prompt.draft = prompt.field.text }
    prompt.historyStep = step
    prompt.field.set(step == 0 ? prompt.draft : pipeCommands[pipeCommands.count - step])
  }

  /// What a digest is of: the bookmarks that are listed, or all.
  var digestTargets: [MarkTarget] {
    (surface == .bookmarks ? bookmarkRows : makeBookmarkRows()).map(\.target)
  }

  mutating func save(_ passage: Passage, to path: String) -> [Effect] {
    let name = path.contains { $0 != " " } ? path : suggestedName(for: passage)
    return [.save(passage, path: name, suggested: suggestedName(for: passage), replaces: false)]
  }

  /// A file name made of the title: `ferry-in-winter-1.2.md`.
  public func suggestedName(for passage: Passage) -> String {
    let entry: EntryID
    var number = ""
    switch passage {
    case .bookmarks: return "bookmarks.md"
    case .discussion(let one): entry = one
    case .entry(let one), .withReplies(let one):
      entry = one
      number = library.number(of: one).map(String.init).joined(separator: ".")
    }
    var words = ""
    for byte in library.title(of: library.discussion(of: entry)).prefix(200) {
      let isWord = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
      if isWord {
        words.unicodeScalars.append(
          Unicode.Scalar((0x41...0x5A).contains(byte) ? byte | 0x20 : byte))
      } else if !words.isEmpty, words.last != "-" {
        words += "-"
      }
      if words.utf8.count >= 48 { break }
    }
    while words.last == "-" { words.removeLast() }
    if words.isEmpty { words = "discussion" }
    return words + (number.isEmpty ? "" : "-\(number.prefix(40))") + ".md"
  }
}
