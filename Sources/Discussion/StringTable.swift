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
struct StringTableBuilder {
  private var rows: [[UInt8]: UInt32] = [:]
  private var offsets: [UInt32] = [0]
  private var bytes: [UInt8] = []

  /// The row of a string, a new one when it is new.
  mutating func row(of string: [UInt8]) -> UInt32 {
    if let row = rows[string] { return row }
    let row = UInt32(offsets.count - 1)
    rows[string] = row
    bytes.append(contentsOf: string)
    offsets.append(UInt32(bytes.count))
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
}
