public import Discussion
import Grid

/// A discussion as one flowing document: rows of entries, hidden ones left out, set lazily.
///
/// Nothing here counts all rows of a thread: places are an entry and a row in it, and walking costs
/// what is walked over.
public struct ThreadFlow {
  /// The library that the entries are of.
  public let library: Library
  /// The discussion.
  public let discussion: DiscussionID
  /// Its entries, or those below the one that shows alone.
  public let entries: EntryRange
  /// Levels that are left out on the left.
  let outdent: Int
  /// What is folded.
  public let folds: Folds
  /// Columns of the pane.
  public let columns: Int
  private let hidden: HiddenEntries
  private let quotes: QuoteFolds
  private let breaksCode: Bool
  private let measure: Int
  private let cache: LayoutCache

  init(
    library: Library, discussion: DiscussionID, root: EntryID? = nil, folds: Folds,
    hidden: HiddenEntries = HiddenEntries(),
    quotes: QuoteFolds = QuoteFolds(), breaksCode: Bool = false,
    columns: Int, measure: Int = EntryLayout.measure, cache: LayoutCache
  ) {
    self.library = library
    self.discussion = discussion
    entries = root.map { library.subtree(of: $0) } ?? library.entries(of: discussion)
    outdent = root.map { max(0, library.depth(of: $0) - 1) } ?? 0
    self.folds = folds
    self.hidden = hidden
    self.quotes = quotes
    self.breaksCode = breaksCode
    self.columns = columns
    self.measure = measure
    self.cache = cache
  }

  /// Whether an entry shows its head alone.
  public func isFolded(_ entry: EntryID) -> Bool {
    folds.isFolded(entry, depth: library.depth(of: entry))
  }

  /// How an entry is set.
  public func layout(of entry: EntryID) -> EntryLayout {
    cache.layout(
      of: entry, in: library, columns: columns, outdent: outdent, isFolded: isFolded(entry),
      hidesQuotes: quotes.hides(entry), breaksCode: breaksCode, measure: measure)
  }

  /// The next entry that is not hidden.
  public func next(after entry: EntryID) -> EntryID? {
    var step = isFolded(entry) ? library.descendantCount(of: entry) + 1 : 1
    while true {
      let next = entry.advanced(by: step)
      guard entries.contains(next) else { return nil }
      if !hidden.contains(next) { return next }
      step += 1
    }
  }

  /// The previous entry that is not hidden.
  public func previous(before entry: EntryID) -> EntryID? {
    guard entry != entries[0] else { return nil }
    return visible(entry.advanced(by: -1))
  }

  /// Whether an entry is left out of the thread until it is asked for.
  func isHidden(_ entry: EntryID) -> Bool { hidden.contains(entry) }

  /// The entry itself, or the outermost folded comment that hides it; of an entry that is left out, what
  /// stands before it.
  /// - Complexity: O(depth + entries left out before it).
  public func visible(_ entry: EntryID) -> EntryID {
    var entry = entry
    while hidden.contains(entry), entry != entries[0] { entry = entry.advanced(by: -1) }
    return outermostFold(around: entry)
  }

  private func outermostFold(around entry: EntryID) -> EntryID {
    var shown = entry
    for ancestor in library.ancestors(of: entry) where entries.contains(ancestor) && isFolded(ancestor) {
      shown = ancestor
    }
    return shown
  }

  /// The last entry that is not hidden.
  public var last: EntryID { visible(entries[entries.count - 1]) }

  /// A place some rows further down (or up, when negative), kept within the document.
  public func moved(_ place: Place, by rows: Int) -> Place {
    var place = place
    var rest = rows
    while rest > 0 {
      let left = layout(of: place.entry).rowCount - 1 - place.row
      if rest <= left {
        place.row += rest
        return place
      }
      guard let next = next(after: place.entry) else {
        place.row += max(0, left)
        return place
      }
      rest -= left + 1
      place = Place(entry: next)
    }
    while rest < 0 {
      if place.row >= -rest {
        place.row += rest
        return place
      }
      guard let previous = previous(before: place.entry) else {
        place.row = 0
        return place
      }
      rest += place.row + 1
      place = Place(entry: previous, row: layout(of: previous).rowCount - 1)
    }
    return place
  }

  /// The rows from a place on, at most `count`.
  public func rows(from place: Place, count: Int) -> [Place] {
    var found: [Place] = []
    var current = place
    while found.count < count {
      let total = layout(of: current.entry).rowCount
      while current.row < total, found.count < count {
        found.append(current)
        current.row += 1
      }
      guard let next = next(after: current.entry) else { break }
      current = Place(entry: next)
    }
    return found
  }

  /// Rows from one place down to another; nil when that is further than `limit` or above.
  public func distance(from start: Place, to end: Place, limit: Int) -> Int? {
    guard end.entry >= start.entry else { return nil }
    var total = -start.row
    var entry = start.entry
    while entry != end.entry {
      total += layout(of: entry).rowCount
      guard total <= limit, let next = next(after: entry), next <= end.entry else { return nil }
      entry = next
    }
    total += end.row
    return total >= 0 && total <= limit ? total : nil
  }

  /// The place nearest to `place` whose rows exist and that leaves no empty rows at the bottom where
  /// the document could fill them.
  public func clamped(_ place: Place, height: Int) -> Place {
    var place = Place(
      entry: visible(entries.contains(place.entry) ? place.entry : entries[0]), row: place.row)
    place.row = min(max(0, place.row), layout(of: place.entry).rowCount - 1)
    let below = rows(from: place, count: height).count
    return below < height ? moved(place, by: below - height) : place
  }
}

/// A memo of layouts. It changes nothing that anyone can see: a layout depends on its key alone.
final class LayoutCache {
  private struct Key: Hashable {
    var entry: EntryID
    var isFolded: Bool
    var hidesQuotes: Bool
    var breaksCode: Bool
  }

  private var library = Library()
  private var columns = -1
  private var outdent = 0
  private var measure = -1
  private var layouts: [Key: EntryLayout] = [:]

  func layout(
    of entry: EntryID, in library: Library, columns: Int, outdent: Int, isFolded: Bool, hidesQuotes: Bool,
    breaksCode: Bool, measure: Int
  ) -> EntryLayout {
    if !self.library.isSame(as: library) || self.columns != columns || self.outdent != outdent
      || self.measure != measure
      || layouts.count > 2048
    {
      layouts.removeAll(keepingCapacity: true)
      self.library = library
      self.columns = columns
      self.outdent = outdent
      self.measure = measure
    }
    let key = Key(entry: entry, isFolded: isFolded, hidesQuotes: hidesQuotes, breaksCode: breaksCode)
    if let known = layouts[key] { return known }
    let layout = EntryLayout(
      of: entry, in: library, columns: columns, outdent: outdent, isFolded: isFolded,
      hidesQuotes: hidesQuotes, breaksCode: breaksCode, measure: measure)
    layouts[key] = layout
    return layout
  }
}

/// A memo of matches, for one answer of the index: a match depends on the query and the entry alone.
final class MatchCache {
  private var ticket = -1
  private var generation = -1
  private var matches: [EntryID: [Match]] = [:]

  func matches(of answer: SearchAnswer, in entry: EntryID, library: Library) -> [Match] {
    if ticket != answer.ticket || generation != library.generation || matches.count > 4096 {
      matches.removeAll(keepingCapacity: true)
      ticket = answer.ticket
      generation = library.generation
    }
    if let known = matches[entry] { return known }
    let found = answer.query.matches(in: entry, of: library)
    matches[entry] = found
    return found
  }
}
