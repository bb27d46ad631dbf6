/// GB 18030, and with it GBK and GB 2312.
struct GB18030: MultibyteText {
  private static let pairs = PairTable.build("GB18030", rows: 126, cells: 190) { row, cell in
    [UInt8(0x81 + row), UInt8(cell < 0x3F ? 0x40 + cell : 0x41 + cell)]
  }
  /// The four-byte characters of the Basic Multilingual Plane, in their order.
  private static let fours = PairTable.build("GB18030", rows: 39_420 / 10, cells: 10) { row, cell in
    [
      UInt8(0x81 + row / 1_260), UInt8(0x30 + row / 126 % 10), UInt8(0x81 + row % 126),
      UInt8(0x30 + cell),
    ]
  }

  private let pairs = GB18030.pairs

  func character(_ bytes: Span<UInt8>, at position: Int) -> MultibyteCharacter {
    let lead = bytes[position]
    if lead == 0x80 { return .of(0x20AC, 1) }
    guard lead != 0xFF, position + 1 < bytes.count else { return .of(nil, 1) }
    let trail = bytes[position + 1]
    if (0x30...0x39).contains(trail) {
      guard position + 3 < bytes.count, (0x81...0xFE).contains(bytes[position + 2]),
        (0x30...0x39).contains(bytes[position + 3])
      else { return .of(nil, 1) }
      let row = (Int(lead) - 0x81) * 1_260 + (Int(trail) - 0x30) * 126 + Int(bytes[position + 2]) - 0x81
      let pointer = row * 10 + Int(bytes[position + 3]) - 0x30
      if pointer >= 189_000, pointer <= 1_237_575 { return .of(UInt32(pointer - 189_000 + 0x10000), 4) }
      return .of(PairTable.value(GB18030.fours, pointer), 4)
    }
    guard trail >= 0x40, trail != 0x7F, trail != 0xFF else { return .pair(nil, trail: trail) }
    let cell = Int(trail) - (trail < 0x7F ? 0x40 : 0x41)
    return .pair(PairTable.value(pairs, (Int(lead) - 0x81) * 190 + cell), trail: trail)
  }
}

/// Big5 with the Hong Kong supplement.
struct Big5: MultibyteText {
  private static let pairs: [UInt32] = {
    var table = PairTable.build("BIG5-HKSCS", rows: 126, cells: 157) { row, cell in
      [UInt8(0x81 + row), UInt8(cell < 0x3F ? 0x40 + cell : 0x62 + cell)]
    }
    for (bytes, value) in differences { table[place(UInt8(bytes >> 8), UInt8(bytes & 0xFF))] = value }
    return table
  }()

  /// Where the WHATWG table says something else than the C library.
  private static let differences: [(UInt16, UInt32)] = [
    (0xA145, 0x2027), (0xA14E, 0xFE51), (0xA15A, 0x2574), (0xA1C2, 0xAF), (0xA1C3, 0xFFE3),
    (0xA1C5, 0x02CD), (0xA1E3, 0xFF5E), (0xA1F2, 0x2295), (0xA1F3, 0x2299), (0xA1FE, 0xFF0F),
    (0xA240, 0xFF3C), (0xA241, 0x2215), (0xA242, 0xFE68), (0xA244, 0xFFE5), (0xA246, 0xFFE0),
    (0xA247, 0xFFE1), (0xA2CC, 0x5341), (0xA2CE, 0x5345), (0xA3E1, 0x20AC),
  ]

  private let pairs = Big5.pairs

  private static func place(_ lead: UInt8, _ trail: UInt8) -> Int {
    (Int(lead) - 0x81) * 157 + Int(trail) - (trail < 0x7F ? 0x40 : 0x62)
  }

  func character(_ bytes: Span<UInt8>, at position: Int) -> MultibyteCharacter {
    let lead = bytes[position]
    guard lead > 0x80, lead != 0xFF, position + 1 < bytes.count else { return .of(nil, 1) }
    let trail = bytes[position + 1]
    guard (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail) else {
      return .pair(nil, trail: trail)
    }
    let place = Big5.place(lead, trail)
    switch place {
    case 1_133: return MultibyteCharacter(value: 0xCA, second: 0x304, length: 2)
    case 1_135: return MultibyteCharacter(value: 0xCA, second: 0x30C, length: 2)
    case 1_164: return MultibyteCharacter(value: 0xEA, second: 0x304, length: 2)
    case 1_166: return MultibyteCharacter(value: 0xEA, second: 0x30C, length: 2)
    default: return .pair(PairTable.value(pairs, place), trail: trail)
    }
  }
}
