// The loops of answering a query: postings into the window of 4096 documents in hand, and the check of
// words on raw text. Included by CKernel.h.
#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Documents of a window.
#define CK_WINDOW 4096

/// Writes impacts[i] to window[documents[i] - first]; what lies outside the window is left out.
void ck_spread(
    const uint32_t *documents, const uint8_t *impacts, size_t count, uint32_t first, uint8_t *window);

/// Adds table[impacts[i]] to sums[documents[i] - first]; what lies outside the window is left out.
void ck_accumulate(
    const uint32_t *documents, const uint8_t *impacts, size_t count, uint32_t first, const uint16_t *table,
    uint16_t *sums);

/// Sets bit i of `bits` (64 words) where window[i] is not 0.
void ck_bits_of_bytes(const uint8_t *window, uint64_t *bits);

/// Sets bit i of `bits` (64 words) where window[i] is not below `least`, which is at least 1.
void ck_bits_from(const uint8_t *window, uint8_t least, uint64_t *bits);

/// Sets bit i of `bits` (64 words) where sums[i] is above a threshold; returns how many.
size_t ck_bits_above(const uint16_t *sums, uint16_t threshold, uint64_t *bits);

/// The first of some bytes, from a place on, that is not below `least`; `count` if none is.
size_t ck_next_from(const uint8_t *bytes, size_t from, size_t count, uint8_t least);

/// Sets bit i of `bits` (2 words) where impacts[i] of 128 is not below `least`.
void ck_block_from(const uint8_t *impacts, uint8_t least, uint64_t *bits);

/// The twins of the two for any processor.
void ck_bits_of_bytes_portable(const uint8_t *window, uint64_t *bits);
size_t ck_bits_above_portable(const uint16_t *sums, uint16_t threshold, uint64_t *bits);

/// Sets the bits of the documents of the lists `first` ..< `end` that have fewer than 128 postings, as the
/// tail of a list writes them, and those of their windows; documents from `document_count` on, and what lies
/// outside the payload, are left out.
/// - Returns: the first list that has 128 postings or more, or `end`.
size_t ck_unite(
    const uint32_t *frequencies, const uint32_t *places, size_t first, size_t end, const uint8_t *payload,
    uint64_t payload_count, uint32_t document_count, uint64_t *bits, uint64_t *windows);

/// Sets the bits of some documents, and those of their windows.
void ck_set_bits(
    const uint32_t *documents, size_t count, uint32_t document_count, uint64_t *bits, uint64_t *windows);

/// Tells which of some terms are one letter away from a word of ASCII, or are the word: one letter added,
/// left out or changed, or two neighbours swapped.
/// - Parameters:
///   - numbers: the terms, or null for `first` and those after it.
///   - terms: the bytes of all terms; term i reaches from starts[i] to starts[i + 1].
///   - found: room for `count` numbers. The highest bit is set where a letter beyond ASCII makes it a question
///     for the full comparison.
/// - Returns: how many were found.
size_t ck_within_one(
    const uint8_t *word, size_t length, const uint32_t *_Nullable numbers, uint32_t first, size_t count,
    const uint8_t *terms, uint64_t terms_length, const uint32_t *starts, uint32_t *found);

/// How many of `count` rising numbers (at most 128) are below a bound.
unsigned ck_count_below(const uint32_t *documents, unsigned count, uint32_t bound);

/// A word looked for in text: lowercase ASCII letters and digits.
typedef struct {
  const uint8_t *bytes;
  uint32_t length;
  /// Whether the word may go on in the text.
  uint32_t is_prefix;
} ck_sought;

/// Whether words stand one after the other in a text: 1 if they do, 0 if not, -1 if bytes from 0x80 up
/// make it a question for the full analysis. Runs of ASCII letters and digits are words; in between may
/// stand any other ASCII, no-break spaces and U+2010...U+2027 (dashes, quotes, ellipsis).
int ck_has_words(const uint8_t *text, size_t length, const ck_sought *words, size_t count);

/// The same for texts of an arena, fetched ahead: results[i] tells about documents[i], whose text reaches
/// from starts[documents[i]] to starts[documents[i] + 1]; -1 also where that leaves the arena.
void ck_have_words(
    const uint8_t *arena, uint64_t arena_length, const uint64_t *starts, const uint32_t *documents,
    size_t document_count, const ck_sought *words, size_t count, int8_t *results);

#pragma clang assume_nonnull end
