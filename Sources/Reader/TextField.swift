public import Grid

/// One line of text being typed: the text and the cursor in it, in scalars.
public struct TextField: Hashable, Sendable {
  /// What was typed.
  public private(set) var scalars: [Unicode.Scalar]
  /// Where the next scalar goes, `0...scalars.count`.
  public private(set) var cursor: Int

  /// Longest text taken, in scalars.
  public static let limit = 65_536

  /// A field that holds a text, the cursor behind it.
  public init(_ text: String = "") {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
  }

  /// The text.
  public var text: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// The text in front of the cursor.
  public var textBeforeCursor: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[..<cursor])
    return String(text)
  }

  /// Replaces the whole text.
  public mutating func set(_ text: String) { self = TextField(text) }

  /// Takes pasted bytes as one insertion: controls become spaces, at most `limit` scalars stay.
  public mutating func paste(_ bytes: [UInt8]) {
    let pasted = String(decoding: bytes.prefix(65_536), as: UTF8.self).unicodeScalars.map { scalar in
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
    }
    insert(pasted)
  }

  /// Inserts a text at the cursor.
  mutating func insert(_ text: String) { insert(Array(text.unicodeScalars)) }

  private mutating func insert(_ new: [Unicode.Scalar]) {
    let room = max(0, TextField.limit - scalars.count)
    scalars.insert(contentsOf: new.prefix(room), at: cursor)
    cursor += min(new.count, room)
  }

  /// Edits by a key.
  /// - Returns: false when the key means nothing here.
  public mutating func edit(_ key: Key) -> Bool {
    if key.alt { return false }
    switch (key.code, key.control) {
    case (.scalar(let scalar), false): insert([scalar])
    case (.backspace, _), (.scalar("h"), true):
      guard cursor > 0 else { return true }
      cursor -= 1
      scalars.remove(at: cursor)
    case (.delete, _), (.scalar("d"), true):
      if cursor < scalars.count { scalars.remove(at: cursor) }
    case (.left, _), (.scalar("b"), true): cursor = max(0, cursor - 1)
    case (.right, _), (.scalar("f"), true): cursor = min(scalars.count, cursor + 1)
    case (.home, _), (.scalar("a"), true): cursor = 0
    case (.end, _), (.scalar("e"), true): cursor = scalars.count
    case (.scalar("u"), true):
      scalars.removeSubrange(..<cursor)
      cursor = 0
    case (.scalar("k"), true): scalars.removeSubrange(cursor...)
    case (.scalar("w"), true):
      let end = cursor
      while cursor > 0, scalars[cursor - 1] == " " { cursor -= 1 }
      while cursor > 0, scalars[cursor - 1] != " " { cursor -= 1 }
      scalars.removeSubrange(cursor..<end)
    default: return false
    }
    return true
  }
}
