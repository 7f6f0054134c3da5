#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""libsdreg from Python, with ctypes of the standard library and nothing else:

    sdreg.py lookup NAME                 what is registered under a service name
    sdreg.py check TYPE [KEY=VALUE...]   is this type, and this TXT record, right?

Exit status as sdreg's: 0 found or valid, 1 not, 2 trouble. SDREG_LIBRARY names another library than
libsdreg.so.0. No struct of <sdreg.h> is mirrored here: what the library hands out is opaque, and
texts go in as bytes and a length."""

import ctypes
import os
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint16, c_void_p

_lib = ctypes.CDLL(os.environ.get('SDREG_LIBRARY', 'libsdreg.so.0'))


def _declare(result, name, *arguments):
    function = getattr(_lib, name)
    function.restype = result
    function.argtypes = arguments
    return function


_latest = _declare(c_void_p, 'sdreg_registry_latest', c_void_p, c_void_p)
_supplement = _declare(c_void_p, 'sdreg_supplement_embedded', c_void_p)
_close = _declare(None, 'sdreg_registry_close', c_void_p)
_find_name = _declare(c_void_p, 'sdreg_find_name', c_void_p, c_char_p, c_size_t, c_void_p)
_transport = _declare(c_int, 'sdreg_entry_transport', c_void_p)
_transport_text = _declare(c_char_p, 'sdreg_transport_text', c_int)
_port = _declare(c_int, 'sdreg_entry_port', c_void_p, POINTER(c_uint16), POINTER(c_uint16))
_description = _declare(c_char_p, 'sdreg_entry_description', c_void_p)
_txt_new = _declare(c_void_p, 'sdreg_txt_new')
_txt_add = _declare(c_int, 'sdreg_txt_add', c_void_p, c_char_p, c_size_t)
_txt_free = _declare(None, 'sdreg_txt_free', c_void_p)
_check = _declare(c_void_p, 'sdreg_check_text', c_void_p, c_void_p, c_char_p, c_size_t, c_void_p,
                  c_void_p)
_finding = _declare(c_void_p, 'sdreg_report_finding', c_void_p, c_size_t)
_finding_severity = _declare(c_int, 'sdreg_finding_severity', c_void_p)
_finding_key = _declare(c_char_p, 'sdreg_finding_key', c_void_p, c_void_p)
_finding_text = _declare(c_char_p, 'sdreg_finding_text', c_void_p)
_severity = _declare(c_char_p, 'sdreg_severity_text', c_int)
_report_free = _declare(None, 'sdreg_report_free', c_void_p)


class Trouble(Exception):
    """What libsdreg says of something it could not do."""


class Registry:
    """The newest registry at hand, and the supplement. A context manager: its end closes both."""

    def __enter__(self):
        self._registry = _latest(None, None)
        self._supplement = _supplement(None)
        if not self._registry or not self._supplement:
            self.__exit__()
            raise Trouble('out of memory')
        return self

    def __exit__(self, *_):
        _close(self._registry)
        _close(self._supplement)

    def find(self, name):
        """Transport, port (or None) and description of each entry of a service name."""
        entry, first, last = None, c_uint16(), c_uint16()
        name = name.encode()
        while entry := _find_name(self._registry, name, len(name), entry):
            port = first.value if _port(entry, byref(first), byref(last)) else None
            yield _transport_text(_transport(entry)).decode(), port, _description(entry).decode()

    def check(self, text, strings):
        """What is wrong with a service type and its TXT record: (severity, key, sentence) each."""
        raw = os.fsencode(text)
        txt, report, found = _txt_new(), None, []
        try:
            for string in map(os.fsencode, strings):
                if not txt or _txt_add(txt, string, len(string)) < 0:
                    raise Trouble('the TXT record is too large')
            report = _check(self._registry, self._supplement, raw, len(raw), txt, None)
            if not report:
                raise Trouble('out of memory')
            while finding := _finding(report, len(found)):
                found.append((_severity(_finding_severity(finding)).decode(),
                              _finding_key(finding, None), _finding_text(finding)))
        finally:
            _report_free(report)
            _txt_free(txt)
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
                print(severity, ascii(key.decode(errors='replace'))[1:-1],
                      ascii(text.decode(errors='replace'))[1:-1], sep='\t')
            return 1 if any(severity == 'error' for severity, *_ in findings) else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
