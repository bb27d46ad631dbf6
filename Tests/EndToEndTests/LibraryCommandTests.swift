import Glibc
import Testing

/// Roots that are remembered, discussions handed on, and what there is in numbers.
@Suite struct LibraryCommandTests {
  private static let page = """
    {"schema":1,"discussions":[
    {"id":"1","title":"Von Käse – und mehr, eine lange Überschrift, die in kein einzelnes Wort passt",
     "author":"Ann \\"A.\\" Müller","date":"2012-06-14T10:51:01+02:00","format":"lectern","sources":["a"],
     "categories":[],"declaredComments":null,"closed":null,"url":"https://example.org/kaese",
     "body":"First line\\nFrom here on\\n>From there on\\n# no heading\\n\\u001b[31mred","comments":[
      {"id":"2","kind":"comment","parent":null,"depth":0,"author":"Bob","date":"2012-06-15T00:00:00Z",
       "score":null,"removed":false,"text":"One."},
      {"id":"3","kind":"comment","parent":"2","depth":1,"author":null,"date":null,
       "score":null,"removed":false,"text":"Two."},
      {"id":"4","kind":"comment","parent":"3","depth":2,"author":"Bob","date":"2013-01-02T03:04:05Z",
       "score":null,"removed":false,"text":"Three."},
      {"id":"5","kind":"comment","parent":null,"depth":0,"author":"Zoë","date":"2013-01-03T03:04:05Z",
       "score":null,"removed":false,"text":"Four."}]},
    {"id":"6","title":"Another matter","author":"Bob","date":"2014-01-01T00:00:00Z","format":"lectern",
     "sources":["a"],"categories":[],"declaredComments":null,"closed":null,"url":"https://example.org/b",
     "body":"Nothing of the kind.","comments":[]}],"problems":[]}
    """

  private static func scratch() throws -> CommandLineScratch {
    let scratch = try CommandLineScratch()
    try scratch.write("page.json", page)
    return scratch
  }

  private static func comments(_ run: CommandLineRun) throws -> [PrintedJSON] {
    try PrintedJSON(run).objects("discussions")[0].objects("comments")
  }

  @Test func rememberedRootsOpenWhenNothingElseIsNamed() throws {
    let scratch = try Self.scratch()
    #expect(try scratch.run("roots").code == 1)
    #expect(try !scratch.run("list").text.contains("Another matter"))
    try scratch.makeFolder("mail")
    let third = Self.page.replacing("Another", with: "Third").replacing(
      "example.org/b", with: "example.org/c"
    )
    .replacing(#""id":"6""#, with: #""id":"7""#)
    try scratch.write("mail/one.json", third)
    let slip = try scratch.run("add", "page.json", "nowhere")
    #expect(slip.code == 65)
    #expect(slip.complaints == ["lectern: nowhere is not there; nothing was remembered."])
    #expect(try scratch.run("roots").code == 1)
    #expect(try scratch.run("add", "page.json", ".//mail/").code == 0)
    #expect(try scratch.run("add", "\(scratch.path)/page.json").code == 0)
    #expect(try scratch.run("roots").text == "\(scratch.path)/mail\n\(scratch.path)/page.json\n")
    #expect(try scratch.run("list").text.contains("Another matter"))
    #expect(try scratch.run("list").text.contains("Third matter"))
    // What is named goes before what is remembered.
    #expect(try !scratch.run("list", "page.json").text.contains("Third matter"))
    let roots = try PrintedJSON(try scratch.run("roots", "--json")).objects("roots")
    #expect(try roots.map { try $0.truth("exists") } == [true, true])
    #expect(unsafe unlink("\(scratch.path)/mail/one.json") == 0)
    #expect(unsafe rmdir("\(scratch.path)/mail") == 0)
    #expect(try scratch.run("roots").text.contains("/mail  (not there)\n"))
    #expect(try scratch.run("remove", "other").code == 1)
    #expect(try scratch.run("remove", "mail", "other").code == 1)
    #expect(try scratch.run("remove", "mail").code == 0)
    #expect(try scratch.run("roots").text == "\(scratch.path)/page.json\n")
    #expect(try scratch.run("add").code == 64)
  }

  @Test func aMailboxOfItIsReadBackAsItWas() throws {
    let scratch = try Self.scratch()
    let box = try scratch.run("export", "page.json", "--as", "mbox")
    #expect(box.code == 0 && box.complaints.isEmpty)
    #expect(!box.output.contains(0x1B))
    try scratch.write(Array("box.mbox".utf8), box.output)
    let before = try PrintedJSON(try scratch.run("show", "page.json", "--json")).objects("discussions")
    let after = try PrintedJSON(try scratch.run("show", "box.mbox", "--json")).objects("discussions")
    func sorted(_ discussions: [PrintedJSON]) throws -> [PrintedJSON] {
      try discussions.sorted { try $0.string("title") < $1.string("title") }
    }
    for (one, other) in zip(try sorted(before), try sorted(after)) {
      #expect(try one.string("title") == other.string("title"))
      #expect(try one.string("author") == other.string("author"))
      #expect(
        try foldedSpaces(one.string("body").replacing("\u{1B}", with: "␛"))
          == foldedSpaces(other.string("body")))
      for key in ["author", "text"] {
        #expect(
          try one.objects("comments").map { try $0.string(orNull: key) }
            == other.objects("comments").map { try $0.string(orNull: key) })
      }
      #expect(
        try one.objects("comments").map { try $0.int("depth") }
          == other.objects("comments").map { try $0.int("depth") })
    }
    #expect(before.count == 2 && after.count == 2)
  }

  @Test func whatAQueryFindsIsHandedOnWhole() throws {
    let scratch = try Self.scratch()
    let found = try scratch.run("export", "--query", "three", "page.json")
    #expect(found.text.contains("# Von Käse") && found.text.contains("\nOne.\n"))
    #expect(!found.text.contains("Another matter") && !found.output.contains(0x1B))
    #expect(found.text.contains("\n\\# no heading\n"))
    #expect(try scratch.run("export", "--query", "nothingofthesort", "page.json").code == 1)
    #expect(try scratch.run("export", "--as", "pdf", "page.json").code == 64)
    #expect(try scratch.run("export", "--as", "text", "--limit", "0", "page.json").output.isEmpty)
    let json = try PrintedJSON(try scratch.run("export", "--as", "json", "--query", "kind", "page.json"))
    #expect(try json.objects("discussions").map { try $0.string("title") } == ["Another matter"])
    let id = try json.objects("discussions")[0].string("id")
    #expect(try scratch.run("export", id, "page.json").text.hasPrefix("# Another matter\n"))
  }

  @Test func aCommentIsShownWithThoseAroundIt() throws {
    let scratch = try Self.scratch()
    let whole = try scratch.run("show", "page.json", "--json")
    let id = try Self.comments(whole)[2].string("id")
    let alone = try scratch.run("show", id, "page.json", "--context", "0")
    #expect(
      alone.text.contains("Three.") && !alone.text.contains("Two.") && !alone.text.contains("First line"))
    #expect(alone.text.contains("(2 comments left out)") && alone.text.contains("(1 comment left out)"))
    let near = try scratch.run("show", String(id.prefix(8)), "page.json", "--context", "1", "--json")
    #expect(try Self.comments(near).map { try $0.string("text") } == ["Two.", "Three.", "Four."])
    let far = try scratch.run("show", id, "page.json", "--context", "9223372036854775807")
    #expect(far.text.contains("First line") && !far.text.contains("left out"))
    #expect(try scratch.run("show", "page.json", "--context", "1").code == 64)
    // Without a terminal a comment is printed with its discussion.
    #expect(try scratch.run(id, "page.json").text.contains("First line"))
    #expect(try scratch.run("--at", id, "page.json").text.contains("First line"))
    #expect(try !scratch.run("--at", id, "page.json").text.contains("Another matter"))
    #expect(try scratch.run("--at", "kaese", "page.json").code == 64)
    #expect(try scratch.run("--at", id, id, "page.json").code == 64)
    #expect(try scratch.run("ffffffffffff", "page.json").code == 1)
  }

  @Test func whatThereIsIsCounted() throws {
    let scratch = try Self.scratch()
    let stats = try PrintedJSON(try scratch.run("stats", "page.json", "--json"))
    #expect(try stats.int("discussions") == 2 && stats.int("entries") == 6 && stats.int("comments") == 4)
    #expect(try stats.int("withoutAuthor") == 1 && stats.int("withoutDate") == 1)
    #expect(try stats.string("first") == "2012-06-14T10:51:01+02:00")
    #expect(try stats.string("last") == "2014-01-01T00:00:00Z")
    let authors = try stats.objects("authors")
    #expect(try authors.map { try $0.string("author") } == ["Bob", "Ann \"A.\" Müller", "Zoë"])
    #expect(try authors[0].int("entries") == 3 && authors[0].int("discussions") == 1)
    let years = try stats.objects("years")
    #expect(try years.map { try $0.int("year") } == [2012, 2013, 2014])
    #expect(try years.map { try $0.int("entries") } == [2, 2, 1])
    #expect(try stats.objects("formats").count == 1 && stats.int("peakMemoryBytes") > 1_000_000)
    let text = try scratch.run("stats", "page.json", "--limit", "1").text
    #expect(text.contains("       3            1  Bob\n") && text.contains("and 2 more\n"))
    #expect(try scratch.run("stats", "nowhere").code == 65)
  }
}
