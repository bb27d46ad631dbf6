import Synchronization

/// What one scalar is to analysis.
struct ScalarClass {
  enum Kind: UInt32 {
    /// Ends a word.
    case separator
    /// A letter, digit or mark, read as `value`.
    case word
    /// Two or three ASCII letters, packed in `value` 7 bits each, the first lowest.
    case expansion
    /// Left out of a word without ending it, and part of what is highlighted: a diacritic.
    case mark
    /// Left out of a word without ending it: joiners, soft hyphens, direction controls.
    case invisible
    /// Han, kana, Hangul: read by pairs.
    case paired
    /// An emoji: a word by itself.
    case single
  }

  private var packed: UInt32

  init(_ kind: Kind, _ value: UInt32 = 0) { packed = kind.rawValue << 24 | value }

  private init(packed known: UInt32) { packed = known & ~ScalarClass.isKnown }

  var kind: Kind { Kind(rawValue: packed >> 24) ?? .separator }

  /// The scalar it is read as.
  var value: UInt32 { packed & 0x1F_FFFF }

  /// Looks a scalar up. ASCII may be asked as well.
  /// - Complexity: O(1).
  static func of(_ scalar: UInt32) -> ScalarClass {
    if scalar < 0x10000 {
      let known = unsafe plane[Int(scalar)].load(ordering: .relaxed)
      return known == 0 ? remembered(scalar) : ScalarClass(packed: known)
    }
    if scalar >= 0x20000 && scalar < 0x40000 { return ScalarClass(.paired, scalar) }
    return computed(scalar)
  }

  /// The classes of the basic plane, each made when it is first asked for and marked by its highest bit; 0
  /// before. Two threads that make one at once make the same.
  ///
  /// All of them at once would take 10 ms, which is more than opening a library and answering a query.
  private nonisolated(unsafe) static let plane: UnsafeMutablePointer<Atomic<UInt32>> = {
    let classes = UnsafeMutableRawPointer.allocate(byteCount: 4 << 16, alignment: 64)
    unsafe classes.initializeMemory(as: UInt32.self, repeating: 0, count: 1 << 16)
    return unsafe classes.assumingMemoryBound(to: Atomic<UInt32>.self)
  }()

  private static let isKnown: UInt32 = 1 << 31

  @inline(never)
  private static func remembered(_ scalar: UInt32) -> ScalarClass {
    let found = computed(scalar)
    unsafe plane[Int(scalar)].store(found.packed | isKnown, ordering: .relaxed)
    return found
  }

  /// What letters beyond ASCII are read as, where that is another letter.
  private static let folds: [UInt32: ScalarClass] = {
    var folds: [UInt32: ScalarClass] = [:]
    for line in FoldTable.lines {
      let scalars = line.unicodeScalars
      guard let base = scalars.first else { continue }
      for scalar in scalars.dropFirst() { folds[scalar.value] = ScalarClass(.word, base.value) }
    }
    for (letter, letters) in FoldTable.expansions {
      var packed: UInt32 = 0
      for (place, ascii) in "\(letters)".unicodeScalars.enumerated() {
        packed |= ascii.value << UInt32(7 * place)
      }
      folds[letter.value] = ScalarClass(.expansion, packed)
    }
    return folds
  }()

  private static func computed(_ value: UInt32) -> ScalarClass {
    switch value {
    case 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xAC00..<0xD7A4: return ScalarClass(.paired, value)
    case 0xD800..<0xF900: return ScalarClass(.separator)
    case 0x3099, 0x309A: return ScalarClass(.paired, value)
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
      return computed(value - 0xFEE0)
    case 0x1F3FB...0x1F3FF: return ScalarClass(.invisible)
    case 0x1F000...0x1FAFF: return ScalarClass(.single, value)
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return ScalarClass(.separator) }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter, .lowercaseLetter, .modifierLetter, .otherLetter:
      if properties.isDefaultIgnorableCodePoint { return ScalarClass(.invisible) }
      if isPaired(value) { return ScalarClass(.paired, value) }
      let lower = properties.lowercaseMapping.unicodeScalars.first?.value ?? value
      return lower < 0x80 ? ScalarClass(.word, lower) : folds[lower] ?? ScalarClass(.word, lower)
    case .decimalNumber:
      let digit = properties.numericValue.map { UInt32($0) } ?? 0
      return ScalarClass(.word, 0x30 + digit)
    case .letterNumber, .otherNumber:
      if isPaired(value) { return ScalarClass(.paired, value) }
      return ScalarClass(.word, properties.lowercaseMapping.unicodeScalars.first?.value ?? value)
    case .nonspacingMark, .spacingMark, .enclosingMark:
      if properties.isDefaultIgnorableCodePoint { return ScalarClass(.invisible) }
      return isDiacritic(value) ? ScalarClass(.mark) : ScalarClass(.word, value)
    case .format: return ScalarClass(.invisible)
    default:
      return properties.isEmojiPresentation ? ScalarClass(.single, value) : ScalarClass(.separator)
    }
  }

  /// Letters of scripts written without spaces between words.
  private static func isPaired(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100..<0x1200, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3041..<0x3190,
      0x31A0..<0x31C0, 0x31F0..<0x3200, 0xA960..<0xA980, 0xD7B0..<0xD800, 0xF900..<0xFB00,
      0xFF66..<0xFFDD, 0x1AFF0..<0x1B170, 0x20000..<0x40000:
      true
    default: false
    }
  }

  /// Marks that say how a letter sounds, which a reader may leave out: accents, Hebrew points, Arabic
  /// vowel signs. Marks that are letters of their own (Devanagari vowels, say) are kept.
  private static func isDiacritic(_ value: UInt32) -> Bool {
    switch value {
    case 0x300..<0x370, 0x483..<0x48A, 0x591..<0x5C8, 0x610..<0x61B, 0x64B..<0x660, 0x670,
      0x6D6..<0x6EE, 0x1AB0..<0x1B00, 0x1DC0..<0x1E00, 0x20D0..<0x2100, 0xFE20..<0xFE30:
      true
    default: false
    }
  }
}
