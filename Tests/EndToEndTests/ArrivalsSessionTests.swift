import Foundation
import Glibc
import PseudoTerminal
import Testing

/// What counts as read of much that is opened for the first time, and what came since, in the real program.
@Suite(.serialized) struct ArrivalsSessionTests {
  private static func message(_ number: Int, answers: Int? = nil) -> String {
    """
    From writer@example.org Mon Jan  1 00:00:00 2024
    From: Writer \(number % 7) <writer@example.org>
    Subject: \(answers == nil ? "Matter \(number)" : "Re: Matter \(answers ?? 0)")
    Message-ID: <mail\(number)@example.org>\(answers.map { "\nIn-Reply-To: <mail\($0)@example.org>" } ?? "")
    Date: Mon, 1 Jan 2024 \(number / 3600 % 24 + 10):\(number / 60 % 60 + 10):\(number % 50 + 10) +0000

    \(String(repeating: "word\(number) ", count: 150))


    """
  }

  private static func mailbox(in home: URL, messages: Int) throws -> String {
    let path = home.appendingPathComponent("all.mbox")
    try Data((0..<messages).map { message($0) }.joined().utf8).write(to: path)
    return path.path
  }

  private static func add(_ text: String, to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private static func config(_ text: String, in home: URL) throws {
    let folder = home.appendingPathComponent("lectern")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appendingPathComponent("config.toml"))
  }

  private static func found(_ query: String, _ path: String, in home: URL) throws -> Int {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ReaderSession.binary)
    process.arguments = ["search", query, path, "--json"]
    process.environment = [
      "XDG_DATA_HOME": home.path, "XDG_CACHE_HOME": home.path, "XDG_CONFIG_HOME": home.path,
      "LC_ALL": "C.UTF-8",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(object?["total"] as? Int)
  }

  @Test(arguments: [[], ["--no-cache"]])
  func ofMuchOnlyWhatComesLaterIsUnread(_ options: [String]) throws {
    let home = try ReaderSession.newHome()
    let path = try Self.mailbox(in: home, messages: 1001)
    var session = try ReaderSession([path] + options, home: home)
    session.expect("1001 discussions · 0 comments · 0 unread")
    // What is marked unread by hand stays so.
    session.press("j", until: "discussion 2 of 1001")
    session.press("r", until: "· 1 unread")
    session.quit()
    #expect(try Self.found("is:unread", path, in: home) == 1)
    session = try ReaderSession([path] + options, home: home)
    session.expect("· 1 unread")
    session.quit()
    // An answer and a new discussion.
    try Self.add(Self.message(2000, answers: 7) + Self.message(2001), to: path)
    #expect(try Self.found("is:new", path, in: home) == 2)
    session = try ReaderSession([path] + options, home: home)
    session.expect("3 unread, 2 new")
    session.expect("discussion")
    session.press("gg\t\t", until: "+1 new")
    session.press("/is:new", until: "entry 1/2")
    session.press("\u{1B}", until: "3 unread, 2 new")
    // While it is open.
    try Self.add(Self.message(2002, answers: 9), to: path)
    session.press("\u{1B}[15~", until: "4 unread, 3 new")
    session.quit()
    // Seen is seen: it waits to be read, and is not new.
    session = try ReaderSession([path] + options, home: home)
    session.expect("· 4 unread")
    session.quit()
  }

  @Test func littleIsUnreadAndTheSettingDecides() throws {
    let home = try ReaderSession.newHome()
    let path = try Self.mailbox(in: home, messages: 30)
    var session = try ReaderSession([path], home: home)
    session.expect("· 30 unread")
    session.quit()
    session = try ReaderSession([path], home: home)
    session.expect("· 30 unread")
    session.quit()
    let other = try ReaderSession.newHome()
    try Self.config("first_import = 29\n", in: other)
    session = try ReaderSession([path], home: other, environment: ["XDG_CONFIG_HOME": other.path])
    session.expect("30 discussions · 0 comments · 0 unread")
    session.quit()
    // Once decided, it stays.
    session = try ReaderSession([path], home: other)
    session.expect("30 discussions · 0 comments · 0 unread")
    session.quit()
  }

  @Test func twoReadersAtOnceAgree() throws {
    let home = try ReaderSession.newHome()
    let path = try Self.mailbox(in: home, messages: 1200)
    let first = try ReaderSession([path], home: home)
    let second = try ReaderSession([path], home: home)
    first.expect("1200 discussions · 0 comments · 0 unread")
    second.expect("1200 discussions · 0 comments · 0 unread")
    try Self.add(Self.message(2000), to: path)
    first.press("\u{1B}[15~", until: "1 unread, 1 new")
    second.press("\u{1B}[15~", until: "1 unread, 1 new")
    first.quit()
    second.quit()
    let third = try ReaderSession([path], home: home)
    third.expect("· 1 unread")
    third.quit()
  }

  @Test func theRowOfADiscussionTellsWhatIsNewAndEnterOpensThere() throws {
    let home = try ReaderSession.newHome()
    try Self.config("first_import = 0\n", in: home)
    let path = try Self.mailbox(in: home, messages: 3)
    let environment = ["XDG_CONFIG_HOME": home.path]
    var session = try ReaderSession([path], home: home, environment: environment)
    session.expect("3 discussions · 0 comments · 0 unread")
    session.quit()
    try Self.add(Self.message(10, answers: 1) + Self.message(11, answers: 1), to: path)
    session = try ReaderSession([path], home: home, environment: environment)
    session.expect("+2 new")
    session.expect("2 unread, 2 new")
    session.press("gg\t\r", until: "comment 1 of 2")
    session.expect("● new")
    session.press("\t", until: "comment 2 of 2")
    session.press("q", until: "1 unread, 1 new")
    session.quit()
  }
}
