import Foundation
import Glibc

// Measures Lectern and prints a table; writes nothing but the data of the runs in a scratch folder that
// it removes. Each benchmark checks its own result; one that was wrong ends the program with code 1.
//
//   swift build -c release && swift run -c release --package-path Tests/Benchmarks lectern-bench
//
// `lectern-bench search …`, `… terminal …` and `… generate …` are told of in the README beside.
// `lectern-bench [reader] [corpus] [tree] [growth] [import FILE…] [--discussions N] [--program FILE]`

var parts: Set<String> = []
var discussions = 5000
let package = String(
  #filePath.prefix(upTo: #filePath.range(of: "/Tests/Benchmarks/")?.lowerBound ?? #filePath.endIndex))
switch CommandLine.arguments.dropFirst().first {
case "search":
  var words = Arguments(CommandLine.arguments.dropFirst(2))
  exit(SearchCommand(&words, package: package)?.run() ?? 64)
case "generate":
  var words = Arguments(CommandLine.arguments.dropFirst(2))
  exit(GenerateCommand(&words)?.run() ?? 64)
case "terminal":
  var words = Arguments(CommandLine.arguments.dropFirst(2))
  exit(TerminalCommand(&words, package: package)?.run() ?? 64)
case "measure-snapshot" where CommandLine.arguments.count == 4:
  SnapshotBench.open(CommandLine.arguments[2], CommandLine.arguments[3])
  exit(0)
default: break
}
var program = package + "/.build/release/lectern"
var files: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let word = arguments.popFirst() {
  switch word {
  case "--discussions": discussions = arguments.popFirst().flatMap(Int.init) ?? discussions
  case "--program": program = arguments.popFirst() ?? program
  case "measure-import":
    ImportBenchmarks.measure(arguments.popFirst() ?? ".")
    exit(0)
  case let file where parts.contains("import"): files.append(file)
  default: parts.insert(word)
  }
}

var rows: [Row] = []
if parts.isEmpty || parts.contains("reader") {
  var template = Array("/tmp/lectern-bench-XXXXXX".utf8CString)
  guard access(program, X_OK) == 0, mkdtemp(&template) != nil else {
    print("There is no \(program); run `swift build -c release` first.")
    exit(1)
  }
  let scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  rows += ReaderBenchmarks(program: program, seeds: package + "/seeds", scratch: scratch).rows()
  _ = system("rm -rf '\(scratch)'")
}
if parts.contains("import") {
  var template = Array("/tmp/lectern-bench-XXXXXX".utf8CString)
  guard access(program, X_OK) == 0, mkdtemp(&template) != nil else {
    print("There is no \(program); run `swift build -c release` first.")
    exit(1)
  }
  let scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  rows += ImportBenchmarks(
    program: program, bench: CommandLine.arguments[0], files: files, scratch: scratch
  ).rows()
  _ = system("rm -rf '\(scratch)'")
}
if parts.isEmpty || parts.contains("corpus") { rows += CorpusBenchmarks(discussionCount: discussions).rows() }
if parts.isEmpty || parts.contains("tree") { rows += TreeBenchmarks().rows() }
if parts.isEmpty || parts.contains("growth") { rows += GrowthBenchmarks().rows() }

let width = rows.map(\.name.count).max() ?? 0
for row in rows {
  let padding = String(repeating: " ", count: width - row.name.count)
  print(row.name + padding + "  " + row.figures + (row.fault.map { "  WRONG: \($0)" } ?? ""))
}
exit(rows.contains { $0.fault != nil } ? 1 : 0)
