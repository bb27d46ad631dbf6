import Bytes

/// Names, titles and paths of a segment, each stored once, as two columns.
struct StringTable: Sendable {
  /// `count + 1` byte offsets into `bytes`.
  var offsets: Column<UInt32>
  /// The strings, one after the other.
  var bytes: Column<UInt8>

  var count: Int { offsets.count - 1 }

  func bytes(at row: Int) -> [UInt8] {
    bytes.elements(in: offsets.range(at: row, within: bytes.count))
  }
}

/// Collects strings and gives each distinct one a row.
///
/// An open-addressed table of rows beside the bytes. Its hash is seeded at random, so that nobody can write
/// a file whose names all collide; rows do not depend on the seed.
struct StringTableBuilder {
  private struct Slot {
    var hash: UInt32 = 0
    /// Row plus one; 0 is free.
    var mark: UInt32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 64)
  private var used = 0
  private var offsets: [UInt32] = [0]
  private var bytes: [UInt8] = []
  private let seed = UInt64.random(in: .min ... .max)

  /// The row of a string, a new one when it is new.
  /// - Complexity: O(bytes), amortized.
  mutating func row(of string: [UInt8]) -> UInt32 {
    let hash = hash(of: string)
    let short = UInt32(truncatingIfNeeded: hash >> 32)
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].mark != 0 {
      if slots[at].hash == short, holds(string, at: Int(slots[at].mark) - 1) { return slots[at].mark - 1 }
      at = (at + 1) & mask
    }
    let row = append(string)
    slots[at] = Slot(hash: short, mark: row + 1)
    used += 1
    if used * 2 > slots.count { grow() }
    return row
  }

  /// A new row for a string that is there once, such as an id: nobody will ask for it again.
  mutating func append(_ string: [UInt8]) -> UInt32 {
    let row = UInt32(offsets.count - 1)
    bytes.append(contentsOf: string)
    offsets.append(UInt32(bytes.count))
    return row
  }

  consuming func finish() -> StringTable {
    StringTable(offsets: Column(offsets), bytes: Column(bytes))
  }

  /// Eight bytes at a time, each step a full multiplication folded.
  private func hash(of string: [UInt8]) -> UInt64 {
    var hash = seed ^ UInt64(string.count)
    var chunk: UInt64 = 0
    for (index, byte) in string.enumerated() {
      chunk = chunk << 8 | UInt64(byte)
      if index & 7 == 7 {
        hash = StringTableBuilder.mix(hash ^ chunk)
        chunk = 0
      }
    }
    return StringTableBuilder.mix(hash ^ chunk ^ 0xA076_1D64_78BD_642F)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }

  private func holds(_ string: [UInt8], at row: Int) -> Bool {
    let start = Int(offsets[row])
    guard Int(offsets[row + 1]) - start == string.count else { return false }
    for index in string.indices where bytes[start + index] != string[index] { return false }
    return true
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(), count: slots.count * 4)
    let mask = larger.count - 1
    for slot in slots where slot.mark != 0 {
      let row = Int(slot.mark) - 1
      let hash = hash(of: Array(bytes[Int(offsets[row])..<Int(offsets[row + 1])]))
      var at = Int(truncatingIfNeeded: hash) & mask
      while larger[at].mark != 0 { at = (at + 1) & mask }
      larger[at] = slot
    }
    slots = larger
  }
}
