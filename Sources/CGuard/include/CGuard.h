#pragma once
#include <stdint.h>

// What must hold whatever happens to the process: the terminal goes back to how it was found. Signal
// handlers are C because nothing in Swift is async-signal-safe.

/// Opens /dev/null on those of descriptors 0, 1 and 2 that are closed, so that no later file takes
/// their number. 0, or -1.
int32_t guard_standard_descriptors(void);

/// Remembers the mode of a terminal and takes over the fatal signals (SEGV BUS ILL TRAP FPE ABRT SYS),
/// those that end a program (TERM HUP INT QUIT USR1 USR2 ALRM VTALRM PROF XCPU IO), stop and continue.
/// Call before ncurses opens its screen: it respects handlers that are there. 0, or -1 with errno.
int32_t guard_arm(int32_t terminal);

/// Notices changes of size too, and passes them on to ncurses, whose handler must be there by then.
void guard_watch_size(void);

/// The bytes that undo the screen's modes; written by handlers and at exit.
void guard_set_reset(const char *bytes, int32_t count);

/// Undoes the screen from wherever: writes the reset bytes and the terminal's old mode. Idempotent and
/// async-signal-safe.
void guard_restore(void);

/// Restores nothing, but gives the terminal's old mode back and the signals to who had them.
void guard_disarm(void);

/// While the terminal is lent to another program, a crash or an end must not write to it. Afterwards
/// its mode is put back to how it was found; call that before ncurses takes it again.
void guard_pause(void);
void guard_unpause(void);

/// Read end of the pipe on which the handlers leave one byte, the signal's number.
int32_t guard_signal_descriptor(void);

/// The next signal noticed, 0 when none.
int32_t guard_next_signal(void);

/// Ends the process by a signal, with its default action.
_Noreturn void guard_reraise(int32_t signal);

/// Stops the process group as the terminal's own Ctrl-Z would, and returns when continued.
void guard_stop(void);

/// Gives the calling thread a stack for the crash handler, so that a stack overflow on it restores the
/// terminal too. 0, or -1.
int32_t guard_protect_thread(void);

/// Sends descriptor 2 into memory while a screen is up, and back: what was said meanwhile is repeated
/// with everything but printable ASCII, newline and tab shown as `?`.
void guard_capture_standard_error(void);
void guard_release_standard_error(void);

/// 1 when the terminal is gone, or at its end with nothing to read.
int32_t guard_is_gone(int32_t terminal);

/// A counter that wakes a poll, from any thread. The descriptor, or -1.
int32_t guard_make_wakeup(void);
void guard_wake(int32_t descriptor);
void guard_drain_wakeup(int32_t descriptor);

/// Starts a program found in PATH, with default actions for all signals, none blocked, and no descriptor
/// beyond 2. `input` becomes its standard input; -1 leaves it what this process has. A `detached` one gets
/// a session of its own and /dev/null for all three. 0 and its number, or the error's number.
int32_t guard_spawn(char *const arguments[], int32_t input, int32_t detached, int32_t *process);

/// While a child has the terminal, the keys that interrupt are its own, and the key that stops it stops
/// this process with it. Between the two only `guard_await` is called.
void guard_begin_child(void);
void guard_end_child(void);

/// Waits for a child: its exit status, or 256 plus the number of the signal that ended it. A signal that
/// asks this process to end is passed on to the child, which has two seconds to follow it; its number is
/// then put into `end_signal`.
int32_t guard_await(int32_t process, int32_t *end_signal);

/// Reads a terminal up to Enter; a signal that asks this process to end ends that too, and stays noticed.
void guard_await_line(int32_t terminal);

/// A file without a name that holds some bytes, to be read from its beginning; -1 with errno.
int32_t guard_memory_file(const uint8_t *bytes, int64_t count);
