#include "CGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { PATIENCE_MILLISECONDS = 2000, FIRST_FREE = 3 };

int32_t guard_spawn(char *const arguments[], int32_t input, int32_t detached, int32_t *process) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t all, none;
  pid_t child = 0;
  int failure = posix_spawn_file_actions_init(&files);
  if (failure != 0) return failure;
  failure = posix_spawnattr_init(&attributes);
  if (failure != 0) {
    posix_spawn_file_actions_destroy(&files);
    return failure;
  }
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  sigemptyset(&none);
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
  if (detached) flags |= POSIX_SPAWN_SETSID;
  failure = posix_spawnattr_setflags(&attributes, flags);
  if (!failure) failure = posix_spawnattr_setsigdefault(&attributes, &all);
  if (!failure) failure = posix_spawnattr_setsigmask(&attributes, &none);
  if (detached) {
    if (!failure) failure = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    for (int output = 1; output <= 2 && !failure; output++)
      failure = posix_spawn_file_actions_addopen(&files, output, "/dev/null", O_WRONLY, 0);
  } else if (input > 0) {
    if (!failure) failure = posix_spawn_file_actions_adddup2(&files, input, 0);
  }
  if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(&files, FIRST_FREE);
  if (!failure) failure = posix_spawnp(&child, arguments[0], &files, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  *process = child;
  return failure;
}

// MARK: While a child has the terminal

static const int from_keys[] = {SIGINT, SIGQUIT, SIGTSTP};
enum { KEY_SIGNALS = sizeof from_keys / sizeof *from_keys };
static struct sigaction before_child[KEY_SIGNALS];

void guard_begin_child(void) {
  for (int i = 0; i < KEY_SIGNALS; i++) {
    struct sigaction action = {.sa_handler = from_keys[i] == SIGTSTP ? SIG_DFL : SIG_IGN};
    sigaction(from_keys[i], NULL, &before_child[i]);
    // Who started the program without job control wants no stop.
    if (from_keys[i] == SIGTSTP && before_child[i].sa_handler == SIG_IGN) continue;
    sigaction(from_keys[i], &action, NULL);
  }
}

void guard_end_child(void) {
  for (int i = 0; i < KEY_SIGNALS; i++) sigaction(from_keys[i], &before_child[i], NULL);
}

static int32_t result_of(int status) {
  return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int is_end(int number) {
  return number != 0 && number != SIGWINCH && number != SIGCONT && number != SIGTSTP;
}

int32_t guard_await(int32_t process, int32_t *end_signal) {
  int status = 0, left = -1;
  *end_signal = 0;
  // Readable once the child has ended; where the kernel has none, the child is waited for alone.
  int handle = (int)syscall(SYS_pidfd_open, (pid_t)process, 0);
  while (handle >= 0) {
    struct pollfd watched[2] = {{.fd = handle, .events = POLLIN},
                                {.fd = *end_signal ? -1 : guard_signal_descriptor(), .events = POLLIN}};
    int ready = poll(watched, 2, left);
    if (ready < 0 && errno != EINTR) break;
    if (ready == 0 && *end_signal) {
      kill(process, SIGKILL);
      break;
    }
    if (ready <= 0) continue;
    if (watched[0].revents) break;
    for (int number = guard_next_signal(); number != 0; number = guard_next_signal())
      if (is_end(number) && !*end_signal) {
        *end_signal = number;
        kill(process, number == SIGHUP ? SIGHUP : SIGTERM);
        kill(process, SIGCONT);  // one that is stopped could not follow
        left = PATIENCE_MILLISECONDS;
      }
  }
  if (handle >= 0) close(handle);
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return 0;
  return result_of(status);
}

void guard_await_line(int32_t terminal) {
  struct pollfd watched[2] = {{.fd = terminal, .events = POLLIN},
                              {.fd = guard_signal_descriptor(), .events = POLLIN}};
  for (;;) {
    unsigned char byte;
    if (poll(watched, 2, -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    if (watched[1].revents) return;
    if (read(terminal, &byte, 1) != 1 || byte == '\n' || byte == '\r') return;
  }
}

int32_t guard_memory_file(const uint8_t *bytes, int64_t count) {
  int file = memfd_create("piped", MFD_CLOEXEC);
  if (file < 0) return -1;
  int64_t done = 0;
  while (done < count) {
    ssize_t written = write(file, bytes + done, (size_t)(count - done));
    if (written > 0) {
      done += written;
    } else if (written == 0 || errno != EINTR) {
      int kept = written == 0 ? ENOSPC : errno;
      close(file);
      errno = kept;
      return -1;
    }
  }
  lseek(file, 0, SEEK_SET);
  return file;
}
