import ArgumentParser
import Discussion
import Grid
import Runtime
import SearchIndex
import Shelf

/// Searches posts and comments.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search posts and comments, the best first.",
    discussion: """
      Words must all be found; "a phrase", -not, OR, ( ), prefix*, *ending, word~1, a NEAR/5 b, \
      /regular expression/, author:name, title:word, in:post, in:comment, is:starred, is:bookmarked, \
      is:unread, is:new, tag:, note:, source:, date:2011..2012, before:, after:, replies:>5. A plain word finds \
      its other forms as well, after those that hold the word itself; quotes make it exact.
      """)

  @Argument(help: "What to search for; quote it for the shell.") var query: String
  @Flag(help: "Tell how each score came about.") var explain = false
  @Option(
    help: ArgumentHelp(
      "The language whose word forms are found together, none for no others. By default that of the locale.",
      valueName: "language"))
  var stemming: String?
  @OptionGroup var sources: SourceArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard let stemming, stemming != "none", Stemming(stemming) == nil else { return }
    throw ValidationError(
      Sentences.unknown(
        "language", stemming, nearest: NearestName.of(stemming, among: Stemming.languages + ["none"])))
  }

  /// What `--stemming` names, else the language of the locale.
  private var language: Stemming? {
    guard let stemming else { return Locale.stemming }
    return stemming == "none" ? nil : Stemming(stemming)
  }

  private func search(_ corpus: Corpus) throws -> (findings: CorpusFindings, time: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let findings = corpus.search(
      query, isTyping: false, stemming: language,
      snapshot: try Keeping.snapshot(for: corpus.library, from: sources.library, query: query))
    return (findings, clock.now - start)
  }

  func run() throws {
    var (corpus, problems) = sources.library.load(verifies: false)
    var (findings, time) = try search(corpus)
    // What is printed has been read, and found to be what was kept, before the first line of it.
    for finding in findings.ranked.prefix(output.limit ?? .max) { corpus.library.touch(finding.entry) }
    if corpus.isDamaged {
      (corpus, problems) = sources.library.loadAnew(insteadOf: corpus)
      (findings, time) = try search(corpus)
    }
    let library = corpus.library
    let snapshot = try Keeping.snapshot(for: library, from: sources.library, query: query)
    func explanation(_ finding: CorpusFindings.Finding) -> Explanation? {
      explain
        ? corpus.explanation(of: finding.entry, query: findings.query, snapshot: snapshot) : nil
    }
    let shown = findings.ranked.prefix(output.limit ?? .max)
    var out = Output()
    if output.json {
      var json = JSONText()
      json.beginObject()
      json.key("schema")
      json.value(1)
      json.key("query")
      json.value(query)
      json.key("total")
      json.value(findings.ranked.count)
      json.key("took_us")
      json.value(
        Int(time.components.attoseconds / 1_000_000_000_000) + Int(time.components.seconds) * 1_000_000)
      json.problems(problems)
      json.key("queryProblems")
      json.strings(findings.problems.map { Array($0.utf8) })
      json.key("hits")
      json.beginArray()
      for finding in shown {
        json.hit(finding, query: findings.query, library: library, explanation: explanation(finding))
        out.write(json.take())
      }
      json.endArray()
      json.endObject()
      out.write(json.take())
      out.write("\n")
    } else {
      for finding in shown {
        write(finding, findings.query, library, to: &out)
        if let explanation = explanation(finding) { explanation.write(to: &out) }
      }
      for problem in findings.problems { complain("lectern: \(problem)") }
      if findings.ranked.isEmpty {
        complain(
          findings.suggestion.map { "lectern: nothing found; did you mean \($0)?" }
            ?? (findings.query.isEmpty
              ? "lectern: the query has nothing to look for" : "lectern: nothing found"))
      }
    }
    out.flush()
    try Printing.conclude(problems, isEmpty: findings.ranked.isEmpty)
  }

  private func write(
    _ finding: CorpusFindings.Finding, _ query: Query, _ library: Library, to out: inout Output
  ) {
    let entry = finding.entry
    out.write("\(library.key(of: entry).hexadecimal.prefix(12))  ")
    out.write(untrusted: library.title(of: library.discussion(of: entry)), lineEnds: .fold)
    let number = library.number(of: entry).map(String.init).joined(separator: ".")
    out.write(number.isEmpty ? " · post" : " · \(number)")
    if let author = library.author(of: entry) {
      out.write(" ")
      out.write(untrusted: author, lineEnds: .fold)
    }
    if let date = library.date(of: entry) { out.write(" · \(date.iso8601)") }
    out.write("\n    ")
    let snippet = library.withText(of: entry) { query.snippet(of: $0, field: .body, limitScalars: 160) }
    out.write(untrusted: snippet.text, lineEnds: .fold)
    out.write("\n")
  }
}

extension JSONText {
  fileprivate mutating func hit(
    _ finding: CorpusFindings.Finding, query: Query, library: Library, explanation: Explanation?
  ) {
    let entry = finding.entry
    let discussion = library.discussion(of: entry)
    let snippet = library.withText(of: entry) { query.snippet(of: $0, field: .body, limitScalars: 160) }
    beginObject()
    key("id")
    value(library.key(of: entry).hexadecimal)
    key("discussion")
    value(library.key(of: library.post(of: discussion)).hexadecimal)
    key("title")
    value(library.title(of: discussion))
    key("kind")
    value(library.kind(of: entry) == .post ? "post" : "comment")
    key("author")
    value(library.author(of: entry))
    key("date")
    value(library.date(of: entry)?.iso8601)
    key("score")
    value(finding.score)
    key("snippet")
    value(snippet.text)
    key("highlights")
    beginArray()
    for highlight in snippet.highlights {
      beginArray()
      value(highlight.lowerBound)
      value(highlight.upperBound)
      endArray()
    }
    endArray()
    if let explanation {
      key("explanation")
      value(explanation)
    }
    endObject()
  }
}
