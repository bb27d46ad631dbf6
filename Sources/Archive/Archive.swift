import Bytes
import Discussion

/// Archived pages in, discussions and problems out. Nothing here trusts a byte of its input.
public enum Archive {
  /// The path under which standard input appears.
  public static let standardInputPath: [UInt8] = [0x2D]

  /// The largest document that has to be read whole, in bytes: a page, a feed, one JSON value.
  static let documentLimit = 1 << 30

  /// Reads one source that is in memory, by itself.
  ///
  /// Text of no recognisable kind is one discussion without comments. Its title is its first line if that
  /// is short and stands alone, else the file's name; its body is the rest.
  /// - Complexity: O(`bytes.count`).
  public static func read(
    bytes: [UInt8], path: [UInt8], options: ReadingOptions = ReadingOptions()
  ) -> ArchiveResult {
    collect(options) { $0.read(bytes: bytes, path: path) }
  }

  /// The files to read for the paths of a command line: files as given, folders walked.
  ///
  /// Symbolic links given here are followed. A path that names nothing readable is one problem.
  public static func sources(at paths: [[UInt8]]) -> (files: [[UInt8]], problems: [ArchiveProblem]) {
    var files: [[UInt8]] = []
    var problems: [ArchiveProblem] = []
    for path in paths {
      do throws(FileError) {
        switch try FileKind.at(PathName(path)) {
        case .file: files.append(path)
        case .other: throw FileError(path: PathName(path), reason: .notRegular)
        case .folder:
          let walk = try FolderWalk.files(below: PathName(path))
          files.append(contentsOf: walk.files.map(\.bytes))
          problems.append(contentsOf: walk.skipped.map(problem))
          if walk.files.isEmpty {
            problems.append(ArchiveProblem(path: path, message: ProblemSentence.emptyFolder))
          }
        }
      } catch {
        problems.append(problem(error))
      }
    }
    return (files, problems)
  }

  /// Reads one file, by itself. A file that cannot be read is a problem, never an error.
  public static func read(
    file path: [UInt8], options: ReadingOptions = ReadingOptions()
  ) -> ArchiveResult {
    collect(options) { $0.read(file: path) }
  }

  private static func collect(_ options: ReadingOptions, _ body: (Importer) -> Void) -> ArchiveResult {
    var result = ArchiveResult()
    let importer = Importer(
      options: options, deliver: { result.discussions.append($0) },
      report: { result.problems.append($0) })
    body(importer)
    importer.finish()
    return result
  }

  private static func problem(_ error: FileError) -> ArchiveProblem {
    ArchiveProblem(path: error.path.bytes, message: ProblemSentence.of(error))
  }
}
