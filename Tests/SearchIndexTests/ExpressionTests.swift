import CKernel
import Testing

@testable import SearchIndex

@Suite struct ExpressionTests {
  func expression(_ pattern: String, ignoresCase: Bool = false) throws -> RegularExpression {
    try RegularExpression(Array(pattern.utf8), ignoresCase: ignoresCase, field: .body, range: 0..<1)
  }

  @Test(
    arguments: [
      ("social", "social", true, "social"), ("ab+c", "ab", false, "ab"), ("ab?cd", "cd", false, "cd"),
      ("(x|y)end", "end", false, "end"), ("a|b", "", false, ""), ("a\\.b", "a.b", false, "a"),
      ("colou?rs", "colo", false, "colo"), ("[ab]cd[^]x]", "cd", false, "cd"), ("x{2}yz", "yz", false, "yz"),
      ("(?i)abc", "", false, ""), ("\\bfoo\\b", "foo", false, "foo"), ("\\x41bc", "", false, ""),
      ("Ab 12", "Ab 12", true, "ab"), ("été", "été", true, "t"), ("a(?:b)+c", "a", false, "a"),
    ] as [(String, String, Bool, String)])
  func readsWhatIsRequired(_ pattern: String, _ bytes: String, _ isWhole: Bool, _ word: String) throws {
    let literal = try expression(pattern).literal
    #expect(String(decoding: literal.bytes, as: UTF8.self) == bytes)
    #expect(literal.isWhole == isWhole)
    #expect(String(decoding: literal.ofAWord, as: UTF8.self) == word)
  }

  /// Whatever matches holds what the expression is said to require.
  @Test func requiresNothingThatAMatchMayLack() throws {
    var random = Seeded(31)
    let pieces = [
      "a", "b", "ab", "k", "1", ".", "*", "+", "?", "{2}", "{0,1}", "(", ")", "|", "[", "]", "[^a]", "\\",
      "[ab]", "[1-9]", "[A.]", "[\\.b]", "[k1]", "[é2]", "{2,}", "{1,3}", "\\d",
      "\\b", "^", "$", "(?:", "é", "\\.", "\\Q", "(?i)", "{", "}",
    ]
    var tried = 0
    for _ in 0..<4_000 {
      let pattern = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      let ignoresCase = Bool.random(using: &random)
      guard let read = try? expression(pattern, ignoresCase: ignoresCase) else { continue }
      tried += 1
      var matcher = RegexMatcher(read)
      for _ in 0..<6 {
        let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in
          ["a", "b", "A", "1", "é", ".", "\u{212A}", "{", "2", " "].randomElement(using: &random) ?? ""
        }.joined()
        let bytes = Array(text.utf8)
        let isThere = matcher.first(in: bytes.span, from: 0) != nil
        #expect(matcher.isMatch(bytes.span) == isThere, "/\(pattern)/ in \(text)")
        guard isThere, !read.literal.ofAWord.isEmpty else { continue }
        var scanner = WordScanner()
        var holds = false
        while scanner.next(in: bytes.span) {
          if Needle(read.literal.ofAWord).first(in: scanner.term().span) != nil { holds = true }
        }
        #expect(holds, "/\(pattern)/ in \(text)")
      }
    }
    #expect(tried > 1_000)
  }

  @Test(arguments: ["(a+)+$", "(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)(.*)[^ab]$", "(?R)", "(a*)*$(?<=b)"])
  func givesUpWhatTakesTooLong(_ pattern: String) throws {
    let corpus = Corpus([String(repeating: "a", count: 5_000) + "b", "aaa"])
    let result = corpus.index().search(
      .parse("/\(pattern)/"), texts: corpus, limit: 9, order: .reading)
    #expect(result.problems.map(\.kind) == [.slowExpression] && result.hits.isEmpty && result.total == 0)
  }

  @Test func findsBytesAsItsTwinDoes() {
    var random = Seeded(32)
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        UInt8.random(in: 0x61...0x63, using: &random)
      }
      let wanted = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        UInt8.random(in: 0x61...0x63, using: &random)
      }
      let plain = text.indices.first { text[$0...].starts(with: wanted) }
      #expect(Needle(wanted).first(in: text.span) == plain)
      let (one, two) = (Int.random(in: wanted.indices, using: &random), wanted.count - 1)
      unsafe text.withUnsafeBufferPointer { text in
        unsafe wanted.withUnsafeBufferPointer { wanted in
          guard let base = text.baseAddress, let needle = wanted.baseAddress else { return }
          let fast = unsafe ck_find(base, text.count, needle, wanted.count, one, two)
          let twin = unsafe ck_find_portable(base, text.count, needle, wanted.count, one, two)
          #expect(fast == twin && fast == (plain ?? -1))
        }
      }
    }
  }

  /// What stands side by side in every match, where that is rare enough to be looked for.
  @Test(
    arguments: [
      ("[bc][aeiou]{2} q", "bc aeiou aeiou   q"), ("x[0-9]+y", "x 0123456789"), ("qz?x[12]", "x 12"),
      ("(z)qj|x", ""), ("[^a]qj", ""), ("qj\\d{2}x", "q j"), ("q{3,}", "q q q"), ("[a-y]+", ""),
    ] as [(String, String)])
  func readsRequiredClasses(_ pattern: String, _ wanted: String) throws {
    let classes = RequiredClasses(of: Array(pattern.utf8), ignoresCase: false)
    let found = (0..<(classes?.count ?? 0)).map { place in
      String(
        decoding: (0..<256).filter { (classes?.places[$0] ?? 0) >> UInt8(place) & 1 == 1 }.map { UInt8($0) },
        as: UTF8.self)
    }
    #expect(found.joined(separator: " ") == wanted)
  }

  /// Bodies that lie side by side are gone through at once, and what reaches from one into the next is no
  /// match.
  @Test func goesThroughBodiesThatLieSideBySide() {
    let bodies = (0..<9_000).map { number in
      number % 7 == 0 ? "one +* two" : number % 11 == 0 ? "three +" : number % 5 == 0 ? "" : "* four"
    }
    let texts = JoinedBodies(bodies)
    let corpus = Corpus(bodies)
    let index = corpus.index(segmentSize: 5_000)
    texts.cut = 5_000
    for text in [
      "/\\+\\*/", "/\\+ ?\\*/", "/e$/", "-/\\+/", "/\\*/ OR one", "/^$/", "/[+*] [t*][wx]/", "/[e3] [+]/",
    ] {
      let query = Query.parse(text)
      let found = index.search(query, texts: texts, limit: .max, order: .reading).hits.map(\.document)
      #expect(found == corpus.truth.matches(query), "\(text)")
    }
  }
}

/// Bodies one after the other, segment by segment.
private final class JoinedBodies: DocumentTexts, @unchecked Sendable {
  // Unchecked: `cut` is set before any search.
  let bodies: [[UInt8]]
  var cut = Int.max

  init(_ bodies: [String]) { self.bodies = bodies.map { Array($0.utf8) } }

  func withText<Result>(of document: DocumentID, field: Field, _ body: (Span<UInt8>) -> Result) -> Result {
    let text = field == .body ? bodies[Int(document.rawValue)] : []
    return body(text.span)
  }

  func withBodies<Result>(
    ofSegment segment: Int, _ body: (_ bytes: Span<UInt8>, _ starts: Span<UInt64>) -> Result
  ) -> Result? {
    let own = bodies[segment * cut..<min(bodies.count, (segment + 1) * cut)]
    var starts: [UInt64] = [0]
    for text in own { starts.append(starts[starts.count - 1] + UInt64(text.count)) }
    return body(Array(own.joined()).span, starts.span)
  }
}

@Suite struct NearTests {
  @Test(
    arguments: [
      ("a NEAR/1 b", [0, 1]), ("a NEAR/2 b", [0, 1, 2]), ("a NEAR b", [0, 1, 2, 3]), ("a NEAR/1 a", []),
      ("a NEAR/2 c NEAR/1 b", [2]), ("\"x y\" NEAR/1 b", [3]), ("a NEAR/1 \"x y\"", [3]),
      ("-a NEAR/1 b", [2, 3, 4]), ("a NEAR/3 title:t", [4]), ("b* NEAR/1 a", [0, 1]),
      ("a NEAR/999999999999 b", [0, 1, 2, 3]),
    ] as [(String, [UInt32])])
  func findsWhatIsNear(_ query: String, _ documents: [UInt32]) {
    let corpus = Corpus([
      .init(body: "a b"), .init(body: "b, a"), .init(body: "a c b"), .init(body: "a x y b"),
      .init(body: "a", title: "t a"),
    ])
    #expect(corpus.found(query) == documents)
    #expect(corpus.truth.matches(.parse(query)).map(\.rawValue) == documents)
  }

  @Test func marksTheNearWordsAlone() {
    let text = Array("a x x x x b a b c".utf8)
    let marked = Query.parse("a NEAR/2 b").highlights(in: text.span, field: .body)
    #expect(marked.map { $0.lowerBound } == [10, 12, 14])
    let chain = Query.parse("a NEAR/1 b NEAR/1 c").highlights(in: text.span, field: .body)
    #expect(chain.map { $0.lowerBound } == [12, 14, 16])
  }
}

@Suite struct StemmingTests {
  let english = Stemming("english")

  @Test func knowsLanguagesAndLocales() {
    #expect(Stemming("en")?.stem(of: Array("comments".utf8)) == Array("comment".utf8))
    #expect(Stemming("klingon") == nil && Stemming("") == nil && Stemming("EN") == nil)
    #expect(Stemming(locale: "de_AT.UTF-8")?.language == "de")
    #expect(Stemming(locale: "C.UTF-8")?.language == "english" && Stemming(locale: "")?.language == "english")
    #expect(Stemming(locale: "ja_JP.UTF-8") == nil)
    #expect(Stemming.languages.contains("english"))
  }

  @Test func findsOtherFormsAfterTheWordItself() {
    let corpus = Corpus([
      "commented commented commented", "a comment and a great deal else", "cities", "city", "using", "use",
      "\"comments\"",
    ])
    func found(_ text: String) -> [UInt32] {
      corpus.index(segmentSize: 3).search(
        .parse(text, stemming: english), texts: corpus, limit: 9, order: .ranked
      ).hits.map(\.document.rawValue)
    }
    #expect(found("comment").first == 1 && Set(found("comment")) == [0, 1, 6])
    #expect(
      found("\"comment\"") == [1] && found("comment*").count == 3 && found("-comment -cit* -us*") == [0, 6])
    #expect(found("city") == [3, 2] && found("cities") == [2, 3])
    #expect(found("use") == [5, 4] && found("using") == [4, 5])
    #expect(found("author:comments") == [])
  }
}
