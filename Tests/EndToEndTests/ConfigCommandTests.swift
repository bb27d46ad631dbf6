import Foundation
import Testing

/// `lectern config` and `lectern keys`, with files of all kinds.
@Suite struct ConfigCommandTests {
  private let scratch: CommandLineScratch

  init() throws {
    scratch = try CommandLineScratch()
    try scratch.makeFolder(".config")
    try scratch.makeFolder(".config/lectern")
  }

  private func write(_ text: String) throws { try scratch.write(".config/lectern/config.toml", text) }

  /// What `--check` says, without the name of the file in front.
  private func problems(_ text: String) throws -> [String] {
    try write(text)
    let run = try scratch.run("config", "--check")
    #expect(run.code == (run.complaints.isEmpty ? 0 : 65))
    let lead = "lectern: \(scratch.path)/.config/lectern/config.toml:"
    return run.complaints.map { line in
      #expect(line.hasPrefix(lead), "\(line)")
      return String(line.dropFirst(lead.count))
    }
  }

  @Test func withoutAFileTheDefaultsHold() throws {
    let run = try scratch.run("config")
    #expect(run.code == 0 && run.complaints.isEmpty)
    #expect(run.text.contains("preset = \"vim\"\nmeasure = 80\n"))
    #expect(run.text.hasPrefix("# no file "))
    let check = try scratch.run("config", "--check")
    #expect(check.code == 0 && check.text.contains("lectern config --init"))
  }

  @Test func theTemplateIsSoundChangesNothingAndIsNeverWrittenOver() throws {
    let defaults = try scratch.run("config").text.split(separator: "\n").dropFirst()
    let made = try scratch.run("config", "--init")
    #expect(made.code == 0)
    #expect(made.text == "\(scratch.path)/.config/lectern/config.toml\n")
    #expect(try scratch.run("config", "--check").complaints == [])
    #expect(try scratch.run("config").text.split(separator: "\n").dropFirst() == defaults)

    let file = "\(scratch.path)/.config/lectern/config.toml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let again = try scratch.run("config", "--init")
    #expect(again.code == 1 && again.complaints.first?.contains("there already") == true)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)

    // Every setting it shows is one, with the default as its value.
    let lines = text.split(separator: "\n").map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#" ? line.dropFirst() : line
    }
    #expect(lines.filter { $0.contains(" = ") && !$0.hasPrefix("#") }.count > 15)
    #expect(try FileManager.default.removeItem(atPath: file) == ())
    #expect(try problems(lines.joined(separator: "\n")) == [])
    let shown = try scratch.run("config").text
    #expect(shown.contains("[keys.thread]\n\"J\" = \"down\"\n"))
    #expect(shown.contains("current-hit = { fg = \"black\", bg = 208, bold = true }"))
  }

  @Test func whatIsShownCanBeReadBack() throws {
    try write(
      """
      preset = "mutt"
      measure = 66
      mouse = false
      [panes]
      list = 33
      [theme]
      name = "light"
      author = "#ff0000"
      dim = { fg = 250, dim = false, underline = true }
      [keys]
      "\\"" = "leave"
      '\\' = "quit"
      "<C-M>x" = "star"
      [keys.search]
      x = ""
      """)
    let shown = try scratch.run("config").text
    #expect(shown.contains("author = { fg = 196 }"))
    #expect(shown.contains("\"<Enter>x\" = \"star\""))
    try FileManager.default.removeItem(atPath: "\(scratch.path)/.config/lectern/config.toml")
    try write(shown)
    let again = try scratch.run("config")
    #expect(again.code == 0, "\(again.complaints)")
    #expect(again.text == shown)
  }

  @Test func unknownSettingsAreNamedWithTheNearestAndTheirLine() throws {
    #expect(
      try problems(
        "# first\nmesure = 3\n\n[theme]\nname = \"dark\"\nauthr = \"red\"\n[keys.thred]\nx = \"leave\"\n")
        == [
          "2: “mesure” is no setting. Did you mean measure?",
          "6: “authr” is no setting. Did you mean author?",
          "7: “thred” is no place for keys that is known here. Did you mean thread?",
        ])
    try FileManager.default.removeItem(atPath: "\(scratch.path)/.config/lectern/config.toml")
    #expect(
      try problems(
        "zzzzzzzzzzzz = 1\npanes.outlin = 40\ntheme = { name = \"dark\",\n bold = 1 }\n[keys]\ng = \"lst\"\n")
        == [
          "1: “zzzzzzzzzzzz” is no setting.",
          "2: “outlin” is no setting. Did you mean outline?",
          "4: “bold” is no setting.",
          "6: “lst” is no command that is known here. Did you mean last?",
        ])
  }

  @Test func wrongValuesAreToldAndTheRestCounts() throws {
    let said = try problems(
      """
      measure = "wide"
      preset = "vi"
      dates = 3
      mouse = "yes"
      panes = 7
      [search]
      order = "date"
      [theme]
      star = "yelow"
      hit = { bg = "#12345", blink = true }
      [keys]
      "<Nix>" = "quit"
      5 = "quit"
      x = 1
      ab = "first"
      a = "last"
      """)
    #expect(
      said == [
        "1: measure takes a number from 20 to 400, not “wide”.",
        "2: preset takes one of “vim”, “mutt”, “slrn”, “less”, “hn”, not “vi”. Did you mean vim?",
        "3: dates takes one of “age”, “short”, “long”, “iso”, “relative”, not 3.",
        "4: mouse takes true or false, not “yes”.",
        "5: [panes] takes a table, not 7.",
        "9: star takes a colour (a name, 0 to 255, or #rrggbb), not “yelow”. Did you mean yellow?",
        "10: bg takes a colour (a name, 0 to 255, or #rrggbb), not “#12345”.",
        "10: “blink” is no setting.",
        "12: “<Nix>” is no sequence of keys; they are written like gg, <C-d>, <A-Left>, <Space>.",
        "13: “5” cannot be bound: digits are the count in front of a command.",
        "14: x takes the name of a command, not 1.",
        "15: “ab” cannot be typed, for “a” (last) begins with it or it with that.",
      ])
    #expect(try scratch.run("config").text.contains("order = \"date\""))
  }

  @Test func linesThatAreNoTOMLAreLeftOut() throws {
    let said = try problems(
      "measure = 70\nwhat is this\ndates = \"iso\"\nmeasure = 80\n[keys\nx = \"leave\"\n")
    #expect(
      said == [
        "2: a key needs = and a value behind it.", "4: “measure” is set twice; the first counts.",
        "5: ] is missing behind the name of a table.",
      ])
    let shown = try scratch.run("config").text
    #expect(shown.contains("measure = 70") && shown.contains("dates = \"iso\""))
  }

  @Test func hostileFilesEndInSentences() throws {
    let file = "\(scratch.path)/.config/lectern/config.toml"
    for text in [
      "\u{0}", "a\u{0}b = 1", "\u{1B}]0;title\u{7} = 1", "[[keys]]\nx=1", "keys = [[[[", "theme = \"\"\"\n\n",
      "= 3", "\"", "measure = 99999999999999999999", String(repeating: "[", count: 20_000),
      String(repeating: "a.", count: 5_000) + "b = 1", "\u{202E}x = 1", "x = 'a\n'", "[theme]\nhit = {",
    ] {
      try? FileManager.default.removeItem(atPath: file)
      try write(text)
      let run = try scratch.run("config", "--check")
      #expect(run.code == 65, "\(text.debugDescription): \(run.signal ?? 0)")
      #expect(!run.complaints.isEmpty)
      #expect(!run.errors.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
    }
    try? FileManager.default.removeItem(atPath: file)
    try scratch.write(Array(".config/lectern/config.toml".utf8), [0x6D, 0xFF, 0xFE, 0x0A, 0x61])
    #expect(try scratch.run("config", "--check").code == 65)
  }

  @Test func aShellLearnsTheCommands() throws {
    for shell in ["bash", "zsh", "fish"] {
      let run = try scratch.run("completions", shell)
      #expect(run.code == 0 && run.text.contains("bookmarks") && run.text.contains("no-cache"), "\(shell)")
    }
    let wrong = try scratch.run("completions", "fihs")
    #expect(wrong.code == 64 && wrong.complaints.first?.contains("Did you mean fish?") == true)
  }

  @Test func theKeysThatHoldAreTold() throws {
    try write("preset = \"less\"\n[keys]\nQ = \"\"\n\"<F9>\" = \"quit\"\n[keys.list]\nx = \"quit\"\n")
    let plain = try scratch.run("keys")
    #expect(plain.code == 0)
    #expect(plain.text.contains("\n  <F9>                  Quit\n"))
    #expect(plain.text.contains("In the thread\n"))
    let json = try scratch.run("keys", "--json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    #expect(object["preset"] as? String == "less")
    let commands = try #require(object["commands"] as? [[String: Any]])
    let quit = try #require(commands.first { $0["command"] as? String == "quit" })
    #expect(quit["keys"] as? [String] == ["<F9>"])
    #expect((quit["contexts"] as? [String: [String]])?["list"] == ["<F9>", "x"])
    #expect(try scratch.run("keys", "--standard").text.contains("\n  Q                     Quit\n"))
    #expect(try scratch.run("keys", "--markdown").text.contains("| `Q` | Quit |"))
  }
}
