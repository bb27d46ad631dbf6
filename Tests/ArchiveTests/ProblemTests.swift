import Discussion
import Foundation
import Testing

@testable import Archive

@Suite("Problems and what still opens")
struct ProblemTests {
  private func messages(_ bytes: [UInt8]) -> [String] {
    Archive.read(bytes: bytes, path: Array("page.txt".utf8)).problems.map(\.message)
  }

  @Test("empty, blank and binary sources are one sentence each and no discussion")
  func unreadable() {
    #expect(messages([]) == ["the file is empty"])
    #expect(messages(Array(" \n\u{A0}\n".utf8)) == ["the file holds no text"])
    #expect(messages([0x7F, 0x45, 0x4C, 0x46, 1, 2, 3]) == ["binary file, not read"])
    #expect(Archive.read(bytes: [0x7F, 0x45, 0x4C, 0x46], path: []).discussions.isEmpty)
  }

  @Test("broken UTF-8 opens repaired, with the place of the first broken byte")
  func repaired() throws {
    let bytes = Array("Café title\n\nbody é ".utf8) + [0xFF] + Array(" and é".utf8)
    let result = Archive.read(bytes: bytes, path: Array("p".utf8))
    #expect(
      result.problems == [
        ArchiveProblem(
          path: Array("p".utf8), byteOffset: 21, message: "1 broken UTF-8 sequence is shown as U+FFFD")
      ])
    #expect(result.discussions.first?.body.utf8 == Array("body é \u{FFFD} and é".utf8))
    #expect(messages(bytes + [0xFE]) == ["2 broken UTF-8 sequences are shown as U+FFFD"])
  }

  @Test("a bomb of combining marks is cut and counted")
  func marks() {
    let bytes = Array(("a" + String(repeating: "\u{301}", count: 100)).utf8)
    #expect(messages(bytes) == ["68 combining marks beyond 32 on one letter were left out"])
  }

  @Test("paths: each that cannot be read is one problem, the others still open")
  func paths() throws {
    let folder = NSTemporaryDirectory() + "lectern-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: true)
    try "Title\n\nWords.".write(toFile: folder + "/page.txt", atomically: false, encoding: .utf8)
    let made = unsafe mkfifo(folder + "/pipe", 0o600)
    try #require(made == 0)
    func path(_ name: String) -> [UInt8] { Array((folder + "/" + name).utf8) }
    let sources = Archive.sources(at: ["none", "empty", "pipe", "page.txt"].map(path))
    #expect(sources.files == [path("page.txt")])
    #expect(
      sources.problems.map(\.message) == [
        "no such file or folder", "the folder holds no file that can be read",
        "not a regular file (a pipe, device or socket), skipped",
      ])
    #expect(Archive.read(file: path("page.txt")).discussions.map(\.title) == [Array("Title".utf8)])
    #expect(Archive.read(file: path("none")).problems.map(\.message) == ["no such file or folder"])
    #expect(Archive.read(file: path("empty")).problems.map(\.message) == ["a folder, not a file"])
  }

  @Test("text without a style is one discussion; its title is a first line on its own, else the file's name")
  func plain() {
    func read(_ text: String, _ path: String = "a/letters.txt") -> (String, String) {
      let result = Archive.read(bytes: Array(text.utf8), path: Array(path.utf8))
      #expect(result.discussions.count == 1 && result.problems.isEmpty)
      let post = result.discussions[0]
      return (String(decoding: post.title, as: UTF8.self), String(decoding: post.body.utf8, as: UTF8.self))
    }
    #expect(read("A title\n\nSome words.") == ("A title", "Some words."))
    #expect(read("first\nsecond\n\nthird") == ("letters", "first\nsecond\n\nthird"))
    #expect(read("only one line") == ("letters", "only one line"))
    #expect(read("only one line", "-") == ("standard input", "only one line"))
    #expect(read("\u{FEFF}x\r\n\r\n  y\t\r\n", "-") == ("x", "y"))
  }
}
