public import Bytes

/// A source file that a snapshot was made from, as it was then.
public struct SnapshotSource: Hashable, Sendable {
  /// Its path, as it was given.
  public var path: [UInt8]
  /// What tells it from a later state.
  public var fingerprint: FileFingerprint

  /// A source.
  public init(path: [UInt8], fingerprint: FileFingerprint) {
    self.path = path
    self.fingerprint = fingerprint
  }
}

/// A problem that was met when the sources were read.
public struct SnapshotProblem: Hashable, Sendable {
  /// The source.
  public var path: [UInt8]
  /// The line, from 1.
  public var line: Int?
  /// The offset in the source's bytes.
  public var byteOffset: Int?
  /// What is wrong.
  public var message: [UInt8]
  /// Whether it only says what was left out on purpose.
  public var isNote: Bool

  /// A problem.
  public init(path: [UInt8], line: Int?, byteOffset: Int?, message: [UInt8], isNote: Bool) {
    self.path = path
    self.line = line
    self.byteOffset = byteOffset
    self.message = message
    self.isNote = isNote
  }
}

/// A file that a manifest names.
struct SnapshotFile: Hashable, Sendable {
  /// The number in its name.
  var id: UInt64
  var byteCount: UInt64
  /// The checksum over its front, which stands for its contents.
  var seal: UInt64
}

/// What a manifest says: which files a snapshot is made of, and what it was made from.
struct SnapshotManifest {
  /// The program that wrote it.
  var build: [UInt8]
  /// As `SnapshotKey.roots`.
  var roots: [UInt8]
  /// What whoever keeps it has to say of the library, for himself.
  var companion: [UInt8]
  var segments: [SnapshotFile]
  var identities: [SnapshotFile]

  var files: [SnapshotFile] { segments + identities }

  init(
    build: [UInt8], roots: [UInt8], companion: [UInt8], segments: [SnapshotFile], identities: [SnapshotFile]
  ) {
    self.companion = companion
    self.build = build
    self.roots = roots
    self.segments = segments
    self.identities = identities
  }

  /// Reads a manifest but for its sources and problems.
  /// - Complexity: O(files).
  init(_ file: ColumnFile) throws(ColumnFileError) {
    build = try file.bytes("manifest.build")
    roots = try file.bytes("manifest.roots")
    companion = try file.bytes("manifest.companion")
    segments = try SnapshotManifest.files(file, "segments")
    identities = try SnapshotManifest.files(file, "identities")
  }

  private static func files(_ file: ColumnFile, _ name: String) throws(ColumnFileError) -> [SnapshotFile] {
    let numbers: Column<UInt64> = try file.column("manifest.\(name)")
    guard numbers.count % 3 == 0 else { throw .damaged("its list of files is cut") }
    return (0..<numbers.count / 3).map {
      SnapshotFile(id: numbers[3 * $0], byteCount: numbers[3 * $0 + 1], seal: numbers[3 * $0 + 2])
    }
  }

  func add(
    to writer: inout ColumnFileWriter, sources: [SnapshotSource], problems: [SnapshotProblem]
  ) {
    writer.add("manifest.build", Column(build))
    writer.add("manifest.roots", Column(roots))
    writer.add("manifest.companion", Column(companion))
    writer.add("manifest.segments", Column(segments.flatMap { [$0.id, $0.byteCount, $0.seal] }))
    writer.add("manifest.identities", Column(identities.flatMap { [$0.id, $0.byteCount, $0.seal] }))
    writer.add("sources.paths", strings: sources.map(\.path))
    writer.add(
      "sources.numbers",
      Column(
        sources.flatMap { source -> [UInt64] in
          let print = source.fingerprint
          return [
            print.device, print.inode, UInt64(bitPattern: Int64(print.size)),
            UInt64(bitPattern: Int64(print.seconds)), UInt64(bitPattern: Int64(print.nanoseconds)),
          ]
        }))
    writer.add("problems.paths", strings: problems.map(\.path))
    writer.add("problems.messages", strings: problems.map(\.message))
    writer.add(
      "problems.numbers",
      Column(
        problems.flatMap { [Int64($0.line ?? -1), Int64($0.byteOffset ?? -1), $0.isNote ? 1 : 0] }))
  }

  /// The sources of a manifest.
  /// - Complexity: O(sources).
  static func sources(_ file: ColumnFile) throws(ColumnFileError) -> [SnapshotSource] {
    let paths = try file.strings("sources.paths")
    let numbers: Column<UInt64> = try file.column("sources.numbers")
    guard numbers.count == 5 * paths.count else { throw .damaged("its list of sources is cut") }
    func signed(_ place: Int) -> Int { Int(Int64(bitPattern: numbers[place])) }
    return paths.enumerated().map { place, path in
      SnapshotSource(
        path: path,
        fingerprint: FileFingerprint(
          device: numbers[5 * place], inode: numbers[5 * place + 1], size: signed(5 * place + 2),
          seconds: signed(5 * place + 3), nanoseconds: signed(5 * place + 4)))
    }
  }

  /// The problems of a manifest.
  /// - Complexity: O(problems).
  static func problems(_ file: ColumnFile) throws(ColumnFileError) -> [SnapshotProblem] {
    let paths = try file.strings("problems.paths")
    let messages = try file.strings("problems.messages")
    let numbers: Column<Int64> = try file.column("problems.numbers")
    guard messages.count == paths.count, numbers.count == 3 * paths.count else {
      throw .damaged("its list of problems is cut")
    }
    return paths.indices.map { place in
      let (line, offset) = (numbers[3 * place], numbers[3 * place + 1])
      return SnapshotProblem(
        path: paths[place], line: line < 0 ? nil : Int(line), byteOffset: offset < 0 ? nil : Int(offset),
        message: messages[place], isNote: numbers[3 * place + 2] == 1)
    }
  }
}

extension ColumnFileWriter {
  /// Adds strings as two columns: where each begins, with one more for the end, and their bytes.
  fileprivate mutating func add(_ name: String, strings: [[UInt8]]) {
    var starts: [UInt64] = [0]
    for string in strings { starts.append((starts.last ?? 0) + UInt64(string.count)) }
    add(name + ".starts", Column(starts))
    add(name + ".bytes", Column(strings.flatMap { $0 }))
  }
}

extension ColumnFile {
  fileprivate func bytes(_ name: String) throws(ColumnFileError) -> [UInt8] {
    let column: Column<UInt8> = try self.column(name)
    return column.elements(in: 0..<column.count)
  }

  fileprivate func strings(_ name: String) throws(ColumnFileError) -> [[UInt8]] {
    let starts: Column<UInt64> = try column(name + ".starts")
    let bytes: Column<UInt8> = try column(name + ".bytes")
    var strings: [[UInt8]] = []
    for place in 0..<max(0, starts.count - 1) {
      guard starts[place] <= starts[place + 1], starts[place + 1] <= UInt64(bytes.count) else {
        throw .damaged("its strings run backwards")
      }
      strings.append(bytes.elements(in: Int(starts[place])..<Int(starts[place + 1])))
    }
    return strings
  }
}
