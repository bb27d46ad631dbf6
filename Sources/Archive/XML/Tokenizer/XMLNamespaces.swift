/// Which namespace each prefix names at the moment.
struct XMLNamespaces {
  private var slots: [UInt64: Int] = [:]
  private var spaces: [XMLSpace] = []
  private var changes: [(slot: Int, before: XMLSpace)] = []
  private var lastHash: UInt64 = 0
  private var lastSlot = -1
  /// The namespace of the document's root, which is read as `plain`.
  private var home: XMLSpace?

  /// At most this many prefixes of a document are told apart.
  private static let prefixLimit = 4096
  /// At most this many declarations are in force at once.
  private static let changeLimit = 1 << 16

  /// The bindings before any declaration: what well-known prefixes mean.
  init() {
    _ = slot(0)
    spaces[0] = .plain
    for (prefix, space) in XMLSpace.wellKnownPrefixes {
      if let slot = slot(XMLVocabulary.hash(prefix.utf8)) { spaces[slot] = space }
    }
  }

  /// Number of changes so far, for going back to this point.
  var mark: Int { changes.count }

  /// The namespace of a prefix; 0 is the hash of no prefix.
  mutating func space(ofPrefix hash: UInt64) -> XMLSpace {
    if hash != lastHash || lastSlot < 0 {
      guard let slot = slots[hash] else { return .other }
      (lastHash, lastSlot) = (hash, slot)
    }
    let space = spaces[lastSlot]
    return space == home ? .plain : space
  }

  /// Declares a prefix.
  mutating func bind(prefix hash: UInt64, to address: ArraySlice<UInt8>) {
    guard changes.count < XMLNamespaces.changeLimit, let slot = slot(hash) else { return }
    changes.append((slot, spaces[slot]))
    // Names without prefix in a namespace that nobody knows are taken as what they say.
    spaces[slot] = XMLSpace.named(address) ?? (hash == 0 ? .plain : .other)
  }

  /// Takes back what was declared since a mark.
  mutating func restore(_ mark: Int) {
    while changes.count > mark, let change = changes.popLast() { spaces[change.slot] = change.before }
  }

  /// Makes a namespace the document's own.
  mutating func settle(_ space: XMLSpace) {
    if space != .rdf, space != .xhtml { home = space }
  }

  private mutating func slot(_ hash: UInt64) -> Int? {
    if let known = slots[hash] { return known }
    guard slots.count < XMLNamespaces.prefixLimit else { return nil }
    slots[hash] = spaces.count
    spaces.append(.other)
    return spaces.count - 1
  }
}
