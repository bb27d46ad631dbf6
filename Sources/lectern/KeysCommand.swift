import Runtime
import ArgumentParser
import Grid
import Reader

/// The keys that hold: the command table with what the configuration changes.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print every key of the reader, what it does and its command.")

  @Flag(help: "Print JSON (schema 1).") var json = false
  @Flag(help: "Print the table of the README: the standard keys.") var markdown = false
  @Flag(help: "The standard keys, whatever the configuration says.") var standard = false

  func run() throws {
    var out = Output()
    if markdown {
      out.write(Command.markdownTable)
      out.flush()
      return
    }
    let configuration = standard ? Configuration() : Configuration.read()
    let keymap = configuration.options.keymap
    if json {
      out.write(KeysText.json(keymap))
    } else {
      out.write(untrusted: Array(KeysText.plain(keymap).utf8), lineEnds: .keep)
    }
    out.flush()
    for problem in configuration.problems { complain("lectern: " + configuration.line(problem)) }
    if !configuration.problems.isEmpty { throw Exit.unreadable }
  }
}

/// A keymap in writing.
private enum KeysText {
  /// A line for each command by section, then what differs in the contexts.
  static func plain(_ keymap: Keymap) -> String {
    var text = ""
    for section in Command.Section.allCases {
      text += section.rawValue + "\n"
      for command in Command.allCases where command.entry.section == section {
        text += line(keymap.keys(of: command), command)
      }
    }
    for (context, differing) in differing(keymap) {
      text += context == .search ? "While a search is active\n" : "In the \(words(for: context))\n"
      for (command, keys) in differing { text += line(keys, command) }
    }
    return text
  }

  private static func line(_ keys: [String], _ command: Command) -> String {
    let keys = keys.isEmpty ? ":" + command.name : keys.joined(separator: " ")
    return "  \(keys)\(String(repeating: " ", count: max(1, 22 - keys.count)))\(command.entry.help)\n"
  }

  private static func words(for context: KeyContext) -> String {
    switch context {
    case .list: "list of discussions"
    default: context.rawValue
    }
  }

  /// The commands whose keys in a context are others than everywhere.
  private static func differing(
    _ keymap: Keymap
  ) -> [(context: KeyContext, commands: [(Command, [String])])] {
    keymap.contexts.filter { $0 != .all }.map { context in
      let commands = Command.allCases.compactMap { command -> (Command, [String])? in
        let keys = keymap.keys(of: command, in: context)
        return keys == keymap.keys(of: command) ? nil : (command, keys)
      }
      return (context, commands)
    }
  }

  /// One object on one line.
  static func json(_ keymap: Keymap) -> [UInt8] {
    var text = JSONText()
    text.beginObject()
    text.key("schema")
    text.value(1)
    text.key("preset")
    text.value(keymap.preset.rawValue)
    text.key("commands")
    text.beginArray()
    let contexts = differing(keymap)
    for command in Command.allCases {
      text.beginObject()
      text.key("command")
      text.value(command.name)
      text.key("keys")
      text.strings(keymap.keys(of: command).map { Array($0.utf8) })
      text.key("help")
      text.value(command.entry.help)
      text.key("section")
      text.value(command.entry.section.rawValue)
      text.key("contexts")
      text.beginObject()
      for (context, commands) in contexts {
        guard let (_, keys) = commands.first(where: { $0.0 == command }) else { continue }
        text.key(context.rawValue)
        text.strings(keys.map { Array($0.utf8) })
      }
      text.endObject()
      text.endObject()
    }
    text.endArray()
    text.endObject()
    return text.take() + [0x0A]
  }
}
