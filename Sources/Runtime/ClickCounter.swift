import Grid

/// Counts presses of a button that follow each other quickly on one cell.
struct ClickCounter {
  /// Milliseconds between two presses of a double click, at most.
  static let patience = 400

  private var last: (event: MouseEvent, at: ContinuousClock.Instant)?

  /// How many times in succession a button has gone down, with this event; 1 for anything else.
  mutating func count(_ event: MouseEvent, at now: ContinuousClock.Instant) -> Int {
    guard case .press = event.kind else { return 1 }
    var counted = event
    if let last, last.event.kind == event.kind, last.event.column == event.column,
      last.event.row == event.row,
      now - last.at <= .milliseconds(Self.patience)
    {
      counted.clicks = last.event.clicks + 1
    } else {
      counted.clicks = 1
    }
    last = (counted, now)
    return counted.clicks
  }
}
