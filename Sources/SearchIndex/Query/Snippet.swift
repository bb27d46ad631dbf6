/// A line cut from a text around what was found.
public struct Snippet: Equatable, Sendable {
  /// The line in UTF-8: runs of blanks and line ends are one space, and `…` stands where text was cut off.
  public var text: [UInt8]
  /// What was found, in Unicode scalars of the line; sorted, apart from one another.
  public var highlights: [Range<Int>]
  /// What part of the text the line shows, in bytes of the text.
  public var sourceRange: Range<Int>
}

extension Query {
  /// Cuts a line of at most so many Unicode scalars from a field's text, the ellipses among them: where
  /// the most different parts of the query stand together, at the first of equal places, with some text
  /// before them. Without anything found, the beginning of the text.
  /// - Complexity: linear in the bytes of the text, times the words of the query.
  public func snippet(of text: Span<UInt8>, field: Field, limitScalars: Int) -> Snippet {
    let limit = max(limitScalars, 1)
    var matches: [(part: Int, range: Range<Int>)] = []
    forEachMatch(in: text, field: field) { matches.append(($0, $1)) }
    matches.sort { $0.range.lowerBound < $1.range.lowerBound }
    let place = SnippetCutter.bestPlace(matches, in: text, limit: max(1, limit - 2))
    var cutter = SnippetCutter(limit: limit)
    cutter.cut(text, around: place, highlights: highlights(in: text, field: field))
    return cutter.snippet
  }
}

/// Finds the place of a snippet and writes it.
private struct SnippetCutter {
  private let limit: Int
  private(set) var snippet = Snippet(text: [], highlights: [], sourceRange: 0..<0)
  /// Where each scalar of the snippet begins in its text.
  private var starts: [Int] = []

  init(limit: Int) { self.limit = limit }

  private static let ellipsis: [UInt8] = [0xE2, 0x80, 0xA6]

  /// The bytes of the matches that show the most different parts within a limit of scalars.
  static func bestPlace(
    _ matches: [(part: Int, range: Range<Int>)], in text: Span<UInt8>, limit: Int
  ) -> Range<Int> {
    guard var best = matches.first?.range else { return 0..<0 }
    let places = scalarPlaces(matches.map(\.range.lowerBound), in: text)
    var counts = [Int](repeating: 0, count: (matches.map(\.part).max() ?? 0) + 1)
    var distinct = 0
    var most = 0
    var next = 0
    for first in matches.indices {
      while next < matches.count,
        next == first || places[next] + matches[next].range.count - places[first] <= limit
      {
        if counts[matches[next].part] == 0 { distinct += 1 }
        counts[matches[next].part] += 1
        next += 1
      }
      if distinct > most {
        most = distinct
        best = matches[first].range.lowerBound..<matches[next - 1].range.upperBound
      }
      counts[matches[first].part] -= 1
      if counts[matches[first].part] == 0 { distinct -= 1 }
    }
    return best
  }

  /// How many scalars of a line stand before each of some rising byte offsets.
  private static func scalarPlaces(_ offsets: [Int], in text: Span<UInt8>) -> [Int] {
    var places: [Int] = []
    var count = 0
    var wasBlank = true
    var at = 0
    while places.count < offsets.count, at < text.count {
      while places.count < offsets.count, offsets[places.count] <= at { places.append(count) }
      let (isBlank, size) = SnippetCutter.scalar(text, at)
      if !isBlank || !wasBlank { count += 1 }
      wasBlank = isBlank
      at += size
    }
    while places.count < offsets.count { places.append(count) }
    return places
  }

  private static func scalar(_ text: Span<UInt8>, _ at: Int) -> (isBlank: Bool, size: Int) {
    let (scalar, size) = decodeScalar(text, at: at, before: text.count)
    let isBlank = scalar <= 0x20 || (0x7F...0xA0).contains(scalar) || scalar == 0x2028 || scalar == 0x2029
    return (isBlank, size)
  }

  mutating func cut(_ text: Span<UInt8>, around place: Range<Int>, highlights: [Range<Int>]) {
    let first = SnippetCutter.beginning(text, before: place, limit: limit)
    var at = first
    if (0..<first).contains(where: { !SnippetCutter.scalar(text, $0).isBlank }) {
      append(SnippetCutter.ellipsis)
    }
    var next = highlights.firstIndex { $0.upperBound > first } ?? highlights.count
    var open: Int?
    var pendingSpace = false
    var end = first
    while at < text.count {
      let (isBlank, size) = SnippetCutter.scalar(text, at)
      while next < highlights.count, highlights[next].upperBound <= at {
        close(&open)
        next += 1
      }
      if isBlank {
        pendingSpace = end > first
      } else {
        if pendingSpace { append([0x20]) }
        pendingSpace = false
        if next < highlights.count, highlights[next].contains(at), open == nil { open = starts.count }
        let isBroken = size == 1 && text[at] >= 0x80
        append(isBroken ? [0xEF, 0xBF, 0xBD] : (at..<at + size).map { text[$0] })
        end = at + size
        if starts.count > limit { break }
      }
      at += size
    }
    close(&open)
    if starts.count > limit { trim(to: limit) }
    snippet.sourceRange = first..<max(first, end)
  }

  /// Where to begin so that some text stands before a place, at a word.
  private static func beginning(_ text: Span<UInt8>, before place: Range<Int>, limit: Int) -> Int {
    var room = max(0, min(limit / 3, (limit - place.count) / 2))
    var at = place.lowerBound
    var atWord = at
    while at > 0, room > 0 {
      at -= 1
      while at > 0, text[at] & 0xC0 == 0x80 { at -= 1 }
      room -= 1
      if at == 0 || scalar(text, at - 1).isBlank { atWord = at }
    }
    return atWord
  }

  private mutating func append(_ scalar: [UInt8]) {
    starts.append(snippet.text.count)
    snippet.text.append(contentsOf: scalar)
  }

  private mutating func close(_ open: inout Int?) {
    if let first = open, first < starts.count { snippet.highlights.append(first..<starts.count) }
    open = nil
  }

  /// Ends the line with an ellipsis as its last scalar.
  private mutating func trim(to count: Int) {
    var kept = count - 1
    while kept > 0, snippet.text[starts[kept - 1]] == 0x20 { kept -= 1 }
    snippet.text.removeSubrange(starts[kept]...)
    snippet.text.append(contentsOf: SnippetCutter.ellipsis)
    snippet.highlights = snippet.highlights.compactMap { range in
      let clipped = range.clamped(to: 0..<kept)
      return clipped.isEmpty ? nil : clipped
    }
  }
}
