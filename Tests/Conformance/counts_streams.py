#!/usr/bin/env python3
"""Counts what packed sources under DATA_DIR hold, independently of the program.

Usage: counts_streams.py DATA_DIR. Prints one JSON object: path relative to DATA_DIR -> counts. Python's
zlib and zipfile and the program zstd unpack. The .zst samples of Reddit ask for windows of 2 GiB: their
counts are those of an import with --long. Keys that mail's threading decides are left out.
"""

import email
import email.policy
import email.utils
import glob
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import counts_json  # noqa: E402


def unzstd(path):
    """All that zstd makes of a file; what comes before an error counts."""
    return subprocess.run(["zstd", "-dcq", "--long=31", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def ungzip(path, most):
    """The beginning of what the first member of a gzip file holds; None when it is no gzip."""
    data = open(path, "rb").read()
    if not data.startswith(b"\x1f\x8b"):
        return None
    unpacker = zlib.decompressobj(31)
    text = b""
    try:
        for start in range(0, len(data), 512):
            text += unpacker.decompress(data[start:start + 512], most)
            if len(text) >= most or unpacker.eof:
                break
    except zlib.error:
        # Only the checksum is wrong, or the data: what came before stays. A byte at a time loses none.
        unpacker = zlib.decompressobj(31)
        text = b""
        try:
            for byte in data:
                text += unpacker.decompress(bytes([byte]), most)
        except zlib.error:
            pass
    return text


def reddit(path):
    into = counts_json.Import()
    for line in unzstd(path).splitlines():
        counts_json.reddit_thing(into, json.loads(line))
    return into.counts()


def mailbox(data):
    """Messages, those with an author and those with a date."""
    parts = re.split(rb"(?:\A|\n)From [^\n]*\d{4}\n", data)[1:]
    messages = [email.message_from_bytes(p) for p in parts]
    authors = sum(1 for m in messages if m["From"] and any(email.utils.parseaddr(m["From"])))
    dates = sum(1 for m in messages if m["Date"] and email.utils.parsedate_tz(m["Date"]))
    return {"authors": authors, "dates": dates}


def main():
    base = sys.argv[1]
    counts = {}

    def found(pattern):
        for path in sorted(glob.glob(os.path.join(base, pattern), recursive=True)):
            yield os.path.relpath(path, base), path

    for name, path in found("reddit/**/*.zst"):
        counts[name] = reddit(path)
    for name, path in found("mbox/**/*.zip"):
        with zipfile.ZipFile(path) as archive:
            members = [archive.read(m) for m in archive.infolist() if not m.is_dir()]
        total = {"authors": 0, "dates": 0}
        for member in members:
            for key, value in mailbox(member).items():
                total[key] += value
        if not any(members):
            total.update({"discussions": 0, "comments": 0, "parents": 0})
        counts[name] = total
    for name, path in found("hostile/comp/*"):
        # One page of text, or none; pages in other formats are counted where those are.
        if ".html" in name or ".json" in name:
            continue
        if name.endswith(".zst"):
            continue
        text = ungzip(path, 1 << 20)
        text = open(path, "rb").read() if text is None else text
        page = bool(text.strip()) and b"\0" not in text and not text.startswith(b"\x1f\x8b")
        counts[name] = {"discussions": int(page), "comments": 0, "authors": 0, "dates": 0, "parents": 0}
    json.dump(counts, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
