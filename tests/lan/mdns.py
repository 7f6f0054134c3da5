#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Multicast DNS without Avahi, for what a good citizen would not do or cannot show.

mdns.py ask NAME TYPE      asks for a record by IPv4 multicast and prints what comes, one JSON object
                           a record; of TXT the strings in the order of the wire
mdns.py serve              is a host: reads JSON objects from standard input, a line each, and
                           announces and answers what they say until the input ends

  {"do": "add", "name": N, "type": "_x._tcp", "host": "h.local", "address": A, "port": P,
   "ttl": SECONDS, "txt": [...]}       a service, or a new state of one
  {"do": "bye", "name": N, "type": T}  its goodbye (RFC 6762 section 10.1)
  {"do": "echo", ...}                  a service's records once, by nobody who answers for them
  {"do": "record", "name": N, "kind": 12, "data": D, "ttl": SECONDS, "flush": true}
                                       a record as it is, beside those that are there: announced and
                                       answered, whatever it says
  {"do": "forget", "name": N}          none of these of a name is answered any more
  {"do": "send", "data": D}            a message as it is
  {"do": "silent"}                     from now on nothing is answered or announced
  {"do": "speak"}                      and again, with an announcement of all

Texts are bytes: "\\u00ff" is the byte 0xff. What is left out is not there: without "address" there is
no A record, without "host" no SRV, TXT and A. "host" and "type" may be lists of labels, with dots or
whatever in them; "txt" may be a text, which is the record's data as it is, or null for no TXT record.
"""
import json
import select
import socket
import struct
import sys
import time

GROUP, PORT = "224.0.0.251", 5353
A, CNAME, PTR, TXT, SRV, ANY = 1, 5, 12, 16, 33, 255
IN, FLUSH = 1, 0x8001
TYPES = b"_services._dns-sd._udp.local"


def encode_labels(labels):
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def labels_of(text):
    if isinstance(text, list):
        return [label.encode("latin-1") for label in text]
    return [label for label in text.encode("latin-1").split(b".") if label]


def read_name(data, at):
    """The labels at an offset, and the offset behind them."""
    labels, end, hops = [], None, 0
    while data[at]:
        if data[at] & 0xC0:
            end = at + 2 if end is None else end
            at = (data[at] & 0x3F) << 8 | data[at + 1]
            hops += 1
            if hops > 64:
                raise ValueError("a loop of pointers")
            continue
        labels.append(data[at + 1:at + 1 + data[at]])
        at += 1 + data[at]
    return labels, (at + 1 if end is None else end)


def strings_of(rdata):
    strings = []
    while rdata:
        strings.append(rdata[1:1 + rdata[0]].decode("latin-1"))
        rdata = rdata[1 + rdata[0]:]
    return strings


def open_socket():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind(("", PORT))
    index = socket.if_nametoindex("eth0")
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                    struct.pack("=4s4si", socket.inet_aton(GROUP), b"\0" * 4, index))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
                    struct.pack("=4s4si", b"\0" * 4, b"\0" * 4, index))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    return sock


# ---- ask ----

def ask(name, kind):
    sock = open_socket()
    wanted = [label.lower() for label in name]
    query = struct.pack("!6H", 0, 0, 1, 0, 0, 0) + encode_labels(name) + \
        struct.pack("!2H", kind, IN)
    end = time.monotonic() + 2
    sock.sendto(query, (GROUP, PORT))
    while time.monotonic() < end:
        if not select.select([sock], [], [], end - time.monotonic())[0]:
            break
        data = sock.recv(65535)
        _, flags, questions, *counts = struct.unpack("!6H", data[:12])
        if not flags & 0x8000:
            continue
        at = 12
        for _ in range(questions):
            at = read_name(data, at)[1] + 4
        for _ in range(sum(counts)):
            labels, at = read_name(data, at)
            rtype, _, ttl, length = struct.unpack("!2HIH", data[at:at + 10])
            rdata = data[at + 10:at + 10 + length]
            at += 10 + length
            if rtype != kind or [label.lower() for label in labels] != wanted:
                continue
            value = strings_of(rdata) if kind == TXT else rdata.hex()
            print(json.dumps({"ttl": ttl, "value": value}), flush=True)
            return 0
    return 1


# ---- serve ----

class Service:
    def __init__(self, said):
        self.said = said
        self.name = said["name"].encode("latin-1")
        self.type = labels_of(said["type"]) + [b"local"]
        self.instance = [self.name] + self.type
        self.ttl = said.get("ttl", 120)

    def records(self, ttl=None):
        """(labels, type, class, rdata), all that there is of the service"""
        said = self.said
        self_ttl = self.ttl if ttl is None else ttl
        yield self.type, PTR, IN, encode_labels(self.instance), max(self_ttl, 4500 if self_ttl else 0)
        if "host" not in said:
            return
        host = labels_of(said["host"])
        yield (self.instance, SRV, FLUSH,
               struct.pack("!3H", 0, 0, said.get("port", 0)) + encode_labels(host), self_ttl)
        txt = said.get("txt", [])
        if txt is not None:
            yield self.instance, TXT, FLUSH, txt_data(txt), self_ttl
        if "address" in said:
            yield host, A, FLUSH, socket.inet_aton(said["address"]), self_ttl


class Record:
    """A record that is no service's."""
    type = None

    def __init__(self, said):
        self.name = labels_of(said["name"])
        self.record = (self.name, said["kind"], FLUSH if said.get("flush") else IN,
                       said["data"].encode("latin-1"), said.get("ttl", 120))

    def records(self):
        yield self.record


def txt_data(txt):
    if isinstance(txt, str):
        return txt.encode("latin-1")
    strings = [text.encode("latin-1") for text in txt]
    return b"".join(bytes([len(s)]) + s for s in strings) or b"\0"


def send(sock, records):
    """As many messages as it takes; a record that is large has one for itself."""
    data, count = b"", 0
    for labels, rtype, rclass, rdata, ttl in records:
        record = encode_labels(labels) + struct.pack("!2HIH", rtype, rclass, ttl, len(rdata)) + rdata
        if count and len(data) + len(record) > 1400:
            send_message(sock, data, count)
            data, count = b"", 0
        data += record
        count += 1
    if count:
        send_message(sock, data, count)


def send_message(sock, answers, count):
    sock.sendto(struct.pack("!6H", 0, 0x8400, 0, count, 0, 0) + answers, (GROUP, PORT))


def lower(labels):
    return tuple(label.lower() for label in labels)


class Host:
    def __init__(self, sock):
        self.sock = sock
        self.services = {}
        self.records = {}  # of a name
        self.silent = False
        self.again = []  # (when, service): what is to be announced a second time

    def do(self, said):
        if said["do"] == "silent":
            self.silent = True
        elif said["do"] == "speak":
            self.silent = False
            send(self.sock, (r for s in self.all() for r in s.records()))
        elif said["do"] == "bye":
            gone = self.services.pop((said["name"], str(said["type"])))
            send(self.sock, gone.records(ttl=0))
        elif said["do"] == "echo":
            send(self.sock, Service(said).records())
        elif said["do"] == "send":
            self.sock.sendto(said["data"].encode("latin-1"), (GROUP, PORT))
        elif said["do"] == "forget":
            self.records.pop(lower(labels_of(said["name"])), None)
        elif said["do"] == "record":
            record = Record(said)
            self.records.setdefault(lower(record.name), []).append(record)
            self.announce(record)
        else:
            service = Service(said)
            self.services[said["name"], str(said["type"])] = service
            self.announce(service)
            # RFC 6762 section 8.3; without it a cache may keep what the service was before
            self.again.append((time.monotonic() + 1, service))

    def all(self):
        return [*self.services.values(), *(r for rs in self.records.values() for r in rs)]

    def announce(self, service):
        if not self.silent:
            send(self.sock, service.records())

    def announce_again(self):
        """What is due now; the seconds until there is more, None for never."""
        while self.again and self.again[0][0] <= time.monotonic():
            _, service = self.again.pop(0)
            if service in self.services.values():
                self.announce(service)
        return max(0, self.again[0][0] - time.monotonic()) if self.again else None

    def answer(self, data):
        _, flags, questions = struct.unpack("!3H", data[:6])
        if self.silent or flags & 0x8000:
            return
        at, found = 12, []
        for _ in range(questions):
            labels, at = read_name(data, at)
            kind = struct.unpack("!H", data[at:at + 2])[0]
            at += 4
            found += self.find(lower(labels), kind)
        send(self.sock, found)

    def find(self, asked, kind):
        found = [r for s in self.services.values() for r in s.records()]
        found += [r.record for r in self.records.get(asked, [])]
        if asked == lower(TYPES.split(b".")):
            types = dict.fromkeys(tuple(s.type) for s in self.services.values())
            found += [(list(asked), PTR, IN, encode_labels(t), 4500) for t in types]
        return [r for r in found if lower(r[0]) == asked and (kind in (r[1], ANY) or r[1] == CNAME)]


def serve():
    sock = open_socket()
    host = Host(sock)
    lines = b""
    while True:
        ready = select.select([sock, sys.stdin], [], [], host.announce_again())[0]
        if sock in ready:
            try:
                host.answer(sock.recv(65535))
            except (IndexError, ValueError, struct.error):
                pass  # no question that a host has to understand
        if sys.stdin in ready:
            data = sys.stdin.buffer.raw.read(65536)
            if not data:
                return 0
            *whole, lines = (lines + data).split(b"\n")
            for line in whole:
                host.do(json.loads(line))


def main():
    if sys.argv[1:2] == ["serve"] and len(sys.argv) == 2:
        return serve()
    if sys.argv[1:2] == ["ask"] and len(sys.argv) == 4:
        kinds = {"A": A, "PTR": PTR, "TXT": TXT, "SRV": SRV}
        return ask(labels_of(sys.argv[2]), kinds[sys.argv[3]])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
