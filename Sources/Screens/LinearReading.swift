import Discussion
import Grid
public import Reader

/// A session as plain lines, for a screen reader or a teletype: what changed is told, once, in words.
///
/// It remembers what was told last. A discussion is told by its title, a comment by its number, author and
/// date and then its text, a page of it at a time; the selected row of a list as one sentence; messages as
/// they come; what is typed as it is typed. The text has no controls but line ends and backspaces: what comes
/// from outside goes through the display rule.
public struct LinearReading: Sendable {
  private var surface: Surface?
  private var place: PlaceTold?
  /// The post of the discussion that was told.
  private var discussion: EntryKey?
  private var message: String?
  private var isLoading = false
  private var hasToldFirstSteps = false
  /// The ticket of the search whose answer was told.
  private var searchTold: Int?
  private var helpTold: Command?
  private var isInHelp = false
  /// The lines of a page of text that were told last.
  private var pageTold: Range<Int>?
  private var linkTold: Int?
  /// The line that is being typed, and stands unfinished at the end.
  private var prompt: String?

  /// What of a surface was told: entries by their lasting keys, because the library may grow.
  private struct PlaceTold: Equatable {
    /// The row, where no entry is known.
    var row = 0
    var entry: EntryKey?
    var isFolded = false
    /// The topmost row of the entry on its page, and the row after the last that was told.
    var top = 0
    var end = 0
  }

  /// A reading in which nothing was told yet.
  public init() {}

  /// Forgets what was told of the place: it is told again.
  public mutating func repeatPlace() {
    surface = nil
    place = nil
    discussion = nil
    helpTold = nil
    isInHelp = false
  }

  /// What is to be added to the text that was told so far.
  /// - Complexity: O(rows of a page), and O(bytes of the selected entry).
  public mutating func text(for state: ReaderState) -> String {
    var lines: [String] = []
    if state.showsFirstSteps, !hasToldFirstSteps {
      hasToldFirstSteps = true
      lines += firstSteps(of: state).map { $0[0] }
    }
    if state.help == nil { isInHelp = false }
    if state.page == nil { pageTold = nil }
    if state.linkList == nil { linkTold = nil }
    if let help = state.help {
      tell(help, &lines)
    } else if let list = state.linkList {
      tell(list, &lines)
    } else if let page = state.page, state.prompt == nil {
      tell(page, of: state, &lines)
    } else if state.prompt == nil || state.prompt?.purpose == .search {
      tellLoading(of: state, &lines)
      if state.prompt == nil { tellPlace(of: state, &lines) }
    }
    tellSearch(of: state, &lines)
    if state.message != message {
      message = state.message
      if let message { lines.append(message) }
    }
    let typed = promptText(of: state)
    // Who leaves a prompt hears where that leads.
    if prompt != nil, typed == nil, lines.isEmpty { lines.append(heading(of: state)) }
    return finished(lines.map { DisplayRule.printable($0) }, typed)
  }

  // MARK: The line that is typed

  private func promptText(of state: ReaderState) -> String? {
    if let help = state.help { return "filter: " + help.filter.text }
    guard let prompt = state.prompt else { return nil }
    let label = prompt.purpose == .search ? "search: " : promptLabel(prompt, of: state)
    return DisplayRule.printable(label + prompt.field.text)
  }

  /// The lines, with what is being typed taken up again after them.
  private mutating func finished(_ lines: [String], _ typed: String?) -> String {
    defer { prompt = typed }
    let told = lines.map { $0 + "\n" }.joined()
    guard let before = prompt else { return told + (typed ?? "") }
    guard told.isEmpty, let typed else {
      // What was typed last is told before what came of it.
      let rest = typed.flatMap { $0.hasPrefix(before) ? String($0.dropFirst(before.count)) : nil } ?? ""
      return rest + "\n" + told + (typed ?? "")
    }
    if typed == before { return "" }
    if typed.hasPrefix(before) { return String(typed.dropFirst(before.count)) }
    if before.hasPrefix(typed), before.utf8.dropFirst(typed.utf8.count).allSatisfy({ $0 < 0x80 }) {
      return String(repeating: "\u{8} \u{8}", count: before.utf8.count - typed.utf8.count)
    }
    return "\n" + typed
  }

  // MARK: Pages and links

  /// A page of text: its title, then what came into sight.
  private mutating func tell(_ page: TextPage, of state: ReaderState, _ lines: inout [String]) {
    let shown = page.top..<min(page.lines.count, page.top + max(1, state.size.rows - 2))
    if pageTold == nil { lines.append(page.title + ". Space reads on, q goes back.") }
    guard shown != pageTold else { return }
    let before = pageTold ?? 0..<0
    pageTold = shown
    for line in shown where !before.contains(line) {
      lines.append(String(decoding: page.text[page.lines[line].bytes], as: UTF8.self))
    }
    if shown.upperBound == page.lines.count { lines.append("End.") }
  }

  private mutating func tell(_ list: LinkList, _ lines: inout [String]) {
    guard linkTold != list.place.selected else { return }
    linkTold = list.place.selected
    let link = list.links[list.place.selected]
    let words = link.words.map { $0 + ", leads to " } ?? ""
    lines.append("Link \(list.place.selected + 1) of \(list.links.count): \(words)\(link.address)")
  }

  // MARK: Where one is

  private mutating func tellPlace(of state: ReaderState, _ lines: inout [String]) {
    if state.surface != surface {
      if surface != nil || state.surface != .list { lines.append(heading(of: state)) }
      surface = state.surface
      place = nil
      if state.surface != .thread { discussion = nil }
    }
    switch state.surface {
    case .thread: tellThread(of: state, &lines)
    case .list:
      let row = state.list.selected
      let selected = state.selectedDiscussion.map { state.library.key(of: state.library.post(of: $0)) }
      tellRow(row, selected, &lines) { LinearReading.row(of: state, row) }
    case .bookmarks:
      let row = state.bookmarkPlace.selected
      guard state.bookmarkRows.indices.contains(row) else { return }
      tellRow(row, state.bookmarkRows[row].entry.map { state.library.key(of: $0) }, &lines) {
        LinearReading.bookmark(of: state, row)
      }
    case .overview:
      guard let overview = state.overview, overview.rows.indices.contains(overview.place.selected) else {
        return
      }
      tellRow(overview.place.selected, nil, &lines) { LinearReading.row(of: overview) }
    case .hits:
      guard let search = state.search, let entry = search.entry, search.groups.indices.contains(search.group)
      else { return }
      tellRow(search.group, state.library.key(of: entry), &lines) {
        LinearReading.hit(of: state, search, entry)
      }
    }
  }

  private mutating func tellRow(
    _ row: Int, _ entry: EntryKey?, _ lines: inout [String], _ sentence: () -> String?
  ) {
    let now = PlaceTold(row: entry == nil ? row : 0, entry: entry)
    guard now != place, let sentence = sentence() else { return }
    place = now
    lines.append(sentence)
  }

  private func heading(of state: ReaderState) -> String {
    switch state.surface {
    case .list: "List of discussions."
    case .thread: "Discussion."
    case .hits: "Hits."
    case .overview: overviewHeadings(of: state)[0].split(separator: " ").joined(separator: " ") + "."
    case .bookmarks:
      state.bookmarkRows.isEmpty ? "Bookmarks. Nothing is starred or bookmarked yet." : "Bookmarks."
    }
  }

  private mutating func tellThread(of state: ReaderState, _ lines: inout [String]) {
    guard let thread = state.thread, let flow = state.flow else { return }
    let post = state.library.key(of: state.library.post(of: thread.discussion))
    if post != discussion {
      discussion = post
      let title = state.library.title(of: thread.discussion)
      lines.append(
        (title.isEmpty ? "(no title)" : String(decoding: title, as: UTF8.self)) + ". "
          + LinearReading.counts(of: thread.discussion, state) + ".")
      place = nil
    }
    let entry = thread.selected
    let layout = flow.layout(of: entry)
    let rows = state.layout.thread?.rows ?? 1
    let shown = flow.rows(from: thread.top, count: rows).filter { $0.entry == entry }.map(\.row)
    let top = shown.first ?? 0
    let end = (shown.last ?? -1) + 1
    var now = PlaceTold(
      entry: state.library.key(of: entry), isFolded: layout.isFolded, top: top, end: end)
    defer { place = now }
    var from = top
    if let place, place.entry == now.entry, place.isFolded == now.isFolded {
      if place.top <= top, end <= place.end {
        now.end = place.end
        return
      }
      // On the way down only what was not told yet.
      if place.top <= top { from = max(top, place.end) }
    } else {
      lines.append(LinearReading.head(of: entry, state, isFolded: layout.isFolded))
    }
    for row in from..<max(from, end) {
      switch layout[row] {
      case .text(let line):
        state.library.withText(of: entry) { text in
          let part = text.extracting(layout.lines[line].bytes)
          let marks = String(repeating: "> ", count: layout.quoteLevel(ofLine: line))
          lines.append(marks + String(decoding: DisplayRule.printable(part, lineEnds: .fold), as: UTF8.self))
        }
      case .hiddenQuote(let count): lines.append("(\(count) quoted \(count == 1 ? "line" : "lines"))")
      case .title, .byline, .head, .blank: break
      }
    }
    if !layout.isFolded, end <= layout.lastReadableRow { lines.append("(more: Space)") }
  }

  // MARK: Search, loading, help

  private mutating func tellSearch(of state: ReaderState, _ lines: inout [String]) {
    guard state.prompt?.purpose == .search, let search = state.search, let answer = search.answer,
      search.isSettled, !search.text.isEmpty, searchTold != answer.ticket
    else { return }
    searchTold = answer.ticket
    if answer.groups.isEmpty {
      lines.append("Nothing found." + (answer.suggestion.map { " Tab takes \($0)." } ?? ""))
      return
    }
    let entries = answer.total == HitCount(1) ? "1 entry" : "\(answer.total.text) entries"
    let threads = answer.threads == HitCount(1) ? "1 thread" : "\(answer.threads.text) threads"
    lines.append("\(entries) in \(threads).")
  }

  private mutating func tellLoading(of state: ReaderState, _ lines: inout [String]) {
    let loads = state.loading != nil
    guard loads != isLoading else { return }
    isLoading = loads
    if loads {
      lines.append("Loading.")
    } else {
      let count = state.library.discussions.count
      lines.append(
        "\(count) \(count == 1 ? "discussion" : "discussions"), \(state.commentTotal) comments, \(unreadText(of: state)). Question mark for help."
      )
    }
  }

  private mutating func tell(_ help: HelpPlace, _ lines: inout [String]) {
    if !isInHelp {
      lines.append("Help. Type to filter, arrows to move, Enter runs, Escape leaves.")
      helpTold = nil
      isInHelp = true
    }
    let commands = help.commands
    guard commands.indices.contains(help.place.selected) else {
      if helpTold != nil { lines.append("No command matches.") }
      helpTold = nil
      return
    }
    let command = commands[help.place.selected]
    guard command != helpTold else { return }
    helpTold = command
    lines.append("\((help.keys[command] ?? []).joined(separator: " or ")): \(command.entry.help).")
  }
}
