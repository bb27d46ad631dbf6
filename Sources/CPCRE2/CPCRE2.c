#define _POSIX_C_SOURCE 200809L
#define PCRE2_CODE_UNIT_WIDTH 8
#include "CPCRE2.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// Backtracking steps at one place of a text: some milliseconds.
static const uint32_t steps_at_one_place = 1000 * 1000;
/// KiB of heap for backtracking, where there is no machine code.
static const uint32_t heap_kib = 16 * 1024;
/// A text of more bytes is matched by the expression that calls back at every place it tries.
static const size_t watched_from = 512;

struct regex {
  /// As it was written.
  pcre2_code *plain;
  /// With a callout before its first item, which is called at every place where a match is tried.
  pcre2_code *watched;
};

struct regex_scratch {
  pcre2_match_data *found;
  pcre2_match_context *limits;
  pcre2_jit_stack *stack;
  /// Nanoseconds that matches may take and have taken.
  uint64_t allowed, spent;
  /// When the match in hand began, and at which byte.
  uint64_t begun;
  size_t from;
  uint32_t calls;
  /// The cheap clock said that it takes too long, and the CPU time of the thread is measured since.
  bool is_strict;
  bool is_refused;
};

static uint64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/// The coarse clock costs 5 ns and moves in steps of some milliseconds: over many short matches its
/// differences add up to what they took, but also to what other threads took meanwhile. So it only
/// raises the alarm.
static uint64_t now(const regex_scratch *scratch) {
  return nanoseconds(scratch->is_strict ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC_COARSE);
}

/// Whether so much time is too much; the first time, only the clock is changed.
static bool is_too_much(regex_scratch *scratch, uint64_t spent, uint64_t allowed) {
  if (spent <= allowed) return false;
  if (scratch->is_strict) return true;
  scratch->is_strict = true;
  scratch->spent = 0;
  scratch->allowed = regex_credit_ns;
  scratch->begun = now(scratch);
  return false;
}

static int called_back(pcre2_callout_block *block, void *data) {
  regex_scratch *scratch = data;
  if (++scratch->calls % 16 != 0) return 0;
  uint64_t bytes = block->start_match > scratch->from ? block->start_match - scratch->from : 0;
  uint64_t spent = scratch->spent + (now(scratch) - scratch->begun);
  bool stops = is_too_much(scratch, spent, scratch->allowed + bytes * regex_ns_per_byte);
  return stops ? PCRE2_ERROR_MATCHLIMIT : 0;
}

static pcre2_code *compiled_code(const uint8_t *pattern, size_t count, bool ignores_case, regex_fault *fault) {
  uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
  if (ignores_case) options |= PCRE2_CASELESS;
  pcre2_code *code = pcre2_compile(pattern, count, options, &fault->code, &fault->offset, NULL);
  if (code == NULL) return NULL;
  fault->code = 0;
  // Without machine code PCRE2 interprets, under the same limits.
  (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  return code;
}

regex *regex_compile(const uint8_t *pattern, size_t count, bool ignores_case, regex_fault *fault) {
  static const char callout[] = "(?C1)";
  const size_t lead = sizeof callout - 1;
  uint8_t *copy = malloc(count + lead);
  regex *compiled = calloc(1, sizeof *compiled);
  if (copy != NULL && compiled != NULL) {
    // Verbs such as (*LIMIT_MATCH=…) are only known at the very beginning, so the callout keeps them out.
    memcpy(copy, callout, lead);
    memcpy(copy + lead, pattern, count);
    compiled->watched = compiled_code(copy, count + lead, ignores_case, fault);
    if (compiled->watched == NULL) fault->offset = fault->offset > lead ? fault->offset - lead : 0;
    if (compiled->watched != NULL) compiled->plain = compiled_code(pattern, count, ignores_case, fault);
  } else {
    fault->code = PCRE2_ERROR_NOMEMORY;
    fault->offset = 0;
  }
  free(copy);
  if (compiled != NULL && compiled->plain == NULL) {
    regex_free(compiled);
    return NULL;
  }
  return compiled;
}

void regex_free(regex *compiled) {
  if (compiled == NULL) return;
  pcre2_code_free(compiled->plain);
  pcre2_code_free(compiled->watched);
  free(compiled);
}

void regex_message(int code, char *words, size_t size) {
  if (size == 0) return;
  words[0] = 0;
  pcre2_get_error_message(code, (PCRE2_UCHAR *)words, size);
}

regex_scratch *regex_scratch_new(const regex *compiled) {
  regex_scratch *scratch = calloc(1, sizeof *scratch);
  if (scratch == NULL) return NULL;
  scratch->allowed = regex_credit_ns;
  scratch->found = pcre2_match_data_create_from_pattern(compiled->plain, NULL);
  scratch->limits = pcre2_match_context_create(NULL);
  scratch->stack = pcre2_jit_stack_create(32 * 1024, 1024 * 1024, NULL);
  if (scratch->found == NULL || scratch->limits == NULL) {
    regex_scratch_free(scratch);
    return NULL;
  }
  pcre2_set_match_limit(scratch->limits, steps_at_one_place);
  pcre2_set_heap_limit(scratch->limits, heap_kib);
  pcre2_set_callout(scratch->limits, called_back, scratch);
  if (scratch->stack != NULL) pcre2_jit_stack_assign(scratch->limits, NULL, scratch->stack);
  return scratch;
}

void regex_scratch_free(regex_scratch *scratch) {
  if (scratch == NULL) return;
  pcre2_match_data_free(scratch->found);
  pcre2_match_context_free(scratch->limits);
  pcre2_jit_stack_free(scratch->stack);
  free(scratch);
}

int regex_find(
    const regex *compiled, regex_scratch *scratch, const uint8_t *text, size_t count, size_t from,
    size_t *start, size_t *end) {
  static const uint8_t nothing[1] = {0};
  if (scratch->is_refused) return REGEX_REFUSED;
  if (text == NULL) text = nothing;
  if (from > count) return REGEX_ABSENT;
  bool is_watched = count - from >= watched_from;
  scratch->from = from;
  scratch->begun = now(scratch);
  int code = pcre2_match(
      is_watched ? compiled->watched : compiled->plain, text, count, from, 0, scratch->found, scratch->limits);
  scratch->spent += now(scratch) - scratch->begun;
  if (code == PCRE2_ERROR_NOMATCH || code >= 0) {
    uint64_t seen = code >= 0 ? pcre2_get_ovector_pointer(scratch->found)[1] - from : count - from;
    scratch->allowed += seen * regex_ns_per_byte;
    if (is_too_much(scratch, scratch->spent, scratch->allowed)) {
      scratch->is_refused = true;
      return REGEX_REFUSED;
    }
  }
  if (code >= 0) {
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(scratch->found);
    // \K inside a lookahead can put the start after the end.
    *start = places[0] < places[1] ? places[0] : places[1];
    *end = places[1];
    return REGEX_FOUND;
  }
  if (code == PCRE2_ERROR_NOMATCH) return REGEX_ABSENT;
  scratch->is_refused = true;
  return REGEX_REFUSED;
}
