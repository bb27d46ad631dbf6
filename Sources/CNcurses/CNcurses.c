#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#undef columns  // a macro of term.h, as are some hundred others
#undef lines

static struct {
  char *term;
  FILE *output, *keys;
  SCREEN *screen;  // NULL while the terminal is given back
  WINDOW *key_window;  // a pad: reading keys from stdscr would refresh it
  int with_colors, has_default_colors;
  int with_paste, with_synchronized_output;
  int with_focus, has_mouse, with_mouse;
  int cursor_shown;
  int terminal;  // where the output goes, whatever its stream stands on
  int frame;     // a file in memory that takes a frame until it is whole
  int in_frame;
  char bytes[1 << 16];
} session = {.terminal = -1, .frame = -1};

int32_t screen_set_locale(void) {
  if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
    setlocale(LC_CTYPE, "C.UTF-8");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static const char *capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

int32_t screen_check(const char *term, int32_t output) {
  int status = 0;
  if (!*term || setupterm(term, output, &status) != OK) return SCREEN_UNKNOWN_TERMINAL;
  int usable = capability("cup") != NULL;
  del_curterm(cur_term);
  return usable ? SCREEN_USABLE : SCREEN_NO_CURSOR_ADDRESSING;
}

// MARK: Bytes of our own, beside those of ncurses

static void write_all(const char *bytes, size_t count) {
  int output = fileno(session.output);
  while (count > 0) {
    ssize_t written = write(output, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (errno == EAGAIN) {
      struct pollfd room = {.fd = output, .events = POLLOUT};
      if (poll(&room, 1, 1000) <= 0 || room.revents & (POLLERR | POLLHUP)) return;
    } else if (errno != EINTR) {
      return;
    }
  }
}

static void write_text(const char *text) { write_all(text, strlen(text)); }

// ncurses writes each time it moves the cursor, some eighty times a frame, and the terminal would be woken as
// often. A frame is collected in memory and written in one go.

/// From here until `end_frame`, what is written is collected, where that can be done.
static void begin_frame(void) {
  if (session.frame < 0 || lseek(session.frame, 0, SEEK_SET) != 0) return;
  session.in_frame = dup3(session.frame, fileno(session.output), O_CLOEXEC) >= 0;
}

/// Takes out what says nothing: before an end of all attributes ncurses gives the colours back one by one, and
/// after it names the character set, which is never another one here. A sixth of a frame full of colours.
static size_t shorten(char *bytes, size_t count) {
  static const char *const returns[] = {"\033[39m", "\033[49m", "\033[39;49m"};
  static const char tail[] = "\033(B\033[m", end[] = "\033[m";
  size_t used = 0;
  for (size_t i = 0; i < count;) {
    size_t skipped = 0;
    for (size_t k = 0; bytes[i] == '\033' && k < sizeof returns / sizeof *returns && !skipped; k++) {
      size_t length = strlen(returns[k]);
      if (i + length + sizeof tail - 1 <= count && !memcmp(bytes + i, returns[k], length) &&
          !memcmp(bytes + i + length, tail, sizeof tail - 1))
        skipped = length + sizeof tail - 1;
    }
    if (skipped) {
      memcpy(bytes + used, end, sizeof end - 1);
      used += sizeof end - 1;
      i += skipped;
    } else {
      bytes[used++] = bytes[i++];
    }
  }
  return used;
}

/// Gives ncurses the terminal back and writes what was collected, unless that is no more than so many bytes.
static void end_frame(off_t idle) {
  if (!session.in_frame) return;
  session.in_frame = 0;
  off_t size = lseek(session.frame, 0, SEEK_CUR);
  dup3(session.terminal, fileno(session.output), O_CLOEXEC);
  for (off_t start = 0; size > idle && start < size;) {
    ssize_t count = pread(session.frame, session.bytes, sizeof session.bytes, start);
    if (count <= 0) return;
    if (count > size - start) count = size - start;
    write_all(session.bytes, shorten(session.bytes, (size_t)count));
    start += count;
  }
}

/// Buttons, motion while one is held, and reports that no other text looks like.
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

static void set_own_modes(int on) {
  if (session.with_paste) write_text(on ? "\033[?2004h" : "\033[?2004l");
  if (session.with_focus) write_text(on ? "\033[?1004h" : "\033[?1004l");
  if (session.with_mouse) write_text(on ? MOUSE_ON : MOUSE_OFF);
}

// MARK: Keys

static const struct {
  char final;
  uint16_t code;
} letter_keys[] = {
    {'A', SCREEN_KEY_UP},   {'B', SCREEN_KEY_DOWN},   {'C', SCREEN_KEY_RIGHT},  {'D', SCREEN_KEY_LEFT},
    {'F', SCREEN_KEY_END},  {'H', SCREEN_KEY_HOME},   {'P', SCREEN_KEY_F0 + 1}, {'Q', SCREEN_KEY_F0 + 2},
    {'R', SCREEN_KEY_OTHER}, {'S', SCREEN_KEY_F0 + 4},
};

static const struct {
  uint8_t number;
  uint16_t code;
} tilde_keys[] = {
    {1, SCREEN_KEY_HOME},     {2, SCREEN_KEY_INSERT},   {3, SCREEN_KEY_DELETE},  {4, SCREEN_KEY_END},
    {5, SCREEN_KEY_PAGE_UP},  {6, SCREEN_KEY_PAGE_DOWN}, {7, SCREEN_KEY_HOME},    {8, SCREEN_KEY_END},
    {11, SCREEN_KEY_F0 + 1},  {12, SCREEN_KEY_F0 + 2},  {13, SCREEN_KEY_F0 + 3}, {14, SCREEN_KEY_F0 + 4},
    {15, SCREEN_KEY_F0 + 5},  {17, SCREEN_KEY_F0 + 6},  {18, SCREEN_KEY_F0 + 7}, {19, SCREEN_KEY_F0 + 8},
    {20, SCREEN_KEY_F0 + 9},  {21, SCREEN_KEY_F0 + 10}, {23, SCREEN_KEY_F0 + 11}, {24, SCREEN_KEY_F0 + 12},
};

enum { LETTER_KEYS = sizeof letter_keys / sizeof *letter_keys, TILDE_KEYS = sizeof tilde_keys / sizeof *tilde_keys };

/// Where the terminal's own description says nothing of a sequence, xterm's meaning holds.
static void define_missing(const char *sequence, int code) {
  if (key_defined(sequence) <= 0) define_key(sequence, code);
}

static void define_keys(void) {
  char sequence[16];
  for (int i = 0; i < LETTER_KEYS; i++) {
    char final = letter_keys[i].final;
    int code = letter_keys[i].code;
    // ESC [ row ; column R is also how a terminal reports its cursor: never a key here.
    if (code != SCREEN_KEY_OTHER) {
      snprintf(sequence, sizeof sequence, "\033O%c", final);
      define_missing(sequence, code);
      if (final < 'P') {
        snprintf(sequence, sizeof sequence, "\033[%c", final);
        define_missing(sequence, code);
      }
    }
    for (int modifier = 2; modifier <= 8; modifier++) {
      snprintf(sequence, sizeof sequence, "\033[1;%d%c", modifier, final);
      define_key(sequence, code == SCREEN_KEY_OTHER ? 0 : code + 32 * modifier);
    }
  }
  for (int i = 0; i < TILDE_KEYS; i++) {
    snprintf(sequence, sizeof sequence, "\033[%d~", tilde_keys[i].number);
    define_missing(sequence, tilde_keys[i].code);
    for (int modifier = 2; modifier <= 8; modifier++) {
      snprintf(sequence, sizeof sequence, "\033[%d;%d~", tilde_keys[i].number, modifier);
      define_key(sequence, tilde_keys[i].code + 32 * modifier);
    }
  }
  define_missing("\033OR", SCREEN_KEY_F0 + 3);
  define_missing("\033OM", SCREEN_KEY_ENTER);
  define_missing("\033[Z", SCREEN_KEY_BACK_TAB);
  define_key("\033[200~", SCREEN_KEY_PASTE_BEGIN);
  define_key("\033[201~", SCREEN_KEY_PASTE_END);
  keyok(KEY_MOUSE, FALSE);  // the decoder reads the reports itself: under tmux ncurses takes another form
}

static int named_key(int key) {
  if (key >= SCREEN_KEY_UP) return key;
  if (key >= KEY_F0 && key <= KEY_F(63)) return SCREEN_KEY_F0_PLAIN + (key - KEY_F0);
  enum { SHIFT = 32 * 2 };
  switch (key) {
    case KEY_UP: return SCREEN_KEY_UP;
    case KEY_DOWN: return SCREEN_KEY_DOWN;
    case KEY_RIGHT: return SCREEN_KEY_RIGHT;
    case KEY_LEFT: return SCREEN_KEY_LEFT;
    case KEY_SR: return SCREEN_KEY_UP + SHIFT;
    case KEY_SF: return SCREEN_KEY_DOWN + SHIFT;
    case KEY_SRIGHT: return SCREEN_KEY_RIGHT + SHIFT;
    case KEY_SLEFT: return SCREEN_KEY_LEFT + SHIFT;
    case KEY_HOME: case KEY_FIND: case KEY_SHOME: return SCREEN_KEY_HOME;
    case KEY_END: case KEY_LL: case KEY_SELECT: case KEY_SEND: return SCREEN_KEY_END;
    case KEY_PPAGE: case KEY_SPREVIOUS: return SCREEN_KEY_PAGE_UP;
    case KEY_NPAGE: case KEY_SNEXT: return SCREEN_KEY_PAGE_DOWN;
    case KEY_IC: case KEY_SIC: return SCREEN_KEY_INSERT;
    case KEY_DC: case KEY_SDC: return SCREEN_KEY_DELETE;
    case KEY_ENTER: return SCREEN_KEY_ENTER;
    case KEY_BACKSPACE: return SCREEN_KEY_BACKSPACE;
    case KEY_BTAB: return SCREEN_KEY_BACK_TAB;
    case KEY_RESIZE: return SCREEN_KEY_RESIZE;
    default: return SCREEN_KEY_OTHER;
  }
}

int32_t screen_read(void) {
  int key = session.screen ? wgetch(session.key_window) : ERR;
  if (key == ERR) return -1;
  return key < 256 ? key : named_key(key);
}

// MARK: Life of the screen

/// Terminals whose makers ignore an unknown private mode: the others are spared it.
static int ignores_unknown_modes(const char *term) {
  static const char *const families[] = {"xterm", "tmux", "alacritty", "foot", "contour", "wezterm"};
  for (size_t i = 0; i < sizeof families / sizeof *families; i++)
    if (strncmp(term, families[i], strlen(families[i])) == 0) return 1;
  return 0;
}

static FILE *stream_on(int descriptor, const char *mode) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  FILE *stream = copy < 0 ? NULL : fdopen(copy, mode);
  if (!stream && copy >= 0) close(copy);
  return stream;
}

/// Makes the ncurses screen, at the start and after each time it was given back.
static int start_screen(void) {
  session.screen = newterm(session.term, session.output, session.keys);
  if (!session.screen) return -1;
  session.key_window = newpad(1, 1);
  if (!session.key_window) return -1;
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  typeahead(-1);
  if (!getenv("ESCDELAY")) set_escdelay(25);
  keypad(session.key_window, TRUE);
  nodelay(session.key_window, TRUE);
  scrollok(stdscr, FALSE);
  idlok(stdscr, TRUE);
  define_keys();
  if (session.with_colors && has_colors()) {
    start_color();
    session.has_default_colors = use_default_colors() == OK;
  }
  const char *cup = capability("cup");
  session.with_paste = cup && strncmp(cup, "\033[", 2) == 0;
  session.with_focus = session.with_paste && session.with_synchronized_output;
  session.has_mouse = session.with_paste && (session.with_synchronized_output || capability("kmous"));
  session.cursor_shown = -1;
  set_own_modes(1);
  return 0;
}

int32_t screen_open(const char *term, int32_t output, int32_t keys, int32_t with_colors) {
  if (session.term) return -1;
  session.term = strdup(term);
  session.output = stream_on(output, "w");
  session.keys = stream_on(keys, "r");
  session.with_colors = with_colors;
  session.with_synchronized_output = ignores_unknown_modes(term);
  use_env(FALSE);  // the kernel knows the size; exported LINES and COLUMNS are stale
  use_tioctl(TRUE);
  session.terminal = fcntl(output, F_DUPFD_CLOEXEC, 3);
  if (session.terminal >= 0) session.frame = memfd_create("frame", MFD_CLOEXEC);
  if (session.term && session.output && session.keys && start_screen() == 0) return 0;
  screen_close();
  return -1;
}

// Going on with the suspended screen would do as well, but ncurses then resets the palette (OSC 104),
// which is the user's.
void screen_leave(void) {
  if (!session.screen) return;
  set_own_modes(0);
  if (session.cursor_shown == 0) curs_set(1);
  endwin();
  if (session.key_window) delwin(session.key_window);
  session.key_window = NULL;
  delscreen(session.screen);
  session.screen = NULL;
}

int32_t screen_resume(void) {
  if (!session.screen) return start_screen();
  reset_prog_mode();  // stopped from outside: the screen was not left
  set_own_modes(1);
  screen_forget();
  return 0;
}

void screen_close(void) {
  screen_leave();
  if (session.output) fclose(session.output);
  if (session.keys) fclose(session.keys);
  if (session.terminal >= 0) close(session.terminal);
  if (session.frame >= 0) close(session.frame);
  free(session.term);
  memset(&session, 0, sizeof session);
  session.terminal = session.frame = -1;
}

int32_t screen_colors(void) {
  if (!session.with_colors || !session.has_default_colors && COLOR_PAIRS <= 1) return 0;
  return COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
}

int32_t screen_has_italic(void) { return capability("sitm") != NULL; }

void screen_fit(int32_t *rows, int32_t *columns) {
  struct winsize size;
  *rows = *columns = 1;
  if (!session.screen) return;
  if (ioctl(fileno(session.output), TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
      (size.ws_row != LINES || size.ws_col != COLS))
    resize_term(size.ws_row, size.ws_col);
  getmaxyx(stdscr, *rows, *columns);
}

// MARK: Painting

static attr_t attributes_of(uint8_t bits) {
  attr_t result = A_NORMAL;
  if (bits & SCREEN_BOLD) result |= A_BOLD;
  if (bits & SCREEN_DIM) result |= A_DIM;
  if (bits & SCREEN_ITALIC) result |= A_ITALIC;
  if (bits & SCREEN_UNDERLINE) result |= A_UNDERLINE;
  if (bits & SCREEN_REVERSE) result |= A_REVERSE;
  return result;
}

static int pair_of(uint16_t foreground, uint16_t background) {
  if ((foreground == 0 && background == 0) || screen_colors() == 0) return 0;  // alloc_pair would crash
  int ink = foreground ? foreground - 1 : session.has_default_colors ? -1 : COLOR_WHITE;
  int paper = background ? background - 1 : session.has_default_colors ? -1 : COLOR_BLACK;
  int pair = alloc_pair(ink, paper);
  return pair < 0 ? 0 : pair;
}

/// Whether the C library, and so ncurses, counts the cell as the caller does.
static int is_sound(const struct screen_cell *cell, wchar_t text[CCHARW_MAX + 1]) {
  int count = 0;
  while (count < 5 && cell->scalars[count]) {
    text[count] = (wchar_t)cell->scalars[count];
    if (wcwidth(text[count]) != (count == 0 ? cell->width : 0)) return 0;
    count++;
  }
  text[count] = L'\0';
  return count > 0;
}

int32_t screen_put_row(int32_t row, const struct screen_cell *cells, int32_t count) {
  int rows, columns;
  if (!session.screen) return 0;
  getmaxyx(stdscr, rows, columns);
  if (row < 0 || row >= rows) return 0;
  cchar_t line[columns];
  int used = 0, column = 0, refused = 0;
  uint16_t foreground = 0, background = 0;
  uint8_t attributes = 0;
  int pair = 0, plain_pair = 0, plain = 0;
  cchar_t ink;  // a letter in the last ink
  for (int32_t i = 0; i < count && column < columns; i++) {
    const struct screen_cell *cell = &cells[i];
    if (cell->width == 0) continue;
    if (cell->foreground != foreground || cell->background != background) {
      foreground = cell->foreground;
      background = cell->background;
      pair = pair_of(foreground, background);
    }
    uint32_t scalar = cell->scalars[0];
    if (scalar >= 0x20 && scalar < 0x7F && !cell->scalars[1] && cell->width == 1) {
      // Most of all text: nothing to check, and mostly nothing but the letter differs from the cell before.
      if (!plain || cell->attributes != attributes || pair != plain_pair) {
        wchar_t letter[2] = {L' '};
        attributes = cell->attributes;
        plain_pair = pair;
        setcchar(&ink, letter, attributes_of(attributes), 0, &pair);
        plain = 1;
      }
      line[used] = ink;
      line[used++].chars[0] = (wchar_t)scalar;
      column++;
      continue;
    }
    wchar_t text[CCHARW_MAX + 1];
    int width = cell->width, blanks = 0;
    if (column + width > columns) {
      blanks = columns - column;  // a wide glyph cut by the edge
    } else if (!is_sound(cell, text)) {
      refused++;
      blanks = width;
    }
    for (int blank = 0; blank < (blanks ? blanks : 1); blank++) {
      if (blanks) wcscpy(text, blank == 0 && column + width <= columns ? L"?" : L" ");
      setcchar(&line[used++], text, attributes_of(cell->attributes), 0, &pair);
    }
    column += blanks ? blanks : width;
  }
  int blank_pair = 0;
  while (column++ < columns) setcchar(&line[used++], L" ", A_NORMAL, 0, &blank_pair);
  mvwadd_wchnstr(stdscr, row, 0, line, used);
  return refused;
}

/// What lets a terminal show a frame only once it is whole.
#define FRAME_BEGINS "\033[?2026h"
#define FRAME_ENDS "\033[?2026l"

void screen_show(int32_t row, int32_t column) {
  int shown = column >= 0;
  if (!session.screen) return;
  wmove(stdscr, shown ? row : 0, shown ? column : 0);
  begin_frame();
  if (session.with_synchronized_output) write_text(FRAME_BEGINS);
  wnoutrefresh(stdscr);
  doupdate();
  if (shown != session.cursor_shown) {
    curs_set(shown);
    session.cursor_shown = shown;
  }
  if (session.with_synchronized_output) write_text(FRAME_ENDS);
  end_frame(session.with_synchronized_output ? sizeof FRAME_BEGINS + sizeof FRAME_ENDS - 2 : 0);
}

int32_t screen_set_mouse(int32_t on) {
  int was_on = session.with_mouse;
  session.with_mouse = on && session.has_mouse;
  if (session.screen && session.with_mouse != was_on) write_text(session.with_mouse ? MOUSE_ON : MOUSE_OFF);
  return session.has_mouse;
}

int32_t screen_takes_strings(void) {
  static const char *const without[] = {"linux", "vt", "dumb", "cons", "ansi", "sun"};
  if (!session.screen || !session.with_paste) return 0;
  for (size_t i = 0; i < sizeof without / sizeof *without; i++)
    if (strncmp(session.term, without[i], strlen(without[i])) == 0) return 0;
  return 1;
}

void screen_write_string(const uint8_t *bytes, int32_t count) {
  if (session.screen && count > 0) write_all((const char *)bytes, (size_t)count);
}

void screen_forget(void) {
  if (!session.screen) return;
  clearok(curscr, TRUE);
  touchwin(stdscr);
}

// MARK: For the crash guard

static char *reset_position, *reset_end;

static int put_reset_byte(int byte) {
  if (reset_position < reset_end) *reset_position++ = (char)byte;
  return byte;
}

static void put_reset(const char *name) {
  const char *value = capability(name);
  if (value) tputs(value, 1, put_reset_byte);
}

int32_t screen_reset_bytes(char *bytes, int32_t capacity) {
  reset_position = bytes;
  reset_end = bytes + capacity;
  const char *modes[] = {session.with_synchronized_output ? "\033[?2026l" : "",
                         session.with_paste ? "\033[?2004l" : "", session.with_focus ? "\033[?1004l" : "",
                         session.has_mouse ? MOUSE_OFF : ""};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
    for (const char *byte = modes[i]; *byte; byte++) put_reset_byte(*byte);
  put_reset("sgr0");
  put_reset("rmkx");
  put_reset("rmcup");
  put_reset("cnorm");
  put_reset_byte('\r');
  if (!capability("rmcup")) put_reset_byte('\n');
  return (int32_t)(reset_position - bytes);
}
