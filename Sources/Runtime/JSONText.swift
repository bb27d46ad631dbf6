/// Writes JSON (RFC 8259) into bytes. Text is the model's own: control, bidi and format characters go as
/// `\uXXXX`, so that nothing in it can act on a terminal and all of it can be read back.
public struct JSONText {
  /// What was written and not taken yet.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Nothing yet.
  public init() {}

  /// Begins an object.
  public mutating func beginObject() { open(0x7B) }
  /// Ends an object.
  public mutating func endObject() { close(0x7D) }
  /// Begins an array.
  public mutating func beginArray() { open(0x5B) }
  /// Ends an array.
  public mutating func endArray() { close(0x5D) }

  /// Takes what was written so far, for streaming.
  public mutating func take() -> [UInt8] {
    let taken = bytes
    bytes.removeAll(keepingCapacity: true)
    return taken
  }

  /// The key of the next value.
  public mutating func key(_ name: String) {
    separate()
    quote(Array(name.utf8))
    bytes.append(0x3A)
    needsComma = false
  }

  /// A text; nil is null.
  public mutating func value(_ text: [UInt8]?) {
    separate()
    if let text { quote(text) } else { bytes.append(contentsOf: "null".utf8) }
    needsComma = true
  }

  /// A text; nil is null.
  public mutating func value(_ text: String?) { value(text.map { Array($0.utf8) }) }

  /// A number; nil is null.
  public mutating func value(_ number: Int?) {
    separate()
    bytes.append(contentsOf: (number.map(String.init) ?? "null").utf8)
    needsComma = true
  }

  /// True or false; nil is null.
  public mutating func value(_ truth: Bool?) {
    separate()
    bytes.append(contentsOf: (truth.map { $0 ? "true" : "false" } ?? "null").utf8)
    needsComma = true
  }

  /// A number with four decimals.
  public mutating func value(_ number: Float) {
    separate()
    let scaled = Int((number * 10_000).rounded())
    let fraction = String(abs(scaled) % 10_000)
    let sign = scaled < 0 ? "-" : ""
    let padding = String(repeating: "0", count: 4 - fraction.utf8.count)
    bytes.append(contentsOf: "\(sign)\(abs(scaled) / 10_000).\(padding)\(fraction)".utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    needsComma = false
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func quote(_ text: [UInt8]) {
    bytes.append(0x22)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: #"\""#.utf8)
      case "\\": bytes.append(contentsOf: #"\\"#.utf8)
      case "\n": bytes.append(contentsOf: #"\n"#.utf8)
      case "\t": bytes.append(contentsOf: #"\t"#.utf8)
      case "\r": bytes.append(contentsOf: #"\r"#.utf8)
      default:
        if JSONText.isEscaped(scalar) {
          escape(scalar)
        } else {
          bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
        }
      }
    }
    bytes.append(0x22)
  }

  /// Everything that a terminal might act on or not show.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x20 { return true }
    if scalar.value < 0x7F { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: return true
    default:
      return scalar.properties.isVariationSelector || scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar) ?? .init() {
      let digits = String(unit, radix: 16)
      bytes.append(contentsOf: (#"\u"# + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }
  }
}
