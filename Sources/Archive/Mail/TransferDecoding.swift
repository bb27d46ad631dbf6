/// How the bytes of a part were made to pass through mail, undone: quoted-printable and base64.
enum TransferDecoding {
  /// Undoes quoted-printable; what is no escape stays as it is.
  /// - Complexity: O(range).
  static func quotedPrintable(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    let span = bytes.span
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var position = range.lowerBound
    let end = range.upperBound
    while position < end {
      let mark = span.position(of: 0x3D, from: position, to: end)
      if mark > position { result.append(contentsOf: bytes[position..<mark]) }
      guard mark < end else { break }
      if mark + 2 < end + 0, let high = span[mark + 1].hexadecimal, let low = span[mark + 2].hexadecimal {
        result.append(high << 4 | low)
        position = mark + 3
        continue
      }
      // A soft line break, perhaps with white space that was added on the way.
      var next = mark + 1
      while next < end, span[next] == 0x20 || span[next] == 0x09 { next += 1 }
      if next < end, span[next] == 0x0D { next += 1 }
      if next < end, span[next] == 0x0A {
        position = next + 1
      } else if next >= end {
        position = end
      } else {
        result.append(0x3D)
        position = mark + 1
      }
    }
    return result
  }

  /// Undoes base64 as far as it goes.
  ///
  /// It ends after padding, or before the first line that has a byte which is neither of the alphabet
  /// nor white space: a footer that a mailing list added, or text that never was base64.
  /// - Returns: the bytes, and where the rest starts: `range.upperBound` when there is none.
  /// - Complexity: O(range).
  static func base64(_ bytes: [UInt8], _ range: Range<Int>) -> (bytes: [UInt8], rest: Int) {
    let span = bytes.span
    var result: [UInt8] = []
    result.reserveCapacity(range.count / 4 * 3 + 3)
    var group: UInt32 = 0
    var digits = 0
    // What to go back to when a line turns out to be none.
    var line = (start: range.lowerBound, count: 0, group: UInt32(0), digits: 0)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = span[position]
      let value = alphabet[Int(byte)]
      if value < 64 {
        group = group << 6 | UInt32(value)
        digits += 1
        if digits == 4 {
          result.append(UInt8(truncatingIfNeeded: group >> 16))
          result.append(UInt8(truncatingIfNeeded: group >> 8))
          result.append(UInt8(truncatingIfNeeded: group))
          (group, digits) = (0, 0)
        }
        position += 1
      } else if byte.isMailSpace {
        position += 1
        if byte == 0x0A { line = (position, result.count, group, digits) }
      } else if byte == 0x3D, digits >= 2 {
        while position < range.upperBound, span[position] == 0x3D || span[position].isMailSpace {
          position += 1
        }
        break
      } else {
        result.removeLast(result.count - line.count)
        (group, digits) = (line.group, line.digits)
        position = line.start
        break
      }
    }
    if digits >= 2 { result.append(UInt8(truncatingIfNeeded: group >> (digits == 2 ? 4 : 10))) }
    if digits == 3 { result.append(UInt8(truncatingIfNeeded: group >> 2)) }
    return (result, position)
  }

  /// Number of bytes that base64 stands for, white space not counted.
  static func base64Size(_ span: Span<UInt8>, _ range: Range<Int>) -> Int {
    var digits = 0
    for position in range where alphabet[Int(span[position])] < 64 { digits += 1 }
    return digits * 3 / 4
  }

  private static let alphabet: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for (value, letter) in letters.enumerated() { table[Int(letter)] = UInt8(value) }
    return table
  }()
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexadecimal: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
