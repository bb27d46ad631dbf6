public import Discussion

/// What is folded in one discussion: a default and its exceptions, never a set of everything.
public struct Folds: Hashable, Sendable {
  /// Comments at this depth and below are folded unless excepted; nil when all are open.
  public private(set) var closedFromDepth: Int?
  private var exceptions: Set<EntryID> = []

  /// Everything open.
  public init() {}

  /// Whether a comment shows its head alone and hides its replies. The post never folds.
  public func isFolded(_ entry: EntryID, depth: Int) -> Bool {
    guard depth > 0 else { return false }
    return (closedFromDepth.map { depth >= $0 } ?? false) != exceptions.contains(entry)
  }

  /// Folds or unfolds one comment.
  public mutating func set(_ entry: EntryID, depth: Int, isFolded folded: Bool) {
    if isFolded(entry, depth: depth) == folded { return }
    if exceptions.remove(entry) == nil { exceptions.insert(entry) }
  }

  /// Folds every comment at a depth and below; nil opens all.
  public mutating func setAll(closedFromDepth depth: Int?) {
    closedFromDepth = depth
    exceptions.removeAll()
  }

  /// The same folds in the next generation.
  func remapped(by remap: Remap) -> Folds {
    var next = self
    next.exceptions = Set(exceptions.compactMap { remap($0) })
    return next
  }

  var isTrivial: Bool { closedFromDepth == nil && exceptions.isEmpty }
}
