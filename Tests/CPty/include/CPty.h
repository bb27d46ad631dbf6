#pragma once
#include <stdint.h>

// A pseudo-terminal with a program in it, and an emulator (libvterm) that shows what the program drew.
// Only tests link this.

/// Starts a program as leader of a new session whose controlling terminal is the pseudo-terminal's
/// other side, on descriptors 0, 1 and 2. `redirected` replaces descriptor 0 (bit 0), 1 (bit 1) or 2
/// (bit 2) by /dev/null; bits 4 to 6 close them instead. The process number, or -1 with errno.
int32_t pty_start(const char *path, char *const arguments[], char *const environment[], int32_t rows,
                  int32_t columns, int32_t redirected, int32_t *master);

/// Tells the terminal's size; the foreground group gets SIGWINCH.
int32_t pty_resize(int32_t master, int32_t rows, int32_t columns);

/// Bits of the terminal's mode, seen from the master: 1 echo, 2 canonical, 4 signals, 8 output
/// processing; -1 when it is gone.
int32_t pty_mode(int32_t master);

/// Waits for a child: -1 it still runs; otherwise exit status, or 256 plus the signal's number.
int32_t pty_poll_exit(int32_t process);

/// Processor milliseconds used so far by a live process; -1 when unknown.
int64_t pty_processor_milliseconds(int32_t process);

/// The emulator.
typedef struct pty_screen pty_screen;

struct pty_cell {
  uint32_t scalars[6];
  int32_t width;
  /// 1 bold, 2 underline, 4 italic, 8 reverse.
  int32_t attributes;
  /// Palette number, -1 the default, -2 anything else.
  int32_t foreground, background;
};

pty_screen *pty_screen_make(int32_t rows, int32_t columns);
void pty_screen_free(pty_screen *screen);
void pty_screen_resize(pty_screen *screen, int32_t rows, int32_t columns);
/// Feeds what the program wrote: whole UTF-8 sequences, at most 64 kB.
void pty_screen_feed(pty_screen *screen, const uint8_t *bytes, int32_t count);
void pty_screen_cell(const pty_screen *screen, int32_t row, int32_t column, struct pty_cell *cell);
/// Row in the high, column in the low 16 bits.
int32_t pty_screen_cursor(const pty_screen *screen);
int32_t pty_screen_is_alternate(const pty_screen *screen);
