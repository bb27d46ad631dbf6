import Testing

/// `--charset`, `--format` and `--long`, and packed files on the command line.
@Suite("What the user says about sources")
struct ReadingOptionsTests {
  private let scratch: CommandLineScratch
  /// `printf 'Words of a page that was packed.' | gzip -n`.
  private static let gzip: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x0B, 0xCF, 0x2F, 0x4A, 0x29, 0x56,
    0xC8, 0x4F, 0x53, 0x48, 0x54, 0x28, 0x48, 0x4C, 0x4F, 0x55, 0x28, 0xC9, 0x48, 0x2C, 0x51, 0x28,
    0x4F, 0x2C, 0x06, 0xF2, 0x92, 0xB3, 0x53, 0x53, 0xF4, 0x00, 0xF7, 0x11, 0xBE, 0xE6, 0x20, 0x00,
    0x00, 0x00,
  ]
  /// A zstd frame that asks for 2 GiB and holds seven letters in one raw block.
  private static let longFrame: [UInt8] =
    [0x28, 0xB5, 0x2F, 0xFD, 0, 21 << 3, 7 << 3 | 1, 0, 0] + Array("windows".utf8)

  init() throws { scratch = try CommandLineScratch() }

  @Test("--charset overrules what the bytes look like")
  func charset() throws {
    try scratch.write(Array("page".utf8), [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, 0x20, 0xCD, 0xC9, 0xD2])
    #expect(try scratch.run("show", "--charset", "koi8-r", "page").text.contains("Привет мир"))
    #expect(try scratch.run("show", "--charset=KOI8-R", "page").text.contains("Привет мир"))
    #expect(try !scratch.run("show", "page").text.contains("Привет"))
    #expect(try scratch.run("search", "--charset", "koi8-r", "мир", "page").code == 0)
    #expect(try scratch.run("check", "--charset", "koi8-r", "page").code == 0)
    #expect(try scratch.run("--charset", "koi8-r", "page").text.contains("Привет мир"))
  }

  @Test(
    "a name that is not known is wrong use, and the nearest one is offered",
    arguments: [
      (["--charset", "latni1"], "“latni1” is no charset that is known here. Did you mean latin1?"),
      (["--charset", "utf-7"], "“utf-7” is no charset that is known here. Did you mean utf-8?"),
      (["--format", "mbx"], "“mbx” is no format that is known here. Did you mean mbox?"),
    ])
  func unknownNames(arguments: [String], sentence: String) throws {
    for command in ["read", "list", "show", "check"] {
      let run = try scratch.run(bytes: ([command] + arguments + ["page"]).map { Array($0.utf8) })
      #expect(run.code == 64)
      #expect(run.output.isEmpty)
      #expect(run.complaints.first == "Error: " + sentence)
    }
    let run = try scratch.run(bytes: (["search", "words"] + arguments).map { Array($0.utf8) })
    #expect(run.code == 64)
  }

  @Test("--format text reads as text what looks like something else")
  func format() throws {
    try scratch.write("page", "\u{1}\u{2}\u{3}\u{4} words\n")
    let refused = try scratch.run("show", "page")
    #expect(refused.code == 65)
    #expect(refused.complaints == ["lectern: page: binary file, not read"])
    let run = try scratch.run("show", "--format", "text", "page")
    #expect(run.code == 0)
    #expect(run.text.contains("words"))
  }

  @Test("--long opens what asks for 2 GiB, and without it that is one problem")
  func long() throws {
    try scratch.write(Array("page.zst".utf8), Self.longFrame)
    let refused = try scratch.run("show", "page.zst")
    #expect(refused.code == 65)
    #expect(
      refused.complaints.map { $0.replacing(" (byte 0)", with: "") } == [
        "lectern: page.zst: a zstd frame asks for a window of 2048 MiB, not read; --long opens it"
      ])
    let run = try scratch.run("show", "--long", "page.zst")
    #expect(run.code == 0)
    #expect(run.text.contains("windows"))
  }

  @Test("packed bytes are opened from a file and from standard input")
  func packed() throws {
    try scratch.write(Array("page.gz".utf8), Self.gzip)
    #expect(try scratch.run("show", "page.gz").text.contains("Words of a page that was packed."))
    let piped = try scratch.run(bytes: [Array("show".utf8), Array("-".utf8)], input: Self.gzip)
    #expect(piped.code == 0)
    #expect(piped.text.contains("Words of a page that was packed."))
  }
}
