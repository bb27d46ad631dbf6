#pragma once
#include <stdint.h>

// The one ncurses screen of the process. curses.h stays behind this header: its macros and variadic
// functions do not import into Swift. All functions belong to one thread.

/// One cell to paint: a base and up to four marks, ended by 0 when fewer than five.
struct screen_cell {
  uint32_t scalars[5];
  /// 0 is the terminal's own colour, otherwise the palette number plus one.
  uint16_t foreground, background;
  /// `SCREEN_BOLD` and its kin.
  uint8_t attributes;
  /// Columns: 1 or 2; a cell of 0 columns is skipped.
  uint8_t width;
};

enum { SCREEN_BOLD = 1, SCREEN_DIM = 2, SCREEN_ITALIC = 4, SCREEN_UNDERLINE = 8, SCREEN_REVERSE = 16 };

/// What `screen_check` found.
enum { SCREEN_USABLE = 0, SCREEN_UNKNOWN_TERMINAL = 1, SCREEN_NO_CURSOR_ADDRESSING = 2 };

/// Key codes given by `screen_read` beyond bytes: a name, plus 32 times the xterm modifier number
/// (2 to 8) where a modifier was held.
enum {
  SCREEN_KEY_UP = 0x1000,
  SCREEN_KEY_DOWN,
  SCREEN_KEY_RIGHT,
  SCREEN_KEY_LEFT,
  SCREEN_KEY_END,
  SCREEN_KEY_HOME,
  SCREEN_KEY_PAGE_UP,
  SCREEN_KEY_PAGE_DOWN,
  SCREEN_KEY_INSERT,
  SCREEN_KEY_DELETE,
  SCREEN_KEY_ENTER,
  SCREEN_KEY_BACKSPACE,
  SCREEN_KEY_BACK_TAB,
  SCREEN_KEY_F0,  // up to SCREEN_KEY_F0 + 12
  SCREEN_KEY_PASTE_BEGIN = 0x2000,
  SCREEN_KEY_PASTE_END,
  SCREEN_KEY_RESIZE,
  SCREEN_KEY_OTHER,
  SCREEN_KEY_F0_PLAIN = 0x2100,  // F0 to F63 as terminfo numbers them
};

/// Takes the locale of the environment, or C.UTF-8 where that is not UTF-8. 1 when UTF-8 it is.
int32_t screen_set_locale(void);

/// Whether terminfo knows a terminal well enough: one of `SCREEN_USABLE` and its kin.
int32_t screen_check(const char *term, int32_t output);

/// Takes the terminal over; -1 when ncurses will not. `keys` may be a terminal other than `output`.
int32_t screen_open(const char *term, int32_t output, int32_t keys, int32_t with_colors);

/// Gives the terminal back; `screen_resume` takes it again, with nothing painted: -1 when it cannot.
/// Until then nothing is painted or read.
void screen_leave(void);
int32_t screen_resume(void);

/// Gives the terminal back for good.
void screen_close(void);

/// Colours: 0, 8, 16, 256.
int32_t screen_colors(void);
int32_t screen_has_italic(void);

/// Asks the kernel for the size and fits the screen to it.
void screen_fit(int32_t *rows, int32_t *columns);

/// Hands one row over, from column 0. Returns how many cells were refused by the last guard: those
/// whose columns ncurses (that is, the C library) counts otherwise than `width`.
int32_t screen_put_row(int32_t row, const struct screen_cell *cells, int32_t count);

/// Shows what was handed over. `column` < 0 hides the cursor.
void screen_show(int32_t row, int32_t column);

/// Whether the terminal is one that passes over control strings (OSC, DCS) that it does not know.
int32_t screen_takes_strings(void);

/// Writes a control string between two frames. The caller answers for each byte.
void screen_write_string(const uint8_t *bytes, int32_t count);

/// The next `screen_show` repaints everything.
void screen_forget(void);

/// The next byte (0 to 255) or key code; -1 when nothing waits.
int32_t screen_read(void);

/// The bytes that undo the modes of the screen, for a signal handler: at most `capacity`; the count.
int32_t screen_reset_bytes(char *bytes, int32_t capacity);
