/// What is hidden in made-up discussions: words, phrases, beginnings and misspellings that nothing else
/// there spells, and the documents that hold them.
struct Needles: Sendable {
  /// A query and the documents that are its whole answer.
  struct Needle: Sendable {
    let kind: String
    let query: String
    let documents: [Int]
  }

  let needles: [Needle]
  /// What is written into documents, by document.
  let plants: [Int: [String]]

  /// Hides needles in so many documents; the same ones for the same number.
  init(documentCount: Int, seed: UInt64) {
    var random = Seeded(state: seed ^ 0x6E65_6564_6C65)
    var plants: [Int: [String]] = [:]
    var needles: [Needle] = []
    func places(_ count: Int) -> [Int] {
      var places: Set<Int> = []
      while places.count < min(count, documentCount / 2) {
        places.insert(Int(random.next() % UInt64(documentCount)))
      }
      return places.sorted()
    }
    func hide(_ text: String, in documents: [Int]) {
      for document in documents { plants[document, default: []].append(text) }
    }
    func letters(_ number: Int) -> String {
      String(
        String(number + 26 * 26, radix: 26).map { Character(Unicode.Scalar(97 + UInt8($0.hexDigitValue26))) })
    }
    // Rare words, of one document up to a thousand.
    for (number, count) in [1, 1, 1, 1, 2, 2, 3, 5, 10, 20, 50, 100, 127, 128, 129, 200, 500, 1000]
      .enumerated()
    {
      let word = "qurz\(letters(number))"
      let found = places(count)
      hide(word, in: found)
      needles.append(Needle(kind: "word", query: word, documents: found))
    }
    // Phrases whose words also stand apart, and the other way round.
    for number in 0..<12 {
      let (first, second) = ("qalm\(letters(number))", "qoin\(letters(number))")
      let found = places(1 + number * number)
      hide("\(first) \(second)", in: found)
      let apart = places(300)
      for document in apart where !found.contains(document) {
        hide(document % 2 == 0 ? "\(second) \(first)" : "\(first) and \(second)", in: [document])
      }
      needles.append(Needle(kind: "phrase", query: "\"\(first) \(second)\"", documents: found))
    }
    // Beginnings: what they begin is spread over many terms.
    for number in 0..<8 {
      let beginning = "qev\(letters(number))"
      var all: Set<Int> = []
      for ending in 0..<40 {
        let found = places(3)
        hide(beginning + letters(ending) + "ta", in: found)
        all.formUnion(found)
      }
      needles.append(Needle(kind: "prefix", query: beginning + "*", documents: all.sorted()))
    }
    // Misspellings: one edit away is found, two are not.
    for number in 0..<8 {
      let word = "qim\(letters(number))\(letters(number))lander"
      var all: Set<Int> = []
      for near in [
        word, word.replacing("land", with: "lnad"), word.replacing("lander", with: "laner"),
        word.replacing("lander", with: "landder"), word.replacing("lander", with: "lamder"),
      ] {
        let found = places(4)
        hide(near, in: found)
        all.formUnion(found)
      }
      hide(word.replacing("lander", with: "lnaderr"), in: places(4))
      needles.append(Needle(kind: "fuzzy", query: word + "~1", documents: all.sorted()))
    }
    self.needles = needles
    self.plants = plants
  }
}

extension Character {
  /// 0...25 for a digit of base 26 as the standard library writes it.
  fileprivate var hexDigitValue26: Int {
    guard let ascii = asciiValue else { return 0 }
    return ascii < 58 ? Int(ascii) - 48 : Int(ascii) - 87
  }
}
