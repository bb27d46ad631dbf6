import CNcurses
import Grid

/// Makes keys and pastes of the bytes and key codes that ncurses hands out, as a pure value.
///
/// ncurses knows the sequences of the terminal's description; every other sequence, such as a report
/// nobody asked for, it hands out as plain letters. Those are swallowed here: nothing a terminal says
/// may run as a command. Time comes in from outside, by `pause`.
///
/// - Complexity: O(1) a unit; holds at most one paste (64 kB) or 16 bytes of a sequence.
struct KeyDecoder {
  /// Milliseconds of silence after which an unfinished sequence is given up.
  static let sequencePatience = 100
  /// The same for a paste that is not ended.
  static let pastePatience = 2000
  /// The same for a reply that was asked for: it may come in pieces over a slow line.
  static let replyPatience = 2000
  /// Bytes after which a sequence is given up.
  static let sequenceLimit = 4096
  /// Bytes kept of a paste.
  static let pasteLimit = 65_536

  private enum State {
    case ground
    case escape
    case controlSequence
    /// `ESC [ [` of the Linux console: one letter follows.
    case consoleKey
    case singleShift
    /// OSC, DCS, APC, PM, SOS up to ST.
    case string
    case stringEscape
    /// Bytes still to come of a mouse report of the old kind.
    case mouse(Int)
    case paste
  }

  private var state = State.ground
  /// Bytes of the sequence since its introducer, and the first 16 of them.
  private var length = 0
  private var body: [UInt8] = []
  private var introducer: UInt8 = 0
  private var pasted: [UInt8] = []
  /// Whether the string that is being read is an operating system command (OSC).
  private var isSystemString = false
  /// Whether the terminal was asked something and has not answered; ends with its answer to the question
  /// after that, for its device attributes, which every terminal answers.
  var awaitsReply = false
  /// Whether an Escape stood directly before the scalar that is being put together.
  private var isAlt = false
  private var scalar = ScalarAssembler()

  /// Whether something is begun that `pause` will have to end.
  var isUnfinished: Bool { if case .ground = state { false } else { true } }

  /// Milliseconds after which `pause` ends what is begun.
  var patience: Int {
    switch state {
    case .paste: Self.pastePatience
    case .string, .stringEscape, .controlSequence: awaitsReply ? Self.replyPatience : Self.sequencePatience
    default: Self.sequencePatience
    }
  }

  /// Takes a byte (0 to 255) or a key code of ncurses.
  mutating func feed(_ unit: Int, into inputs: inout [TerminalInput]) {
    if unit < 256 {
      feed(byte: UInt8(truncatingIfNeeded: unit), into: &inputs)
    } else {
      feed(code: unit, into: &inputs)
    }
  }

  /// Nothing more waits, and nothing has come for some milliseconds.
  mutating func pause(milliseconds: Int, into inputs: inout [TerminalInput]) {
    switch state {
    case .ground: break
    case .escape:  // ncurses has waited ESCDELAY for more
      // An expected reply may be cut behind its first byte.
      guard !awaitsReply || milliseconds >= Self.sequencePatience else { break }
      state = .ground
      inputs.append(.key(Key(.escape)))
    case .paste: if milliseconds >= Self.pastePatience { endPaste(into: &inputs) }
    default:
      guard milliseconds >= patience else { break }
      state = .ground
      if length == 0, introducer != 0 {
        inputs.append(.key(Key(.scalar(Unicode.Scalar(introducer)), alt: true)))
      }
    }
  }

  // MARK: Bytes

  private mutating func feed(byte: UInt8, into inputs: inout [TerminalInput]) {
    switch state {
    case .ground: ground(byte, into: &inputs)
    case .escape: escape(byte, into: &inputs)
    case .controlSequence: controlSequence(byte, into: &inputs)
    case .consoleKey:
      state = .ground
      if (0x41...0x45).contains(byte) { inputs.append(.key(Key(.function(Int(byte) - 0x40)))) }
    case .singleShift:
      state = .ground
      if let code = KeyNames.letter(byte) {
        inputs.append(.key(Key(code)))
      } else if byte == 0x1B {
        state = .escape
      }
    case .string: string(byte, into: &inputs)
    case .stringEscape:
      if byte == 0x5C {
        endString(into: &inputs)
      } else {
        state = .escape
        escape(byte, into: &inputs)
      }
    case .mouse(let left): state = left > 1 ? .mouse(left - 1) : .ground
    case .paste: paste(byte, into: &inputs)
    }
  }

  private mutating func ground(_ byte: UInt8, into inputs: inout [TerminalInput]) {
    let alt = isAlt
    switch scalar.feed(byte) {
    case .unfinished: return
    case .scalar(let scalar):
      isAlt = false
      if let key = KeyNames.key(of: scalar, alt: alt) { inputs.append(.key(key)) }
    case .escape:
      isAlt = false
      state = .escape
    case .invalid:
      isAlt = false
      // The 8-bit forms of CSI, OSC and kin.
      switch byte {
      case 0x9B: begin(.controlSequence, introducer: 0)
      case 0x90, 0x98, 0x9D, 0x9E, 0x9F:
        begin(.string, introducer: 0)
        isSystemString = byte == 0x9D
      default: break
      }
    }
  }

  private mutating func escape(_ byte: UInt8, into inputs: inout [TerminalInput]) {
    switch byte {
    case 0x1B: inputs.append(.key(Key(.escape)))
    case UInt8(ascii: "["): begin(.controlSequence, introducer: byte)
    case UInt8(ascii: "O"): begin(.singleShift, introducer: byte)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      begin(.string, introducer: byte)
    case UInt8(ascii: "\\"): state = .ground  // the end of a string given up before
    default:
      state = .ground
      isAlt = true
      ground(byte, into: &inputs)
    }
  }

  private mutating func begin(_ next: State, introducer byte: UInt8) {
    state = next
    introducer = byte
    isSystemString = byte == UInt8(ascii: "]")
    length = 0
    body.removeAll(keepingCapacity: true)
  }

  private mutating func controlSequence(_ byte: UInt8, into inputs: inout [TerminalInput]) {
    length += 1
    switch byte {
    case 0x1B: state = .escape
    case 0x18, 0x1A, 0x80...: state = .ground
    case UInt8(ascii: "[") where length == 1: state = .consoleKey
    case UInt8(ascii: "M") where length == 1: state = .mouse(3)
    case 0x40...0x7E:
      state = .ground
      if byte == UInt8(ascii: "~"), body.elementsEqual("200".utf8) {
        beginPaste()
      } else if byte == UInt8(ascii: "c"), body.first == UInt8(ascii: "?") {
        awaitsReply = false
      } else if let event = MouseReport.event(body: body, final: byte) {
        inputs.append(.mouse(event))
      } else if body.isEmpty, byte == UInt8(ascii: "I") || byte == UInt8(ascii: "O") {
        inputs.append(.focus(byte == UInt8(ascii: "I")))
      } else if let key = KeyNames.key(ofControlSequence: body, final: byte) {
        inputs.append(.key(key))
      }
    default:
      if body.count < 16 { body.append(byte) }
      if length > Self.sequenceLimit { state = .ground }
    }
  }

  private mutating func string(_ byte: UInt8, into inputs: inout [TerminalInput]) {
    length += 1
    switch byte {
    case 0x1B: state = .stringEscape
    case 0x07: endString(into: &inputs)
    case 0x18, 0x1A: state = .ground
    default:
      if isSystemString, body.count < 32 { body.append(byte) }
      if length > Self.sequenceLimit { state = .ground }
    }
  }

  /// A string is whole. The one that is understood is the colour of the paper.
  private mutating func endString(into inputs: inout [TerminalInput]) {
    state = .ground
    if isSystemString, let isLight = PaperColor.isLight(reply: body) {
      inputs.append(.background(isLight: isLight))
    }
  }

  // MARK: Paste

  private mutating func beginPaste() {
    state = .paste
    pasted.removeAll(keepingCapacity: true)
  }

  private mutating func paste(_ byte: UInt8, into inputs: inout [TerminalInput]) {
    // Room for the end mark, which comes as bytes when it was too slow for ncurses.
    if pasted.count < Self.pasteLimit + 6 {
      pasted.append(byte)
    } else {
      // Past the limit only the last six bytes matter.
      pasted.removeSubrange(Self.pasteLimit..<(Self.pasteLimit + 1))
      pasted.append(byte)
    }
    if byte == UInt8(ascii: "~"), pasted.suffix(6).elementsEqual("\u{1B}[201~".utf8) {
      pasted.removeLast(6)
      endPaste(into: &inputs)
    }
  }

  private mutating func endPaste(into inputs: inout [TerminalInput]) {
    state = .ground
    let clean = PastedText.cleaned(pasted, limit: Self.pasteLimit)
    pasted = []
    if !clean.isEmpty { inputs.append(.paste(clean)) }
  }

  // MARK: Key codes

  private mutating func feed(code: Int, into inputs: inout [TerminalInput]) {
    if case .paste = state {
      if code == SCREEN_KEY_PASTE_END { endPaste(into: &inputs) }
      return  // arrow sequences and the like inside a paste are no text
    }
    if case .string = state { return }
    var alt = false
    if case .escape = state { alt = true }
    state = .ground
    scalar = ScalarAssembler()
    isAlt = false
    if code == SCREEN_KEY_PASTE_BEGIN {
      beginPaste()
    } else if var key = KeyNames.key(ofCode: code) {
      key.alt = key.alt || alt
      inputs.append(.key(key))
    }
  }
}
