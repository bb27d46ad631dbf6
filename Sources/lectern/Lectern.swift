import ArgumentParser
import Glibc
import Grid

/// The program: without a command it reads.
@main
struct Lectern: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern",
    abstract: "A keyboard reader for archived discussions.",
    discussion: """
      lectern PATH… opens saved pages as threads in the terminal; without a path it opens the seeds that \
      come with it. ? inside shows every key. Where standard output is no terminal it prints instead.

      Exit codes: 0 done and found, 1 nothing found, 64 wrong use, 65 some input could not be read, \
      70 own failure.
      """,
    version: "lectern 0.1.0",
    subcommands: [
      ReadCommand.self, ListCommand.self, ShowCommand.self, SearchCommand.self, BookmarksCommand.self,
      CheckCommand.self, KeysCommand.self,
    ],
    defaultSubcommand: ReadCommand.self)

  /// Parses the arguments and runs what they ask for. What the argument parser has to say about wrong
  /// arguments quotes them, so it goes out by the display rule as everything else does.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        var out = Output()
        out.write(untrusted: Array(message.utf8), lineEnds: .keep)
        if !message.isEmpty { out.write("\n") }
        out.flush()
      } else if !message.isEmpty {
        for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
          complain(String(line))
        }
      }
      Glibc.exit(code.rawValue)
    }
  }
}

/// What every command that reads sources takes.
struct SourceArguments: ParsableArguments {
  @Argument(help: "Files and folders; - is standard input. Without any: the seeds.")
  var paths: [String] = []
}

/// How much and in which form a command prints.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON (schema 1).")
  var json = false

  @Option(help: ArgumentHelp("Print at most this many.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 up.") }
  }
}
