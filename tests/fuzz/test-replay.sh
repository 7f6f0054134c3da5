#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: the fuzz targets take their seeds. A target that is linked with a fuzzer replays files too.
set -u
# shellcheck source-path=SCRIPTDIR source=../cli/tap.sh disable=SC1091
. "$(dirname "$0")/../cli/tap.sh"

for dir in "$SRCDIR"/tests/fuzz/corpus/*/; do
	name=$(basename "$dir")
	target=$BUILDDIR/tests/fuzz/fuzz-$name
	if [ ! -x "$target" ]; then
		skip "fuzz-$name" "not built"
		continue
	fi
	check "fuzz-$name takes its seeds" 0 "$target" "$dir"*
done
finish
