import Bytes

/// Some JSON values as one flat array of cells over their bytes: the shape is found at once, texts and
/// numbers are unpacked when they are asked for.
final class JSONDocument {
  /// One value (or key): where its bytes are and which cell comes after it and all that is in it.
  struct Cell {
    /// First byte: of a string the one behind the quote.
    var start: UInt32
    /// The byte after the last: of a string the closing quote.
    var end: UInt32
    /// The cell after this one's last descendant.
    var next: UInt32
    /// What it is.
    var kind: JSONKind
    /// Of a string: whether it has escapes (bit 0) or bytes beyond ASCII (bit 1).
    var flags: UInt8
  }

  /// The bytes.
  let bytes: [UInt8]
  /// The values in the order they stand in, each container before what it holds; in an object a key and
  /// its value follow each other.
  let cells: [Cell]
  /// Parts of the strings asked for so far that were no UTF-8 and became U+FFFD.
  private(set) var repairs = 0
  /// Combining marks left out of the strings asked for so far.
  private(set) var marksCut = 0

  init(bytes: [UInt8], cells: [Cell]) {
    self.bytes = bytes
    self.cells = cells
  }

  /// The cell of a key's value.
  func value(of key: StaticString, in index: Int) -> Int? {
    let object = cells[index]
    guard object.kind == .object else { return nil }
    let count = key.utf8CodeUnitCount
    var found: Int?
    var at = index + 1
    let end = Int(object.next)
    while at < end {
      let cell = cells[at]
      let value = at + 1
      guard value < end else { break }
      if Int(cell.end &- cell.start) == count || cell.flags & 1 != 0, isKey(cell, key) { found = value }
      at = Int(cells[value].next)
    }
    return found
  }

  private func isKey(_ cell: Cell, _ key: StaticString) -> Bool {
    if cell.flags & 1 != 0 {
      let text = JSONString.unescaped(bytes[Int(cell.start)..<Int(cell.end)])
      return key.withUTF8Buffer { unsafe text.elementsEqual($0) }
    }
    return key.withUTF8Buffer { name in
      let start = Int(cell.start)
      var at = 0
      while at < name.count {
        guard unsafe bytes[start &+ at] == name[at] else { return false }
        at &+= 1
      }
      return true
    }
  }

  /// The text of a string's cell.
  func text(of index: Int) -> [UInt8] {
    let cell = cells[index]
    let raw = bytes[Int(cell.start)..<Int(cell.end)]
    guard cell.flags != 0 else { return Array(raw) }
    var text = cell.flags & 1 != 0 ? JSONString.unescaped(raw) : Array(raw)
    if cell.flags & 2 != 0 {
      let outcome = UTF8Repair.repair(text)
      repairs += outcome.replaced
      text = outcome.utf8
    }
    marksCut += MarkRuns.cut(&text, keeping: DecodedText.marksKept)
    return text
  }
}
