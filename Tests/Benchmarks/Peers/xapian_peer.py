"""Xapian's glass database with positions, compacted; as mail readers use it."""

import os
import re
import shutil

import xapian

import peer


def build(documents, folder):
    database = xapian.WritableDatabase(folder + ".loose", xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    for _, text in documents:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(text)
        database.add_document(document)
    database.commit()
    database.compact(folder)
    database.close()
    shutil.rmtree(folder + ".loose")


class Engine:
    def __init__(self, folder):
        self.database = xapian.Database(folder)
        self.enquire = xapian.Enquire(self.database)

    def can(self, kind, mode):
        return kind != "fuzzy1"

    def query(self, kind, words):
        Query = xapian.Query
        if kind in ("prefix", "typed", "letters"):
            last = Query(Query.OP_WILDCARD, words[-1], 0, Query.WILDCARD_LIMIT_ERROR, Query.OP_SYNONYM)
            return Query(Query.OP_AND, [Query(word) for word in words[:-1]] + [last])
        if kind.startswith("or"):
            return Query(Query.OP_OR, words)
        if kind.startswith("phrase"):
            return Query(Query.OP_PHRASE, words, len(words))
        return Query(Query.OP_AND, words)

    def found(self, kind, words, least):
        self.enquire.set_query(self.query(kind, words))
        return self.enquire.get_mset(0, 10, least)

    def ranked(self, kind, words):
        return [match.docid for match in self.found(kind, words, 0)]

    def count(self, kind, words):
        return self.found(kind, words, self.database.get_doccount()).get_matches_estimated()


if __name__ == "__main__":
    peer.main("Xapian", xapian.version_string(), build, Engine)
