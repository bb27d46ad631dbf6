private import CStemmer
private import Synchronization

/// The stems of one language, by Snowball: what `comment`, `comments` and `commented` share.
///
/// Only queries are stemmed, never the index. A stem is that of a word as analysis reads it, in lowercase
/// and without diacritics, so that it is a key for the class of a word rather than the linguist's stem.
public struct Stemming: Sendable, Hashable {
  /// Snowball's name of the language, such as `english`.
  public let language: String
  private let stemmer: Stemmer

  /// The language that a name or a two- or three-letter code stands for: `english`, `en`, `eng`. Nil if
  /// Snowball has none of that name.
  public init?(_ language: String) {
    guard language.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }), let stemmer = Stemmer(language) else {
      return nil
    }
    self.language = language
    self.stemmer = stemmer
  }

  /// The language of a locale such as `de_AT.UTF-8`; English for `C`, `POSIX` and nothing, nil where
  /// Snowball does not have the language.
  public init?(locale: String) {
    let name = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
    self.init(name.isEmpty || name == "C" || name == "POSIX" ? "english" : name.lowercased())
  }

  /// Names that `init` knows, in order.
  public static var languages: [String] {
    var names: [String] = []
    guard var next = unsafe sb_stemmer_list() else { return [] }
    while let name = unsafe next.pointee {
      unsafe names.append(String(cString: name))
      unsafe next += 1
    }
    return names.sorted()
  }

  /// The stem of a word as analysis reads it.
  /// - Complexity: O(`word.count`), some 200 ns.
  func stem(of word: [UInt8]) -> [UInt8] { stemmer.stem(of: word) }

  /// By language.
  public static func == (left: Stemming, right: Stemming) -> Bool { left.language == right.language }

  /// By language.
  public func hash(into hasher: inout Hasher) { hasher.combine(language) }
}

/// Snowball's stemmer, which keeps its last word and so serves one thread at a time.
@safe
private final class Stemmer: @unchecked Sendable {
  private let turn = Mutex(())
  private let stemmer: OpaquePointer

  init?(_ language: String) {
    guard let made = unsafe sb_stemmer_new(language, "UTF_8") else { return nil }
    unsafe stemmer = made
  }

  deinit { unsafe sb_stemmer_delete(stemmer) }

  func stem(of word: [UInt8]) -> [UInt8] {
    turn.withLock { _ in
      unsafe word.withUnsafeBufferPointer { bytes in
        guard let found = unsafe sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else {
          return word
        }
        return unsafe Array(UnsafeBufferPointer(start: found, count: Int(sb_stemmer_length(stemmer))))
      }
    }
  }
}

/// The words that a word of a query is widened to: those of the same stem that begin alike.
struct StemClass: Equatable, Sendable {
  let stemming: Stemming
  /// What the words share after stemming.
  let stem: [UInt8]
  /// How many bytes of the word its class must begin with. The bytes that word and stem share, less one
  /// letter if that is the whole stem, since `use` and `using` part before its end; at least two.
  let sharedBytes: Int

  /// The class of a word as analysis reads it; nil for what is not stemmed: a word of one letter, of
  /// digits, or of a script without word spaces.
  init?(of word: [UInt8], _ stemming: Stemming) {
    let letters = scalars(of: word)
    guard letters.count > 2, letters.allSatisfy({ !(0x30...0x39).contains($0) && $0 < 0x1100 }) else {
      return nil
    }
    stem = stemming.stem(of: word)
    self.stemming = stemming
    let stemLetters = scalars(of: stem)
    var shared = zip(letters, stemLetters).prefix { $0 == $1 }.count
    if shared == stemLetters.count, shared > 2 { shared -= 1 }
    sharedBytes = letters.prefix(max(2, shared)).reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 < 0x800 ? 2 : 3) }
  }

  /// Whether a word that begins as it must is of the class.
  func contains(_ word: [UInt8]) -> Bool {
    word.count <= stem.count + StemClass.longestEnding && stemming.stem(of: word) == stem
  }

  /// Bytes that a word of the class may have beyond the stem.
  static let longestEnding = 12
}
