/// The constants of ranking: BM25 within a field, fields weighted and summed.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
/// Trends in Information Retrieval 3(4), 2009, section 3.5; k1 and b are the values Lucene and SQLite use.
public enum Ranking {
  /// How soon repetitions of a word stop counting.
  public static let k1: Float = 1.2
  /// How much long texts are held back: 0 not at all, 1 in full proportion.
  public static let b: Float = 0.75

  /// What a hit in a field counts for, set by hand: a title says what a text is about, and the author's
  /// name is a word about the text rather than of it.
  public static func weight(of field: Field) -> Float {
    switch field {
    case .body: 1
    case .title: 2.5
    case .author: 1.5
    }
  }

  /// What one stored step of impact stands for: 255 steps reach the most that repetition can give.
  static let impactStep: Float = (k1 + 1) / 255

  /// How rare a word is: ln(1 + (N - n + 0.5) / (n + 0.5)).
  /// - Parameters:
  ///   - documents: all documents of the index.
  ///   - frequency: those that hold the word.
  static func rarity(frequency: Int, documents: Int) -> Float {
    let n = Float(min(frequency, documents))
    return logarithm(1 + (Float(documents) - n + 0.5) / (n + 0.5))
  }

  /// tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / averageLength)).
  static func saturation(frequency: UInt32, length: UInt32, averageLength: Float) -> Float {
    let tf = Float(frequency)
    let norm = k1 * (1 - b + b * Float(length) / max(averageLength, 1))
    return tf * (k1 + 1) / (tf + norm)
  }

  /// Natural logarithm of a number from 1 up, by its binary exponent and a series for the rest; this room
  /// imports no mathematics library. Error under 1e-6.
  static func logarithm(_ value: Float) -> Float {
    guard value > 0, value.isFinite else { return 0 }
    let significand = Double(value.significand)
    // ln(s) = 2 atanh((s - 1) / (s + 1)), for s in 1..<2 the argument is at most 1/3.
    let ratio = (significand - 1) / (significand + 1)
    var power = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, through: 15, by: 2) {
      sum += power / odd
      power *= ratio * ratio
    }
    return Float(Double(value.exponent) * 0.693_147_180_559_945_3 + 2 * sum)
  }
}
