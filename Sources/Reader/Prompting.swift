import Discussion
import Grid

/// Keys and pasted text while a prompt or the help is open.
extension ReaderState {
  mutating func take(paste bytes: [UInt8]) -> [Effect] {
    if var help {
      help.filter.paste(bytes)
      self.help = help
      return []
    }
    guard var prompt else {
      message = "Pasted text goes into a prompt; nothing of it was run."
      return []
    }
    if case .confirm = prompt.purpose { return [] }
    if prompt.purpose == .sort { return [] }
    prompt.field.paste(bytes)
    self.prompt = prompt
    if prompt.purpose == .limit { return limit(by: prompt.field.text) }
    return prompt.purpose == .search ? askIndex() : []
  }

  mutating func takeInPrompt(_ key: Key) -> [Effect] {
    guard var prompt else { return [] }
    let isCancel = key.code == .escape || key == Key(.scalar("c"), control: true)
    switch prompt.purpose {
    case .search: return takeInSearch(key)
    case .confirm(let question):
      self.prompt = nil
      guard key.code == .scalar("y") || key.code == .scalar("Y") else { return [] }
      switch question {
      case .quit: return keepPositionEffects() + [.quit]
      case .replaceFile(let passage, let path):
        return [.save(passage, path: path, suggested: "", replaces: true)]
      case .catchUp(let discussion): return catchUp(discussion)
      }
    case .note(let entry):
      if isCancel { self.prompt = nil }
      if key.code == .enter {
        self.prompt = nil
        return keepNote(prompt.field.text, on: entry)
      }
      if key == Key(.scalar("x"), control: true) {
        // What was typed so far goes into the editor.
        self.prompt = nil
        return [.editNote(entry, note: prompt.field.text)]
      }
    case .tags(let entry):
      if isCancel { self.prompt = nil }
      if key.code == .tab { completeTag(&prompt.field) }
      if key.code == .enter {
        self.prompt = nil
        return keepTags(prompt.field.text, on: entry)
      }
    case .limit:
      if isCancel || (key.code == .backspace && prompt.field.scalars.isEmpty) {
        return endLimit(accepting: "")
      }
      if key.code == .enter { return endLimit(accepting: prompt.field.text) }
      let before = prompt.field.scalars
      guard prompt.field.edit(key) else { return [] }
      self.prompt = prompt
      return prompt.field.scalars == before ? [] : limit(by: prompt.field.text)
    case .sort:
      self.prompt = nil
      guard case .scalar(let letter) = key.code, !key.alt, !key.control else { return [] }
      if surface == .bookmarks {
        if let sort = letter == "O" ? bookmarkSort : BookmarkSort(letter: letter) { sortBookmarks(by: sort) }
        return []
      }
      return (letter == "O" ? arrangement.sort : ListSort(letter: letter)).map { sortList(by: $0) } ?? []
    case .pipe(let passage):
      if isCancel { self.prompt = nil }
      if key.code == .enter {
        self.prompt = nil
        return pipe(passage, to: prompt.field.text)
      }
      if key.code == .tab { prompt.purpose = .pipe(widened(passage)) }
      if key.code == .up || key.code == .down { recallPipe(&prompt, older: key.code == .up) }
    case .save(let passage):
      if isCancel { self.prompt = nil }
      if key.code == .enter {
        self.prompt = nil
        return save(passage, to: prompt.field.text)
      }
      if key.code == .tab { prompt.purpose = .save(widened(passage)) }
    case .source:
      if isCancel { self.prompt = nil }
      if key.code == .enter {
        self.prompt = nil
        return prompt.field.text.isEmpty ? [] : readAgain([.openSource(prompt.field.text)])
      }
    case .command:
      if isCancel { self.prompt = nil }
      if key.code == .enter {
        self.prompt = nil
        return runNamed(prompt.field.text)
      }
      if key.code == .tab, let only = completion(of: prompt.field.text) { prompt.field.set(only) }
    }
    guard self.prompt != nil else { return [] }
    if key.code == .backspace, prompt.field.scalars.isEmpty, prompt.purpose == .command {
      self.prompt = nil
      return []
    }
    _ = prompt.field.edit(key)
    self.prompt = prompt
    return []
  }

  private mutating func takeInSearch(_ key: Key) -> [Effect] {
    guard var prompt else { return [] }
    switch (key.code, key.control) {
    case (.escape, _), (.scalar("c"), true): return giveUpSearch()
    case (.enter, _): return acceptSearch()
    case (.scalar("g"), true): return toggleScope()
    case (.scalar("r"), true): return toggleHitOrder()
    case (.tab, _), (.scalar("t"), true): return takeSuggestion()
    case (.scalar("n"), true), (.scalar("p"), true):
      moveHit(by: key.code == .scalar("n") ? 1 : -1)
      return []
    case (.up, _), (.down, _):
      let step = prompt.historyStep + (key.code == .up ? 1 : -1)
      guard (0...searches.count).contains(step) else { return [] }
      if prompt.historyStep == 0 { prompt.draft = prompt.field.text }
      prompt.historyStep = step
      prompt.field.set(step == 0 ? prompt.draft : searches[searches.count - step])
      self.prompt = prompt
      return askIndex()
    case (.backspace, _) where prompt.field.scalars.isEmpty: return giveUpSearch()
    default:
      let before = prompt.field.scalars
      guard prompt.field.edit(key) else { return [] }
      self.prompt = prompt
      return prompt.field.scalars == before ? [] : askIndex()
    }
  }

  private mutating func moveHit(by step: Int) {
    guard let search else { return }
    if case .discussion = search.scope {
      self.search?.chooseHit(by: step)
    } else {
      self.search?.choose(group: search.group + step)
    }
    if surface == .thread, let entry = self.search?.entry { put(entry, at: currentMatch) }
  }

  mutating func takeInHelp(_ key: Key) -> [Effect] {
    guard var help else { return [] }
    switch (key.code, key.control) {
    case (.escape, _), (.scalar("c"), true), (.function(1), _):
      self.help = nil
      return []
    case (.enter, _):
      let commands = help.commands
      self.help = nil
      guard commands.indices.contains(help.place.selected) else { return [] }
      return run(commands[help.place.selected], argument: nil, times: nil)
    case (.down, _), (.scalar("n"), true): help.place.selected += 1
    case (.up, _), (.scalar("p"), true): help.place.selected -= 1
    case (.pageDown, _): help.place.selected += max(1, size.rows - 4)
    case (.pageUp, _): help.place.selected -= max(1, size.rows - 4)
    case (.scalar("q"), false) where help.filter.scalars.isEmpty, (.scalar("?"), false):
      self.help = nil
      return []
    default:
      if help.filter.edit(key) { help.place = ListPlace() }
    }
    self.help = help
    return []
  }

  /// Runs the command whose name, or only possible beginning, was typed.
  private mutating func runNamed(_ text: String) -> [Effect] {
    let name = text.split(separator: " ").first.map(String.init) ?? ""
    if name.isEmpty { return [] }
    let shorthand = [
      "open": Command.openSource, "q": .leave, "quit": .quit, "wq": .quit, "h": .help, "help": .help,
      "sort": .sortList,
    ]
    let named = Command.allCases.filter { $0.name.hasPrefix(name) }
    guard
      let command = shorthand[name] ?? Command.allCases.first(where: { $0.name == name })
        ?? (named.count == 1 ? named[0] : nil)
    else {
      message =
        named.isEmpty
        ? "No command is called \(name)."
        : "\(name) could be \(named.prefix(4).map(\.name).joined(separator: ", "))."
      return []
    }
    let rest = text.drop { $0 != " " }.drop { $0 == " " }
    if command == .limit, !rest.isEmpty { return limit(by: String(rest)) }
    if command == .sortList, surface == .bookmarks, let sort = BookmarkSort(rawValue: String(rest)) {
      sortBookmarks(by: sort)
      return []
    }
    if command == .firstMention, !rest.isEmpty { return goToFirstMention(of: String(rest)) }
    if command == .sortList, let sort = ListSort(rawValue: String(rest)) { return sortList(by: sort) }
    if command == .export, !rest.isEmpty { return save(.bookmarks(digestTargets), to: String(rest)) }
    if command == .openSource, !rest.isEmpty { return readAgain([.openSource(String(rest))]) }
    return runAndRemember(command, argument: nil, times: nil)
  }

  /// The longest common beginning of the commands that begin with a text.
  private func completion(of text: String) -> String? {
    let names = Command.names(beginningWith: text)
    guard var common = names.first else { return nil }
    for name in names { while !name.hasPrefix(common) { common.removeLast() } }
    return common
  }
}
