internal import CKernel

/// Bytes that stand side by side in every match of an expression, each one of several: what is looked for in
/// expressions that hold no long word. `[bc][aeiou]{2} t+` requires five such bytes.
struct RequiredClasses: Equatable, Sendable {
  private static let longest = 8

  /// Bit `i` of each byte's number says whether the byte may stand at place `i`.
  let places: [UInt8]
  let count: Int
  private let halves: [UInt8]

  /// Reads an expression that PCRE2 has accepted; nil where what it requires is found everywhere.
  init?(of pattern: [UInt8], ignoresCase: Bool) {
    var reader = ClassReader(pattern, ignoresCase: ignoresCase)
    guard let runs = reader.runs() else { return nil }
    var best: (share: Double, classes: ArraySlice<ByteSet>)?
    for run in runs {
      let size = min(run.count, RequiredClasses.longest)
      for first in 0...run.count - size {
        let classes = run[first..<first + size]
        let share = classes.reduce(1) { $0 * $1.share }
        if share < best?.share ?? 0.01 { best = (share, classes) }
      }
    }
    guard let best else { return nil }
    count = best.classes.count
    var places = [UInt8](repeating: 0, count: 256)
    var halves = [UInt8](repeating: 0, count: 32)
    for (place, set) in best.classes.enumerated() {
      for byte in 0..<256 where set.contains(UInt8(byte)) {
        places[byte] |= 1 << UInt8(place)
        halves[byte & 15] |= 1 << UInt8(place)
        halves[16 + byte >> 4] |= 1 << UInt8(place)
      }
    }
    self.places = places
    self.halves = halves
  }

  /// The first place where such bytes stand, from a place on.
  /// - Complexity: O(`text.count`), by 32 bytes at once.
  func first(in text: Span<UInt8>, from place: Int = 0) -> Int? {
    guard place >= 0, text.count - place >= count else { return nil }
    let found = unsafe text.withUnsafeBufferPointer { text in
      unsafe places.withUnsafeBufferPointer { places in
        unsafe halves.withUnsafeBufferPointer { halves -> Int in
          guard let base = text.baseAddress, let places = places.baseAddress, let halves = halves.baseAddress
          else { return -1 }
          return unsafe ck_find_classes(base + place, text.count - place, places, halves, count)
        }
      }
    }
    return found < 0 ? nil : place + found
  }
}

/// Bytes of which one is wanted.
struct ByteSet: Equatable, Sendable {
  private var words = SIMD4<UInt64>(repeating: 0)

  init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  /// The share of written text that these bytes make up, roughly that of English.
  var share: Double {
    var sum = 0.0
    for byte in 0..<256 where contains(UInt8(byte)) { sum += ByteSet.share(of: UInt8(byte)) }
    return min(sum, 1)
  }

  private static let letters: [Double] = [
    65, 12, 22, 34, 100, 18, 16, 49, 56, 1, 6, 32, 19, 56, 60, 15, 1, 48, 51, 73, 22, 8, 19, 1, 16, 1,
  ]

  private static func share(of byte: UInt8) -> Double {
    switch byte {
    case 0x20: 0.17
    case 0x61...0x7A: letters[Int(byte - 0x61)] / 1000
    case 0x2C, 0x2E: 0.01
    case 0x41...0x5A: 0.002
    case 0x80...: 0.001
    default: 0.003
    }
  }
}

/// Walks an expression at its outermost level, as `LiteralReader` does, and gathers classes.
private struct ClassReader {
  private let pattern: [UInt8]
  private let ignoresCase: Bool
  private var at = 0
  private var found: [[ByteSet]] = []
  private var run: [ByteSet] = []

  init(_ pattern: [UInt8], ignoresCase: Bool) {
    self.pattern = pattern
    self.ignoresCase = ignoresCase
  }

  private var byte: UInt8? { at < pattern.count ? pattern[at] : nil }

  /// The runs that every match holds; nil if that cannot be told.
  mutating func runs() -> [[ByteSet]]? {
    while let byte {
      switch byte {
      case UInt8(ascii: "["):
        guard let set = readClass() else { return nil }
        guard take(set.map { [$0] }) else { return nil }
      case UInt8(ascii: "."):
        at += 1
        guard take(nil) else { return nil }
      case UInt8(ascii: "^"), UInt8(ascii: "$"):
        at += 1
        endRun()
      case UInt8(ascii: "\\"):
        guard at + 1 < pattern.count else { return nil }
        let letter = pattern[at + 1]
        at += 2
        switch letter {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: guard take([letter]) else { return nil }
        case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
          UInt8(ascii: "S"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "h"), UInt8(ascii: "v"):
          guard take(nil) else { return nil }
        default: return nil
        }
      case UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
        UInt8(ascii: "?"), UInt8(ascii: "{"), UInt8(ascii: "#"):
        return nil
      default:
        var size = 1
        while at + size < pattern.count, pattern[at + size] & 0xC0 == 0x80 { size += 1 }
        let bytes = pattern[at..<at + size]
        at += size
        guard take(bytes) else { return nil }
      }
    }
    endRun()
    return found.filter { !$0.isEmpty }
  }

  private mutating func endRun() {
    if !run.isEmpty { found.append(run) }
    run = []
  }

  private mutating func take(_ bytes: some Sequence<UInt8>) -> Bool {
    let sets = bytes.map { folded(ByteSet([$0])) }
    return take(sets.contains(nil) ? nil : sets.compactMap(\.self))
  }

  /// Takes what stands for bytes of certain classes, or for nobody knows what, and how often it may stand.
  private mutating func take(_ sets: [ByteSet]?) -> Bool {
    guard let (least, isFixed) = quantifier() else { return false }
    guard let sets, least > 0 else {
      endRun()
      return true
    }
    let repeated = (0..<min(least, 8)).flatMap { _ in sets }
    run += repeated
    if !isFixed || least > 8 {
      endRun()
      run = repeated
    }
    return true
  }

  /// With case ignored, letters of both cases; nil where characters beyond ASCII count as the same.
  private func folded(_ set: ByteSet) -> ByteSet? {
    guard ignoresCase else { return set }
    var both = set
    for byte in UInt8.min...UInt8.max where set.contains(byte) {
      guard byte < 0x80 else { return nil }
      let lower = byte | 0x20
      guard (0x61...0x7A).contains(lower) else { continue }
      // The long s and the sign of Kelvin.
      if lower == UInt8(ascii: "s") || lower == UInt8(ascii: "k") { return nil }
      both.insert(lower)
      both.insert(lower ^ 0x20)
    }
    return both
  }

  /// How often at least, and whether just so often; nil for what is not understood.
  private mutating func quantifier() -> (least: Int, isFixed: Bool)? {
    var result = (least: 1, isFixed: false)
    switch byte {
    case UInt8(ascii: "+"): at += 1
    case UInt8(ascii: "*"), UInt8(ascii: "?"):
      at += 1
      result.least = 0
    case UInt8(ascii: "{"):
      at += 1
      guard let least = number() else { return nil }
      result.least = least
      if byte == UInt8(ascii: ",") {
        at += 1
        if byte != UInt8(ascii: "}") {
          guard let most = number() else { return nil }
          result.isFixed = most == least
        }
      } else {
        result.isFixed = true
      }
      guard byte == UInt8(ascii: "}") else { return nil }
      at += 1
    default: return (1, true)
    }
    // Lazy or possessive: as often all the same.
    if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "+") { at += 1 }
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "+"), UInt8(ascii: "{"): return nil
    default: return result
    }
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let byte, (0x30...0x39).contains(byte), value ?? 0 < 100_000 {
      value = (value ?? 0) * 10 + Int(byte - 0x30)
      at += 1
    }
    return value
  }

  /// Reads `[…]`: its bytes, `.some(nil)` if it stands for others than those of ASCII, and nil if it is not
  /// understood.
  private mutating func readClass() -> ByteSet?? {
    at += 1
    var set = ByteSet([])
    var isKnown = true
    if byte == UInt8(ascii: "^") || byte == UInt8(ascii: "]") { return nil }
    while let byte, byte != UInt8(ascii: "]") {
      guard let first = member(&isKnown) else { return nil }
      var last = first
      if self.byte == UInt8(ascii: "-"), at + 1 < pattern.count, pattern[at + 1] != UInt8(ascii: "]") {
        at += 1
        guard let end = member(&isKnown), end >= first else { return nil }
        last = end
      }
      for member in first...last { set.insert(member) }
    }
    guard byte != nil else { return nil }
    at += 1
    return .some(isKnown ? folded(set) : nil)
  }

  /// One character of a class.
  private mutating func member(_ isKnown: inout Bool) -> UInt8? {
    guard let byte else { return nil }
    switch byte {
    case UInt8(ascii: "["): return nil
    case UInt8(ascii: "\\"):
      guard at + 1 < pattern.count else { return nil }
      let letter = pattern[at + 1]
      switch letter {
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: break
      case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
        UInt8(ascii: "S"):
        isKnown = false
      default: return nil
      }
      at += 2
      return letter
    case 0x80...:
      isKnown = false
      at += 1
      while let next = self.byte, next & 0xC0 == 0x80 { at += 1 }
      return 0x7F
    default:
      at += 1
      return byte
    }
  }
}
