import Testing

@testable import Discussion

/// A small generator with a fixed sequence (SplitMix64), so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

func comment(_ text: String, by author: String? = nil, to parent: ParsedComment.Parent = .post)
  -> ParsedComment
{
  ParsedComment(parent: parent, author: author.map { Array($0.utf8) }, text: ParsedText(text))
}

func discussion(
  _ title: String, _ body: String = "Body.", from source: String = "a.txt",
  comments: [ParsedComment] = []
) -> ParsedDiscussion {
  ParsedDiscussion(
    title: Array(title.utf8), format: "test", body: ParsedText(body), comments: comments,
    sources: [Array(source.utf8)])
}

/// A library whose invariants were checked.
@discardableResult
func library(of batches: [ParsedDiscussion]...) -> Library {
  var library = Library()
  for batch in batches { library = library.adding(batch).library }
  #expect(library.checkInvariants() == [])
  return library
}

extension Library {
  func string(_ entry: EntryID) -> String { String(decoding: text(of: entry), as: UTF8.self) }
  func name(_ discussion: DiscussionID) -> String { String(decoding: title(of: discussion), as: UTF8.self) }
}
