import Bytes
import Foundation
import Testing

/// A folder of its own for one test, gone afterwards.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "lectern-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func name(_ inner: String) -> PathName { PathName(path + "/" + inner) }

  @discardableResult
  func put(_ inner: String, _ text: String = "text") throws -> PathName {
    let full = path + "/" + inner
    try FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: full, atomically: false, encoding: .utf8)
    return PathName(full)
  }
}

extension TemporaryFolder {
  func makePipe(_ inner: String) throws {
    let made = unsafe mkfifo(path + "/" + inner, 0o600)
    try #require(made == 0)
  }
}

@Suite("Files by byte names")
struct FileTests {
  @Test("a name is shown repaired and opened by its bytes")
  func names() throws {
    let name = PathName(Array("a/b".utf8) + [0xFF])
    #expect(String(decoding: name.display, as: UTF8.self) == "a/b\u{FFFD}")
    #expect(PathName("a/b/").lastComponent == Array("b".utf8))
    #expect(PathName("/").lastComponent == Array("/".utf8))
    #expect(PathName("b").folder == PathName("."))
    #expect(PathName("/b").folder == PathName("/"))
    #expect(PathName("a//b/").folder == PathName("a"))
    let folder = try TemporaryFolder()
    let odd = folder.name("").appending([0x78, 0xFF, 0x0A])
    try DurableFile.replace(odd, with: [1, 2])
    #expect(try SourceFile.read(odd, limit: 10).bytes == [1, 2])
    #expect(
      try FolderWalk.files(below: PathName(folder.path)).files.map(\.lastComponent) == [[0x78, 0xFF, 0x0A]])
  }

  @Test("what cannot be read says why and never waits")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.put("file", "twelve bytes")
    try folder.makePipe("pipe")
    func reason(_ inner: String, limit: Int = 100) -> FileError.Reason? {
      do throws(FileError) {
        _ = try SourceFile.read(folder.name(inner), limit: limit)
        return nil
      } catch {
        #expect(error.path == folder.name(inner))
        return error.reason
      }
    }
    #expect(reason("file") == nil)
    #expect(reason("none") == .missing)
    #expect(reason("file/none") == .missing)
    #expect(reason("a\0b") == .missing)
    #expect(reason("") == .isFolder)
    #expect(reason("pipe") == .notRegular)
    #expect(reason("file", limit: 11) == .tooLarge(limit: 11))
    #expect(reason("file", limit: 12) == nil)
    #expect(throws: FileError(path: PathName("/dev/null"), reason: .notRegular)) {
      try SourceFile.read(PathName("/dev/null"), limit: 1)
    }
  }

  @Test("a large file and one without a size are read whole")
  func wholeFiles() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "0123456789", count: 30_000)
    #expect(try SourceFile.read(folder.put("large", text), limit: 1 << 20).bytes == Array(text.utf8))
    #expect(try !SourceFile.read(PathName("/proc/self/status"), limit: 1 << 20).bytes.isEmpty)
  }

  @Test("a walk sorts, hides, follows links to files once, and ends in loops")
  func walk() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "a", "sub/z", "sub/deep/y", ".hidden", ".git/x"] { try folder.put(name) }
    let outside = try TemporaryFolder()
    try outside.put("linked")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: outside.path + "/linked")
    try manager.createSymbolicLink(atPath: folder.path + "/again", withDestinationPath: folder.path + "/a")
    try manager.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: folder.path)
    try manager.createSymbolicLink(
      atPath: folder.path + "/broken", withDestinationPath: folder.path + "/none")
    try folder.makePipe("pipe")
    let outcome = try FolderWalk.files(below: PathName(folder.path))
    #expect(outcome.files == ["a", "b", "link", "sub/z", "sub/deep/y"].map(folder.name))
    #expect(
      outcome.skipped == [
        FileError(path: folder.name("broken"), reason: .missing),
        FileError(path: folder.name("loop"), reason: .linkedFolder),
        FileError(path: folder.name("pipe"), reason: .notRegular),
      ])
  }

  @Test("folders deeper than the limit are named, not walked")
  func depth() throws {
    let folder = try TemporaryFolder()
    let deep = Array(repeating: "d", count: FolderWalk.depthLimit + 2).joined(separator: "/")
    try folder.put(deep + "/file")
    let outcome = try FolderWalk.files(below: PathName(folder.path))
    #expect(outcome.files.isEmpty)
    #expect(outcome.skipped.map(\.reason) == [.tooDeep])
  }

  @Test("records are appended whole to a file of mode 0600")
  func append() throws {
    let folder = try TemporaryFolder()
    let path = folder.name("journal")
    for record in ["one\n", "two\n"] {
      let file = try AppendFile(path)
      try file.append(Array(record.utf8))
      try file.append([])
    }
    #expect(try SourceFile.read(path, limit: 100).bytes == Array("one\ntwo\n".utf8))
    #expect(try mode(path) == 0o600)
  }

  @Test("a file is replaced as a whole; a failure leaves the old one and no litter")
  func replace() throws {
    let folder = try TemporaryFolder()
    let path = try folder.put("file", "old")
    try DurableFile.replace(path, with: Array("new".utf8))
    #expect(try SourceFile.read(path, limit: 100).bytes == Array("new".utf8))
    #expect(try mode(path) == 0o600)
    try folder.put("full/inner")
    #expect(throws: FileError.self) { try DurableFile.replace(folder.name("full"), with: [1]) }
    #expect(throws: FileError(path: folder.name("none/file"), reason: .missing)) {
      try DurableFile.replace(folder.name("none/file"), with: [1])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["file", "full"])
  }

  @Test("folders are made with those above them, 0700, and may be there already")
  func makeFolder() throws {
    let folder = try TemporaryFolder()
    let path = folder.name("a/b/c")
    try DurableFile.makeFolder(path)
    try DurableFile.makeFolder(path)
    #expect(try FileKind.at(path) == .folder)
    #expect(try mode(folder.name("a")) == 0o700)
    try folder.put("file")
    #expect(throws: FileError.self) { try DurableFile.makeFolder(folder.name("file/inner")) }
  }

  private func mode(_ path: PathName) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(
      atPath: String(decoding: path.bytes, as: UTF8.self))
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue
  }
}
