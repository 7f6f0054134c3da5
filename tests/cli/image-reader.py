#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""image-reader.py IMAGE [JSONL]: reads an image by what sdreg-image(5) says of it, and by no code of
sdreg's; its entries are those of `sdreg export --format jsonl`. Says what does not hold, by failing.
"""
import json
import struct
import sys

FACTOR, MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
TRANSPORTS = [None, "tcp", "udp", "sctp", "dccp"]
KINDS = [None, "none", "list", "reference", "proprietary", "unspecified", "prose"]
COLUMNS = ("name description assignee contact registered modified reference service_code "
           "unauthorized_use notes").split()
with open(sys.argv[1], "rb") as file:
    image = file.read()


def u16(at):
    return struct.unpack_from("<H", image, at)[0]


def u32(at):
    return struct.unpack_from("<I", image, at)[0]


def text(at):
    return image[at:image.index(b"\0", at)].decode()


def near(record, field):
    return text(record - u32(record + field))


# ---- hashes ----

def take(state, data):
    state = ((state ^ int.from_bytes(data, "little")) * FACTOR) & MASK
    return state ^ state >> 29


def hash_name(name):
    data, state = name.encode().lower(), len(name.encode()) * FACTOR & MASK
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        state = take(state, data[i:i + 8])
    return take(state, data[whole:]) >> 16 & 0xFFFFFFFF


def check_sum(data):
    four, rounds, whole = [1, 2, 3, 4], len(data) // 32 * 32, len(data) // 8 * 8
    for i in range(0, rounds, 8):
        four[i // 8 % 4] = take(four[i // 8 % 4], data[i:i + 8])
    for i in range(rounds, whole, 8):
        four[0] = take(four[0], data[i:i + 8])
    four[1] = take(four[1], data[whole:])
    state = len(data) - whole
    for lane in four:
        state = take(state, lane.to_bytes(8, "little"))
    return state


# ---- header, sections ----

assert image[:8] == b"\x93sdreg\r\n" and u32(8) == 4 and u32(12) == len(image)
assert struct.unpack_from("<Q", image, 16)[0] == check_sum(image[24:])
(entries, entries_at, people, people_at, slots, slots_at, ports_at, pages, lists, lists_at, txt_at,
 title, updated, frame, subjects, subjects_at, keys, keys_at, values,
 values_at) = (u32(at) for at in range(28, 108, 4))
for string in title, updated, frame:
    text(string)
assert image[108] == 0 and image[entries_at - 1] == 0 and entries_at % 4 == 0
assert people_at == entries_at + 56 * entries and slots_at == people_at + 28 * people
assert ports_at == slots_at + 12 * slots and lists_at == ports_at + 1024 + 1024 * pages
assert subjects_at == lists_at + 4 * lists and keys_at == subjects_at + 12 * subjects
assert values_at == keys_at + 24 * keys and txt_at == values_at + 12 * values


def txt_of(at):
    numbers = u16(at + 4), u16(at + 6)
    strings = [near(at, 8 + 4 * i)
               for i in range(sum(numbers))]
    return {"kind": KINDS[u32(at)], "keys": strings[:numbers[0]],
            "references": strings[numbers[0]:]}


def entry_of(at):
    first, last = u16(at + 48), u16(at + 50)
    entry = {column: near(at, 4 * i) for i, column in enumerate(COLUMNS)}
    near(at, 40)
    entry["port"] = (first if first == last else f"{first}-{last}") if image[at + 53] & 1 else None
    entry["transport"] = TRANSPORTS[image[at + 52]]
    entry["txt"] = txt_of(at + u32(at + 44)) if u32(at + 44) else None
    assert image[at + 54] <= 3 and image[at + 55] == 0
    return entry


def list_of(index):
    count = u32(lists_at + 4 * index)
    return [u32(lists_at + 4 * (index + 1 + i)) for i in range(count)]


found = [entry_of(entries_at + 56 * i) for i in range(entries)]
if len(sys.argv) > 2:
    with open(sys.argv[2], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    for i, line in enumerate(lines):
        assert bool(line.pop("types")) == bool(image[entries_at + 56 * i + 53] & 2), line
        assert line.pop("abridged") == bool(image[entries_at + 56 * i + 53] & 8), line
        line.pop("source")
    assert lines == found

# ---- indices ----

named = {}
for i, entry in enumerate(found):
    named.setdefault(entry["name"].lower(), []).append(i)
named.pop("", None)
for name, wanted in named.items():
    slot = hash_name(name) & (slots - 1)
    while u32(slots_at + 12 * slot) != hash_name(name) or \
            text(u32(slots_at + 12 * slot + 8)).lower() != name:
        assert u32(slots_at + 12 * slot + 4) != 0, name
        slot = (slot + 1) % slots
    assert list_of(u32(slots_at + 12 * slot + 4)) == wanted, name
assert any(u32(slots_at + 12 * i + 4) == 0 for i in range(slots)) and list_of(0) == []

on_port = {}
for i, entry in enumerate(found):
    if entry["port"] is not None:
        for port in range(u16(entries_at + 56 * i + 48), u16(entries_at + 56 * i + 50) + 1):
            on_port.setdefault(port, []).append(i)
for port in range(65536):
    page = u32(ports_at + 4 * (port >> 8))
    listed = u32(ports_at + 1024 + 1024 * page + 4 * (port & 255))
    assert list_of(listed) == on_port.get(port, []), port

# ---- people, TXT keys ----

ids = [near(people_at + 28 * i, 0) for i in range(people)]
assert [i.encode() for i in ids] == sorted(i.encode() for i in ids)
assert sorted(u32(people_at + 28 * i + 24) for i in range(people)) == list(range(people))
types = [near(subjects_at + 12 * i, 0).lower() for i in range(subjects)]
assert types == sorted(types)
for i in range(subjects):
    assert u32(subjects_at + 12 * i + 4) + u32(subjects_at + 12 * i + 8) <= keys
for at in range(keys_at, values_at, 24):
    assert near(at, 0) and near(at, 4) and near(at, 8)
    assert u32(at + 12) + u16(at + 16) <= values and image[at + 18] <= 5 and image[at + 19] <= 16
    assert image[at + 20] <= 8 and image[at + 21] <= 1 and u16(at + 22) == 0
for at in range(values_at, txt_at, 12):
    assert near(at, 4) and image[at + 8] <= 63 and image[at + 9] <= 16
    assert bool(near(at, 0)) == (image[at + 9] == 0)
print(f"{entries} entries, {people} people, {subjects} subjects, {keys} keys, {values} values")
