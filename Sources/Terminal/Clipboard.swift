import CNcurses
import Grid

/// The clipboard of the terminal that one sits at, here or at the other end of ssh: OSC 52.
enum Clipboard {
  /// What stands between the program and the terminal.
  enum Passage: Hashable {
    /// Nothing that matters.
    case direct
    /// tmux: it takes OSC 52 itself where `set-clipboard` is on, and passes on what is wrapped where
    /// `allow-passthrough` is; both are sent, for neither can be asked.
    case tmux
    /// GNU screen: it passes on the contents of a DCS, at most some hundred bytes at a time.
    case screen

    /// The passage, from the environment. `TMUX` and `STY` are not carried over ssh, `TERM` is.
    init(term: String?, tmux: String?, sty: String?) {
      let term = term ?? ""
      if tmux != nil || term.hasPrefix("tmux") {
        self = .tmux
      } else if sty != nil || term.hasPrefix("screen") {
        self = .screen
      } else {
        self = .direct
      }
    }
  }

  /// Bytes of text that are sent at most: 100,000 in base64 with what stands around it.
  static let limit = 74_994

  /// The control strings that put a text into the clipboard: by the display rule, in base64.
  /// - Complexity: O(`text.count`).
  static func strings(for text: [UInt8], through passage: Passage) -> [UInt8] {
    var clean = DisplayRule.printable(text.span, lineEnds: .keep)
    if clean.count > limit {
      var end = limit
      while end > 0, clean[end] & 0xC0 == 0x80 { end -= 1 }
      clean.removeSubrange(end...)
    }
    let plain = Array("\u{1B}]52;c;".utf8) + base64(clean) + [0x07]
    switch passage {
    case .direct: return plain
    case .tmux:
      // Inside, each escape is doubled.
      return plain + Array("\u{1B}Ptmux;\u{1B}".utf8) + plain + Array("\u{1B}\\".utf8)
    case .screen:
      // tmux calls itself `screen` too, and takes the string as it is; it drops a DCS of this form.
      var wrapped = plain
      for start in stride(from: 0, to: plain.count, by: 240) {
        wrapped += Array("\u{1B}P".utf8)
        wrapped += plain[start..<min(start + 240, plain.count)]
        wrapped += Array("\u{1B}\\".utf8)
      }
      return wrapped
    }
  }

  /// RFC 4648, with padding.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let rest = bytes.count - start
      let first = Int(bytes[start])
      let second = rest > 1 ? Int(bytes[start + 1]) : 0
      let third = rest > 2 ? Int(bytes[start + 2]) : 0
      text.append(letters[first >> 2])
      text.append(letters[(first & 3) << 4 | second >> 4])
      text.append(rest > 1 ? letters[(second & 15) << 2 | third >> 6] : UInt8(ascii: "="))
      text.append(rest > 2 ? letters[third & 63] : UInt8(ascii: "="))
    }
    return text
  }
}

extension TerminalSession {
  /// Puts a text into the clipboard of the terminal: controls and what the display rule drops are taken
  /// out, at most 74,994 bytes are sent. Whether the terminal allows it is not told by any.
  /// - Returns: false where the terminal is known to have none; nothing is sent then.
  public func copy(_ text: [UInt8]) -> Bool {
    guard screen_takes_strings() == 1 else { return false }
    let passage = Clipboard.Passage(
      term: Environment.value("TERM"), tmux: Environment.value("TMUX"), sty: Environment.value("STY"))
    let strings = Clipboard.strings(for: text, through: passage)
    unsafe strings.withUnsafeBufferPointer { bytes in
      unsafe screen_write_string(bytes.baseAddress, Int32(clamping: bytes.count))
    }
    return true
  }
}
