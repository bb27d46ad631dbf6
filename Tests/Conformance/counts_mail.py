#!/usr/bin/env python3
"""Counts what mailboxes and folders of messages hold, apart from the program's own code: header blocks by
python's email package, separators by a regular expression, threads by the algorithm of
https://www.jwz.org/doc/threading.html with containers, as written there.

usage: counts_mail.py DATA_DIR [PATH...]     prints one JSON object, path -> counts

Documented departures from that page, which the program shares: a message's own references decide its parent;
subjects only join a reply (or a message whose forebears are all missing) to a post of the same subject of the
last 60 days, or to other such messages within 30 days.
"""
import email.header, email.message, email.parser, email.policy, email.utils
import json, os, re, sys, zipfile

DAY = 86400
SEPARATOR_YEAR = re.compile(rb"^From .*\b(19|20)\d\d( [A-Z+-][A-Z0-9]{1,5})?( remote from \S+)?\s*$")
FIELD = re.compile(rb"^[!-9;-~]+[ \t]*:")


def split_mbox(data):
    """Messages of a mailbox, each as (header and body) bytes."""
    lines = data.split(b"\n")
    offsets, position = [], 0
    for line in lines:
        offsets.append(position)
        position += len(line) + 1
    starts = []
    skip_until = -1
    for i, line in enumerate(lines):
        if not line.startswith(b"From "):
            continue
        if starts and offsets[i] < skip_until:
            continue
        blank = i == 0 or lines[i - 1].strip(b"\r") == b""
        following = i + 1 < len(lines) and FIELD.match(lines[i + 1])
        if i == 0 or (SEPARATOR_YEAR.match(line) and (blank or following)):
            starts.append(i)
            skip_until = counted_end(data, offsets, lines, i)
    messages = []
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(lines)
        messages.append(b"\n".join(lines[start + 1:end]))
    return [m for m in messages if m]


def counted_end(data, offsets, lines, start):
    """Where the message's Content-Length says that it ends, if a separator or the end is there."""
    i = start + 1
    length = None
    while i < len(lines) and lines[i].strip(b"\r"):
        m = re.match(rb"(?i)content-length:\s*(\d+)\s*$", lines[i])
        if m:
            length = int(m.group(1))
        i += 1
    if length is None or i + 1 >= len(lines):
        return -1
    end = offsets[i + 1] + length
    if end > len(data):
        return -1
    rest = data[end:end + 300]
    stripped = rest.lstrip(b"\r\n")
    if not stripped:
        return end
    line, _, after = stripped.partition(b"\n")
    before = data[:end + len(rest) - len(stripped)][-3:]
    blank = before.endswith(b"\n\n") or before.endswith(b"\n\r\n")
    ok = SEPARATOR_YEAR.match(line) and (blank or before.endswith(b"\n") and FIELD.match(after))
    return end if ok else -1


def is_message(data):
    head = data[:65536].lstrip()
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = set(n.lower() for n in re.findall(rb"(?m)^([!-9;-~]+)[ \t]*:", block))
    first = block.split(b"\n", 1)[0]
    who = names & {b"from", b"sender", b"newsgroups"}
    what = names & {b"message-id", b"date", b"subject", b"references", b"in-reply-to", b"content-type"}
    return bool(FIELD.match(first)) and (bool(who and what and len(names) > 1)
                                         or b"message-id" in names and len(what) >= 2)


def messages_of(name, data):
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    data = data.lstrip(b"\r\n \t")
    if data.startswith(b"From "):
        return split_mbox(data)
    if is_message(data):
        return [data]
    raise ValueError("no mail: " + name)


def decoded(value):
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except Exception:
        return value


class Message:
    def __init__(self, raw, number=0):
        self.number = number
        raw = re.sub(rb"^(>From .*\n)+", b"", raw)
        if not FIELD.match(raw):
            raw = b"\n" + raw
        parsed = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(raw, headersonly=True)
        self.body = parsed.get_payload() if isinstance(parsed.get_payload(), str) else ""

        def field(name):
            for value in parsed.get_all(name, []):
                value = str(value)
                if value.strip():
                    return value
            return ""
        ids = re.findall(r"<([^<>\s]+)>", field("message-id"))
        own = field("message-id").strip()
        self.id = ids[0] if ids else (own if own and not re.search(r"[\s<]", own) else None)
        refs = [r for r in re.findall(r"<([^<>\s]+)>", field("references")) if r != self.id]
        answered = field("in-reply-to").strip()
        if answered.startswith("<"):
            m = re.search(r"<([^<>\s]+)>", answered)
            if m and m.group(1) not in refs and m.group(1) != self.id:
                refs.append(m.group(1))
        self.refs = refs
        subject = re.sub(r"\s+", " ", decoded(re.sub(r"\r?\n", "", field("subject")))).strip()
        self.reply = False
        while True:
            m = re.match(r"(?i)(re|aw|sv|vs|antw|antwort|odp|rif|res|ynt)([\[(^]\d*[\])]?)? *:\s*", subject)
            tag = re.match(r"\[[^\]\d]{0,63}\]\s*(?=.)", subject)
            if m:
                self.reply = True
                subject = subject[m.end():]
            elif tag:
                subject = subject[tag.end():]
            else:
                break
        self.subject = subject.lower()
        sender = field("from")
        self.author = bool(sender.strip())
        date = email.utils.parsedate_tz(field("date")) if field("date") else None
        try:
            self.date = email.utils.mktime_tz(date) if date else None
        except (OverflowError, ValueError):
            self.date = None


class Container:
    def __init__(self, message=None):
        self.message, self.parent, self.children = message, None, []

    def link(self, child):
        if child.parent is not None:
            child.parent.children.remove(child)
        child.parent = self
        self.children.append(child)

    def is_above(self, other):
        while other is not None:
            if other is self:
                return True
            other = other.parent
        return False


def threads(messages):
    """Root containers, and how many messages were united with one of the same id."""
    table, loose, united, extra = {}, [], 0, []
    for m in messages:
        if m.id and m.id in table:
            first = table[m.id].message
            if first.date is not None and first.date == m.date or first.body.strip() == m.body.strip():
                united += 1
            else:
                extra.append((m, table[m.id]))
            continue
        c = Container(m)
        if m.id:
            table[m.id] = c
        loose.append(c)
    for c in list(loose):
        previous = None
        for ref in c.message.refs:
            node = table.get(ref)
            if node is None and "@" not in ref:
                continue  # no id, but what somebody typed: "In-Reply-To: <yes>"
            if node is None:
                node = table[ref] = Container()
            own = node.message.refs if node.message else []
            if previous is not None and node.parent is None and not own and not node.is_above(previous):
                previous.link(node)
            previous = node
        if previous is not None and not c.is_above(previous):
            previous.link(c)
    roots, seen = [], set()
    for c in loose + [c for c in table.values() if c.message is None]:
        if c.parent is None and id(c) not in seen:
            seen.add(id(c))
            roots.append(c)
    kept = []
    for root in roots:
        prune(root)
        if root.message is None and len(root.children) == 1:
            root = root.children[0]
            root.parent = None
        if root.message is not None or root.children:
            kept.append(root)
    return by_subject(kept), united, extra


def prune(root):
    """Missing messages vanish, their replies go up; the root stays."""
    order, stack = [], [root]
    while stack:
        c = stack.pop()
        order.append(c)
        stack += c.children
    for c in reversed(order):
        c.children = [g for k in c.children for g in ([k] if k.message is not None else k.children)]
        for k in c.children:
            k.parent = c


def first_of(root):
    if root.message is not None:
        return root.message
    return min((c.message for c in root.children), key=lambda m: m.number)


def by_subject(roots):
    groups = {}
    for root in roots:
        m = first_of(root)
        if m.subject and m.date is not None:
            groups.setdefault(m.subject, []).append(root)
    gone = set()
    made = []
    for group in groups.values():
        def is_reply(root):
            m = first_of(root)
            return m.reply or bool(m.refs)
        posts = [r for r in group if r.message is not None and not is_reply(r)]
        rest = []
        for reply in sorted((r for r in group if is_reply(r)), key=lambda r: first_of(r).date):
            date = first_of(reply).date
            near = [p for p in posts if date - 60 * DAY <= p.message.date <= date + DAY]
            if near:
                join(max(near, key=lambda p: p.message.date), reply)
                gone.add(id(reply))
            else:
                rest.append(reply)
        run = []
        for reply in rest + [None]:
            if run and (reply is None or first_of(reply).date - first_of(run[-1]).date > 30 * DAY):
                if len(run) > 1:
                    place = next((r for r in run if r.message is None), None)
                    if place is None:
                        place = Container()
                        made.append(place)
                    for r in run:
                        if r is not place:
                            join(place, r)
                            gone.add(id(r))
                run = []
            if reply is not None:
                run.append(reply)
    return [r for r in roots if id(r) not in gone] + made


def join(root, other):
    others = [other] if other.message is not None else list(other.children)
    for c in others:
        c.parent = root
        root.children.append(c)


def counts(raws):
    messages = [Message(raw, number) for number, raw in enumerate(raws)]
    roots, united, extra = threads(messages)
    result = dict(discussions=len(roots), comments=0, authors=0, dates=0, parents=0)
    entries = []
    for root in roots:
        stack = [(root, 0)]
        while stack:
            c, depth = stack.pop()
            if depth > 0:
                result["comments"] += 1
            if depth > 1:
                result["parents"] += 1
            if c.message is not None:
                entries.append(c.message)
            stack += [(k, depth + 1) for k in c.children]
    for m, first in extra:
        result["comments"] += 1
        result["parents"] += first.parent is not None and first.parent.parent is not None
        entries.append(m)
    result["authors"] = sum(m.author for m in entries)
    result["dates"] = sum(m.date is not None for m in entries)
    return result


def read(path):
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as z:
            return [m for n in z.namelist() if z.read(n) for m in messages_of(n, z.read(n))]
    with open(path, "rb") as f:
        data = f.read()
    return messages_of(path, data) if data else []


def folder_messages(folder):
    found = []
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            found.append(os.path.join(base, name))
    return [m for path in sorted(found, key=os.fsencode) for m in read(path)]


def main():
    data = sys.argv[1]
    paths = sys.argv[2:]
    if not paths:
        paths = ["hostile/mbox/" + n for n in sorted(os.listdir(os.path.join(data, "hostile/mbox")))]
        for base, folders, names in os.walk(os.path.join(data, "mbox")):
            folders.sort()
            here = os.path.relpath(base, data)
            paths += [here + "/" + n for n in sorted(names) if n.endswith((".mbox", ".zip"))]
        corpora = "mbox/notmuch/test/corpora"
        if os.path.isdir(os.path.join(data, corpora)):
            paths += [corpora + "/" + n + "/" for n in sorted(os.listdir(os.path.join(data, corpora)))
                      if os.path.isdir(os.path.join(data, corpora, n))]
        paths += ["mbox/perceval/tests/data/" + n + "/" for n in ("mbox", "hyperkitty")]
    result = {}
    for path in paths:
        full = os.path.join(data, path)
        try:
            raws = folder_messages(full) if path.endswith("/") else read(full)
        except (ValueError, FileNotFoundError, zipfile.BadZipFile) as problem:
            print(path, problem, file=sys.stderr)
            continue
        if raws:
            result[path] = counts(raws)
    json.dump(result, sys.stdout, indent=1, sort_keys=True)
    print()


main()
