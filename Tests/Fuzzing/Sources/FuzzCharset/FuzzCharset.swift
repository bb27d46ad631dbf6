import Bytes
import FuzzChecks

private let labels = Charset.labels.sorted()

/// The decoding of text: the first byte picks a label, the rest is decoded by it, and as declared so.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe input(start, count)
  guard let pick = bytes.first else { return 0 }
  let rest = Array(bytes.dropFirst())
  let label = Array(labels[Int(pick) * labels.count / 256].utf8)
  guard let charset = Charset.named(label) else { fail("a label names no charset") }
  let decoded = charset.decode(rest)
  check(decoded.utf8, decoded.replaced, decoded.firstBadByte, of: rest, in: charset)
  let text = DecodedText(rest, declared: label)
  check(text.utf8, text.replaced, text.firstBadByte, of: rest, in: text.charset)
  expect(text == DecodedText(rest, declared: label), "another run reads another text")
  return 0
}

private func check(
  _ utf8: [UInt8], _ replaced: Int, _ firstBadByte: Int?, of bytes: [UInt8], in charset: Charset
) {
  expect(isUTF8(utf8), "no UTF-8 in \(charset.name)")
  expect((replaced == 0) == (firstBadByte == nil), "the first bad byte is not told")
  expect(firstBadByte.map { bytes.indices.contains($0) } ?? true, "the first bad byte is outside")
  guard !charset.name.hasPrefix("UTF-") else { return }
  var position = 0
  while position + 1 < utf8.count {
    expect(
      utf8[position] != 0xC2 || utf8[position + 1] >= 0xA0, "a C1 control in \(charset.name)")
    position += 1
  }
  if charset.name == "ISO-2022-JP" { expect(!utf8.contains(0x1B), "an escape in \(charset.name)") }
}
