#include "CGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { RESET_CAPACITY = 512, ALTERNATE_STACK = 64 * 1024, PATIENCE_SECONDS = 2 };

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
static const int end_signals[] = {SIGTERM, SIGHUP,    SIGINT,  SIGQUIT, SIGUSR1, SIGUSR2,
                                  SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGIO};
#define COUNT(array) (sizeof(array) / sizeof *(array))

// Written before `armed` is set and read by handlers after.
static struct termios saved_mode;
static int terminal = -1;
static char reset_bytes[RESET_CAPACITY];
static volatile int reset_count;
static volatile int armed, paused;

static int signal_pipe[2] = {-1, -1};
static volatile sig_atomic_t first_end_second;  // 0: no end signal waits
static struct sigaction previous[NSIG];
static unsigned char is_taken[NSIG];
static int chain_crashes;
static int captured_error = -1, real_error = -1;

int32_t guard_standard_descriptors(void) {
  for (int descriptor = 0; descriptor < 3; descriptor++)
    if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF &&
        open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY) != descriptor)
      return -1;
  return 0;
}

// MARK: Async-signal-safe

static void put(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written <= 0) {
      if (written < 0 && errno == EINTR) continue;
      return;
    }
    bytes += written;
    count -= (size_t)written;
  }
}

static int restore(void) {
  if (!__atomic_exchange_n(&armed, 0, __ATOMIC_ACQ_REL) || paused) return 0;
  signal(SIGTTOU, SIG_IGN);  // a background process may still put the mode back
  put(terminal, reset_bytes, (size_t)reset_count);
  while (tcsetattr(terminal, TCSANOW, &saved_mode) != 0 && errno == EINTR) continue;
  return 1;
}

void guard_restore(void) {
  int kept = errno;
  restore();
  errno = kept;
}

static void replay(int from, int to) {
  char bytes[512];
  off_t at = 0;
  for (;;) {
    ssize_t count = pread(from, bytes, sizeof bytes, at);
    if (count <= 0 || at > 64 * 1024) return;
    for (ssize_t i = 0; i < count; i++)
      if (bytes[i] != '\n' && bytes[i] != '\t' && (bytes[i] < 0x20 || bytes[i] > 0x7E)) bytes[i] = '?';
    put(to, bytes, (size_t)count);
    at += count;
  }
}

static _Noreturn void die_by(int number) {
  sigset_t one;
  signal(number, SIG_DFL);
  sigemptyset(&one);
  sigaddset(&one, number);
  raise(number);  // waits until unblocked when this is the signal's own handler
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  _exit(128 + number);
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  if (restore()) {
    static const char sentence[] = "lectern crashed; what was saved is safe\r\n";
    put(terminal, sentence, sizeof sentence - 1);
    if (captured_error >= 0) replay(captured_error, real_error);
  }
  if (chain_crashes) {
    if (real_error >= 0) dup2(real_error, 2);
    sigaction(number, &previous[number], NULL);
    if (info->si_code > 0) return;  // the faulting instruction runs again, into the other handler
    raise(number);
    return;
  }
  die_by(number);
}

static void leave_byte(int number) {
  unsigned char byte = (unsigned char)number;
  while (write(signal_pipe[1], &byte, 1) < 0 && errno == EINTR) continue;
}

static void on_end(int number) {
  int kept = errno;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  sig_atomic_t second = (sig_atomic_t)now.tv_sec + 1;
  if (first_end_second == 0) {
    first_end_second = second;
    leave_byte(number);
  } else if (second - first_end_second > PATIENCE_SECONDS) {
    restore();  // asked again and again, the program does not come round to ending
    die_by(number);
  }
  errno = kept;
}

static void on_notice(int number, siginfo_t *info, void *context) {
  int kept = errno;
  leave_byte(number);
  if (number == SIGWINCH) {  // ncurses keeps its own note of it
    const struct sigaction *theirs = &previous[SIGWINCH];
    if (theirs->sa_flags & SA_SIGINFO)
      theirs->sa_sigaction(number, info, context);
    else if (theirs->sa_handler != SIG_DFL && theirs->sa_handler != SIG_IGN)
      theirs->sa_handler(number);
  }
  errno = kept;
}

// MARK: Taking and giving back signals

static void take(int number, void (*handler)(int), void (*informed)(int, siginfo_t *, void *), int flags) {
  struct sigaction ours = {0}, theirs;
  if (sigaction(number, NULL, &theirs) != 0) return;
  if (handler ? theirs.sa_handler == handler : theirs.sa_sigaction == informed) return;
  if (!is_taken[number]) previous[number] = theirs;
  is_taken[number] = 1;
  sigfillset(&ours.sa_mask);
  for (size_t i = 0; i < COUNT(crash_signals); i++) sigdelset(&ours.sa_mask, crash_signals[i]);
  ours.sa_flags = SA_ONSTACK | flags | (informed ? SA_SIGINFO : 0);
  if (informed)
    ours.sa_sigaction = informed;
  else
    ours.sa_handler = handler;
  sigaction(number, &ours, NULL);
}

/// Who started the program with a signal ignored (nohup, no job control) wants it ignored.
static int is_ignored(int number) {
  struct sigaction theirs;
  return sigaction(number, NULL, &theirs) == 0 && !(theirs.sa_flags & SA_SIGINFO) && theirs.sa_handler == SIG_IGN;
}

static void take_notices(void) {
  if (!is_ignored(SIGTSTP)) take(SIGTSTP, NULL, on_notice, SA_RESTART);
  take(SIGCONT, NULL, on_notice, SA_RESTART);
}

void guard_watch_size(void) { take(SIGWINCH, NULL, on_notice, SA_RESTART); }

int32_t guard_protect_thread(void) {
  stack_t stack = {.ss_size = ALTERNATE_STACK}, old;
  if (sigaltstack(NULL, &old) == 0 && !(old.ss_flags & SS_DISABLE) && old.ss_size >= ALTERNATE_STACK)
    return 0;
  stack.ss_sp = malloc(ALTERNATE_STACK);
  return stack.ss_sp != NULL && sigaltstack(&stack, NULL) == 0 ? 0 : -1;
}

int32_t guard_arm(int32_t descriptor) {
  static int registered;
  if (!armed) {
    terminal = descriptor;
    reset_count = 0;
    if (tcgetattr(descriptor, &saved_mode) != 0) return -1;
  }
  if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  if (guard_protect_thread() != 0) return -1;
  chain_crashes = getenv("LECTERN_BACKTRACE") != NULL;
  signal(SIGPIPE, SIG_IGN);
  for (size_t i = 0; i < COUNT(crash_signals); i++)
    take(crash_signals[i], NULL, on_crash, chain_crashes ? SA_NODEFER : 0);
  for (size_t i = 0; i < COUNT(end_signals); i++)
    if (!is_ignored(end_signals[i])) take(end_signals[i], on_end, NULL, SA_RESTART);
  take_notices();
  if (!registered) {
    registered = 1;
    atexit(guard_restore);
    atexit(guard_release_standard_error);
  }
  __atomic_store_n(&armed, 1, __ATOMIC_RELEASE);
  return 0;
}

void guard_set_reset(const char *bytes, int32_t count) {
  if (count > RESET_CAPACITY) count = RESET_CAPACITY;
  memcpy(reset_bytes, bytes, (size_t)count);
  reset_count = count;
}

void guard_disarm(void) {
  if (__atomic_exchange_n(&armed, 0, __ATOMIC_ACQ_REL))
    while (tcsetattr(terminal, TCSANOW, &saved_mode) != 0 && errno == EINTR) continue;
  for (int number = 1; number < NSIG; number++) {
    // What was taken from ncurses must not go back to it: its screen is no more.
    if (number == SIGWINCH) previous[number] = (struct sigaction){.sa_handler = SIG_DFL};
    if (is_taken[number]) sigaction(number, &previous[number], NULL);
    is_taken[number] = 0;
  }
  first_end_second = 0;
}

void guard_pause(void) { paused = 1; }

void guard_unpause(void) {
  paused = 0;
  take_notices();
}

int32_t guard_signal_descriptor(void) { return signal_pipe[0]; }

int32_t guard_next_signal(void) {
  unsigned char byte;
  return read(signal_pipe[0], &byte, 1) == 1 ? byte : 0;
}

_Noreturn void guard_reraise(int32_t number) {
  guard_restore();
  guard_release_standard_error();
  die_by(number);
}

void guard_stop(void) {
  // With the default action, for the whole group, as the terminal does it; an orphaned group, which
  // nobody could continue, is not stopped by it.
  struct sigaction normal = {0}, ours;
  normal.sa_handler = is_taken[SIGTSTP] ? SIG_DFL : SIG_IGN;
  sigaction(SIGTSTP, &normal, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

// MARK: Standard error

void guard_capture_standard_error(void) {
  if (captured_error >= 0) return;
  int memory = memfd_create("stderr", MFD_CLOEXEC), copy = fcntl(2, F_DUPFD_CLOEXEC, 3);
  if (memory < 0 || copy < 0 || dup2(memory, 2) < 0) {
    if (memory >= 0) close(memory);
    if (copy >= 0) close(copy);
    return;
  }
  real_error = copy;
  captured_error = memory;
}

void guard_release_standard_error(void) {
  if (captured_error < 0) return;
  dup2(real_error, 2);
  replay(captured_error, 2);
  close(captured_error);
  close(real_error);
  captured_error = real_error = -1;
}

// MARK: Descriptors

int32_t guard_is_gone(int32_t descriptor) {
  struct pollfd state = {.fd = descriptor, .events = POLLIN};
  int waiting = 0;
  if (poll(&state, 1, 0) <= 0) return 0;
  if (state.revents & (POLLHUP | POLLERR | POLLNVAL)) return 1;
  return (state.revents & POLLIN) && (ioctl(descriptor, FIONREAD, &waiting) != 0 || waiting == 0);
}

int32_t guard_make_wakeup(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void guard_wake(int32_t descriptor) {
  uint64_t one = 1;
  while (write(descriptor, &one, sizeof one) < 0 && errno == EINTR) continue;
}

void guard_drain_wakeup(int32_t descriptor) {
  uint64_t count;
  while (read(descriptor, &count, sizeof count) < 0 && errno == EINTR) continue;
}
