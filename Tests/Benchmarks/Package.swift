// swift-tools-version: 6.2
import PackageDescription

// A package of its own: `swift build` and `swift test` of Lectern never build it, and no test is timed.
let package = Package(
  name: "lectern-benchmarks",
  dependencies: [.package(name: "lectern", path: "../..")],
  targets: [
    .executableTarget(
      name: "lectern-bench",
      dependencies: [
        .product(name: "LecternRooms", package: "lectern"),
        .product(name: "TerminalEmulator", package: "lectern"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ]
)
