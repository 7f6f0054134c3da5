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
# A seed of another version is refused at its ninth byte, and fuzzes nothing.
for seed in "$SRCDIR"/tests/fuzz/corpus/image/*; do
	[ "${seed##*/}" = torn ] && continue
	check "the seed image/${seed##*/} is an image of this version" 0 \
		"$SDREG" --registry "$seed" info
done
finish
