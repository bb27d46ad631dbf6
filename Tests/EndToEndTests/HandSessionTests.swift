import Foundation
import PseudoTerminal
import Testing

/// What leaves the reader by hand: to the clipboard, to other programs, to files.
@Suite(.serialized) struct HandSessionTests {
  /// What was put into the clipboard, in order.
  private func clipboard(_ session: ReaderSession) -> [String] {
    String(decoding: session.terminal.log, as: UTF8.self).components(separatedBy: "\u{1B}]52;c;").dropFirst()
      .compactMap { $0.components(separatedBy: "\u{7}").first.flatMap { Data(base64Encoded: $0) } }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func anEntryIsCopiedThroughTheTerminal() throws {
    let session = try ReaderSession()
    session.expect("discussion 1 of 8")
    session.press("\r", until: "post · 11 comments")
    session.press("j", until: " 1 of 11 ")
    session.press("Y", until: "Copied the comment: ")
    session.press("gy", until: "Copied a quote with attribution: ")
    session.press("y", until: "Copied ")
    session.quit()
    let copied = clipboard(session)
    #expect(copied.count == 3)
    #expect(
      copied.count == 3 && copied[1].contains(" wrote:\n> ")
        && copied[1].contains("> " + copied[0].prefix(20)))
  }

  @Test func aTerminalWithoutAClipboardIsToldSo() throws {
    let session = try ReaderSession(environment: ["TERM": "linux"])
    session.expect("discussion 1 of 8")
    session.press("Y", until: "Not copied")
    #expect(clipboard(session).isEmpty)
    session.quit()
  }
}
