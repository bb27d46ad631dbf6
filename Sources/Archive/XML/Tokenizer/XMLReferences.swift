/// Turns the text of a document into plain bytes.
enum XMLReferences {
  /// Appends text: references replaced, controls that XML forbids as U+FFFD.
  /// - Parameters:
  ///   - isAttribute: line ends become spaces, as attributes have them.
  /// - Complexity: O(`range.count`).
  static func append(
    _ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8], isAttribute: Bool = false
  ) {
    var copied = range.lowerBound
    var at = range.lowerBound
    let end = range.upperBound
    while true {
      do {
        let span = bytes.span
        while at < end, span[at] >= 0x20, span[at] != 0x26 { at &+= 1 }
      }
      guard at < end else { break }
      let byte = bytes[at]
      if byte == 0x26 {
        output.append(contentsOf: bytes[copied..<at])
        let length = appendReference(bytes, at, end, to: &output)
        copied = length == 0 ? at : at + length
        at += max(1, length)
      } else if byte == 0x0A || byte == 0x09 || byte == 0x0D {
        if isAttribute {
          output.append(contentsOf: bytes[copied..<at])
          output.append(0x20)
          copied = at + 1
        }
        at += 1
      } else {
        output.append(contentsOf: bytes[copied..<at])
        output.append(contentsOf: replacement)
        at += 1
        copied = at
      }
    }
    output.append(contentsOf: bytes[copied..<end])
  }

  /// Appends text that has no references: controls that XML forbids become U+FFFD.
  /// - Complexity: O(`range.count`).
  static func appendLiteral(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) {
    var copied = range.lowerBound
    var at = range.lowerBound
    let end = range.upperBound
    while true {
      do {
        let span = bytes.span
        while at < end, span[at] >= 0x20 || span[at] == 0x0A || span[at] == 0x09 || span[at] == 0x0D {
          at &+= 1
        }
      }
      guard at < end else { break }
      output.append(contentsOf: bytes[copied..<at])
      output.append(contentsOf: replacement)
      at += 1
      copied = at
    }
    output.append(contentsOf: bytes[copied..<end])
  }

  /// Appends text of a CDATA section as markup that means the same.
  static func appendEscaped(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) {
    for byte in bytes[range] {
      switch byte {
      case 0x3C: output.append(contentsOf: "&lt;".utf8)
      case 0x26: output.append(contentsOf: "&amp;".utf8)
      case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20: output.append(contentsOf: replacement)
      default: output.append(byte)
      }
    }
  }

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Appends what the reference at an `&` stands for; 0 when there is none. Entities that the document
  /// declares are none.
  private static func appendReference(
    _ bytes: [UInt8], _ start: Int, _ end: Int, to output: inout [UInt8]
  ) -> Int {
    let before = output.count
    let length = CharacterReferences.append(bytes.span, at: start, end: end, as: .xml, to: &output)
    if output.count == before + 1 {
      let byte = output[before]
      if byte < 0x20, byte != 0x0A, byte != 0x09, byte != 0x0D { replace(from: before, in: &output) }
      if byte == 0x7F { replace(from: before, in: &output) }
    } else if output.count == before + 3, output[before] == 0xEF, output[before + 1] == 0xBF,
      output[before + 2] >= 0xBE
    {
      // U+FFFE and U+FFFF are no characters.
      replace(from: before, in: &output)
    }
    return length
  }

  private static func replace(from start: Int, in output: inout [UInt8]) {
    output.removeSubrange(start...)
    output.append(contentsOf: replacement)
  }
}
