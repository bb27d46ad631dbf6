import Discussion

/// Comments that are not to be shown, and the places that they leave.
enum RemovedPlaces {
  /// The comments without those that are left out. One that has an answer which stays keeps its place,
  /// without its words.
  /// - Parameter isLeftOut: for each comment, whether it is.
  /// - Complexity: O(comments).
  static func prune(_ comments: [ParsedComment], isLeftOut: [Bool]) -> [ParsedComment] {
    guard isLeftOut.contains(true) else { return comments }
    var indexByID: [[UInt8]: Int] = [:]
    for (index, comment) in comments.enumerated() {
      if let id = comment.nativeID, indexByID[id] == nil { indexByID[id] = index }
    }
    var stays = isLeftOut.map { !$0 }
    for start in comments.indices where !isLeftOut[start] {
      var at = start
      while case .id(let id) = comments[at].parent, let next = indexByID[id], !stays[next] {
        stays[next] = true
        at = next
      }
    }
    var result: [ParsedComment] = []
    result.reserveCapacity(comments.count)
    for (index, comment) in comments.enumerated() where stays[index] {
      var comment = comment
      if isLeftOut[index] {
        comment.isRemoved = true
        comment.author = nil
        comment.text = ParsedText()
      }
      result.append(comment)
    }
    return result
  }
}
