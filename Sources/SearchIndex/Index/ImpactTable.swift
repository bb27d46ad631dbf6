/// What a word counts for in a document, as one byte: looked up where texts are short, computed else.
struct ImpactTable: Sendable {
  private static let lengths = 1024
  private static let frequencies = 16

  let averageLength: Float
  /// For each length of a text, the impacts of its words by frequency, 16 of them.
  private var impacts: [UInt8]

  /// - Parameter averageLength: words of a text on average.
  init(averageLength: Float) {
    self.averageLength = averageLength
    impacts = []
    impacts.reserveCapacity(ImpactTable.lengths * ImpactTable.frequencies)
    for length in 0..<ImpactTable.lengths {
      for frequency in 0..<ImpactTable.frequencies {
        impacts.append(
          ImpactTable.impact(
            frequency: UInt32(frequency), length: UInt32(length), averageLength: averageLength))
      }
    }
  }

  /// Calls `body` with all impacts of texts up to 1023 words, 16 a length.
  func withImpacts<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(impacts.span) }

  /// The impact of a word that stands in a text so often, 1...255; 1 if it is only quoted there.
  @inline(__always)
  static func impact(
    frequency: UInt32, length: UInt32, averageLength: Float, table: Span<UInt8>
  ) -> UInt8 {
    if length < UInt32(lengths) && frequency < UInt32(frequencies) {
      return unsafe table[unchecked: Int(length) * frequencies + Int(frequency)]
    }
    return impact(frequency: frequency, length: length, averageLength: averageLength)
  }

  @inline(never)
  private static func impact(frequency: UInt32, length: UInt32, averageLength: Float) -> UInt8 {
    if frequency == 0 { return 1 }
    let saturation = Ranking.saturation(
      frequency: frequency, length: length, averageLength: averageLength)
    return UInt8(max(1, min(255, saturation / Ranking.impactStep + 0.5)))
  }
}
