import Glibc
import Grid
import Terminal

/// A key in a word: `A-` for Alt, `C-` for Control, then the scalar or the name.
func name(of key: Key) -> String {
  let modifiers = (key.alt ? "A-" : "") + (key.control ? "C-" : "")
  return switch key.code {
  case .scalar(" "): modifiers + "space"
  case .scalar(let scalar): modifiers + String(Character(scalar))
  case .function(let number): modifiers + "F\(number)"
  default: modifiers + "\(key.code)"
  }
}

/// Ends the program in a way no program should.
func end(by kind: String) {
  switch kind {
  case "trap":
    let none: [Int] = []
    print(none[Int(time(nil))])
  case "abort": abort()
  case "segv": kill(getpid(), SIGSEGV)
  case "fatal": fatalError("fatal \u{1B}]0;pwned\u{7}")
  case "overflow": print(depth(of: Int(time(nil))))
  case "thread-overflow":
    startThread {
      TerminalSession.protectThisThread()
      print(depth(of: Int(time(nil))))
    }
  case "exit": exit(3)
  default: break
  }
}

private func depth(of number: Int) -> Int {
  number < 0 ? 0 : depth(of: number + 1) + depth(of: number / 2) + 1
}

/// Signals the wakeup from another thread a thousand times.
func startWaker(_ wakeup: Wakeup) {
  startThread { for _ in 0..<1000 { wakeup.signal() } }
}

/// Says something on standard error.
func say(_ text: String) {
  for byte in text.utf8 {
    var byte = byte
    unsafe _ = Glibc.write(STDERR_FILENO, &byte, 1)
  }
}

private final class Work {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func startThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  let context = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
  unsafe _ = pthread_create(
    &thread, nil,
    { context in
      if let context = unsafe context {
        unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
      }
      return nil
    }, context)
  pthread_detach(thread)
}
