#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: what the public headers declare, what they mark with SDREG_API, what the symbol maps name and
# what the shared libraries export are the same; and so is what they would export without the maps.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# mapped MAP: the symbols that a map names
mapped() { sed -n 's/^[[:blank:]]*\(sdreg_[a-z0-9_]*\);.*/\1/p' "$1" | sort; }

# declarations HEADER...: of functions that headers declare themselves, a line each
declarations() {
	local header
	for header; do
		sed '/^[[:blank:]]*#/d' "$header"
	done | "${cc[@]}" -E -P -x c - | tr '\n' ' ' | sed 's/[;{}]/\n/g' |
		grep -v '^[[:blank:]]*typedef'
}

# names: of the functions in such lines
names() { sed -nE 's/^[^(]*[^a-z0-9_(](sdreg_[a-z0-9_]+) ?\(.*/\1/p' | sort; }

# exported LIBRARY: functions and variables; a version is no symbol
exported() {
	"${nm[@]}" -D --defined-only "$1" |
		awk '$(NF - 1) != "A" { sub(/@.*/, "", $NF); print $NF }' | sort
}

# unmapped NAME PART...: what a library out of these parts exports if no map hides anything
unmapped() {
	local part parts=()
	for part in "${@:2}"; do
		parts+=("$BUILDDIR/.libs/$part.a")
	done
	"${cc[@]}" "${sanitizers[@]}" -shared -o "$TMP/$1.so" -Wl,--whole-archive "${parts[@]}" \
		-Wl,--no-whole-archive && exported "$TMP/$1.so" | grep -v '^_'
}

# library NAME PARTS MAP HEADER...
library() {
	local name=$1 parts map=$3 so
	read -ra parts <<<"$2"
	shift 3
	mapped "$map" >"$TMP/mapped"
	declarations "$@" >"$TMP/declarations"
	names <"$TMP/declarations" >"$TMP/declared"
	grep '^[[:blank:]]*SDREG_API ' "$TMP/declarations" | names >"$TMP/marked"
	ok "$name: the map names something" test -s "$TMP/mapped"
	ok "$name: the map names what the headers declare" diff "$TMP/declared" "$TMP/mapped"
	ok "$name: SDREG_API marks what the headers declare" diff "$TMP/declared" "$TMP/marked"
	ok "$name: the map is sorted" diff <(mapped "$map") \
		<(sed -n 's/^[[:blank:]]*\(sdreg_[a-z0-9_]*\);.*/\1/p' "$map")
	so=$BUILDDIR/.libs/$name.so
	if [ ! -e "$so" ]; then
		skip "$name: the library exports what the map names" "no shared $name was built"
		return
	fi
	exported "$so" >"$TMP/exported"
	ok "$name: the library exports what the map names" diff "$TMP/mapped" "$TMP/exported"
	unmapped "$name" "${parts[@]}" >"$TMP/unmapped"
	ok "$name: without its map it exports the same" diff "$TMP/mapped" "$TMP/unmapped"
}

read -ra cc <<<"$CC"
read -ra nm <<<"$NM"
read -ra sanitizers <<<"${SAN_CFLAGS-}"
include=$SRCDIR/include/sdreg
core=()
for header in "$include"/*.h; do
	case ${header##*/} in
	xml.h | announce.h | avahi.h | browse.h) ;;
	*) core+=("$header") ;;
	esac
done
library libsdreg "libcore libembedded libcommon" "$SRCDIR/src/core/libsdreg.map" "${core[@]}"
library libsdreg-xml "libreader libcommon" "$SRCDIR/src/xml/libsdreg-xml.map" "$include/xml.h"
library libsdreg-browse "libbrowser libcommon" "$SRCDIR/src/browse/libsdreg-browse.map" "$include/announce.h" \
	"$include/avahi.h" "$include/browse.h"
finish
