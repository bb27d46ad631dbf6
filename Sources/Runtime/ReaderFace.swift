import Grid
import Reader
import Screens
import Terminal

/// What the loop needs of a terminal: it shows states, and gives what comes.
protocol ReaderFace: ~Copyable, SendableMetatype {
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
  /// Asks whether the paper is light; the answer comes as an input, if it comes.
  mutating func askBackground()
  mutating func readInput() -> [TerminalInput]
  mutating func wait(
    on wakeup: Wakeup, timeoutMilliseconds: Int32?
  ) -> (input: Bool, woken: Bool, endSignal: Int32?)
  mutating func suspend()
  mutating func lendOut()
  mutating func takeBack()
  /// Runs a program in the foreground with the terminal handed over; see `TerminalSession.run`.
  mutating func run(
    _ arguments: [String], input: [UInt8]?, farewell: ((ChildProgram.End) -> String)?
  ) -> (end: ChildProgram.End, endSignal: Int32?)
  /// Puts a text into the clipboard of the terminal; false where there is none.
  func copy(_ text: [UInt8]) -> Bool
  /// Asks for reports of the mouse, or no longer; whether there can be any.
  @discardableResult mutating func setMouse(_ isOn: Bool) -> Bool
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
  /// What is not drawn has no colours.
  mutating func askBackground() {}
  mutating func readInput() -> [TerminalInput] { session.readInput() }
  mutating func wait(
    on wakeup: Wakeup, timeoutMilliseconds: Int32?
  ) -> (input: Bool, woken: Bool, endSignal: Int32?) {
    session.wait(on: wakeup, timeoutMilliseconds: timeoutMilliseconds)
  }
  mutating func suspend() { session.suspend() }
  mutating func lendOut() { session.lendOut() }
  mutating func takeBack() { session.takeBack() }
  mutating func run(
    _ arguments: [String], input: [UInt8]?, farewell: ((ChildProgram.End) -> String)?
  ) -> (end: ChildProgram.End, endSignal: Int32?) {
    session.run(arguments, input: input, farewell: farewell)
  }
  /// Such a terminal has no clipboard that could be told of.
  func copy(_ text: [UInt8]) -> Bool { false }
  /// Nor is it asked for anything.
  mutating func setMouse(_ isOn: Bool) -> Bool { false }
}
