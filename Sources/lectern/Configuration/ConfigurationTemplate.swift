import Reader

/// The file that `lectern config --init` writes: every setting with its comment, all of them comments, so
/// that the file says what holds anyway until someone takes a `#` away.
enum ConfigurationTemplate {
  static var text: String {
    var text = """
      # The configuration of lectern. What stands here as a comment is what holds anyway:
      # take the # in front of a setting away and change it. A running lectern takes
      # changes when this file is saved. `lectern config --check` looks for mistakes.


      """
    var table: String?
    for setting in ConfigurationSetting.all where setting.table != "theme" {
      if setting.table != table {
        table = setting.table
        text += "[\(table ?? "")]\n\n"
      }
      text += entry(setting)
    }
    text += """
      [theme]


      """
    for setting in ConfigurationSetting.all where setting.table == "theme" { text += entry(setting) }
    text += """
      # Single inks are changed by name: a colour for the text, or a table of fg, bg, bold, dim,
      # italic, underline and reverse. A colour is default, black, red, green, yellow, blue,
      # magenta, cyan, white, bright-red and so on, a number from 0 to 255, or "#rrggbb", of
      # which the nearest of the 256 is taken. The inks:

      """
    text += wrapped(InkRole.allCases.map(\.rawValue).joined(separator: ", "))
    text += """
      #author = "cyan"
      #current-hit = { fg = "black", bg = "#ff8700", bold = true }

      # Keys: a sequence of keys = the name of a command; "" takes the keys away. They are written
      # as `lectern keys` writes them: gg, "<C-d>", "<A-Left>", "<Space>", "m{a-z}". The names
      # of the commands are those of `lectern keys --json` and of `:` in the reader.
      [keys]

      #x = "leave"
      #"<C-x>" = "quit"

      # The same for one place only: list, thread, hits, bookmarks, or search (while one is active).
      [keys.thread]

      #J = "down"
      #K = "up"

      """
    return text
  }

  private static func entry(_ setting: ConfigurationSetting) -> String {
    let value = setting.get(ReaderOptions()).toml
    return setting.help.map { "# \($0)\n" }.joined() + "#\(setting.key) = \(value)\n\n"
  }

  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = "#"
    for word in text.split(separator: " ") {
      if line.utf8.count + word.utf8.count > 78 {
        lines.append(line)
        line = "#"
      }
      line += " " + word
    }
    return (lines + [line]).joined(separator: "\n") + "\n"
  }
}
