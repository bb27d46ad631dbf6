#!/usr/bin/env python3
"""Counts what the JSON archives under DATA_DIR hold, independently of the program.

Usage: counts_json.py DATA_DIR. Prints one JSON object: path relative to DATA_DIR (a folder ends in a
slash and is read as one import) -> discussions, comments, authors, dates, parents. Python's json decides
what a file holds; the rules of each format are written down anew here.
"""

import json
import os
import sys


class Import:
    """One import: entries by id, as a reader that unites them would see them."""

    def __init__(self):
        self.posts = {}  # id -> (author, date)
        self.comments = {}  # id -> (author, date, parent id or None, post id or None)
        self.spare = 0

    def post(self, id, author, date):
        old = self.posts.get(id, (None, None))
        self.posts[id] = (old[0] or author, old[1] or date)

    def comment(self, id, author, date, parent, post):
        if id is None:
            self.spare += 1
            id = ("no id", self.spare)
        if id not in self.comments:
            self.comments[id] = (author, date, parent, post)

    def root(self, id):
        """The post that a comment stands under, by name or up its parents."""
        seen = set()
        while True:
            author, date, parent, post = self.comments[id]
            if post is not None:
                return post
            seen.add(id)
            if parent is None:
                return id
            if parent not in self.comments:
                return parent
            if parent in seen:
                return parent
            id = parent

    def counts(self):
        roots = {self.root(id) for id in self.comments}
        entries = list(self.posts.values()) + [(c[0], c[1]) for c in self.comments.values()]
        return {
            "discussions": len(roots | set(self.posts)),
            "comments": len(self.comments),
            "authors": sum(1 for a, _ in entries if a),
            "dates": sum(1 for _, d in entries if d),
            "parents": sum(
                1 for c in self.comments.values() if c[2] in self.comments),
        }



# Reddit


def reddit_thing(into, data):
    author = data.get("author")
    author = None if not author or author == "[deleted]" else author
    date = data.get("created_utc")
    if "body" in data and ("parent_id" in data or "link_id" in data):
        link = data.get("link_id")
        if not link:
            for key in ("permalink", "context", "link_permalink"):
                parts = (data.get(key) or "").split("/")
                if "comments" in parts:
                    link = "t3_" + parts[parts.index("comments") + 1]
                    break
        into.comment(data["name"], author, date, data.get("parent_id"), link)
    elif "title" in data and "created_utc" in data and "selftext" in data:
        into.post("t3_" + data["id"], author, date)


def reddit_walk(into, value):
    """Every t1 and t3 thing that stands in a listing or in the replies of a comment."""
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo.extend(value)
        elif isinstance(value, dict) and isinstance(value.get("data"), dict):
            data = value["data"]
            if value.get("kind") == "Listing":
                todo.extend(data.get("children") or [])
            elif value.get("kind") in ("t1", "t3"):
                reddit_thing(into, data)
                if data.get("replies"):
                    todo.append(data["replies"])
        elif isinstance(value, dict) and isinstance(value.get("json"), dict):
            todo.extend((value["json"].get("data") or {}).get("things") or [])


def reddit_api(paths):
    into = Import()
    for path in paths:
        reddit_walk(into, json.load(open(path, encoding="utf-8")))
    return into


def reddit_lines(paths):
    into = Import()
    for path in paths:
        for line in open(path, encoding="utf-8"):
            reddit_thing(into, json.loads(line))
    return into


# Hacker News


def hacker_news(paths):
    into = Import()
    for path in paths:
        try:
            item = json.load(open(path, encoding="utf-8"))
        except ValueError:
            continue
        if not isinstance(item, dict):
            continue
        if item.get("type") in ("comment", "pollopt"):
            parent = item.get("parent", item.get("poll"))
            into.comment(item["id"], item.get("by"), item.get("time"), parent, None)
        elif item.get("type") in ("story", "job", "poll"):
            into.post(item["id"], item.get("by"), item.get("time"))
    return into


# Comments under pages


def commento(path):
    into = Import()
    data = json.load(open(path, encoding="utf-8"))
    names = {c["commenterHex"]: c.get("name") for c in data["commenters"]}
    for c in data["comments"]:
        parent = None if c["parentHex"] == "root" else c["parentHex"]
        into.comment(
            c["commentHex"], names.get(c["commenterHex"]), c["creationDate"], parent, c["domain"] + c["url"])
    return into


def remark(path):
    into = Import()
    data = json.load(open(path, encoding="utf-8"))
    todo = list(data if isinstance(data, list) else data["comments"])
    while todo:
        node = todo.pop()
        comment = node.get("comment", node)
        todo.extend(node.get("replies") or [])
        removed = comment.get("delete", False)
        date = None if comment["time"].startswith("0001") else comment["time"]
        into.comment(
            comment["id"], None if removed else comment["user"]["name"], date, comment["pid"] or None,
            comment["locator"]["url"])
    return into


def isso(path):
    into = Import()
    for page in json.load(open(path, encoding="utf-8")):
        into.post(page["id"], None, None)
        for c in page["comments"]:
            into.comment((page["id"], c["id"]), c["author"] or None, c["created"], None, page["id"])
    return into


def main():
    base = sys.argv[1]
    counts = {}

    def add(name, found):
        counts[name] = found.counts()

    def files(folder):
        return sorted(
            os.path.join(folder, f) for f in os.listdir(os.path.join(base, folder)) if f.endswith(".json"))

    folder = "reddit/praw-bodies"
    for name in files(folder):
        add(name, reddit_api([os.path.join(base, name)]))
    add(folder + "/", reddit_api([os.path.join(base, name) for name in files(folder)]))
    lines = "reddit/ndjson-from-cassettes"
    for name in ("RC_sample.ndjson", "RS_sample.ndjson"):
        add(lines + "/" + name, reddit_lines([os.path.join(base, lines, name)]))
    folder = "hn/hn-api-readme"
    for name in files(folder):
        add(name, hacker_news([os.path.join(base, name)]))
    for name in (
        "disqus/remark42/backend/app/rest/api/testdata/commento.json",
        "disqus/remark42/backend/app/migrator/testdata/commento.json",
    ):
        add(name, commento(os.path.join(base, name)))
    folder = "disqus/remark42/backend/app/store/service/testdata"
    for name in files(folder):
        add(name, remark(os.path.join(base, name)))
    add("disqus/isso/isso/tests/generic.json", isso(os.path.join(base, "disqus/isso/isso/tests/generic.json")))
    json.dump(counts, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
