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

ssize_t ck_find_classes_portable(const uint8_t *text, size_t count, const uint8_t *places, size_t length) {
  // Bit i: the last i + 1 bytes are of the first i + 1 classes.
  unsigned state = 0, last = 1u << (length - 1);
  for (size_t i = 0; i < count; i++) {
    state = (state << 1 | 1) & places[text[i]];
    if (state & last) return (ssize_t)(i + 1 - length);
  }
  return -1;
}

#if defined(__SSE2__)
static inline int stand_at(const uint8_t *text, const uint8_t *places, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!(places[text[i]] >> i & 1)) return 0;
  return 1;
}

__attribute__((target("avx2"))) static ssize_t find_classes_avx2(
    const uint8_t *text, size_t count, const uint8_t *places, const uint8_t *halves, size_t length) {
  const __m256i lower = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)halves));
  const __m256i upper = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(halves + 16)));
  const __m256i half = _mm256_set1_epi8(0x0F);
  size_t at = 0;
  for (; at + 32 + length - 1 <= count; at += 32) {
    __m256i fits = _mm256_set1_epi8(-1);
    for (size_t i = 0; i < length; i++) {
      __m256i v = _mm256_loadu_si256((const __m256i *)(text + at + i));
      __m256i classes = _mm256_and_si256(
          _mm256_shuffle_epi8(lower, _mm256_and_si256(v, half)),
          _mm256_shuffle_epi8(upper, _mm256_and_si256(_mm256_srli_epi16(v, 4), half)));
      __m256i bit = _mm256_set1_epi8((char)(1 << i));
      fits = _mm256_and_si256(fits, _mm256_cmpeq_epi8(_mm256_and_si256(classes, bit), bit));
    }
    uint32_t candidates = (uint32_t)_mm256_movemask_epi8(fits);
    while (candidates != 0) {
      size_t place = at + (size_t)__builtin_ctz(candidates);
      if (stand_at(text + place, places, length)) return (ssize_t)place;
      candidates &= candidates - 1;
    }
  }
  ssize_t found = ck_find_classes_portable(text + at, count - at, places, length);
  return found < 0 ? -1 : (ssize_t)at + found;
}
#endif

ssize_t ck_find_classes(
    const uint8_t *text, size_t count, const uint8_t *places, const uint8_t *halves, size_t length) {
#if defined(__SSE2__)
  if (__builtin_cpu_supports("avx2")) return find_classes_avx2(text, count, places, halves, length);
#endif
  return ck_find_classes_portable(text, count, places, length);
}
