import Runtime
import Grid
import SearchIndex

extension Field {
  /// As in a query.
  fileprivate var name: String {
    switch self {
    case .body: "body"
    case .title: "title"
    case .author: "author"
    }
  }
}

extension Explanation {
  /// Writes a line for each share of the score, and what they come to.
  func write(to out: inout Output) {
    for share in shares {
      line(share.score, &out)
      out.write(untrusted: share.word, lineEnds: .fold)
      if share.isWidened { out.write(" or a word it stands for") }
      out.write(" in \(share.field.name): rarity \(decimal(share.rarity)) (\(share.frequency) documents)")
      out.write(" × weight \(decimal(share.weight)) × frequency \(decimal(share.saturation))\n")
    }
    for pair in nearness {
      line(pair.score, &out)
      out.write(untrusted: Array(pair.words.joined(separator: [0x20])), lineEnds: .fold)
      out.write(pair.distance == 1 ? ": side by side\n" : ": \(pair.distance) words apart\n")
    }
    if decimal(rounding) != decimal(0) {
      line(rounding, &out)
      out.write("rounding\n")
    }
    line(score, &out)
    out.write(isExact ? "in all, every word as written\n" : "in all, by other forms of its words\n")
  }

  private func line(_ score: Float, _ out: inout Output) {
    let number = decimal(score)
    out.write(String(repeating: " ", count: max(1, 12 - number.utf8.count)) + number + "  ")
  }

  /// With four decimals, as JSON has it.
  private func decimal(_ number: Float) -> String {
    var json = JSONText()
    json.value(number)
    return String(decoding: json.take(), as: UTF8.self)
  }
}

extension JSONText {
  /// How a score came about.
  mutating func value(_ explanation: Explanation) {
    beginObject()
    key("exact")
    value(explanation.isExact)
    key("shares")
    beginArray()
    for share in explanation.shares {
      beginObject()
      key("word")
      value(share.word)
      key("widened")
      value(share.isWidened)
      key("field")
      value(share.field.name)
      key("documents")
      value(share.frequency)
      key("rarity")
      value(share.rarity)
      key("weight")
      value(share.weight)
      key("frequency")
      value(share.saturation)
      key("score")
      value(share.score)
      endObject()
    }
    endArray()
    key("nearness")
    beginArray()
    for pair in explanation.nearness {
      beginObject()
      key("words")
      strings(pair.words)
      key("distance")
      value(pair.distance)
      key("score")
      value(pair.score)
      endObject()
    }
    endArray()
    key("rounding")
    value(explanation.rounding)
    endObject()
  }
}
