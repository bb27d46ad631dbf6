import Foundation
import Glibc
import Testing

/// How commands end, and what they say of input that is missing, broken or odd: one line for each
/// problem, with the path, and never a control byte.
@Suite("Exit codes and bad input")
struct ExitCodeTests {
  private let scratch: CommandLineScratch

  init() throws {
    scratch = try CommandLineScratch()
    try scratch.write("good.txt", "A good page\n\nIt holds a few words.\n")
  }

  private static let binary = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  @Test func foundAndNotFound() throws {
    let found = try scratch.run("search", "words", "good.txt")
    #expect(found.code == 0 && found.text.contains("A good page") && found.errors.isEmpty)
    let nothing = try scratch.run("search", "absentword", "good.txt")
    #expect(nothing.code == 1 && nothing.output.isEmpty)
    #expect(try scratch.run("bookmarks").code == 1)
  }

  @Test func aMistypedWordIsAnsweredWithTheNearest() throws {
    let run = try scratch.run("search", "wrods", "good.txt")
    #expect(run.code == 1)
    #expect(run.complaints == ["lectern: nothing found; did you mean words?"])
  }

  @Test(arguments: [
    ["list", "--nope"], ["list", "--limit", "many"], ["list", "--limit=-1"], ["search"],
    ["list", "--\u{1B}[31m"],
  ])
  func wrongUse(_ arguments: [String]) throws {
    let run = try scratch.run(bytes: arguments.map { Array($0.utf8) })
    #expect(run.code == 64)
    #expect(run.output.isEmpty)
    #expect(run.complaints.first?.hasPrefix("Error: ") == true)
    #expect(run.errors.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
  }

  @Test func helpAndVersionGoToStandardOutput() throws {
    for arguments in ["--help", "--version"] {
      let run = try scratch.run(arguments)
      #expect(run.code == 0 && !run.output.isEmpty && run.errors.isEmpty)
    }
  }

  @Test(arguments: ["list", "show", "read", "check"])
  func missingFile(_ command: String) throws {
    let run = try scratch.run(command, "gone.txt")
    #expect(run.code == 65)
    #expect(run.complaints == ["lectern: gone.txt: no such file or folder"])
  }

  @Test func sourcesWithoutAnythingToRead() throws {
    try scratch.makeFolder("bare")
    try scratch.write("empty.txt", "")
    try scratch.write(Array("binary.txt".utf8), Self.binary)
    for (name, sentence) in [
      ("bare", "the folder holds no file that can be read"), ("empty.txt", "the file is empty"),
      ("binary.txt", "binary file, not read"),
    ] {
      let run = try scratch.run("show", name)
      #expect(run.code == 65)
      #expect(run.output.isEmpty)
      #expect(run.complaints == ["lectern: \(name): \(sentence)"])
    }
  }

  @Test func brokenUTF8OpensAndIsNamedWithItsPlace() throws {
    try scratch.write(
      Array("broken.txt".utf8), Array("A café page\n\nNaïve words".utf8) + [0xFF] + Array(" and more.\n".utf8)
    )
    let run = try scratch.run("show", "broken.txt")
    #expect(run.code == 65)
    #expect(run.text.contains("Naïve words\u{FFFD} and more."))
    #expect(
      run.complaints == ["lectern: broken.txt (byte 26): 1 broken UTF-8 sequence is shown as U+FFFD"])
    let json = try PrintedJSON(try scratch.run("show", "--json", "broken.txt"))
    #expect(try json.objects("problems").first?.int("byteOffset") == 26)
  }

  @Test func oneLineOfFiftyMegabytesOpens() throws {
    let words = Array("a line that never ends ".utf8)
    let line = (0..<(50 << 20) / words.count).flatMap { _ in words }
    try scratch.write(Array("long.txt".utf8), Array("A long line\n\n".utf8) + line)
    let run = try scratch.run("list", "long.txt")
    #expect(run.code == 0)
    #expect(run.text.hasSuffix("A long line\n"))
    #expect(run.errors.isEmpty)
  }

  @Test func theRestStillOpens() throws {
    try scratch.makeFolder("pages")
    try scratch.write("pages/one.txt", "Page one\n\nFirst words.\n")
    try scratch.write("pages/two.txt", "Page two\n\nSecond words.\n")
    try scratch.write(Array("pages/picture.png".utf8), Self.binary)
    try scratch.write("pages/void.txt", "")
    let run = try scratch.run("list", "gone.txt", "pages", "good.txt")
    #expect(run.code == 65)
    for title in ["Page one", "Page two", "A good page"] { #expect(run.text.contains(title)) }
    #expect(run.text.split(separator: "\n").count == 3)
    #expect(
      run.complaints.sorted() == [
        "lectern: gone.txt: no such file or folder", "lectern: pages/picture.png: binary file, not read",
        "lectern: pages/void.txt: the file is empty",
      ])
  }

  @Test func standardInputIsASource() throws {
    let piped = try scratch.run("show", "-", input: "Piped page\n\nWords from a pipe.\n")
    #expect(piped.code == 0 && piped.text.contains("Words from a pipe."))
    let both = try scratch.run("list", "good.txt", "-", input: "Piped page\n\nWords from a pipe.\n")
    #expect(both.text.split(separator: "\n").count == 2)
    let nothing = try scratch.run("-", input: "")
    #expect(nothing.code == 65)
    #expect(nothing.complaints == ["lectern: -: the file is empty"])
  }

  @Test func withoutATerminalPathsArePrinted() throws {
    for environment in [["TERM=dumb"], ["TERM=no-such-terminal"], ["TERM="], []] {
      let run = try scratch.run("good.txt", environment: environment)
      #expect(run.code == 0)
      #expect(run.text == "A good page\n0 comments · good.txt\n\nIt holds a few words.\n")
      #expect(run.errors.isEmpty)
    }
  }

  /// Names that differ only in bytes that are no UTF-8 are the same string, and `é` has two spellings that
  /// Swift holds for equal: each still names its own file.
  @Test func fileNamesAreBytes() throws {
    let names: [[UInt8]] = [[0x6E, 0xFF], [0x6E, 0xFE], Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8)]
    for (number, name) in names.enumerated() {
      try scratch.write(name, Array("Number \(number)\n\nThe words of number \(number).\n".utf8))
    }
    for order in [names, names.reversed()] {
      let run = try scratch.run(bytes: [Array("list".utf8)] + order)
      #expect(run.code == 0)
      for number in 0..<4 { #expect(run.text.contains("Number \(number)")) }
    }
    let one = try scratch.run(bytes: [Array("show".utf8), names[1]])
    #expect(one.text.contains("The words of number 1") && one.text.contains("n\u{FFFD}"))
  }

  @Test func aNameWithControlsIsShownByTheRule() throws {
    let name = Array("evil\u{1B}]0;x\u{7}\n\u{202E}.txt".utf8)
    let missing = try scratch.run(bytes: [Array("list".utf8), name])
    #expect(missing.code == 65)
    #expect(missing.complaints == ["lectern: evil␛]0;x␇ .txt: no such file or folder"])
    try scratch.write(name, Array("Evil page\n\nSome \u{1B}[2J words.\n".utf8))
    for command in ["list", "show", "check"] {
      let run = try scratch.run(bytes: [Array(command.utf8), name])
      #expect(run.code == 0)
      #expect((run.output + run.errors).allSatisfy { $0 == 0x0A || ($0 >= 0x20 && $0 != 0x7F) })
    }
    #expect(try scratch.run(bytes: [Array("show".utf8), name]).text.contains("␛[2J words"))
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let text = (0..<40_000).map { "Line \($0) of a page that is long.\n\n" }.joined()
    try scratch.write("long.txt", "A long page\n\n\(text)")
    let run = try scratch.run("show", "long.txt", outputLimit: 12)
    #expect(run.errors.isEmpty)
    #expect(run.signal == SIGPIPE || run.code == 0)
  }

  @Test func nothingIsWrittenButTheShelf() throws {
    let before = try scratch.run("list").text
    #expect(try scratch.run("show", "good.txt").code == 0)
    #expect(unsafe access("\(scratch.path)/data", F_OK) != 0)
    #expect(try scratch.run("list").text == before)
  }
}

@Suite("A full disk under standard output")
struct FullOutputTests {
  @Test("what cannot be printed whole ends with 70 and a sentence", arguments: ["show", "list", "keys"])
  func fullDevice(command: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ReaderSession.binary)
    process.arguments = command == "keys" ? [command] : [command, ReaderSession.seeds]
    process.environment = ["XDG_DATA_HOME": try ReaderSession.newHome().path]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 70)
    #expect(said.contains("cannot be written: no space left on device"))
  }
}
