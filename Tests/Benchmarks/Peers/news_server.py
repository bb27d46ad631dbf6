#!/usr/bin/env python3
"""news_server.py MAILBOX: serves a mailbox as the one newsgroup of a news server, for slrn.

It listens on a free port of 127.0.0.1 alone, prints that port in a line once everything is ready, and
ends with its standard input. Overviews are made beforehand, so that a newsreader waits for itself and not for
this. RFC 3977, as much as a newsreader asks for.
"""
import re
import socketserver
import sys
import threading

GROUP = b"bench.mailbox"
FIELDS = [b"subject", b"from", b"date", b"message-id", b"references"]


class Mailbox:
    """The messages of an mbox file, numbered from 1."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.text = file.read()
        starts = [0] if self.text.startswith(b"From ") else []
        starts += [match.start() + 2 for match in re.finditer(rb"\n\nFrom ", self.text)]
        self.spans = list(zip(starts, starts[1:] + [len(self.text)]))
        self.numbers = {}
        self.overview = [self.line(number) for number in range(1, len(self.spans) + 1)]

    def message(self, number):
        """Head and body of a message."""
        start, end = self.spans[number - 1]
        start = self.text.index(b"\n", start) + 1
        head, _, body = self.text[start:end].partition(b"\n\n")
        return head, body.rstrip(b"\n") + b"\n"

    def line(self, number):
        """A message's line of the overview."""
        head, body = self.message(number)
        fields = {}
        for field in re.sub(rb"\n[ \t]+", b" ", head).split(b"\n"):
            name, _, value = field.partition(b":")
            fields.setdefault(name.lower(), value.strip().replace(b"\t", b" "))
        identity = fields.get(b"message-id") or b"<%d@mailbox.invalid>" % number
        fields[b"message-id"] = identity
        self.numbers[identity] = number
        size, lines = len(head) + len(body), body.count(b"\n")
        values = [b"%d" % number] + [fields.get(name, b"") for name in FIELDS]
        return b"\t".join(values + [b"%d" % size, b"%d" % lines, b""]) + b"\r\n"

    def find(self, word):
        """The number that a command names, as a number or by a Message-ID; None where there is none."""
        if word.startswith(b"<"):
            return self.numbers.get(word)
        number = int(word) if word.isdigit() else 0
        return number if 1 <= number <= len(self.spans) else None


class Session(socketserver.StreamRequestHandler):
    """One newsreader."""

    box = None
    current = 1

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def block(self, status, text):
        """A status and lines that end in CRLF."""
        self.wfile.write(status + b"\r\n" + text + b".\r\n")

    def handle(self):
        try:
            self.serve()
        except ConnectionError:
            pass  # a newsreader that was measured is not asked to be polite

    def serve(self):
        self.say(b"200 a mailbox")
        while request := self.rfile.readline():
            words = request.split()
            if not words:
                continue
            name = words[0].upper()
            if name == b"QUIT":
                self.say(b"205 bye")
                return
            self.answer(name, words[1:])

    def answer(self, name, words):
        count = len(self.box.spans)
        if name == b"MODE":
            self.say(b"200 reading only")
        elif name == b"CAPABILITIES":
            self.block(b"101 this", b"VERSION 2\r\nREADER\r\nOVER\r\nLIST ACTIVE OVERVIEW.FMT\r\n")
        elif name in (b"GROUP", b"LISTGROUP"):
            self.say(b"211 %d 1 %d %s" % (count, count, GROUP))
            if name == b"LISTGROUP":
                self.wfile.write(b"".join(b"%d\r\n" % n for n in range(1, count + 1)) + b".\r\n")
        elif name == b"LIST" and words and words[0].upper() == b"OVERVIEW.FMT":
            names = [b"Subject:", b"From:", b"Date:", b"Message-ID:", b"References:", b"Bytes:", b"Lines:"]
            self.block(b"215 order", b"".join(field + b"\r\n" for field in names))
        elif name == b"LIST":
            self.block(b"215 groups", b"%s %d 1 n\r\n" % (GROUP, count))
        elif name in (b"XOVER", b"OVER"):
            first, dash, last = (words[0] if words else b"%d" % self.current).partition(b"-")
            start = max(1, int(first or 1))
            end = min(count, int(last) if last else count if dash else start)
            self.block(b"224 overview", b"".join(self.box.overview[start - 1 : end]))
        elif name in (b"ARTICLE", b"HEAD", b"BODY", b"STAT"):
            self.article(name, words)
        elif name in (b"NEWGROUPS", b"NEWNEWS"):
            self.block(b"231 none", b"")
        elif name == b"DATE":
            self.say(b"111 20200101000000")
        else:
            self.say(b"500 not known here")

    def article(self, name, words):
        number = self.box.find(words[0]) if words else self.current
        if number is None:
            self.say(b"430 no such article")
            return
        self.current = number
        head, body = self.box.message(number)
        identity = self.box.overview[number - 1].split(b"\t")[4]
        code = {b"ARTICLE": 220, b"HEAD": 221, b"BODY": 222, b"STAT": 223}[name]
        status = b"%d %d %s" % (code, number, identity)
        if name == b"STAT":
            self.say(status)
            return
        parts = {b"ARTICLE": head + b"\n\n" + body, b"HEAD": head + b"\n", b"BODY": body}
        text = b"\n" + parts[name]
        self.block(status, text.replace(b"\n.", b"\n..")[1:].replace(b"\n", b"\r\n"))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main():
    Session.box = Mailbox(sys.argv[1])
    server = Server(("127.0.0.1", 0), Session)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], len(Session.box.spans), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
