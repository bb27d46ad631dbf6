import Glibc
import Synchronization
import Terminal

/// A thread of its own that runs jobs one after the other. Long work stands here and not in the
/// cooperative pool, which has no more threads than the machine has cores.
final class Worker: Sendable {
  private struct State: Sendable {
    var jobs: [@Sendable () -> Void] = []
    var isRunning = false
    var isStopped = false
  }

  private let state: Mutex<State>
  private let lock = Semaphore(count: 0)

  /// Starts the thread.
  /// - Parameter isBackground: whether it gives way to the thread of the screen.
  init(isBackground: Bool) {
    state = Mutex(State())
    let start = ThreadStart { [state = WorkerBody(worker: self)] in
      if isBackground { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
      state.worker.run()
    }
    start.detach()
  }

  /// Adds a job. Jobs added after `stop` never run.
  func submit(_ job: @escaping @Sendable () -> Void) {
    state.withLock { if !$0.isStopped { $0.jobs.append(job) } }
    lock.signal()
  }

  /// Ends the thread once the jobs given so far are done.
  func stop() {
    state.withLock { $0.isStopped = true }
    lock.signal()
  }

  /// Waits until every job given so far is done, at most some milliseconds.
  /// - Returns: whether they are.
  func drain(milliseconds: Int) -> Bool {
    let clock = ContinuousClock()
    let deadline = clock.now + .milliseconds(milliseconds)
    while clock.now < deadline {
      if state.withLock({ $0.jobs.isEmpty && !$0.isRunning }) { return true }
      usleep(500)
    }
    return state.withLock { $0.jobs.isEmpty && !$0.isRunning }
  }

  private func run() {
    while true {
      let job: (@Sendable () -> Void)? = state.withLock { state in
        guard !state.jobs.isEmpty else {
          state.isRunning = false
          return nil
        }
        state.isRunning = true
        return state.jobs.removeFirst()
      }
      if let job {
        job()
      } else if state.withLock({ $0.isStopped && $0.jobs.isEmpty }) {
        return
      } else {
        lock.wait()
      }
    }
  }

  /// What the thread holds on to.
  private struct WorkerBody: Sendable {
    let worker: Worker
  }
}

/// Counts permits: `wait` takes one, and sleeps while there is none.
@safe final class Semaphore: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init(count: UInt32) {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, count)
  }

  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  func wait() { while unsafe sem_wait(semaphore) != 0 && errno == EINTR {} }
  func signal() { unsafe sem_post(semaphore) }
}

/// A body for a new thread.
private final class ThreadStart: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Starts a detached thread; end signals stay with the main thread.
  func detach() {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let failure = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        TerminalSession.protectThisThread()
        let start = unsafe Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
        start.body()
        return nil
      }, context)
    if failure == 0 {
      pthread_detach(thread)
    } else {
      // No thread can be had: the job runs here, late rather than never.
      unsafe Unmanaged<ThreadStart>.fromOpaque(context).release()
    }
  }
}
