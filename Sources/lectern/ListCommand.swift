import ArgumentParser
import Discussion
import Grid
import Runtime

/// Lists discussions, a line each.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List discussions, a line each: id, comments, title.")

  @OptionGroup var sources: SourceArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (corpus, problems) = sources.library.load()
    let library = corpus.library
    let shown = library.discussions.prefix(output.limit ?? .max)
    var out = Output()
    var json = JSONText()
    if output.json {
      json.beginObject()
      json.key("schema")
      json.value(1)
      json.key("discussions")
      json.beginArray()
    }
    for discussion in shown {
      let post = library.post(of: discussion)
      let id = library.key(of: post).hexadecimal
      let comments = library.commentCount(of: discussion)
      if output.json {
        json.beginObject()
        json.key("id")
        json.value(id)
        json.key("title")
        json.value(library.title(of: discussion))
        json.key("author")
        json.value(library.author(of: post))
        json.key("date")
        json.value(library.date(of: post)?.iso8601)
        json.key("format")
        json.value(library.format(of: discussion))
        json.key("sources")
        json.strings(library.sources(of: discussion))
        json.key("commentCount")
        json.value(comments)
        json.key("declaredComments")
        json.value(library.declaredComments(of: discussion))
        json.endObject()
        out.write(json.take())
        continue
      }
      let declared = library.declaredComments(of: discussion)
      let counts = declared.map { $0 <= comments ? "\(comments)" : "\(comments) of \($0)" } ?? "\(comments)"
      out.write("\(id.prefix(12))  \(String(repeating: " ", count: max(0, 8 - counts.count)))\(counts)  ")
      out.write(untrusted: library.shownTitle(of: discussion), lineEnds: .fold)
      out.write("\n")
    }
    if output.json {
      json.endArray()
      json.problems(problems)
      json.endObject()
      out.write(json.take())
      out.write("\n")
    }
    out.flush()
    try Printing.conclude(problems, isEmpty: library.discussions.isEmpty)
  }
}
