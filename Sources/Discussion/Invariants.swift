import Bytes

extension Library {
  /// What is wrong with the model; empty when every invariant holds. Run by tests, and by a reader who
  /// doubts his archive.
  /// - Complexity: O(entries + spans).
  public func checkInvariants() -> [String] {
    var faults: [String] = []
    for (index, segment) in segments.enumerated() {
      faults += segment.checkInvariants().map { "segment \(index): \($0)" }
    }
    var seen: Set<DiscussionID> = []
    for discussion in discussions {
      if !seen.insert(discussion).inserted { faults.append("discussion \(discussion) listed twice") }
      if deadDiscussions.contains(discussion) { faults.append("discussion \(discussion) listed, but dead") }
    }
    var keys: Set<EntryKey> = []
    for discussion in discussions where !keys.insert(key(of: post(of: discussion))).inserted {
      faults.append("two listed discussions with the key \(key(of: post(of: discussion)).hexadecimal)")
    }
    return faults
  }
}

extension Segment {
  fileprivate func checkInvariants() -> [String] {
    var faults: [String] = []
    func expect(_ holds: Bool, _ fault: @autoclosure () -> String) {
      if !holds && faults.count < 100 { faults.append(fault()) }
    }
    let entries = entryCount
    expect(textStart.count == entries + 1 && spanStart.count == entries + 1, "column lengths differ")
    expect(textStart[entries] == UInt64(text.count), "text arena and offsets differ")
    expect(Int(firstEntry[discussionCount]) == entries, "entries outside every discussion")
    for discussion in 0..<discussionCount {
      let rows = rows(ofDiscussion: discussion)
      guard !rows.isEmpty else {
        expect(false, "discussion \(discussion) has no post")
        continue
      }
      expect(
        Int(subtreeCount[rows.lowerBound]) == rows.count, "discussion \(discussion): the post counts wrong")
      for row in rows {
        let isPost = row == rows.lowerBound
        let offset = Int(parentOffset[row])
        expect((offset == 0) == isPost, "row \(row): only a post has no parent")
        expect(offset <= row - rows.lowerBound, "row \(row): parent outside the discussion")
        guard !isPost, offset > 0, offset <= row - rows.lowerBound else { continue }
        let parent = row - offset
        expect(depth[row] == depth[parent] + 1, "row \(row): depth is not the parent's plus one")
        expect(
          row + Int(subtreeCount[row]) <= parent + Int(subtreeCount[parent]),
          "row \(row): subtree reaches out of the parent's")
        let precedes = offset == 1 ? 0 : Int(ordinal[previousSibling(row, depth: depth[row])])
        expect(Int(ordinal[row]) == precedes + 1, "row \(row): ordinal does not count siblings")
      }
    }
    for row in 0..<entries {
      expect(textStart[row] <= textStart[row + 1], "row \(row): text runs backwards")
      let length = textStart[row + 1] - textStart[row]
      expect(spanStart[row] <= spanStart[row + 1], "row \(row): spans run backwards")
      for span in Int(spanStart[row])..<max(Int(spanStart[row]), Int(spanStart[row + 1])) {
        expect(
          spanLower[span] <= spanUpper[span] && UInt64(spanUpper[span]) <= length,
          "row \(row): span outside its text")
      }
    }
    for place in 0..<linkSpan.count {
      expect(
        Int(linkSpan[place]) < spanLower.count && (place == 0 || linkSpan[place - 1] < linkSpan[place])
          && Int(linkTarget[place]) < names.count,
        "link \(place): no span or no target")
    }
    for place in 1..<max(1, keyOrder.count) {
      expect(
        key(ofRow: Int(keyOrder[place - 1])) <= key(ofRow: Int(keyOrder[place])), "keys are out of order")
    }
    return faults
  }

  private func previousSibling(_ row: Int, depth wanted: UInt32) -> Int {
    var candidate = row - 1
    while depth[candidate] > wanted { candidate -= max(1, Int(parentOffset[candidate])) }
    return candidate
  }
}
