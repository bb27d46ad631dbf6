import Testing

/// What `--json` prints has the keys and the kinds of schema 1.
@Suite("The JSON contract")
struct CommandLineContractTests {
  private let scratch: CommandLineScratch

  init() throws {
    scratch = try CommandLineScratch()
    try scratch.write(
      "talk.txt",
      """
      A talk about lamps

      Lamps are good when it is dark, and this is the body of the post.

      Reader Comments (2)

      The first answer praises lamps.

      May 3, 2011 | Unregistered CommenterAnn Lee

      The second answer prefers candles.

      May 4, 2011 | Unregistered CommenterBo Chen

      PostPost a New Comment
      """)
  }

  @Test func showHasEveryKey() throws {
    let run = try scratch.run("show", "--json", "talk.txt")
    #expect(run.code == 0)
    let json = try PrintedJSON(run)
    #expect(json.keys == ["schema", "discussions", "problems"])
    #expect(try json.objects("problems").isEmpty)
    let discussion = try #require(try json.objects("discussions").first)
    #expect(
      discussion.keys == [
        "id", "title", "author", "date", "format", "sources", "categories", "declaredComments", "closed",
        "url", "body", "comments",
      ])
    #expect(try discussion.string("id").count == 32)
    #expect(try discussion.string("title") == "A talk about lamps")
    #expect(try discussion.string(orNull: "author") == nil)
    #expect(try discussion.string(orNull: "date") == nil)
    #expect(try discussion.string("format") == "text-page")
    #expect(try discussion.strings("sources") == ["talk.txt"])
    #expect(try discussion.strings("categories").isEmpty)
    #expect(try discussion.int(orNull: "declaredComments") == 2)
    #expect(try discussion.optional("closed", discussion.truth) == nil)
    #expect(try discussion.string(orNull: "url") == nil)
    #expect(try discussion.string("body").contains("Lamps are good"))
    let comments = try discussion.objects("comments")
    #expect(comments.count == 2)
    for comment in comments {
      #expect(
        comment.keys == ["id", "kind", "parent", "depth", "author", "date", "score", "removed", "text"])
      #expect(try comment.string("kind") == "comment")
      #expect(try comment.string(orNull: "parent") == nil)
      #expect(try comment.int("depth") == 0)
      #expect(try comment.int(orNull: "score") == nil)
    }
    #expect(try comments.map { try $0.string(orNull: "author") } == ["Ann Lee", "Bo Chen"])
    #expect(try comments.first?.string(orNull: "date")?.hasPrefix("2011-05-03") == true)
  }

  @Test func listHasEveryKey() throws {
    let run = try scratch.run("list", "--json", "talk.txt", "missing.txt")
    #expect(run.code == 65)
    let json = try PrintedJSON(run)
    #expect(json.keys == ["schema", "discussions", "problems"])
    let discussion = try #require(try json.objects("discussions").first)
    #expect(
      discussion.keys == [
        "id", "title", "author", "date", "format", "sources", "commentCount", "declaredComments",
      ])
    #expect(try discussion.int("commentCount") == 2)
    let problem = try #require(try json.objects("problems").first)
    #expect(problem.keys == ["path", "line", "byteOffset", "message"])
    #expect(try problem.string("path") == "missing.txt")
    #expect(try problem.int(orNull: "line") == nil)
    #expect(try problem.int(orNull: "byteOffset") == nil)
    #expect(try problem.string("message") == "no such file or folder")
  }

  @Test func searchHasEveryKey() throws {
    let run = try scratch.run("search", "--json", "lamps author:ann", "talk.txt")
    #expect(run.code == 0)
    let json = try PrintedJSON(run)
    #expect(
      json.keys == ["schema", "query", "total", "took_us", "problems", "queryProblems", "hits"])
    #expect(try json.string("query") == "lamps author:ann")
    #expect(try json.int("total") == 1)
    #expect(try json.int("took_us") >= 0)
    let hit = try #require(try json.objects("hits").first)
    #expect(
      hit.keys == [
        "id", "discussion", "title", "kind", "author", "date", "score", "snippet", "highlights",
      ])
    #expect(try hit.string("kind") == "comment")
    #expect(try hit.number("score") > 0)
    let snippet = Array(try hit.string("snippet").unicodeScalars)
    let marked = try hit.pairs("highlights").map { pair in
      String(String.UnicodeScalarView(snippet[pair[0]..<pair[1]]))
    }
    #expect(marked == ["lamps"])
  }

  @Test func limitCutsWhatIsPrintedAndNotTheTotal() throws {
    let json = try PrintedJSON(try scratch.run("search", "--json", "--limit", "1", "answer", "talk.txt"))
    #expect(try json.int("total") == 2)
    #expect(try json.objects("hits").count == 1)
    #expect(try scratch.run("list", "--limit", "0", "talk.txt").output.isEmpty)
  }

  @Test func textWithControlsComesBackWhole() throws {
    let text =
      "Ring \u{1B}]0;x\u{7} the\u{202E} bell\u{200B} \u{9B}31m\u{2028}and\u{AD} go \u{E000}\u{1F600}."
    try scratch.write("ring.txt", "A bell\n\n\(text)\n")
    let run = try scratch.run("show", "--json", "ring.txt")
    #expect(run.output.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    #expect(!run.text.unicodeScalars.contains { [0x9B, 0x202E, 0x200B, 0x2028, 0xAD].contains($0.value) })
    let body = try #require(try PrintedJSON(run).objects("discussions").first).string("body")
    #expect(Array(body.unicodeScalars).contains("\u{1B}"))
    #expect(body.unicodeScalars.contains("\u{202E}") && body.unicodeScalars.contains("\u{9B}"))
  }

  @Test func idsNameDiscussionsAndComments() throws {
    let whole = try #require(
      try PrintedJSON(try scratch.run("show", "--json", "talk.txt")).objects("discussions").first)
    let comment = try #require(try whole.objects("comments").last)
    for id in [try whole.string("id"), try comment.string("id"), String(try comment.string("id").prefix(12))]
    {
      let run = try scratch.run("show", "--json", id, "talk.txt")
      #expect(run.code == 0)
      #expect(
        try PrintedJSON(run).objects("discussions").map { try $0.string("id") } == [try whole.string("id")])
    }
    let unknown = try scratch.run("show", "0123456789abcdef", "talk.txt")
    #expect(unknown.code == 1)
    #expect(unknown.complaints == ["lectern: Nothing here has the id 0123456789abcdef."])
  }

  @Test func keysAreOneTableInThreeForms() throws {
    let json = try PrintedJSON(try scratch.run("keys", "--json"))
    let commands = try json.objects("commands")
    #expect(commands.allSatisfy { $0.keys == ["command", "keys", "help", "section", "contexts"] })
    let plain = try scratch.run("keys").text
    let markdown = try scratch.run("keys", "--markdown").text
    for command in commands {
      let help = try command.string("help")
      #expect(plain.contains(help) && markdown.contains(help))
    }
  }
}
