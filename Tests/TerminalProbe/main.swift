// A small program for the tests of the room Terminal: shows its size and the keys that came, quits on q.
import Glibc
import Grid
import Terminal

var session: TerminalSession
do {
  let piped = CommandLine.arguments.contains("--piped")
  session = try TerminalSession.open(keysFrom: piped ? .controllingTerminal : .standardInput)
} catch {
  print("refused: \(error)")
  exit(64)
}

let ending = run(&session, crash: CommandLine.arguments.dropFirst().first { !$0.hasPrefix("--") } ?? "trap")
session.close()
if let ending { TerminalSession.reraise(ending) }
print("bye")
