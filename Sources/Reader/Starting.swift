import Discussion

/// The reader may be started at an entry, named by its id or the beginning of it.
extension ReaderState {
  /// Goes to the entry that the reader was started at, as soon as it is there. Who has pressed a key meanwhile
  /// is left where he is.
  /// - Complexity: O(log entries) for a whole id, else O(entries from that segment on).
  mutating func goToAwaitedEntry(fromSegment first: Int) -> [Effect] {
    guard let name = awaitedEntry else { return [] }
    guard isUntouched, surface == .list else {
      awaitedEntry = nil
      return []
    }
    let found = entries(named: name, fromSegment: first)
    guard let entry = found.first else { return [] }
    awaitedEntry = nil
    if found.count > 1 { message = "\(found.count) entries have an id that begins with \(name)." }
    let effects = open(library.discussion(of: entry))
    put(entry, at: nil)
    select(entry, onTop: true)
    return effects
  }

  /// Says so when everything is read and the entry was not there.
  mutating func giveUpAwaitedEntry() {
    guard let name = awaitedEntry else { return }
    awaitedEntry = nil
    message = "Nothing here has the id \(name)."
  }

  private func entries(named name: String, fromSegment first: Int) -> [EntryID] {
    if let key = EntryKey(hexadecimal: name) { return library.entry(withKey: key).map { [$0] } ?? [] }
    let missing = max(0, 32 - name.utf8.count)
    guard let least = EntryKey(hexadecimal: name + String(repeating: "0", count: missing)),
      let greatest = EntryKey(hexadecimal: name + String(repeating: "f", count: missing))
    else { return [] }
    var found: [EntryID] = []
    for segment in first..<max(first, library.segmentCount) {
      for row in 0..<library.rowCount(ofSegment: segment) {
        let entry = EntryID(segment: segment, row: row)
        let key = library.key(of: entry)
        if least <= key, key <= greatest, library.isLive(entry) { found.append(entry) }
      }
    }
    return found
  }
}
