import Discussion
import Grid

/// Discussions as a mailbox (mboxrd, RFC 4155): a message an entry, threaded by `In-Reply-To` and `References`.
///
/// Ids of messages are the entries' own keys. What the source does not say is left out; an author without an
/// address gets one below `.invalid`, which nobody has.
struct MailboxText {
  let library: Library

  /// References of a message: the post and the nearest ancestors.
  private static let referenceLimit = 20
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The messages of a discussion in reading order.
  func messages(of discussion: DiscussionID) -> [UInt8] {
    let title = printable(library.title(of: discussion))
    var box: [UInt8] = []
    for entry in library.entries(of: discussion) { write(entry, title: title, to: &box) }
    return box
  }

  private func write(_ entry: EntryID, title: String, to box: inout [UInt8]) {
    let date = library.date(of: entry)
    let moment = date ?? Timestamp(seconds: 0, precision: .second, zoneMinutes: 0)
    box += Array("From lectern@localhost.invalid \(asctime(moment))\n".utf8)
    if let author = library.author(of: entry) {
      let address = "\(library.key(of: entry).hexadecimal.prefix(12))@lectern.invalid"
      box += Array("From: \(phrase(printable(author))) <\(address)>\n".utf8)
    }
    let depth = library.depth(of: entry)
    let subject = depth == 0 ? title : "Re: " + title
    if !subject.isEmpty { box += Array("Subject: \(encoded(subject))\n".utf8) }
    if let date { box += Array("Date: \(mailDate(date))\n".utf8) }
    box += Array("Message-ID: \(id(of: entry))\n".utf8)
    if let parent = library.parent(of: entry) {
      box += Array("In-Reply-To: \(id(of: parent))\n".utf8)
      let ancestors = library.ancestors(of: entry).reversed().map { id(of: $0) }
      let shown =
        ancestors.count > MailboxText.referenceLimit
        ? ancestors.prefix(1) + ancestors.suffix(MailboxText.referenceLimit - 1) : ancestors[...]
      box += Array("References: \(shown.joined(separator: "\n "))\n".utf8)
    }
    box += Array("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n".utf8)
    box += Array("Content-Transfer-Encoding: 8bit\n\n".utf8)
    let text = DisplayRule.printable(library.textWithQuoteMarks(of: entry).span, lineEnds: .keep)
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.drop(while: { $0 == UInt8(ascii: ">") }).starts(with: "From ".utf8) {
        box.append(UInt8(ascii: ">"))
      }
      box += line
      box.append(0x0A)
    }
    box.append(0x0A)
  }

  private func id(of entry: EntryID) -> String {
    "<\(library.key(of: entry).hexadecimal)@lectern.invalid>"
  }

  private func printable(_ bytes: [UInt8]) -> String {
    String(decoding: DisplayRule.printable(bytes.span, lineEnds: .fold), as: UTF8.self)
  }

  // MARK: Dates

  /// `Thu, 14 Jun 2012 10:51:01 +0000`.
  private func mailDate(_ date: Timestamp) -> String {
    let parts = date.civil
    let zone = Int(date.zoneMinutes ?? 0)
    let offset = (zone < 0 ? "-" : "+") + two(abs(zone) / 60) + two(abs(zone) % 60)
    return "\(weekday(date)), \(parts.day) \(MailboxText.months[parts.month - 1]) \(four(parts.year)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) \(offset)"
  }

  /// `Thu Jun 14 10:51:01 2012`, in UTC.
  private func asctime(_ date: Timestamp) -> String {
    let utc = Timestamp(seconds: date.seconds, precision: .second, zoneMinutes: 0)
    let parts = utc.civil
    let day = parts.day < 10 ? " \(parts.day)" : "\(parts.day)"
    return "\(weekday(utc)) \(MailboxText.months[parts.month - 1]) \(day) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) \(four(parts.year))"
  }

  private func weekday(_ date: Timestamp) -> String {
    let local = date.seconds + Int64(date.zoneMinutes ?? 0) * 60
    let days = (local >= 0 ? local : local - 86_399) / 86_400
    return MailboxText.days[Int((days % 7 + 7) % 7)]
  }

  private func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  private func four(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).utf8.count)) + String(number)
  }

  // MARK: Headers

  /// A name in front of an address.
  private func phrase(_ name: String) -> String {
    guard name.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return encoded(name) }
    var quoted = "\""
    for character in name {
      if character == "\"" || character == "\\" { quoted += "\\" }
      quoted.append(character)
    }
    return quoted + "\""
  }

  /// The text of a field: as it is where it is ASCII, else in encoded words (RFC 2047) of whole scalars.
  private func encoded(_ text: String) -> String {
    let isPlain = text.utf8.count < 900 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    guard !isPlain || text.contains("=?") else { return text }
    var words: [String] = []
    var chunk: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if chunk.count + bytes.count > 39 {
        words.append("=?UTF-8?B?" + base64(chunk) + "?=")
        chunk = []
      }
      chunk += bytes
    }
    if !chunk.isEmpty { words.append("=?UTF-8?B?" + base64(chunk) + "?=") }
    return words.joined(separator: "\n ")
  }

  private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = Array(bytes[start..<min(start + 3, bytes.count)])
      var bits = UInt32(part[0]) << 16
      if part.count > 1 { bits |= UInt32(part[1]) << 8 }
      if part.count > 2 { bits |= UInt32(part[2]) }
      for place in 0..<4 {
        text.append(
          place <= part.count ? letters[Int(bits >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
