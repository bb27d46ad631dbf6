import Testing

@testable import Discussion

@Suite struct StableHashTests {
  /// The first vectors of the reference implementation's 128-bit table, key 00 01 … 0f.
  @Test func referenceVectors() {
    let key: (low: UInt64, high: UInt64) = (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
    let empty = StableHash(key: key).finish()
    #expect(littleEndian(empty) == "a3817f04ba25a8e66df67214c7550293")
    var one = StableHash(key: key)
    one.combine(byte: 0)
    #expect(littleEndian(one.finish()) == "da87c1d86b99af44347659119b22fc45")
  }

  @Test func fieldsDoNotRunIntoOneAnother() {
    var left = StableHash()
    left.combine(field: [1, 2])
    left.combine(field: [3])
    var right = StableHash()
    right.combine(field: [1])
    right.combine(field: [2, 3])
    #expect(left.finish() != right.finish())
  }

  @Test func keysSurviveTheirHexadecimalForm() {
    let key = EntryKey(high: 0x0012_3456_789a_bcde, low: 0xf000_0000_0000_0001)
    #expect(key.hexadecimal == "00123456789abcdef000000000000001")
    #expect(EntryKey(hexadecimal: key.hexadecimal) == key)
    #expect(EntryKey(hexadecimal: "xyz") == nil)
    #expect(EntryKey(hexadecimal: String(repeating: "G", count: 32)) == nil)
  }

  private func littleEndian(_ key: EntryKey) -> String {
    EntryKey(high: key.low.byteSwapped, low: key.high.byteSwapped).hexadecimal
  }
}
