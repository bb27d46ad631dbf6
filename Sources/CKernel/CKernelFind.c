#include "CKernelFind.h"

#include <string.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

ssize_t ck_find_portable(
    const uint8_t *text, size_t count, const uint8_t *needle, size_t needle_count, size_t one, size_t two) {
  if (needle_count > count) return -1;
  const uint8_t *place = text + one, *end = text + one + (count - needle_count) + 1;
  while (place < end && (place = memchr(place, needle[one], (size_t)(end - place))) != NULL) {
    const uint8_t *start = place - one;
    if (start[two] == needle[two] && memcmp(start, needle, needle_count) == 0) return start - text;
    place++;
  }
  return -1;
}

#if defined(__SSE2__)
static inline ssize_t compared(
    const uint8_t *start, uint32_t candidates, const uint8_t *needle, size_t needle_count) {
  while (candidates != 0) {
    unsigned at = (unsigned)__builtin_ctz(candidates);
    if (memcmp(start + at, needle, needle_count) == 0) return at;
    candidates &= candidates - 1;
  }
  return -1;
}

static ssize_t find_sse2(
    const uint8_t *text, size_t count, const uint8_t *needle, size_t needle_count, size_t one, size_t two) {
  const __m128i first = _mm_set1_epi8((char)needle[one]), second = _mm_set1_epi8((char)needle[two]);
  size_t starts = count - needle_count + 1, at = 0;
  for (; at + 16 <= starts; at += 16) {
    __m128i a = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(text + at + one)), first);
    __m128i b = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(text + at + two)), second);
    uint32_t candidates = (uint32_t)_mm_movemask_epi8(_mm_and_si128(a, b));
    if (candidates == 0) continue;
    ssize_t found = compared(text + at, candidates, needle, needle_count);
    if (found >= 0) return (ssize_t)at + found;
  }
  ssize_t found = ck_find_portable(text + at, count - at, needle, needle_count, one, two);
  return found < 0 ? -1 : (ssize_t)at + found;
}

__attribute__((target("avx2"))) static ssize_t find_avx2(
    const uint8_t *text, size_t count, const uint8_t *needle, size_t needle_count, size_t one, size_t two) {
  const __m256i first = _mm256_set1_epi8((char)needle[one]), second = _mm256_set1_epi8((char)needle[two]);
  size_t starts = count - needle_count + 1, at = 0;
  for (; at + 64 <= starts; at += 64) {
    __m256i a = _mm256_and_si256(
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(text + at + one)), first),
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(text + at + two)), second));
    __m256i b = _mm256_and_si256(
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(text + at + 32 + one)), first),
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(text + at + 32 + two)), second));
    if (_mm256_testz_si256(_mm256_or_si256(a, b), _mm256_set1_epi8(-1))) continue;
    ssize_t found = compared(text + at, (uint32_t)_mm256_movemask_epi8(a), needle, needle_count);
    if (found >= 0) return (ssize_t)at + found;
    found = compared(text + at + 32, (uint32_t)_mm256_movemask_epi8(b), needle, needle_count);
    if (found >= 0) return (ssize_t)at + 32 + found;
  }
  ssize_t found = find_sse2(text + at, count - at, needle, needle_count, one, two);
  return found < 0 ? -1 : (ssize_t)at + found;
}
#endif

ssize_t ck_find(
    const uint8_t *text, size_t count, const uint8_t *needle, size_t needle_count, size_t one, size_t two) {
  if (needle_count > count) return -1;
#if defined(__SSE2__)
  if (count >= 128 && __builtin_cpu_supports("avx2")) {
    return find_avx2(text, count, needle, needle_count, one, two);
  }
  return find_sse2(text, count, needle, needle_count, one, two);
#else
  return ck_find_portable(text, count, needle, needle_count, one, two);
#endif
}
