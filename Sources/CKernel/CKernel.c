#include "CKernel.h"

static uint32_t mask_of(unsigned bits) { return bits >= 32 ? UINT32_MAX : (1u << bits) - 1; }

void ck_unpack128_portable(const uint8_t *packed, unsigned bits, uint32_t previous, uint32_t *documents) {
  if (bits > 32) bits = 32;
  for (unsigned i = 0; i < 128; i++) {
    unsigned lane = i % 4, at = (i / 4) * bits, word = at / 32, shift = at % 32;
    uint32_t gap = 0;
    if (bits > 0) {
      uint32_t low, high = 0;
      memcpy(&low, packed + (word * 4 + lane) * 4, 4);
      if (shift + bits > 32) memcpy(&high, packed + ((word + 1) * 4 + lane) * 4, 4);
      gap = (uint32_t)((((uint64_t)high << 32) | low) >> shift) & mask_of(bits);
    }
    previous += gap + 1;
    documents[i] = previous;
  }
}

void ck_unpack128(const uint8_t *packed, unsigned bits, uint32_t previous, uint32_t *documents) {
#if defined(__SSE2__)
  if (bits > 32) bits = 32;
  const __m128i *source = (const __m128i *)packed;
  const __m128i mask = _mm_set1_epi32((int)mask_of(bits)), ones = _mm_set1_epi32(1);
  __m128i last = _mm_set1_epi32((int)previous), word = _mm_setzero_si128();
  unsigned used = 32;  // Bits of `word` already taken.
  for (unsigned step = 0; step < 32; step++) {
    __m128i gap = _mm_setzero_si128();
    if (bits > 0) {
      if (used == 32) {
        word = _mm_loadu_si128(source++);
        used = 0;
      }
      gap = _mm_srl_epi32(word, _mm_cvtsi32_si128((int)used));
      used += bits;
      if (used > 32) {
        word = _mm_loadu_si128(source++);
        gap = _mm_or_si128(gap, _mm_sll_epi32(word, _mm_cvtsi32_si128((int)(32 + bits - used))));
        used -= 32;
      }
      gap = _mm_and_si128(gap, mask);
    }
    gap = _mm_add_epi32(gap, ones);
    gap = _mm_add_epi32(gap, _mm_slli_si128(gap, 4));
    gap = _mm_add_epi32(gap, _mm_slli_si128(gap, 8));
    last = _mm_add_epi32(gap, last);
    _mm_storeu_si128((__m128i *)(documents + 4 * step), last);
    last = _mm_shuffle_epi32(last, _MM_SHUFFLE(3, 3, 3, 3));
  }
#else
  ck_unpack128_portable(packed, bits, previous, documents);
#endif
}
