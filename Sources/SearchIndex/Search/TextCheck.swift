internal import Bytes
internal import CKernel

/// Tells whether one text shows what is looked for.
protocol TextMatching {
  /// Whether a text does.
  mutating func isMatch(_ text: Span<UInt8>) -> Bool
}

extension PatternMatcher: TextMatching {}
extension NearMatcher: TextMatching {}
extension RegexMatcher: TextMatching {}

/// Checks the texts of documents, many at once where their bodies lie one after the other.
///
/// Words that are ASCII and need no signs between them are first looked for as bytes (`ck_has_words`);
/// the analysis decides where that cannot.
@safe
final class TextCheck {
  private var matcher: any TextMatching
  private let field: Field
  private let segment: Int
  private let base: Int
  private let texts: any DocumentTexts
  private let words: UnsafeMutablePointer<ck_sought>?
  private let wordBytes: UnsafeMutablePointer<UInt8>?
  private let wordCount: Int
  private let needsPreparing: Bool
  private let onRefusal: (RegularExpression) -> Void
  /// Texts that take about 30 microseconds.
  let batchSize: Int

  /// - Parameters:
  ///   - pattern: the words to look for as bytes, if they are all that is looked for.
  ///   - base: the number of the segment's first document.
  ///   - onRefusal: told of an expression that took too long.
  init(
    _ matcher: any TextMatching, pattern: Pattern?, field: Field, segment: Int, base: Int,
    texts: any DocumentTexts, onRefusal: @escaping (RegularExpression) -> Void
  ) {
    self.matcher = matcher
    self.onRefusal = onRefusal
    self.field = field
    self.segment = segment
    self.base = base
    self.texts = texts
    needsPreparing = texts.needsPreparing(segment: segment)
    guard let pattern, field == .body, TextCheck.isPlain(pattern) else {
      unsafe words = nil
      unsafe wordBytes = nil
      wordCount = 0
      batchSize = 24
      return
    }
    batchSize = 256
    wordCount = pattern.words.count
    let bytes = UnsafeMutablePointer<UInt8>.allocate(
      capacity: pattern.words.reduce(1) { $0 + $1.bytes.count })
    let words = UnsafeMutablePointer<ck_sought>.allocate(capacity: pattern.words.count)
    var at = 0
    for (place, word) in pattern.words.enumerated() {
      for (index, byte) in word.bytes.enumerated() { unsafe bytes[at + index] = byte }
      unsafe words[place] = unsafe ck_sought(
        bytes: bytes + at, length: UInt32(word.bytes.count), is_prefix: word.match == .prefix ? 1 : 0)
      at += word.bytes.count
    }
    unsafe self.words = unsafe words
    unsafe wordBytes = unsafe bytes
  }

  /// The expression that took too long and was given up, if it did.
  var refused: RegularExpression? {
    guard let regex = matcher as? RegexMatcher, regex.isRefused else { return nil }
    return regex.expression
  }

  deinit {
    unsafe words?.deallocate()
    unsafe wordBytes?.deallocate()
  }

  /// Whether a pattern is made of ASCII words alone, of which only the last may go on.
  static func isPlain(_ pattern: Pattern) -> Bool {
    guard pattern.gaps.allSatisfy({ $0 == nil }) else { return false }
    for (place, word) in pattern.words.enumerated() {
      let isLast = place == pattern.words.count - 1
      guard word.match == .exact || (isLast && word.match == .prefix) else { return false }
      guard (1..<WordScanner.longestWord).contains(word.bytes.count) else { return false }
      for byte in word.bytes {
        guard (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) else { return false }
      }
    }
    return true
  }

  /// Checks one document of the segment.
  func holds(_ document: UInt32) -> Bool {
    var result: Int8 = -1
    unsafe withUnsafeMutablePointer(to: &result) { result in
      unsafe withUnsafePointer(to: document) { unsafe check($0, 1, result) }
    }
    return result == 1
  }

  /// Checks documents of the segment; each result is 1 or 0.
  func check(
    _ documents: UnsafePointer<UInt32>, _ count: Int, _ results: UnsafeMutablePointer<Int8>
  ) {
    for place in 0..<count { unsafe results[place] = -1 }
    if field == .body, unsafe isPrepared(documents, count) {
      _ = texts.withBodies(ofSegment: segment) { bytes, starts in
        if let words = unsafe words {
          unsafe TextCheck.check(bytes, starts, documents, count, words, wordCount, results)
        } else {
          unsafe match(bytes, starts, documents, count, results)
        }
      }
    }
    for place in 0..<count where unsafe results[place] < 0 {
      let document = DocumentID(rawValue: UInt32(base) + (unsafe documents[place]))
      let isMatch = texts.withText(of: document, field: field) { matcher.isMatch($0) }
      unsafe results[place] = isMatch ? 1 : 0
    }
    if let refused { onRefusal(refused) }
  }

  /// Whether the bodies of some documents may be read where they lie.
  private func isPrepared(_ documents: UnsafePointer<UInt32>, _ count: Int) -> Bool {
    guard needsPreparing else { return true }
    for place in 0..<count {
      let document = Int(unsafe documents[place])
      if !texts.prepareBodies(ofSegment: segment, document..<document + 1) { return false }
    }
    return true
  }

  /// Matches texts that lie side by side, each fetched from memory while those before it are matched.
  private func match(
    _ bytes: Span<UInt8>, _ starts: Span<UInt64>, _ documents: UnsafePointer<UInt32>, _ count: Int,
    _ results: UnsafeMutablePointer<Int8>
  ) {
    let ahead = 4
    unsafe bytes.withUnsafeBufferPointer { arena in
      guard let base = arena.baseAddress else { return }
      for place in 0..<count {
        if place + ahead < count {
          let next = unsafe Int(documents[place + ahead])
          if next < starts.count, starts[next] + 384 < UInt64(arena.count) {
            for line in 0..<6 { unsafe ck_prefetch(base + Int(starts[next]) + 64 * line) }
          }
        }
        let document = unsafe Int(documents[place])
        guard document + 1 < starts.count, starts[document] <= starts[document + 1],
          starts[document + 1] <= UInt64(arena.count)
        else { continue }
        let text = bytes.extracting(Int(starts[document])..<Int(starts[document + 1]))
        unsafe results[place] = matcher.isMatch(text) ? 1 : 0
      }
    }
  }

  private static func check(
    _ bytes: Span<UInt8>, _ starts: Span<UInt64>, _ documents: UnsafePointer<UInt32>, _ count: Int,
    _ words: UnsafePointer<ck_sought>, _ wordCount: Int, _ results: UnsafeMutablePointer<Int8>
  ) {
    for place in 0..<count where unsafe Int(documents[place]) + 1 >= starts.count { return }
    unsafe bytes.withUnsafeBufferPointer { arena in
      unsafe starts.withUnsafeBufferPointer { starts in
        guard let arenaBase = arena.baseAddress, let startsBase = starts.baseAddress else {
          return
        }
        unsafe ck_have_words(
          arenaBase, UInt64(arena.count), startsBase, documents, count, words, wordCount, results)
      }
    }
  }
}
