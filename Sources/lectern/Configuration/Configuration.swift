import Bytes
import Glibc
import Reader

/// The configuration as it was read: what holds, and what is wrong with the file.
struct Configuration: Sendable {
  /// Something wrong in the file.
  struct Problem: Hashable, Sendable {
    /// The line, from 1; nil when the whole file is meant.
    var line: Int?
    /// One sentence.
    var sentence: String
    /// The path of what is not known, so that what is in it is not told as well.
    var subject: [String]?
  }

  /// The file; nil where neither `XDG_CONFIG_HOME` nor `HOME` names a folder.
  var path: PathName?
  /// Whether there is one.
  var exists = false
  /// What holds.
  var options = ReaderOptions()
  /// In the order of the lines.
  var problems: [Problem] = []

  /// The longest file that is read.
  static let limit = 1 << 20

  /// `lectern/config.toml` in `XDG_CONFIG_HOME`, else in `~/.config`; nil where neither is an absolute path.
  static var standardPath: PathName? {
    func folder(_ name: String) -> PathName? {
      guard let value = unsafe getenv(name), unsafe value.pointee == 0x2F else { return nil }
      return PathName(unsafe String(cString: value))
    }
    let config = folder("XDG_CONFIG_HOME") ?? folder("HOME")?.appending(Array(".config".utf8))
    return config?.appending(Array("lectern".utf8)).appending(Array("config.toml".utf8))
  }

  /// Reads the user's file; one that is not there is fine.
  static func read() -> Configuration {
    var configuration = Configuration()
    guard let path = standardPath else { return configuration }
    configuration.path = path
    do throws(FileError) {
      let bytes = try SourceFile.read(path, limit: limit).bytes
      configuration.exists = true
      (configuration.options, configuration.problems) = ConfigurationReader.read(bytes)
    } catch {
      if error.reason != .missing {
        configuration.exists = true
        configuration.problems = [Problem(line: nil, sentence: Sentences.file(error))]
      }
    }
    return configuration
  }

  /// `config.toml:12: …`: a problem in one line.
  func line(_ problem: Problem) -> String {
    let name = path.map { String(decoding: $0.display, as: UTF8.self) } ?? "config.toml"
    return name + (problem.line.map { ":\($0)" } ?? "") + ": " + problem.sentence
  }

  /// What the status line of the reader says; nil when nothing is wrong.
  var notice: String? {
    guard let first = problems.first else { return nil }
    let more = problems.count > 1 ? " (\(problems.count - 1) more: lectern config --check)" : ""
    return "config.toml" + (first.line.map { ":\($0)" } ?? "") + ": " + first.sentence + more
  }
}
