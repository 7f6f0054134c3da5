# SPDX-License-Identifier: MIT
"""printable.py FILE...: says where a file has what does something to a terminal: a control character
other than line breaks and tabs, a bidirectional control, a line separator, or broken UTF-8."""
import sys

BIDI = [0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF,
        *range(0xFFF9, 0xFFFC)]


def harmful(point):
    """Whether a character is none to be shown."""
    if point in (0x09, 0x0A):
        return False
    return point < 0x20 or 0x7F <= point < 0xA0 or point in BIDI


def faults(name):
    """What is wrong with a file, in words."""
    with open(name, "rb") as file:
        data = file.read()
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return f"byte {error.start} is no UTF-8: {data[max(0, error.start - 20):][:60]!r}"
    for i, character in enumerate(text):
        if harmful(ord(character)):
            return f"character {i} is U+{ord(character):04X}: {text[max(0, i - 20):][:60]!a}"
    return ""


status = 0
for path in sys.argv[1:]:
    if found := faults(path):
        print(f"{path}: {found}")
        status = 1
sys.exit(status)
