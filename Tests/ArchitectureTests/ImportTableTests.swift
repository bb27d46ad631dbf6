import Foundation
import Testing

/// The sources of the package on disk.
private enum Sources {
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every file with one of the extensions, with the room it is in.
  static func files(_ extensions: Set<String>) -> [(room: String, path: String, text: String)] {
    let folder = package.appendingPathComponent("Sources")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.sorted().compactMap { path in
      let url = folder.appendingPathComponent(path)
      guard extensions.contains(url.pathExtension), let room = path.split(separator: "/").first,
        let data = try? Data(contentsOf: url)
      else { return nil }
      return (String(room), path, String(decoding: data, as: UTF8.self))
    }
  }

  static func manifest() throws -> PackageManifest {
    let data = try Data(contentsOf: package.appendingPathComponent("Package.swift"))
    return PackageManifest(String(decoding: data, as: UTF8.self))
  }
}

@Suite struct ImportTableTests {
  @Test func everySourceKeepsToTheTable() {
    let files = Sources.files(["swift"])
    #expect(files.count > 5)
    for file in files {
      for finding in ImportTable.findings(in: SwiftSource(file.text), of: file.room) {
        Issue.record("\(file.path): \(finding)")
      }
    }
  }

  @Test func everyCSourceKeepsToTheTable() {
    for file in Sources.files(["c", "h"]) {
      #expect(file.room.hasPrefix("C"), "\(file.path): C lives in rooms of its own")
      for finding in ImportTable.forbiddenCode(in: SwiftSource(file.text), of: file.room) {
        Issue.record("\(file.path): \(finding)")
      }
    }
  }

  @Test func manifestKeepsToTheTable() throws {
    let manifest = try Sources.manifest()
    #expect(manifest.dependencies["lectern"]?.contains("Runtime") == true)
    for (target, dependencies) in manifest.dependencies {
      if ImportTable.permitted[target] == nil {
        #expect(target.hasPrefix("C"), "\(target) is no room of the table")
        #expect(dependencies.isEmpty, "\(target) depends on \(dependencies.sorted())")
        continue
      }
      let refused = dependencies.subtracting(ImportTable.permitted[target] ?? [])
      #expect(refused.isEmpty, "\(target) may not depend on \(refused.sorted())")
    }
  }

  /// What is reachable only through another target does not count: each room names what it imports.
  @Test func everyImportIsADependency() throws {
    let ofTheToolchain: Set<String> = ["Glibc", "Foundation", "FoundationEssentials", "Synchronization"]
    let manifest = try Sources.manifest()
    for file in Sources.files(["swift"]) {
      let imports = Set(SwiftSource(file.text).imports).subtracting(ofTheToolchain)
      let missing = imports.subtracting(manifest.dependencies[file.room] ?? [])
      #expect(missing.isEmpty, "\(file.path): \(missing.sorted()) not among the dependencies of \(file.room)")
    }
  }

  @Test func tableHasNoCycle() {
    var settled: Set<String> = []
    var open = Set(ImportTable.permitted.keys)
    while let room = open.first(where: {
      (ImportTable.permitted[$0] ?? []).isDisjoint(with: open)
    }) {
      open.remove(room)
      settled.insert(room)
    }
    #expect(open.isEmpty, "in a cycle: \(open.sorted())")
    #expect(settled.count == ImportTable.permitted.count)
  }

  @Test func libraryRoomsAreBehindOneDoor() {
    func rooms(seeing name: String) -> [String] {
      ImportTable.permitted.filter { $0.value.contains(name) }.map(\.key).sorted()
    }
    #expect(rooms(seeing: "GRDB") == ["Shelf"])
    #expect(rooms(seeing: "CNcurses") == ["Terminal"])
    #expect(rooms(seeing: "ArgumentParser") == ["lectern"])
    #expect(rooms(seeing: "Foundation") == ["Shelf"])
  }
}

/// The checker itself, on planted faults.
@Suite struct ImportCheckerTests {
  private func findings(_ text: String, in room: String) -> [String] {
    ImportTable.findings(in: SwiftSource(text), of: room)
  }

  @Test(arguments: [
    "import Foundation", "public import Foundation", "@preconcurrency import Foundation",
    "internal import struct Foundation.Data", "import Bytes; import Foundation",
    "  import\tFoundation.NSData",
    "let a = 1 /* nested /* comment */ */\nimport Foundation", "import FoundationEssentials",
  ])
  func plantedImportIsRefused(text: String) {
    #expect(findings(text, in: "Grid").count == 1)
  }

  @Test func whatIsNoImportPasses() {
    for text in [
      "import Bytes", "// import Foundation", "/* import Foundation */",
      "let important = \"// not a comment\"",
      "/// Never `try!` or `system(`.", "func filesystem() {}; let url = \"http://host\"", "munmapAll()",
      "enum Failure { case system(errno: Int32) }", "throw .system(errno: 2)",
      "static func system(_ code: Int)", "object.write(to: &text)",
    ] { #expect(findings(text, in: "Grid") == [], "\(text)") }
  }

  @Test(arguments: [
    "_ = system(\"ls\")", "let shell = \"/bin/sh\"", "let shell = #\"\"/bin/sh\"#", "let value = try! read()",
    "let text = \"\"\"\n // \"\n\"\"\"; fatalError(\"no\")", "let value = other as! String",
    "let map = mmap(nil, 1)",
    "data.write(to: file)", "_ = Glibc.system(command)", "try data.write(to:\n file)",
    "@testable import Bytes", "let page = Data(contentsOf: url)",
  ])
  func plantedCodeIsRefused(text: String) {
    #expect(findings(text, in: "Grid").count == 1, "\(findings(text, in: "Grid"))")
  }

  @Test func exceptionsAreForTheirRoomOnly() {
    #expect(findings("let map = mmap(nil, 1)", in: "Bytes") == [])
    #expect(findings("import GRDB", in: "Shelf") == [])
    #expect(findings("import GRDB", in: "Runtime") == ["Runtime may not import GRDB"])
    #expect(findings("import Bytes", in: "Helpers") == ["Helpers is no room of the table"])
  }

  @Test func manifestIsUnderstood() {
    let manifest = PackageManifest(
      """
      func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, swiftSettings: strict)
      }
      let package = Package(
        targets: [
          .target(name: "CGuard", cSettings: [.define("_GNU_SOURCE")]),
          room("Grid", ["Bytes" /* and no more */]),
          room(
            "Shelf", [
              "Bytes", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
          .executableTarget(name: "lectern", dependencies: ["Runtime"], swiftSettings: strict),
          .executableTarget(name: "Probe", dependencies: ["Shelf"], path: "Tests/Probe"),
          .testTarget(name: "GridTests", dependencies: [.target(name: "Grid")]),
        ])
      """)
    #expect(
      manifest.dependencies.filter { $0.key != "Grid" || !$0.value.isEmpty } == [
        "CGuard": [], "Grid": ["Bytes"], "Shelf": ["Bytes", "GRDB"], "lectern": ["Runtime"],
      ])
  }
}
