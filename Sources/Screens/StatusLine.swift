import Discussion
import Grid
import Reader

/// The bottom line: a prompt with its scope and counts, or where one is and what Space will do.
func drawStatus(of state: ReaderState, _ rect: Rect, _ theme: Theme, into grid: inout Grid) {
  var column = rect.column + 1
  let end = rect.column + rect.columns
  func write(_ text: String, _ ink: Theme.Ink, upTo limit: Int) {
    if limit > column {
      column += grid.write(
        text, column: column, row: rect.row, columns: limit - column, style: theme[ink], ellipsis: true)
    }
  }
  if let prompt = state.prompt {
    let field = prompt.field
    // What is typed goes before what is told of it, up to half of the line.
    let label = promptLabel(prompt, of: state)
    let typed = displayColumns(of: label) + displayColumns(of: field.text) + 2
    let suffix = longest(
      of: promptSuffixes(prompt, of: state), columns: rect.columns - 2 - min(typed, rect.columns / 2))
    let suffixColumns = displayColumns(of: suffix)
    let limit = suffix.isEmpty ? end : end - suffixColumns - 2
    write(label, .key, upTo: limit)
    // A text longer than the line shows the part before the cursor.
    let room = max(1, limit - column - 1)
    var first = 0
    var before = displayColumns(of: field.textBeforeCursor)
    while before > room, first < field.cursor {
      first = min(field.cursor, first + max(1, (before - room) / 2))
      before = displayColumns(of: text(field.scalars[first..<field.cursor]))
    }
    let start = column
    write(text(field.scalars[first...]), .prompt, upTo: limit)
    grid.cursor = (min(start + before, end - 1), rect.row)
    if !suffix.isEmpty {
      grid.write(
        suffix, column: end - suffixColumns - 1, row: rect.row, columns: suffixColumns, style: theme[.dim])
    }
    return
  }
  let left = state.message ?? longest(of: positions(of: state), columns: rect.columns - 1)
  let right = longest(of: hints(of: state), columns: rect.columns - displayColumns(of: left) - 4)
  let rightColumns = displayColumns(of: right)
  write(left, state.message == nil ? .plain : .message, upTo: right.isEmpty ? end : end - rightColumns - 2)
  if !right.isEmpty {
    grid.write(
      right, column: end - rightColumns - 1, row: rect.row, columns: rightColumns, style: theme[.dim])
  }
}

private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  String(String.UnicodeScalarView(scalars))
}

/// The first of several wordings, longest first, that fits; the last when none does.
func longest(of wordings: [String], columns: Int) -> String {
  wordings.first { displayColumns(of: $0) <= columns } ?? wordings.last ?? ""
}

func promptLabel(_ prompt: Prompt, of state: ReaderState) -> String {
  switch prompt.purpose {
  case .search: "/"
  case .note: "note: "
  case .tags: "tags: "
  case .command: ":"
  case .source: "Open: "
  case .limit: "limit: "
  case .sort: "sort: "
  case .pipe(let passage): "Give \(passage.name(in: state.library)) to: "
  case .save(let passage): "Save \(passage.name(in: state.library)) in: "
  case .confirm(.replaceFile(_, let path)): "\(path) is there. Write over it? y/n "
  case .confirm(.quit): "Quit? y/n "
  case .confirm(.catchUp): "Mark the whole discussion read? y/n "
  }
}

private func promptSuffixes(_ prompt: Prompt, of state: ReaderState) -> [String] {
  switch prompt.purpose {
  case .search:
    [
      searchCounts(of: state) + "  ^G scope  ^R order  ^N ^P hits", searchCounts(of: state),
      searchCounts(of: state, withScope: false), "",
    ]
  case .note: ["Enter saves  ^X: editor  Esc leaves", "Enter saves  Esc leaves", ""]
  case .tags:
    [state.tagHint(prompt.field), "Enter saves  Tab completes  Esc leaves", "Enter saves  Esc leaves", ""]
  case .command: paletteSuffixes(prompt)
  case .limit: limitSuffixes(of: state)
  case .sort: sortSuffixes(of: state)
  case .pipe: ["a command, without a shell  Tab: more  Enter runs", "Tab: more  Enter runs", ""]
  case .save(let passage):
    prompt.field.scalars.isEmpty
      ? ["Tab: more  Enter: " + state.suggestedName(for: passage), "Tab: more  Enter saves", ""]
      : ["Tab: more  Enter saves", ""]
  case .source: ["a file or folder  Enter opens  Esc leaves", "Enter opens  Esc leaves", ""]
  case .confirm: [""]
  }
}

/// The commands that what is typed may become, as many as have room.
private func paletteSuffixes(_ prompt: Prompt) -> [String] {
  let names = Command.names(beginningWith: prompt.field.text)
  guard !prompt.field.text.isEmpty, names.count > 1 else { return ["Tab completes", ""] }
  return (1...min(12, names.count)).reversed().map { count in
    names.prefix(count).joined(separator: "  ") + (count < names.count ? "  +\(names.count - count)" : "")
  } + [""]
}

/// Scope and counters of the search: `in everything · entry 2/9 · match 3/14`.
private func searchCounts(of state: ReaderState, withScope: Bool = true) -> String {
  guard let search = state.search else { return "" }
  var parts = withScope ? [search.scope == .everything ? "in everything" : "in this discussion"] : []
  if let message = state.message, state.prompt != nil { parts.append(message) }
  if let answer = search.answer, !search.text.isEmpty {
    if answer.groups.isEmpty {
      parts.append("nothing found")
      if search.scope != .everything, let word = answer.suggestion { parts.append("Tab: \(word)?") }
    } else {
      let total = answer.total
      parts.append(
        search.hitNumber.map { "entry \(HitCount.grouped($0))/\(total.text)" }
          ?? "\(total.text) \(total == HitCount(1) ? "entry" : "entries")")
      if let number = search.matchNumber {
        parts.append("match \(HitCount.grouped(number))/\(search.matchTotal.text)")
      } else if let entry = search.entry, answer.isSettled, !search.isElsewhere {
        parts.append("match \(search.match + 1)/\(max(1, state.matches(in: entry).count)) here")
      }
    }
  }
  return parts.joined(separator: " · ")
}

private func positions(of state: ReaderState) -> [String] {
  if state.pendingKeys.isEmpty, state.count == nil, let search = state.search, !search.text.isEmpty,
    state.surface != .bookmarks, state.surface != .overview
  {
    return [true, false].map { "/\(search.text)  " + searchCounts(of: state, withScope: $0) }
  }
  return [position(of: state)]
}

private func position(of state: ReaderState) -> String {
  if !state.pendingKeys.isEmpty || state.count != nil {
    let keys = state.pendingKeys.map { key -> String in
      if case .scalar(let scalar) = key.code { return String(scalar) }
      return "…"
    }
    if let link = state.countedLink { return link }
    return (state.count.map(String.init) ?? "") + keys.joined() + "…"
  }
  switch state.surface {
  case .list:
    let count = state.listing.count
    return count == 0 ? "" : "discussion \(state.list.selected + 1) of \(count)"
  case .bookmarks:
    if !state.bookmarkLimit.isEmpty {
      let place = state.bookmarkRows.isEmpty ? 0 : state.bookmarkPlace.selected + 1
      return "bookmark \(place) of \(state.bookmarkRows.count) · limit: \(state.bookmarkLimit)"
    }
    return state.bookmarkRows.isEmpty
      ? "bookmarks" : "bookmark \(state.bookmarkPlace.selected + 1) of \(state.bookmarkRows.count)"
  case .hits: return ""
  case .overview:
    let count = state.overview?.rows.count ?? 0
    return count == 0 ? "" : "row \((state.overview?.place.selected ?? 0) + 1) of \(count)"
  case .thread:
    guard let thread = state.thread else { return "" }
    let unread = state.unreadCount(of: thread.discussion)
    let number = state.place(of: thread.selected, in: thread.discussion)
    let where_ = number == 0 ? "post" : "comment \(number) of \(state.commentCount(of: thread.discussion))"
    return where_ + (unread == 0 ? "" : " · \(unread) unread here")
  }
}

/// What Space will do, and where help is: from the most telling line to the shortest.
private func hints(of state: ReaderState) -> [String] {
  let help = state.keyHint(for: .help).map { "\($0): help" } ?? ":help"
  if state.library.discussions.isEmpty { return [help, ""] }
  if state.surface == .overview { return ["Enter: go there  q: back  " + help, "Enter: go there", ""] }
  let key = state.keyHint(for: .readOn) ?? ":read-on"
  let space: String
  switch state.readOnPlan {
  case .open: space = "\(key): open"
  case .page: space = "\(key): page"
  case .entry: space = "\(key): next comment"
  case .discussion: space = "\(key): next discussion"
  case .done: space = "all read"
  }
  var hints = [space + "  " + help, space, help, ""]
  if let search = state.search, !search.groups.isEmpty, state.surface != .bookmarks {
    let next = (state.keyHint(for: .nextMatch) ?? ":next-match") + ": next match"
    hints.insert("\(next)  \(space)  \(help)", at: 0)
    hints.insert("\(next)  \(space)", at: 1)
  }
  return hints
}
