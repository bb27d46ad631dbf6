#include "CKernel.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

void ck_spread(
    const uint32_t *documents, const uint8_t *impacts, size_t count, uint32_t first, uint8_t *window) {
  for (size_t i = 0; i < count; i++) {
    uint32_t place = documents[i] - first;
    if (place < CK_WINDOW) window[place] = impacts[i];
  }
}

void ck_accumulate(
    const uint32_t *documents, const uint8_t *impacts, size_t count, uint32_t first, const uint16_t *table,
    uint16_t *sums) {
  for (size_t i = 0; i < count; i++) {
    uint32_t place = documents[i] - first;
    if (place < CK_WINDOW) sums[place] = (uint16_t)(sums[place] + table[impacts[i]]);
  }
}

void ck_bits_of_bytes_portable(const uint8_t *window, uint64_t *bits) {
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i++) mask |= (uint64_t)(window[word * 64 + i] != 0) << i;
    bits[word] = mask;
  }
}

#if defined(__SSE2__)
__attribute__((target("avx512bw"))) static void bits_of_bytes_512(const uint8_t *window, uint64_t *bits) {
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    __m512i v = _mm512_loadu_si512(window + word * 64);
    bits[word] = _mm512_test_epi8_mask(v, v);
  }
}

__attribute__((target("avx512bw,popcnt"))) static size_t bits_above_512(
    const uint16_t *sums, uint16_t threshold, uint64_t *bits) {
  const __m512i bound = _mm512_set1_epi16((short)threshold);
  size_t count = 0;
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    uint64_t low = _mm512_cmpgt_epu16_mask(_mm512_loadu_si512(sums + word * 64), bound);
    uint64_t high = _mm512_cmpgt_epu16_mask(_mm512_loadu_si512(sums + word * 64 + 32), bound);
    bits[word] = low | high << 32;
    count += (size_t)__builtin_popcountll(bits[word]);
  }
  return count;
}
#endif

void ck_bits_of_bytes(const uint8_t *window, uint64_t *bits) {
#if defined(__SSE2__)
  if (__builtin_cpu_supports("avx512bw")) {
    bits_of_bytes_512(window, bits);
    return;
  }
  const __m128i zero = _mm_setzero_si128();
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    uint64_t empty = 0;
    for (int i = 0; i < 4; i++) {
      __m128i v = _mm_loadu_si128((const __m128i *)(window + word * 64 + 16 * (size_t)i));
      empty |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, zero)) << (16 * i);
    }
    bits[word] = ~empty;
  }
#else
  ck_bits_of_bytes_portable(window, bits);
#endif
}

#if defined(__SSE2__)
__attribute__((target("avx512bw"))) static void bits_from_512(
    const uint8_t *window, uint8_t least, uint64_t *bits) {
  const __m512i bound = _mm512_set1_epi8((char)least);
  for (size_t word = 0; word < CK_WINDOW / 64; word++)
    bits[word] = _mm512_cmpge_epu8_mask(_mm512_loadu_si512(window + word * 64), bound);
}
#endif

void ck_bits_from(const uint8_t *window, uint8_t least, uint64_t *bits) {
  if (least == 1) {
    ck_bits_of_bytes(window, bits);
    return;
  }
#if defined(__SSE2__)
  if (__builtin_cpu_supports("avx512bw")) {
    bits_from_512(window, least, bits);
    return;
  }
  const __m128i bound = _mm_set1_epi8((char)least);
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    bits[word] = 0;
    for (int i = 0; i < 4; i++) {
      __m128i v = _mm_loadu_si128((const __m128i *)(window + word * 64 + 16 * (size_t)i));
      // The greater of both is the number itself where it is not below.
      int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(v, bound), v));
      bits[word] |= (uint64_t)(uint32_t)mask << (16 * i);
    }
  }
#else
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    bits[word] = 0;
    for (size_t i = 0; i < 64; i++) bits[word] |= (uint64_t)(window[word * 64 + i] >= least) << i;
  }
#endif
}

size_t ck_next_from(const uint8_t *bytes, size_t from, size_t count, uint8_t least) {
  size_t i = from;
#if defined(__SSE2__)
  const __m128i bound = _mm_set1_epi8((char)least);
  for (; i + 16 <= count; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(bytes + i));
    int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(v, bound), v));
    if (mask != 0) return i + (size_t)__builtin_ctz((unsigned)mask);
  }
#endif
  for (; i < count; i++)
    if (bytes[i] >= least) return i;
  return count;
}

void ck_block_from(const uint8_t *impacts, uint8_t least, uint64_t *bits) {
#if defined(__SSE2__)
  const __m128i bound = _mm_set1_epi8((char)least);
  for (size_t word = 0; word < 2; word++) {
    bits[word] = 0;
    for (int i = 0; i < 4; i++) {
      __m128i v = _mm_loadu_si128((const __m128i *)(impacts + word * 64 + 16 * (size_t)i));
      int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(v, bound), v));
      bits[word] |= (uint64_t)(uint32_t)mask << (16 * i);
    }
  }
#else
  for (size_t word = 0; word < 2; word++) {
    bits[word] = 0;
    for (size_t i = 0; i < 64; i++) bits[word] |= (uint64_t)(impacts[word * 64 + i] >= least) << i;
  }
#endif
}

size_t ck_bits_above_portable(const uint16_t *sums, uint16_t threshold, uint64_t *bits) {
  size_t count = 0;
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i++) mask |= (uint64_t)(sums[word * 64 + i] > threshold) << i;
    bits[word] = mask;
    count += (size_t)__builtin_popcountll(mask);
  }
  return count;
}

size_t ck_bits_above(const uint16_t *sums, uint16_t threshold, uint64_t *bits) {
#if defined(__SSE2__)
  if (__builtin_cpu_supports("avx512bw")) return bits_above_512(sums, threshold, bits);
  const __m128i zero = _mm_setzero_si128(), bound = _mm_set1_epi16((short)threshold);
  size_t count = 0;
  for (size_t word = 0; word < CK_WINDOW / 64; word++) {
    uint64_t below = 0;
    for (int i = 0; i < 4; i++) {
      const __m128i *source = (const __m128i *)(sums + word * 64 + 16 * (size_t)i);
      // A saturated difference of 0 says "not above".
      __m128i low = _mm_cmpeq_epi16(_mm_subs_epu16(_mm_loadu_si128(source), bound), zero);
      __m128i high = _mm_cmpeq_epi16(_mm_subs_epu16(_mm_loadu_si128(source + 1), bound), zero);
      below |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(low, high)) << (16 * i);
    }
    bits[word] = ~below;
    count += (size_t)__builtin_popcountll(~below);
  }
  return count;
#else
  return ck_bits_above_portable(sums, threshold, bits);
#endif
}

static inline void set_bit(uint32_t document, uint64_t *bits, uint64_t *windows) {
  bits[document >> 6] |= (uint64_t)1 << (document & 63);
  uint32_t window = document / CK_WINDOW;
  windows[window >> 6] |= (uint64_t)1 << (window & 63);
}

void ck_set_bits(
    const uint32_t *documents, size_t count, uint32_t document_count, uint64_t *bits, uint64_t *windows) {
  for (size_t i = 0; i < count; i++)
    if (documents[i] < document_count) set_bit(documents[i], bits, windows);
}

size_t ck_unite(
    const uint32_t *frequencies, const uint32_t *places, size_t first, size_t end, const uint8_t *payload,
    uint64_t payload_count, uint32_t document_count, uint64_t *bits, uint64_t *windows) {
  for (size_t list = first; list < end; list++) {
    uint32_t count = frequencies[list];
    if (count >= 128) return list;
    if (count == 1) {
      if (places[list] < document_count) set_bit(places[list], bits, windows);
      continue;
    }
    uint64_t place = places[list];
    uint32_t document = UINT32_MAX;
    for (; count > 0; count--) {
      uint32_t gap = 0;
      unsigned shift = 0;
      uint8_t byte = 0x80;
      while (byte >= 0x80 && place + 1 < payload_count && shift < 35) {
        byte = payload[place++];
        gap |= (uint32_t)((uint64_t)(byte & 0x7F) << shift);
        shift += 7;
      }
      if (byte >= 0x80) break;
      document += gap + 1;
      if (document < document_count) set_bit(document, bits, windows);
      place++;
    }
  }
  return end;
}

size_t ck_within_one(
    const uint8_t *word, size_t length, const uint32_t *numbers, uint32_t first, size_t count,
    const uint8_t *terms, uint64_t terms_length, const uint32_t *starts, uint32_t *found) {
  enum { AHEAD = 16 };
  size_t result = 0;
  for (size_t i = 0; i < count; i++) {
    if (numbers) {
      if (i + 2 * AHEAD < count) __builtin_prefetch(starts + numbers[i + 2 * AHEAD]);
      if (i + AHEAD < count) __builtin_prefetch(terms + starts[numbers[i + AHEAD]]);
    }
    uint32_t number = numbers ? numbers[i] : first + (uint32_t)i;
    uint64_t begin = starts[number], end = starts[number + 1];
    if (begin > end || end > terms_length) continue;
    size_t size = (size_t)(end - begin);
    // A letter has four bytes at most.
    if (size + 1 < length || size > length + 4) continue;
    const uint8_t *term = terms + begin;
    size_t shorter = size < length ? size : length, head = 0, tail = 0;
    while (head < shorter && word[head] == term[head]) head++;
    while (tail < shorter - head && word[length - 1 - tail] == term[size - 1 - tail]) tail++;
    size_t ours = length - head - tail, theirs = size - head - tail;
    if (ours > 2 || theirs > 4) continue;
    uint8_t high = 0;
    for (size_t at = head; at < size - tail; at++) high |= term[at];
    if (high >= 0x80) {
      found[result++] = number | 0x80000000u;
    } else if (
        (ours <= 1 && theirs <= 1) ||
        (ours == 2 && theirs == 2 && word[head] == term[head + 1] && word[head + 1] == term[head])) {
      found[result++] = number;
    }
  }
  return result;
}

#if defined(__SSE2__)
/// Compares all, where halving waits for each comparison.
__attribute__((target("avx512f,bmi2,popcnt"))) static unsigned count_below_512(
    const uint32_t *documents, unsigned count, uint32_t bound) {
  const __m512i bounds = _mm512_set1_epi32((int)bound);
  unsigned below = 0, at = 0;
  for (; at + 16 <= count; at += 16)
    below += (unsigned)__builtin_popcount(
        _mm512_cmplt_epu32_mask(_mm512_loadu_si512(documents + at), bounds));
  if (at < count) {
    __mmask16 rest = (__mmask16)_bzhi_u32(0xFFFF, count - at);
    below += (unsigned)__builtin_popcount(_mm512_mask_cmplt_epu32_mask(
        rest, _mm512_maskz_loadu_epi32(rest, documents + at), bounds));
  }
  return below;
}
#endif

unsigned ck_count_below(const uint32_t *documents, unsigned count, uint32_t bound) {
#if defined(__SSE2__)
  if (__builtin_cpu_supports("avx512f")) return count_below_512(documents, count, bound);
#endif
  const uint32_t *base = documents;
  while (count > 1) {
    unsigned half = count / 2;
    base = base[half - 1] < bound ? base + half : base;
    count -= half;
  }
  return (unsigned)(base - documents) + (count == 1 && *base < bound);
}

// MARK: - Words in text

enum { NOT_A_BOUNDARY = 0, UNKNOWN = -1 };

static inline int is_word_byte(uint8_t byte) {
  uint8_t lower = byte | 0x20;
  return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9');
}

/// Bytes of the separator that ends before `at`, 0 if a word byte stands there, -1 if another byte from
/// 0x80 up does.
static inline int separator_before(const uint8_t *text, size_t at) {
  uint8_t last = text[at - 1];
  if (last < 0x80) return is_word_byte(last) ? NOT_A_BOUNDARY : 1;
  if (at >= 2 && last == 0xA0 && text[at - 2] == 0xC2) return 2;
  if (at >= 3 && last >= 0x90 && last <= 0xA7 && text[at - 2] == 0x80 && text[at - 3] == 0xE2) return 3;
  return UNKNOWN;
}

/// The same for the separator that begins at `at`.
static inline int separator_at(const uint8_t *text, size_t at, size_t length) {
  uint8_t first = text[at];
  if (first < 0x80) return is_word_byte(first) ? NOT_A_BOUNDARY : 1;
  if (first == 0xC2 && at + 1 < length && text[at + 1] == 0xA0) return 2;
  if (first == 0xE2 && at + 2 < length && text[at + 1] == 0x80 && text[at + 2] >= 0x90 &&
      text[at + 2] <= 0xA7)
    return 3;
  return UNKNOWN;
}

static inline int holds_word(const uint8_t *text, const ck_sought *word) {
  for (uint32_t i = 0; i < word->length; i++) {
    uint8_t byte = text[i];
    // Only letters are folded: 0x10 is no digit.
    if (byte != word->bytes[i] && (!(word->bytes[i] & 0x40) || (byte | 0x20) != word->bytes[i])) return 0;
  }
  return 1;
}

/// Whether the words stand around word `anchor` at `at`.
static int holds_words(
    const uint8_t *text, size_t length, const ck_sought *words, size_t count, size_t anchor, size_t at) {
  if (!holds_word(text + at, &words[anchor])) return 0;
  size_t place = at;
  for (size_t number = anchor; number > 0; number--) {
    size_t begin = place;
    int step = 1;
    while (place > 0 && (step = separator_before(text, place)) > 0) place -= (size_t)step;
    if (place > 0 && step == UNKNOWN) return UNKNOWN;
    if (place == begin || place < words[number - 1].length) return 0;
    place -= words[number - 1].length;
    if (!holds_word(text + place, &words[number - 1])) return 0;
  }
  int boundary = place == 0 ? 1 : separator_before(text, place);
  if (boundary <= 0) return boundary;
  place = at + words[anchor].length;
  for (size_t number = anchor; number + 1 < count; number++) {
    size_t begin = place;
    int step = 1;
    while (place < length && (step = separator_at(text, place, length)) > 0) place += (size_t)step;
    if (place < length && step == UNKNOWN) return UNKNOWN;
    if (place == begin || length - place < words[number + 1].length) return 0;
    if (!holds_word(text + place, &words[number + 1])) return 0;
    place += words[number + 1].length;
  }
  if (place == length || words[count - 1].is_prefix) return 1;
  boundary = separator_at(text, place, length);
  return boundary > 0 ? 1 : boundary;
}

/// Bytes of a letter of U+00C0...U+017F at `at`, 0 if none is there. All of these are letters that analysis
/// reads as letters of the word they stand in.
static inline size_t latin_letter_at(const uint8_t *text, size_t at, size_t length) {
  if (text[at] < 0xC3 || text[at] > 0xC5 || at + 1 >= length || (text[at + 1] & 0xC0) != 0x80) return 0;
  // The signs of multiplication and division.
  return text[at] == 0xC3 && (text[at + 1] == 0x97 || text[at + 1] == 0xB7) ? 0 : 2;
}

/// Whether bytes from 0x80 up may make a word of a text the one that is sought: a word with letters beyond
/// ASCII cannot be it if the ASCII before the first of them differs.
static int may_show_beyond_ascii(const uint8_t *text, size_t length, const ck_sought *word) {
  size_t at = 0;
  while (at < length) {
#if defined(__SSE2__)
    if (at + 16 <= length) {
      int mask = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(text + at)));
      if (mask == 0) {
        at += 16;
        continue;
      }
      at += (size_t)__builtin_ctz((unsigned)mask);
    }
#endif
    if (text[at] < 0x80) {
      at++;
      continue;
    }
    int step = separator_at(text, at, length);
    if (step > 0) {
      at += (size_t)step;
      continue;
    }
    if (latin_letter_at(text, at, length) == 0) return 1;
    size_t begin = at, same = 0;
    while (begin > 0 && is_word_byte(text[begin - 1])) begin--;
    while (begin + same < at && same < word->length) {
      uint8_t byte = text[begin + same], sought = word->bytes[same];
      if (byte != sought && (!(sought & 0x40) || (byte | 0x20) != sought)) break;
      same++;
    }
    if (begin + same == at || same == word->length) return 1;
    // On to the end of the word.
    while (at < length) {
      if (is_word_byte(text[at])) {
        at++;
        continue;
      }
      size_t size = latin_letter_at(text, at, length);
      if (size == 0) break;
      at += size;
    }
  }
  return 0;
}

int ck_has_words(const uint8_t *text, size_t length, const ck_sought *words, size_t count) {
  size_t anchor = 0;
  for (size_t i = 1; i < count; i++)
    if (words[i].length > words[anchor].length) anchor = i;
  const ck_sought word = words[anchor];
  int is_unknown = 0;
  if (length >= word.length) {
    size_t end = length - word.length + 1, at = 0;
#if defined(__SSE2__)
    const __m128i fold = _mm_set1_epi8(0x20);
    const __m128i first = _mm_set1_epi8((char)(word.bytes[0] | 0x20));
    const __m128i last = _mm_set1_epi8((char)(word.bytes[word.length - 1] | 0x20));
    for (; at + 16 <= end; at += 16) {
      __m128i head = _mm_loadu_si128((const __m128i *)(text + at));
      __m128i tail = _mm_loadu_si128((const __m128i *)(text + at + word.length - 1));
      head = _mm_cmpeq_epi8(_mm_or_si128(head, fold), first);
      tail = _mm_cmpeq_epi8(_mm_or_si128(tail, fold), last);
      unsigned mask = (unsigned)_mm_movemask_epi8(_mm_and_si128(head, tail));
      while (mask) {
        int found = holds_words(text, length, words, count, anchor, at + (size_t)__builtin_ctz(mask));
        if (found == 1) return 1;
        is_unknown |= found;
        mask &= mask - 1;
      }
    }
#endif
    for (; at < end; at++) {
      if ((text[at] | 0x20) != (word.bytes[0] | 0x20)) continue;
      int found = holds_words(text, length, words, count, anchor, at);
      if (found == 1) return 1;
      is_unknown |= found;
    }
  }
  return is_unknown || may_show_beyond_ascii(text, length, &words[anchor]) ? UNKNOWN : 0;
}

void ck_have_words(
    const uint8_t *arena, uint64_t arena_length, const uint64_t *starts, const uint32_t *documents,
    size_t document_count, const ck_sought *words, size_t count, int8_t *results) {
  enum { AHEAD = 6 };
  for (size_t i = 0; i < document_count; i++) {
    if (i + 2 * AHEAD < document_count) __builtin_prefetch(starts + documents[i + 2 * AHEAD]);
    if (i + AHEAD < document_count) {
      uint64_t next = starts[documents[i + AHEAD]];
      if (next < arena_length)
        for (int line = 0; line < 4; line++) __builtin_prefetch(arena + next + 64 * line);
    }
    uint64_t begin = starts[documents[i]], end = starts[documents[i] + 1];
    results[i] = begin > end || end > arena_length
                     ? UNKNOWN
                     : (int8_t)ck_has_words(arena + begin, (size_t)(end - begin), words, count);
  }
}
