import Testing

@testable import SearchIndex

/// The short way through parts of one word finds what the long way finds.
@Suite struct ProximityTwinTests {
  @Test func singleWordsAreAsNearAsPhrasesOfThem() throws {
    var random = Seeded(64)
    let words = ["fund", "funds", "Office", "a", "zeit", "é", "職員", "governmentally", "governmentalism"]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
      let parts = (0..<Int.random(in: 2...4, using: &random)).map { _ in
        (words.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? "*" : "")
      }
      let query = Query.parse(parts.joined(separator: " "))
      guard var near = Proximity(query, rarity: { _ in 1 }) else { continue }
      // Where every part is one word, the long way is asked for by one more part that is a phrase.
      let twin = Query.parse(parts.joined(separator: " ") + " \"qqq qqq\"")
      guard var long = Proximity(twin, rarity: { _ in 1 }) else { continue }
      let bytes = Array(text.utf8)
      #expect(near.pairs(in: bytes.span) == long.pairs(in: bytes.span), "\(parts) in \(text)")
    }
  }
}
