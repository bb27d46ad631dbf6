/// What stands between words where it matters as written: the pluses of `C++`, the sign of `#1`, the dots
/// and slashes of an address.
enum WrittenGap {
  /// The gaps of a piece of a query that a text must show as well, nil for those that may differ. One more
  /// than there are words.
  /// - Parameter isQuoted: only signs count, no punctuation of sentences.
  static func gaps(of words: [Range<Int>], in text: Span<UInt8>, isQuoted: Bool) -> [[UInt8]?] {
    guard let first = words.first, let last = words.last else { return [] }
    var gaps: [[UInt8]?] = []
    var leading = bytes(text, 0..<first.lowerBound)
    while let byte = leading.first, !isSign(byte), isQuoted || byte != UInt8(ascii: ".") {
      leading.removeFirst()
    }
    gaps.append(leading.isEmpty ? nil : leading)
    for (before, after) in zip(words, words.dropFirst()) {
      guard before.upperBound < after.lowerBound else {
        gaps.append(nil)
        continue
      }
      let between = bytes(text, before.upperBound..<after.lowerBound)
      gaps.append(matters(between, isQuoted: isQuoted) ? between : nil)
    }
    var trailing = bytes(text, last.upperBound..<text.count)
    while let byte = trailing.last, !isSign(byte) { trailing.removeLast() }
    gaps.append(trailing.isEmpty ? nil : trailing)
    return gaps
  }

  /// Whether a text shows the gaps of a pattern around the words at some ranges.
  static func holds(_ gaps: [[UInt8]?], around words: (Int) -> Range<Int>, in text: Span<UInt8>) -> Bool {
    let last = gaps.count - 1
    for (place, gap) in gaps.enumerated() {
      guard let gap else { continue }
      if place == 0 {
        let end = words(0).lowerBound
        guard end >= gap.count, bytes(text, end - gap.count..<end) == gap else { return false }
      } else if place == last {
        let start = words(place - 1).upperBound
        guard start + gap.count <= text.count, bytes(text, start..<start + gap.count) == gap else {
          return false
        }
      } else {
        let between = words(place - 1).upperBound..<words(place).lowerBound
        guard between.lowerBound <= between.upperBound, between.count <= 64 + 4 * gap.count else {
          return false
        }
        guard withoutSpace(bytes(text, between)) == withoutSpace(gap) else { return false }
      }
    }
    return true
  }

  private static func bytes(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    range.map { text[$0] }
  }

  private static func withoutSpace(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 > 0x20 } }

  private static func matters(_ gap: [UInt8], isQuoted: Bool) -> Bool {
    if isQuoted { return gap.contains { isSign($0) } }
    // Hyphens and apostrophes of any form separate as a space does; so does what is not ASCII.
    return gap.contains { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "'") }
  }

  /// Signs that are part of a name rather than of a sentence.
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "="),
      UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "\\"),
      UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    default: false
    }
  }
}
