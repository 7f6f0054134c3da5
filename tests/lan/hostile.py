#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Services that nobody wants to meet.

hostile.py say       what mdns.py is to announce
hostile.py check     reads the events of `sdreg --json browse` and holds them against what was
                     announced: each service of which the daemon tells, each byte of each string
"""
import base64
import json
import sys

ESC = b"\x1b]0;OWNED\x07\x1b[2J"
C1 = "\u009b31m\u0085\u009d".encode()
BIDI = "\u202e\u2066\u200f\u2028\ufeff".encode()

# name, strings (bytes: the record's data as it is; None: no record)
NAMES = [
    ESC, b"c1 " + C1, b"bidi " + BIDI, b"new\nline\r\ttab", b"\x7f", b"a;b \"q\" 'a' \\\\.\\032 %s",
    b"\\" * 63, b"." * 63, b" " * 63, b"n" * 63, "é".encode() * 31, "\U0001f600".encode() * 15,
    b"e\xcc\x81" * 21,
]
NOT_UTF8 = [b"raw \x9b31m", b"\xff" * 63, b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"nul\0name"]
TXT = {
    b"empty": [b""],
    b"no data": b"",
    b"empty strings": [b"", b"a=1", b"", b"b=2", b""],
    b"escapes": [b"msg=" + ESC, b"c1=" + C1, b"raw=\x9b31m\x85", b"lines=a\nb\r\tc", b"del=\x7f",
                 b"bidi=" + BIDI, b"nul=a\0b", b"bad=\xff\xfe\xc3", b"surrogate=\xed\xa0\x80"],
    b"marks": [b"semi=;;", b"quote=\"'", b"backslash=\\", b"escape=\\027", b"percent=%s%n", b"=\" \""],
    b"keys": [ESC + b"=1", C1 + b"=2", b"\xff=3", b"=nokey", b"=", b"\n", b"\0", "ü=4".encode()],
    b"doubles": [b"a=1", b"a=2", b"A=3", b"a", b"a=", b"a=1"],
    b"all bytes": [bytes(range(255)), bytes(range(255, 0, -1))],
    b"a thousand": [b"k%d=%d" % (i, i) for i in range(1000)],
    b"8 kB": [b"k%d=" % i + b"x" * 200 for i in range(42)],
    b"60 kB": [b"k%d=" % i + b"x" * 240 for i in range(244)],
}
HOSTS = [b"h" * 63, b"h" + ESC, b"h;\"\\.\n", C1 + BIDI]
# The last one is no name for Avahi, which reads no further in a message that has one
TYPES = ["_\x1b[31m", "_a\u00c2\u009bb", "_a.b", "_" + "l" * 62, "_", "x", "_a;b", "_\u00ff"]


def text(data):
    return data.decode("latin-1")


def services():
    """(name, what else mdns.py is told)"""
    for name in NAMES + NOT_UTF8:
        yield name, {"txt": [text(b"name=" + name)]}
    for name, txt in TXT.items():
        yield name, {"txt": text(txt) if isinstance(txt, bytes) else [text(s) for s in txt]}
    for number, host in enumerate(HOSTS):
        yield b"host %d" % number, {"host": [text(host), "local"]}
    yield b"port 0", {"port": 0}
    # of these nothing is known but the name
    for name in NAMES[:5] + [b"no SRV"]:
        yield name, {"type": "_dead._tcp", "host": None}
    yield b"root", {"type": "_dead._tcp", "host": "", "address": None}
    yield b"no address", {"type": "_dead._tcp", "host": "nowhere.local", "address": None}
    yield b"no TXT", {"type": "_dead._tcp", "txt": None}
    yield b"cut", {"type": "_dead._tcp", "txt": "\x09a=1"}
    yield b"host not UTF-8", {"type": "_dead._tcp", "host": ["\u00ff" * 63, "local"]}
    for number, kind in enumerate(TYPES):
        yield b"type %d" % number, {"type": [kind, "_tcp"]}


def say():
    for name, more in services():
        said = {"do": "add", "name": text(name), "type": "_hostile._tcp", "host": "hostile.local",
                "address": "10.88.0.3", "port": 9, "txt": []}
        said.update(more)
        print(json.dumps({key: value for key, value in said.items()
                          if value is not None or key == "txt"}))


def data_of(value):
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value.encode()


def string_of(item):
    if item["key"] is None or item["value"] is None:
        return data_of(item["value"] if item["key"] is None else item["key"])
    return data_of(item["key"]) + b"=" + data_of(item["value"])


def strings_of(txt):
    return sorted(s.encode("latin-1") for s in txt if s) if isinstance(txt, list) else []


def check():
    wanted = {name: more for name, more in services() if more.get("type") != "_dead._tcp"}
    for name in NOT_UTF8:  # D-Bus has no words for them
        del wanted[name]
    wrong = 0
    for line in sys.stdin:
        event = json.loads(line)
        if event["event"] != "resolved":
            continue
        name = event["name"].encode()
        said = wanted.pop(name, {}).get("txt", [])
        found = sorted(string_of(item) for item in event["txt"])
        if found != strings_of(said):
            wrong += 1
            print(name, "has", found, "and not", strings_of(said))
    # a daemon may have no words for a type
    missed = [name for name, more in wanted.items() if "type" not in more]
    if missed:
        print("not found:", missed)
    return 1 if wrong or missed else 0


if __name__ == "__main__":
    sys.exit(say() if sys.argv[1:] == ["say"] else check())
