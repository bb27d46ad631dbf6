import Testing

@testable import Archive

@Suite("HTML in Markdown")
struct MarkdownMarkupTests {
  private func removed(_ text: String) -> String {
    String(decoding: MarkdownMarkup.removed(from: Array(text.utf8)), as: UTF8.self)
  }

  @Test("comments go, tags become Markdown, what is no tag stays")
  func tags() {
    #expect(removed("a <!-- not\nseen --> b") == "a  b")
    #expect(removed("a <!-- never ended") == "a <!-- never ended")
    #expect(removed("<b>x</b> <i>y</i><br>z") == "**x** *y*\nz")
    #expect(removed("see <img width=\"3\" alt=\"a cat\" src=x> and <a href=\"u\">v</a>") == "see a cat and v")
    #expect(
      removed("List<String> if a < b and c > d <https://x.example> <me@x.example>")
        == "List<String> if a < b and c > d <https://x.example> <me@x.example>")
    #expect(removed("<details>\n<summary>More</summary>\ntext</details>") == "\n\n\n\n\nMore\n\n\ntext\n\n")
  }

  @Test("code stays as it stands")
  func code() {
    for text in [
      "`<b>x</b>` y", "``a ` <i>`` y", "```html\n<b>x</b>\n<!-- y -->\n```", "> ~~~\n> <b>\n> ~~~",
    ] {
      #expect(removed(text) == text)
    }
    #expect(removed("` <b>x") == "` **x")
    #expect(removed("```\n<b>\n```\n<b>") == "```\n<b>\n```\n**")
  }

  @Test(
    "ten times the input takes at most twelve times the steps",
    arguments: ["<", "<!--", "<b", "<a <", "`", "``` ", "<img alt='", "```\n", "` `` ", "<b>x</b>", "\n~~~"])
  func linear(_ bomb: String) {
    func steps(_ count: Int) -> Int {
      var markup = MarkdownMarkup(Array(String(repeating: bomb, count: count).utf8))
      _ = markup.run()
      return markup.operations
    }
    #expect(steps(20_000) <= 12 * steps(2_000) + 100)
  }

  @Test("runs of backticks of every length stay linear")
  func ticks() {
    func steps(_ lengths: Int) -> (Int, Int) {
      let text = (1...lengths).map { String(repeating: "`", count: $0) + " " }.joined()
      var markup = MarkdownMarkup(Array(text.utf8))
      _ = markup.run()
      return (markup.operations, text.utf8.count)
    }
    let (few, small) = steps(100)
    let (many, large) = steps(1_000)
    #expect(many * small <= 2 * few * large)
  }
}
