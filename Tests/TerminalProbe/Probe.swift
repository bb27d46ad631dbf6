import Glibc
import Grid
import Terminal

/// Runs until q, a signal or the terminal's end; gives the signal.
func run(_ session: inout TerminalSession, crash: String) -> Int32? {
  let wakeup = Wakeup()
  var seen = Seen()
  while true {
    session.paint(picture(of: seen, on: session))
    let event = session.wait(on: wakeup, timeoutMilliseconds: nil)
    if let signal = event.endSignal { return signal }
    if event.woken {
      wakeup.drain()
      seen.wakeups += 1
    }
    for input in session.readInput() {
      switch input {
      case .key(let key):
        seen.keys += 1
        seen.names.append(name(of: key))
        switch key {
        case Key(.scalar("q")): return nil
        case Key(.scalar("z"), control: true): session.suspend()
        case Key(.scalar("l"), control: true): session.forceRedraw()
        case Key(.scalar("x"), control: true): end(by: crash)
        case Key(.scalar("w"), control: true): startWaker(wakeup)
        case Key(.scalar("e"), control: true): say("told \u{1B}]0;pwned\u{7}\n")
        default: break
        }
      case .paste(let bytes):
        seen.pastes += 1
        seen.pasted = bytes
      case .resize: seen.resizes += 1
      case .interrupted: seen.interruptions += 1
      case .hangUp: return SIGHUP
      case .focus: seen.names.append("unexpected")
      case .background: break
      }
    }
  }
}

/// What came so far.
struct Seen {
  var keys = 0
  var names: [String] = []
  var pastes = 0
  var pasted: [UInt8] = []
  var resizes = 0
  var interruptions = 0
  var wakeups = 0
}

private func picture(of seen: Seen, on session: borrowing TerminalSession) -> Grid {
  var grid = Grid(size: session.size)
  let known = session.capabilities
  let lines = [
    "size \(session.size.columns)x\(session.size.rows)",
    "keys \(seen.keys): \(seen.names.suffix(6).joined(separator: " "))",
    "pastes \(seen.pastes) of \(seen.pasted.count): \(String(decoding: seen.pasted.prefix(60), as: UTF8.self))",
    "interruptions \(seen.interruptions) wakeups \(seen.wakeups)",
    "colors \(known.colors) utf8 \(known.isUTF8) fallback \(known.termFallback?.debugDescription ?? "none")",
    "guard \(session.guardViolations) light \(known.isBackgroundLight.map(String.init) ?? "unknown")",
    "a界e\u{301}\u{323}b한x",
  ]
  for (row, line) in lines.enumerated() { write(line, column: 0, row: row, style: .plain, on: &grid) }
  // Two narrow glyphs, a wide one on their right halves' place, and colours.
  write("界界界", column: 0, row: 7, style: .plain, on: &grid)
  write("xy", column: 1, row: 7, style: .plain, on: &grid)
  let red = Style(foreground: .palette(1), background: .palette(25), attributes: [.bold, .underline])
  write("inked", column: 10, row: 7, style: red, on: &grid)
  write(
    "grey", column: 20, row: 7, style: Style(foreground: .palette(240), background: .palette(241)), on: &grid)
  let end = session.size.columns - 1
  write("界", column: end, row: 8, style: .plain, on: &grid)
  write("$", column: end, row: session.size.rows - 1, style: .plain, on: &grid)
  if session.size.rows > 9 { grid.cursor = (column: 2, row: 9) }
  return grid
}

private func write(_ text: String, column: Int, row: Int, style: Style, on grid: inout Grid) {
  _ = grid.write(text, column: column, row: row, columns: grid.size.columns - column, style: style)
}
