import Testing

@testable import Archive

@Suite("Looking into packed sources again")
struct PackedSourceTests {
  private static let text = Array("From a@b Sat Jan  1 00:00:00 2005\nSubject: x\n\nwords\n".utf8)
  private static let archive = Packed.tar([
    Packed.File("a/one.txt", Array("one".utf8)),
    Packed.File("a/two.mbox", text),
  ])

  @Test("a packed file is unpacked, another stays as it is")
  func files() {
    for packed in [Packed.gzip(Self.text), Packed.zstd(Self.text), Self.text] {
      #expect(Archive.unpacked(packed, member: nil, limit: 1_000) == Self.text)
      #expect(Archive.unpacked(packed, member: nil, limit: 10) == nil)
      #expect(Archive.unpacked(packed, member: Array("x".utf8), limit: 1_000) == nil)
    }
    #expect(Archive.unpacked([], member: nil, limit: 10) == [])
  }

  @Test("a member of an archive is found by its name, packed once more or not")
  func members() throws {
    let archive = Self.archive
    for packed in [archive, Packed.gzip(archive)] {
      #expect(Archive.unpacked(packed, member: Array("a/two.mbox".utf8), limit: 1_000) == Self.text)
      #expect(Archive.unpacked(packed, member: Array("a/one.txt".utf8), limit: 1_000) == Array("one".utf8))
      #expect(Archive.unpacked(packed, member: Array("one.txt".utf8), limit: 1_000) == nil)
      #expect(Archive.unpacked(packed, member: nil, limit: 1_000) == nil)
    }
  }

  @Test("what is cut anywhere ends early and does not trap")
  func cut() {
    let packed = Packed.gzip(Self.archive)
    for count in 0..<packed.count {
      let bytes = Archive.unpacked(Array(packed[..<count]), member: Array("a/two.mbox".utf8), limit: 1_000)
      #expect(bytes.map { Self.text.starts(with: $0) } ?? true)
    }
  }
}
