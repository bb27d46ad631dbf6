/// What a JSON value is.
enum JSONKind: UInt8 {
  case null, bool, number, string, array, object
}

/// One value of a `JSONDocument`: a place in it, cheap to copy, nothing unpacked.
struct JSONNode {
  /// The document that holds it.
  let document: JSONDocument
  /// Its cell.
  let index: Int

  /// What it is.
  var kind: JSONKind { document.cells[index].kind }
  /// Whether it is `null`.
  var isNull: Bool { kind == .null }
  /// Whether it is an object.
  var isObject: Bool { kind == .object }
  /// Whether it is an array.
  var isArray: Bool { kind == .array }
  /// Its truth, if it is `true` or `false`.
  var bool: Bool? { kind == .bool ? document.bytes[Int(document.cells[index].start)] | 0x20 == 0x74 : nil }

  /// Its text as valid UTF-8, if it is a string: escapes resolved, lone surrogates and broken UTF-8 as
  /// U+FFFD.
  /// - Complexity: O(bytes of the string).
  var string: [UInt8]? { kind == .string ? document.text(of: index) : nil }

  /// Its text if it is a string that holds more than white space.
  var nonEmptyString: [UInt8]? {
    guard let string, string.contains(where: { $0 > 0x20 }) else { return nil }
    return string
  }

  /// The bytes between the brackets or quotes, or of the number, as they stand in the source.
  var raw: ArraySlice<UInt8> {
    let cell = document.cells[index]
    return document.bytes[Int(cell.start)..<Int(cell.end)]
  }

  /// A number's digits as written, or a string's text: what serves as an id. Nothing else has one.
  var identifier: [UInt8]? {
    switch kind {
    case .number: raw.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? Array(raw) : nil
    case .string: nonEmptyString
    default: nil
    }
  }

  /// The value of a key, if this is an object that has it; of a key that is there more than once, the last.
  /// - Complexity: O(keys).
  subscript(key: StaticString) -> JSONNode? {
    document.value(of: key, in: index).map { JSONNode(document: document, index: $0) }
  }

  /// Whether this is an object that has a key.
  func has(_ key: StaticString) -> Bool { document.value(of: key, in: index) != nil }

  /// The elements of an array; none of anything else.
  var elements: JSONElements { JSONElements(node: self, kind: .array) }

  /// The keys and values of an object in their order, all duplicates; none of anything else.
  var members: JSONMembers { JSONMembers(values: JSONElements(node: self, kind: .object)) }

  /// How many elements or values it has.
  /// - Complexity: O(elements).
  var count: Int {
    isObject ? members.reduce(0) { count, _ in count + 1 } : elements.reduce(0) { count, _ in count + 1 }
  }
}

/// The elements of an array, in order.
struct JSONElements: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var place: Int
  private let end: Int

  fileprivate init(node: JSONNode, kind: JSONKind) {
    document = node.document
    place = node.index + 1
    end = node.kind == kind ? Int(node.document.cells[node.index].next) : place
  }

  /// One value by itself.
  init(only node: JSONNode) {
    document = node.document
    place = node.index
    end = node.index + 1
  }

  mutating func next() -> JSONNode? {
    guard place < end else { return nil }
    defer { place = Int(document.cells[place].next) }
    return JSONNode(document: document, index: place)
  }
}

/// The keys of an object with their values, in order.
struct JSONMembers: Sequence, IteratorProtocol {
  fileprivate var values: JSONElements

  mutating func next() -> (key: JSONNode, value: JSONNode)? {
    guard let key = values.next(), let value = values.next() else { return nil }
    return (key, value)
  }
}
