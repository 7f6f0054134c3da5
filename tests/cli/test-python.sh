#!/bin/bash
# SPDX-License-Identifier: MIT
# The library from Python's ctypes: the example, which mirrors no struct of the headers.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

command -v python3 >/dev/null || skip_all "python3 is not installed"
SDREG_LIBRARY=$BUILDDIR/.libs/libsdreg.so.0
export SDREG_LIBRARY
[ -e "$SDREG_LIBRARY" ] || skip_all "there is no shared library"
# A library with sanitizers wants their own loaded first; what Python itself leaks is not ours.
case ${SAN_CFLAGS-} in
*address*)
	runtime=$($CC -print-file-name=libasan.so)
	[ -e "$runtime" ] || runtime=$($CC -print-file-name="libclang_rt.asan-$(uname -m).so")
	python3() { LD_PRELOAD=$runtime ASAN_OPTIONS=detect_leaks=0 command python3 "$@"; }
	;;
esac
example=$SRCDIR/examples/python/sdreg.py
export PYTHONDONTWRITEBYTECODE=1 # the sources may be read-only

check "lookup" 0 python3 "$example" lookup clique
is "lookup: the entry" $'udp\t-\tClique Link-Local Multicast Chat Room'
check "lookup: a port" 0 python3 "$example" lookup xmpp-client
has "lookup: the port" $'tcp\t5222\t'
check "lookup: no such name" 1 python3 "$example" lookup nobody-has-this
check "check: well" 0 python3 "$example" check _presence._tcp txtvers=1 status=away
check "check: a value" 0 python3 "$example" check _presence._tcp status=brb
has "check: the value" $'warning\tstatus\tthe status "brb" is none of avail, away, dnd'
check "check: a bad type" 1 python3 "$example" check _under_score._tcp
has "check: the rule" "A-Z, a-z, 0-9 and hyphen"
check "check: no type at all" 1 python3 "$example" check presence
has "check: and what is said of it" $'error\t\t'
check "check: bytes" 0 python3 "$example" check _presence._tcp "$(printf 'a\033\377=b')"
ok "check: no control characters" bash -c "! LC_ALL=C grep -q '[^ -~	]' '$OUT'"
check "usage" 2 python3 "$example"

check "no struct is mirrored" 1 grep -n "Structure\|_fields_" "$example"
finish
