#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The service types of IANA's registry, read from its XML or CSV without any part of sdreg.

usage: reference.py types|counts FILE

types prints what `sdreg types --format tsv` must print, counts what `sdreg info` must count.
"""

import csv
import io
import re
import sys
import xml.etree.ElementTree as ElementTree

SPACE = "{http://www.iana.org/assignments}"
BLANK = re.compile("[ \t\r\n]+")
TXT_MARKER = re.compile("defined[ \t\r\n]+txt[ \t\r\n]+keys[ \t\r\n]*:", re.IGNORECASE)
PROTO = {"tcp": ["tcp"], "udp": ["udp"], "sctp": ["udp"], "dccp": ["udp"], "": ["tcp", "udp"]}


def collapse(text):
    return BLANK.sub(" ", text).strip(" ")


def xref_text(element):
    own = "".join(element.itertext())
    if own.strip(" \t\r\n"):
        return "[" + own + "]"
    data = element.get("data", "")
    if element.get("type") == "rfc" and data.startswith("rfc"):
        data = "RFC" + data[3:]
    return "[" + data + "]"


def text_of(element):
    """The text of an element with the markup that IANA uses in it."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        tag = child.tag.replace(SPACE, "")
        if tag == "xref":
            parts.append(xref_text(child))
        elif tag == "br":
            parts.append("\n")
        elif tag == "paragraph":
            parts.append("\n" + text_of(child) + "\n")
        else:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def read_xml(data):
    for record in ElementTree.fromstring(data).findall(SPACE + "record"):
        yield tuple(
            text_of(record.find(SPACE + tag))
            for tag in ("name", "number", "protocol", "description", "note")
        )


def read_csv(data):
    columns = ("Service Name", "Port Number", "Transport Protocol", "Description",
               "Assignment Notes")
    text = data.decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        yield tuple(row.get(column) or "" for column in columns)


def is_port(text):
    if text == "":
        return True
    parts = text.split("-")
    if len(parts) > 2 or not all(re.fullmatch("0|[1-9][0-9]{0,4}", p, re.ASCII) for p in parts):
        return False
    numbers = [int(part) for part in parts]
    return max(numbers) <= 65535 and numbers == sorted(numbers)


def is_service_name(name):
    """RFC 6335 section 5.1."""
    return (
        1 <= len(name) <= 15
        and re.fullmatch("[A-Za-z0-9-]*", name) is not None
        and re.search("[A-Za-z]", name) is not None
        and not name.startswith("-")
        and not name.endswith("-")
        and "--" not in name
    )


def entries(data):
    read = read_xml if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else read_csv
    for name, port, transport, description, note in read(data):
        transport = collapse(transport).lower()
        port = collapse(port)
        if transport in PROTO and is_port(port):
            yield collapse(name), port, transport, collapse(description), note


def type_lines(data):
    lines = []
    for name, port, transport, description, _ in entries(data):
        if not is_service_name(name):
            continue
        mark = "" if transport else "transport-unspecified"
        for proto in PROTO[transport]:
            fields = ("_%s._%s" % (name, proto), name, port, transport, description, mark)
            lines.append("\t".join(fields).encode("utf-8"))
    return sorted(lines)


def counts(data):
    rows = list(entries(data))
    named = [row for row in rows if row[0]]
    yield "entries", len(rows)
    yield "named", len(named)
    yield "without port", sum(not row[1] for row in named)
    yield "without transport", sum(not row[2] for row in named)
    yield "service types", len(type_lines(data))
    yield "notes on TXT keys", sum(bool(TXT_MARKER.search(row[4])) for row in rows)


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("types", "counts"):
        sys.exit(__doc__)
    with open(sys.argv[2], "rb") as file:
        data = file.read()
    if sys.argv[1] == "types":
        for line in type_lines(data):
            sys.stdout.buffer.write(line + b"\n")
    else:
        for label, count in counts(data):
            print("%-18s %d" % (label, count))


if __name__ == "__main__":
    main()
