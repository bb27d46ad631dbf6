internal import Bytes
private import Synchronization

/// Finds the documents of a segment whose body shows an expression, by going through all bodies where they
/// lie, on several cores.
///
/// What every match holds is looked for first, over the bodies as if they were one text; the expression is
/// matched only where that is found, and not at all if it is nothing else.
@safe
final class RegexScan: @unchecked Sendable {
  // Unchecked: the words of bits of one window are written by the one thread that took the window, and
  // read after all threads have ended.
  private let expression: RegularExpression
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  private let documentCount: Int
  private let next = Atomic(0)
  private let stops = Atomic(false)
  private let refuses = Atomic(false)

  /// Documents that a thread takes at once.
  private static let windowSize = 4096
  /// Bytes from which a second thread is worth its start.
  private static let bytesForTwo = 1 << 20
  /// Bytes between two questions whether to stop: 50 µs at 1 GB/s or better.
  private static let bytesBetweenQuestions = 1 << 15

  private init(_ expression: RegularExpression, documentCount: Int) {
    self.expression = expression
    self.documentCount = documentCount
    wordCount = (documentCount + 63) / 64
    unsafe words = .allocate(capacity: max(wordCount, 1))
    unsafe words.initialize(repeating: 0, count: max(wordCount, 1))
  }

  deinit { unsafe words.deallocate() }

  /// The documents found, by their numbers in the index, and whether the expression was given up; nil if
  /// the bodies do not lie side by side, or it was told to stop.
  static func documents(
    showing expression: RegularExpression, inSegment segment: Int, base: Int, documentCount: Int,
    texts: any DocumentTexts, isCancelled: @escaping () -> Bool
  ) -> (found: DocumentBitmap, isRefused: Bool)? {
    let scan = RegexScan(expression, documentCount: documentCount)
    let asked = Asked(isCancelled)
    let size = texts.withBodies(ofSegment: segment) { bytes, starts in
      starts.count > documentCount ? bytes.count : -1
    }
    guard let size, size >= 0 else { return nil }
    Threads.run(size < bytesForTwo ? 1 : 2) { thread in
      _ = texts.withBodies(ofSegment: segment) { bytes, starts in
        // Only the first thread is the caller's own and may ask.
        scan.run(
          bytes, starts, isSound: { texts.prepareBodies(ofSegment: segment, $0) },
          isCancelled: { thread == 0 && asked.isCancelled() })
      }
    }
    if scan.stops.load(ordering: .acquiring) { return nil }
    var found = DocumentBitmap(capacity: base + documentCount)
    for word in 0..<scan.wordCount {
      var rest = unsafe scan.words[word]
      while rest != 0 {
        found.insert(DocumentID(rawValue: UInt32(base + word * 64 + rest.trailingZeroBitCount)))
        rest &= rest &- 1
      }
    }
    return (found, scan.refuses.load(ordering: .acquiring))
  }

  private final class Asked: @unchecked Sendable {
    // Unchecked: called on the thread that made it alone.
    let isCancelled: () -> Bool
    init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }
  }

  private func run(
    _ bytes: Span<UInt8>, _ starts: Span<UInt64>, isSound: (Range<Int>) -> Bool, isCancelled: () -> Bool
  ) {
    var matcher = RegexMatcher(expression)
    while true {
      let first = next.add(RegexScan.windowSize, ordering: .relaxed).oldValue
      guard first < documentCount else { return }
      let end = min(first + RegexScan.windowSize, documentCount)
      guard isSound(first..<end) else { continue }
      var document = first
      while document < end {
        if isCancelled() { stops.store(true, ordering: .releasing) }
        if stops.load(ordering: .relaxed) || refuses.load(ordering: .relaxed) { return }
        // A stretch of documents between two questions, of one at least.
        let limit = Int(starts[document]) + RegexScan.bytesBetweenQuestions
        var after = document + 1
        while after < end, Int(starts[after + 1]) <= limit { after += 1 }
        scan(document..<after, bytes, starts, &matcher)
        if matcher.isRefused { refuses.store(true, ordering: .releasing) }
        document = after
      }
    }
  }

  private func scan(
    _ documents: Range<Int>, _ bytes: Span<UInt8>, _ starts: Span<UInt64>, _ matcher: inout RegexMatcher
  ) {
    let literal = expression.literal
    guard expression.classes != nil || !literal.bytes.isEmpty else {
      for document in documents {
        let text = bytes.extracting(Int(starts[document])..<Int(starts[document + 1]))
        if matcher.isMatch(text) { insert(document) }
      }
      return
    }
    let stretch = bytes.extracting(Int(starts[documents.lowerBound])..<Int(starts[documents.upperBound]))
    let origin = Int(starts[documents.lowerBound])
    let size = expression.classes?.count ?? literal.bytes.count
    var document = documents.lowerBound
    var place = 0
    while let found = expression.classes.map({ $0.first(in: stretch, from: place) })
      ?? literal.first(in: stretch, from: place)
    {
      while Int(starts[document + 1]) - origin <= found { document += 1 }
      let end = Int(starts[document + 1]) - origin
      if found + size > end {
        // It reaches from one document into the next.
        place = found + 1
        continue
      }
      let text = bytes.extracting(Int(starts[document])..<Int(starts[document + 1]))
      if literal.isWhole || matcher.first(in: text, from: 0) != nil { insert(document) }
      place = end
    }
  }

  private func insert(_ document: Int) { unsafe words[document >> 6] |= 1 << UInt64(document & 63) }
}
