import Foundation
import PseudoTerminal
import Testing

/// A running reader takes what is saved in its configuration file.
@Suite struct ConfigSessionTests {
  private func file(_ home: URL) -> URL { home.appendingPathComponent("lectern/config.toml") }

  private func write(_ text: String, _ home: URL) throws {
    let folder = file(home).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // As editors do: a new file put in the old one's place.
    try Data(text.utf8).write(to: file(home), options: .atomic)
  }

  private func session(_ home: URL) throws -> ReaderSession {
    let session = try ReaderSession(home: home, environment: ["XDG_CONFIG_HOME": home.path])
    session.expect("Space: open")
    return session
  }

  private func paper(_ session: ReaderSession) -> Int { session.terminal.ink(column: 1, row: 0).background }

  @Test func aSavedFileHoldsAtOnce() throws {
    let home = try ReaderSession.newHome()
    try write("[theme]\nname = \"dark\"\n", home)
    let session = try session(home)
    #expect(paper(session) == 236)
    try write("[theme]\nname = \"light\"\n[keys]\n\"<Space>\" = \"\"\n\"<F9>\" = \"read-on\"\n", home)
    session.expect("F9: open")
    session.expect("The settings were read again.")
    #expect(paper(session) == 253)
    // Written in place, as some editors do.
    try Data("keys = { \"<Space>\" = \"\", \"<F8>\" = \"read-on\" }\ntheme = \"dark\"\n".utf8).write(
      to: file(home))
    session.expect("F8: open")
    #expect(paper(session) == 236)
    session.quit()
  }

  @Test func aMistakeIsToldAndChangesNothing() throws {
    let home = try ReaderSession.newHome()
    try write("[theme]\nname = \"light\"\n", home)
    let session = try session(home)
    try write("[theme]\nname = \"lihgt\"\n[keys]\nj = \"quit\"\n", home)
    session.expect("config.toml:2: theme.name takes one of")
    #expect(paper(session) == 253)
    session.press("j", until: "discussion 2 of")
    session.press(":reload-config\r", until: "config.toml:2: theme.name takes one of")
    // A file that is taken away leaves the defaults.
    try FileManager.default.removeItem(at: file(home))
    session.expect("The settings were read again.")
    #expect(session.terminal.wait(until: { _ in paper(session) == 236 }) == nil)
    session.quit()
  }

  @Test func theFoldersAboveMayComeLaterToo() throws {
    let home = try ReaderSession.newHome()
    let deep = home.appendingPathComponent("a/b/c")
    let session = try ReaderSession(home: home, environment: ["XDG_CONFIG_HOME": deep.path])
    session.expect("Space: open")
    try write("[keys]\n\"<Space>\" = \"\"\n\"<F7>\" = \"read-on\"\n[list]\nsort = \"title\"\n", deep)
    session.expect("F7: open")
    session.expect("by title")
    session.quit()
  }

  @Test func theFolderMayComeLaterAndTheFileMayBeALink() throws {
    let home = try ReaderSession.newHome()
    let session = try session(home)
    let elsewhere = home.appendingPathComponent("dotfiles")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
    let real = elsewhere.appendingPathComponent("reader.toml")
    try Data("[keys]\n\"<Space>\" = \"\"\n\"<F7>\" = \"read-on\"\n".utf8).write(to: real)
    try FileManager.default.createDirectory(
      at: file(home).deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: file(home), withDestinationURL: real)
    session.expect("F7: open")
    try Data("[keys]\n\"<Space>\" = \"\"\n\"<F6>\" = \"read-on\"\n".utf8).write(to: real, options: .atomic)
    session.expect("F6: open")
    session.quit()
  }
}
