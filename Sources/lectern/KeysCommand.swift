import Runtime
import ArgumentParser
import Reader

/// The command table.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print every key of the reader, what it does and its command.")

  @Flag(help: "Print JSON (schema 1).") var json = false
  @Flag(help: "Print the table of the README.") var markdown = false

  func run() throws {
    var out = Output()
    if json {
      var text = JSONText()
      text.beginObject()
      text.key("schema")
      text.value(1)
      text.key("commands")
      text.beginArray()
      for command in Command.allCases {
        text.beginObject()
        text.key("command")
        text.value(command.name)
        text.key("keys")
        text.strings(command.entry.keys.map { Array($0.utf8) })
        text.key("help")
        text.value(command.entry.help)
        text.key("section")
        text.value(command.entry.section.rawValue)
        text.endObject()
      }
      text.endArray()
      text.endObject()
      out.write(text.take())
      out.write("\n")
    } else if markdown {
      out.write(Command.markdownTable)
    } else {
      for section in Command.Section.allCases {
        out.write("\(section.rawValue)\n")
        for command in Command.allCases where command.entry.section == section {
          let keys = command.entry.keys.joined(separator: " ")
          out.write(
            "  \(keys)\(String(repeating: " ", count: max(1, 22 - keys.count)))\(command.entry.help)\n")
        }
      }
    }
    out.flush()
  }
}
