"""What the drivers of all peers share: documents in, queries in, times out, as JSON.

A driver has `build(documents, folder)` and `open(folder)`, which gives an object with `prepare(kind, words)`
and `ranked`, `first` and `count` of what that gave. Build and queries are measured in CPU time: the
machine may be busy. A class that takes longer than its budget of CPU time in a mode is cut and says how much it
skipped.
"""

import gc
import json
import os
import resource
import sys
import time

MODES = ("ranked", "first", "count")


def documents(path, limit=None):
    """Numbers and texts of a table of id, thread, date, author, text."""
    with open(path, encoding="utf-8", errors="replace", newline="\n") as table:
        for number, line in enumerate(table):
            if number == limit:
                return
            yield number, line.rstrip("\n").split("\t", 4)[4]


def queries(path):
    """Class and words of each query."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, words = line.rstrip("\n").split("\t")
            yield kind, words.split(" ")


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(path) for name in names)


def measured_build(build, table, folder, limit):
    """Builds, and then reads the documents once more without indexing: Python's own share."""
    begun, wall = cpu(), time.monotonic()
    build(documents(table, limit), folder)
    result = {
        "build": {
            "cpu": cpu() - begun,
            "wall": time.monotonic() - wall,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        },
        "indexBytes": size(folder),
    }
    begun = time.thread_time()
    count = characters = 0
    for _, text in documents(table, limit):
        count += 1
        characters += len(text)
    result["readingCPU"] = time.thread_time() - begun
    result["documents"] = count
    result["textBytes"] = characters
    return result


def measured_queries(engine, path, budget, only=None):
    """Times in microseconds, the best of three, by class and mode; what one asking of the clock costs is taken off."""
    byclass = {}
    for kind, words in queries(path):
        byclass.setdefault(kind, []).append(words)
    clock = time.thread_time_ns
    overhead = min(-(clock() - clock()) for _ in range(2000))
    classes = {}
    gc.disable()
    for kind, sets in byclass.items():
        for mode in MODES:
            run = getattr(engine, mode, None)
            if run is None or not engine.can(kind, mode):
                continue
            times, counts, skipped = [], [], 0
            end = time.thread_time() + budget
            for words in sets:
                if time.thread_time() > end:
                    skipped += 1
                    continue
                best, result = None, None
                for _ in range(3):
                    begun = clock()
                    result = run(kind, words)
                    took = clock() - begun - overhead
                    best = took if best is None else min(best, took)
                    if took > 200_000_000:
                        break
                times.append(best / 1000)
                if mode == "count":
                    counts.append(result)
            classes.setdefault(kind, {})[mode] = {"microseconds": times, "counts": counts, "skipped": skipped}
        gc.collect()
    return {"classes": classes}


def start(engine, open_index, path, runs=5):
    """Opening and the first answer, with the pages in memory and after they were dropped."""
    figures = {}
    for name in ("cold", "warm"):
        best = None
        for _ in range(runs if name == "warm" else 3):
            if name == "cold":
                drop(path)
            begun = time.monotonic()
            opened = open_index()
            opened.ranked("term", ["people"])
            took = (time.monotonic() - begun) * 1000
            best = took if best is None else min(best, took)
            del opened
            gc.collect()
        figures[f"open and first query, {name}, ms"] = best
    return figures


def drop(path):
    """Asks the kernel to forget the pages of files."""
    names = [path] if os.path.isfile(path) else [os.path.join(r, n) for r, _, ns in os.walk(path) for n in ns]
    for name in names:
        handle = os.open(name, os.O_RDONLY)
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def main(name, version, build, opened):
    """`DRIVER build TABLE FOLDER [LIMIT]` or `DRIVER query FOLDER QUERIES SECONDS`: JSON on standard output."""
    if sys.argv[1] == "version":
        result = {}
    elif sys.argv[1] == "build":
        limit = int(sys.argv[4]) if len(sys.argv) > 4 and int(sys.argv[4]) > 0 else None
        result = measured_build(build, sys.argv[2], sys.argv[3], limit)
    else:
        path = sys.argv[2]
        engine = opened(path)
        result = measured_queries(engine, sys.argv[3], float(sys.argv[4]))
        del engine
        result["figures"] = start(None, lambda: opened(path), path)
    result["engine"], result["version"] = name, version
    json.dump(result, sys.stdout)
