public import Discussion
import Grid

/// A link in the text of an entry.
public struct EntryLink: Hashable, Sendable {
  /// The words that one sees, as bytes of the text.
  public var bytes: Range<Int>
  /// Where it leads: http, https or mailto, ASCII, without anything that could be another argument.
  public var address: String

  /// The words that one sees, on one line; nil when they are the address.
  public var words: String?
  /// Its words, when they are another address than the one it leads to; nil when they are words
  /// like others.
  public var claim: String?

  init(bytes: Range<Int>, address: String, words: String? = nil, claim: String? = nil) {
    self.bytes = bytes
    self.address = address
    self.words = words
    self.claim = claim
  }
}

/// What a link may be to be opened: RFC 3986 as far as it is safe to hand on.
public enum LinkAddress {
  /// Longest address, in bytes.
  static let limit = 8192

  /// An address as it is handed to an opener; nil for any that is not of http, https or mailto, has no
  /// host, names a user, or holds controls, spaces or quotes. What is not ASCII is percent-encoded, but
  /// not in the host, where it could look like another.
  public static func sound(_ bytes: some Collection<UInt8>) -> String? {
    guard bytes.count <= limit else { return nil }
    let text = Array(bytes)
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = String(decoding: text[..<colon], as: UTF8.self).lowercased()
    var rest = text[(colon + 1)...]
    for byte in rest where byte <= 0x20 || byte == 0x7F || "\"'<>\\^`{|}".utf8.contains(byte) { return nil }
    switch scheme {
    case "http", "https":
      guard rest.starts(with: "//".utf8) else { return nil }
      rest = rest.dropFirst(2)
      let end = rest.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
      let host = rest[..<end]
      guard !host.isEmpty, host.allSatisfy({ isHost($0) }), host.contains(where: { isLetter($0) }) else {
        return nil
      }
      return scheme + "://" + String(decoding: host, as: UTF8.self) + encoded(rest[end...])
    case "mailto":
      // The address alone: a subject or an attachment is not for a stranger to choose.
      let address = rest.prefix { $0 != 0x3F }
      let parts = address.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[0].first != 0x2D,
        parts[0].allSatisfy({ isLetter($0) || ".+_-%=".utf8.contains($0) }),
        parts[1].allSatisfy({ isHost($0) })
      else { return nil }
      return "mailto:" + String(decoding: address, as: UTF8.self)
    default: return nil
    }
  }

  /// The host that an address, or words that look like one, name, in lower case and without `www.`.
  static func host(of address: String) -> String? {
    var rest = address.lowercased()[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    // A host has a name and a domain of letters behind the last point.
    guard let point = host.lastIndex(of: "."), point > host.startIndex else { return nil }
    let domain = host[host.index(after: point)...]
    guard domain.count >= 2, domain.allSatisfy(\.isLetter),
      host.utf8.allSatisfy({ $0 >= 0x80 || isHost($0) })
    else { return nil }
    return String(host)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Bytes of a host with its port; a user's name in front of `@` is refused.
  private static func isHost(_ byte: UInt8) -> Bool { isLetter(byte) || ".-:[]_".utf8.contains(byte) }

  private static func encoded(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + digits
      }
    }
    return text
  }
}

extension Library {
  /// The links of an entry that can be opened, in the order of its text: marked ones, and addresses that stand
  /// in the text.
  /// - Complexity: O(bytes of its text).
  public func links(of entry: EntryID) -> [EntryLink] {
    let marked = spans(of: entry).filter { $0.role == .link }
    let text = self.text(of: entry)
    var found = marked.compactMap { span in
      let bytes = span.bytes.clamped(to: text.indices)
      return LinkAddress.sound(span.target ?? Array(text[bytes])).map {
        guard span.target != nil else { return EntryLink(bytes: bytes, address: $0) }
        let words = String(decoding: text[bytes].prefix(400).map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
        return EntryLink(
          bytes: bytes, address: $0, words: words.isEmpty ? nil : words, claim: claim(text[bytes], of: $0))
      }
    }
    for bytes in BareAddresses.ranges(in: text) where !found.contains(where: { $0.bytes.overlaps(bytes) }) {
      if let address = LinkAddress.sound(text[bytes]) {
        found.append(EntryLink(bytes: bytes, address: address))
      }
    }
    return found.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  /// The words of a link if they read like the address of another host than the one that it leads to.
  private func claim(_ words: ArraySlice<UInt8>, of address: String) -> String? {
    guard words.count <= LinkAddress.limit, !words.contains(where: { $0 <= 0x20 }) else { return nil }
    let text = String(decoding: words, as: UTF8.self)
    guard let said = LinkAddress.host(of: text), let host = LinkAddress.host(of: address), said != host else {
      return nil
    }
    return text
  }
}

/// Addresses that stand in a text without being marked.
enum BareAddresses {
  private static let schemes = ["https://", "http://", "mailto:"].map { Array($0.utf8) }

  /// Where they stand. Punctuation behind an address belongs to the sentence, as does a bracket that was
  /// opened in front of it.
  /// - Complexity: O(`text.count`).
  static func ranges(in text: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = 0
    while position < text.count {
      let byte = text[position] | 0x20
      guard byte == 0x68 || byte == 0x6D, position == 0 || !isWord(text[position - 1]),
        let scheme = schemes.first(where: { matches($0, text, position) })
      else {
        position += 1
        continue
      }
      var end = position + scheme.count
      while end < text.count, isPart(text[end]) { end += 1 }
      end = trimmed(text, position + scheme.count..<end)
      if end > position + scheme.count { found.append(position..<end) }
      position = max(end, position + 1)
    }
    return found
  }

  private static func matches(_ scheme: [UInt8], _ text: [UInt8], _ position: Int) -> Bool {
    guard position + scheme.count <= text.count else { return false }
    for offset in scheme.indices {
      let byte = text[position + offset]
      guard ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == scheme[offset] else { return false }
    }
    return true
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
  }

  /// The end of an address without what the sentence adds.
  private static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let last = text[end - 1]
      if ".,;:!?'*_".utf8.contains(last) {
        end -= 1
      } else if last == 0x29 || last == 0x5D {
        let open: UInt8 = last == 0x29 ? 0x28 : 0x5B
        let inside = text[range.lowerBound..<end]
        guard inside.filter({ $0 == last }).count > inside.filter({ $0 == open }).count else { return end }
        end -= 1
      } else if end - range.lowerBound >= 3, isTypographic(text[(end - 3)..<end]) {
        end -= 3
      } else {
        return end
      }
    }
    return end
  }

  /// Closing quotation marks, the ellipsis, and stops of East Asian sentences.
  private static func isTypographic(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["”", "’", "…", "。", "、", "」", "）"].contains { bytes.elementsEqual($0.utf8) }
  }
}
