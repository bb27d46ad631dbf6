#!/usr/bin/env python3
"""Count what saved pages hold, independently of the reader: counts_html.py DATA_DIR

Prints one JSON object: path relative to DATA_DIR -> counts. Comments of story pages are the elements of class
`comment` that have a short id; their authors the links to a person in the line above the words, their dates the
time elements there, and a comment has a parent when the list that it stands in stands in the item of another.
"""
import glob
import json
import os
import sys
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Story(HTMLParser):
    """Counts comments, their authors, dates and parents."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.comments = self.authors = self.dates = self.parents = 0
        self.items = []
        self.current = None

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        classes = (attributes.get("class") or "").split()
        if tag == "li" and "comments_subtree" in classes:
            self.items.append([len(self.open), False])
        if tag == "div" and "comment" in classes and "data-shortid" in attributes:
            self.comments += 1
            if any(has_comment for _, has_comment in self.items[:-1]):
                self.parents += 1
            if self.items:
                self.items[-1][1] = True
            self.current = {"depth": len(self.open), "author": False, "date": False}
        if self.current:
            href = attributes.get("href") or ""
            if tag == "a" and (href.startswith("/~") or href.startswith("/u/")) and not self.current["author"]:
                self.authors += 1
                self.current["author"] = True
            if tag == "time" and not self.current["date"]:
                self.dates += 1
                self.current["date"] = True
            if tag == "span" and "title" in attributes and not self.current["date"]:
                if attributes["title"][:4].isdigit():
                    self.dates += 1
                    self.current["date"] = True
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.open:
            return
        while self.open.pop() != tag:
            pass
        while self.items and self.items[-1][0] >= len(self.open):
            self.items.pop()
        if self.current and self.current["depth"] >= len(self.open):
            self.current = None


def main():
    data = sys.argv[1]
    counts = {}
    for path in sorted(glob.glob(os.path.join(data, "hostile/html/*.html"))):
        counts[os.path.relpath(path, data)] = {"discussions": 1, "comments": 0, "authors": 0, "parents": 0}
    for path in sorted(glob.glob(os.path.join(data, "mbox/perceval/tests/data/pipermail/*.html"))):
        counts[os.path.relpath(path, data)] = {"discussions": 1, "comments": 0, "authors": 0, "parents": 0}
    for path in sorted(glob.glob(os.path.join(data, "lobsters/**/post_details_*.html"), recursive=True)):
        story = Story()
        with open(path, encoding="utf-8") as page:
            story.feed(page.read())
        # The story's own author and date stand in its head.
        counts[os.path.relpath(path, data)] = {
            "discussions": 1,
            "comments": story.comments,
            "authors": story.authors + 1,
            "dates": story.dates + 1,
            "parents": story.parents,
        }
    json.dump(counts, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
