#!/usr/bin/env python3
"""Counts what the answers of Discourse, GitHub, Mastodon and Stack Exchange under DATA_DIR hold,
independently of the program.

Usage: counts_json2.py DATA_DIR. Prints one JSON object: path relative to DATA_DIR (a folder ends in a
slash and is read as one import) -> discussions, comments, authors, dates, parents. Python's json decides
what a file holds; the rules of each format are written down anew here.
"""

import json
import os
import sys


class Import:
    """One import: entries by id, as a reader that unites them would see them."""

    def __init__(self):
        self.posts = {}  # id -> [author, date]
        self.comments = {}  # id -> [author, date, parent id or None, post id or None]

    def post(self, id, author, date):
        old = self.posts.setdefault(id, [None, None])
        old[0] = old[0] or author
        old[1] = old[1] or date

    def comment(self, id, author, date, parent, post):
        self.comments.setdefault(id, [author, date, parent, post])

    def root(self, id):
        """The post that a comment stands under, by name or up its parents."""
        while True:
            _, _, parent, post = self.comments[id]
            if post is not None:
                return post
            if parent not in self.comments:
                return parent
            id = parent

    def counts(self):
        entries = list(self.posts.values()) + list(self.comments.values())
        return {
            "discussions": len({self.root(id) for id in self.comments} | set(self.posts)),
            "comments": len(self.comments),
            "authors": sum(1 for e in entries if e[0]),
            "dates": sum(1 for e in entries if e[1]),
            "parents": sum(1 for c in self.comments.values() if c[2] in self.comments),
        }


# Discourse


def discourse(into, value):
    if not isinstance(value, dict):
        return
    users = {u["id"]: u["username"] for u in value.get("users") or []}

    def post(p, topic, author="username"):
        number = p["post_number"]
        if p.get("post_type") == 3 and not p.get("cooked"):
            return
        if number == 1:
            into.post(topic, p.get(author), p["created_at"])
        else:
            parent = p.get("reply_to_post_number")
            into.comment((topic, number), p.get(author), p["created_at"], (topic, parent), topic)

    if "post_stream" in value:
        posts = value["post_stream"]["posts"]
        topic = (value["id"], value.get("slug") or posts[0]["topic_slug"])
        if "title" in value:
            author = (value.get("details") or {}).get("created_by", {}).get("username")
            into.post(topic, posts[0]["username"] if posts[0]["post_number"] == 1 else author, value["created_at"])
        for p in posts:
            post(p, topic)
    elif "topic_list" in value:
        for t in value["topic_list"]["topics"]:
            # One number under two titles is two topics: the made-up lists have such.
            into.post((t["id"], t["title"]), users.get(t["posters"][0]["user_id"]), t["created_at"])
    for p in value.get("latest_posts") or []:
        post(p, (p["topic_id"], p["topic_slug"]))
    for a in value.get("user_actions") or []:
        if a["action_type"] in (4, 5):
            post(a, (a["topic_id"], a["slug"]))
    if "post_number" in value and "cooked" in value:
        post(value, (value["topic_id"], value["topic_slug"]))


# GitHub


def github_number(address):
    """The last number of an address of an issue or a pull request: both are counted together."""
    return int(address.split("#")[0].rstrip("/").split("/")[-1])


def github(into, value):
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            continue
        author = (item.get("user") or {}).get("login")
        if "title" in item and "number" in item and "user" in item:
            into.post(github_number(item["html_url"]), author, item["created_at"])
            continue
        subject = item.get("issue_url") or item.get("pull_request_url")
        if "body" in item and subject:
            kind = "review" if "submitted_at" in item else "line" if "diff_hunk" in item else "comment"
            into.comment(
                (kind, item["id"]), author, item.get("created_at", item.get("submitted_at")), None,
                github_number(subject))
        elif "data" in item:
            subject = (item["data"] or {}).get("repository", {})
            for issue in subject.values():
                for event in issue["timelineItems"]["nodes"]:
                    if "body" in event and event.get("eventType") == "PullRequestReview":
                        into.comment(
                            event["url"], event["author"]["login"], event["createdAt"], None,
                            github_number(event["url"]))


# Mastodon


def mastodon(into, value):
    """Every status, wherever it stands, but for those that others quote or boost."""
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo.extend(value)
        elif isinstance(value, dict):
            if {"id", "account", "created_at"} <= set(value) and ("content" in value or "text" in value):
                value = value.get("reblog") or value
                author = value["account"]["display_name"] or value["account"]["acct"]
                parent = value.get("in_reply_to_id")
                if parent:
                    into.comment(value["id"], author, value["created_at"], parent, None)
                else:
                    into.post(value["id"], author, value["created_at"])
            else:
                todo.extend(v for v in value.values() if isinstance(v, (dict, list)))


# Stack Exchange


def stack_exchange(into, value):
    for q in value["items"] if isinstance(value, dict) else value:
        question = ("post", q["question_id"])
        into.post(question, q["owner"]["display_name"], q["creation_date"])
        for c in q.get("comments") or []:
            into.comment(
                ("comment", c["comment_id"]), c["owner"]["display_name"], c["creation_date"], None, question)
        for a in q.get("answers") or []:
            into.comment(
                ("post", a["answer_id"]), a["owner"]["display_name"], a["creation_date"], None, question)


def main():
    base = sys.argv[1]
    counts = {}

    def values(path):
        try:
            return json.load(open(os.path.join(base, path), encoding="utf-8"))
        except ValueError:
            return None

    def each(folder, read, ending="", skip=(), together=False):
        every = Import()
        for name in sorted(os.listdir(os.path.join(base, folder))):
            path = folder + "/" + name
            if name in skip or not name.endswith(ending) or os.path.isdir(os.path.join(base, path)):
                continue
            value = values(path)
            if value is None:
                continue
            into = Import()
            read(into, value)
            read(every, value)
            counts[path] = into.counts()
        if together:
            counts[folder + "/"] = every.counts()

    each("discourse/discourse_api/spec/fixtures", discourse, ".json")
    each("discourse/perceval/tests/data/discourse", discourse, ".json")
    each("github/perceval/tests/data/github", github)
    each("mastodon/bodies-from-cassettes", mastodon, ".json", together=True)
    each("mastodon/tootsdk/Tests/TootSDKTests/Resources", mastodon, ".json")
    each("stackexchange/perceval-api/tests/data/stackexchange", stack_exchange)
    json.dump(counts, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
