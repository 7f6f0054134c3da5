#!/bin/bash
# SPDX-License-Identifier: MIT
# bench.sh BUILDDIR [REGISTRY.xml]: the figures of make bench, with the real programs and not
# libtool's wrappers. Without a registry, the one beside the checkout.
set -eu
build=$1
registry=${2:-}
if [ -z "$registry" ]; then
	for file in "$(dirname "$0")"/../../../shared/registry/*.xml; do
		[ -f "$file" ] && registry=$file
	done
fi
export LD_LIBRARY_PATH=$build/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
sdreg=$build/.libs/sdreg
bench=$build/tests/bench/.libs/bench
[ -x "$bench" ] || bench=$build/tests/bench/bench
"$bench" "$sdreg" ${registry:+"$registry"}

instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
		awk '/Collected/ { print $NF }'
}
if command -v valgrind >/dev/null && command -v avahi-browse >/dev/null; then
	if [ -n "$registry" ]; then
		ours=$(instructions "$bench" --read "$registry")
		theirs=$(instructions "$bench" --sax "$registry")
		awk -v a="$ours" -v b="$theirs" 'BEGIN {
			printf "instructions, XML read       %8.1f M    SAX2 doing nothing %.1f M   ratio %.2f (goal 2.0)\n", a / 1e6, b / 1e6, a / b }'
	fi
	ours=$(instructions "$sdreg" lookup presence)
	theirs=$(instructions avahi-browse --help)
	awk -v a="$ours" -v b="$theirs" 'BEGIN {
		printf "instructions to start        %8d      avahi-browse --help %d   ratio %.3f (goal 0.15)\n", a, b, a / b }'
fi
bash "$(dirname "$0")/annotate.sh" "$sdreg"
