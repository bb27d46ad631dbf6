import Reader
import Synchronization
import Terminal

/// Events from other threads: posted anywhere, drained by the loop, which is woken once for many.
final class Mailbox: Sendable {
  private let events = Mutex<[Event]>([])
  let wakeup = Wakeup()

  /// Adds an event and wakes the loop if it was the first.
  func post(_ event: Event) {
    let wasEmpty = events.withLock { events in
      events.append(event)
      return events.count == 1
    }
    if wasEmpty { wakeup.signal() }
  }

  /// Takes all events.
  func drain() -> [Event] {
    wakeup.drain()
    return events.withLock { events in
      let taken = events
      events.removeAll()
      return taken
    }
  }
}
