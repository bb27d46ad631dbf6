import Grid

/// Reports of the mouse as SGR 1006 writes them: `ESC [ < buttons ; column ; row` and `M`, or `m` for a
/// button that came up.
enum MouseReport {
  /// The event of a report; nil for what is no report, or tells of nothing that is used here: motion without
  /// a button, wheels to the side, further buttons.
  static func event(body: [UInt8], final: UInt8) -> MouseEvent? {
    guard body.first == UInt8(ascii: "<"), final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else {
      return nil
    }
    let fields = body.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    var numbers: [Int] = []
    for field in fields {
      guard field.count <= 5, field.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(String(decoding: field, as: UTF8.self))
      else { return nil }
      numbers.append(number)
    }
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    // Bits 4, 8 and 16 are Shift, Alt and Control.
    let buttons = numbers[0] & ~28
    guard let kind = kind(buttons, isRelease: final == UInt8(ascii: "m")) else { return nil }
    return MouseEvent(kind, column: numbers[1] - 1, row: numbers[2] - 1)
  }

  private static func kind(_ buttons: Int, isRelease: Bool) -> MouseEvent.Kind? {
    let named: [MouseEvent.Button] = [.left, .middle, .right]
    switch buttons {
    case 0...2: return isRelease ? .release : .press(named[buttons])
    case 32...34: return isRelease ? .release : .drag(named[buttons - 32])
    case 64: return isRelease ? nil : .wheelUp
    case 65: return isRelease ? nil : .wheelDown
    default: return nil
    }
  }
}
