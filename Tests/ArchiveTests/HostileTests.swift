import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("Input made to hurt")
struct HostileTests {
  @Test(
    "every text row of the corpus keeps its items and tokens",
    .enabled(if: HostileCorpus.isThere, "no shared data beside the package"))
  func corpusRows() throws {
    let rows = try HostileCorpus.rows(below: "txt")
    #expect(rows.count >= 30)
    for row in rows {
      let result = row.read()
      #expect(result.discussions.count >= row.items, "\(row.name)")
      #expect(row.lost(in: result) == [], "\(row.name)")
      for scalar in HostileCorpus.text(of: result).unicodeScalars where row.threat == "esc-c1" {
        #expect(!(0x80...0x9F).contains(scalar.value), "\(row.name)")
      }
    }
  }

  static let sample = """
    « before | Main | after »
    Thursday
    Jun142012

    A small title – ünïcode\u{A0}

    by Ann Author

    First paragraph with words.
    > a quote

      • one
      • two

    Image credit: Someone

    3 thoughts on “A small title”

      1. Bob says:

        Words of Bob.

        • Eve says:
          June 15, 2012 at 9:05 pm

          Words of Eve.

          1. Numbered list > 2. in a line

          More words of Eve.

      2. Words of nobody\u{301}\u{301}.

    Comments are closed.
    """

  @Test("a page cut at any byte never traps and reads the same twice")
  func truncation() {
    let bytes = Array(HostileTests.sample.utf8)
    for end in 0...bytes.count {
      let cut = Array(bytes[..<end])
      let first = Archive.read(bytes: cut, path: [])
      #expect(first.discussions == Archive.read(bytes: cut, path: []).discussions)
      check(first)
    }
    #expect(Archive.read(bytes: bytes, path: []).discussions.first?.comments.count == 3)
  }

  @Test("lines of the styles in any order never trap; text stays valid, spans inside, parents before replies")
  func shuffled() {
    var lines = HostileTests.sample.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines += [
      "22", "2", "  • 1", "    text – yes", "3 Answers", "2 Comments", "|", "2 Likes", "1", "\u{A0}",
      "Post by X » 1.2.2003",
    ]
    lines += [
      "June 5, 2001 | Unregistered CommenterZed", "Leave a Reply", "        12. deep", "•", "9. ", "Reply",
      "",
    ]
    var random = Random(state: 11)
    for _ in 0..<400 {
      let page = (0..<40).map { _ in lines.randomElement(using: &random) ?? "" }.joined(separator: "\n")
      check(Archive.read(bytes: Array(page.utf8), path: Array("x".utf8)))
    }
  }

  @Test("random bytes never trap")
  func noise() {
    var random = Random(state: 3)
    for _ in 0..<300 {
      let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
      check(Archive.read(bytes: bytes, path: bytes))
    }
  }

  @Test("every letter of text without a style is kept")
  func letters() {
    let words = ["alpha", "Beta.", "gamma,", "délta", "10", "3.5", ">", "(x)", "“q”", "word\u{301}", "漢字"]
    var random = Random(state: 5)
    for _ in 0..<300 {
      // A title printed twice counts once, so the first paragraph differs from all others.
      var text = "Once upon\n\n"
      for _ in 0..<60 {
        text += words.randomElement(using: &random) ?? ""
        text += [" ", " ", " ", "\n", "\n\n", "\r\n", "\n\n\n  "].randomElement(using: &random) ?? ""
      }
      let found = HostileCorpus.text(of: Archive.read(bytes: Array(text.utf8), path: Array("-".utf8)))
      func letters(_ text: String) -> [Unicode.Scalar: Int] {
        text.replacing("standard input", with: "").unicodeScalars.reduce(into: [:]) { counts, scalar in
          if !scalar.properties.isWhitespace { counts[scalar, default: 0] += 1 }
        }
      }
      #expect(letters(found) == letters(text), "\(text.debugDescription) -> \(found.debugDescription)")
    }
  }

  @Test("one line of two megabytes is kept whole")
  func longLine() {
    let line = String(repeating: "word ", count: 400_000) + "end"
    let result = Archive.read(bytes: Array(line.utf8), path: [0x2D])
    #expect(result.discussions.first?.body.utf8.count == line.utf8.count)
  }

  @Test("items nested two thousand deep keep their chain")
  func deep() {
    var page = "3 thoughts on “Deep”\n\n"
    for depth in 0..<2_000 {
      page += String(repeating: " ", count: 2 + depth) + "• Reply number \(depth).\n\n"
    }
    let comments = Archive.read(bytes: Array(page.utf8), path: [0x2D]).discussions.first?.comments ?? []
    #expect(comments.count == 2_000)
    #expect(comments.last?.parent == .comment(1_998))
  }

  private func check(_ result: ArchiveResult) {
    for post in result.discussions {
      for text in [post.body] + post.comments.map(\.text) {
        #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        #expect(text.spans.allSatisfy { $0.bytes.lowerBound >= 0 && $0.bytes.upperBound <= text.utf8.count })
        #expect(text.utf8.first != 0x0A && text.utf8.last != 0x0A && text.utf8.last != 0x20)
      }
      #expect(!post.title.contains(0x0A))
      for (index, comment) in post.comments.enumerated() {
        if case .comment(let parent) = comment.parent { #expect(parent < index) }
        #expect(comment.author.map { !$0.isEmpty && !$0.contains(0x0A) } ?? true)
      }
    }
  }
}

private struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
