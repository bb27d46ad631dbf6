// zlib, and the beginnings of its two directions, which zlib offers as macros.
#pragma once
#include <zlib.h>

/// Begins to inflate bare deflate data: headers, trailers and checksums are the caller's.
static inline int cz_inflate_begin(z_streamp stream) { return inflateInit2(stream, -15); }

/// Begins to deflate to bare deflate data; for tests.
static inline int cz_deflate_begin(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
