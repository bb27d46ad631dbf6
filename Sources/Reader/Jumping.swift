import Discussion

/// Going back to where one was.
extension ReaderState {
  mutating func goToMark(_ letter: Unicode.Scalar?) -> [Effect] {
    let place = letter == "'" ? jumps.last : letter.flatMap { letters[$0] }
    guard let place else {
      message = letter == "'" ? "No jump yet." : "No place is marked '\(letter.map(String.init) ?? "")."
      return []
    }
    return go(to: place, remembering: true)
  }

  mutating func jumpBack() -> [Effect] {
    let current = surface == .thread ? thread.map { Place(entry: $0.selected) } : nil
    guard let place = jumps.back(from: current) else {
      message = "No earlier place."
      return []
    }
    return go(to: place, remembering: false)
  }

  mutating func jumpForward() -> [Effect] {
    guard let place = jumps.forward() else {
      message = "No later place."
      return []
    }
    return go(to: place, remembering: false)
  }

  private mutating func go(to place: Place, remembering: Bool) -> [Effect] {
    guard library.contains(place.entry) else { return [] }
    if remembering, surface == .thread, let thread { jumps.push(Place(entry: thread.selected)) }
    let discussion = library.discussion(of: place.entry)
    let effects = leaveThread(for: discussion)
    if surface != .thread {
      trail.append(surface)
      surface = .thread
    }
    put(place.entry, at: nil)
    select(place.entry)
    if let index = listPlace(of: discussion) { list.selected = index }
    return effects
  }
}
