import Foundation
import PseudoTerminal
import Testing

/// Panes, commands by name, help.
extension KeyTable {
  static let screens: [KeyRow] = [
    KeyRow(
      "layout, zoom · focus pane",
      [
        press("<Enter>", shows: "post · 7 comments"), run("more-panes", "+", shows: "beside"),
        run("fewer-panes", "_", shows: "the thread below"), run("zoom", "zz", hides: "Wheel code"),
        run("zoom", "zz", shows: "Wheel code"), run("focus-list", "<A-1>", shows: "discussion 1 of 4"),
        run("focus-thread", "<A-2>", shows: "8 unread here"), run("focus-outline", "<A-3>", shows: "▌● post"),
      ]),
    KeyRow(
      "command · repeat · help for here",
      [
        press("<Enter>", shows: "post · 7 comments"),
        run("palette", ":next-top<Enter>", shows: " 1 of 7 "), run("repeat-last", ".", shows: " 5 of 7 "),
        run("help", "?", shows: "type to filter"),
        press("first reply to this", hides: "Half a page down"),
        press("<Enter>", shows: " 6 of 7 "), run("help", "<F1>", shows: "type to filter"),
        press("<Esc>", shows: " 6 of 7 "), run("mouse", ":mouse<Enter>", shows: "ouse"),
        run("reload-config", ":reload-config<Enter>", shows: "Reading the settings again…"),
      ]),
  ]
}

/// The last line of the table: what leaves, and what draws anew.
@Suite(.serialized) struct KeyTableLeavingTests {
  /// Played by hand, because the program ends or stops.
  static let rows: [KeyRow] = [
    KeyRow(
      "redraw, suspend, leave, quit",
      [
        run("redraw", "<C-l>", shows: ""), run("suspend", "<C-z>", shows: "Stopped"),
        run("leave", "q", shows: "discussion 1 of 4"), run("interrupt", "<C-c>", shows: "Quit? y/n"),
        run("quit", "Q", shows: ""),
      ])
  ]

  @Test func redrawSuspendLeaveQuit() throws {
    let home = try ReaderSession.newHome()
    let sources = try KeyTable.writeSources(into: home)
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "-i"],
      environment: [
        "XDG_DATA_HOME": home.path, "XDG_CACHE_HOME": home.path, "PS1": "shell> ", "HISTFILE": "/dev/null",
      ],
      columns: 100, rows: 30)
    #expect(terminal.wait(for: "shell>") == nil)
    terminal.send("\(ReaderSession.binary) \(sources.joined(separator: " "))\r")
    #expect(terminal.wait(for: "discussion 1 of 4") == nil)
    terminal.send("\r")
    #expect(terminal.wait(for: "post · 7 comments") == nil)
    // Nothing changes, and still every row is written once more.
    let before = terminal.log.count
    terminal.send("\u{C}")
    #expect(
      terminal.wait { String(decoding: $0.log[before...], as: UTF8.self).contains("Log line 18") } == nil)
    terminal.send("\u{1A}")
    #expect(terminal.wait { !$0.isAlternate && $0.shows("Stopped") } == nil)
    terminal.send("fg\r")
    #expect(terminal.wait { $0.isAlternate && $0.shows("post · 7 comments") } == nil)
    terminal.send("q")
    #expect(terminal.wait(for: "discussion 1 of 4") == nil)
    terminal.send("\u{3}")
    #expect(terminal.wait(for: "Quit? y/n") == nil)
    terminal.send("n")
    #expect(terminal.wait { !$0.shows("Quit? y/n") } == nil)
    terminal.send("Q")
    #expect(terminal.wait { !$0.isAlternate && $0.isInForeground } == nil)
    terminal.send("exit\r")
    #expect(terminal.waitForEnd() != nil)
  }
}
