// What building an index needs from C: taking words from a text 64 bytes at a time with their keys and
// hashes, packing a block of postings, memory in huge pages, and a few threads that end before the call
// does.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A word of at most 16 bytes as it is read, or what a caller makes of `info`.
typedef struct {
  /// Its first and next 8 bytes, the first one lowest, zeros after its end.
  uint64_t key0, key1;
  /// The low half of its hash.
  uint32_t hash;
  /// Its length.
  uint32_t info;
} ck_word;

/// Where a walk through the words of a text stands. All zeros but `block`, which is -64, before the first.
typedef struct {
  /// Where the 64 bytes begin whose masks are in hand.
  ptrdiff_t block;
  uint64_t word, high;
  /// The run of word bytes that `ck_take_words` left to the caller.
  size_t start, end;
} ck_walk;

typedef enum {
  /// No room for another word.
  ck_full,
  /// A run of word bytes from `start` to `end` holds bytes from 0x80 up.
  ck_folded,
  /// A run of ASCII word bytes from `start` to `end` is longer than 16.
  ck_long,
  /// The next word begins at the limit or after it.
  ck_limit,
  /// No more words.
  ck_end
} ck_stop;

/// Two hash tables of 2^n slots, and the secret of their hashes. Words of up to 8 bytes will be looked for
/// in the first (16 bytes a slot), longer ones in the second (32 bytes a slot).
typedef struct {
  const void *slots8, *slots16;
  uint64_t mask8, mask16, seed0, seed1;
} ck_tables;

/// The hash of a two-number key: the product of both, each mixed with a secret, high half on low half.
static inline uint64_t ck_mix(uint64_t key0, uint64_t key1, uint64_t seed0, uint64_t seed1) {
  unsigned __int128 product = (unsigned __int128)(key0 ^ seed0) * (key1 ^ seed1);
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/// Has a line of memory fetched that will be read soon. Any address may be given.
static inline void ck_prefetch(const void *_Nullable address) { __builtin_prefetch(address); }

/// Takes the next words of a text that are ASCII and at most 16 bytes long, lowered, and has their slots
/// fetched. Ends where `stop` says; the next call goes on there.
/// - Returns: how many words were written to `words`, at most `capacity`.
size_t ck_take_words(
    ck_walk *walk, const uint8_t *text, size_t count, size_t limit, const ck_tables *tables,
    ck_word *words, size_t capacity, ck_stop *stop);

/// Writes the gaps of 128 rising document numbers as `ck_unpack128` reads them, and returns their bits,
/// 0...32. Room for 512 bytes must be there; 16 * bits are written.
unsigned ck_pack128(const uint32_t *documents, uint32_t previous, uint8_t *packed);

/// The twin of `ck_pack128` for any processor.
unsigned ck_pack128_portable(const uint32_t *documents, uint32_t previous, uint8_t *packed);

/// Memory for tables and streams, on huge pages if there is enough of it; zeroed if asked for. Null where
/// there is none.
void *_Nullable ck_allocate(size_t bytes, bool zeroed);

/// Makes memory of `ck_allocate` larger, where it is or elsewhere; what it held is kept. Null, and nothing
/// has happened, where there is none.
void *_Nullable ck_grow(void *memory, size_t bytes);

/// Gives memory of `ck_allocate` back.
void ck_release(void *_Nullable memory);

/// Calls `body` with 0 ..< `count`, each on a thread of its own and the first on the caller's, and returns
/// when all have returned. Where no thread can be had, the calls are made one after the other.
void ck_concurrently(
    size_t count, void (*body)(void *_Nullable context, size_t index), void *_Nullable context);

#pragma clang assume_nonnull end
