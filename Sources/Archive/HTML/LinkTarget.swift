import Discussion

/// Where links of markup lead.
enum LinkTarget {
  /// The longest address that is kept, in bytes.
  static let limit = 8192

  /// The absolute address that a reference leads to: RFC 3986, §5.2, for the schemes http, https and mailto;
  /// nil for every other, for a place on the same page, and for what is relative to nothing that is known.
  /// White space around it and line ends and tabs in it do not count, as in the URL standard.
  /// - Parameter base: the absolute address of the page.
  /// - Complexity: O(bytes).
  static func absolute(_ reference: [UInt8], base: [UInt8]? = nil) -> [UInt8]? {
    let trimmed = Name.trimmed(reference[...])
    guard !trimmed.isEmpty, trimmed.count <= limit else { return nil }
    let address = trimmed.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    if let scheme = scheme(of: address) {
      let isWeb = scheme == Array("https".utf8) || scheme == Array("http".utf8)
      let rest = address.dropFirst(scheme.count + 1)
      if isWeb { return rest.starts(with: [0x2F, 0x2F]) && rest.count > 2 ? address : nil }
      return scheme == Array("mailto".utf8) && !rest.isEmpty ? address : nil
    }
    guard address.first != 0x23, let base, let parts = Parts(base) else { return nil }
    if address.starts(with: [0x2F, 0x2F]) { return kept(parts.scheme + [0x3A] + address) }
    if address.first == 0x2F { return kept(parts.root + withoutDots(address)) }
    if address.first == 0x3F { return kept(parts.root + parts.path + address) }
    let folder = parts.path.lastIndex(of: 0x2F).map { Array(parts.path[...$0]) } ?? [0x2F]
    return kept(parts.root + withoutDots(folder + address))
  }

  private static func kept(_ address: [UInt8]) -> [UInt8]? { address.count <= limit ? address : nil }

  /// What stands before the first colon, in lower case, if it can be the name of a scheme.
  private static func scheme(of address: [UInt8]) -> [UInt8]? {
    guard let colon = address.prefix(32).firstIndex(of: 0x3A), colon > 0 else { return nil }
    let name = address[..<colon].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let isName = name.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
    }
    return isName && (0x61...0x7A).contains(name[0]) ? name : nil
  }

  /// The parts of an absolute web address that references are relative to.
  private struct Parts {
    var scheme: [UInt8]
    /// Scheme and host.
    var root: [UInt8]
    /// The path, without what follows `?` or `#`.
    var path: [UInt8]

    init?(_ base: [UInt8]) {
      guard let scheme = LinkTarget.scheme(of: base), scheme.starts(with: Array("http".utf8)) else {
        return nil
      }
      let start = scheme.count + 3
      guard base.count > start, base[scheme.count + 1] == 0x2F, base[scheme.count + 2] == 0x2F else {
        return nil
      }
      let end = base[start...].firstIndex { $0 == 0x3F || $0 == 0x23 } ?? base.count
      let hostEnd = base[start..<end].firstIndex(of: 0x2F) ?? end
      guard hostEnd > start else { return nil }
      self.scheme = scheme
      root = Array(base[..<hostEnd])
      path = hostEnd < end ? Array(base[hostEnd..<end]) : [0x2F]
    }
  }

  /// A path without its `.` and `..` (RFC 3986, §5.2.4); what follows `?` or `#` stays as it is.
  private static func withoutDots(_ reference: [UInt8]) -> [UInt8] {
    let end = reference.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? reference.count
    var kept: [ArraySlice<UInt8>] = []
    let segments = reference[..<end].split(separator: 0x2F, omittingEmptySubsequences: false).dropFirst()
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      if segment.elementsEqual([0x2E, 0x2E]) {
        _ = kept.popLast()
        if isLast { kept.append([]) }
      } else if segment.elementsEqual([0x2E]) {
        if isLast { kept.append([]) }
      } else {
        kept.append(segment)
      }
    }
    return kept.reduce(into: []) { $0 += [0x2F] + $1 } + reference[end...]
  }
}
