/// FNV-1a over the bytes of a name: how names of elements, attributes and references are told apart.
enum HTMLNameHash {
  static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  static func of(_ text: Span<UInt8>, _ start: Int, _ length: Int) -> UInt64 {
    var hash = HTMLNameHash.start
    for position in start..<start + length { hash = mixed(hash, text[position]) }
    return hash
  }

  /// The hash of a name in lower case.
  static func of(_ name: StaticString) -> UInt64 {
    var hash = start
    for byte in name.description.utf8 { hash = mixed(hash, byte) }
    return hash
  }
}
