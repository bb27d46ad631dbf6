import ArgumentParser
import Discussion
import Runtime

/// Prints discussions in full, in a form for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print discussions in full as Markdown, text, JSON or a mailbox.",
    discussion: """
      Without an id all discussions of the sources are printed, or, with --query, those that hold something \
      found. As mbox every post and comment is a message with its place in the thread, which mail programs \
      and lectern read.
      """)

  @OptionGroup var sources: SourceArguments
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("markdown (the default), text, json or mbox.", valueName: "form"))
  var form: String = "markdown"
  @Option(help: ArgumentHelp("Only discussions with an entry that this query finds.", valueName: "query"))
  var query: String?
  @Option(help: ArgumentHelp("Print at most this many.", valueName: "n")) var limit: Int?

  private static let forms = DiscussionExport.allCases.map(\.rawValue) + ["json"]

  func validate() throws {
    guard Self.forms.contains(form) else {
      throw ValidationError(
        Sentences.unknown("form", form, nearest: NearestName.of(form, among: Self.forms)))
    }
    if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 up.") }
  }

  func run() throws {
    let (names, reading) = sources.namesAndLibrary
    let (corpus, problems) = reading.load()
    let library = corpus.library
    var chosen = try names.isEmpty ? Array(library.discussions) : EntryName.discussions(names, in: library)
    if let query {
      let findings = corpus.search(
        query, isTyping: false, stemming: Locale.stemming,
        snapshot: try Keeping.snapshot(for: library, from: reading, query: query))
      for problem in findings.problems { complain("lectern: \(problem)") }
      let found = Set(findings.ranked.map { library.discussion(of: $0.entry) })
      chosen = chosen.filter { found.contains($0) }
    }
    if form == "json" {
      var output = OutputOptions()
      output.json = true
      output.limit = limit
      return try Printing.show(chosen, of: library, problems: problems, output)
    }
    guard let form = DiscussionExport(rawValue: form) else { return }
    var out = Output()
    for (number, discussion) in chosen.prefix(limit ?? .max).enumerated() {
      if number > 0, form != .mbox { out.write("\n\n") }
      out.write(form.bytes(of: discussion, in: library))
    }
    out.flush()
    try Printing.conclude(problems, isEmpty: chosen.isEmpty)
  }
}
