// Finding bytes in bytes.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

/// The first place of a needle in a text, or -1. `one` and `two` are places in the needle whose bytes are
/// rare in texts: only where both stand as they should the rest is compared.
/// Reads exactly the bytes it is given; `needle_count` is at least 1, `one` and `two` are below it.
ssize_t ck_find(
    const uint8_t *text, size_t count, const uint8_t *needle, size_t needle_count, size_t one, size_t two);

/// The twin of `ck_find` for any processor.
ssize_t ck_find_portable(
    const uint8_t *text, size_t count, const uint8_t *needle, size_t needle_count, size_t one, size_t two);

/// The first place of a text where `length` bytes (1...8) of certain classes stand side by side, or -1. Bit i
/// of places[b] says whether byte b may stand i bytes after the place. `halves` holds, for the lower half of
/// a byte and then for the upper, the bits of all bytes with that half.
ssize_t ck_find_classes(
    const uint8_t *text, size_t count, const uint8_t *places, const uint8_t *halves, size_t length);

/// The twin of `ck_find_classes` for any processor.
ssize_t ck_find_classes_portable(const uint8_t *text, size_t count, const uint8_t *places, size_t length);

#pragma clang assume_nonnull end
