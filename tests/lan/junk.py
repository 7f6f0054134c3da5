#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records and messages that no service would send: what mdns.py is to announce.

junk.py records          what stands: names that lead elsewhere, lengths that lie, and `good`, a
                         service among them that is as it should be
junk.py storm SECONDS    what changes all the time: services that come and go, hosts that move,
                         names that two fight for, messages that are none
"""
import json
import random
import socket
import struct
import sys
import time

A, CNAME, PTR, TXT, AAAA, SRV, NSEC = 1, 5, 12, 16, 28, 33, 47
TYPE = ["_junk", "_tcp", "local"]
TYPES = ["_services", "_dns-sd", "_udp", "local"]
HOST = ["junk", "local"]
ESC = "\x1b]0;OWNED\x07\x1b[2J"
LONGEST = ["n" * 63] * 3 + ["m" * 60]
NASTY = [ESC, "\xc2\x9b31m\xc2\x85", "\xe2\x80\xae\xe2\x81\xa6", "a.b\\c", "\n\r", "<script>",
         "-rf", "%n%s"]


def encode(labels):
    return b"".join(bytes([len(s)]) + s.encode("latin-1") for s in labels) + b"\0"


def srv(host, port=9):
    return struct.pack("!3H", 0, 0, port) + encode(host)


def txt(*strings):
    return b"".join(bytes([len(s)]) + s for s in strings)


def address(text):
    return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)


def text(data):
    return data.decode("latin-1")


# ---- what stands: (name, kind, data[, ttl]) ----

def service(name, host=HOST, strings=b"\0", kind=TYPE, **more):
    """A service's records; one's own SRV in "srv"."""
    full = [name] + kind
    yield kind, PTR, encode(full), more.get("ttl", 4500)
    yield full, SRV, more.get("srv") or srv(host), more.get("ttl", 120)
    yield full, TXT, strings, more.get("ttl", 120)


def pointers():
    """Of a type, to what is none of its services."""
    for target in (["x", "_other", "_tcp", "local"], TYPE, [], ["local"], ["a", "b", "c"] + TYPE,
                   ["x", "_junk", "_tcp", "example", "com"], LONGEST, ["x", "_junk", "_tcp"],
                   ["_x", "_sub"] + TYPE, ["aBc"] + TYPE, ["AbC"] + TYPE, ["nul\0"] + TYPE,
                   ["x", "1", "0", "0", "127", "in-addr", "arpa"], ["\xff"] + TYPE):
        yield TYPE, PTR, encode(target)
        if target:
            yield target, SRV, srv(HOST)
            yield target, TXT, b"\0"
    for name in NASTY:
        yield from service(name)


def types():
    for labels in (["_tcp", "local"], ["junk"], [], ["_a", "_tcp", "_tcp", "local"],
                   ["_http", "_tcp"], ["_" + "a" * 62, "_tcp", "local"],
                   ["_http", "_sctp", "local"], ["x", "_http", "_tcp", "local"],
                   ["_-", "_tcp", "local"], ["_x"] * 60, ["a"] * 120,
                   ["_nul\0", "_tcp", "local"], ["_HTTP", "_TCP", "LOCAL"], ["_http", "_tcp", ESC],
                   ["_<b>", "_tcp", "local"], TYPES, ["b", "_dns-sd", "_udp", "local"]):
        yield TYPES, PTR, encode(labels)
        if labels and len(labels) < 60:
            yield from service("of it", kind=labels)


def aliases():
    """None leads to a record: avahi-daemon 0.8 does not survive one that does."""
    for i in range(20):
        yield TYPE, PTR, encode(["c%d" % i] + TYPE)
        yield ["c%d" % i] + TYPE, CNAME, encode(["c%d" % ((i + 1) % 20)] + TYPE)
    yield ["loop", "local"], CNAME, encode(["loop", "local"])
    yield from service("on a loop", ["loop", "local"])


def hosts():
    for i, host in enumerate(([], TYPE, LONGEST, ["a"] * 120, ["\0"], ["." * 63] * 3,
                              ["\xff", "local"], ["\x1b" * 63] * 3, ["x.y", ESC])):
        yield from service("host %d" % i, host)
        if host:
            yield host, A, address("10.88.0.2")
    for i, data in enumerate((b"", b"\0" * 6, b"\0" * 6 + b"\x3fab", b"\0" * 6 + b"\xc0\x0c",
                              b"\0" * 6 + b"\xff\xff", srv(HOST) + b"more")):
        yield from service("cut %d" % i, srv=data)
    for i in range(200):
        yield ["many"] + TYPE, SRV, srv(HOST, i)
    yield from service("many")


def addresses():
    for where in ("0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "::1", "::ffff:1.2.3.4",
                  "fe80::1"):
        host = ["on " + where, "local"]
        yield host, AAAA if ":" in where else A, address(where)
        yield from service(where, host)
    for i, (kind, data) in enumerate(((A, b""), (A, b"abc"), (A, b"a" * 16), (AAAA, b"abcd"))):
        yield ["bad%d" % i, "local"], kind, data
        yield from service("bad %d" % i, ["bad%d" % i, "local"])


def texts():
    for name, data in (("none", b""), ("thousand empty", b"\0" * 1000), ("lies", b"\xffabc"),
                       ("8 kB", txt(b"x" * 255) * 34), ("two thousand", b"\x03a=b\x03c=d" * 1000),
                       ("equals", txt(b"=", b"==", b"=a", b"a==")), ("nul", txt(b"a\0=\0", b"\0")),
                       ("tags", txt(b"<b>=<script>alert(1)</script>", b"a='\" onload=x"))):
        yield from service(name, strings=data)
    for i in range(12):
        yield ["twelve"] + TYPE, TXT, txt(b"n=%d" % i, bytes([i]) * 100)
    yield from service("twelve")


def times():
    for ttl in (0, 1, 0x7fffffff, 0x80000000, 0xffffffff):
        yield from service("for %d s" % ttl, ttl=ttl)


def domains():
    for first in ("b", "db", "lb"):
        for labels in (["example", "com"], [], ["local"], LONGEST, ["a"] * 120,
                       *([name] for name in NASTY)):
            yield [first, "_dns-sd", "_udp", "local"], PTR, encode(labels)


def record(name, kind, data, ttl=120):
    return {"do": "record", "name": name, "kind": kind, "data": text(data), "ttl": ttl}


def records():
    yield HOST, A, address("10.88.0.2")
    yield TYPES, PTR, encode(TYPE)
    for part in (pointers, types, aliases, hosts, addresses, texts, times, domains):
        yield from part()
    yield from service("good", strings=txt(b"all=well"))


# ---- what changes ----

def encode_record(name, kind, data, ttl=120, rclass=1):
    return encode(name) + struct.pack("!2HIH", kind, rclass, ttl, len(data)) + data


def message(answers, flags=0x8400, count=None):
    return struct.pack("!6H", 0, flags, 0, len(answers) if count is None else count, 0, 0) + \
        b"".join(answers)


def flapping(n):
    """Every 100th step the other way round: all come, all go."""
    name = ["flap %d" % (n % 100)] + TYPE
    ttl = n // 100 % 2 * 120
    return message([encode_record(TYPE, PTR, encode(name), ttl),
                    encode_record(name, SRV, srv(HOST, n & 0xffff), ttl, 0x8001),
                    encode_record(name, TXT, txt(b"n=%d" % n, ESC.encode()), ttl, 0x8001)])


def war(n):
    """Two who flush each other's records, of a host that moves."""
    name = ["war %d" % (n % 5)] + TYPE
    host = [HOST, ["nowhere", "local"], [ESC, "local"]][n // 5 % 3]
    return message([encode_record(TYPE, PTR, encode(name), 4500),
                    encode_record(name, SRV, srv(host, n & 0xffff), 120, 0x8001),
                    encode_record(name, TXT, txt(b"n=%d" % n), 120, 0x8001)])


def moving(n):
    return message([encode_record(["crowd", "local"], A, struct.pack("!I", n % 40 * 60 + i), 1)
                    for i in range(60)] +
                   [encode_record(TYPE, PTR, encode(["crowd"] + TYPE), 4500),
                    encode_record(["crowd"] + TYPE, SRV, srv(["crowd", "local"])),
                    encode_record(["crowd"] + TYPE, TXT, b"\0")])


def present(n):
    """Buddies whose state is rubbish and changes."""
    kind = ["_presence", "_tcp", "local"]
    name = [["@", "a@b@c", ESC + "@x", "juliet@pronto"][n % 4]] + kind
    rubbish = NASTY[n % len(NASTY)].encode("latin-1")
    return message([encode_record(kind, PTR, encode(name), 4500),
                    encode_record(name, SRV, srv(HOST, 5298)),
                    encode_record(name, TXT, txt(b"status=" + rubbish, b"nick=" + rubbish,
                                                 b"msg=%d" % n, b"port.p2pj=x"), 120, 0x8001)])


def broken(n):
    whole = bytearray(flapping(n))
    which = n // 5 % 8
    if which == 0:
        return bytes(whole[:random.randrange(len(whole))])
    if which == 1:
        return bytes(whole[:6]) + b"\xff" * 6 + bytes(whole[12:])
    if which == 2:
        for _ in range(8):
            whole[random.randrange(12, len(whole))] = random.randrange(256)
        return bytes(whole)
    if which == 3:  # a name that is itself, and one that lies ahead
        return message([b"\xc0\x0c" + struct.pack("!2HIH", PTR, 1, 120, 2) + b"\xc0\x0c",
                        b"\xc0\xff" + struct.pack("!2HIH", PTR, 1, 120, 2) + b"\xff\xff"])
    if which == 4:
        return message([encode_record(TYPE, PTR, encode(["%d" % i + "b" * 50] + TYPE), 1)
                        for i in range(100)], 0x8600)
    if which == 5:
        return message([encode_record(["good"] + TYPE, TXT, txt(b"class=other"), 120, c)
                        for c in (0, 3, 254)])
    if which == 6:
        return message([encode_record(["good"] + TYPE, NSEC, encode(TYPE) + b"\0\1\0")])
    return random.randbytes(random.randrange(1400))


def storm(seconds):
    random.seed(1)
    end, n = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        kind = (flapping, war, moving, present, broken)[n % 5]
        print(json.dumps({"do": "send", "data": text(kind(n))}), flush=True)
        n += 1
        time.sleep(0.04)


def main():
    if sys.argv[1:2] == ["storm"] and len(sys.argv) == 3:
        storm(float(sys.argv[2]))
    elif sys.argv[1:] == ["records"]:
        for one in records():
            print(json.dumps(record(*one)))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
