#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: who includes whom. A room is a folder of src; it may include what its row in the table says,
# its own files and the system's headers, and nothing else.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# Headers with a name of their own that are neither the C library's nor the system's
libraries='^<(libxml/|avahi-|dbus/|curl/|curses|jansson|gdbm|ncurses|zlib|sdreg)'

# The rooms from the ground up: ROOM: WHAT IT MAY INCLUDE. A word is a room above this row, a header
# in <>, or a set of public headers: +leaf needs no registry, +core is libsdreg's, +browse is
# libsdreg-browse's. So no arrow runs upwards, and there is no circle of rooms.
table='
common: <sdreg/error.h> <sdreg/text.h>
core/base: common +leaf
core/notes: common +leaf <sdreg/builder.h> <sdreg/registry.h>
core/image: common core/notes +core
core/query: common core/image +core
core/search: common core/image core/query +core
core/formats: common core/image +core
core/check: common core/base core/query +core
xml: common +core <sdreg/xml.h> <libxml/*>
browse/service: common +core +browse
browse: common browse/service +core +browse
browse/avahi: common browse browse/service +core +browse <avahi-*>
cli/common: common +core <jansson.h>
cli/markup: common cli/common
cli/show: common cli/common +core <jansson.h> <sdreg/browse.h>
cli/annotate/avahi: common cli/common +core <gdbm.h>
cli/annotate: common cli/common cli/show cli/annotate/avahi +core <jansson.h>
cli/diff: common cli/common cli/show +core <jansson.h>
cli/export: common cli/common cli/show +core <jansson.h>
cli/info: common cli/common cli/markup cli/show +core <jansson.h>
cli/search: common cli/common cli/show +core <jansson.h>
cli/update: common cli/common +core <sdreg/xml.h> <curl/curl.h> <jansson.h>
cli/live: common cli/common +core +browse <avahi-common/watch.h>
cli/browse/html: common cli/common cli/markup cli/show cli/live +core +browse
cli/browse: common cli/common cli/show cli/live cli/browse/html +core +browse <jansson.h>
cli/watch: common cli/common cli/show cli/live cli/browse +core +browse <avahi-common/watch.h> <curses.h>
cli/check: common cli/common cli/show cli/live +core +browse <jansson.h>
cli: common cli/common cli/show +core <sdreg/xml.h> <jansson.h>
'
leaf='<sdreg/(error|presence|text|txt|type|version)\.h>'
core='<sdreg(/(annotate|builder|check|error|export|key|markup|presence|registry|search|text|txt|type|version))?\.h>'
browse='<sdreg/(announce|avahi|browse)\.h>'

# pattern WORD...: the extended regular expression of the includes that a row allows
pattern() {
	local word all='"config\.h"'
	for word; do
		case $word in
		+leaf) all+="|$leaf" ;;
		+core) all+="|$core" ;;
		+browse) all+="|$browse" ;;
		\<*) all+="|$(sed 's/\./\\./g; s/\*/.*/' <<<"$word")" ;;
		*) all+="|\"$word/[a-z0-9-]+\.h\"" ;;
		esac
	done
	echo "$all"
}

# stray PATTERN FILE...: prints the includes that are neither allowed, nor the system's, nor a file
# of the same room by its bare name
stray() {
	local pattern=$1 file header found=0
	shift
	while read -r file header; do
		[[ $header == \<* && ! $header =~ $libraries ]] && continue
		[[ $header == \"* && $header != */* && -e $(dirname "$file")/${header//\"/} ]] && continue
		[[ $header =~ ^($pattern)$ ]] && continue
		echo "${file#"$SRCDIR"/} includes $header"
		found=1
	done < <(for file; do
		sed -nE 's/^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*([<"][^>"]*[>"]).*/\1/p' \
			"$file" | sed "s|^|$file |"
	done)
	return "$found"
}


above=' '
while IFS=: read -r room words; do
	[ -n "$room" ] || continue
	read -ra allowed <<<"$words"
	files=("$SRCDIR/src/$room"/*.[ch])
	[ -f "${files[0]}" ] || files=()
	ok "$room has files, and 20 at most" test ${#files[@]} -gt 0 -a ${#files[@]} -le 20
	ok "$room includes what it may" stray "$(pattern "$room" "${allowed[@]}")" "${files[@]}"
	up=$(for word in "${allowed[@]}"; do
		[[ $word == [+\<]* || $above == *" $word "* ]] || echo "$word"
	done)
	is "$room looks down only" "$up" ""
	above+="$room "
done <<<"$table"
unlisted=$(cd "$SRCDIR/src" && find . -name '*.[ch]' -printf '%P\n' | sed 's|/[^/]*$||' | sort -u |
	while read -r room; do [[ $above == *" $room "* ]] || echo "$room"; done)
is "every folder of src is in the table" "$unlisted" ""

ok "a public header knows public headers" stray \
	'<sdreg/(annotate|api|builder|error|key|registry|text|txt|type)\.h>' "$SRCDIR"/include/sdreg/*.h
ok "sdreg.h is the core's headers" stray "$core" "$SRCDIR"/include/sdreg.h
ok "an example knows public headers" stray "$core|$browse|<avahi-.*|<libxml/.*" \
	"$SRCDIR"/examples/*.[ch]

# The rule itself is tried, so that a slip in it does not pass for order.
cat >"$TMP/bad.c" <<'TEXT'
  #  include "core/image/image.h"
#include <stdio.h>
#include <libxml/parser.h>
#include <sdreg/registry.h>
TEXT
check "what may not be included is seen" 1 stray "$(pattern common +leaf)" "$TMP/bad.c"
is "each of it" "$TMP/bad.c includes \"core/image/image.h\"
$TMP/bad.c includes <libxml/parser.h>
$TMP/bad.c includes <sdreg/registry.h>"
finish
