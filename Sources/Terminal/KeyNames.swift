import CNcurses
import Grid

/// The names of keys: what a scalar, a key code or a sequence stands for.
enum KeyNames {
  /// The key of a scalar as a terminal sends it; nil for what no key sends (U+0080 to U+009F).
  static func key(of scalar: Unicode.Scalar, alt: Bool) -> Key? {
    switch scalar.value {
    case 0x0A, 0x0D: Key(.enter, alt: alt)
    case 0x09: Key(.tab, alt: alt)
    case 0x08, 0x7F: Key(.backspace, alt: alt)
    case 0x1B: Key(.escape, alt: alt)
    case 0x01...0x1A: Key(.scalar(letter(of: scalar.value + 0x60)), alt: alt, control: true)
    case ..<0x20: Key(.scalar(letter(of: scalar.value + 0x40)), alt: alt, control: true)
    case 0x80...0x9F: nil
    default: Key(.scalar(scalar), alt: alt)
    }
  }

  private static func letter(of value: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(truncatingIfNeeded: value))
  }

  /// The key of a code that `screen_read` gave; nil for those that are no keys.
  static func key(ofCode code: Int) -> Key? {
    if code > SCREEN_KEY_F0_PLAIN, code <= SCREEN_KEY_F0_PLAIN + 63 {
      return Key(.function(code - SCREEN_KEY_F0_PLAIN))
    }
    guard code >= SCREEN_KEY_UP, code < SCREEN_KEY_PASTE_BEGIN else { return nil }
    let modifier = (code - SCREEN_KEY_UP) / 32
    return named(SCREEN_KEY_UP + (code - SCREEN_KEY_UP) % 32).map { key($0, modifier: modifier) }
  }

  private static func named(_ code: Int) -> Key.Code? {
    switch code {
    case SCREEN_KEY_UP: .up
    case SCREEN_KEY_DOWN: .down
    case SCREEN_KEY_RIGHT: .right
    case SCREEN_KEY_LEFT: .left
    case SCREEN_KEY_END: .end
    case SCREEN_KEY_HOME: .home
    case SCREEN_KEY_PAGE_UP: .pageUp
    case SCREEN_KEY_PAGE_DOWN: .pageDown
    case SCREEN_KEY_INSERT: .insert
    case SCREEN_KEY_DELETE: .delete
    case SCREEN_KEY_ENTER: .enter
    case SCREEN_KEY_BACKSPACE: .backspace
    case SCREEN_KEY_BACK_TAB: .backTab
    case (SCREEN_KEY_F0 + 1)...(SCREEN_KEY_F0 + 12): .function(code - SCREEN_KEY_F0)
    default: nil
    }
  }

  /// xterm's modifier number is one more than a bit set of Shift 1, Alt 2, Control 4.
  private static func key(_ code: Key.Code, modifier: Int) -> Key {
    let bits = max(0, modifier - 1)
    return Key(code, alt: bits & 2 != 0, control: bits & 4 != 0)
  }

  // MARK: Sequences that came too slowly for ncurses to know them

  /// The key of `ESC O letter` and `ESC [ letter`.
  static func letter(_ byte: UInt8) -> Key.Code? {
    switch byte {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
    case UInt8(ascii: "Z"): .backTab
    default: nil
    }
  }

  /// The key of `ESC [ body final`; nil for everything that is no key. `ESC [ 1 ; 3 R` reports the
  /// cursor and is no key.
  static func key(ofControlSequence body: [UInt8], final: UInt8) -> Key? {
    guard body.count <= 4 else { return nil }
    let fields = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    var numbers: [Int] = []
    for field in fields where !(fields.count == 1 && field.isEmpty) {
      guard let number = Int(String(decoding: field, as: UTF8.self)) else { return nil }
      numbers.append(number)
    }
    let modifier = numbers.count == 2 ? numbers[1] : 0
    guard numbers.count <= 2, modifier == 0 || (2...8).contains(modifier) else { return nil }
    if final == UInt8(ascii: "~") {
      return numbers.first.flatMap(tilde).map { key($0, modifier: modifier) }
    }
    let hasModifier = numbers.count == 2 && numbers[0] == 1
    guard numbers.isEmpty || hasModifier, final != UInt8(ascii: "M"), final != UInt8(ascii: "R"),
      numbers.isEmpty ? final < UInt8(ascii: "P") || final == UInt8(ascii: "Z") : true
    else { return nil }
    return letter(final).map { key($0, modifier: modifier) }
  }

  private static func tilde(_ number: Int) -> Key.Code? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}
