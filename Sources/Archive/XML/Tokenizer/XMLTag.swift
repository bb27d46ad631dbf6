/// A start tag where it stands in the window.
struct XMLTag {
  /// An attribute where it stands in the window.
  struct Attribute {
    var name: XMLName
    /// The bytes between the quotes, references as written.
    var value: Range<Int>
  }

  /// At most this many attributes of one tag are kept.
  static let attributeLimit = 256

  /// From `<` to behind `>`.
  var bytes = 0..<0
  /// The element's name as written, prefix included.
  var qualifiedName = 0..<0
  /// Length of the prefix and its colon, 0 without one.
  var prefixLength = 0
  /// The hash of the whole name.
  var hash: UInt64 = 0
  /// The hash of the part behind the prefix.
  var localHash: UInt64 = 0
  /// The hash of the prefix, 0 without one.
  var prefixHash: UInt64 = 0
  /// Whether the element ends with its start tag.
  var isEmpty = false
}

/// The name at the start of a tag or of an attribute.
struct XMLScannedName {
  var end: Int
  var prefixLength = 0
  var prefixHash: UInt64 = 0
  var localHash: UInt64 = XMLVocabulary.seed

  /// The hash of prefix and local part together.
  var hash: UInt64 { (prefixHash &* 31) ^ localHash }

  /// Scans a name up to white space or a mark that no name holds.
  /// - Complexity: O(length of the name).
  init(_ bytes: Span<UInt8>, from start: Int, to limit: Int) {
    var at = start
    while at < limit {
      let byte = bytes[at]
      if byte <= 0x20 || byte == 0x3E || byte == 0x2F || byte == 0x3D || byte == 0x3C || byte == 0x22
        || byte == 0x27
      {
        break
      }
      if byte == 0x3A, prefixLength == 0, at > start {
        prefixLength = at + 1 - start
        prefixHash = localHash
        localHash = XMLVocabulary.seed
      } else {
        localHash = XMLVocabulary.combine(localHash, byte)
      }
      at &+= 1
    }
    end = at
  }

  /// Whether a name can begin with a byte.
  @inline(__always)
  static func canBegin(with byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 || byte == 0x5F || byte == 0x3A
  }
}

/// The search for the end of a tag, which goes on when more bytes are drawn.
struct XMLTagScan {
  enum Outcome {
    /// The bytes are at their end.
    case more
    /// Here is the `>`.
    case end
    /// A `<` shows that this is no tag.
    case none
    /// A `<` stands in a quoted value.
    case doubt
  }

  /// The quote of the value that is open, 0 outside of values.
  private(set) var quote: UInt8 = 0
  private var isValueNext = false

  /// Scans on.
  /// - Complexity: O(bytes passed).
  mutating func run(_ bytes: Span<UInt8>, _ position: inout Int) -> Outcome {
    var at = position
    defer { position = at }
    let count = bytes.count
    while at < count {
      let byte = bytes[at]
      if quote != 0 {
        if byte == quote {
          quote = 0
        } else if byte == 0x3C {
          return .doubt
        }
      } else if byte == 0x3E {
        return .end
      } else if byte == 0x3C {
        return .none
      } else if byte == 0x22 || byte == 0x27 {
        if isValueNext { quote = byte }
        isValueNext = false
      } else if byte == 0x3D {
        isValueNext = true
      } else if byte > 0x20 {
        isValueNext = false
      }
      at &+= 1
    }
    return .more
  }
}
