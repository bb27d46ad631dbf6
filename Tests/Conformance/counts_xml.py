#!/usr/bin/env python3
"""Counts what the XML archives below a folder hold, with Python's own XML parser.

usage: counts_xml.py DATA_DIR
Prints one JSON object: path -> discussions, comments, authors, dates, parents. Documents that are not
well-formed are repaired by xmllint; those that xmllint cannot keep whole are left out.
"""
import datetime
import email.utils
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
THR = "{http://purl.org/syndication/thread/1.0}"
DSQ = "{http://disqus.com/disqus-internals}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RSS1 = "{http://purl.org/rss/1.0/}"
KIND = "http://schemas.google.com/g/2005#kind"


def parse(path):
    """The root of a document, repaired where it must be; None when it cannot be trusted."""
    with open(path, "rb") as file:
        data = file.read()
    start = data.find(b"<?xml")
    try:
        return ET.fromstring(data[start:] if start > 0 else data.strip())
    except ET.ParseError:
        pass
    if b"\0" in data or b"<!ENTITY" in data or re.search(rb'&(?!#|lt;|gt;|amp;|quot;|apos;)\w+;', data):
        return None
    # xmllint drops attributes without quotes.
    data = re.sub(rb"(<[\w:]+ [\w:]+=)(\w+)(\s*/?>)", rb'\1"\2"\3', data)
    fixed = subprocess.run(
        ["xmllint", "--recover", "--huge", "--nonet", "-"],
        input=data[max(0, start):],
        capture_output=True,
        check=False,
    ).stdout
    try:
        return ET.fromstring(fixed)
    except ET.ParseError:
        return None


def local(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def space(element):
    return element.tag[1:].split("}")[0] if element.tag.startswith("{") else ""


def text(element):
    return "".join(element.itertext()).strip() if element is not None else ""


def children(element, name, within=None):
    return [c for c in element if local(c) == name and (within is None or within in space(c))]


def child(element, name, within=None):
    found = children(element, name, within)
    return found[0] if found else None


def is_day(year, month, day):
    try:
        datetime.date(int(year), int(month), int(day))
        return int(year) >= 1
    except ValueError:
        return False


def is_date(value):
    """Whether a value names a day that exists, as machines or as mail write it."""
    value = value.strip()
    iso = re.match(r"^(\d{4})-(\d\d)-(\d\d)(?:$|[T ]\d\d:\d\d)", value)
    if iso:
        return is_day(*iso.groups())
    if not re.search(r"\d{1,2}[ -][A-Z][a-z]{2}[a-z]*[ -]\d{4}\b", value):
        return False
    parts = email.utils.parsedate_tz(value)
    return parts is not None and is_day(*parts[:3])


def threaded(parents):
    """How many of the comments answer another one: ids that nobody has do not count, and of each circle
    one link is cut. `parents` lists (id, parent) in order; the first bearer of an id counts."""
    first = {}
    for index, (own, _) in enumerate(parents):
        first.setdefault(own, index)
    above = [first.get(parent) if parent is not None else None for _, parent in parents]
    count = sum(1 for index in above if index is not None)
    state = [0] * len(above)
    for start in range(len(above)):
        at, chain = start, []
        while at is not None and state[at] == 0:
            state[at] = 1
            chain.append(at)
            at = above[at]
        if at is not None and state[at] == 1:
            count -= 1
        for index in chain:
            state[index] = 2
    return count


class Counts:
    def __init__(self):
        self.discussions = self.comments = self.authors = self.dates = self.parents = 0

    def entry(self, author, date):
        self.authors += bool(author)
        self.dates += bool(date)

    def json(self):
        return dict(vars(self))


def wordpress_item(item, counts):
    wp = "wordpress.org/export/"
    kind = text(child(item, "post_type", wp)) or "post"
    status = text(child(item, "status", wp))
    comments = children(item, "comment", wp)
    if not comments and (kind not in ("post", "page") or status in ("trash", "auto-draft")):
        return
    counts.discussions += 1
    dates = [text(child(item, n, wp)) for n in ("post_date_gmt", "post_date")] + [text(child(item, "pubDate"))]
    counts.entry(text(item.find(DC + "creator")), any(is_date(d) for d in dates))
    links = []
    for comment in comments:
        if text(child(comment, "comment_approved", wp)) in ("spam", "trash"):
            raise NotImplementedError
        counts.comments += 1
        dates = [text(child(comment, n, wp)) for n in ("comment_date_gmt", "comment_date")]
        counts.entry(text(child(comment, "comment_author", wp)), any(is_date(d) for d in dates))
        parent = text(child(comment, "comment_parent", wp))
        links.append((text(child(comment, "comment_id", wp)), None if parent in ("", "0") else parent))
    counts.parents += threaded(links)


def rss_author(item):
    for name in (DC + "creator", "author", RSS1 + "author"):
        value = text(item.find(name))
        if value:
            return value
    return ""


def rss(root):
    counts = Counts()
    for item in root.iter():
        if local(item) != "item":
            continue
        if any("wordpress.org/export/" in space(c) for c in item):
            wordpress_item(item, counts)
            continue
        counts.discussions += 1
        dates = [text(item.find(n)) for n in ("pubDate", DC + "date", RSS1 + "pubDate")]
        counts.entry(rss_author(item), any(is_date(d) for d in dates))
    return counts


def comment_of(entry):
    """The address of the post that an entry comments on, told by the entry's own address."""
    links = [l.get("href", "") for l in entry.findall(ATOM + "link") if l.get("rel") in (None, "alternate")]
    match = re.match(r"^(https?://.*?)(?:comment-page-\d+/?)?#comment-(\d+)$", links[0] if links else "")
    return match and (match.group(1), links[0])


def atom(root):
    counts = Counts()
    feed_author = text(root.find(ATOM + "author/" + ATOM + "name"))
    posts, loose, titles = set(), [], {}
    for entry in root.findall(ATOM + "entry"):
        title = text(entry.find(ATOM + "title"))
        dates = [text(entry.find(ATOM + n)) for n in ("published", "updated")]
        dated = any(is_date(d) for d in dates)
        names = [text(n) for n in entry.findall(ATOM + "author/" + ATOM + "name")]
        names += [text(n) for n in entry.findall(ATOM + "source/" + ATOM + "author/" + ATOM + "name")]
        own = next((n for n in names if n), "")
        place = comment_of(entry)
        if place is None and entry.find(THR + "in-reply-to") is None:
            counts.discussions += 1
            counts.entry(own or feed_author, dated)
        elif place is None:
            return None
        else:
            loose.append((entry, place, title, own, dated))
            form = re.match(r"^Comment on ((?:(?! by ).)*) by ((?:(?! by ).)*)$", title)
            if form:
                titles.setdefault(place[0], form.group(1))
    by_link = {place[1]: i for i, (_, place, _, _, _) in enumerate(loose)}
    links = []
    for entry, place, title, own, dated in loose:
        posts.add(place[0])
        counts.comments += 1
        if re.match(r"^Comments (for|on)\b", own):
            own = ""
        form = re.match(r"^Comment on (.*?) by (.*)$", title)
        if not own and form:
            known = titles.get(place[0])
            if title.count(" by ") == 1 or (known and title.startswith(f"Comment on {known} by ")):
                own = form.group(2)
        counts.entry(own, dated)
        words = text(entry.find(ATOM + "content")) or text(entry.find(ATOM + "summary"))
        reply = re.match(r'^\s*<p>[^<]{0,40}<a href="([^"]+)"[^>]*>[^<]*</a>[^<]{0,4}</p>', words)
        links.append((place[1], reply.group(1) if reply else None))
    counts.discussions += len(posts)
    counts.parents = threaded([(own, parent if parent in by_link else None) for own, parent in links])
    return counts


def disqus(root):
    counts = Counts()
    ns = root.tag.split("}")[0] + "}" if root.tag.startswith("{") else ""
    threads, posts = {}, {}
    for thread in root.findall(ns + "thread"):
        threads.setdefault(thread.get(DSQ + "id"), thread)
    for post in root.findall(ns + "post"):
        reference = post.find(ns + "thread")
        posts.setdefault(reference.get(DSQ + "id") if reference is not None else None, []).append(post)
    for key, members in posts.items():
        kept = [p for p in members if text(p.find(ns + "isSpam")) != "true"]
        spam = {p.get(DSQ + "id") for p in members if p not in kept}
        if any(p.find(ns + "parent") is not None and p.find(ns + "parent").get(DSQ + "id") in spam for p in kept):
            raise NotImplementedError
        counts.discussions += 1
        thread = threads.get(key)
        if thread is not None:
            author = thread.find(ns + "author")
            counts.entry(author is not None and text(author.find(ns + "name")), is_date(text(thread.find(ns + "createdAt"))))
        links = []
        for post in kept:
            counts.comments += 1
            author = post.find(ns + "author")
            name = author is not None and (text(author.find(ns + "name")) or text(author.find(ns + "username")))
            counts.entry(name, is_date(text(post.find(ns + "createdAt"))))
            parent = post.find(ns + "parent")
            links.append((post.get(DSQ + "id"), parent.get(DSQ + "id") if parent is not None else None))
        counts.parents += threaded(links)
    return counts


def stack_exchange(root):
    counts = Counts()
    rows = list(root)
    numbers = {row.get("Id") for row in rows if row.get("PostTypeId") == "1"}
    answers = [row for row in rows if row.get("PostTypeId") == "2"]
    counts.discussions = len(numbers | {row.get("ParentId") for row in answers})
    counts.comments = len(answers)
    for row in rows:
        if row.get("PostTypeId") in ("1", "2"):
            counts.entry(row.get("OwnerDisplayName"), is_date(row.get("CreationDate", "")))
    return counts


def count(path):
    root = parse(path)
    if root is None:
        return None
    try:
        if root.tag == ATOM + "feed":
            return atom(root)
        return {"rss": rss, "RDF": rss, "disqus": disqus, "posts": stack_exchange}.get(local(root), lambda _: None)(root)
    except NotImplementedError:
        return None


def main(data):
    result = {}
    for folder in ("wxr", "disqus", "feeds", "stackexchange/coffee", "hostile/xml"):
        for path, _, names in os.walk(os.path.join(data, folder)):
            for name in sorted(names):
                if not name.endswith((".xml", ".rss", ".atom")):
                    continue
                full = os.path.join(path, name)
                if os.path.getsize(full) == 0:
                    continue
                counts = count(full)
                if counts is None:
                    continue
                found = result[os.path.relpath(full, data)] = counts.json()
                with open(full, "rb") as file:
                    if not file.read().rstrip().endswith(b">"):
                        # Cut inside an element: a value without its end tag is known to xmllint only.
                        del found["authors"], found["dates"]
    json.dump(result, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
