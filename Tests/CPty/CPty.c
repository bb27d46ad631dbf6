#include "CPty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

// MARK: The pair and the program

int32_t pty_resize(int32_t master, int32_t rows, int32_t columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(master, TIOCSWINSZ, &size);
}

int32_t pty_start(const char *path, char *const arguments[], char *const environment[], int32_t rows,
                  int32_t columns, int32_t redirected, int32_t *master) {
  int controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  char name[128];
  if (controller < 0) return -1;
  if (grantpt(controller) != 0 || unlockpt(controller) != 0 ||
      ptsname_r(controller, name, sizeof name) != 0 || pty_resize(controller, rows, columns) != 0) {
    close(controller);
    return -1;
  }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  // The first terminal that the leader of a session opens becomes its controlling terminal.
  posix_spawn_file_actions_addopen(&actions, 3, name, O_RDWR, 0);
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    if (redirected & 0x10 << descriptor)
      posix_spawn_file_actions_addclose(&actions, descriptor);
    else if (redirected & 1 << descriptor)
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
    else
      posix_spawn_file_actions_adddup2(&actions, 3, descriptor);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t process = -1;
  int failure = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) {
    close(controller);
    errno = failure;
    return -1;
  }
  *master = controller;
  return process;
}

int32_t pty_mode(int32_t master) {
  struct termios mode;
  if (tcgetattr(master, &mode) != 0) return -1;
  return (mode.c_lflag & ECHO ? 1 : 0) | (mode.c_lflag & ICANON ? 2 : 0) | (mode.c_lflag & ISIG ? 4 : 0) |
         (mode.c_oflag & OPOST ? 8 : 0);
}

int32_t pty_poll_exit(int32_t process) {
  int status;
  pid_t found = waitpid(process, &status, WNOHANG);
  if (found != process) return -1;
  return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

int64_t pty_processor_milliseconds(int32_t process) {
  clockid_t clock;
  struct timespec used;
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return -1;
  return used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

// MARK: The emulator

struct pty_screen {
  VTerm *terminal;
  VTermScreen *screen;
  int is_alternate;
};

static int on_property(VTermProp property, VTermValue *value, void *user) {
  pty_screen *screen = user;
  if (property == VTERM_PROP_ALTSCREEN) screen->is_alternate = value->boolean;
  return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void discard(const char *bytes, size_t count, void *user) {
  (void)bytes, (void)count, (void)user;
}

pty_screen *pty_screen_make(int32_t rows, int32_t columns) {
  pty_screen *screen = calloc(1, sizeof *screen);
  if (!screen) return NULL;
  screen->terminal = vterm_new(rows, columns);
  vterm_set_utf8(screen->terminal, 1);
  vterm_output_set_callback(screen->terminal, discard, NULL);
  screen->screen = vterm_obtain_screen(screen->terminal);
  vterm_screen_set_callbacks(screen->screen, &callbacks, screen);
  vterm_screen_enable_altscreen(screen->screen, 1);
  vterm_screen_reset(screen->screen, 1);
  return screen;
}

void pty_screen_free(pty_screen *screen) {
  vterm_free(screen->terminal);
  free(screen);
}

void pty_screen_resize(pty_screen *screen, int32_t rows, int32_t columns) {
  vterm_set_size(screen->terminal, rows, columns);
}

void pty_screen_feed(pty_screen *screen, const uint8_t *bytes, int32_t count) {
  vterm_input_write(screen->terminal, (const char *)bytes, (size_t)count);
}

static int32_t color_number(const VTermColor *color, int is_default) {
  return is_default ? -1 : VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : -2;
}

void pty_screen_cell(const pty_screen *screen, int32_t row, int32_t column, struct pty_cell *cell) {
  VTermScreenCell found;
  VTermPos place = {.row = row, .col = column};
  memset(cell, 0, sizeof *cell);
  if (!vterm_screen_get_cell(screen->screen, place, &found)) return;
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL; i++) {
    cell->scalars[i] = found.chars[i];
    if (!found.chars[i]) break;
  }
  cell->width = found.width;
  cell->attributes = (found.attrs.bold ? 1 : 0) | (found.attrs.underline ? 2 : 0) |
                     (found.attrs.italic ? 4 : 0) | (found.attrs.reverse ? 8 : 0);
  cell->foreground = color_number(&found.fg, VTERM_COLOR_IS_DEFAULT_FG(&found.fg) != 0);
  cell->background = color_number(&found.bg, VTERM_COLOR_IS_DEFAULT_BG(&found.bg) != 0);
}

int32_t pty_screen_cursor(const pty_screen *screen) {
  VTermPos place;
  vterm_state_get_cursorpos(vterm_obtain_state(screen->terminal), &place);
  return place.row << 16 | place.col;
}

int32_t pty_screen_is_alternate(const pty_screen *screen) { return screen->is_alternate; }
