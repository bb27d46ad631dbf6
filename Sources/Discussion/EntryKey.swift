/// The lasting identity of an entry: 128 bits that stay the same when the source is read again, moved
/// or read together with others. Bookmarks and read state hang on it.
public struct EntryKey: Hashable, Sendable, Comparable {
  /// The upper 64 bits.
  public var high: UInt64
  /// The lower 64 bits.
  public var low: UInt64

  /// A key from its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Orders by the bits, upper half first.
  public static func < (left: EntryKey, right: EntryKey) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// 32 lowercase hexadecimal digits.
  public var hexadecimal: String {
    EntryKey.digits(high) + EntryKey.digits(low)
  }

  /// Reads what `hexadecimal` wrote; nil for anything else.
  public init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 32 else { return nil }
    var halves: [UInt64] = [0, 0]
    for (position, digit) in digits.enumerated() {
      let value: UInt64
      switch digit {
      case 0x30...0x39: value = UInt64(digit - 0x30)
      case 0x61...0x66: value = UInt64(digit - 0x61 + 10)
      default: return nil
      }
      halves[position / 16] = halves[position / 16] << 4 | value
    }
    self.init(high: halves[0], low: halves[1])
  }

  private static func digits(_ half: UInt64) -> String {
    let text = String(half, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}
