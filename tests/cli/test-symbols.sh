#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: what the public headers declare, what the symbol maps name and what the shared libraries
# export are the same.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# mapped MAP: the symbols that a map names
mapped() { sed -n 's/^[[:blank:]]*\(sdreg_[a-z0-9_]*\);.*/\1/p' "$1" | sort; }

# declared HEADER...: the functions that headers declare themselves
declared() {
	local header
	for header; do
		sed '/^[[:blank:]]*#/d' "$header"
	done | "${cc[@]}" -E -P -x c - | tr '\n' ' ' | sed 's/[;{}]/\n/g' |
		grep -v '^[[:blank:]]*typedef' |
		sed -nE 's/^[^(]*[^a-z0-9_(](sdreg_[a-z0-9_]+) ?\(.*/\1/p' | sort
}

# exported LIBRARY: functions and variables; a version is no symbol
exported() {
	"${nm[@]}" -D --defined-only "$1" |
		awk '$(NF - 1) != "A" { sub(/@.*/, "", $NF); print $NF }' | sort
}

# library NAME MAP HEADER...
library() {
	local name=$1 map=$2 so
	shift 2
	mapped "$map" >"$TMP/mapped"
	declared "$@" >"$TMP/declared"
	ok "$name: the map names something" test -s "$TMP/mapped"
	ok "$name: the map names what the headers declare" diff "$TMP/declared" "$TMP/mapped"
	ok "$name: the map is sorted" diff <(mapped "$map") \
		<(sed -n 's/^[[:blank:]]*\(sdreg_[a-z0-9_]*\);.*/\1/p' "$map")
	so=$BUILDDIR/.libs/$name.so
	if [ ! -e "$so" ]; then
		skip "$name: the library exports what the map names" "no shared $name was built"
		return
	fi
	exported "$so" >"$TMP/exported"
	ok "$name: the library exports what the map names" diff "$TMP/mapped" "$TMP/exported"
}

read -ra cc <<<"$CC"
read -ra nm <<<"$NM"
include=$SRCDIR/include/sdreg
core=()
for header in "$include"/*.h; do
	case ${header##*/} in
	xml.h | announce.h | avahi.h | browse.h) ;;
	*) core+=("$header") ;;
	esac
done
library libsdreg "$SRCDIR/src/core/libsdreg.map" "${core[@]}"
library libsdreg-xml "$SRCDIR/src/xml/libsdreg-xml.map" "$include/xml.h"
library libsdreg-browse "$SRCDIR/src/browse/libsdreg-browse.map" "$include/announce.h" \
	"$include/avahi.h" "$include/browse.h"
finish
