public import Archive
import Discussion

/// Reads bytes as a format and checks what every reader promises: valid text, spans in order, parents
/// that are there, a model whose invariants hold, and the same again on a second run.
public func checkReading(_ bytes: [UInt8], as format: String?, _ options: ReadingOptions = ReadingOptions()) {
  var options = options
  options.format = format
  let path = Array("fuzz".utf8)
  let result = Archive.read(bytes: bytes, path: path, options: options)
  for discussion in result.discussions { check(discussion) }
  for problem in result.problems { check(problem) }
  let faults = Library.of(result.discussions).checkInvariants()
  expect(faults.isEmpty, "model: \(faults.first ?? "")")
  let again = Archive.read(bytes: bytes, path: path, options: options)
  expect(again.discussions == result.discussions, "another run finds other discussions")
  expect(again.problems == result.problems, "another run finds other problems")
}

private func check(_ problem: ArchiveProblem) {
  // A name such as XML may stand first.
  let start = problem.message.unicodeScalars.prefix(2).map(\.value)
  let isCapital = start.count == 2 && (0x41...0x5A).contains(start[0]) && (0x61...0x7A).contains(start[1])
  expect(start.count == 2 && !isCapital, "problem begins in upper case")
  expect(!problem.message.hasSuffix("."), "problem ends in a full stop")
  expect(problem.line.map { $0 >= 1 } ?? true, "problem in line 0")
}

private func check(_ discussion: ParsedDiscussion) {
  for line in [discussion.title] + [discussion.author].compactMap({ $0 }) + discussion.categories {
    checkLine(line, "field of a post")
  }
  for id in [discussion.url, discussion.nativeID] { expect(id.map(isUTF8) ?? true, "an id is no UTF-8") }
  check(discussion.body)
  for (index, comment) in discussion.comments.enumerated() {
    check(comment.text)
    if let author = comment.author { checkLine(author, "author of a comment") }
    expect(comment.nativeID.map(isUTF8) ?? true, "an id is no UTF-8")
    guard case .comment(let parent) = comment.parent else { continue }
    expect(discussion.comments.indices.contains(parent) && parent != index, "parent \(parent) of \(index)")
  }
}

private func checkLine(_ bytes: [UInt8], _ what: String) {
  expect(isUTF8(bytes), "\(what) is no UTF-8")
  expect(!bytes.contains(0x0A), "\(what) has several lines")
}

/// Checks that spans are ordered, inside, on scalar boundaries, and never cross.
private func check(_ text: ParsedText) {
  let utf8 = text.utf8
  expect(isUTF8(utf8), "text is no UTF-8")
  expect(utf8.first != 0x0A && utf8.last != 0x0A && utf8.last != 0x20, "white space around a text")
  var open: [Range<Int>] = []
  var start = 0
  for span in text.spans {
    let bytes = span.bytes
    expect(bytes.lowerBound >= start, "spans out of order")
    start = bytes.lowerBound
    expect(bytes.upperBound <= utf8.count, "span behind the end")
    for border in [bytes.lowerBound, bytes.upperBound] where border < utf8.count {
      expect(utf8[border] & 0xC0 != 0x80, "span inside of a scalar")
    }
    while let last = open.last, last.upperBound <= bytes.lowerBound { open.removeLast() }
    expect(open.last.map { bytes.upperBound <= $0.upperBound } ?? true, "spans cross")
    if !bytes.isEmpty { open.append(bytes) }
  }
}
