/// EUC-KR with the Unified Hangul Code of Windows.
struct EUCKR: MultibyteText {
  private static let pairs = PairTable.build("UHC", rows: 126, cells: 190) { row, cell in
    [UInt8(0x81 + row), UInt8(0x41 + cell)]
  }

  private let pairs = EUCKR.pairs

  func character(_ bytes: Span<UInt8>, at position: Int) -> MultibyteCharacter {
    let lead = bytes[position]
    guard lead > 0x80, lead != 0xFF, position + 1 < bytes.count else { return .of(nil, 1) }
    let trail = bytes[position + 1]
    guard trail >= 0x41, trail != 0xFF else { return .pair(nil, trail: trail) }
    return .pair(PairTable.value(pairs, (Int(lead) - 0x81) * 190 + Int(trail) - 0x41), trail: trail)
  }
}
