/// One record of a document (an item, an entry, a comment, a row) as the list of its elements.
struct XMLRecord {
  /// An element of the record, or one inside such an element.
  struct Field {
    var name: XMLName
    /// The field around it; nil for a child of the record.
    var parent: Int?
    /// Its text in `bytes`; of a field with fields in it, the text before the first.
    var text: Range<Int>
    /// Its attributes, in `attributes`.
    var attributes: Range<Int>
    /// Whether its text holds tags that stood in the document as such.
    var hasTags = false
    /// Whether its text is a stretch of markup as it stands in the document, references and all.
    var isMarkup = false
  }

  /// An attribute that a reader may know.
  struct Attribute {
    var name: XMLName
    var value: Range<Int>
  }

  /// The record's element.
  var name = XMLName(.plain, .other)
  /// Where it begins.
  var line = 0
  var byteOffset = 0
  /// The elements in it that have a known name, in the document's order.
  var fields: [Field] = []
  /// The attributes of the record, then those of its fields.
  var attributes: [Attribute] = []
  /// How many of the attributes are the record's own.
  var ownAttributeCount = 0
  /// All text; valid UTF-8 once the record is complete.
  var bytes: [UInt8] = []
  /// Whether it was longer than a record may be, and the rest is missing.
  var isCut = false
  /// Whether the document ended before it did.
  var isPartial = false

  /// A record's text may have so many bytes.
  static let limit = 64 << 20

  /// Empties it for the next record.
  mutating func reset(_ name: XMLName, line: Int, byteOffset: Int) {
    self.name = name
    self.line = line
    self.byteOffset = byteOffset
    fields.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    ownAttributeCount = 0
    bytes.removeAll(keepingCapacity: true)
    isCut = false
    isPartial = false
  }

  // MARK: Looking up

  /// The first child with a name.
  func first(_ word: XMLWord, _ space: XMLSpace = .plain) -> Int? {
    fields.firstIndex { $0.parent == nil && $0.name.word == word && $0.name.space == space }
  }

  /// All children with a name.
  func all(_ word: XMLWord, _ space: XMLSpace = .plain) -> [Int] {
    fields.indices.filter {
      fields[$0].parent == nil && fields[$0].name.word == word && fields[$0].name.space == space
    }
  }

  /// The fields inside a field that have a name.
  func all(_ word: XMLWord, in parent: Int) -> [Int] {
    var found: [Int] = []
    var at = parent + 1
    while at < fields.count, let around = fields[at].parent, around >= parent {
      if around == parent, fields[at].name.word == word { found.append(at) }
      at += 1
    }
    return found
  }

  /// The text of a field.
  func text(_ field: Int) -> [UInt8] { Array(bytes[fields[field].text]) }

  /// The text of the first child with a name, white space around it aside; nil when it has none.
  func value(_ word: XMLWord, _ space: XMLSpace = .plain) -> [UInt8]? {
    first(word, space).flatMap { value(of: $0) }
  }

  /// The text of a field, white space around it aside; nil when it has none.
  func value(of field: Int) -> [UInt8]? {
    let trimmed = ShortLine.trimmed(bytes[fields[field].text])
    return trimmed.isEmpty ? nil : Array(trimmed)
  }

  /// An attribute of the record.
  func attribute(_ word: XMLWord, _ space: XMLSpace = .plain) -> [UInt8]? {
    attribute(XMLName(space, word), in: 0..<ownAttributeCount)
  }

  /// An attribute of a field.
  func attribute(_ word: XMLWord, _ space: XMLSpace = .plain, of field: Int) -> [UInt8]? {
    attribute(XMLName(space, word), in: fields[field].attributes)
  }

  private func attribute(_ name: XMLName, in range: Range<Int>) -> [UInt8]? {
    for attribute in attributes[range] where attribute.name == name {
      let trimmed = ShortLine.trimmed(bytes[attribute.value])
      return trimmed.isEmpty ? nil : Array(trimmed)
    }
    return nil
  }

  // MARK: Decoding

  /// Makes all text valid UTF-8.
  /// - Complexity: O(`bytes.count`).
  mutating func decode(_ charset: inout XMLCharset) {
    guard !XMLRecord.isASCII(bytes.span), !charset.isPlain(bytes) else { return }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count + bytes.count / 8)
    for index in attributes.indices {
      let start = decoded.count
      decoded.append(contentsOf: charset.decode(Array(bytes[attributes[index].value])))
      attributes[index].value = start..<decoded.count
    }
    for index in fields.indices {
      let start = decoded.count
      decoded.append(contentsOf: charset.decode(Array(bytes[fields[index].text])))
      fields[index].text = start..<decoded.count
    }
    bytes = decoded
  }

  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var bits: UInt8 = 0
    for at in bytes.indices { bits |= bytes[at] }
    return bits < 0x80
  }
}
