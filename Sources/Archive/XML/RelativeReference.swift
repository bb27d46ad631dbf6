/// Addresses in full, from what a document writes and where it says it stands.
enum RelativeReference {
  /// An address against a base (RFC 3986, section 5.2); nil when the result has no scheme.
  /// - Complexity: O(bytes).
  static func resolve(_ reference: [UInt8], against bases: [[UInt8]]) -> [UInt8]? {
    var result = reference
    for base in bases.reversed() {
      if hasScheme(result) { break }
      result = join(result, to: base)
    }
    return hasScheme(result) && result.count <= ShortLine.addressLimit ? result : nil
  }

  /// Whether an address begins with a scheme.
  static func hasScheme(_ address: [UInt8]) -> Bool {
    guard let colon = address.prefix(32).firstIndex(of: 0x3A), colon > 0 else { return false }
    guard address[0] | 0x20 >= 0x61, address[0] | 0x20 <= 0x7A else { return false }
    return address[..<colon].allSatisfy {
      ($0 | 0x20) &- 0x61 < 26 || (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
    }
  }

  /// Whether an address is one of the web.
  static func isWeb(_ address: [UInt8]) -> Bool {
    let start = String(decoding: address.prefix(8), as: UTF8.self).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// Whether an id is unique everywhere by its form.
  static func isGlobal(_ id: [UInt8]) -> Bool {
    guard hasScheme(id), let colon = id.firstIndex(of: 0x3A) else { return false }
    let scheme = String(decoding: id[..<colon], as: UTF8.self).lowercased()
    return scheme == "tag" || scheme == "urn" || id[colon...].starts(with: "://".utf8)
  }

  private static func join(_ reference: [UInt8], to base: [UInt8]) -> [UInt8] {
    guard !reference.isEmpty else { return Array(base.prefix { $0 != 0x23 }) }
    let schemeEnd = hasScheme(base) ? (base.firstIndex(of: 0x3A) ?? -1) + 1 : 0
    if reference.starts(with: "//".utf8) { return Array(base[..<schemeEnd]) + reference }
    var pathStart = schemeEnd
    if base[schemeEnd...].starts(with: "//".utf8) {
      pathStart = base[(schemeEnd + 2)...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? base.count
    }
    let pathEnd = base[pathStart...].firstIndex { $0 == 0x3F || $0 == 0x23 } ?? base.count
    if reference.first == 0x2F { return Array(base[..<pathStart]) + withoutDots(reference) }
    if reference.first == 0x3F { return Array(base[..<pathEnd]) + reference }
    if reference.first == 0x23 { return Array(base.prefix { $0 != 0x23 }) + reference }
    let folderEnd = base[pathStart..<pathEnd].lastIndex(of: 0x2F).map { $0 + 1 }
    let folder = folderEnd.map { Array(base[pathStart..<$0]) } ?? [0x2F]
    return Array(base[..<pathStart]) + withoutDots(folder + reference)
  }

  /// A path that begins with a slash, without `.` and `..`.
  private static func withoutDots(_ path: [UInt8]) -> [UInt8] {
    let end = path.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? path.count
    guard path[..<end].contains(0x2E) else { return path }
    var kept: [ArraySlice<UInt8>] = []
    let parts = path[..<end].split(separator: 0x2F, omittingEmptySubsequences: false).dropFirst()
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part.elementsEqual([0x2E]) {
        if isLast { kept.append([]) }
      } else if part.elementsEqual([0x2E, 0x2E]) {
        _ = kept.popLast()
        if isLast { kept.append([]) }
      } else {
        kept.append(part)
      }
    }
    return [0x2F] + Array(kept.joined(separator: [0x2F])) + path[end...]
  }
}
