import Discussion

@testable import Archive

/// A message for a mailbox made in a test.
struct TestMessage {
  var id: String? = nil
  var references: [String] = []
  var answers: String? = nil
  var subject = "About it"
  var day = 1
  var month = "Feb"
  var year = 2011
  var body = "Words."
  var extra = ""

  /// The message without a separator.
  var source: String {
    var text = "From: User \(day) <u\(day)@example.org>\n"
    if let id { text += "Message-ID: <\(id)>\n" }
    if !references.isEmpty {
      text += "References: \(references.map { "<\($0)>" }.joined(separator: "\n ")) \n"
    }
    if let answers { text += "In-Reply-To: <\(answers)>\n" }
    return text + "Date: \(day) \(month) \(year) 10:00:00 +0000\nSubject: \(subject)\n\(extra)\n\(body)\n"
  }
}

/// A mailbox of messages.
func mailbox(_ messages: [TestMessage]) -> String {
  messages.map { "From u@example.org Tue Feb  1 10:00:00 2011\n\($0.source)\n" }.joined()
}

/// Reads text as one source.
func readMail(_ text: String) -> ArchiveResult { readMail([text]) }

/// Reads texts as the sources of one import.
func readMail(_ texts: [String]) -> ArchiveResult {
  var result = ArchiveResult()
  let importer = Importer(
    deliver: { result.discussions.append($0) }, report: { result.problems.append($0) })
  for (number, text) in texts.enumerated() {
    importer.read(bytes: Array(text.utf8), path: Array("file\(number)".utf8))
  }
  importer.finish()
  return result
}

extension ParsedText {
  /// The text as a string.
  var string: String { String(decoding: utf8, as: UTF8.self) }

  /// What has a role.
  func parts(_ role: Role) -> [String] {
    spans.filter { $0.role == role }.map { String(decoding: utf8[$0.bytes], as: UTF8.self) }
  }
}

/// A discussion as lines: title and id of the post, then ids (or authors) of the comments, indented by depth.
func outline(_ discussion: ParsedDiscussion) -> [String] {
  let library = Library.of([discussion])
  guard let only = library.discussions.first else { return [] }
  return library.entries(of: only).map { entry in
    let name = library.nativeID(of: entry) ?? library.author(of: entry) ?? []
    let depth = library.depth(of: entry)
    let title = depth == 0 ? String(decoding: discussion.title, as: UTF8.self) + ": " : ""
    let id = depth == 0 ? discussion.nativeID ?? [] : name
    return String(repeating: "  ", count: depth) + title + String(decoding: id, as: UTF8.self)
  }
}
