import Bytes
import Discussion

/// Archived pages in, discussions and problems out. Nothing here trusts a byte of its input.
public enum Archive {
  /// The largest source that is read, in bytes.
  public static let sizeLimit = 4 << 30

  /// The path under which standard input appears.
  public static let standardInputPath: [UInt8] = [0x2D]

  /// Reads one source that is in memory: tells what it is, decodes it, takes it apart.
  ///
  /// Text of no recognisable kind is one discussion without comments. Its title is its first line if that
  /// is short and stands alone, else the file's name; its body is the rest.
  /// - Complexity: O(`bytes.count`).
  public static func read(bytes: [UInt8], path: [UInt8]) -> ArchiveResult {
    var result = ArchiveResult()
    func report(_ message: String, at offset: Int? = nil) {
      result.problems.append(ArchiveProblem(path: path, byteOffset: offset, message: message))
    }
    guard !bytes.isEmpty else {
      report(ProblemSentence.empty)
      return result
    }
    guard !BinaryContent.isBinary(bytes) else {
      report(ProblemSentence.binary)
      return result
    }
    let text = DecodedText(bytes)
    if text.replaced > 0 {
      report(ProblemSentence.repaired(text.replaced, as: text.charset), at: text.firstBadByte)
    }
    if text.marksCut > 0 { report(ProblemSentence.marksCut(text.marksCut)) }
    result.discussions = TextPage(text.utf8).discussions(path: path)
    if result.discussions.isEmpty { report(ProblemSentence.noText) }
    return result
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

  /// Reads one file. A file that cannot be read is a problem, never an error.
  public static func read(file path: [UInt8]) -> ArchiveResult {
    do throws(FileError) {
      let content = try SourceFile.read(PathName(path), limit: sizeLimit)
      var result = read(bytes: content.bytes, path: path)
      if content.changedWhileRead {
        result.problems.append(ArchiveProblem(path: path, message: ProblemSentence.changed))
      }
      return result
    } catch {
      return ArchiveResult(problems: [problem(error)])
    }
  }

  /// Reads standard input to its end; its path is shown as `-`.
  public static func readStandardInput() -> ArchiveResult {
    do throws(FileError) {
      let content = try SourceFile.readStandardInput(limit: sizeLimit)
      return read(bytes: content.bytes, path: standardInputPath)
    } catch {
      return ArchiveResult(problems: [problem(error)])
    }
  }

  private static func problem(_ error: FileError) -> ArchiveProblem {
    ArchiveProblem(path: error.path.bytes, message: ProblemSentence.of(error))
  }
}
