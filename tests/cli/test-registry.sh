#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: whole registries: both forms of one day agree with each other, and all agree with
# reference.py, which shares no line with sdreg.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"
# shellcheck source-path=SCRIPTDIR source=whole.sh disable=SC1091
. "$(dirname "$0")/whole.sh"

# What others counted in the registry of a day: entries, named, types, notes on TXT keys
known_counts() {
	case $1 in
	*-2025-02-25.xml) echo 14468 12768 13176 1004 ;;
	*-2024-03-18.xml) echo 14444 12752 13156 989 ;;
	*-2025-03-28.xml) echo 14474 12771 13179 1004 ;;
	*-2025-12-15.xml) echo 14496 12778 13190 1008 ;;
	*-2026-08-17.xml) echo 14533 12809 13221 1023 ;;
	esac
}

# number LABEL: of `sdreg info`, in $TMP/info
number() { sed -n "s/^$1  *\([0-9]*\).*/\1/p" "$TMP/info"; }

# counts FILE: against those that are known
counts() {
	local name=${1##*/} wanted
	wanted=$(known_counts "$name")
	[ -n "$wanted" ] || return 0
	echo "$(number entries) $(number named) $(number 'service types')" \
		"$(number 'notes on TXT keys')" >"$TMP/counts"
	is "$name: entries, named, types and TXT notes as known" "$wanted" "$TMP/counts"
}

# by_reference FILE
by_reference() {
	local name=${1##*/}
	if ! command -v python3 >/dev/null; then
		skip "$name agrees with reference.py" "there is no python3"
		return
	fi
	python3 "$SRCDIR/tests/cli/reference.py" types "$1" >"$TMP/reference"
	ok "$name: reference.py finds types" test -s "$TMP/reference"
	ok "$name: types as reference.py has them" diff "$TMP/reference" "$TMP/types"
	python3 "$SRCDIR/tests/cli/reference.py" counts "$1" >"$TMP/reference"
	grep -E '^(entries|named|without|service types|notes)' "$TMP/info" >"$TMP/counts"
	ok "$name: counts as reference.py has them" diff "$TMP/reference" "$TMP/counts"
}

# registry FILE
registry() {
	local name=${1##*/}
	check "$name: types" 0 "$SDREG" types --registry "$1" --format tsv
	cp "$OUT" "$TMP/types"
	is "$name: nothing is left out" "" "$ERR"
	check "$name: info" 0 "$SDREG" info --registry "$1"
	cp "$OUT" "$TMP/info"
	has "$name: it is the whole registry" "complete           yes"
	ok "$name: types are sorted by bytes" sort -c "$TMP/types"
	counts "$1"
	by_reference "$1"
	cp "$TMP/types" "$TMP/$name.types"
	check "$name: a name that it lacks is not registered" 1 \
		"$SDREG" lookup --registry "$1" no-such-name
	has "$name: and that is said" "not registered" "$ERR"
}

# given_back FILE: through an image, so that all of it is in there
given_back() {
	local name=${1##*/}
	check "$name: as an image" 0 "$SDREG" --registry "$1" export --format image
	cp "$OUT" "$TMP/image"
	if [[ $1 == *.csv ]]; then
		check "$name: given back" 0 "$SDREG" --registry "$TMP/image" export --format csv
		same "$name: given back as the same bytes" "$1" "$OUT"
		return
	fi
	check "$name: given back" 0 "$SDREG" --registry "$TMP/image" export --format xml
	ok "$name: given back as the same XML" python3 -c 'import sys
from xml.etree.ElementTree import canonicalize
one, other = (canonicalize(from_file=name, with_comments=True) for name in sys.argv[1:])
sys.exit(one != other)' "$1" "$OUT"
}

for directory in "${WHOLE[@]}"; do
	for file in "$directory"/*.xml "$directory"/*.csv; do
		[ -f "$file" ] || continue
		registry "$file"
		given_back "$file"
	done
	for file in "$directory"/*.csv; do
		[ -f "${file%.csv}.xml" ] || continue
		name=${file##*/}
		same "$name: its types are those of the same day's XML" \
			"$TMP/${name%.csv}.xml.types" "$TMP/$name.types"
		check "$name: made of the same day's XML" 0 \
			"$SDREG" --registry "${file%.csv}.xml" export --format csv
		same "$name: made of the same day's XML, byte for byte" "$file" "$OUT"
	done
done

# The same on the fixtures.
for file in "$FIXTURES"/registry.xml "$FIXTURES"/registry.csv; do
	registry "$file"
	given_back "$file"
done
same "registry.csv: its types are those of registry.xml" "$TMP/registry.xml.types" \
	"$TMP/registry.csv.types"
finish
