extension SearchIndex {
  /// The term nearest to one that is not there: fewest letters added, left out, changed or swapped, at
  /// most two (one for words of up to four letters); of equally near ones the most frequent, then the
  /// first by its bytes. Nil if the term itself is there, or none is near.
  /// - Parameter term: a word as analysis reads it, such as one of `Query.words`.
  /// - Complexity: that of `FieldIndex.forEachTerm(within:)`, for two steps only if one does not do.
  public func suggestion(for term: [UInt8]) -> [UInt8]? {
    guard frequency(of: term) == 0 else { return nil }
    var nearest: [(distance: Int, term: [UInt8])] = []
    for limit in 1...(scalars(of: term).count <= 4 ? 1 : 2) where nearest.isEmpty {
      for segment in segments {
        for field in Field.allCases {
          let index = segment.field(field)
          index.forEachTerm(within: limit, of: term) { rank, distance in
            nearest.append((distance, index.term(rank)))
          }
        }
      }
    }
    guard let least = nearest.map(\.distance).min() else { return nil }
    var best: (frequency: Int, term: [UInt8])?
    for candidate in nearest where candidate.distance == least {
      let frequency = frequency(of: candidate.term)
      guard let present = best else {
        best = (frequency, candidate.term)
        continue
      }
      let isFirst = candidate.term.lexicographicallyPrecedes(present.term)
      if frequency > present.frequency || (frequency == present.frequency && isFirst) {
        best = (frequency, candidate.term)
      }
    }
    return best?.term
  }
}
