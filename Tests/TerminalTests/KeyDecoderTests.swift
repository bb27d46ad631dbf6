import CNcurses
import Grid
import Testing

@testable import Terminal

/// The decoder alone: bytes and key codes in, keys and pastes out.
struct KeyDecoderTests {
  private func decode(_ units: [Int], pause: Int = 0) -> [TerminalInput] {
    var decoder = KeyDecoder()
    var inputs: [TerminalInput] = []
    for unit in units { decoder.feed(unit, into: &inputs) }
    decoder.pause(milliseconds: pause, into: &inputs)
    return inputs
  }

  private func decode(_ text: String, pause: Int = 0) -> [TerminalInput] {
    decode(text.utf8.map(Int.init), pause: pause)
  }

  @Test func textComesAsItsScalars() {
    #expect(decode("aZ é界\u{1F600}") == "aZ é界\u{1F600}".unicodeScalars.map { .key(Key(.scalar($0))) })
  }

  @Test(arguments: [
    (0x00, Key(.scalar("@"), control: true)), (0x01, Key(.scalar("a"), control: true)),
    (0x1A, Key(.scalar("z"), control: true)), (0x1C, Key(.scalar("\\"), control: true)),
    (0x1D, Key(.scalar("]"), control: true)), (0x1E, Key(.scalar("^"), control: true)),
    (0x1F, Key(.scalar("_"), control: true)), (0x0D, Key(.enter)), (0x0A, Key(.enter)), (0x09, Key(.tab)),
    (0x08, Key(.backspace)), (0x7F, Key(.backspace)), (0x1B, Key(.escape)),
  ])
  func controlsAreNamed(byte: Int, key: Key) { #expect(decode([byte]) == [.key(key)]) }

  @Test func anEscapeBeforeAKeyIsAlt() {
    #expect(decode("\u{1B}x") == [.key(Key(.scalar("x"), alt: true))])
    #expect(decode("\u{1B}é") == [.key(Key(.scalar("é"), alt: true))])
    #expect(decode("\u{1B}\r") == [.key(Key(.enter, alt: true))])
    #expect(decode("\u{1B}\u{01}") == [.key(Key(.scalar("a"), alt: true, control: true))])
    #expect(decode([0x1B, SCREEN_KEY_LEFT]) == [.key(Key(.left, alt: true))])
    #expect(decode("\u{1B}\u{1B}") == [.key(Key(.escape)), .key(Key(.escape))])
  }

  @Test func anIntroducerAloneIsAltOnceTimeHasPassed() {
    for letter in "[O]P_^X" {
      let scalar = letter.unicodeScalars.first ?? " "
      #expect(decode("\u{1B}\(letter)", pause: 99).isEmpty)
      #expect(decode("\u{1B}\(letter)", pause: 100) == [.key(Key(.scalar(scalar), alt: true))])
    }
  }

  /// What terminals say unasked or asked: none of it is a key, whole or with a pause after any byte.
  static let replies = [
    "\u{1B}[?62;22c", "\u{1B}[?1;2c", "\u{1B}[>0;276;0c", "\u{1B}[>41;354;0c", "\u{1B}P!|7E565445\u{1B}\\",
    "\u{1B}[0n", "\u{1B}[24;80R", "\u{1B}[1;3R", "\u{1B}[?12;40R", "\u{1B}[8;24;80t", "\u{1B}[4;600;800t",
    "\u{1B}[3;10;10t", "\u{1B}[1t", "\u{1B}]lquit\u{1B}\\", "\u{1B}]Lquit\u{1B}\\",
    "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\",
    "\u{1B}]12;rgb:aaaa/bbbb/cccc\u{7}", "\u{1B}]4;1;rgb:cdcd/0000/0000\u{1B}\\", "\u{1B}]52;c;cXVpdA==\u{7}",
    "\u{1B}]0;quit\u{7}", "\u{1B}P>|XTerm(379)\u{1B}\\", "\u{1B}P>|tmux 3.4\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
    "\u{1B}P0$r\u{1B}\\", "\u{1B}P1+r544e=787465726d\u{1B}\\", "\u{1B}P0+r\u{1B}\\", "\u{1B}[?2026;2$y",
    "\u{1B}[?2004;1$y", "\u{1B}[4;2$y", "\u{1B}[I", "\u{1B}[O", "\u{1B}[<0;10;10M", "\u{1B}[<0;10;10m",
    "\u{1B}[<64;1;1M", "\u{1B}[M !!", "\u{1B}[32;10;10M", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}^quit\u{1B}\\",
    "\u{1B}Xquit\u{1B}\\", "\u{1B}[?997;1n", "\u{1B}[?0u", "\u{1B}[1;1;80;24;1;1w", "\u{1B}[?64;1;2;6;9c",
  ]

  @Test(arguments: replies) func aReplyIsSwallowed(reply: String) {
    #expect(keys(decode(reply + "k")) == [.key(Key(.scalar("k")))])
    let bytes = Array(reply.utf8)
    for cut in 3..<bytes.count {
      var decoder = KeyDecoder()
      var inputs: [TerminalInput] = []
      for byte in bytes[..<cut] { decoder.feed(Int(byte), into: &inputs) }
      decoder.pause(milliseconds: 99, into: &inputs)
      for byte in bytes[cut...] { decoder.feed(Int(byte), into: &inputs) }
      decoder.feed(0x6B, into: &inputs)
      #expect(keys(inputs) == [.key(Key(.scalar("k")))], "cut at \(cut)")
    }
  }

  /// Without what tells of the mouse, the focus and the paper.
  private func keys(_ inputs: [TerminalInput]) -> [TerminalInput] {
    inputs.filter { input in
      switch input {
      case .mouse, .focus, .background: false
      default: true
      }
    }
  }

  @Test func theMouseAndTheFocusAreReported() {
    let table: [(String, MouseEvent.Kind)] = [
      ("0;4;3M", .press(.left)), ("1;4;3M", .press(.middle)), ("2;4;3M", .press(.right)),
      ("0;4;3m", .release), ("2;4;3m", .release), ("32;4;3M", .drag(.left)), ("34;4;3M", .drag(.right)),
      ("64;4;3M", .wheelUp), ("65;4;3M", .wheelDown), ("4;4;3M", .press(.left)), ("16;4;3M", .press(.left)),
      ("81;4;3M", .wheelDown),
    ]
    for (report, kind) in table {
      #expect(decode("\u{1B}[<\(report)") == [.mouse(MouseEvent(kind, column: 3, row: 2))], "\(report)")
    }
    for report in [
      "35;4;3M", "66;4;3M", "128;4;3M", "0;0;3M", "0;4;0M", "0;4M", "0;4;3;1M", ";;M", "-1;4;3M", "64;4;3m",
      "0;999999;3M", "0;4;3~",
    ] { #expect(decode("\u{1B}[<\(report)k") == [.key(Key(.scalar("k")))], "\(report)") }
    #expect(decode("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
  }

  @Test func theColourOfThePaperIsTold() {
    for (reply, isLight) in [
      ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", true), ("\u{1B}]11;rgb:0000/0000/0000\u{7}", false),
      ("\u{1B}]11;rgb:fdfd/f6f6/e3e3\u{7}", true), ("\u{1B}]11;rgba:1e1e/1e1e/2e2e/ffff\u{7}", false),
      ("\u{1B}]11;rgb:ff/ff/ff\u{7}", true), ("\u{1B}]11;rgb:f/0/0\u{7}", false),
      ("\u{1B}]11;#fafafa\u{7}", true), ("\u{1B}]11;rgb:00/ff/00\u{7}", true),
    ] {
      #expect(decode(reply + "k") == [.background(isLight: isLight), .key(Key(.scalar("k")))], "\(reply)")
    }
    for other in [
      "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:ffff/ffff\u{7}", "\u{1B}]11;rgb:-f/ff/ff\u{7}",
      "\u{1B}]11;?\u{7}", "\u{1B}]11;rgb:fffff/ffff/ffff\u{7}", "\u{1B}]11;#\u{7}",
      "\u{1B}]111;rgb:f/f/f\u{7}",
      "\u{1B}P11;rgb:ffff/ffff/ffff\u{1B}\\", "\u{1B}]11;rgb:ffff/ffff/ffff\u{18}", "\u{1B}]\u{7}",
    ] { #expect(decode(other + "k") == [.key(Key(.scalar("k")))], "\(other.debugDescription)") }
  }

  /// A reply that was asked for may come in pieces a second apart, cut anywhere, and is never typed.
  @Test func aReplyInPiecesIsWhole() {
    let reply = Array("\u{1B}]11;rgb:fdfd/f6f6/e3e3\u{1B}\\\u{1B}[?64;1;2c".utf8)
    for cut in 1..<reply.count {
      var decoder = KeyDecoder()
      decoder.awaitsReply = true
      var inputs: [TerminalInput] = []
      for byte in reply[..<cut] { decoder.feed(Int(byte), into: &inputs) }
      let isBehindEscape = reply[cut - 1] == 0x1B && (cut == 1 || reply[cut] == 0x5B)
      decoder.pause(milliseconds: isBehindEscape ? 99 : 1500, into: &inputs)
      for byte in reply[cut...] { decoder.feed(Int(byte), into: &inputs) }
      decoder.feed(0x6B, into: &inputs)
      #expect(inputs == [.background(isLight: true), .key(Key(.scalar("k")))], "cut at \(cut)")
      #expect(!decoder.awaitsReply)
    }
    // Without a question the keys are as quick as ever.
    #expect(decode("\u{1B}", pause: 0) == [.key(Key(.escape))])
  }

  @Test func eightBitIntroducersAreSwallowedToo() {
    for introducer in [0x90, 0x98, 0x9D, 0x9E, 0x9F] {
      #expect(decode([introducer] + "quit\u{1B}\\k".utf8.map(Int.init)) == [.key(Key(.scalar("k")))])
    }
    #expect(decode([0x9B] + "?62ck".utf8.map(Int.init)) == [.key(Key(.scalar("k")))])
  }

  @Test func aSequenceWithoutEndIsGivenUp() {
    let letters = String(repeating: "q", count: KeyDecoder.sequenceLimit + 1)
    #expect(decode("\u{1B}]" + letters + "k") == [.key(Key(.scalar("k")))])
    #expect(decode("\u{1B}[" + letters.map { _ in "1" }.joined() + "k") == [.key(Key(.scalar("k")))])
    var decoder = KeyDecoder()
    var inputs: [TerminalInput] = []
    for byte in "\u{1B}]11;rgb".utf8 { decoder.feed(Int(byte), into: &inputs) }
    #expect(decoder.isUnfinished)
    decoder.pause(milliseconds: 100, into: &inputs)
    #expect(!decoder.isUnfinished && inputs.isEmpty)
  }

  @Test(arguments: [
    ("[A", Key(.up)), ("[D", Key(.left)), ("[H", Key(.home)), ("[F", Key(.end)), ("OA", Key(.up)),
    ("OP", Key(.function(1))), ("OS", Key(.function(4))), ("OM", Key(.enter)), ("[Z", Key(.backTab)),
    ("[1~", Key(.home)), ("[3~", Key(.delete)), ("[5~", Key(.pageUp)), ("[15~", Key(.function(5))),
    ("[24~", Key(.function(12))), ("[1;3D", Key(.left, alt: true)), ("[1;5C", Key(.right, control: true)),
    ("[1;7A", Key(.up, alt: true, control: true)), ("[3;3~", Key(.delete, alt: true)),
    ("[1;3P", Key(.function(1), alt: true)), ("[[A", Key(.function(1))), ("[[E", Key(.function(5))),
  ])
  func aSequenceTooSlowForNcursesIsKnownAllTheSame(sequence: String, key: Key) {
    #expect(decode("\u{1B}" + sequence) == [.key(key)])
  }

  @Test func keyCodesCarryTheirModifiers() {
    #expect(decode([SCREEN_KEY_LEFT]) == [.key(Key(.left))])
    #expect(decode([SCREEN_KEY_LEFT + 32 * 3]) == [.key(Key(.left, alt: true))])
    #expect(decode([SCREEN_KEY_F0 + 12 + 32 * 8]) == [.key(Key(.function(12), alt: true, control: true))])
    #expect(decode([SCREEN_KEY_F0_PLAIN + 63]) == [.key(Key(.function(63)))])
    #expect(decode([SCREEN_KEY_F0_PLAIN, SCREEN_KEY_OTHER, SCREEN_KEY_PASTE_END]).isEmpty)
  }

  @Test func whatIsNotUTF8IsDropped() {
    let text = [
      0xFF, 0x61, 0xC3, 0x62, 0xE2, 0x82, 0x63, 0xC0, 0x80, 0x64, 0xED, 0xA0, 0x80, 0x65, 0xF4, 0x90,
    ]
    #expect(decode(text + [0x80, 0x80, 0x66]) == "abcdef".unicodeScalars.map { .key(Key(.scalar($0))) })
  }

  // MARK: Paste

  private func pasted(_ units: [Int]) -> [TerminalInput] {
    decode([SCREEN_KEY_PASTE_BEGIN] + units + [SCREEN_KEY_PASTE_END])
  }

  @Test func aPasteIsOneInput() {
    #expect(pasted("jkqQ:q!\u{4}".utf8.map(Int.init)) == [.paste(Array("jkqQ:q! ".utf8))])
    #expect(
      pasted("a\r\nb\rc\nd\te\u{85}f\u{1B}[31m".utf8.map(Int.init)) == [
        .paste(Array("a\nb\nc\nd\te f [31m".utf8))
      ])
    #expect(pasted([0x61, 0xFF, SCREEN_KEY_UP, 0x62]) == [.paste(Array("a\u{FFFD}b".utf8))])
    #expect(pasted([]).isEmpty)
  }

  @Test func itsEndIsKnownAsBytesToo() {
    #expect(
      decode("\u{1B}[200~one\u{1B}[201~k") == [.paste(Array("one".utf8)), .key(Key(.scalar("k")))])
  }

  @Test func itIsCutAtItsLimitOnAScalar() {
    let text = Array(String(repeating: "é界", count: 20_000).utf8)
    guard case .paste(let bytes)? = pasted(text.map(Int.init)).first else {
      Issue.record("no paste")
      return
    }
    #expect(bytes.count > KeyDecoder.pasteLimit - 4 && bytes.count <= KeyDecoder.pasteLimit)
    #expect(text.starts(with: bytes))
    #expect(String(validating: bytes, as: UTF8.self) != nil)
  }

  @Test func aPasteLeftOpenEndsInTime() {
    let open = [SCREEN_KEY_PASTE_BEGIN, 0x71]
    #expect(decode(open, pause: KeyDecoder.pastePatience - 1).isEmpty)
    #expect(decode(open, pause: KeyDecoder.pastePatience) == [.paste([0x71])])
  }

  // MARK: Anything

  /// A seeded stream of anything at all: only keys and pastes that may be come out, and after it a key
  /// is a key again.
  @Test(arguments: 0..<40) func anythingMayCome(seed: UInt64) {
    var random = SplitMix(state: seed)
    var decoder = KeyDecoder()
    var inputs: [TerminalInput] = []
    let favourites = Array("\u{1B}\u{1B}\u{1B}[[]OP_^\\M<?;~0123AR\u{7}\r".utf8).map(Int.init)
    let codes = [
      SCREEN_KEY_UP, SCREEN_KEY_PASTE_BEGIN, SCREEN_KEY_PASTE_END, SCREEN_KEY_OTHER, SCREEN_KEY_LEFT + 96,
      0x7FFF,
    ]
    for _ in 0..<5000 {
      switch random.next() % 8 {
      case 0...3: decoder.feed(favourites[Int(random.next() % UInt64(favourites.count))], into: &inputs)
      case 4, 5: decoder.feed(Int(random.next() & 0xFF), into: &inputs)
      case 6: decoder.feed(codes[Int(random.next() % UInt64(codes.count))], into: &inputs)
      default: decoder.pause(milliseconds: Int(random.next() % 300), into: &inputs)
      }
    }
    for input in inputs {
      switch input {
      case .key(let key):
        guard case .scalar(let scalar) = key.code else { continue }
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
      case .paste(let bytes):
        #expect(!bytes.isEmpty && bytes.count <= KeyDecoder.pasteLimit)
        #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 })
        #expect(String(validating: bytes, as: UTF8.self) != nil)
      case .mouse(let event): #expect(event.column >= 0 && event.row >= 0 && event.column < 99_999)
      case .focus: break
      default: Issue.record("\(input)")
      }
    }
    decoder.pause(milliseconds: KeyDecoder.pastePatience, into: &inputs)
    inputs = []
    decoder.feed(0x6B, into: &inputs)
    #expect(inputs.count == 1)
  }
}

/// A seeded generator.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
