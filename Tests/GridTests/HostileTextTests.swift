import Foundation
import Testing

@testable import Grid

/// The corpus of hostile texts: the folder that `LECTERN_SHARED` names, else `../shared` beside the package.
private enum HostileCorpus {
  static let files: [URL] = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared")
    let named = ProcessInfo.processInfo.environment["LECTERN_SHARED"].map { URL(fileURLWithPath: $0) }
    let folder = (named ?? beside).appendingPathComponent("data/hostile/txt")
    let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).sorted { $0.path < $1.path }
  }()

  /// The bytes of a file; only the first 64 kB, the rest being more of the same.
  static func bytes(of file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file).prefix(65_536)) }
}

@Suite(.enabled(if: !HostileCorpus.files.isEmpty, "no hostile corpus beside the package"))
struct HostileTextTests {
  @Test(arguments: HostileCorpus.files)
  func printsSafely(file: URL) throws {
    let bytes = try HostileCorpus.bytes(of: file)
    for mode in [DisplayRule.LineEnds.keep, .fold] {
      let output = DisplayRule.printable(bytes.span, lineEnds: mode)
      #expect(ForbiddenOutput.findings(in: output, lineEnds: mode).prefix(3) == [])
    }
  }

  @Test(arguments: HostileCorpus.files)
  func drawsSafelyInEverySize(file: URL) throws {
    let bytes = try HostileCorpus.bytes(of: file)
    for size in [(100, 30), (80, 24), (20, 6), (7, 40), (2, 3), (1, 1)] {
      let size = Size(columns: size.0, rows: size.1)
      var grid = Grid(size: size)
      let lines = wrapLines(bytes.span, bytes: 0..<bytes.count, columns: size.columns, limit: size.rows * 3)
      for page in stride(from: 0, to: lines.count, by: max(1, size.rows)) {
        for (row, line) in lines[page...].prefix(size.rows).enumerated() {
          let used = grid.write(bytes.span, bytes: line.bytes, column: 0, row: row, columns: size.columns) {
            _ in
            .plain
          }
          #expect(used >= line.columns)
          #expect(used <= size.columns)
        }
        #expect(DisplayRule.violations(in: grid) == 0)
        let screen = Array(grid.rows().joined(separator: "\n").utf8)
        #expect(ForbiddenOutput.findings(in: screen, lineEnds: .keep).prefix(3) == [])
      }
    }
  }

  @Test(arguments: HostileCorpus.files)
  func fitsInEveryWidth(file: URL) throws {
    let bytes = Array(try HostileCorpus.bytes(of: file).prefix(2_000))
    for columns in 1...200 {
      var end = 0
      for line in wrapLines(bytes.span, columns: columns) {
        #expect(line.columns <= columns)
        #expect(line.bytes.lowerBound == end)
        end = line.bytes.upperBound
      }
      #expect(end == bytes.count)
    }
  }
}
