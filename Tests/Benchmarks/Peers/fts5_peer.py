"""SQLite's FTS5: contentless, unicode61 without diacritics, with or without an index of beginnings."""

import os
import sys

import peer

try:
    import apsw

    def connect(path):
        return apsw.Connection(path)

    VERSION = apsw.sqlitelibversion()
except ImportError:
    import sqlite3

    def connect(path):
        return sqlite3.connect(path, isolation_level=None)

    VERSION = sqlite3.sqlite_version

PREFIX = os.environ.get("FTS5_PREFIX", "")


def build(documents, path):
    connection = connect(path)
    run = connection.cursor()
    for setting in ("journal_mode=off", "synchronous=off", "cache_size=-524288", "temp_store=memory"):
        run.execute(f"pragma {setting}")
    prefix = f", prefix='{PREFIX}'" if PREFIX else ""
    run.execute(
        "create virtual table t using fts5(text, content='', detail=full,"
        f" tokenize='unicode61 remove_diacritics 2'{prefix})"
    )
    run.execute("begin")
    run.executemany("insert into t(rowid, text) values (?, ?)", documents)
    run.execute("insert into t(t) values ('optimize')")
    run.execute("commit")
    connection.close()


class Engine:
    def __init__(self, path):
        self.connection = connect(path)
        self.run = self.connection.cursor()
        self.run.execute("pragma mmap_size=8000000000")
        self.run.execute("pragma cache_size=-524288")

    def can(self, kind, mode):
        return kind != "fuzzy1"

    def query(self, kind, words):
        quoted = [f'"{word}"' for word in words]
        if kind.startswith("or"):
            return " OR ".join(quoted)
        if kind.startswith("phrase"):
            return '"' + " ".join(words) + '"'
        if kind in ("prefix", "typed", "letters"):
            quoted[-1] += "*"
        return " ".join(quoted)

    def ranked(self, kind, words):
        return list(
            self.run.execute(
                "select rowid, rank from t where t match ? order by rank limit 10", (self.query(kind, words),)
            )
        )

    def first(self, kind, words):
        return list(self.run.execute("select rowid from t where t match ? limit 10", (self.query(kind, words),)))

    def count(self, kind, words):
        return list(self.run.execute("select count(*) from t where t match ?", (self.query(kind, words),)))[0][0]


if __name__ == "__main__":
    name = "FTS5 with prefix index" if PREFIX else "FTS5"
    peer.main(name, VERSION, build, Engine)
