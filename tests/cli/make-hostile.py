# SPDX-License-Identifier: MIT
"""make-hostile.py DIRECTORY: files whose texts are all that a terminal, a shell or a spreadsheet
minds, as far as their formats can hold it."""
import os
import sys

os.chdir(sys.argv[1])

CONTROLS = "".join(map(chr, [*range(1, 0x20), *range(0x7F, 0xA0)]))
BIDI = "\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufff9\ufffb"
TEXT = "-n --help =cmd|' @SUM \x1b]0;t\x07 \x1b[31m " + CONTROLS.replace("\r", "") + BIDI
HEAD = ("Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,"
        "Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\n")


def cell(text):
    """A cell of CSV."""
    return '"' + text.replace('"', '""') + '"'


def row(name, port, transport, text):
    """A row whose other columns all hold the text."""
    note = "Defined TXT keys: a, k" + text + ", c\n" + text
    cells = [name, port, transport, text, f"[{text}]", f"[{text}]", text, text, f"[{text}]", text,
             text, note]
    return ",".join(map(cell, cells)) + "\r\n"


def write(name, data):
    """Writes text or bytes."""
    with open(name, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


with_names = [row(name, str(1000 + i), "tcp", TEXT) for i, name in enumerate(
    ["plain", "-rf", "--help", "a" + BIDI, CONTROLS.replace("\r", ""), "=1+1", "a\x1b[31m"])]
write("hostile.csv", HEAD + "".join(with_names))
write("other.csv", HEAD + "".join(with_names).replace("[31m", "[32m") + row("new", "1", "udp", TEXT))
# port, transport and row that are refused, each with a word on it
write("refused.csv", HEAD + row("a", TEXT[:30], "tcp", "") + row("b", "1", TEXT[:30], "") +
      row("plain", "1", "tcp", TEXT) + "x\x1b[31m,y\r\n")
write("broken.csv", HEAD.encode() + b'a,1,tcp,\xc0\xaf\xed\xa0\x80\x1b\r\n')
write("page\x1b[31m.xml", "<html>\x1b[31m" + BIDI)
XML = "".join(c for c in TEXT if c >= " " or c in "\t\n").replace("&", "").replace("<", "")
XML = XML.replace('"', "")
write("hostile.xml", '<registry xmlns="http://www.iana.org/assignments" '
      'id="service-names-port-numbers"><title>' + XML + "</title><updated>2025-01-01</updated>"
      f'<record date="{XML}"><name>plain</name><protocol>tcp</protocol><description>{XML}'
      f'</description><xref type="person" data="{XML}"/><note>{XML}</note></record><record>'
      f'<number>{XML[:30]}</number></record><people><person id="{XML}"><name>{XML}</name>'
      f"<uri>{XML}</uri></person></people></registry>")
write("hostile.supplement", '<supplement xmlns="urn:x-sdreg:supplement"><title>T</title>'
      f'<type name="plain" transport="tcp"><title>{XML}</title><maker>{XML}</maker><users>{XML}'
      f'</users></type><keys of="_plain._tcp"><source>{XML}</source><key name="k"><meaning>{XML}'
      f'</meaning><value is="{XML}">{XML}</value></key></keys></supplement>')
EVERY = bytes(range(256))
write("every.wire", b"\x80" + EVERY[:128] + b"\x83k=" + EVERY[128:] + b"\x05k=\x1b[m")
write("every.bytes", EVERY)
line = "=;eth0;IPv4;a\\027\\155;_plain._tcp;local;h.local;::1;1000;"
write("lines", "".join(line + '"k=' + "".join(f"\\{b:03d}" for b in range(k, k + 32)) + '"\n'
                       for k in range(0, 256, 32)))
write("raw.lines", b"=;eth0;IPv4;a\x1b[31m\xff;_pl\x9bain._tcp;lo\xc2\x9bcal;h;::1;1;\"k=\xff\x1b\"\n" +
      EVERY + b"\n")
