import Foundation
import Testing

@testable import Bytes

@Suite struct DurableFileCreateTests {
  @Test func aFileThatIsThereIsNeverTouched() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("create-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("file").path
    #expect(try DurableFile.create(PathName(path), with: [1, 2, 3]))
    #expect(try !DurableFile.create(PathName(path), with: [4]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    // A link to nothing is something too.
    let dangling = folder.appendingPathComponent("link").path
    try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "nowhere")
    #expect(try !DurableFile.create(PathName(dangling), with: [4]))
    #expect(throws: FileError.self) {
      try DurableFile.create(PathName(folder.path + "/none/file"), with: [1])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["file", "link"])
  }
}
