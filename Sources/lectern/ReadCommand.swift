import Archive
import ArgumentParser
import Bytes
import Discussion
import Glibc
import Runtime
import Shelf
import Terminal

/// The reader; without a terminal on standard output it prints like `show`.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Open the reader (the default).", shouldDisplay: false)

  @OptionGroup var sources: SourceArguments
  @OptionGroup var output: OutputOptions

  @Flag(
    help: ArgumentHelp(
      "Tell everything in plain lines, for screen readers and teletypes; TERM=dumb does so by itself."))
  var linear = false

  @Option(
    help: ArgumentHelp(
      "Open at this comment: its id, as --json prints it, or the beginning of it. An id in place of a path does the same.",
      valueName: "id"))
  var at: String?

  func validate() throws {
    guard let at, EntryKey(hexadecimal: at + String(repeating: "0", count: max(0, 32 - at.utf8.count))) == nil
    else { return }
    throw ValidationError("“\(at)” is no id; ids are up to 32 of the digits 0 to 9 and a to f.")
  }

  func run() throws {
    let (named, reading) = sources.namesAndLibrary
    let names = (at.map { [$0] } ?? []) + named
    if names.count > 1 {
      complain("lectern: \(Sentences.oneEntry)")
      throw Exit.usage
    }
    if reading.paths.isEmpty && !reading.readsStandardInput {
      complain("lectern: \(Sentences.noSeeds)")
      throw Exit.unreadable
    }
    if reading.readsStandardInput, isatty(STDIN_FILENO) == 1 {
      complain("lectern: \(Sentences.standardInputIsTerminal)")
      throw Exit.usage
    }
    // Nothing but sentences to show: no screen for that.
    let isThere = reading.readsStandardInput || reading.paths.contains { PathName($0).exists }
    guard isatty(STDOUT_FILENO) == 1, !output.json, isThere else {
      return try names.isEmpty
        ? Printing.show(reading, output) : Printing.show(names, in: reading, output)
    }
    let folder = (try? ShelfLocation.current.get())?.dataFolder
    let configuration = Configuration.read()
    var options = SessionOptions(
      sources: reading, shelfFolder: folder, reader: configuration.options,
      notice: configuration.notice, stemming: Locale.stemming, isLinear: linear || LineSession.isWanted,
      shelfSentence: { Sentences.shelf($0) },
      shelfNotice: { Sentences.notice($0) })
    options.startsAt = names.first
    options.configurationPath = configuration.path?.bytes
    options.readOptions = {
      let configuration = Configuration.read()
      return (configuration.options, configuration.notice)
    }
    let (end, problems, unsaved) = runReader(options)
    for problem in problems { complain(Sentences.line(problem)) }
    if unsaved > 0 { complain("lectern: \(Sentences.unsaved(unsaved))") }
    switch end {
    case .quit:
      if unsaved > 0 { throw Exit.failure }
      if problems.contains(where: { !$0.isNote }) { throw Exit.unreadable }
    case .signal(let signal): TerminalSession.reraise(signal)
    case .nothingToRead:
      complain("lectern: \(Sentences.nothingToRead)")
      throw Exit.unreadable
    case .noTerminal(let error):
      complain("lectern: \(Sentences.noTerminal(error))")
      throw Exit.usage
    }
  }
}
