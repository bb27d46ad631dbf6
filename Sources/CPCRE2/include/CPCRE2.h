// Regular expressions by PCRE2, with a bound on the time that a text may take. pcre2.h stays behind this
// header: its names are macros over the width of a character and do not import into Swift.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A compiled expression. Never changes, so that any number of threads may match with it.
typedef struct regex regex;

/// What one thread needs for matching, and how long its matches have taken.
typedef struct regex_scratch regex_scratch;

/// Why an expression cannot be used.
typedef struct {
  /// PCRE2's number, 0 if all is well.
  int code;
  /// Where, in bytes of the expression.
  size_t offset;
} regex_fault;

/// What a match came to.
enum { REGEX_REFUSED = -1, REGEX_ABSENT = 0, REGEX_FOUND = 1 };

/// Compiles an expression given in UTF-8: Unicode classes, `^` and `$` at every line, no `\C`. NULL if it
/// does not read; `fault` then says why.
regex *_Nullable regex_compile(const uint8_t *pattern, size_t count, bool ignores_case, regex_fault *fault);

void regex_free(regex *_Nullable compiled);

/// PCRE2's words for a fault, as a string with its end.
void regex_message(int code, char *words, size_t size);

regex_scratch *_Nullable regex_scratch_new(const regex *compiled);

void regex_scratch_free(regex_scratch *_Nullable scratch);

/// Looks for the expression in a text from a byte on. Bytes that are no UTF-8 match nothing.
/// Refuses once the matches of the scratch have taken more CPU time than a fixed credit and a share for
/// each byte that was looked at (`regex_credit_ns`, `regex_ns_per_byte`), or more backtracking in one
/// place than any sane expression; from then on it refuses at once.
int regex_find(
    const regex *compiled, regex_scratch *scratch, const uint8_t *_Nullable text, size_t count, size_t from,
    size_t *start, size_t *end);

/// CPU time that the matches of one scratch may take in all, before the share for bytes.
static const uint64_t regex_credit_ns = 25 * 1000 * 1000;

/// CPU time a byte may take; a slow honest expression takes less than 20 ns.
static const uint64_t regex_ns_per_byte = 40;

#pragma clang assume_nonnull end
