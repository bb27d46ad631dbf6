// The two loops of a search that Swift's vector types do four times slower: telling word bytes from
// others, and unpacking a block of postings. Each has a portable twin with the same answer, which is
// what other processors use and what the tests compare with.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CKernelFind.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "CKernelSearch.h"

#pragma clang assume_nonnull begin

/// One bit a byte of a piece of at most 64 bytes, the first byte in the lowest bit.
typedef struct {
  /// ASCII letters, digits, and every byte from 0x80 up.
  uint64_t word;
  /// Bytes from 0x80 up.
  uint64_t high;
} ck_masks;

static inline ck_masks ck_classify_portable(const uint8_t *bytes, size_t count) {
  ck_masks masks = {0, 0};
  for (size_t i = 0; i < count && i < 64; i++) {
    uint8_t byte = bytes[i], lower = byte | 0x20;
    uint64_t high = byte >> 7;
    uint64_t word = high | (lower >= 'a' && lower <= 'z') | (byte >= '0' && byte <= '9');
    masks.word |= word << i;
    masks.high |= high << i;
  }
  return masks;
}

/// Classifies up to 64 bytes; bits past `count` are zero. Reads exactly `count` bytes.
static inline ck_masks ck_classify(const uint8_t *bytes, size_t count) {
#if defined(__SSE2__)
  uint8_t padded[64];
  if (count < 64) {
    memset(padded, 0, sizeof padded);
    memcpy(padded, bytes, count);
    bytes = padded;
  }
  ck_masks masks = {0, 0};
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
    // Signed compares: bytes from 0x80 up are negative and fail both, their own bit is added below.
    __m128i letter = _mm_and_si128(
        _mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
    __m128i digit = _mm_and_si128(
        _mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    uint64_t high = (uint64_t)(uint32_t)_mm_movemask_epi8(v);
    uint64_t plain = (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, digit));
    masks.high |= high << (16 * i);
    masks.word |= (plain | high) << (16 * i);
  }
  return masks;
#else
  return ck_classify_portable(bytes, count);
#endif
}

/// Unpacks 128 gaps of `bits` bits (0...32) and turns them into rising document numbers:
/// documents[i] = documents[i - 1] + gap[i] + 1, with documents[-1] = previous (arithmetic mod 2^32).
/// Gap i lies in lane i % 4; a lane's 32 gaps are a bit stream cut into 32-bit words, and word w of
/// lane l stands at byte (w * 4 + l) * 4. Reads exactly 16 * bits bytes, writes 128 numbers.
void ck_unpack128(const uint8_t *packed, unsigned bits, uint32_t previous, uint32_t *documents);

/// The twin of `ck_unpack128` for any processor.
void ck_unpack128_portable(const uint8_t *packed, unsigned bits, uint32_t previous, uint32_t *documents);

#pragma clang assume_nonnull end

#include "CKernelBuild.h"
