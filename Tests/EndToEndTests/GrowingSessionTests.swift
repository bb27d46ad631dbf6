import Foundation
import PseudoTerminal
import Testing

/// Sources that grow, and more of them, while one reads.
@Suite(.serialized) struct GrowingSessionTests {
  private static func page(_ comments: [String]) -> Data {
    var text = """
      The harbour at night

      Boats come home with the tide, and the lamps along the quay are lit by hand as they always were.

      \(comments.count) Responses to The harbour at night


      """
    for (index, comment) in comments.enumerated() {
      text +=
        "  \(index + 1). \(["Ada Brook", "Ben Stone", "Cy Lake", "Dora Field"][index])\n\n      \(comment)\n\n"
    }
    return Data(text.utf8)
  }

  @Test func aPageSavedAgainAndAnotherFolderComeIn() throws {
    let folder = try ReaderSession.newHome()
    let file = folder.appendingPathComponent("harbour.txt")
    let first = [
      "The lamps are electric now, I am sorry to say.", "Since when? Mine was lit on Tuesday.",
      "There is one by the crane that nobody has touched for years.",
    ]
    try Self.page(first).write(to: file)
    let session = try ReaderSession([file.path])
    session.expect("discussion 1 of 1")
    session.press("\r", until: "Mine was lit on Tuesday")
    session.press("jj", until: "2 of 3")
    session.press("s", until: "★ saved")

    try Self.page(first + ["All three of you are right."]).write(to: file)
    session.press("\u{1B}[15~", until: "New: 0 discussions, 1 comment.")
    session.press("jj", until: "4 of 4")
    session.expect("All three of you are right.")
    session.press("kk", until: "2 of 4")
    session.expect("★")
    session.press("\u{1B}[15~", until: "Nothing new.")

    let other = folder.appendingPathComponent("other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    try Data("A note on ropes\n\nRopes are spliced, never knotted, where they bear a load.\n".utf8)
      .write(to: other.appendingPathComponent("ropes.txt"))
    session.press(":open\r", until: "Open:")
    session.press("\(other.path)\r", until: "New: 1 discussion, 0 comments.")
    session.press(":open\r", until: "Open:")
    session.press("\(folder.path)/nothing\r", until: "no such file or folder")
    session.press("q", until: "A note on ropes")
    session.terminal.send("Q")
    // A path that is not there was never open.
    #expect(session.terminal.waitForEnd() == .exit(0))
  }
}

/// Sources that are taken away while one reads.
extension GrowingSessionTests {
  @Test func aReplyOfAnotherFileGoesWithItsFile() throws {
    let folder = try ReaderSession.newHome().appendingPathComponent("mail")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func mail(_ id: String, _ more: String, _ text: String) -> Data {
      Data(
        "From ada@x.org Thu Jan 10 21:20:31 2008\nMessage-ID: <\(id)@x.org>\n\(more)From: Ada <ada@x.org>\nDate: Thu, 10 Jan 2008 21:20:31 +0000\nSubject: Nets\n\n\(text)\n\n"
          .utf8)
    }
    try mail("m1", "", "Who mends the nets?").write(to: folder.appendingPathComponent("a.mbox"))
    try mail("m2", "In-Reply-To: <m1@x.org>\n", "I did so long ago.")
      .write(to: folder.appendingPathComponent("b.mbox"))
    let session = try ReaderSession([folder.path])
    session.expect("discussion 1 of 1")
    session.press("\r", until: "I did so long ago.")
    try mail("m2", "In-Reply-To: <m1@x.org>\n", "You did so long ago.")
      .write(to: folder.appendingPathComponent("b.mbox"))
    session.press("\u{1B}[15~", until: "You did so long ago.")
    try FileManager.default.removeItem(at: folder.appendingPathComponent("b.mbox"))
    session.press("\u{1B}[15~", until: "1 entry is gone from the sources.")
    #expect(!session.terminal.text.joined().contains("long ago"))
    session.expect("Who mends the nets?")
    session.terminal.send("Q")
    #expect(session.terminal.waitForEnd() == .exit(0))
  }

  @Test func whatIsGoneFromTheFolderGoes() throws {
    let folder = try ReaderSession.newHome().appendingPathComponent("letters")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["ropes", "sails"] {
      try Data("A note on \(name)\n\nOf \(name) there is never enough on board.\n".utf8)
        .write(to: folder.appendingPathComponent("\(name).txt"))
    }
    let session = try ReaderSession([folder.path])
    session.expect("A note on ropes")
    session.expect("A note on sails")
    try FileManager.default.removeItem(at: folder.appendingPathComponent("ropes.txt"))
    session.press("\u{1B}[15~", until: "1 entry is gone from the sources.")
    session.press("\u{1B}[15~", until: "Nothing new.")
    #expect(!session.terminal.text.joined().contains("A note on ropes"))
    session.expect("A note on sails")
    session.terminal.send("Q")
    #expect(session.terminal.waitForEnd() == .exit(0))
  }
}
