/// Who wrote a message, out of its `From` field.
enum MailAddress {
  /// Longer names are cut.
  static let nameLimit = 1024

  /// The name of the first mailbox of a field: the phrase before the address, else the comment beside it
  /// (`user@host (Name)`, as pipermail's `user at host (Name)`), else the address as it is written.
  /// - Parameter isList: whether the message came over a mailing list, which may have written
  ///   `Name via List` over the author's own address.
  static func author(_ bytes: Span<UInt8>, _ field: Range<Int>, isList: Bool) -> [UInt8]? {
    let box = Mailbox(HeaderText.unfolded(bytes, field))
    var name = HeaderText.decoded(box.phrase)
    if box.address == nil || name.isEmpty {
      let comment = HeaderText.decoded(box.comment)
      if !comment.isEmpty { name = comment }
    }
    if name.isEmpty, let address = box.address { name = HeaderText.decoded(address) }
    name = withoutVia(name, isList: isList)
    if name.count >= 2, name.first == 0x27, name.last == 0x27 { name = Array(name[1..<name.count - 1]) }
    if name.count > nameLimit {
      var end = nameLimit
      while end > 0, name[end] & 0xC0 == 0x80 { end -= 1 }
      name.removeLast(name.count - end)
    }
    return name.isEmpty ? nil : name
  }

  /// `'Name' via List` is Name.
  private static func withoutVia(_ name: [UInt8], isList: Bool) -> [UInt8] {
    let mark = Array(" via ".utf8)
    guard name.count > mark.count, isList || name.first == 0x27 else { return name }
    for start in stride(from: name.count - mark.count, to: 0, by: -1)
    where name[start..<start + mark.count].elementsEqual(mark) {
      return Array(name[..<start])
    }
    return name
  }
}

/// The first mailbox of an address list.
private struct Mailbox {
  var phrase: [UInt8] = []
  var comment: [UInt8] = []
  var address: [UInt8]?

  init(_ field: [UInt8]) {
    var position = 0
    var hasAt = false
    while position < field.count {
      let byte = field[position]
      switch byte {
      case 0x22: quoted(field, &position)
      case 0x28: comment = Mailbox.comment(field, &position)
      case 0x3C:
        let end = field[position...].firstIndex(of: 0x3E) ?? field.count
        if address == nil { address = Array(field[(position + 1)..<end]) }
        position = min(end + 1, field.count)
      case 0x2C, 0x3B:
        // "Last, First <address>" has its comma in the name.
        if address != nil || hasAt || byte == 0x3B && !phrase.isEmpty { return }
        phrase.append(byte)
        position += 1
      default:
        if byte == 0x40 { hasAt = true }
        if address == nil { phrase.append(byte) }
        position += 1
      }
    }
  }

  private mutating func quoted(_ field: [UInt8], _ position: inout Int) {
    position += 1
    while position < field.count, field[position] != 0x22 {
      if field[position] == 0x5C, position + 1 < field.count { position += 1 }
      if address == nil { phrase.append(field[position]) }
      position += 1
    }
    position = min(position + 1, field.count)
  }

  private static func comment(_ field: [UInt8], _ position: inout Int) -> [UInt8] {
    var text: [UInt8] = []
    var depth = 0
    while position < field.count {
      let byte = field[position]
      position += 1
      if byte == 0x28 {
        depth += 1
        if depth == 1 { continue }
      } else if byte == 0x29 {
        depth -= 1
        if depth == 0 { break }
      } else if byte == 0x5C, position < field.count {
        text.append(field[position])
        position += 1
        continue
      }
      text.append(byte)
    }
    if text.count >= 2, text.first == 0x22, text.last == 0x22 { text = Array(text[1..<text.count - 1]) }
    return text
  }
}
