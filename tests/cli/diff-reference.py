#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What two registries differ in, without any part of sdreg.

usage: diff-reference.py OLD NEW

Prints, sorted by bytes, a line for each entry that was added (+) or removed (-), with name, transport
and port, and one for each column of an entry that changed (~), with the column and both texts as JSON.
"""

import csv
import io
import json
import sys
import xml.etree.ElementTree as ElementTree

from reference import SPACE, collapse, text_of, xref_text

COLUMNS = {
    "Service Name": "name", "Port Number": "port", "Transport Protocol": "transport",
    "Description": "description", "Assignee": "assignee", "Contact": "contact",
    "Registration Date": "registered", "Modification Date": "modified",
    "Reference": "reference", "Service Code": "service_code",
    "Unauthorized Use Reported": "unauthorized_use",
    "Known Unauthorized Uses": "unauthorized_use",  # its name until 2018
    "Assignment Notes": "notes",
}


def read_xml(data):
    for record in ElementTree.fromstring(data).findall(SPACE + "record"):
        def text(tag):
            return text_of(record.find(SPACE + tag))

        xrefs = record.findall(SPACE + "xref")
        people = "".join(xref_text(x) for x in xrefs if x.get("type") == "person")
        others = "".join(xref_text(x) for x in xrefs if x.get("type") != "person")
        assignee = record.find(SPACE + "assignee")
        yield {
            "name": text("name"), "port": text("number"), "transport": text("protocol"),
            "description": text("description"), "contact": people, "reference": others,
            "assignee": people if assignee is None else text_of(assignee),
            "registered": record.get("date", ""), "modified": record.get("updated", ""),
            "service_code": text("sc"), "unauthorized_use": text("unauthorized"),
            "notes": text("note"),
        }


def read_csv(data):
    text = data.decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        entry = dict.fromkeys(COLUMNS.values(), "")
        entry.update((COLUMNS[column], text) for column, text in row.items() if column in COLUMNS)
        yield entry


def groups(path):
    with open(path, "rb") as file:
        data = file.read()
    read = read_xml if data.lstrip().startswith(b"<") else read_csv
    found = {}
    for entry in read(data):
        entry = {key: collapse(value) for key, value in entry.items()}
        key = (entry["name"].lower() or int_port(entry["port"]), entry["transport"])
        found.setdefault(key, []).append(entry)
    return found


def int_port(text):
    return tuple(int(part) for part in text.split("-")) if text else ()


def pair(old, new):
    """Pairs by ever weaker keys; what is left over comes without a partner."""
    keys = (
        lambda e: tuple(sorted(e.items())),
        lambda e: e["port"],
        lambda e: e["description"],
        lambda e: 0,
    )
    for key in keys:
        waiting = {}
        for entry in new:
            waiting.setdefault(key(entry), []).append(entry)
        rest = []
        for entry in old:
            if waiting.get(key(entry)):
                yield entry, waiting[key(entry)].pop(0)
            else:
                rest.append(entry)
        old = rest
        left = {id(entry) for entries in waiting.values() for entry in entries}
        new = [entry for entry in new if id(entry) in left]
    for entry in old:
        yield entry, None
    for entry in new:
        yield None, entry


def lines(old, new):
    for key in old.keys() | new.keys():
        for before, after in pair(old.get(key, []), new.get(key, [])):
            sign = "+" if before is None else "-" if after is None else "~"
            entry = after or before
            head = [sign, entry["name"], entry["transport"], entry["port"]]
            if sign != "~":
                yield head
                continue
            for column in COLUMNS.values():
                if before[column] != after[column]:
                    yield head + [column, before[column], after[column]]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows = lines(groups(sys.argv[1]), groups(sys.argv[2]))
    text = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    for line in sorted(line.encode("utf-8") for line in text):
        sys.stdout.buffer.write(line + b"\n")


if __name__ == "__main__":
    main()
