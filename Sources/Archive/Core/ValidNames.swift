import Bytes
import Discussion

/// The last look at what a reader of a format hands over: ids and addresses are bytes of the source, and
/// must be valid UTF-8 as everything else in the model is.
enum ValidNames {
  /// Puts U+FFFD for what is no UTF-8 in ids and addresses; the same bytes become the same name everywhere,
  /// so that parents are found as before.
  /// - Complexity: O(bytes of ids).
  static func mend(_ discussion: inout ParsedDiscussion) {
    mend(&discussion.nativeID)
    mend(&discussion.url)
    for index in discussion.comments.indices {
      if let id = discussion.comments[index].nativeID, !isASCII(id) {
        mend(&discussion.comments[index].nativeID)
      }
      if case .id(let id) = discussion.comments[index].parent, !isASCII(id) {
        discussion.comments[index].parent = .id(UTF8Repair.repair(id).utf8)
      }
    }
  }

  private static func mend(_ name: inout [UInt8]?) {
    if let bytes = name, !isASCII(bytes) { name = UTF8Repair.repair(bytes).utf8 }
  }

  private static func isASCII(_ bytes: [UInt8]) -> Bool {
    var all: UInt8 = 0
    for byte in bytes { all |= byte }
    return all < 0x80
  }
}
