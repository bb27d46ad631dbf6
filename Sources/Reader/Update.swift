import Discussion
import Grid
import SearchIndex

/// Takes one event: the whole behaviour of the reader, total and pure.
/// - Returns: what the world is asked to do.
public func update(_ state: inout ReaderState, _ event: Event) -> [Effect] {
  let effects = state.take(event)
  state.settle()
  return effects + state.fetchMissingHits()
}

extension ReaderState {
  fileprivate mutating func take(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return take(key)
    case .mouse(let mouse): return take(mouse)
    case .paste(let bytes): return take(paste: bytes)
    case .resize(let size):
      keepingTopLine { $0.size = size }
      return []
    case .clock(let now):
      self.now = now
      return []
    case .capabilities(let capabilities):
      self.capabilities = capabilities
      return []
    case .optionsChanged(let options):
      return take(options)
    case .optionsRead(let options, let problem):
      let usedMouse = usesMouse
      let effects = take(options, problem: problem)
      return effects + (usesMouse == usedMouse ? [] : [.setMouse(usesMouse)])
    case .libraryChanged(let library, let remap): return take(library, remap)
    case .startAt(let name):
      awaitedEntry = name
      return goToAwaitedEntry(fromSegment: 0)
    case .arrivalsFound(let arrivals):
      take(arrivals)
      return []
    case .loading(let progress):
      loading = progress
      if progress == nil { giveUpAwaitedEntry() }
      // What kept its place while more came in is put in order now.
      return progress == nil && search?.keepsOrder == true ? askAgain() : []
    case .shelfLoaded(let image):
      take(image)
      return []
    case .marksLoaded(let marks):
      take(marks: marks)
      return []
    case .saved(let ticket):
      saved(ticket)
      return []
    case .saveFailed(let ticket, let sentence):
      pendingMarks[ticket] = nil
      message = sentence
      return []
    case .searchAnswered(let answer):
      return take(answer)
    case .searchCounted(let count, let ticket, let generation):
      take(count, ticket: ticket, generation: generation)
      return []
    case .threadHitsFound(let hits): return take(hits)
    case .listArranged(let answer):
      take(answer)
      return []
    case .surveyed(let answer): return take(answer)
    case .typingRested(let ticket): return rest(ticket)
    case .quotesFound(let index, let generation):
      return take(index, generation: generation)
    case .fileExists(let passage, let path):
      prompt = Prompt(purpose: .confirm(.replaceFile(passage, path: path)))
      return []
    case .pageMade(let page):
      self.page = page
      return []
    case .noteEdited(let entry, let note): return keepNote(note, on: entry)
    case .notice(let sentence):
      message = sentence
      return []
    }
  }

  private mutating func take(_ key: Key) -> [Effect] {
    message = nil
    isUntouched = false
    if prompt != nil { return takeInPrompt(key) }
    if help != nil { return takeInHelp(key) }
    if linkList != nil { return takeInLinks(key) }
    if page != nil { return takeInPage(key) }
    if pendingKeys.isEmpty, case .scalar(let digit) = key.code, !key.alt, !key.control,
      let value = digit.properties.numericType == .decimal && digit.isASCII
        ? Int(digit.value) - 0x30 : nil, value > 0 || count != nil
    {
      count = min(99_999, (count ?? 0) * 10 + value)
      return []
    }
    let isLimited =
      surface == .bookmarks ? !bookmarkLimit.isEmpty : surface == .list && arrangement.isLimited
    if key.code == .escape, !pendingKeys.isEmpty || count != nil || search != nil || isLimited {
      let hadPending = !pendingKeys.isEmpty || count != nil
      pendingKeys = []
      count = nil
      if !hadPending, search != nil, prompt == nil {
        endSearch()
      } else if !hadPending, isLimited {
        return clearLimit()
      }
      return []
    }
    pendingKeys.append(key)
    switch options.keymap.match(pendingKeys, on: surface, isSearching: search != nil) {
    case .prefix: return []
    case .none:
      pendingKeys = []
      count = nil
      return []
    case .command(let command, let argument):
      pendingKeys = []
      let times = count
      count = nil
      return runAndRemember(command, argument: argument, times: times)
    }
  }

  /// Runs a command.
  mutating func run(_ command: Command, argument: Unicode.Scalar?, times: Int?) -> [Effect] {
    switch command {
    case .down, .up, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .lineDown, .lineUp, .first, .last:
      return move(command, times: times)
    case .readOn: return readOn()
    case .enter: return enter(togglesFold: true)
    case .open: return enter(togglesFold: false)
    case .out: return goOut()
    case .nextUnread: return goToUnread(forward: true)
    case .previousUnread: return goToUnread(forward: false)
    case .nextMatch: return step(by: 1, times: times)
    case .previousMatch: return step(by: -1, times: times)
    case .nextSibling, .previousSibling, .parent, .firstReply, .nextTopLevel, .previousTopLevel,
      .nextBySameAuthor, .previousBySameAuthor:
      return walk(command, times: times)
    case .nextDiscussion: return goToNeighbour(times ?? 1)
    case .previousDiscussion: return goToNeighbour(-(times ?? 1))
    case .toggleFold, .foldClosed, .foldOpen, .foldAll, .unfoldAll, .foldToDepth, .foldRead,
      .foldNotMatching:
      fold(command, argument: argument)
      return []
    case .reroot:
      reroot()
      return []
    case .unroot:
      unroot()
      return []
    case .togglePingbacks:
      togglePingbacks()
      return []
    case .toggleQuotes:
      toggleQuotes()
      return []
    case .quoteSource, .quoters: return follow(command, times: times)
    case .search:
      beginSearch()
      return []
    case .sortHits: return toggleHitOrder()
    case .takeSuggestion: return searchForSuggestion()
    case .limit: return beginLimit()
    case .sources: return showOverview(.sources)
    case .timeline:
      return showOverview(currentDiscussion.map { .timeline($0) })
    case .wholeTimeline: return showOverview(.timeline(nil))
    case .whoAnswersWhom: return showOverview(currentDiscussion.map { .answers($0) })
    case .authors: return showOverview(currentDiscussion.map { .authors($0) })
    case .searchAuthor: return searchAuthor()
    case .firstMention: return goToFirstMention()
    case .sameTitle: return goToSameTitle()
    case .sortList:
      prompt = Prompt(purpose: .sort)
      if capabilities.isLinear {
        message =
          "One letter: source, activity, date, comments, unread, title. The same again turns it round."
      }
      return []
    case .widenScope: return run(.whereAmI, argument: nil, times: nil)
    case .star: return star(times: times)
    case .starDiscussion: return starDiscussion()
    case .bookmark: return beginNote()
    case .tag: return beginTags()
    case .bookmarks:
      showBookmarks()
      return [.refreshMarks]
    case .toggleRead: return toggleRead(withReplies: false)
    case .toggleReadWithReplies: return toggleRead(withReplies: true)
    case .catchUp:
      if let discussion = currentDiscussion {
        prompt = Prompt(purpose: .confirm(.catchUp(discussion)))
      }
      return []
    case .copyLink, .copyText, .copyQuote: return copy(command)
    case .openLink: return openLink(times: times)
    case .listLinks: return listLinks()
    case .pipe, .save: return beginPassing(command, times: times)
    case .viewSource:
      guard let entry = currentEntry else {
        message = "No open source has this entry."
        return []
      }
      return [.showSource(entry)]
    case .digest: return [.showDigest(digestTargets)]
    case .export:
      prompt = Prompt(purpose: .save(.bookmarks(digestTargets)))
      return []
    case .editNote: return editNote()
    case .undo: return undo(times: times)
    case .setMark:
      if let argument, let place = currentPlace {
        letters[argument] = place
        message = "This place is '\(argument)."
      }
      return []
    case .goToMark: return goToMark(argument)
    case .jumpBack: return jumpBack()
    case .jumpForward: return jumpForward()
    case .morePanes, .fewerPanes:
      changePanes(by: command == .morePanes ? 1 : -1)
      return []
    case .focusList: return focusList()
    case .focusThread: return focusThread()
    case .focusOutline: return focusOutline()
    case .zoom:
      keepingTopLine { $0.isZoomed.toggle() }
      return []
    case .scrollLeft, .scrollRight:
      scrollSideways(command == .scrollRight ? 1 : -1, times: times)
      return []
    case .mouse: return toggleMouse()
    case .palette:
      prompt = Prompt(purpose: .command)
      return []
    case .repeatLast: return repeatLast(times: times)
    case .help:
      help = HelpPlace(keys: keysHere())
      return []
    case .whereAmI:
      message = whereAmI()
      return []
    case .reload: return readAgain([.reload])
    case .reloadConfig:
      message = "Reading the settings again…"
      return [.readOptions]
    case .openSource:
      prompt = Prompt(purpose: .source)
      return []
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .leave: return leave()
    case .quit: return keepPositionEffects() + [.quit]
    case .interrupt where loading != nil:
      loading = nil
      message = "Loading stopped. What was read until here can be used."
      return [.stopLoading]
    case .interrupt:
      prompt = Prompt(purpose: .confirm(.quit))
      return []
    }
  }

  /// Asks for more to be read, unless that goes on already.
  mutating func readAgain(_ effects: [Effect]) -> [Effect] {
    guard loading == nil else {
      message = "Still loading; ^C stops it."
      return []
    }
    loading = LoadingProgress(done: 0, total: 0)
    return effects
  }

  /// Keeps every selection within what there is; run after each event.
  fileprivate mutating func settle() {
    if surface != .thread { isInOutline = false }
    if surface != .list { showsFirstSteps = false }
    let layout = layout
    list.settle(count: listing.count, height: layout.list?.rows ?? 1)
    hits.selected = search?.group ?? 0
    hits.settle(count: search?.groups.count ?? 0, height: hitRowsVisible)
    let overviewCount = overview?.rows.count ?? 0
    overview?.place.settle(count: overviewCount, height: layout.rows?.rows ?? 1)
    bookmarkPlace.settle(count: bookmarkRows.count, height: hitRowsVisible)
    showInPreview()
    settleThread()
    settleSideways()
    if var help {
      help.place.settle(count: help.commands.count, height: max(1, size.rows - 3))
      self.help = help
    }
    if var list = linkList {
      list.place.settle(count: list.links.count, height: pageRows)
      linkList = list
    }
    if var page {
      self.page = nil
      page.settle(columns: size.columns - 2, rows: pageRows)
      self.page = page
    }
    noteShownToEnd()
    findMarkedEntries()
  }

  /// Hits that fit their pane, two rows each.
  var hitRowsVisible: Int { max(1, (layout.rows?.rows ?? 2) / 2) }
}
