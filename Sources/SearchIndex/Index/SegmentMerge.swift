public import Bytes

extension IndexSegment {
  /// Joins segments into one, as if their documents had been built together, without reading a text again.
  ///
  /// Impacts are kept as they stand: each says what its word counts for against the average length of the
  /// segment it was built in. Averages of large segments differ little, and rank by at most as much; which
  /// documents are found is exact. The common words are those common in all segments.
  ///
  /// - Parameters:
  ///   - rows: for each segment, the new number of each of its documents, `UInt32.max` for those that are
  ///     gone. Numbers rise from document to document and from segment to segment.
  ///   - documentCount: documents of the joined segment; numbers are below it.
  ///   - dates: as in `build`; shared, not copied.
  ///   - threadStarts: as in `build`; shared, not copied.
  ///   - threads: how many to use.
  /// - Throws: `IndexLimit` if the joined dictionary or lists pass 4 GiB.
  /// - Complexity: linear in the postings and the bytes of the terms, times the number of segments. Holds a
  ///   copy of the joined lists beside them, and nothing else of that order.
  public static func merging(
    _ segments: [IndexSegment], rows: [[UInt32]], documentCount: Int, dates: Column<Int64> = Column(),
    threadStarts: Column<UInt32> = Column(), threads: Int = 1
  ) throws(IndexLimit) -> IndexSegment {
    precondition(rows.count == segments.count, "numbers for every segment")
    var last: UInt32?
    for numbers in rows {
      for row in numbers where row != .max {
        precondition(last.map { $0 < row } ?? true && row < documentCount, "documents keep their order")
        last = row
      }
    }
    func merged(_ fields: [FieldIndex], keeping words: Set<CommonWords.Word>? = nil) throws(IndexLimit)
      -> FieldIndex
    {
      let index = FieldMerge(fields, rows: rows, pairsOf: words).run(threads: max(1, threads))
      guard let index else { throw .tooLarge(documents: documentCount / 2) }
      return index
    }
    var common = Set(segments.first?.commonWords ?? [])
    for segment in segments.dropFirst() { common.formIntersection(segment.commonWords) }
    return IndexSegment(
      documentCount: documentCount, body: try merged(segments.map(\.body)),
      title: try merged(segments.map(\.title)), author: try merged(segments.map(\.author)),
      pairs: common.isEmpty ? FieldIndex() : try merged(segments.map(\.pairs), keeping: common), dates: dates,
      threadStarts: threadStarts, commonKeys: CommonWords.keys(of: common))
  }
}

/// Joins the dictionaries and lists of one field of several segments.
private struct FieldMerge: Sendable {
  let fields: [FieldReader]
  let rows: [[UInt32]]
  /// Only terms that are pairs of these words, if there are any.
  let words: Set<[UInt8]>?

  init(_ fields: [FieldIndex], rows: [[UInt32]], pairsOf words: Set<CommonWords.Word>?) {
    self.fields = fields.map { FieldReader($0) }
    self.rows = rows
    self.words = words.map { Set($0.map(\.bytes)) }
  }

  /// The joined field; nil if it is too large for its columns.
  func run(threads: Int) -> FieldIndex? {
    let cuts = cuts(threads)
    let packers = (0..<cuts.count - 1).map { _ in Shared(ListPacker()) }
    Threads.run(packers.count) { part in
      merge(from: cuts[part], to: cuts[part + 1], into: &packers[part].value)
    }
    return ListPacker.columns(of: packers, averageLength: averageLength())
  }

  /// For each thread and the end, the rank in each field where it begins: all at one and the same term.
  private func cuts(_ threads: Int) -> [[Int]] {
    let largest = fields.max { $0.termCount < $1.termCount }
    var cuts = [fields.map { _ in 0 }]
    for thread in 1..<threads {
      guard let largest, largest.termCount > threads else { break }
      let term = largest.field.term(largest.termCount / threads * thread)
      cuts.append(fields.map { $0.field.lowerBound(term) })
    }
    return cuts + [fields.map(\.termCount)]
  }

  private func averageLength() -> Float {
    var sum: Float = 0
    var documents: Float = 0
    for (field, rows) in zip(fields, rows) where field.field.averageLength > 0 {
      sum += field.field.averageLength * Float(rows.count)
      documents += Float(rows.count)
    }
    return documents > 0 ? sum / documents : 0
  }

  private func merge(from first: [Int], to end: [Int], into packer: inout ListPacker) {
    var ranks = first
    var documents = PageBuffer<UInt32>(capacity: 1024)
    var impacts = PageBuffer<UInt8>(capacity: 1024)
    var holders: [Int] = []
    while true {
      // The least term that any field has next, and the fields that have it.
      holders.removeAll(keepingCapacity: true)
      for field in ranks.indices where ranks[field] < end[field] {
        guard let holder = holders.first else {
          holders.append(field)
          continue
        }
        let order = unsafe FieldMerge.compare(
          fields[field].term(ranks[field]), fields[holder].term(ranks[holder]))
        if order < 0 { holders.removeAll(keepingCapacity: true) }
        if order <= 0 { holders.append(field) }
      }
      guard let holder = holders.first else { return }
      let term = unsafe fields[holder].term(ranks[holder])
      var count = 0
      if unsafe isWanted(term) {
        for field in holders {
          let needed = count + fields[field].frequency(ranks[field]) + PostingBlock.size
          documents.reserve(needed)
          impacts.reserve(needed)
          let (target, values) = unsafe (documents.base + count, impacts.base + count)
          unsafe rows[field].withUnsafeBufferPointer { rows in
            unsafe count += fields[field].read(ranks[field], rows: rows, to: target, values)
          }
        }
      }
      if count > 0 { unsafe packer.add(term, documents.base, impacts.base, count: count) }
      for field in holders { ranks[field] += 1 }
    }
  }

  private func isWanted(_ term: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let words, let space = unsafe term.firstIndex(of: UInt8(ascii: " ")) else { return words == nil }
    return unsafe words.contains(Array(term[..<space])) && words.contains(Array(term[(space + 1)...]))
  }

  private static func compare(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Int {
    for place in 0..<min(left.count, right.count) {
      let (one, other) = unsafe (left[place], right[place])
      if one != other { return one < other ? -1 : 1 }
    }
    return left.count - right.count
  }
}
