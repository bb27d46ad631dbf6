public import Bytes
import Discussion

/// What a check of one file of a snapshot found.
public struct SnapshotFileCheck: Hashable, Sendable {
  /// Where it is.
  public var path: PathName
  /// Its bytes; 0 when it cannot be opened.
  public var byteCount: Int
  /// Its checksummed blocks.
  public var blockCount: Int
  /// What is wrong with it, in words.
  public var faults: [String]
  /// The sources whose discussions it holds, if it is a segment.
  public var sources: [[UInt8]] = []
}

extension SnapshotStore {
  /// Compares every block of every file with its checksum.
  /// - Returns: a result a file, the manifest first; none when there is no snapshot.
  /// - Complexity: O(bytes of all files).
  public func check() -> [SnapshotFileCheck] {
    guard path.exists else { return [] }
    var checks = [check(path, as: nil)]
    guard let file = try? ColumnFile(path, version: SnapshotStore.version),
      let manifest = try? SnapshotManifest(file)
    else { return checks }
    for part in manifest.files { checks.append(check(path(of: part), as: part)) }
    // A segment tells what it holds, unless it is damaged itself.
    for place in manifest.segments.indices where checks[1 + place].faults.isEmpty {
      let file = try? ColumnFile(checks[1 + place].path, version: SnapshotStore.version)
      checks[1 + place].sources = file.flatMap { try? Library.sources(ofSegmentIn: $0) } ?? []
    }
    return checks
  }

  private func check(_ path: PathName, as part: SnapshotFile?) -> SnapshotFileCheck {
    do throws(ColumnFileError) {
      let file = try ColumnFile(path, version: SnapshotStore.version)
      var faults = file.verify().map { "block \($0) does not have its checksum" }
      if let part, file.seal != part.seal || UInt64(file.byteCount) != part.byteCount {
        faults.append("it is not the file that the manifest names")
      }
      return SnapshotFileCheck(
        path: path, byteCount: file.byteCount, blockCount: file.blockCount, faults: faults)
    } catch {
      let fault =
        switch SnapshotError(error, path) {
        case .missing: "it is missing"
        case .otherVersion: "another version of the program wrote it"
        case .damaged(_, let reason): reason
        case .file(let error): error.reason == .missing ? "it is missing" : "it cannot be read"
        case .busy: "it is being written"
        }
      return SnapshotFileCheck(path: path, byteCount: 0, blockCount: 0, faults: [fault])
    }
  }
}
