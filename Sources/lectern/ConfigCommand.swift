import ArgumentParser
import Bytes
import Grid
import Reader
import Runtime

/// The configuration: shown, made, checked.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print the settings that hold, write a first configuration file, or check yours.")

  @Flag(
    name: .customLong("init"),
    help: "Write a file in which every setting is explained; never over one that is there.")
  var makesFile = false
  @Flag(help: "Say what is wrong with the file, and nothing else.") var check = false
  @Flag(help: "Print JSON (schema 1).") var json = false

  func validate() throws {
    if [makesFile, check, json].filter({ $0 }).count > 1 {
      throw ValidationError("--init, --check and --json do not go together.")
    }
  }

  func run() throws {
    if makesFile { return try writeTemplate() }
    let configuration = Configuration.read()
    var out = Output()
    if json {
      out.write(ConfigurationText.json(configuration))
    } else if !check {
      out.write(untrusted: Array(ConfigurationText.toml(configuration).utf8), lineEnds: .keep)
    } else if configuration.problems.isEmpty {
      out.write(
        untrusted: Array((Sentences.sound(configuration.path, exists: configuration.exists) + "\n").utf8),
        lineEnds: .keep)
    }
    out.flush()
    for problem in configuration.problems { complain("lectern: " + configuration.line(problem)) }
    if !configuration.problems.isEmpty { throw Exit.unreadable }
  }

  private func writeTemplate() throws {
    guard let path = Configuration.standardPath else {
      complain("lectern: \(Sentences.noConfigurationFolder)")
      throw Exit.failure
    }
    let isNew: Bool
    do throws(FileError) {
      try DurableFile.makeFolder(path.folder)
      isNew = try DurableFile.create(path, with: Array(ConfigurationTemplate.text.utf8))
    } catch {
      complain("lectern: \(Sentences.file(error))")
      throw Exit.failure
    }
    guard isNew else {
      complain("lectern: \(Sentences.exists(path))")
      throw Exit.nothingFound
    }
    var out = Output()
    out.write(untrusted: Array("\(String(decoding: path.display, as: UTF8.self))\n".utf8), lineEnds: .keep)
    out.flush()
  }
}

/// The settings that hold, in writing.
enum ConfigurationText {
  /// As a configuration file that says the same.
  static func toml(_ configuration: Configuration) -> String {
    let options = configuration.options
    let name = configuration.path.map { String(decoding: $0.display, as: UTF8.self) }
    // A name with a line end in it must not become a setting.
    let shown = (name ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
    var text = configuration.exists ? "# \(shown)\n" : "# no file \(shown): these are the defaults\n"
    var table: String?
    for setting in ConfigurationSetting.all {
      if setting.table != table {
        table = setting.table
        text += "\n[\(table ?? "")]\n"
      }
      text += "\(setting.key) = \(setting.get(options).toml)\n"
    }
    for role in InkRole.allCases {
      if let change = options.theme.changes[role] { text += "\(role.rawValue) = \(toml(change))\n" }
    }
    for context in KeyContext.allCases {
      guard let bindings = options.keymap.own[context] else { continue }
      text += context == .all ? "\n[keys]\n" : "\n[keys.\(context.rawValue)]\n"
      for binding in bindings {
        text += "\(quoted(binding.sequence.notation)) = \(quoted(binding.command?.name ?? ""))\n"
      }
    }
    return text
  }

  private static func toml(_ change: StyleChange) -> String {
    var parts: [String] = []
    func add(_ key: String, _ color: Color?) {
      guard let color else { return }
      let name = ColorNames.name(of: color)
      parts.append("\(key) = \(Int(name) == nil ? "\"\(name)\"" : name)")
    }
    add("fg", change.foreground)
    add("bg", change.background)
    for (name, attribute) in ColorNames.attributes.sorted(by: { $0.key < $1.key }) {
      if change.added.contains(attribute) { parts.append("\(name) = true") }
      if change.removed.contains(attribute) { parts.append("\(name) = false") }
    }
    return "{ " + parts.joined(separator: ", ") + " }"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }

  /// As one JSON object on one line.
  static func json(_ configuration: Configuration) -> [UInt8] {
    var text = JSONText()
    text.beginObject()
    text.key("schema")
    text.value(1)
    text.key("path")
    text.value(configuration.path?.display)
    text.key("exists")
    text.value(configuration.exists)
    text.key("settings")
    text.beginObject()
    for setting in ConfigurationSetting.all {
      text.key(setting.path.joined(separator: "."))
      switch setting.get(configuration.options) {
      case .truth(let truth): text.value(truth)
      case .number(let number): text.value(number)
      case .word(let word): text.value(word)
      }
    }
    text.endObject()
    text.key("problems")
    text.beginArray()
    for problem in configuration.problems {
      text.beginObject()
      text.key("line")
      text.value(problem.line)
      text.key("message")
      text.value(problem.sentence)
      text.endObject()
    }
    text.endArray()
    text.endObject()
    return text.take() + [0x0A]
  }
}
