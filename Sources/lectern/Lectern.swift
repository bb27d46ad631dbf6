import Archive
import ArgumentParser
import Bytes
import Glibc
import Grid
import Runtime

/// The program: without a command it reads.
@main
struct Lectern: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern",
    abstract: "A keyboard reader for archived discussions.",
    usage: """
      lectern [PATH…] [--at ID] [--linear] [--no-cache] [--charset NAME] [--format NAME] [--long]
      lectern COMMAND …
      """,
    discussion: """
      lectern PATH… opens saved pages as threads in the terminal; without a path it opens the roots that \
      `lectern add` remembers, else the seeds that come with it. ? inside shows every key. Where standard output is no terminal it prints instead.

      Exit codes: 0 done and found, 1 nothing found, 64 wrong use, 65 some input could not be read, \
      70 own failure.
      """,
    version: "lectern 0.1.0",
    subcommands: [
      ReadCommand.self, ListCommand.self, ShowCommand.self, SearchCommand.self, BookmarksCommand.self,
      AddCommand.self, RemoveCommand.self, RootsCommand.self, ExportCommand.self, StatsCommand.self,
      CheckCommand.self, KeysCommand.self, ConfigCommand.self, CompletionsCommand.self,
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
  @Argument(
    help: "Files and folders; - is standard input. Without any: the remembered roots, else the seeds.")
  var paths: [String] = []

  @OptionGroup var reading: ReadingArguments

  /// The sources, and what the options say about them.
  var library: LibrarySources {
    sources(paths)
  }

  /// What among the arguments names entries, and the sources that the others name.
  var namesAndLibrary: (names: [String], library: LibrarySources) {
    let names = paths.filter(EntryName.isPossible)
    return (names, names.isEmpty ? library : sources(paths.filter { !EntryName.isPossible($0) }))
  }

  private func sources(_ paths: [String]) -> LibrarySources {
    var sources = LibrarySources(arguments: paths, options: reading.options)
    sources.cacheFolder = reading.cacheFolder
    return sources
  }
}

/// What the user says about sources that they do not say themselves.
struct ReadingArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Read text in this charset, whatever it declares.", valueName: "name"))
  var charset: String?

  @Option(
    help: ArgumentHelp(
      "Read sources as this format, whatever they look like: \(ReadingOptions.formatNames.joined(separator: ", ")).",
      valueName: "name"))
  var format: String?

  @Flag(help: "Open zstd files that ask for windows of up to 2 GiB of memory, as zstd --long=31 does.")
  var long = false

  @Flag(help: "Neither use nor keep a cache of what was read.")
  var noCache = false

  func validate() throws {
    if let charset, Charset.named(charset.utf8) == nil {
      throw ValidationError(
        Sentences.unknown(
          "charset", charset, nearest: NearestName.of(charset, among: Charset.labels)))
    }
    if let format, !ReadingOptions.formatNames.contains(format) {
      throw ValidationError(
        Sentences.unknown(
          "format", format, nearest: NearestName.of(format, among: ReadingOptions.formatNames)))
    }
  }

  /// Where what was read is kept; nil when it is not to be.
  var cacheFolder: [UInt8]? { noCache ? nil : LibrarySources.standardCacheFolder }

  /// The options as the reader of archives takes them.
  var options: ReadingOptions {
    ReadingOptions(
      charset: charset.map { Array($0.utf8) }, format: format, allowsLongWindows: long)
  }
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
