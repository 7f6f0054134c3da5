#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: who includes whom. Each file may include what its room may, and nothing else.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# Headers with a name of their own that are neither the C library's nor the system's
libraries='^<(libxml/|avahi-|dbus/|curl/|curses|jansson|gdbm|ncurses|zlib|sdreg)'

# includes FILE...: "FILE HEADER" for each #include, the header with its quotes
includes() {
	local file
	for file; do
		sed -nE 's/^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*([<"][^>"]*[>"]).*/\1/p' \
			"$file" | sed "s|^|$file |"
	done
}

# stray PATTERN FILE...: prints the includes of other than the system's headers that the extended
# regular expression does not allow; "own" in it is any file of the same directory
stray() {
	local pattern=$1 file header found=0
	shift
	while read -r file header; do
		if [[ $header == \<* && ! $header =~ $libraries ]]; then
			continue
		fi
		if [[ $header == \"* && $header != */* && " $pattern " == *own* ]]; then
			[ -e "$(dirname "$file")/${header//\"/}" ] && continue
		fi
		[[ $header =~ ^($pattern)$ ]] && continue
		echo "${file#"$SRCDIR"/} includes $header"
		found=1
	done < <(includes "$@")
	return "$found"
}

# room NAME PATTERN FILE...: those of the files that are there
room() {
	local name=$1 pattern=$2 file files=()
	shift 2
	for file; do
		[ -f "$file" ] && files+=("$file")
	done
	if [ ${#files[@]} = 0 ]; then
		skip "$name" "there are no such files"
		return
	fi
	ok "$name" stray "$pattern" "${files[@]}"
}

core=$SRCDIR/src/core
leaf='"(ascii|bytes|error-set|grow|hash|presence|txt|utf8)\.h"'
leaf_public='<sdreg/(error|presence|text|txt|type)\.h>'
headers='annotate|builder|check|error|export|key|markup|presence|registry|search|text|txt|type'
public="<sdreg(/($headers))?\.h>"
browse='<sdreg/(announce|avahi|browse)\.h>'

leaves=()
for name in ascii bytes error error-set grow hash presence presence-instance presence-keys rules text \
	txt txt-form type utf8; do
	leaves+=("$core/$name".[ch])
done
room "a leaf of the core knows no registry" "$leaf|$leaf_public" "${leaves[@]}"
room "the notes know a text and its kinds, and no registry" \
	"$leaf|$leaf_public|\"notes[a-z-]*\.h\"|<sdreg/(builder|registry)\.h>" "$core"/notes*.[ch]
room "the core knows neither XML nor the network" "own|\"config\.h\"|$public" "$core"/*.[ch]
room "xml knows public headers and libxml2" "own|\"config\.h\"|$public|<sdreg/xml\.h>|<libxml/.*" \
	"$SRCDIR"/src/xml/*.[ch]
room "Avahi's part of browse knows Avahi" \
	"own|\"config\.h\"|$public|$browse|<avahi-.*" "$SRCDIR"/src/browse/avahi*.[ch]
others=()
for file in "$SRCDIR"/src/browse/*.[ch]; do
	[[ ${file##*/} == avahi* ]] || others+=("$file")
done
room "the rest of browse does not" "own|\"config\.h\"|$public|$browse" \
	${others[0]+"${others[@]}"}
room "progress and the loop of the watch know loops, its screen ncurses" \
	"own|$public|$browse|<avahi-common/watch\.h>|<curses\.h>" \
	"$SRCDIR"/src/cli/{browse-progress,watch}.c "$SRCDIR"/src/cli/watch-{curses.h,draw.c,screen.c}
commands=()
for file in "$SRCDIR"/src/cli/*.[ch]; do
	[[ ${file##*/} =~ ^(browse-progress\.c|watch(\.c|-curses\.h|-draw\.c|-screen\.c))$ ]] || commands+=("$file")
done
room "the rest of the command knows public headers" \
	"own|\"config\.h\"|<sdreg(/[a-z]+)?\.h>|<(jansson|gdbm|curl/curl)\.h>" \
	"${commands[@]}"
command=()
for file in "${commands[@]}"; do
	[[ ${file##*/} =~ ^(helper-|browse[.-]|check-live|event-json|service|update[.-]|watch\.|watch-details) ]] || command+=("$file")
done
room "only programs of their own know what loads more than libc" \
	"own|\"config\.h\"|$public|<jansson\.h>" \
	"${command[@]}"
room "a public header knows public headers" '<sdreg/(annotate|builder|error|key|registry|text|txt|type)\.h>' \
	"$SRCDIR"/include/sdreg/*.h
room "sdreg.h is the core's headers" "$public" "$SRCDIR"/include/sdreg.h
room "an example knows public headers" "own|<sdreg(/[a-z]+)?\.h>|<avahi-.*|<libxml/.*" \
	"$SRCDIR"/examples/*.[ch]

# The rule itself is tried, so that a slip in it does not pass for order.
cat >"$TMP/bad.c" <<'TEXT'
  #  include "../core/image.h"
#include <stdio.h>
#include <libxml/parser.h>
#include <sdreg/registry.h>
TEXT
check "what may not be included is seen" 1 stray "own|$leaf|$leaf_public" "$TMP/bad.c"
is "each of it" "$TMP/bad.c includes \"../core/image.h\"
$TMP/bad.c includes <libxml/parser.h>
$TMP/bad.c includes <sdreg/registry.h>"
finish
