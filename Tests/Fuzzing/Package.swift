// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
]

/// One fuzz target: libFuzzer brings the main function, so the module must not.
func fuzz(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["FuzzChecks", .product(name: "LecternRooms", package: "lectern")],
    swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

let targets = [
  "FuzzHTML", "FuzzXML", "FuzzMail", "FuzzJSON", "FuzzUnpack", "FuzzCharset", "FuzzText", "FuzzQuery",
]

// A package of its own: it links only with `--sanitize=fuzzer`; `swift build` of Lectern never builds it.
let package = Package(
  name: "lectern-fuzzing",
  products: targets.map { .executable(name: $0, targets: [$0]) },
  dependencies: [.package(name: "lectern", path: "../..")],
  targets: [
    .target(
      name: "FuzzChecks", dependencies: [.product(name: "LecternRooms", package: "lectern")],
      swiftSettings: strict)
  ] + targets.map(fuzz)
)
