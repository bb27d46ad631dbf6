import Grid
import Reader
import Screens
import Terminal

/// What the loop needs of a terminal: it shows states, and gives what comes.
protocol ReaderFace: ~Copyable {
  /// What a state is made into before it is shown.
  associatedtype Drawing

  /// Whether what changes is told in lines.
  static var isLinear: Bool { get }
  var size: Size { get }
  var capabilities: TerminalCapabilities { get }

  /// Makes of a state what is shown.
  mutating func drawing(of state: ReaderState) -> Drawing
  /// Shows it.
  mutating func paint(_ drawing: Drawing)
  /// What shows is sent anew with the next painting.
  mutating func forceRedraw()
  mutating func readInput() -> [TerminalInput]
  mutating func wait(
    on wakeup: Wakeup, timeoutMilliseconds: Int32?
  ) -> (input: Bool, woken: Bool, endSignal: Int32?)
  /// The descriptor that keys come from.
  var keys: Int32 { get }
  /// Puts a text into the clipboard; false where there is none.
  func copy(_ text: [UInt8]) -> Bool
  /// Asks for reports of the mouse, or no longer; whether there can be any.
  @discardableResult mutating func setMouse(_ isOn: Bool) -> Bool
  mutating func suspend()
  mutating func lendOut()
  mutating func takeBack()
}

extension TerminalSession: ReaderFace {
  static var isLinear: Bool { false }
  mutating func drawing(of state: ReaderState) -> Grid { view(state) }
}

/// A terminal to which everything is told in plain lines.
struct LinearFace: ~Copyable, ReaderFace {
  static var isLinear: Bool { true }
  private var session: LineSession
  private var reading = LinearReading()

  init(_ session: consuming LineSession) { self.session = session }

  var size: Size { session.size }
  var capabilities: TerminalCapabilities { session.capabilities }

  mutating func drawing(of state: ReaderState) -> String { reading.text(for: state) }
  mutating func paint(_ drawing: String) { if !drawing.isEmpty { session.write(drawing) } }
  mutating func forceRedraw() { reading.repeatPlace() }
  mutating func readInput() -> [TerminalInput] { session.readInput() }
  mutating func wait(
    on wakeup: Wakeup, timeoutMilliseconds: Int32?
  ) -> (input: Bool, woken: Bool, endSignal: Int32?) {
    session.wait(on: wakeup, timeoutMilliseconds: timeoutMilliseconds)
  }
  var keys: Int32 { session.keys }
  /// Nothing but text goes to such a terminal.
  func copy(_ text: [UInt8]) -> Bool { false }
  mutating func setMouse(_ isOn: Bool) -> Bool { false }
  mutating func suspend() { session.suspend() }
  mutating func lendOut() { session.lendOut() }
  mutating func takeBack() { session.takeBack() }
}

extension ReaderFace where Self: ~Copyable {
  /// Runs a program in the foreground with the terminal handed over, and takes the terminal back.
  /// - Parameter farewell: printed once it has ended; Enter is then waited for, so that what it printed can be
  ///   read.
  /// - Returns: how it ended, and a signal that asked this process to end meanwhile.
  mutating func run(
    _ arguments: [String], input: [UInt8]? = nil, farewell: ((ChildProgram.End) -> String)? = nil
  ) -> (end: ChildProgram.End, endSignal: Int32?) {
    lendOut()
    defer { takeBack() }
    return ChildProgram.runInForeground(arguments, input: input, keys: keys, farewell: farewell)
  }
}
