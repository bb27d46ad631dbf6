import Discussion
import Foundation
import Testing

@testable import Archive

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let shared =
  ProcessInfo.processInfo.environment["LECTERN_SHARED"].map { URL(fileURLWithPath: $0) }
  ?? root.appendingPathComponent("../shared")
private let data = shared.appendingPathComponent("data")
private let hasData = FileManager.default.fileExists(atPath: data.path)

/// What a source holds, counted.
struct Counts: Decodable, Equatable {
  var discussions: Int?
  var comments: Int?
  var authors: Int?
  var dates: Int?
  var parents: Int?
}

/// The counting scripts of Tests/Conformance: each counts real files with tools that are not ours.
private let scripts: [String] = {
  let folder = root.appendingPathComponent("Tests/Conformance")
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  return names.filter { $0.hasPrefix("counts_") && $0.hasSuffix(".py") }.sorted()
}()

@Suite("Real files against independent counts")
struct ConformanceTests {
  @Test(
    "discussions, comments, authors, dates and parents are as another program counts them",
    .enabled(if: hasData, "no shared data beside the package"), arguments: scripts)
  func counts(_ script: String) throws {
    let expected = try JSONDecoder().decode([String: Counts].self, from: run(script))
    #expect(!expected.isEmpty, "\(script) counted nothing")
    for (path, counts) in expected.sorted(by: { $0.key < $1.key }) {
      let found = count(data.appendingPathComponent(path).path)
      for (name, wanted, got) in [
        ("discussions", counts.discussions, found.discussions),
        ("comments", counts.comments, found.comments), ("authors", counts.authors, found.authors),
        ("dates", counts.dates, found.dates), ("parents", counts.parents, found.parents),
      ] where wanted != nil {
        #expect(got == wanted, "\(path): \(name)")
      }
    }
  }

  /// Runs a script over the data and gives what it prints.
  private func run(_ script: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", root.appendingPathComponent("Tests/Conformance/\(script)").path, data.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script) failed")
    return bytes
  }

  /// Reads a file or a folder as one import and counts what is in the library then.
  private func count(_ path: String) -> Counts {
    var batch: [ParsedDiscussion] = []
    // The dumps of Reddit have windows of 2 GiB.
    let importer = Importer(
      options: ReadingOptions(allowsLongWindows: true), deliver: { batch.append($0) }, report: { _ in })
    for file in Archive.sources(at: [Array(path.utf8)]).files { importer.read(file: file) }
    importer.finish()
    let library = Library.of(batch)
    var counts = Counts(
      discussions: library.discussions.count, comments: 0, authors: 0, dates: 0, parents: 0)
    for discussion in library.discussions {
      for entry in library.entries(of: discussion) {
        if library.depth(of: entry) > 0 { counts.comments = (counts.comments ?? 0) + 1 }
        if library.depth(of: entry) > 1 { counts.parents = (counts.parents ?? 0) + 1 }
        if library.author(of: entry) != nil { counts.authors = (counts.authors ?? 0) + 1 }
        if library.date(of: entry) != nil { counts.dates = (counts.dates ?? 0) + 1 }
      }
    }
    return counts
  }
}
