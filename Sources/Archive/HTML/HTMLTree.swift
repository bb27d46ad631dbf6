/// A tree of HTML as a pre-order array: a node's number is its position, its subtree the range up to `end`.
struct HTMLTree {
  /// One element or run of text.
  struct Node {
    var tag: HTMLTag
    var attributeCount: UInt16
    var parent: Int32
    /// The number after its last descendant's.
    var end: Int32
    /// Of text where it stands, of an element where its name stands, as written.
    var start: Int32
    var length: Int32
    var firstAttribute: Int32
  }

  /// What the tree was made of, valid UTF-8.
  let bytes: [UInt8]
  /// All nodes; the first is the document.
  let nodes: [Node]
  /// The attributes of all elements.
  let attributes: [HTMLAttribute]
  /// What was wrong.
  let damage: HTMLDamage
  /// Steps taken to make it.
  let operations: Int

  /// The absolute address that links are relative to, when it is known.
  var base: [UInt8]?

  /// A tree of a page or a fragment.
  /// - Complexity: O(`bytes.count`).
  init(_ bytes: [UInt8]) {
    var builder = HTMLTreeBuilder(bytes)
    builder.run()
    self.bytes = bytes
    nodes = builder.nodes
    attributes = builder.tokenizer.attributes
    damage = builder.damage
    operations = builder.operations
  }

  /// The number after the last node's.
  var count: Int { nodes.count }

  /// What a node is.
  func tag(_ node: Int) -> HTMLTag { nodes[node].tag }

  /// The node around a node; that of the document is -1.
  func parent(_ node: Int) -> Int { Int(nodes[node].parent) }

  /// The number after a node's last descendant.
  func end(_ node: Int) -> Int { Int(nodes[node].end) }

  /// Where the text of a node, or its name, stands in `bytes`.
  func range(_ node: Int) -> Range<Int> {
    let start = Int(nodes[node].start)
    return start..<start + Int(nodes[node].length)
  }

  /// Where the value of an attribute stands in `bytes`, as written; nil when the element has none.
  func valueRange(_ node: Int, _ name: UInt64) -> Range<Int>? {
    let first = Int(nodes[node].firstAttribute)
    for index in first..<first + Int(nodes[node].attributeCount) where attributes[index].name == name {
      return Int(attributes[index].valueStart)..<Int(attributes[index].valueEnd)
    }
    return nil
  }

  /// Whether an element has an attribute.
  func has(_ node: Int, _ name: UInt64) -> Bool { valueRange(node, name) != nil }

  /// The value of an attribute, decoded.
  func value(_ node: Int, _ name: UInt64) -> [UInt8]? {
    guard let range = valueRange(node, name) else { return nil }
    var value: [UInt8] = []
    value.reserveCapacity(range.count)
    CharacterReferences.decode(bytes.span, range, as: .htmlAttribute, into: &value)
    return value
  }
}

/// Names of attributes, by hash.
enum HTMLAttributeName {
  static let alt = HTMLNameHash.of("alt")
  static let `class` = HTMLNameHash.of("class")
  static let hidden = HTMLNameHash.of("hidden")
  static let href = HTMLNameHash.of("href")
  static let id = HTMLNameHash.of("id")
  static let start = HTMLNameHash.of("start")
  static let style = HTMLNameHash.of("style")
  static let value = HTMLNameHash.of("value")
}
