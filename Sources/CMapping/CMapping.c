#define _GNU_SOURCE
#include "CMapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

// MARK: Watches

/// One watched mapping; free while `base` is 0. `base` is written last and cleared first, so that the handler,
/// which takes no lock, sees a whole watch or none.
struct watch {
  uintptr_t base, end;
  uint8_t *damaged;
};

enum { WATCHES = 4096, BLANKED_AROUND = 1 << 20 };

static struct watch watches[WATCHES];
/// Watches in use are below this.
static int32_t used;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction previous;
static int has_chained;
static uintptr_t page_size;

/// Whole pages of zeros from `start` to `end`, which are on page boundaries.
static int blank(uintptr_t start, uintptr_t end) {
  void *given = mmap((void *)start, end - start, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  return given == MAP_FAILED ? -1 : 0;
}

int32_t mapping_blank(const void *start, size_t length) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t first = (uintptr_t)start & ~(page - 1);
  uintptr_t end = ((uintptr_t)start + length + page - 1) & ~(page - 1);
  return blank(first, end);
}

// MARK: The handler

static void on_bus_error(int number, siginfo_t *info, void *context) {
  (void)context;
  int kept = errno;
  if (info->si_code > 0) {
    uintptr_t address = (uintptr_t)info->si_addr;
    int32_t count = __atomic_load_n(&used, __ATOMIC_ACQUIRE);
    for (int32_t i = 0; i < count; i++) {
      uintptr_t base = __atomic_load_n(&watches[i].base, __ATOMIC_ACQUIRE);
      if (base == 0 || address < base || address >= watches[i].end) continue;
      // The neighbours are most likely gone as well: one fault for all of them.
      uintptr_t start = address & ~(uintptr_t)(BLANKED_AROUND - 1), end = start + BLANKED_AROUND;
      if (start < base) start = base;
      if (end > watches[i].end) end = (watches[i].end + page_size - 1) & ~(page_size - 1);
      __atomic_store_n(watches[i].damaged, 1, __ATOMIC_RELEASE);
      if (blank(start, end) == 0) {
        errno = kept;
        return;
      }
      break;
    }
  }
  errno = kept;
  // Somebody else's: the instruction runs again, or the signal comes again, into the handler before.
  struct sigaction normal = {.sa_handler = SIG_DFL};
  sigaction(number, has_chained ? &normal : &previous, NULL);
  has_chained = 1;
  if (info->si_code <= 0) raise(number);
}

/// Puts the handler in place, before whatever stands there now. Under the lock.
static int install(void) {
  struct sigaction theirs, ours = {0};
  if (sigaction(SIGBUS, NULL, &theirs) != 0) return -1;
  if ((theirs.sa_flags & SA_SIGINFO) && theirs.sa_sigaction == on_bus_error) return 0;
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  previous = theirs;
  ours.sa_sigaction = on_bus_error;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&ours.sa_mask);
  return sigaction(SIGBUS, &ours, NULL);
}

int32_t mapping_watch(const void *base, size_t length, uint8_t *damaged) {
  int32_t found = -1;
  pthread_mutex_lock(&lock);
  if (install() == 0) {
    for (int32_t i = 0; i < WATCHES; i++) {
      if (watches[i].base != 0) continue;
      watches[i].end = (uintptr_t)base + length;
      watches[i].damaged = damaged;
      __atomic_store_n(&watches[i].base, (uintptr_t)base, __ATOMIC_RELEASE);
      if (i >= used) __atomic_store_n(&used, i + 1, __ATOMIC_RELEASE);
      found = i;
      break;
    }
  }
  pthread_mutex_unlock(&lock);
  return found;
}

void mapping_unwatch(int32_t watch) {
  if (watch < 0 || watch >= WATCHES) return;
  pthread_mutex_lock(&lock);
  __atomic_store_n(&watches[watch].base, 0, __ATOMIC_RELEASE);
  pthread_mutex_unlock(&lock);
}
