/// Walks one segment in windows of 4096 documents: first which documents of the window fit, by whole
/// words of bits, then, if asked, how well.
///
/// Windows in which nothing can fit are stepped over, and what is dear (the check of a text) is asked only
/// about documents that passed the rest.
struct WindowScan {
  /// Documents of a window.
  static let size: UInt32 = 4096
  private static let words = 64

  private var plan: SegmentPlan
  private let fields: [FieldIndex]
  private let base: Int
  private let documentCount: UInt32
  private let texts: any DocumentTexts
  private let keepsPlace: Bool
  private var bits: [UInt64]
  /// The bits of the documents that are searched at all, after those of the nodes.
  private let live: Int
  private var first: UInt32 = 0
  private var scores: [Float]

  /// - Parameter base: the number of the segment's first document in the index.
  init(_ plan: SegmentPlan, segment: IndexSegment, base: Int, texts: any DocumentTexts, isRanked: Bool) {
    self.plan = plan
    self.base = base
    self.texts = texts
    fields = Field.allCases.map { segment.field($0) }
    documentCount = UInt32(segment.documentCount)
    keepsPlace = isRanked
    live = plan.kinds.count
    bits = Array(repeating: 0, count: (live + 1) * WindowScan.words)
    scores = isRanked ? Array(repeating: 0, count: Int(WindowScan.size)) : []
  }

  /// The next window at or after a document in which something may fit, by its first document.
  func window(from document: UInt32) -> UInt32? {
    guard document < documentCount, let found = lowerBound(plan.root, from: document), found < documentCount
    else { return nil }
    return found & ~(WindowScan.size - 1)
  }

  /// Finds the documents of a window; false if there are none.
  mutating func match(window: UInt32, restrictedTo: DocumentBitmap?, excluding: DocumentBitmap?) -> Bool {
    first = window
    var any: UInt64 = 0
    for word in 0..<WindowScan.words {
      let place = Int(window) + word * 64
      let left = Int(documentCount) - place
      var mask: UInt64 = left >= 64 ? .max : left > 0 ? (1 << UInt64(left)) &- 1 : 0
      if let restrictedTo { mask &= restrictedTo.bits(from: base + place) }
      if let excluding { mask &= ~excluding.bits(from: base + place) }
      bits[live * WindowScan.words + word] = mask
      any |= mask
    }
    guard any != 0 else { return false }
    evaluate(plan.root, within: live)
    return intersect(plan.root, live)
  }

  /// The expression that took too long, if one did: what the scan finds is no answer then.
  var refused: RegularExpression? { plan.matchers.lazy.compactMap(\.refused).first }

  /// How many documents of the window fit.
  var count: Int { (0..<WindowScan.words).reduce(0) { $0 + self[plan.root, $1].nonzeroBitCount } }

  /// Calls `body` for each document of the window that fits, by its number in the index.
  func forEachMatch(_ body: (_ document: UInt32, _ score: Float) -> Void) {
    for word in 0..<WindowScan.words {
      var rest = self[plan.root, word]
      while rest != 0 {
        let place = word * 64 + rest.trailingZeroBitCount
        body(UInt32(base) + first + UInt32(place), keepsPlace ? scores[place] : 0)
        rest &= rest &- 1
      }
    }
  }

  private subscript(_ node: Int, _ word: Int) -> UInt64 {
    get { bits[node * WindowScan.words + word] }
    set { bits[node * WindowScan.words + word] = newValue }
  }

  /// Keeps of a node what is in another; whether anything is left.
  private mutating func intersect(_ node: Int, _ other: Int) -> Bool {
    var any: UInt64 = 0
    for word in 0..<WindowScan.words {
      self[node, word] &= self[other, word]
      any |= self[node, word]
    }
    return any != 0
  }

  private mutating func fill(_ node: Int, from other: Int?) {
    for word in 0..<WindowScan.words { self[node, word] = other.map { self[$0, word] } ?? 0 }
  }
}

// MARK: - Which documents fit

extension WindowScan {
  /// Sets the bits of a node, at least for the documents in the bits of `limit`.
  private mutating func evaluate(_ node: Int, within limit: Int) {
    switch plan.kinds[node] {
    case .nothing: fill(node, from: nil)
    case .everything: fill(node, from: limit)
    case .term(let lists):
      fill(node, from: nil)
      for list in lists { mark(list, node) }
    case .anyTerm(let sets, _):
      for word in 0..<WindowScan.words {
        self[node, word] = sets.reduce(0) { $0 | $1.documents.bits(from: Int(first) + word * 64) }
      }
    case .filter(let documents):
      for word in 0..<WindowScan.words {
        self[node, word] = documents.bits(from: base + Int(first) + word * 64)
      }
    case .verified(let child, let field, let matcher):
      evaluate(child, within: limit)
      fill(node, from: child)
      if intersect(node, limit) { verify(node, field: field, matcher: matcher) }
    case .and(let children):
      fill(node, from: limit)
      for child in children {
        evaluate(child, within: node)
        if !intersect(node, child) { return }
      }
    case .or(let children):
      fill(node, from: nil)
      for child in children {
        evaluate(child, within: limit)
        for word in 0..<WindowScan.words { self[node, word] |= self[child, word] }
      }
    case .not(let child):
      evaluate(child, within: limit)
      for word in 0..<WindowScan.words { self[node, word] = self[limit, word] & ~self[child, word] }
    }
  }

  private mutating func mark(_ list: Int, _ node: Int) {
    withCursor(list) { scan, cursor in
      let start = node * WindowScan.words
      let first = scan.first
      cursor.forEachPosting(
        in: scan.fields[Int(scan.plan.leaves[list].field.rawValue)], from: first, to: first + WindowScan.size,
        rewinds: scan.keepsPlace
      ) { document, _ in
        let place = Int(document - first)
        scan.bits[start + place / 64] |= 1 << UInt64(place % 64)
      }
    }
  }

  /// Takes a cursor out of the plan for as long as it moves, so that its buffers are not copied.
  private mutating func withCursor(_ list: Int, _ body: (inout WindowScan, inout PostingCursor) -> Void) {
    var cursor = PostingCursor.finished
    swap(&cursor, &plan.leaves[list].cursor)
    body(&self, &cursor)
    swap(&cursor, &plan.leaves[list].cursor)
  }

  private mutating func verify(_ node: Int, field: Field, matcher number: Int) {
    var matcher = TextMatcher.none
    swap(&matcher, &plan.matchers[number])
    defer { swap(&matcher, &plan.matchers[number]) }
    for word in 0..<WindowScan.words {
      var rest = self[node, word]
      var kept = rest
      while rest != 0 {
        let place = rest.trailingZeroBitCount
        let document = DocumentID(rawValue: UInt32(base) + first + UInt32(word * 64 + place))
        let isMatch = texts.withText(of: document, field: field) { matcher.isMatch($0) }
        if !isMatch { kept &= ~(1 << UInt64(place)) }
        rest &= rest &- 1
      }
      self[node, word] = kept
    }
  }

  /// A document before which a node finds nothing more; nil if it finds nothing more at all.
  private func lowerBound(_ node: Int, from document: UInt32) -> UInt32? {
    switch plan.kinds[node] {
    case .nothing: return nil
    case .everything, .not, .filter: return document
    case .term(let lists):
      return lists.compactMap { plan.leaves[$0].cursor.lowerBound }.min().map { max($0, document) }
    case .anyTerm(let sets, _):
      return sets.compactMap { $0.documents.first(from: Int(document)) }.min().map { UInt32($0) }
    case .verified(let child, _, _): return lowerBound(child, from: document)
    case .and(let children):
      var bound = document
      for child in children {
        guard let own = lowerBound(child, from: bound) else { return nil }
        bound = max(bound, own)
      }
      return bound
    case .or(let children): return children.compactMap { lowerBound($0, from: document) }.min()
    }
  }
}

// MARK: - How well they fit

extension WindowScan {
  /// Adds up the scores of the window's documents. A part counts for the documents where it and
  /// everything around it fits. Uses up the bits of all nodes but the root's.
  mutating func score() {
    for place in scores.indices { scores[place] = 0 }
    score(plan.root)
  }

  private mutating func score(_ node: Int) {
    switch plan.kinds[node] {
    case .nothing, .everything, .filter, .not: return
    case .term(let lists):
      for list in lists { addImpacts(list, node) }
    case .anyTerm(let sets, let exact):
      for set in sets {
        for word in 0..<WindowScan.words {
          var rest = self[node, word] & set.documents.bits(from: Int(first) + word * 64)
          while rest != 0 {
            scores[word * 64 + rest.trailingZeroBitCount] += set.weight
            rest &= rest &- 1
          }
        }
      }
      for list in exact { addImpacts(list, node) }
    case .verified(let child, _, _):
      if intersect(child, node) { score(child) }
    case .and(let children), .or(let children):
      for child in children where intersect(child, node) { score(child) }
    }
  }

  private mutating func addImpacts(_ list: Int, _ node: Int) {
    let weight = plan.leaves[list].weight
    withCursor(list) { scan, cursor in
      let start = node * WindowScan.words
      let first = scan.first
      cursor.forEachPosting(
        in: scan.fields[Int(scan.plan.leaves[list].field.rawValue)], from: first, to: first + WindowScan.size
      ) { document, impact in
        let place = Int(document - first)
        if scan.bits[start + place / 64] >> UInt64(place % 64) & 1 == 1 {
          scan.scores[place] += weight * Float(impact)
        }
      }
    }
  }
}
