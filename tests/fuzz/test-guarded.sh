#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: the fuzz targets take their seeds, whole and torn off, and the quick unit tests pass with a
# heap in which a byte too many is a crash.
set -u
# shellcheck source-path=SCRIPTDIR source=../cli/tap.sh disable=SC1091
. "$(dirname "$0")/../cli/tap.sh"

if [ -n "${SAN_CFLAGS-}" ]; then
	ok "a sanitizer watches already" true
	finish
	exit
fi
ok "the heap is built" "$CC" -O1 -shared -fPIC -fno-builtin -o "$TMP/guard.so" \
	"$SRCDIR/tests/fuzz/guard.c"

guarded() {
	GUARD=$1 LD_PRELOAD=$TMP/guard.so "${@:2}"
}

for dir in "$SRCDIR"/tests/fuzz/corpus/*/; do
	name=$(basename "$dir")
	target=$BUILDDIR/tests/fuzz/fuzz-$name
	# a target that a fuzzer is in knows no -p
	[ -e "$BUILDDIR/libreplay.la" ] || break
	[ -x "$target" ] || continue
	check "fuzz-$name reads nothing behind its input" 0 guarded after "$target" -p "$dir"
	check "fuzz-$name reads nothing before its input" 0 guarded before "$target" "$dir"
done
for name in avahi-line browser-hosts browser-options browser-told check check-limits check-words cli-leaves common csv error export forged \
	key near notes-odd odd-xml presence presence-limits printed-txt query-limits registry \
	search search-limits sized supplements txt type xml; do
	test=$BUILDDIR/tests/unit/test-$name
	[ -x "$test" ] || continue
	check "test-$name passes behind a guard" 0 guarded after "$test"
	check "test-$name passes before a guard" 0 guarded before "$test"
done
finish
