/// A web address in the one spelling that all its spellings share, for telling whether two sources speak
/// of one page. Never shown, and never opened.
///
/// `http` and `https` are one; the host is in lower case, without a final dot and without the scheme's
/// own port; escapes that escape nothing are undone and the others in capitals; the fragment goes (unless
/// it begins with `!` or `/`, where pages made of scripts keep their path), and so do the parameters that
/// only say where a click came from, and the slash at the end of the path. The rest of the query stays,
/// in its order: it may name the page. `www.` stays: it is another host.
enum CanonicalAddress {
  /// Whether something is a web address, rather than an id of another kind.
  static func isAddress(_ id: [UInt8]) -> Bool { schemeLength(id) != nil }

  /// The shared spelling; nil when it is no web address.
  /// - Complexity: O(bytes).
  static func of(_ address: [UInt8]) -> [UInt8]? {
    let bytes = trimmed(address)
    guard let start = schemeLength(bytes) else { return nil }
    let secure = start == 8
    var end = bytes.count
    var fragment: ArraySlice<UInt8> = []
    if let hash = bytes[start...].firstIndex(of: UInt8(ascii: "#")) {
      let rest = bytes[(hash + 1)...]
      if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "/") { fragment = bytes[hash...] }
      end = hash
    }
    let authorityEnd =
      bytes[start..<end].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? end
    let queryStart = bytes[authorityEnd..<end].firstIndex(of: UInt8(ascii: "?")) ?? end
    let host = host(bytes[start..<authorityEnd], isSecure: secure)
    guard !host.isEmpty else { return nil }
    var path = unescaped(bytes[authorityEnd..<queryStart])
    while path.last == UInt8(ascii: "/") { path.removeLast() }
    var result = Array("https://".utf8) + host + path
    if queryStart < end { result += query(bytes[(queryStart + 1)..<end]) }
    return result + fragment
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
      let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return [] }
    return Array(bytes[first...last])
  }

  private static func schemeLength(_ bytes: [UInt8]) -> Int? {
    for scheme in ["http://", "https://"] where bytes.count > scheme.utf8.count {
      if zip(bytes, scheme.utf8).allSatisfy({ lowered($0) == $1 }) { return scheme.utf8.count }
    }
    return nil
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  private static func host(_ authority: ArraySlice<UInt8>, isSecure: Bool) -> [UInt8] {
    var host = authority.map(lowered)
    let port = Array((isSecure ? ":443" : ":80").utf8)
    if host.count > port.count, host.suffix(port.count).elementsEqual(port) { host.removeLast(port.count) }
    while host.last == UInt8(ascii: ".") || host.last == UInt8(ascii: ":") { host.removeLast() }
    return host
  }

  /// Escapes of letters, digits and `-._~` undone, the digits of the others in capitals (RFC 3986, 6.2.2).
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let byte = bytes[position]
      guard byte == UInt8(ascii: "%"), bytes.endIndex - position > 2,
        let high = digit(bytes[position + 1]), let low = digit(bytes[position + 2])
      else {
        result.append(byte)
        position += 1
        continue
      }
      let value = high << 4 | low
      if isUnreserved(value) {
        result.append(value)
      } else {
        result.append(byte)
        for nibble in [high, low] { result.append(nibble < 10 ? 0x30 + nibble : 0x41 + nibble - 10) }
      }
      position += 3
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  /// Parameters that say where a click came from, or which form to show, never which page.
  private static let tracking: Set<[UInt8]> = Set(
    [
      "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid",
      "mc_eid", "_hsenc", "_hsmi", "vero_id", "oly_enc_id", "oly_anon_id", "replytocom",
    ].map { Array($0.utf8) })

  private static func query(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var kept: [UInt8] = []
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      let name = part.prefix { $0 != UInt8(ascii: "=") }.map(lowered)
      if name.starts(with: "utm_".utf8) || tracking.contains(name) { continue }
      kept.append(UInt8(ascii: kept.isEmpty ? "?" : "&"))
      kept += unescaped(part)
    }
    return kept
  }
}
