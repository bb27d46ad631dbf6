import Glibc

/// Words without end, each with a rank and a share of all words, as in a language: the head falls off as
/// 1 / (rank + 1.7) (Zipf, Mandelbrot), from rank 8191 on as rank^-1.62, so that new words keep coming at
/// the rate of real discussions (Heaps): about 1.9 million distinct ones in 210 million.
///
/// A rank has one spelling and a spelling one rank. None holds the letter `q`: that is for needles.
struct Vocabulary: Sendable {
  /// Ranks below this are drawn from a table.
  static let headCount = 8191
  private static let tailExponent = 1.62

  /// For each of 8192 drawers, how often it stands for itself rather than for its alias; the last drawer
  /// is the tail. Walker's method: one number draws a rank in O(1).
  private let keeps: [UInt32]
  private let aliases: [UInt16]
  /// The spellings of the head, 32 bytes each: the length and then the bytes.
  private let spellings: [UInt8]

  init() {
    var weights = (0..<Vocabulary.headCount).map { 1 / (Double($0) + 1 + 1.7) }
    let edge = Double(Vocabulary.headCount)
    weights.append(edge / (edge + 1.7) / (Vocabulary.tailExponent - 1))
    let mean = weights.reduce(0, +) / Double(weights.count)
    var shares = weights.map { $0 / mean }
    var keeps = [UInt32](repeating: .max, count: shares.count)
    var aliases = shares.indices.map { UInt16($0) }
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let low = small.popLast(), let high = large.popLast() {
      keeps[low] = UInt32(min(shares[low] * 4_294_967_296, 4_294_967_295))
      aliases[low] = UInt16(high)
      shares[high] -= 1 - shares[low]
      if shares[high] < 1 { small.append(high) } else { large.append(high) }
    }
    self.keeps = keeps
    self.aliases = aliases
    var spellings = [UInt8](repeating: 0, count: Vocabulary.headCount * 32)
    for rank in 0..<Vocabulary.headCount {
      let bytes = Vocabulary.spelling(of: UInt64(rank))
      spellings[rank * 32] = UInt8(bytes.count)
      for (place, byte) in bytes.enumerated() { spellings[rank * 32 + 1 + place] = byte }
    }
    self.spellings = spellings
  }

  /// The rank that a random number stands for; the same for the same number.
  /// - Complexity: O(1).
  func rank(_ bits: UInt64) -> UInt64 {
    let drawer = Int(bits & 8191)
    let isKept = UInt32(truncatingIfNeeded: bits >> 13) <= keeps[drawer]
    let rank = isKept ? drawer : Int(aliases[drawer])
    if rank < Vocabulary.headCount { return UInt64(rank) }
    let unit = (Double(Vocabulary.mixed(bits) >> 11) + 1) / 9_007_199_254_740_992
    let place = Double(Vocabulary.headCount) * pow(unit, -1 / (Vocabulary.tailExponent - 1))
    return UInt64(min(place, 1e15))
  }

  /// Writes a word and tells its bytes; there must be room for 64.
  func write(_ rank: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    if rank < UInt64(Vocabulary.headCount) {
      let start = Int(rank) * 32
      let count = Int(spellings[start])
      for index in 0..<count { place[index] = spellings[start + 1 + index] }
      return count
    }
    let bytes = Vocabulary.spelling(of: rank)
    for (index, byte) in bytes.enumerated() { place[index] = byte }
    return bytes.count
  }

  /// A number that looks like another one's noise (SplitMix64's finish).
  static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

// MARK: - Spelling

extension Vocabulary {
  /// The commonest words, as English has them; 52 of them are what peers call stop words.
  static let common = """
    the to a and of i in is that it you for on this be with have but are as not was if or they can at my \
    so like just do from would your an me we what all he when there one about by more how get out will no \
    has up some think which people their don them good really than then any people's time been know only
    """.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }

  private static let onsets = [
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr",
    "br", "cr", "gr", "pl", "cl", "fl", "sl", "sh", "ch", "th", "z", "sp",
  ].map { Array($0.utf8) }
  private static let nuclei = ["a", "e", "i", "o", "u", "ai", "ee", "ou"].map { Array($0.utf8) }
  private static let accented = ["á", "é", "í", "ö", "ü", "ái", "ée", "où"].map { Array($0.utf8) }
  private static let codas = [
    "", "n", "r", "s", "t", "l", "d", "m", "ng", "st", "ck", "nt", "ll", "rs", "x", "ly",
  ].map { Array($0.utf8) }

  /// The letters of a word: consonants and vowels take turns, so that each spelling is read one way.
  static func spelling(of rank: UInt64) -> [UInt8] {
    if rank < UInt64(common.count) { return common[Int(rank)] }
    var number = rank - UInt64(common.count)
    // Of one syllable there are 2^12 words, of two 2^20, of three 2^28, and so on.
    var syllables: UInt64 = 1
    var bits: UInt64 = 12
    while number >> bits != 0, syllables < 6 {
      number -= 1 << bits
      syllables += 1
      bits += 8
    }
    // Neighbours in rank are no neighbours in the dictionary: an odd factor shuffles within 2^bits.
    let mask: UInt64 = (1 << bits) - 1
    number = (number &* 0x9E37_79B9_7F4A_7C15) & mask
    number ^= number >> (bits / 2)
    number = (number &* 0xD6E8_FEB8_6659_FD93) & mask
    let fate = mixed(rank ^ 0x5EED) % 1000
    // Weighed by how often they come, about 8 words in a thousand are not ASCII.
    if fate < 2 { return cjk(rank) }
    let isAccented = fate >= 2 && fate < 8
    var word: [UInt8] = []
    for _ in 0..<syllables {
      word += onsets[Int(number & 31)]
      word += (isAccented ? accented : nuclei)[Int(number >> 5 & 7)]
      number >>= 8
    }
    return word + codas[Int(number & 15)]
  }

  /// A word of four Chinese characters, that spell the rank.
  private static func cjk(_ rank: UInt64) -> [UInt8] {
    var number = rank
    var word: [UInt8] = []
    repeat {
      word += Array(String(Unicode.Scalar(0x4E00 + UInt32(number & 0xFFF)) ?? "一").utf8)
      number >>= 12
    } while number > 0
    return word
  }
}
