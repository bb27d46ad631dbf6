// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the program: a Swift target in `Sources/NAME`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one room, in `Tests/NAMETests`.
func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "lectern",
  products: [
    .executable(name: "lectern", targets: ["lectern"]),
    // For the packages of their own in Tests/Benchmarks and Tests/Fuzzing; nothing else builds on it.
    .library(
      name: "LecternRooms",
      targets: ["Bytes", "Discussion", "SearchIndex", "Snapshot", "Archive", "Runtime"]),
    // For the benchmarks in a terminal, which look at what was painted.
    .library(name: "TerminalEmulator", targets: ["CPty"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(
      name: "CNcurses",
      cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CGuard", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "CKernel"),
    .target(name: "CPCRE2"),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
    .target(name: "CMapping"),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),

    room("Bytes", ["CMapping", "CXXHash"]),
    room("Discussion", ["Bytes"]),
    room("SearchIndex", ["Bytes", "CKernel", "CPCRE2", "CStemmer"]),
    room("Grid", ["Bytes"]),

    room("Reader", ["Discussion", "SearchIndex", "Grid"]),

    room("Snapshot", ["Bytes", "Discussion", "SearchIndex"]),
    room("Terminal", ["CNcurses", "CGuard", "Grid"]),
    room("Screens", ["Reader", "Discussion", "Grid"]),
    room("Shelf", ["Bytes", "Discussion", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Archive", ["Bytes", "Discussion", "CZlib", "CZstd", "CArchive"]),

    room(
      "Runtime",
      [
        "Bytes", "Discussion", "SearchIndex", "Grid", "Reader", "Terminal", "Screens", "Shelf",
        "Archive", "Snapshot",
      ]),
    .executableTarget(
      name: "lectern",
      dependencies: [
        "Runtime", "Reader", "Archive", "Shelf", "Terminal", "Bytes", "Discussion", "SearchIndex",
        "Grid", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    tests(of: "Bytes"),
    tests(of: "Discussion", ["Bytes"]),
    tests(of: "SearchIndex", ["Bytes", "CKernel"]),
    tests(of: "Grid", ["Bytes"]),
    tests(of: "Snapshot", ["Bytes", "Discussion", "SearchIndex"]),
    tests(of: "Archive", ["Bytes", "Discussion", "CZlib", "CZstd"]),
    tests(of: "Reader", ["Discussion", "SearchIndex", "Grid"]),
    tests(of: "Screens", ["Reader", "Discussion", "SearchIndex", "Grid"], exclude: ["Golden"]),
    .executableTarget(
      name: "ShelfProbe", dependencies: ["Shelf", "Discussion"], path: "Tests/ShelfProbe",
      swiftSettings: strict),
    tests(of: "Shelf", ["Bytes", "Discussion", "ShelfProbe", .product(name: "GRDB", package: "GRDB.swift")]),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Terminal", "Grid"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    tests(of: "Terminal", ["Grid", "CNcurses", "PseudoTerminal", "TerminalProbe"]),
    tests(of: "Runtime", ["Discussion", "SearchIndex", "Grid", "Reader"]),
    .target(
      name: "CPty", path: "Tests/CPty", cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("vterm")]),
    .target(
      name: "PseudoTerminal", dependencies: ["CPty"], path: "Tests/PseudoTerminal", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["lectern", "PseudoTerminal"], swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
  ]
)
