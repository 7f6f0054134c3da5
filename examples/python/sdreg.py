#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""libsdreg from Python, with ctypes of the standard library and nothing else:

    sdreg.py lookup NAME                 what is registered under a service name
    sdreg.py check TYPE [KEY=VALUE...]   is this type, and this TXT record, right?

Exit status as sdreg's: 0 found or valid, 1 not, 2 trouble. SDREG_LIBRARY names another library than
libsdreg.so.0. What stands here mirrors <sdreg.h>, as far as it is used."""

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_size_t, c_ubyte, c_uint16, c_ulong, \
    c_void_p


class Error(ctypes.Structure):
    _fields_ = [('size', c_size_t), ('code', c_int), ('line', c_ulong), ('file', c_char * 256),
                ('text', c_char * 256)]

    def __init__(self):
        super().__init__(size=ctypes.sizeof(self))


class Type(ctypes.Structure):
    _fields_ = [('name', c_char * 64), ('proto_label', c_char * 64), ('subtype', c_char * 64),
                ('instance', c_char * 64), ('domain', c_char * 1014), ('name_len', c_ubyte),
                ('subtype_len', c_ubyte), ('instance_len', c_ubyte), ('proto', c_int)]


class Subject(ctypes.Structure):
    _fields_ = [('size', c_size_t), ('type', POINTER(Type)), ('registry', c_void_p),
                ('supplement', c_void_p),
                ('txt', c_void_p), ('host', c_char_p), ('host_len', c_size_t), ('has_port', c_int),
                ('port', c_uint16), ('addresses', c_void_p), ('address_count', c_size_t)]


ERROR = 3  # enum sdreg_severity
_lib = ctypes.CDLL(os.environ.get('SDREG_LIBRARY', 'libsdreg.so.0'))


def _declare(result, name, *arguments):
    function = getattr(_lib, name)
    function.restype = result
    function.argtypes = arguments
    return function


_embedded = _declare(c_void_p, 'sdreg_registry_embedded', POINTER(Error))
_close = _declare(None, 'sdreg_registry_close', c_void_p)
_find_name = _declare(c_void_p, 'sdreg_find_name', c_void_p, c_char_p, c_size_t, c_void_p)
_transport = _declare(c_int, 'sdreg_entry_transport', c_void_p)
_transport_text = _declare(c_char_p, 'sdreg_transport_text', c_int)
_port = _declare(c_int, 'sdreg_entry_port', c_void_p, POINTER(c_uint16), POINTER(c_uint16))
_description = _declare(c_char_p, 'sdreg_entry_description', c_void_p)
_parse = _declare(c_int, 'sdreg_type_parse', c_char_p, c_size_t, POINTER(Type), POINTER(Error))
_txt_new = _declare(c_void_p, 'sdreg_txt_new')
_txt_add = _declare(c_int, 'sdreg_txt_add', c_void_p, c_char_p, c_size_t)
_txt_free = _declare(None, 'sdreg_txt_free', c_void_p)
_check = _declare(c_void_p, 'sdreg_check', POINTER(Subject), POINTER(Error))
_finding = _declare(c_void_p, 'sdreg_report_finding', c_void_p, c_size_t)
_finding_severity = _declare(c_int, 'sdreg_finding_severity', c_void_p)
_finding_key = _declare(c_char_p, 'sdreg_finding_key', c_void_p, c_void_p)
_finding_text = _declare(c_char_p, 'sdreg_finding_text', c_void_p)
_severity = _declare(c_char_p, 'sdreg_severity_text', c_int)
_report_free = _declare(None, 'sdreg_report_free', c_void_p)


class Trouble(Exception):
    """What libsdreg says of something it could not do."""


class Registry:
    """The registry compiled into the library. A context manager: its end closes it."""

    def __enter__(self):
        error = Error()
        self._registry = _embedded(byref(error))
        if not self._registry:
            raise Trouble(error.text.decode())
        return self

    def __exit__(self, *_):
        _close(self._registry)

    def find(self, name):
        """Transport, port (or None) and description of each entry of a service name."""
        entry, first, last = None, c_uint16(), c_uint16()
        name = name.encode()
        while entry := _find_name(self._registry, name, len(name), entry):
            port = first.value if _port(entry, byref(first), byref(last)) else None
            yield _transport_text(_transport(entry)).decode(), port, _description(entry).decode()

    def check(self, text, strings):
        """What is wrong with a service type and its TXT record: (severity, key, sentence) each."""
        error, parsed = Error(), Type()
        raw = os.fsencode(text)
        if _parse(raw, len(raw), byref(parsed), byref(error)) < 0:
            return [(ERROR, b'', error.text)]
        txt = _txt_new()
        try:
            for string in map(os.fsencode, strings):
                if not txt or _txt_add(txt, string, len(string)) < 0:
                    raise Trouble('the TXT record is too large')
            subject = Subject(size=ctypes.sizeof(Subject), type=ctypes.pointer(parsed),
                              registry=self._registry, txt=txt)
            return self._findings(subject)
        finally:
            _txt_free(txt)

    @staticmethod
    def _findings(subject):
        error, found = Error(), []
        report = _check(byref(subject), byref(error))
        if not report:
            raise Trouble(error.text.decode())
        while finding := _finding(report, len(found)):
            found.append((_finding_severity(finding), _finding_key(finding, None),
                          _finding_text(finding)))
        _report_free(report)
        return found


def main(command='', *words):
    with Registry() as registry:
        if command == 'lookup' and len(words) == 1:
            entries = list(registry.find(words[0]))
            for transport, port, description in entries:
                print(transport or '-', port or '-', description, sep='\t')
            return 0 if entries else 1
        if command == 'check' and words:
            findings = registry.check(words[0], words[1:])
            for severity, key, text in findings:
                # ascii() shows what could upset a terminal
                print(_severity(severity).decode(), ascii(key.decode(errors='replace'))[1:-1],
                      ascii(text.decode(errors='replace'))[1:-1], sep='\t')
            return 1 if any(severity == ERROR for severity, *_ in findings) else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
