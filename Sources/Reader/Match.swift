public import Discussion
public import SearchIndex

/// A match within an entry.
public struct Match: Hashable, Sendable {
  /// The parts of an entry that a search looks at.
  public enum Part: Hashable, Sendable {
    /// The discussion's title, shown above the post.
    case title
    /// The author's name.
    case author
    /// The text.
    case text
  }

  /// Where the words stand.
  public var part: Part
  /// Bytes of that part.
  public var bytes: Range<Int>
}

/// The words around the best matches of an entry, on one line.
public struct HitSnippet: Hashable, Sendable {
  /// The words, UTF-8.
  public var utf8: [UInt8]
  /// Bytes that match.
  public var matches: [Range<Int>]

  init(_ snippet: Snippet) {
    utf8 = snippet.text
    // The index counts scalars; a screen asks by byte.
    var starts: [Int] = []
    for (offset, byte) in snippet.text.enumerated() where byte & 0xC0 != 0x80 { starts.append(offset) }
    starts.append(snippet.text.count)
    matches = snippet.highlights.filter { $0.upperBound < starts.count }.map {
      starts[$0.lowerBound]..<starts[$0.upperBound]
    }
  }
}

extension Query {
  /// The matches of an entry in the order in which it shows them: title, author, text.
  public func matches(in entry: EntryID, of library: Library) -> [Match] {
    var matches: [Match] = []
    let discussion = library.discussion(of: entry)
    if library.kind(of: entry) == .post {
      let title = library.title(of: discussion)
      matches += highlights(in: title.span, field: .title).map { Match(part: .title, bytes: $0) }
    }
    if let author = library.author(of: entry) {
      matches += highlights(in: author.span, field: .author).map { Match(part: .author, bytes: $0) }
    }
    return matches
      + library.withText(of: entry) { text in
        highlights(in: text, field: .body).map { Match(part: .text, bytes: $0) }
      }
  }
}
