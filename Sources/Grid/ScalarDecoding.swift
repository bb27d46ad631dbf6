/// The scalar at an offset of UTF-8 and its bytes. A maximal ill-formed part (Unicode 3.9, table 3-7) gives
/// a value past U+10FFFF, so that it is told from a literal U+FFFD. `offset` lies before `end`, `end` not
/// past the text; never reads at or past `end`.
/// - Complexity: O(1).
@inline(__always)
func decodeScalar(_ text: Span<UInt8>, at offset: Int, end: Int) -> (value: UInt32, length: Int) {
  let first = UInt32(text[offset])
  if first < 0x80 { return (first, 1) }
  let lengthOfWhole: Int
  var low: UInt8 = 0x80
  var high: UInt8 = 0xBF
  var value: UInt32
  switch first {
  case 0xC2...0xDF:
    lengthOfWhole = 2
    value = first & 0x1F
  case 0xE0...0xEF:
    lengthOfWhole = 3
    value = first & 0x0F
    if first == 0xE0 { low = 0xA0 }
    if first == 0xED { high = 0x9F }
  case 0xF0...0xF4:
    lengthOfWhole = 4
    value = first & 0x07
    if first == 0xF0 { low = 0x90 }
    if first == 0xF4 { high = 0x8F }
  default: return (brokenScalar, 1)
  }
  var length = 1
  while length < lengthOfWhole {
    guard offset + length < end else { return (brokenScalar, length) }
    let byte = text[offset + length]
    guard byte >= low, byte <= high else { return (brokenScalar, length) }
    low = 0x80
    high = 0xBF
    value = value << 6 | UInt32(byte & 0x3F)
    length += 1
  }
  return (value, lengthOfWhole)
}

/// What `decodeScalar` gives for ill-formed bytes.
let brokenScalar: UInt32 = 0x11_0000
