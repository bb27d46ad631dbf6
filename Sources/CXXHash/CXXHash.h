// xxHash: the 64-bit hash XXH3, for checksums.
#pragma once
#include <xxhash.h>
