// What a mapped file needs that Swift cannot do: a fault of a file that was cut short, or that the disk does not
// give back, ends in zeros and a mark instead of the end of the program.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Watches a mapping for SIGBUS. A fault inside it replaces the pages around by zeros and sets `damaged` to 1;
/// a fault anywhere else goes to the handler that stood there before.
/// @param damaged stays valid until `mapping_unwatch`.
/// @return the number of the watch, or -1 when too many are kept or the system refuses the handler.
int32_t mapping_watch(const void *base, size_t length, uint8_t *damaged);

/// Ends a watch.
void mapping_unwatch(int32_t watch);

/// Puts zeros in place of the pages that a range touches, at the same addresses.
/// @return 0, or -1 when the system refuses.
int32_t mapping_blank(const void *start, size_t length);
