/// How a source is packed, told from its first bytes.
enum Packing: Equatable {
  case gzip, zstd, bzip2, xz
  case zip, tar

  /// The name to show.
  var name: String {
    switch self {
    case .gzip: "gzip"
    case .zstd: "zstd"
    case .bzip2: "bzip2"
    case .xz: "xz"
    case .zip: "zip"
    case .tar: "tar"
    }
  }

  /// What opening it takes away.
  var layer: PackingLayers {
    switch self {
    case .gzip, .zstd, .bzip2, .xz: .compressed
    case .zip, .tar: .archive
    }
  }

  /// The packing of a source that begins with these bytes; nil when it is not packed.
  static func of(_ head: [UInt8]) -> Packing? {
    if head.starts(with: [0x1F, 0x8B, 0x08]) { return .gzip }
    if ZstdFrame.isStart(head) { return .zstd }
    if head.count > 9, head.starts(with: [0x42, 0x5A, 0x68]), (0x31...0x39).contains(head[3]),
      head[4..<10].elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        || head[4..<10].elementsEqual([0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
    {
      return .bzip2
    }
    if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .xz }
    for signature in zipSignatures where head.starts(with: signature) { return .zip }
    return isTar(head) ? .tar : nil
  }

  /// A member, an empty archive, and the first part of a split one.
  private static let zipSignatures: [[UInt8]] = [
    [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0x50, 0x4B, 0x07, 0x08, 0x50, 0x4B, 0x03, 0x04],
  ]

  /// A tar header: the word at its place, and NULs around the fields as no text has them.
  private static func isTar(_ head: [UInt8]) -> Bool {
    head.count >= 512 && head[257..<262].elementsEqual("ustar".utf8) && head[..<257].contains(0)
      && (head[262] == 0 || head[262] == 0x20)
  }
}

/// What may still be taken off a source: one compression, one archive around it or in it.
struct PackingLayers: OptionSet {
  let rawValue: UInt8
  static let compressed = PackingLayers(rawValue: 1)
  static let archive = PackingLayers(rawValue: 2)
  static let all: PackingLayers = [.compressed, .archive]
}

/// How much a source may grow when it is unpacked; no text comes near.
struct ExpansionLimit {
  /// Bytes that are unpacked from one stream.
  var bytes = 4 << 30
  /// How many times its packed size a source may grow.
  var ratio = 500
  /// From how many unpacked bytes on the ratio counts.
  var ratioFrom = 64 << 20

  /// How many packed bytes hold too much already where the ratio begins to count.
  var probe: Int { ratioFrom / ratio }

  /// What is wrong with so much out of so little; nil for nothing.
  /// - Parameters:
  ///   - packed: bytes taken in so far.
  ///   - unpacked: bytes that came out of them.
  func problem(packed: Int, unpacked: Int) -> String? {
    if let sentence = ratioProblem(packed: packed, unpacked: unpacked) { return sentence }
    return unpacked >= bytes ? ProblemSentence.unpacksTooMuch(bytes) : nil
  }

  /// What is wrong with the ratio alone; nil for nothing.
  /// - Parameter isWhole: whether nothing of the source is read, not only no more.
  func ratioProblem(packed: Int, unpacked: Int, isWhole: Bool = false) -> String? {
    guard unpacked >= ratioFrom, unpacked / ratio >= max(packed, 1) else { return nil }
    return ProblemSentence.expandsTooFar(
      packed: packed, unpacked: unpacked, ratio: ratio, isWhole: isWhole)
  }
}
