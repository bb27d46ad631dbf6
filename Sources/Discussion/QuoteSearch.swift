import Bytes

/// The work of finding the quotes of a discussion: runs of six words of quoted passages are put into a
/// table, all entries' own words are passed over it, and what meets is compared word by word.
struct QuoteSearch {
  /// Words in a row that make a quote.
  static let windowWords = 6
  /// Quoted runs of words that are held at a time.
  static let windowLimit = 1 << 22
  /// How often the discussion is passed at most.
  static let passLimit = 8
  /// In how many entries words may stand and still tell where they are from.
  static let evidenceLimit = 8

  private(set) var links: [QuoteLink] = []
  /// Words looked at, for tests of how the work grows.
  private(set) var operations = 0
  private let library: Library
  private let entries: EntryRange
  private var table = WindowTable()
  private var wordsOfSources: [Int: [FoldedWord]] = [:]

  init(_ discussion: DiscussionID, _ library: Library) {
    self.library = library
    entries = library.entries(of: discussion)
  }

  mutating func run(windowLimit: Int = QuoteSearch.windowLimit) {
    var place = 0
    var passes = 0
    while place < entries.count, passes < QuoteSearch.passLimit {
      var quoting: [Int] = []
      table = WindowTable()
      while place < entries.count, table.count < windowLimit {
        if gatherQuoted(place) { quoting.append(place) }
        place += 1
      }
      guard !quoting.isEmpty else { continue }
      passes += 1
      for source in entries.indices { meet(source) }
      wordsOfSources.removeAll()
      for place in quoting { resolve(place) }
    }
  }

  // MARK: The passes

  /// Puts the quoted words of an entry into the table.
  /// - Returns: whether there are any.
  private mutating func gatherQuoted(_ place: Int) -> Bool {
    let entry = entries[place]
    let spans = library.spans(of: entry)
    return library.withText(of: entry) { text in
      let passages = QuotedPassages.quoted(text, spans)
      guard !passages.isEmpty else { return false }
      var found = false
      for passage in passages {
        let words = FoldedWords.words(of: text.extracting(passage))
        operations += words.count
        WindowTable.forEachWindow(of: words) { hash, _ in
          table.insert(hash)
          found = true
        }
      }
      return found
    }
  }

  /// Notes where an entry's own words meet quoted ones.
  private mutating func meet(_ place: Int) {
    let words = ownWords(of: place)
    operations += words.count
    WindowTable.forEachWindow(of: words) { hash, first in
      table.meet(hash, entry: UInt32(place), word: UInt32(first))
    }
  }

  /// The words of an entry that are its own; at a foreign passage a word of its own kind keeps apart what
  /// stands before and after.
  private func ownWords(of place: Int) -> [FoldedWord] {
    let entry = entries[place]
    let spans = library.spans(of: entry)
    return library.withText(of: entry) { text in
      let foreign = QuotedPassages.foreign(text, spans)
      guard !foreign.isEmpty else { return FoldedWords.words(of: text) }
      var words: [FoldedWord] = []
      var start = 0
      for gap in foreign + [text.count..<text.count] {
        for word in FoldedWords.words(of: text.extracting(start..<gap.lowerBound)) {
          words.append(
            FoldedWord(
              hash: word.hash, lower: word.lower + UInt32(start), upper: word.upper + UInt32(start)))
        }
        if !gap.isEmpty {
          // Empty, and different each time: no run of words that contains it is anywhere else.
          words.append(
            FoldedWord(
              hash: FoldedWords.finished(UInt64(place) << 32 | UInt64(gap.lowerBound)),
              lower: UInt32(gap.lowerBound), upper: UInt32(gap.lowerBound)))
        }
        start = gap.upperBound
      }
      return words
    }
  }

  // MARK: Comparing

  /// A run of words of a source that a quoted passage repeats.
  private struct Meeting {
    var source: Int
    var sourceWord: Int
    var length: Int
  }

  private mutating func resolve(_ place: Int) {
    let entry = entries[place]
    let spans = library.spans(of: entry)
    let passages = library.withText(of: entry) { QuotedPassages.quoted($0, spans) }
    for passage in passages {
      let words = library.withText(of: entry) { text in
        FoldedWords.words(of: text.extracting(passage)).map {
          FoldedWord(
            hash: $0.hash, lower: $0.lower + UInt32(passage.lowerBound),
            upper: $0.upper + UInt32(passage.lowerBound))
        }
      }
      operations += words.count
      resolve(place, words)
    }
  }

  private mutating func resolve(_ place: Int, _ words: [FoldedWord]) {
    var hashes: [UInt32] = []
    WindowTable.forEachWindow(of: words) { hash, _ in hashes.append(hash) }
    var word = 0
    let first = links.count
    while word < hashes.count {
      var best: Meeting?
      table.forEachMeeting(hashes[word]) { source, sourceWord in
        let source = Int(source)
        guard stands(source, before: place) else { return }
        let length = length(of: words, from: word, in: source, from: Int(sourceWord))
        guard length >= QuoteSearch.windowWords else { return }
        let found = Meeting(source: source, sourceWord: Int(sourceWord), length: length)
        if best.map({ isBetter(found, than: $0, for: place) }) ?? true { best = found }
      }
      guard let best else {
        word += 1
        continue
      }
      let theirs = sourceWords(best.source)
      let link = QuoteLink(
        entry: entries[place],
        bytes: Int(words[word].lower)..<Int(words[word + best.length - 1].upper),
        source: entries[best.source],
        sourceBytes: Int(theirs[best.sourceWord].lower)..<Int(theirs[best.sourceWord + best.length - 1].upper)
      )
      append(link, since: first)
      word += best.length
    }
  }

  /// Adds a link, or prolongs the one before it of the same passage, when it goes on in the same source.
  private mutating func append(_ link: QuoteLink, since first: Int) {
    if links.count > first, let last = links.last, last.source == link.source,
      last.sourceBytes.upperBound <= link.sourceBytes.lowerBound
    {
      links[links.count - 1].bytes = last.bytes.lowerBound..<link.bytes.upperBound
      links[links.count - 1].sourceBytes = last.sourceBytes.lowerBound..<link.sourceBytes.upperBound
    } else {
      links.append(link)
    }
  }

  /// Whether an entry can be quoted by another: it is answered by it, or earlier by date, or by place
  /// where a date is unknown.
  private func stands(_ source: Int, before place: Int) -> Bool {
    guard source != place else { return false }
    if isAncestor(source, of: place) { return true }
    if isAncestor(place, of: source) { return false }
    if let date = library.date(of: entries[place]), let earlier = library.date(of: entries[source]),
      date.seconds != earlier.seconds
    {
      return earlier.seconds < date.seconds
    }
    return source < place
  }

  private func isAncestor(_ above: Int, of place: Int) -> Bool {
    above < place && place <= above + library.descendantCount(of: entries[above])
  }

  /// Longer is better, of one that is answered doubly so; of equals the nearest.
  private func isBetter(_ new: Meeting, than old: Meeting, for place: Int) -> Bool {
    let weight = { (meeting: Meeting) in
      meeting.length * (isAncestor(meeting.source, of: place) ? 2 : 1)
    }
    let (one, two) = (weight(new), weight(old))
    if one != two { return one > two }
    let (near, far) = (isAncestor(new.source, of: place), isAncestor(old.source, of: place))
    if near != far { return near }
    return abs(place - new.source) < abs(place - old.source)
  }

  /// How many words from two places on are the same, compared one by one.
  private mutating func length(of words: [FoldedWord], from word: Int, in source: Int, from other: Int) -> Int
  {
    let theirs = sourceWords(source)
    var length = 0
    while word + length < words.count, other + length < theirs.count,
      words[word + length].hash == theirs[other + length].hash,
      theirs[other + length].lower < theirs[other + length].upper
    {
      length += 1
    }
    return length
  }

  private mutating func sourceWords(_ source: Int) -> [FoldedWord] {
    if let known = wordsOfSources[source] { return known }
    if wordsOfSources.count >= 256 { wordsOfSources.removeAll(keepingCapacity: true) }
    let words = ownWords(of: source)
    wordsOfSources[source] = words
    return words
  }
}
