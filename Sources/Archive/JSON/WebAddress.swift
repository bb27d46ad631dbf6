/// The host and the path of a web address, for telling what a link of an API points to.
struct WebAddress {
  /// The host in lower case, with its port if one is written.
  let host: [UInt8]
  /// What stands between the slashes of the path, as written, empty parts left out.
  let path: [ArraySlice<UInt8>]
  /// Whether the scheme is `https`.
  let isSecure: Bool

  /// The parts of an absolute `http` or `https` address; nil for anything else.
  /// - Complexity: O(bytes).
  init?(_ address: [UInt8]?) {
    guard let address, let start = WebAddress.schemeLength(address) else { return nil }
    isSecure = start == 8
    let end = address[start...].firstIndex { $0 == 0x3F || $0 == 0x23 } ?? address.count
    let hostEnd = address[start..<end].firstIndex(of: 0x2F) ?? end
    // What stands before an `@` is a name and a password, not the host.
    let hostStart = address[start..<hostEnd].lastIndex(of: 0x40).map { $0 + 1 } ?? start
    host = address[hostStart..<hostEnd].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard !host.isEmpty, host.allSatisfy({ $0 > 0x20 && $0 != 0x5C }) else { return nil }
    path = address[hostEnd..<end].split(separator: 0x2F)
  }

  private static func schemeLength(_ address: [UInt8]) -> Int? {
    for scheme: [UInt8] in [Array("https://".utf8), Array("http://".utf8)]
    where address.count > scheme.count {
      if zip(address, scheme).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) { return scheme.count }
    }
    return nil
  }
}
