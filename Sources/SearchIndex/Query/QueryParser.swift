extension Query {
  /// Understands what was typed; see the article on the query language.
  ///
  /// - `word other`: both, in any field. `"a phrase"`. `-word`: without. `a OR b`. `( )`.
  /// - `prefix*`, `*ending`, `word~1`, `word~2`. `a NEAR/5 b`. `/regular expression/`, `/the same/i`.
  /// - `author:name`, `title:word`, `author:"two words"`, `title:(a OR b)`.
  /// - Filters: `is: in: tag: note: source: format: date: before: after: replies: thread:`.
  /// - `C++`, `#1`, `@name` and addresses are found as written.
  /// - Parameter typing: the text is still being typed: its last word stands for all words that begin with
  ///   it, and what is not closed yet is no problem.
  /// - Parameter stemming: widens words to all of the same stem, those that are neither quoted nor negated
  ///   nor names nor written with signs; documents with the words themselves come first.
  /// - Complexity: linear in the bytes of the text, of which at most `longestQuery` are read.
  public static func parse(_ text: String, typing: Bool = false, stemming: Stemming? = nil) -> Query {
    parse(Array(text.utf8), typing: typing, stemming: stemming)
  }

  /// Understands what was typed, given as UTF-8; bytes that are not valid separate words.
  public static func parse(_ text: [UInt8], typing: Bool = false, stemming: Stemming? = nil) -> Query {
    var parser = QueryParser(text, typing: typing, stemming: stemming)
    let root = parser.parse()
    return Query(
      source: parser.source, problems: parser.problems, root: root,
      exactRoot: root.hasStems ? root.withoutStems : nil, shown: root.shown)
  }
}

/// Reads a query from left to right, one byte or piece at a time, never going back.
struct QueryParser {
  let source: [UInt8]
  let typing: Bool
  let stemming: Stemming?
  var problems: [QueryProblem] = []
  var at = 0

  /// Groups inside one another; what is deeper is read as if it had no parentheses.
  private static let deepest = 50

  init(_ text: [UInt8], typing: Bool, stemming: Stemming? = nil) {
    self.typing = typing
    self.stemming = stemming
    guard text.count > Query.longestQuery else {
      source = text
      return
    }
    var end = Query.longestQuery
    while end > Query.longestQuery - 4, text[end] & 0xC0 == 0x80 { end -= 1 }
    // Not in the middle of a word, if a word ends near.
    var space = end
    while space > end - 256, text[space] > 0x20 { space -= 1 }
    if text[space] <= 0x20 { end = space }
    source = Array(text[..<end])
    problems = [QueryProblem(kind: .queryTooLong, range: end..<text.count)]
  }

  mutating func parse() -> QueryNode {
    var parts: [QueryNode] = []
    while at < source.count {
      if let node = alternatives(depth: 0, field: nil) { parts.append(node) }
      if at < source.count {
        // Only a closing parenthesis ends the outermost group.
        report(.strayParenthesis, at..<at + 1)
        at += 1
      }
    }
    return QueryParser.all(parts) ?? .nothing
  }

  /// `a b OR c d`, up to a closing parenthesis or the end.
  private mutating func alternatives(depth: Int, field: Field?) -> QueryNode? {
    var choices: [QueryNode] = []
    var parts: [QueryNode] = []
    var dangling: Range<Int>?
    var isFirst = true
    while skipSpace() {
      if source[at] == UInt8(ascii: ")") { break }
      if keyword("OR") {
        let range = at..<at + 2
        at += 2
        if isFirst { report(.danglingOperator, range) } else { dangling = range }
        if let node = QueryParser.all(parts) { choices.append(node) }
        parts = []
        continue
      }
      if keyword("AND") {
        at += 3
        continue
      }
      if let near = nearOperator() {
        // After a word or a phrase it is read with that.
        if typing && at == source.count && !isFirst { continue }
        report(.danglingNear, near.range)
        continue
      }
      isFirst = false
      dangling = nil
      if let node = part(depth: depth, field: field) { parts.append(node) }
    }
    if let dangling, !typing { report(.danglingOperator, dangling) }
    if let node = QueryParser.all(parts) { choices.append(node) }
    return choices.count > 1 ? .or(choices) : choices.first
  }

  private static func all(_ parts: [QueryNode]) -> QueryNode? {
    parts.count > 1 ? .and(parts) : parts.first
  }

  /// One word, phrase, group or filter, perhaps negated.
  private mutating func part(depth: Int, field: Field?) -> QueryNode? {
    let begun = at
    if keyword("NOT") {
      at += 3
      guard skipSpace(), source[at] != UInt8(ascii: ")"), !keyword("OR") else {
        report(.danglingOperator, begun..<at)
        return nil
      }
      return primary(depth: depth, field: field, isNegated: true).map { .not($0) }
    }
    if source[at] == UInt8(ascii: "-") {
      if at + 1 < source.count, !isSpace(at + 1), source[at + 1] != UInt8(ascii: ")"),
        source[at + 1] != UInt8(ascii: "-"), source[at + 1] != UInt8(ascii: ">")
      {
        at += 1
        return primary(depth: depth, field: field, isNegated: true).map { .not($0) }
      }
      if !typing && (at + 1 == source.count || isSpace(at + 1)) {
        report(.danglingOperator, at..<at + 1)
        at += 1
        return nil
      }
    }
    return primary(depth: depth, field: field, isNegated: false)
  }

  /// One of them, and what `NEAR` ties to it.
  private mutating func primary(depth: Int, field: Field?, isNegated: Bool) -> QueryNode? {
    let first = single(depth: depth, field: field, isNegated: isNegated)
    guard case .pattern(let pattern) = first else { return first }
    return nearChain(pattern, depth: depth, field: field, isNegated: isNegated)
  }

  private mutating func single(depth: Int, field: Field?, isNegated: Bool) -> QueryNode? {
    if source[at] == UInt8(ascii: "(") { return group(depth: depth, field: field) }
    if quoteSize(at) > 0 { return phrase(field: field, isNegated: isNegated) }
    if let name = prefixName() {
      let begun = at
      at += name.utf8.count + 1
      let named: Field? = name == "author" ? .author : name == "title" ? .title : name == "body" ? .body : nil
      if let named {
        guard at < source.count, !isSpace(at), source[at] != UInt8(ascii: ")") else {
          if !typing || at < source.count { report(.missingValue(name), begun..<at) }
          return nil
        }
        if source[at] == UInt8(ascii: "(") { return group(depth: depth, field: named) }
        if quoteSize(at) > 0 { return phrase(field: named, isNegated: isNegated) }
        if let expression = expression(field: named) { return expression.node }
        let word = piece(depth: depth)
        return words(word, field: named, isNegated: isNegated)
      }
      return filter(name, begun: begun, depth: depth)
    }
    if let expression = expression(field: field) { return expression.node }
    let word = piece(depth: depth)
    return words(word, field: field, isNegated: isNegated)
  }

  private mutating func group(depth: Int, field: Field?) -> QueryNode? {
    let open = at
    at += 1
    guard depth < QueryParser.deepest else {
      if problems.last?.kind != .tooDeep { report(.tooDeep, open..<open + 1) }
      return nil
    }
    let node = alternatives(depth: depth + 1, field: field)
    if at < source.count {
      at += 1
    } else if !typing {
      report(.openGroup, open..<open + 1)
    }
    return node
  }

  private mutating func filter(_ name: String, begun: Int, depth: Int) -> QueryNode? {
    guard let known = FilterName(rawValue: name) else { return nil }
    var value: Range<Int>
    if at < source.count, quoteSize(at) > 0 {
      value = quoted()
    } else {
      value = piece(depth: depth)
    }
    let end = at
    while value.lowerBound < value.upperBound, isSpace(value.lowerBound) {
      value = value.lowerBound + 1..<value.upperBound
    }
    guard !value.isEmpty else {
      if !typing || end < source.count { report(.missingValue(name), begun..<end) }
      return nil
    }
    switch known.filter(String(decoding: source[value], as: UTF8.self)) {
    case .success(let filter): return .filter(filter, begun..<end)
    case .failure(let remedy):
      if !typing || end < source.count { report(.badValue(remedy.text), begun..<end) }
      return nil
    }
  }
}

// MARK: - Words and phrases

extension QueryParser {
  private mutating func phrase(field: Field?, isNegated: Bool) -> QueryNode? {
    let open = at
    var inside = quoted()
    let isOpen = at == source.count && (inside.upperBound == at)
    if isOpen && !typing { report(.openQuote, open..<open + 1) }
    var isPrefix = isOpen && typing && !isNegated
    if !inside.isEmpty, source[inside.upperBound - 1] == UInt8(ascii: "*") {
      inside = inside.lowerBound..<inside.upperBound - 1
      isPrefix = true
    }
    return pattern(inside, field: field, last: isPrefix ? .prefix : .exact, isQuoted: true)
  }

  /// A piece without spaces: most often one word.
  private mutating func words(_ piece: Range<Int>, field: Field?, isNegated: Bool) -> QueryNode? {
    var inside = piece
    var last = PatternWord.Match.exact
    if typing && piece.upperBound == source.count && !isNegated { last = .prefix }
    if let end = source[inside].last, inside.count > 1 {
      if end == UInt8(ascii: "*") {
        inside = inside.lowerBound..<inside.upperBound - 1
        last = .prefix
      } else if end == UInt8(ascii: "~") {
        inside = inside.lowerBound..<inside.upperBound - 1
        last = .within(1)
      } else if inside.count > 2, source[inside.upperBound - 2] == UInt8(ascii: "~"),
        end == UInt8(ascii: "1") || end == UInt8(ascii: "2")
      {
        inside = inside.lowerBound..<inside.upperBound - 2
        last = .within(Int(end - 0x30))
      }
    }
    if inside.count > 1, last == .exact || last == .prefix && piece.upperBound == source.count && typing,
      source[inside.lowerBound] == UInt8(ascii: "*"), source[inside.upperBound - 1] != UInt8(ascii: "*")
    {
      inside = inside.lowerBound + 1..<inside.upperBound
      last = .suffix
    }
    if last == .exact, !isNegated, field != .author, let stemming {
      return pattern(inside, field: field, last: last, isQuoted: false, stemming: stemming)
    }
    return pattern(inside, field: field, last: last, isQuoted: false)
  }

  private mutating func pattern(
    _ range: Range<Int>, field: Field?, last: PatternWord.Match, isQuoted: Bool, stemming: Stemming? = nil
  ) -> QueryNode? {
    let bytes = source
    let text = bytes.span.extracting(range)
    var scanner = WordScanner()
    var found: [(word: PatternWord, range: Range<Int>)] = []
    while scanner.next(in: text) {
      if scanner.isTail { continue }
      if found.count == Pattern.longest {
        report(.phraseTooLong, range.lowerBound + scanner.start..<range.upperBound)
        break
      }
      let term = scanner.term()
      let isCharacter = QueryParser.isSingleCharacter(term)
      found.append(
        (
          PatternWord(bytes: term, match: isCharacter ? .prefix : .exact, isCharacter: isCharacter),
          scanner.start..<scanner.end
        ))
    }
    guard let final = found.last else {
      let isUnfinished = typing && range.upperBound == source.count
      if !isUnfinished {
        report(.noWords, range.isEmpty ? max(0, range.lowerBound - 1)..<at : range)
      }
      return nil
    }
    // One letter of two says too little to be allowed to differ.
    var isTooShort = false
    if case .within = last { isTooShort = scalars(of: final.word.bytes).count < 3 }
    // An ending is that of a single word.
    let isBroken = last == .suffix && (found.count > 1 || final.range != 0..<range.count)
    let isCut =
      last == .exact || isTooShort || isBroken || final.range.upperBound < range.count
      || final.word.isCharacter
    if !isCut { found[found.count - 1].word = PatternWord(bytes: final.word.bytes, match: last) }
    var words = found.map(\.word)
    if words.count > 1 {
      // Inside a phrase a character read by pairs is no pair's beginning.
      words = words.map { $0.isCharacter ? PatternWord(bytes: $0.bytes, match: .exact) : $0 }
    }
    var gaps = WrittenGap.gaps(of: found.map(\.range), in: text, isQuoted: isQuoted)
    if !isCut && !gaps.isEmpty { gaps[gaps.count - 1] = nil }
    if gaps.allSatisfy({ $0 == nil }) { gaps = [] }
    if let stemming, words.count == 1, gaps.isEmpty, words[0].match == .exact,
      let stems = StemClass(of: words[0].bytes, stemming)
    {
      words = [PatternWord(bytes: words[0].bytes, match: .stem(stems))]
    }
    return .pattern(Pattern(words: words, gaps: gaps, field: field))
  }

  private static func isSingleCharacter(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 3 || bytes.count == 4 else { return false }
    let letters = scalars(of: bytes)
    return letters.count == 1 && ScalarClass.of(letters[0]).kind == .paired
  }
}

// MARK: - NEAR

extension QueryParser {
  /// Goes over `NEAR` or `NEAR/5`, if it stands here by itself.
  private mutating func nearOperator() -> (distance: Int, range: Range<Int>)? {
    let begun = at
    if keyword("NEAR") {
      at += 4
      return (Near.usualDistance, begun..<at)
    }
    guard source[at] == UInt8(ascii: "N"), holds(Array("NEAR/".utf8), at: at) else { return nil }
    var end = at + 5
    var distance = 0
    while end < source.count, (0x30...0x39).contains(source[end]) {
      distance = min(distance * 10 + Int(source[end] - 0x30), Int(Int32.max))
      end += 1
    }
    guard end == source.count || isSpace(end) || quoteSize(end) > 0 || source[end] == UInt8(ascii: ")") else {
      return nil
    }
    at = end
    if distance == 0 {
      if !typing || end < source.count { report(.badDistance, begun..<end) }
      distance = Near.usualDistance
    }
    return (distance, begun..<end)
  }

  /// Takes what `NEAR` ties to a word or a phrase, as often as it stands there.
  private mutating func nearChain(
    _ first: Pattern, depth: Int, field: Field?, isNegated: Bool
  ) -> QueryNode? {
    var near = Near(operands: [first], distances: [], field: first.field)
    var beside: [QueryNode] = []
    while true {
      let begun = at
      guard skipSpace(), let (distance, range) = nearOperator() else {
        at = begun
        break
      }
      guard skipSpace(), source[at] != UInt8(ascii: ")"), source[at] != UInt8(ascii: "-"), !keyword("OR"),
        !keyword("NOT"), !keyword("AND")
      else {
        if !typing || at < source.count { report(.danglingNear, range) }
        break
      }
      let next = single(depth: depth, field: field, isNegated: isNegated)
      guard case .pattern(let pattern) = next else {
        if !typing || at < source.count { report(.danglingNear, range) }
        if let next { beside.append(next) }
        break
      }
      if let own = pattern.field, let other = near.field, own != other {
        report(.nearAcrossFields, range)
        beside.append(.pattern(pattern))
        break
      }
      near.field = near.field ?? pattern.field
      near.operands.append(pattern)
      near.distances.append(distance)
    }
    let node: QueryNode = near.operands.count > 1 ? .near(near) : .pattern(first)
    return QueryParser.all([node] + beside)
  }
}

// MARK: - Regular expressions

extension QueryParser {
  /// What stands between slashes here: an expression, or nothing if it cannot be read. Nil, and nothing is
  /// gone over, if no expression stands here: `/usr/share` is a word as written.
  private mutating func expression(field: Field?) -> (node: QueryNode?, Void)? {
    guard source[at] == UInt8(ascii: "/"), at + 1 < source.count, !isSpace(at + 1) else { return nil }
    let begun = at
    var end = begun + 1
    var isInClass = false
    scan: while end < source.count {
      switch source[end] {
      case UInt8(ascii: "\\"): end += 1
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "/") where !isInClass: break scan
      default: break
      }
      end += 1
    }
    if end >= source.count {
      guard typing else {
        // Without any second slash a leading one is more likely that of a path.
        if !source[begun + 1..<source.count].contains(where: { "[]()*+?\\|^${}".utf8.contains($0) }) {
          return nil
        }
        report(.openExpression, begun..<begun + 1)
        return nil
      }
      at = source.count
      let node = try? RegularExpression(
        Array(source[begun + 1..<source.count]), ignoresCase: false, field: field ?? .body,
        range: begun..<source.count)
      return (node.map { .regex($0) }, ())
    }
    var after = end + 1
    let ignoresCase = after < source.count && source[after] | 0x20 == UInt8(ascii: "i")
    if ignoresCase { after += 1 }
    guard end > begun + 1, after == source.count || isSpace(after) || source[after] == UInt8(ascii: ")")
    else {
      return nil
    }
    at = after
    do {
      let node = try RegularExpression(
        Array(source[begun + 1..<end]), ignoresCase: ignoresCase, field: field ?? .body, range: begun..<after)
      return (.regex(node), ())
    } catch {
      report(.badExpression(error.reason), begun..<after)
      return (nil, ())
    }
  }
}

// MARK: - Bytes

extension QueryParser {
  fileprivate mutating func report(_ kind: QueryProblem.Kind, _ range: Range<Int>) {
    problems.append(QueryProblem(kind: kind, range: range))
  }

  /// Goes to the next byte that is no space; false at the end.
  private mutating func skipSpace() -> Bool {
    while at < source.count, isSpace(at) { at += 1 }
    return at < source.count
  }

  /// Blanks and control characters, and the trail bytes of the wide and the fixed space.
  private func isSpace(_ place: Int) -> Bool {
    let byte = source[place]
    if byte <= 0x20 || byte == 0x7F { return true }
    if byte < 0x80 { return false }
    if byte == 0xC2 { return holds([0xC2, 0xA0], at: place) }
    if byte == 0xA0 { return place > 0 && source[place - 1] == 0xC2 }
    for back in 0..<3 where place >= back && holds([0xE3, 0x80, 0x80], at: place - back) { return true }
    return false
  }

  private func holds(_ bytes: [UInt8], at place: Int) -> Bool {
    place + bytes.count <= source.count && source[place..<place + bytes.count].elementsEqual(bytes)
  }

  /// Bytes of the quotation mark at a place: `"`, `“`, `”` or `„`; 0 if there is none.
  private func quoteSize(_ place: Int) -> Int {
    if source[place] == UInt8(ascii: "\"") { return 1 }
    guard source[place] == 0xE2, place + 2 < source.count, source[place + 1] == 0x80 else { return 0 }
    return (0x9C...0x9E).contains(source[place + 2]) ? 3 : 0
  }

  /// Goes over a quoted text and returns what is inside; at the end if it is not closed.
  private mutating func quoted() -> Range<Int> {
    at += quoteSize(at)
    let start = at
    while at < source.count {
      let size = quoteSize(at)
      if size > 0 {
        at += size
        return start..<at - size
      }
      at += 1
    }
    return start..<at
  }

  /// Goes over everything up to a space, a quotation mark, or a parenthesis that closes the group.
  private mutating func piece(depth: Int) -> Range<Int> {
    let start = at
    var open = 0
    while at < source.count, !isSpace(at), at == start || quoteSize(at) == 0 {
      if source[at] == UInt8(ascii: "(") { open += 1 }
      if source[at] == UInt8(ascii: ")") {
        if open == 0 && (depth > 0 || at == start) { break }
        if open > 0 { open -= 1 }
      }
      at += 1
    }
    return start..<at
  }

  /// Whether an operator stands here by itself.
  private func keyword(_ word: StaticString) -> Bool {
    let end = at + word.utf8CodeUnitCount
    guard end <= source.count else { return false }
    for place in at..<end where unsafe source[place] != word.utf8Start[place - at] { return false }
    return end == source.count ? !typing : isSpace(end) || source[end] == UInt8(ascii: "(")
  }

  /// The known name before a colon, if one stands here.
  private func prefixName() -> String? {
    var end = at
    while end < source.count, end - at < 8, source[end] | 0x20 >= 0x61, source[end] | 0x20 <= 0x7A {
      end += 1
    }
    guard end > at, end < source.count, source[end] == UInt8(ascii: ":") else { return nil }
    let name = String(decoding: source[at..<end].map { $0 | 0x20 }, as: UTF8.self)
    let isKnown = ["author", "title", "body"].contains(name) || FilterName(rawValue: name) != nil
    return isKnown ? name : nil
  }
}
