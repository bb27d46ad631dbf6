public import Discussion

/// A place to come back to.
public struct Place: Hashable, Sendable {
  /// The entry.
  public var entry: EntryID
  /// Rows of the entry above the top of the pane, so that the same line comes back.
  public var row: Int

  /// A place at a row of an entry.
  public init(entry: EntryID, row: Int = 0) {
    self.entry = entry
    self.row = row
  }
}

/// Where jumps started, oldest first, with a position in it as in a browser.
public struct JumpList: Hashable, Sendable {
  private var places: [Place] = []
  private var position = 0

  /// Most places kept.
  public static let limit = 200

  /// An empty list.
  public init() {}

  /// Remembers a place before a jump; what was ahead is forgotten.
  public mutating func push(_ place: Place) {
    places.removeSubrange(position...)
    places.removeAll { $0.entry == place.entry }
    places.append(place)
    if places.count > JumpList.limit { places.removeFirst(places.count - JumpList.limit) }
    position = places.count
  }

  /// The place to go back to, remembering where we are; nil at the oldest.
  public mutating func back(from current: Place?) -> Place? {
    if position == places.count, let current, places.last?.entry != current.entry {
      places.append(current)
      position = places.count - 1
    } else if position == places.count, let current, places.last?.entry == current.entry {
      position -= 1
    }
    guard position > 0 else { return nil }
    position -= 1
    return places[position]
  }

  /// The place to go forward to; nil at the newest.
  public mutating func forward() -> Place? {
    guard position + 1 < places.count else { return nil }
    position += 1
    return places[position]
  }

  /// The last place jumped from.
  public var last: Place? { position > 0 ? places[position - 1] : nil }

  func remapped(by remap: Remap) -> JumpList {
    var next = JumpList()
    for (index, place) in places.enumerated() {
      guard let entry = remap(place.entry) else { continue }
      next.places.append(Place(entry: entry, row: place.row))
      if index < position { next.position = next.places.count }
    }
    return next
  }
}
