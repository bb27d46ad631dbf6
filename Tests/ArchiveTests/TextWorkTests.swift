import Discussion
import Testing

@testable import Archive

@Suite("Work and roles on pages of text")
struct TextWorkTests {
  static let bombs: [(String, String, String)] = [
    ("tiny lines", "", "ab\n"), ("numbers", "", "12\n"), ("bullets", "3 comments\n\n", "  • a\n"),
    ("loose bullets", "3 comments\n\n", "  • a b\n\n"), ("numbered", "3 comments\n\n", "1. a\n"),
    ("dates", "", "1.2.2003\n"), ("dates and blanks", "", "June 14, 2012\n\n"),
    ("names and dates", "9 comments on “x”\n\n", "Ann\nJune 14, 2012 at 5:00 pm\n\nx\n\n"),
    ("headings", "", "Comments\n\n"), ("headings over lists", "", "Comments\n  1. \n"),
    ("bylines", "Comments\n\n", "Ann says:\n\nx\n\n"), ("buttons", "Comments\n\n", "x\n\nReply\n\n"),
    ("forms", "Comments\n\n", "Leave a Reply\n"), ("the same title", "", "x\n\n"),
    ("borders", "", "Post by Ann » 1.2.2003\nab\n"), ("spaces", "", "ab\n\u{A0}\n"),
    ("questions", "2 Answers\n\n", "3\n\nab\n\n"),
    ("links of mail", "Next message: x\nReply:\n", "From: a\nDate: b\n"),
    ("bars", "", "« | »\n"), ("credits", "", "Photo: x\n\n"),
    ("signatures", "Comments\n\n", "x\n\nMay 5, 2012 | Unregistered CommenterX\n\n"),
    ("lost names", "", "Posted by\n2 posts\n\nx\n\n"), ("unindented", "Comments\n\n  1. a\n\n", "b\n"),
  ]

  @Test("ten times the lines are at most twelve times the steps", arguments: TextWorkTests.bombs)
  func linear(name: String, head: String, unit: String) {
    func steps(_ count: Int) -> Int {
      let page = TextPage(Array((head + String(repeating: unit, count: count)).utf8))
      _ = page.discussions(path: [])
      return page.steps.count
    }
    let (small, large) = (steps(300), steps(3_000))
    #expect(large <= 12 * small, "\(name): \(small), \(large)")
  }

  @Test("numbers that count up do not multiply work either")
  func countingUp() {
    func steps(_ count: Int, _ line: (Int) -> String) -> Int {
      let page = TextPage(Array((1...count).map(line).joined().utf8))
      _ = page.discussions(path: [])
      return page.steps.count
    }
    for line in [{ "#\($0)\nab\n" }, { "\($0)\n\nab\n\n" }, { "  \($0). a\n\n" }] as [(Int) -> String] {
      #expect(steps(3_000, line) <= 12 * steps(300, line))
    }
  }

  @Test("quoted lines, list items, program text and fences; prose is none of them")
  func roles() {
    func roles(_ lines: String) -> [String] {
      var text = TextAssembly()
      for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
        text.append(Array(line.utf8)[...], isListItem: line.hasPrefix("• "))
      }
      let parsed = text.finish()
      return parsed.spans.map { "\($0.role) \(words(Array(parsed.utf8[$0.bytes])) ?? "")" }
    }
    #expect(roles("a\n> b\n> c\nd") == ["quote > b\n> c"])
    #expect(roles("• one\n• two") == ["listItem • one", "listItem • two"])
    #expect(
      roles("So:\n\nint a = 1;\nwhile (a) {\na--;\n}\n\nEnd.") == ["code int a = 1;\nwhile (a) {\na--;\n}"])
    #expect(roles("So:\n\n```\nany words\n```\n\nEnd.") == ["code ```\nany words\n```"])
    #expect(roles("Prose ends; it goes on.\nMore prose (really).\n\nOne line;") == [])
  }
}
