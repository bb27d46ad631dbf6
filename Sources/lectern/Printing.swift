import Archive
import Discussion
import Grid
import Runtime

/// Discussions on standard output, as text or JSON.
enum Printing {
  /// Reads sources and prints all of them.
  static func show(_ sources: LibrarySources, _ options: OutputOptions) throws {
    let (corpus, problems) = sources.load()
    try show(Array(corpus.library.discussions), of: corpus.library, problems: problems, options)
  }

  /// Reads sources and prints the discussions that hold some entries.
  static func show(_ names: [String], in sources: LibrarySources, _ options: OutputOptions) throws {
    let (corpus, problems) = sources.load()
    try show(
      EntryName.discussions(names, in: corpus.library), of: corpus.library, problems: problems, options)
  }

  /// Prints discussions, complains about problems, and ends with the right code.
  /// - Parameter parts: the entries to print of each discussion; nil for all.
  static func show(
    _ discussions: [DiscussionID], of library: Library, parts: [DiscussionID: [EntryID]]? = nil,
    problems: [ArchiveProblem], _ options: OutputOptions
  ) throws {
    let shown = discussions.prefix(options.limit ?? .max)
    var output = Output()
    if options.json {
      var json = JSONText()
      json.beginObject()
      json.key("schema")
      json.value(1)
      json.key("discussions")
      json.beginArray()
      for discussion in shown {
        json.discussion(discussion, of: library, comments: parts?[discussion])
        output.write(json.take())
      }
      json.endArray()
      json.problems(problems)
      json.endObject()
      output.write(json.take())
      output.write("\n")
    } else {
      for (index, discussion) in shown.enumerated() {
        if index > 0 { output.write("\n\n") }
        write(discussion, of: library, parts?[discussion], to: &output)
      }
    }
    output.flush()
    try conclude(problems, isEmpty: discussions.isEmpty)
  }

  /// Says what could not be read; throws the exit code that follows.
  static func conclude(_ problems: [ArchiveProblem], isEmpty: Bool) throws {
    for problem in problems { complain(Sentences.line(problem)) }
    if problems.contains(where: { !$0.isNote }) { throw Exit.unreadable }
    if isEmpty { throw Exit.nothingFound }
  }

  private static func write(
    _ discussion: DiscussionID, of library: Library, _ part: [EntryID]?, to output: inout Output
  ) {
    let entries = library.entries(of: discussion)
    let title = library.title(of: discussion)
    output.write(untrusted: title.isEmpty ? Array("(no title)".utf8) : title, lineEnds: .fold)
    output.write("\n")
    var facts: [String] = []
    if let author = library.author(of: entries[0]) {
      facts.append("by " + String(decoding: author, as: UTF8.self))
    }
    if let date = library.date(of: entries[0]) { facts.append(date.iso8601) }
    let count = entries.count - 1
    if let declared = library.declaredComments(of: discussion), declared > count {
      facts.append("\(count) of \(declared) comments")
    } else {
      facts.append(count == 1 ? "1 comment" : "\(count) comments")
    }
    facts += library.sources(of: discussion).map { String(decoding: $0, as: UTF8.self) }
    output.write(untrusted: Array(facts.joined(separator: " · ").utf8), lineEnds: .fold)
    output.write("\n\n")
    let shown = part ?? Array(entries)
    if shown.first == entries[0] {
      write(text: library.textWithQuoteMarks(of: entries[0]), indent: "", to: &output)
    }
    var previous = entries[0]
    func leaveOut(_ count: Int) {
      if count > 0 { output.write("\n(\(count) \(count == 1 ? "comment" : "comments") left out)\n") }
    }
    for entry in shown where entry != entries[0] {
      leaveOut(Int(entry.row) - Int(previous.row) - 1)
      previous = entry
      let depth = library.depth(of: entry)
      let indent = String(repeating: "  ", count: min(depth, 20))
      var head = library.number(of: entry).map(String.init).joined(separator: ".")
      let author = library.author(of: entry).map { String(decoding: $0, as: UTF8.self) }
      head += " " + (author ?? "(name not in the source)")
      if let date = library.date(of: entry) { head += " · " + date.iso8601 }
      output.write("\n" + String(indent.dropLast(2)))
      output.write(untrusted: Array(head.utf8), lineEnds: .fold)
      output.write("\n")
      write(text: library.textWithQuoteMarks(of: entry), indent: indent, to: &output)
    }
    leaveOut(entries.rows.upperBound - Int(previous.row) - 1)
  }

  private static func write(text: [UInt8], indent: String, to output: inout Output) {
    var line: [UInt8] = []
    for byte in text + [0x0A] {
      guard byte == 0x0A else {
        line.append(byte)
        continue
      }
      if !line.isEmpty { output.write(indent) }
      output.write(untrusted: line, lineEnds: .fold)
      output.write("\n")
      line.removeAll(keepingCapacity: true)
    }
  }
}
