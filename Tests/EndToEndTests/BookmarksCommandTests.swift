import Glibc
import Testing

/// Stars, bookmarks and notes by the command line, from one run to the next.
@Suite("lectern bookmarks")
struct BookmarksCommandTests {
  private let scratch: CommandLineScratch

  init() throws {
    scratch = try CommandLineScratch()
    try scratch.write("page.txt", "A page to keep\n\nWords worth keeping.\n")
    try scratch.write("other.txt", "Another page\n\nOther words.\n")
  }

  private func id(of page: String) throws -> String {
    try #require(try PrintedJSON(try scratch.run("list", "--json", page)).objects("discussions").first)
      .string("id")
  }

  private func bookmarks() throws -> [PrintedJSON] {
    try PrintedJSON(try scratch.run("bookmarks", "list", "--json")).objects("bookmarks")
  }

  @Test func addListExportRemove() throws {
    let id = try id(of: "page.txt")
    let added = try scratch.run(
      "bookmarks", "add", String(id.prefix(12)), "page.txt", "--note", "read\u{1B} again", "--tag", "later",
      "--tag", "work")
    #expect(added.code == 0 && added.errors.isEmpty)
    let bookmark = try #require(try bookmarks().first)
    #expect(
      bookmark.keys == [
        "id", "discussion", "isDiscussion", "starred", "note", "tags", "created", "changed", "title",
        "author", "date", "sources", "text",
      ])
    #expect(try bookmark.string("id") == id)
    #expect(try bookmark.string("discussion") == id)
    #expect(try bookmark.truth("starred") == false)
    #expect(try bookmark.string("note") == "read\u{1B} again")
    #expect(try Set(bookmark.strings("tags")) == ["later", "work"])
    #expect(try bookmark.string("created").hasSuffix("Z"))
    #expect(try bookmark.string("title") == "A page to keep")
    #expect(try bookmark.string(orNull: "author") == nil)
    #expect(try bookmark.string("text").contains("Words worth keeping."))

    let list = try scratch.run("bookmarks")
    #expect(list.code == 0 && list.text.contains("#later") && list.text.contains("read␛ again"))
    let digest = try scratch.run("bookmarks", "export", "--title", "Kept")
    #expect(digest.code == 0 && digest.text.hasPrefix("# Kept\n"))
    #expect(digest.text.contains("A page to keep") && digest.text.contains("again"))
    #expect(digest.output.allSatisfy { $0 == 0x0A || $0 >= 0x20 })

    #expect(try scratch.run("bookmarks", "remove", String(id.prefix(8))).code == 0)
    #expect(try scratch.run("bookmarks", "--json").code == 1)
    #expect(try bookmarks().isEmpty)
  }

  @Test func aStarIsFoundAgainBySearch() throws {
    let id = try id(of: "page.txt")
    #expect(try scratch.run("bookmarks", "add", id, "page.txt").code == 0)
    #expect(try bookmarks().first?.truth("starred") == true)
    let found = try PrintedJSON(
      try scratch.run("search", "--json", "words is:starred", "page.txt", "other.txt"))
    #expect(try found.objects("hits").map { try $0.string("id") } == [id])
    #expect(try scratch.run("bookmarks", "list").text.contains("★ A page to keep"))
  }

  @Test func unknownIdsAreNothingFound() throws {
    for command in [["add", "00112233445566778899aabbccddeeff", "page.txt"], ["remove", "0011"]] {
      let run = try scratch.run(bytes: (["bookmarks"] + command).map { Array($0.utf8) })
      #expect(run.code == 1)
      #expect(run.complaints == ["lectern: Nothing here has the id \(command[1])."])
    }
  }

  @Test func theFolderIsForItsOwnerAlone() throws {
    #expect(try scratch.run("bookmarks", "add", try id(of: "page.txt"), "page.txt").code == 0)
    for (path, mode) in [("data/lectern", 0o700), ("data/lectern/shelf.sqlite", 0o600)] {
      var status = stat()
      try #require(unsafe stat("\(scratch.path)/\(path)", &status) == 0)
      #expect(Int(status.st_mode & 0o777) == mode, "\(path)")
    }
  }

  @Test func aFolderThatCannotBeMadeIsOneSentence() throws {
    try scratch.write("data", "a file where the folder should be")
    let run = try scratch.run("bookmarks", "add", try id(of: "page.txt"), "page.txt")
    #expect(run.code == 70)
    #expect(run.complaints.count == 1)
    #expect(run.complaints.first?.hasPrefix("lectern: Not saved: ") == true)
    #expect(try scratch.run("search", "words", "page.txt").code == 0)
  }
}
