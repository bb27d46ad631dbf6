// libarchive: the formats zip and tar, and the filters bzip2 and xz.
#pragma once
#include <archive.h>
#include <archive_entry.h>
