"""tantivy through its Python binding: positions indexed, text not stored, default tokenizer.

The binding collects all hits even where ten are asked for, so that its ranked times are not the best that
tantivy can do; Lucene stands beside it for that.
"""

import os
import tantivy

import peer


def schema():
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("text", stored=False, tokenizer_name="default")
    return fields.build()


def build(documents, folder):
    os.makedirs(folder, exist_ok=True)
    index = tantivy.Index(schema(), path=folder)
    writer = index.writer(heap_size=1_000_000_000, num_threads=2)
    for _, text in documents:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()


class Engine:
    def __init__(self, folder):
        self.schema = schema()
        self.index = tantivy.Index.open(folder)
        self.schema = self.index.schema
        self.searcher = self.index.searcher()

    def can(self, kind, mode):
        return True

    def beginning(self, word):
        # A regular expression of the dictionary; a prefix query of the binding finds phrases only.
        return tantivy.Query.regex_query(self.schema, "text", word + ".*")

    def query(self, kind, words):
        Query = tantivy.Query
        term = lambda word: Query.term_query(self.schema, "text", word, "freq")
        if kind in ("term", "stop"):
            return term(words[0])
        if kind.startswith("and"):
            return Query.boolean_query([(tantivy.Occur.Must, term(word)) for word in words])
        if kind.startswith("or"):
            return Query.boolean_query([(tantivy.Occur.Should, term(word)) for word in words])
        if kind.startswith("phrase"):
            return Query.phrase_query(self.schema, "text", words)
        if kind == "fuzzy1":
            return Query.fuzzy_term_query(self.schema, "text", words[0], distance=1, transposition_cost_one=True)
        if len(words) == 1:
            return self.beginning(words[0])
        parts = [(tantivy.Occur.Must, term(word)) for word in words[:-1]]
        return Query.boolean_query(parts + [(tantivy.Occur.Must, self.beginning(words[-1]))])

    def ranked(self, kind, words):
        return self.searcher.search(self.query(kind, words), 10, count=False)

    def count(self, kind, words):
        return self.searcher.search(self.query(kind, words), 1, count=True).count


if __name__ == "__main__":
    peer.main("tantivy-py", tantivy.__version__.split(",")[0], build, Engine)
