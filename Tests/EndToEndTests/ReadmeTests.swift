import Foundation
import Testing

/// The README says what the program does today.
@Suite("The README")
struct ReadmeTests {
  private let readme: String
  private let scratch: CommandLineScratch

  init() throws {
    scratch = try CommandLineScratch()
    readme = try String(contentsOf: PackageFolder.url("README.md"), encoding: .utf8)
  }

  @Test("its key table is the one of `lectern keys --markdown`")
  func keyTable() throws {
    let parts = readme.components(separatedBy: "<!-- keys -->\n")
    try #require(parts.count == 3, "the table stands between two <!-- keys --> lines")
    let table = try scratch.run("keys", "--markdown")
    #expect(table.code == 0)
    #expect(
      parts[1].trimmingCharacters(in: .newlines) == table.text.trimmingCharacters(in: .newlines),
      "put what `lectern keys --markdown` prints between the two <!-- keys --> lines of README.md")
  }

  @Test("every command of the help is in it")
  func commands() throws {
    let help = try scratch.run("--help").text
    let lines = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").last).split(separator: "\n")
    let names = lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("'") }
      .compactMap { $0.split(separator: " ").first }
    #expect(names.count >= 6)
    for name in names { #expect(readme.contains("`lectern \(name)"), "\(name) is missing") }
  }

  @Test("it and the articles name no path of a machine")
  func noMachine() {
    for word in ["/home/", "/tmp/", "/root/", "/opt/", "../shared"] { #expect(!readme.contains(word)) }
  }
}

/// The package's own folder.
enum PackageFolder {
  /// A file or folder of the package.
  static func url(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(path).standardizedFileURL
  }

  /// The seeds that come with the program.
  static var seeds: String { url("seeds").path }

  /// Data shared beside the package, or where `LECTERN_SHARED` says; often absent.
  static var shared: URL {
    ProcessInfo.processInfo.environment["LECTERN_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? url("../shared")
  }
}
