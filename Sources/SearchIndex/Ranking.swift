/// The constants of ranking: BM25 within a field, fields weighted and summed.
///
/// BM25 is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// Foundations and Trends in Information Retrieval 3(4), 2009, section 3.4; k1 and b are the values Lucene
/// and SQLite use. Of their BM25F (section 3.6) the fields with a weight and a length norm of their own are
/// taken, but not the sum inside the saturation: each field saturates by itself and the weighted scores are
/// added, so that a word in title and body counts for both. That is what lets a field's share be one stored
/// byte a posting, whatever the query; the price is that a word in several fields counts more than
/// repetitions in one could, which for titles and names is wanted rather than not.
///
/// A word is as rare as in the field where it is most frequent, counted over the whole index. A word that
/// stands for several (a beginning, a near spelling, a stem) adds its rarity once where any of them stands,
/// and its own share where it stands itself.
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

  /// What two words of a query that stand side by side add, for their rarity of 1: less than half of what a
  /// word that stands there once adds itself, so that nearness orders documents that hold the same words
  /// rather than words that are missing. Set by hand.
  public static let proximityWeight: Float = 0.4
  /// Words further apart than this add nothing for being near.
  public static let proximityReach = 10
  /// Of the best documents by their words, so many are looked at for nearness.
  public static let proximityDepth = 64

  /// What a pair of words adds for being near one another.
  static func proximityScore(distance: Int, rarity: Float) -> Float {
    proximityWeight * rarity / Float(max(1, distance))
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
