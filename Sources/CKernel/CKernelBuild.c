#define _GNU_SOURCE
#include "CKernel.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

// MARK: Words

/// The bytes of a key that a word of each length has.
static const uint64_t length_masks[17][2] = {
#define LOW(n) {(UINT64_C(1) << (8 * n)) - 1, 0}
#define HIGH(n) {UINT64_MAX, (UINT64_C(1) << (8 * (n - 8))) - 1}
    LOW(0), LOW(1), LOW(2), LOW(3), LOW(4), LOW(5), LOW(6), LOW(7), {UINT64_MAX, 0},
    HIGH(9), HIGH(10), HIGH(11), HIGH(12), HIGH(13), HIGH(14), HIGH(15), {UINT64_MAX, UINT64_MAX}};

size_t ck_take_words(
    ck_walk *walk, const uint8_t *text, size_t count, size_t limit, const ck_tables *tables,
    ck_word *words, size_t capacity, ck_stop *stop) {
  const uint64_t lower = UINT64_C(0x2020202020202020);
  const uint64_t seed0 = tables->seed0, seed1 = tables->seed1;
  const uint64_t mask8 = tables->mask8, mask16 = tables->mask16;
  const char *slots8 = tables->slots8, *slots16 = tables->slots16;
  ptrdiff_t block = walk->block;
  uint64_t word = walk->word, high = walk->high;
  size_t taken = 0;
  ck_stop reason;
  while (true) {
    while (word == 0) {
      block += 64;
      if (block >= (ptrdiff_t)count) {
        block = (ptrdiff_t)count;
        reason = ck_end;
        goto done;
      }
      ck_masks masks = ck_classify(text + block, count - (size_t)block);
      word = masks.word;
      high = masks.high;
    }
    if (taken == capacity) {
      reason = ck_full;
      goto done;
    }
    unsigned first = (unsigned)__builtin_ctzll(word);
    size_t start = (size_t)block + first;
    if (start >= limit) {
      reason = ck_limit;
      goto done;
    }
    uint64_t run = word & ~(word + (word & -word));
    uint64_t rest = ~(word >> first);
    size_t length = rest == 0 ? 64 : (size_t)__builtin_ctzll(rest);
    uint64_t folded = high & run;
    word ^= run;
    if (first + length >= 64) {
      // Taken on through the next blocks.
      length = 64 - first;
      while (block + 64 < (ptrdiff_t)count) {
        block += 64;
        ck_masks masks = ck_classify(text + block, count - (size_t)block);
        word = masks.word;
        high = masks.high;
        if (word == UINT64_MAX) {
          length += 64;
          folded |= high;
          word = 0;
          continue;
        }
        size_t more = (size_t)__builtin_ctzll(~word);
        uint64_t these = (UINT64_C(1) << more) - 1;
        length += more;
        folded |= high & these;
        word &= ~these;
        break;
      }
    }
    if (folded != 0 || length > 16) {
      walk->start = start;
      walk->end = start + length;
      reason = folded != 0 ? ck_folded : ck_long;
      goto done;
    }
    uint64_t key[2];
    if (start + 16 <= count) {
      memcpy(key, text + start, 16);
    } else {
      key[0] = key[1] = 0;
      memcpy(key, text + start, length);
    }
    uint64_t key0 = (key[0] | lower) & length_masks[length][0];
    uint64_t key1 = (key[1] | lower) & length_masks[length][1];
    uint64_t hash = ck_mix(key0, key1, seed0, seed1);
    __builtin_prefetch(length <= 8 ? slots8 + (hash & mask8) * 16 : slots16 + (hash & mask16) * 32);
    words[taken++] = (ck_word){key0, key1, (uint32_t)hash, (uint32_t)length};
  }
done:
  walk->block = block;
  walk->word = word;
  walk->high = high;
  *stop = reason;
  return taken;
}

// MARK: Packing

static unsigned bits_of(uint32_t all) { return all == 0 ? 0 : 32 - (unsigned)__builtin_clz(all); }

unsigned ck_pack128_portable(const uint32_t *documents, uint32_t previous, uint8_t *packed) {
  uint32_t gaps[128], all = 0;
  for (unsigned i = 0; i < 128; i++) {
    gaps[i] = documents[i] - previous - 1;
    previous = documents[i];
    all |= gaps[i];
  }
  unsigned bits = bits_of(all);
  uint64_t lanes[4] = {0, 0, 0, 0};
  unsigned filled = 0;
  for (unsigned step = 0; step < 32; step++) {
    for (unsigned lane = 0; lane < 4; lane++) lanes[lane] |= (uint64_t)gaps[4 * step + lane] << filled;
    filled += bits;
    if (filled < 32) continue;
    for (unsigned lane = 0; lane < 4; lane++) {
      uint32_t low = (uint32_t)lanes[lane];
      memcpy(packed, &low, 4);
      packed += 4;
      lanes[lane] >>= 32;
    }
    filled -= 32;
  }
  return bits;
}

unsigned ck_pack128(const uint32_t *documents, uint32_t previous, uint8_t *packed) {
#if defined(__SSE2__)
  __m128i gaps[32];
  const __m128i ones = _mm_set1_epi32(1);
  __m128i all = _mm_setzero_si128();
  __m128i before = _mm_set1_epi32((int)previous);
  for (unsigned step = 0; step < 32; step++) {
    __m128i these = _mm_loadu_si128((const __m128i *)(documents + 4 * step));
    // The numbers one place earlier: the last of the four before, then the first three of these.
    __m128i earlier = _mm_or_si128(_mm_slli_si128(these, 4), _mm_srli_si128(before, 12));
    __m128i gap = _mm_sub_epi32(_mm_sub_epi32(these, earlier), ones);
    gaps[step] = gap;
    all = _mm_or_si128(all, gap);
    before = these;
  }
  all = _mm_or_si128(all, _mm_srli_si128(all, 8));
  all = _mm_or_si128(all, _mm_srli_si128(all, 4));
  unsigned bits = bits_of((uint32_t)_mm_cvtsi128_si32(all));
  __m128i *target = (__m128i *)packed;
  __m128i word = _mm_setzero_si128();
  unsigned filled = 0;
  for (unsigned step = 0; bits > 0 && step < 32; step++) {
    word = _mm_or_si128(word, _mm_sll_epi32(gaps[step], _mm_cvtsi32_si128((int)filled)));
    filled += bits;
    if (filled < 32) continue;
    _mm_storeu_si128(target++, word);
    filled -= 32;
    // A shift by 32 gives zero, as it shall when the gap ended with the word.
    word = _mm_srl_epi32(gaps[step], _mm_cvtsi32_si128((int)(bits - filled)));
  }
  return bits;
#else
  return ck_pack128_portable(documents, previous, packed);
#endif
}

// MARK: Memory

/// Asks for huge pages where memory is large enough to hold some.
static void prefer_huge_pages(void *memory, size_t bytes) {
#if defined(MADV_HUGEPAGE)
  const uintptr_t page = (uintptr_t)2 << 20;
  uintptr_t first = ((uintptr_t)memory + page - 1) & ~(page - 1), end = ((uintptr_t)memory + bytes) & ~(page - 1);
  if (memory != NULL && first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
#endif
}

void *ck_allocate(size_t bytes, bool zeroed) {
  if (bytes == 0) bytes = 1;
  // Large memory comes fresh from the kernel and zeroed: calloc knows and touches nothing.
  void *memory = zeroed ? calloc(bytes, 1) : malloc(bytes);
  prefer_huge_pages(memory, bytes);
  return memory;
}

void *ck_grow(void *memory, size_t bytes) {
  void *larger = realloc(memory, bytes > 0 ? bytes : 1);
  if (larger != NULL) prefer_huge_pages(larger, bytes);
  return larger;
}

void ck_release(void *memory) { free(memory); }

// MARK: Threads

struct call {
  void (*body)(void *context, size_t index);
  void *context;
  size_t index;
  pthread_t thread;
  bool is_running;
};

static void *make_call(void *argument) {
  struct call *call = argument;
  call->body(call->context, call->index);
  return NULL;
}

void ck_concurrently(size_t count, void (*body)(void *context, size_t index), void *context) {
  enum { most = 64 };
  struct call calls[most];
  size_t started = count < most ? count : most;
  for (size_t i = 1; i < started; i++) {
    calls[i] = (struct call){.body = body, .context = context, .index = i};
    calls[i].is_running = pthread_create(&calls[i].thread, NULL, make_call, &calls[i]) == 0;
  }
  if (count > 0) body(context, 0);
  for (size_t i = 1; i < count; i++) {
    if (i < started && calls[i].is_running) {
      pthread_join(calls[i].thread, NULL);
    } else {
      body(context, i);
    }
  }
}
