import Bytes
import Discussion
import Testing

@testable import Archive

/// What a source holds, as one text a discussion, and what was wrong.
private func read(_ bytes: [UInt8], name: String = "x", _ options: ReadingOptions = ReadingOptions())
  -> (texts: [String], problems: [String], paths: [String])
{
  let result = Archive.read(bytes: bytes, path: Array(name.utf8), options: options)
  return (
    result.discussions.map { String(decoding: $0.body.utf8, as: UTF8.self) },
    result.problems.map { String(decoding: $0.path, as: UTF8.self) + ": " + $0.message },
    result.discussions.flatMap { $0.sources.map { String(decoding: $0, as: UTF8.self) } }
  )
}

/// Text that a reader of pages takes as one body.
private func page(_ number: Int, words: Int = 200) -> [UInt8] {
  Array((0..<words).map { "word\($0 * number) and \($0)" }.joined(separator: " ").utf8)
}

private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// A page of random letters, which hardly packs at all.
private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var random = SeededLetters(state: seed)
  return (0..<count).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }
}

private struct SeededLetters: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite("Packed streams")
struct CompressionStreamTests {
  static let packs: [[UInt8]] = [
    Packed.gzip(page(3)), Packed.zstd(page(3)), Packed.gzip(page(3), name: "../../etc/passwd"),
  ]
  static let packedNoise: [[UInt8]] = [Packed.gzip(noise(700, seed: 4)), Packed.zstd(noise(700, seed: 4))]

  @Test("gzip and zstd are opened by content, whatever the name says", arguments: packs)
  func opened(packed: [UInt8]) {
    let found = read(packed, name: "page.html")
    #expect(found.texts == [string(page(3))])
    #expect(found.problems == [])
    #expect(found.paths == ["page.html"])
  }

  @Test("members and frames are joined, frames to skip left out")
  func joined() {
    let (first, second) = (page(3), page(5))
    #expect(read(Packed.gzip(first) + Packed.gzip(second)).texts == [string(first + second)])
    let skip: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9]
    let frames = skip + Packed.zstd(first) + skip + Packed.zstd(second) + skip
    #expect(read(frames).texts == [string(first + second)])
    #expect(read(frames).problems == [])
    #expect(read(Packed.gzip(first) + [UInt8](repeating: 0, count: 4_096)).problems == [])
  }

  @Test(
    "what is wrong behind the text costs no text",
    arguments: [("gzip", Packed.gzip(page(3))), ("zstd", Packed.zstd(page(3)))])
  func wrongTails(kind: String, packed: [UInt8]) {
    var flipped = packed
    let sum = kind == "gzip" ? packed.count - 8 : packed.count - 1
    flipped[sum] ^= 1
    var found = read(flipped)
    #expect(found.texts == [string(page(3))])
    #expect(
      found.problems == ["x: the checksum of the \(kind) data does not match; the text is read all the same"])
    found = read(packed + Array("and more".utf8))
    #expect(found.texts == [string(page(3))])
    #expect(found.problems == ["x: what follows the \(kind) data is none, and not read"])
    found = read(Array(packed.dropLast(1)))
    #expect(found.texts == [string(page(3))])
    #expect(found.problems == ["x: the \(kind) data ends early; what came before is read"])
  }

  @Test("a member whose sum is wrong does not cost the next one")
  func goingOn() {
    var first = Packed.gzip(page(3))
    first[first.count - 6] ^= 0x40
    let found = read(first + Packed.gzip(page(5)))
    #expect(found.texts == [string(page(3) + page(5))])
    #expect(found.problems.count == 1)
    var second = Packed.gzip(page(3))
    second[second.count - 1] ^= 0x40
    #expect(
      read(second).problems == [
        "x: the size that the gzip data states does not match; the text is read all the same"
      ])
  }

  @Test(
    "cut or changed at any byte: what decodes is a beginning of the text, and it is said",
    arguments: packedNoise)
  func cutAndChanged(packed: [UInt8]) {
    let text = noise(700, seed: 4)
    for end in 4..<packed.count {
      let found = read(Array(packed[..<end]))
      #expect(found.texts.allSatisfy { string(text).hasPrefix($0) })
      #expect(!found.problems.isEmpty)
    }
    var random = SeededLetters(state: 9)
    for place in packed.indices {
      var changed = packed
      changed[place] ^= UInt8.random(in: 1...255, using: &random)
      #expect(read(changed).texts == read(changed).texts)
    }
    for _ in 0..<300 {
      var changed = packed
      for _ in 0..<4 {
        changed[Int.random(in: 0..<packed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = read(changed)
    }
  }

  @Test("random bytes behind each signature never trap")
  func noiseBehindSignatures() {
    var random = SeededLetters(state: 31)
    let starts: [[UInt8]] = [
      [0x1F, 0x8B, 8], [0x1F, 0x8B, 8, 0x1F], [0x28, 0xB5, 0x2F, 0xFD], [0x50, 0x2A, 0x4D, 0x18],
      [0x50, 0x4B, 3, 4],
      Array("BZh91AY&SY".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0],
    ]
    for start in starts {
      for _ in 0..<80 {
        let bytes = start + (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(read(bytes).problems.count >= 1)
      }
    }
  }

  @Test("one layer is opened, the next is named")
  func layers() {
    for inner in [Packed.gzip(page(3)), Packed.zstd(page(3))] {
      for outer in [Packed.gzip(inner), Packed.zstd(inner)] {
        let found = read(outer)
        #expect(found.texts == [])
        #expect(found.problems.count == 1)
        #expect(found.problems.first?.contains("binary file, not read") == true)
      }
    }
  }

  @Test("a window that is too large is refused, and --long opens it up to 2 GiB")
  func windows() {
    // A frame of one raw block, which is the last.
    func frame(_ window: UInt8) -> [UInt8] {
      [0x28, 0xB5, 0x2F, 0xFD, 0, window, 0x29, 0, 0] + Array("words".utf8)
    }
    #expect(read(frame(17 << 3)).texts == ["words"])
    #expect(
      read(frame(17 << 3 | 1)).problems == [
        "x: a zstd frame asks for a window of 144 MiB, not read; --long opens it"
      ])
    #expect(
      read(frame(21 << 3)).problems == [
        "x: a zstd frame asks for a window of 2048 MiB, not read; --long opens it"
      ])
    let long = ReadingOptions(allowsLongWindows: true)
    #expect(read(frame(21 << 3), long).texts == ["words"])
    #expect(
      read(frame(21 << 3 | 1), long).problems == [
        "x: a zstd frame asks for a window of more than 2 GiB, not read"
      ])
    let oneSegment: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 0, 0]
    #expect(
      read(oneSegment, long).problems == ["x: a zstd frame asks for a window of more than 2 GiB, not read"])
  }

  @Test("no older format is seen in the middle of a header")
  func olderFormat() {
    // From its sixth byte on this looks like a frame of zstd 0.7.
    let bytes: [UInt8] = [
      0x28, 0xB5, 0x2F, 0xFD, 0x2D, 0x27, 0xB5, 0x2F, 0xFD, 0x27, 0xFF, 0xFF, 0xAF, 0x50, 0x43, 0, 0xFF, 0,
      0xAF, 0x50, 0x4B, 0x4B, 0, 0x5A, 0x0A, 2, 0x5D,
    ]
    #expect(read(bytes).problems == ["x: the zstd data is damaged; what came before is read"])
  }

  @Test("what grows too far stops, with the figures")
  func limits() throws {
    let limit = ExpansionLimit(bytes: 1 << 20, ratio: 500, ratioFrom: 1 << 16)
    func drain(_ stream: (any ByteStream)?) -> (count: Int, sentence: String?) {
      var bytes: [UInt8] = []
      do throws(StreamError) {
        while try stream?.next(into: &bytes, upTo: 1 << 20) ?? 0 > 0 {}
        return (bytes.count, nil)
      } catch { return (bytes.count, error.sentence) }
    }
    let bomb = [UInt8](repeating: 0x61, count: 8 << 20)
    let text = noise(3 << 20, seed: 7)
    for (packed, isGzip) in [(Packed.gzip(bomb), true), (Packed.zstd(bomb), false)] {
      let source = Source(path: [], bytes: packed)
      let found =
        isGzip
        ? drain(GzipStream(source, limit: limit, report: { _ in }))
        : drain(ZstdStream(source, allowsLongWindows: false, limit: limit))
      #expect(found.count < 1 << 20)
      #expect(found.sentence?.hasPrefix("unpacks to more than 500 times its size (0 MiB of ") == true)
    }
    let found = drain(GzipStream(Source(path: [], bytes: Packed.gzip(text)), limit: limit, report: { _ in }))
    #expect(found.count >= 1 << 20 && found.count < 1 << 21)
    #expect(found.sentence == "unpacks to more than 0 GiB, the rest is not read")
    #expect(ExpansionLimit().problem(packed: 1, unpacked: 1 << 25) == nil)
    #expect(
      ExpansionLimit().problem(packed: 1 << 17, unpacked: (1 << 26) + 500)
        == "unpacks to more than 500 times its size (64 MiB of 131072 bytes), the rest is not read")
    #expect(
      ExpansionLimit().problem(packed: 1 << 30, unpacked: 4 << 30)
        == "unpacks to more than 4 GiB, the rest is not read")
  }

  @Test("what grows too far from its beginning on is not read at all")
  func bombOfText() {
    let bomb = [UInt8](repeating: 0x61, count: 65 << 20)
    for packed in [Packed.gzip(bomb), Packed.zstd(bomb)] {
      let found = read(packed)
      #expect(found.texts == [])
      #expect(found.problems.count == 1)
      #expect(
        found.problems.first?.hasPrefix("x: unpacks to more than 500 times its size (64 MiB of ") == true)
      #expect(found.problems.first?.hasSuffix(" bytes), not read") == true)
    }
    // A page that repeats itself much is a page.
    let page = Array(String(repeating: "the same words again and again\n", count: 9_000).utf8)
    for packed in [Packed.gzip(page), Packed.zstd(page)] {
      #expect(packed.count * 100 < page.count)
      #expect(read(packed).texts.count == 1)
      #expect(read(packed).problems == [])
    }
  }

  @Test("packed bytes are counted once, as they lie there")
  func counting() {
    let packed = Packed.gzip(page(3))
    let importer = Importer(deliver: { _ in }, report: { _ in })
    importer.read(bytes: packed, path: [0x78])
    #expect(importer.bytesRead == packed.count)
  }

  @Test("a source that is cancelled ends, and what it gave is kept")
  func cancelling() {
    let importer = Importer(deliver: { _ in }, report: { _ in }, isCancelled: { true })
    importer.read(bytes: Packed.gzip(page(3)), path: [0x78])
    #expect(importer.bytesRead == 0)
  }

  @Test("bzip2 and xz are opened too")
  func others() {
    // printf 'Words of a page that was packed.' | bzip2 -9, and the same through xz.
    let bzip2: [UInt8] = [
      0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0x56, 0x29, 0x56, 0x6B, 0x00, 0x00,
      0x03, 0x93, 0x80, 0x40, 0x01, 0x00, 0x80, 0x2F, 0xC8, 0xDC, 0x80, 0x20, 0x00, 0x31, 0x43, 0x4D,
      0x30, 0x00, 0x35, 0x03, 0x4C, 0x81, 0xE9, 0xA8, 0xE4, 0x34, 0x4E, 0x9D, 0xC8, 0x5E, 0x88, 0x46,
      0x53, 0x75, 0x71, 0x54, 0x31, 0xC8, 0xB8, 0xF8, 0xBB, 0x92, 0x29, 0xC2, 0x84, 0x82, 0xB1, 0x4A,
      0xB3, 0x58,
    ]
    let xz: [UInt8] = [
      0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04, 0xE6, 0xD6, 0xB4, 0x46, 0x02, 0x00, 0x21, 0x01,
      0x16, 0x00, 0x00, 0x00, 0x74, 0x2F, 0xE5, 0xA3, 0x01, 0x00, 0x1F, 0x57, 0x6F, 0x72, 0x64, 0x73,
      0x20, 0x6F, 0x66, 0x20, 0x61, 0x20, 0x70, 0x61, 0x67, 0x65, 0x20, 0x74, 0x68, 0x61, 0x74, 0x20,
      0x77, 0x61, 0x73, 0x20, 0x70, 0x61, 0x63, 0x6B, 0x65, 0x64, 0x2E, 0x00, 0x97, 0x8D, 0x25, 0x9D,
      0x60, 0x4C, 0xB7, 0x2C, 0x00, 0x01, 0x38, 0x20, 0x18, 0x29, 0x77, 0x0C, 0x1F, 0xB6, 0xF3, 0x7D,
      0x01, 0x00, 0x00, 0x00, 0x00, 0x04, 0x59, 0x5A,
    ]
    for packed in [bzip2, xz] {
      #expect(read(packed).texts == ["Words of a page that was packed."])
      #expect(read(packed).problems == [])
      for end in 12..<packed.count {
        let found = read(Array(packed[..<end]))
        #expect(found.problems.count == 1, "\(found.problems)")
      }
    }
  }
}

@Suite("Archives")
struct CompressionArchiveTests {
  static let files: [Packed.File] = [
    .init("a.txt", page(3)), .init("folder/b.txt", page(5)), .init(".hidden", "no"), .init("x/.git/c", "no"),
    .init("__MACOSX/._a.txt", "no"), .init("../../up.txt", page(7)), .init("/root.txt", page(9)),
    .init("ünï.txt", page(11)),
  ]
  static let paths = [
    "x/a.txt", "x/folder/b.txt", "x/../../up.txt", "x//root.txt", "x/ünï.txt",
  ]

  @Test(
    "members are sources, hidden ones are skipped, names lead nowhere",
    arguments: [
      Packed.tar(files), Packed.zip(files), Packed.zip(files.map { $0.with { $0.isStreamed = true } }),
      Packed.zip(files.map { $0.with { $0.isStored = true } }),
      Packed.gzip(Packed.tar(files)), Packed.zstd(Packed.tar(files)),
    ])
  func members(archive: [UInt8]) {
    let found = read(archive)
    #expect(found.problems == [])
    #expect(found.paths == Self.paths)
    #expect(found.texts == [3, 5, 7, 9, 11].map { string(page($0)) })
  }

  @Test("a member may be compressed once, no deeper, and archives in archives stay shut")
  func layers() {
    let files: [Packed.File] = [
      .init("a.gz", Packed.gzip(page(3))), .init("b.zst", Packed.zstd(page(5))),
      .init("c.gz", Packed.gzip(Packed.gzip(page(7)))), .init("d.tar", Packed.tar([.init("e", "f")])),
      .init("g.tgz", Packed.gzip(Packed.tar([.init("e", "f")]))),
      .init("h.zip", Packed.zip([.init("e", "f")])),
    ]
    for archive in [Packed.tar(files), Packed.zip(files)] {
      let found = read(archive)
      #expect(found.paths == ["x/a.gz", "x/b.zst"])
      #expect(found.texts == [string(page(3)), string(page(5))])
      #expect(found.problems.count == 4)
      #expect(found.problems.allSatisfy { $0.contains("binary file, not read") })
    }
    let twice = read(Packed.gzip(Packed.tar([.init("a.gz", Packed.gzip(page(3))), .init("b", page(5))])))
    #expect(twice.paths == ["x/b"])
    #expect(twice.problems.count == 1)
    #expect(read(Packed.gzip(Packed.zip([.init("a", page(3))]))).paths == ["x/a"])
  }

  @Test("links and devices are counted, folders are nothing, encrypted and unknown members are named")
  func oddMembers() {
    let tar = Packed.tar([
      .init("folder/", "").with { $0.flag = "5" }, .init("link", "").with { $0.flag = "2" },
      .init("pipe", "").with { $0.flag = "6" }, .init("a.txt", page(3)),
    ])
    #expect(read(tar).paths == ["x/a.txt"])
    #expect(read(tar).problems == ["x: 2 links or devices in the archive are skipped"])
    let zip = Packed.zip([
      .init("secret.txt", page(3)).with { $0.isEncrypted = true },
      .init("odd.txt", page(3)).with { $0.method = 97 }, .init("a.txt", page(5)),
    ])
    let found = read(zip)
    #expect(found.paths == ["x/a.txt"])
    #expect(
      found.problems == [
        "x/secret.txt: encrypted, not read",
        "x/odd.txt: packed by a method of zip that is not known, not read",
      ])
  }

  @Test("an empty archive, documents of office programs, and binary members")
  func noPages() {
    #expect(read(Packed.zip([])).problems == ["x: the archive holds no file that can be read"])
    #expect(
      read(Packed.zip([.init("[Content_Types].xml", "<x/>"), .init("a", page(3))])).problems == [
        "x: binary file, not read"
      ])
    let picture = Packed.zip([
      .init("p.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A] + noise(5_000, seed: 3)), .init("a", page(3)),
    ])
    #expect(read(picture).problems == ["x/p.png: binary file, not read"])
    #expect(read(picture).paths == ["x/a"])
    #expect(
      read(Packed.zip([.init("empty", ""), .init("a", page(3))])).problems == ["x/empty: the file is empty"])
  }

  @Test(
    "a damaged archive keeps what came before",
    arguments: [Packed.tar(files), Packed.zip(files), Packed.gzip(Packed.tar(files))])
  func damaged(archive: [UInt8]) {
    var random = SeededLetters(state: 5)
    for end in stride(from: 600, to: archive.count, by: 97) {
      let found = read(Array(archive[..<end]))
      #expect(found.paths == Array(Self.paths.prefix(found.paths.count)))
    }
    let half = read(Array(archive[..<(archive.count / 2)]))
    #expect(half.texts.first == string(page(3)))
    #expect(!half.problems.isEmpty)
    for _ in 0..<150 {
      var changed = archive
      for _ in 0..<3 {
        changed[Int.random(in: 0..<archive.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = read(changed)
    }
  }

  @Test("a bomb among members ends the archive, and the members before it are kept")
  func bombs() {
    let bomb = [UInt8](repeating: 0, count: 80 << 20)
    let files: [Packed.File] = [.init("a", page(3)), .init("bomb", bomb), .init("b", page(5))]
    for archive in [Packed.zip(files), Packed.zip(files.map { $0.with { $0.isStreamed = true } })] {
      let found = read(archive)
      #expect(found.paths == ["x/a"])
      #expect(found.problems.first == "x/bomb: binary file, not read")
      #expect(found.problems.count == 2)
      #expect(found.problems.last?.hasPrefix("x/bomb: unpacks to more than 500 times its size (") == true)
    }
  }

  @Test("problems of many members are listed up to a number, and counted")
  func manyProblems() {
    let files = (0..<1_200).map { Packed.File("f\($0)", "") }
    let found = read(Packed.tar(files + [.init("a", page(3))]))
    #expect(found.problems.count == 1_001)
    #expect(found.problems.last == "x: 200 more problems are not listed")
    #expect(found.paths == ["x/a"])
  }

  @Test("text that happens to name a format at the place where archives do is text")
  func nearlyTar() {
    let text =
      String(repeating: "word ", count: 51) + "x" + " ustar  and so on "
      + String(repeating: "word ", count: 90)
    #expect(Array(text.utf8)[257..<262].elementsEqual("ustar".utf8))
    #expect(read(Array(text.utf8)).texts.count == 1)
  }
}
