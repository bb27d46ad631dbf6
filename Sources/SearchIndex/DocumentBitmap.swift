/// A set of documents, one bit each.
public struct DocumentBitmap: Equatable, Sendable {
  private var words: [UInt64]
  /// Documents the set may hold: those below this number.
  public let capacity: Int

  /// An empty set, or one of all documents.
  /// - Complexity: O(`capacity` / 64).
  public init(capacity: Int, filled: Bool = false) {
    self.capacity = max(0, capacity)
    words = Array(repeating: filled ? .max : 0, count: (self.capacity + 63) / 64)
    if filled, self.capacity % 64 > 0 { words[words.count - 1] = (1 << UInt64(self.capacity % 64)) &- 1 }
  }

  /// Whether a document is in the set; never one at or above `capacity`.
  /// - Complexity: O(1).
  public func contains(_ document: DocumentID) -> Bool {
    let place = Int(document.rawValue)
    return place < capacity && words[place / 64] >> UInt64(place % 64) & 1 == 1
  }

  /// Puts a document into the set; one at or above `capacity` is left out.
  /// - Complexity: O(1).
  public mutating func insert(_ document: DocumentID) {
    let place = Int(document.rawValue)
    if place < capacity { words[place / 64] |= 1 << UInt64(place % 64) }
  }

  /// Takes a document out of the set.
  /// - Complexity: O(1).
  public mutating func remove(_ document: DocumentID) {
    let place = Int(document.rawValue)
    if place < capacity { words[place / 64] &= ~(1 << UInt64(place % 64)) }
  }

  /// Puts a run of documents into the set, as far as `capacity` reaches.
  /// - Complexity: O(`range.count`).
  public mutating func insert(_ range: Range<UInt32>) {
    for place in range.clamped(to: 0..<UInt32(clamping: capacity)) {
      words[Int(place) / 64] |= 1 << UInt64(place % 64)
    }
  }

  /// Puts up to 64 documents into the set, one bit each, the lowest for the document at `place`; those at
  /// or above `capacity` are left out.
  /// - Complexity: O(1).
  public mutating func insert(bits: UInt64, from place: Int) {
    let index = place / 64
    guard bits != 0, place >= 0, index < words.count else { return }
    let shift = UInt64(place % 64)
    words[index] |= bits << shift
    if shift > 0, index + 1 < words.count { words[index + 1] |= bits >> (64 - shift) }
    trim()
  }

  /// Keeps what is in both sets.
  /// - Complexity: O(`capacity` / 64).
  public mutating func formIntersection(_ other: DocumentBitmap) {
    for index in words.indices { words[index] &= index < other.words.count ? other.words[index] : 0 }
  }

  /// Adds what is in the other set, as far as `capacity` reaches.
  /// - Complexity: O(`capacity` / 64).
  public mutating func formUnion(_ other: DocumentBitmap) {
    for index in words.indices where index < other.words.count { words[index] |= other.words[index] }
    trim()
  }

  /// Takes out what is in the other set.
  /// - Complexity: O(`capacity` / 64).
  public mutating func subtract(_ other: DocumentBitmap) {
    for index in words.indices where index < other.words.count { words[index] &= ~other.words[index] }
  }

  /// Documents in the set.
  /// - Complexity: O(`capacity` / 64).
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Calls `body` for each document, in order.
  /// - Complexity: O(`capacity` / 64 + `count`).
  public func forEach(_ body: (DocumentID) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(DocumentID(rawValue: UInt32(index * 64 + rest.trailingZeroBitCount)))
        rest &= rest &- 1
      }
    }
  }

  /// The first document of the set not before a place.
  func first(from place: Int) -> Int? {
    var index = place / 64
    guard index < words.count else { return nil }
    var rest = words[index] & (UInt64.max << UInt64(place % 64))
    while rest == 0 {
      index += 1
      guard index < words.count else { return nil }
      rest = words[index]
    }
    return index * 64 + rest.trailingZeroBitCount
  }

  /// 64 bits from any place on, zeros past the end.
  func bits(from place: Int) -> UInt64 {
    let index = place / 64
    let shift = UInt64(place % 64)
    let low = index < words.count ? words[index] >> shift : 0
    guard shift > 0, index + 1 < words.count else { return low }
    return low | words[index + 1] << (64 - shift)
  }

  private mutating func trim() {
    if capacity % 64 > 0 { words[words.count - 1] &= (1 << UInt64(capacity % 64)) &- 1 }
  }
}
