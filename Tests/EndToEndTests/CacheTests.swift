import Glibc
import Testing

/// What the program keeps between runs, as its user sees it.
@Suite struct CacheTests {
  /// A mailbox that is large enough to be kept.
  private static let mailbox = (0..<600).map { number in
    """
    From writer@example.org Mon Jan  1 00:00:00 2024
    From: Writer \(number % 7) <writer@example.org>
    Subject: Matter \(number)
    Message-ID: <mail\(number)@example.org>
    Date: Mon, 1 Jan 2024 00:\(number / 60 % 60 + 10):\(number % 50 + 10) +0000

    \(String(repeating: "word\(number) ", count: 260))


    """
  }.joined()

  private static func scratch() throws -> CommandLineScratch {
    let scratch = try CommandLineScratch()
    try scratch.makeFolder("mail")
    try scratch.write("mail/all.mbox", mailbox)
    return scratch
  }

  @Test func ofAFolderThatWasEmptiedNothingIsShown() throws {
    let scratch = try CacheTests.scratch()
    #expect(try scratch.run("list", "mail").text.contains("Matter 17"))
    #expect(unsafe unlink("\(scratch.path)/mail/all.mbox") == 0)
    #expect(try !scratch.run("list", "mail").text.contains("Matter"))
  }

  @Test func aPlaceThatCannotBeReadCostsOneLine() throws {
    let scratch = try CacheTests.scratch()
    try scratch.write(".cache", "no folder")
    let run = try scratch.run("list", "mail")
    #expect(run.text.contains("Matter 17"))
    #expect(run.complaints.count == 1)
    #expect(run.complaints.first?.contains("something else stands in its place") == true)
  }

  @Test func aCheckNamesTheSourcesOfASegmentAndTheSizeOfAll() throws {
    let scratch = try CacheTests.scratch()
    _ = try scratch.run("list", "mail")
    let text = try scratch.run("check", "--cache-only", "mail").text
    #expect(text.contains("all well, of mail/all.mbox\n"))
    #expect(text.contains("bytes of all sources, at most 8589934592\n"))
  }
}
