import Discussion

/// Going from a quote to where it is from, and from an entry to those that quote it.
extension ReaderState {
  /// Texts of more bytes are searched for quotes in the background.
  static let quoteBytesAtOnce = 1 << 20

  /// Goes along a quote of the thread that is shown, now or as soon as its quotes are known.
  mutating func follow(_ command: Command, times: Int?) -> [Effect] {
    guard surface == .thread, let thread else {
      message = "Open a thread first."
      return []
    }
    if let quotes, quotes.generation == library.generation, quotes.index.discussion == thread.discussion {
      return follow(command, times: times, in: quotes.index)
    }
    if library.textByteCount(of: thread.discussion) <= ReaderState.quoteBytesAtOnce {
      let index = QuoteIndex(of: thread.discussion, in: library)
      quotes = (library.generation, index)
      return follow(command, times: times, in: index)
    }
    message = "Looking for quotes…"
    awaitedQuotes = AwaitedQuotes(entry: thread.selected, command: command, times: times)
    return [.findQuotes(thread.discussion)]
  }

  /// Takes the quotes that were looked for; who has gone elsewhere meanwhile stays there.
  mutating func take(_ index: QuoteIndex, generation: Int) -> [Effect] {
    guard generation == library.generation else {
      // The library grew: asked again when it is asked for again.
      awaitedQuotes = nil
      return []
    }
    quotes = (generation, index)
    guard let awaited = awaitedQuotes else { return [] }
    awaitedQuotes = nil
    guard surface == .thread, let thread, thread.selected == awaited.entry,
      thread.discussion == index.discussion
    else { return [] }
    message = nil
    return follow(awaited.command, times: awaited.times, in: index)
  }

  private mutating func follow(_ command: Command, times: Int?, in index: QuoteIndex) -> [Effect] {
    command == .quoteSource ? goToSource(in: index, times: times) : stepQuoters(in: index, times: times)
  }

  private mutating func goToSource(in index: QuoteIndex, times: Int?) -> [Effect] {
    guard let thread, let flow else { return [] }
    let links = index.quotes(of: thread.selected)
    let byte =
      thread.top.entry == thread.selected
      ? flow.layout(of: thread.selected).byte(atRow: thread.top.row) : 0
    guard !links.isEmpty else {
      message = "No quote here has its source in this discussion."
      return []
    }
    let first = links.firstIndex { $0.bytes.upperBound > byte } ?? 0
    let place = times.map { min($0, links.count) - 1 } ?? first
    quoters = nil
    return show(
      links[place].source, at: Match(part: .text, bytes: links[place].sourceBytes),
      sentence: "The source of quote \(place + 1)/\(links.count).")
  }

  private mutating func stepQuoters(in index: QuoteIndex, times: Int?) -> [Effect] {
    guard let thread else { return [] }
    var step = times ?? 1
    if quoters?.current == thread.selected, let place = quoters?.place {
      step += place
    } else {
      quoters = nil
    }
    let source = quoters?.source ?? thread.selected
    // An entry that quotes another twice is one of those that quote it.
    var links: [QuoteLink] = []
    for link in index.quoted(by: source) where link.entry != links.last?.entry { links.append(link) }
    guard !links.isEmpty else {
      message = "Nobody quotes this here."
      return []
    }
    let place = (step - 1) % links.count
    let sentence = "\(place + 1)/\(links.count) that \(links.count == 1 ? "quotes" : "quote") it"
    let effects = show(
      links[place].entry, at: Match(part: .text, bytes: links[place].bytes), sentence: sentence,
      isStep: quoters != nil)
    quoters = Quoters(source: source, current: links[place].entry, place: place + 1)
    return effects
  }

  /// Goes to another entry of the thread; the place that one comes from is remembered.
  private mutating func show(
    _ entry: EntryID, at match: Match, sentence: String, isStep: Bool = false
  ) -> [Effect] {
    let effects = markSelectedIfShown()
    if let thread, thread.selected != entry, !isStep { jumps.push(Place(entry: thread.selected)) }
    put(entry, at: match)
    message = sentence
    return effects
  }

  /// Sets quotes apart as one line each, or shows them again.
  mutating func toggleQuotes() {
    keepingTopLine {
      $0.hidesQuotes.toggle()
      $0.openQuotes.removeAll()
    }
    message = hidesQuotes ? "Quotes are hidden." : "Quotes show."
  }

  /// Opens the hidden quotes of an entry if a match stands in one.
  mutating func openQuotes(of entry: EntryID, at match: Match?) {
    guard hidesQuotes, let match, match.part == .text, !openQuotes.contains(entry) else { return }
    if library.quotedPassages(of: entry).contains(where: { $0.overlaps(match.bytes) }) {
      openQuotes.insert(entry)
    }
  }
}

/// What is to be done once quotes are known.
struct AwaitedQuotes {
  /// The entry from which it was asked.
  var entry: EntryID
  var command: Command
  var times: Int?
}

/// The entries that quote one, while they are stepped through.
struct Quoters {
  var source: EntryID
  var current: EntryID
  /// How many of them were shown.
  var place: Int

  func remapped(by remap: Remap) -> Quoters? {
    guard let source = remap(source), let current = remap(current) else { return nil }
    return Quoters(source: source, current: current, place: place)
  }
}
