#!/bin/bash
# SPDX-License-Identifier: MIT
# The manual pages are true: each command has one, with the options that --help shows, no more and
# no fewer; so has each header, with its functions; what EXAMPLES show is run, compiled and compared.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/cli/blocks.sh
. "$(dirname "$0")/blocks.sh"
man=$SRCDIR/data/man

# ---- options ----

# built COMMAND: a helper may have been left out, and then --help too
built() { "$SDREG" "$1" --help >/dev/null 2>"$TMP/why" || ! grep -q 'without it$' "$TMP/why"; }

# -x and --xyz of the lines that explain options in --help
options_of_help() {
	sed -n 's/^  \(-.*\)$/\1/p' | sed 's/  .*//' | tr ', ' '[\n*]' | grep '^-' | sort -u
}

# the same of a page: the items that begin with a flag, and the SYNOPSIS of sdreg(1)
options_of_page() {
	sed -n 's/^\.It \(Fl .*\)/\1/p' "$1" | tr -s ', ' '[\n*]' |
		awk 'flag { print "-" $0 } { flag = ($0 == "Fl") }' | sort -u
}

"$SDREG" --help | sed -n '/^commands/,/^$/s/^  \([a-z]*\)  .*/\1/p' >"$TMP/commands"
ok "there are commands" [ -s "$TMP/commands" ]
while read -r name; do
	page=$man/sdreg-$name.1
	if ! built "$name"; then
		skip "sdreg-$name(1) has the options of --help" "built without it"
		continue
	fi
	"$SDREG" "$name" --help >"$TMP/help" 2>&1
	options_of_help <"$TMP/help" >"$TMP/from-help"
	options_of_page "$page" >"$TMP/from-page"
	ok "sdreg-$name(1) has the options of --help" \
		diff -u --label --help --label "$page" "$TMP/from-help" "$TMP/from-page"
	ok "sdreg(1) names $name" grep -q "^\\.Xr sdreg-$name 1" "$man/sdreg.1"
done <"$TMP/commands"
"$SDREG" --help | options_of_help >"$TMP/from-help"
options_of_page "$man/sdreg.1" >"$TMP/from-page"
ok "sdreg(1) has the options of --help" diff -u "$TMP/from-help" "$TMP/from-page"
for page in "$man"/sdreg-*.1; do
	name=${page##*/sdreg-}
	ok "sdreg-$name is about a command" grep -qx "${name%.1}" "$TMP/commands"
done

# ---- functions ----

# "name(type arg, ...)" of each function that a header declares
functions_of_header() {
	tr '\n\t' '  ' <"$1" | sed 's|/\*|\n/*|g' | sed 's|^/\*.*\*/||' | tr -d '\n' | tr ';' '\n' |
		grep -o 'sdreg_[a-z_]*([^()]*)$' | grep -v '_fn(' | tr -s ' ' | sed 's/( /(/' | sort
}

functions_of_page() {
	awk '/^\.Sh DESCRIPTION/ { exit } /^\.Fo / { printf "%s(", $2; n = 0 }
		/^\.Fa / { gsub(/^\.Fa |"/, ""); printf "%s%s", n++ ? ", " : "", $0 }
		/^\.Fc/ { print ")" }' "$1" | sort
}

# "type name" of each of them
returns_of_header() {
	tr '\n\t' '  ' <"$1" | sed 's|/\*|\n/*|g' | sed 's|^/\*.*\*/||' | tr -d '\n' | tr ';' '\n' |
		grep -o '[A-Za-z0-9_* ]*sdreg_[a-z_]*([^()]*)$' | grep -v '_fn(' |
		sed -e 's/(.*//' -e 's/^ *endif //' -e 's/^ *SDREG_API //' -e 's/^ *//' | tr -s ' ' | sort
}

returns_of_page() {
	awk '/^\.Sh DESCRIPTION/ { exit } /^\.Ft / { gsub(/^\.Ft |"/, ""); type = $0 }
		/^\.Fo / { print type (type ~ /\*$/ ? "" : " ") $2 }' "$1" | sort
}

# the names of what an enum has, and of macros
constants_of_header() {
	sed -n -e 's/^	\(SDREG_[A-Z0-9_]*\).*/\1/p' -e '/_H$/d' \
		-e 's/^#define \(SDREG_[A-Z0-9_]*\) .*/\1/p' "$1" | sort -u
}
constants_of_page() { sed -n 's/^\.It Dv \(SDREG_.*\)/\1/p' "$1" | sort -u; }

# "struct: type field" of each field that is not private
fields_of_header() {
	sed -e 's|/\*.*\*/||' -e 's|/\*\*.*||' "$1" | awk '/^	 \* / { next }
		/^struct sdreg_[a-z_]* \{/ && $2 !~ /cursor$/ { of = $2; next } /^}/ { of = "" }
		of != "" && /;/ { gsub(/^\t+|; *$/, ""); print of ": " $0 }' | sort
}
fields_of_page() {
	awk '/^\.It Vt struct/ { of = $4; next } /^\.(It Vt|Ss)/ { of = "" }
		of != "" && /^\.It Fa / { gsub(/^\.It Fa |"/, ""); print of ": " $0 }' "$1" | sort
}

# "function code" of each error that its comment names
errors_of_header() {
	awk '/^\/\*\*/ { said = "" } /^(\/\*\*| \*)/ { said = said $0; next }
		match($0, /sdreg_[a-z_]*\(/) {
			name = substr($0, RSTART, RLENGTH - 1)
			for (; match(said, /SDREG_E_[A-Z]+/); said = substr(said, RSTART + RLENGTH))
				print name, substr(said, RSTART, RLENGTH)
		}' "$1" | sort -u
}
errors_of_page() {
	awk '/^\.It Fn / { name = $3; next } /^\.(El|S[hs])/ { name = "" }
		name != "" {
			for (said = $0; match(said, /SDREG_E_[A-Z]+/);
				said = substr(said, RSTART + RLENGTH))
				print name, substr(said, RSTART, RLENGTH)
		}' "$1" | sort -u
}

# the prototypes of callbacks
callbacks_of_header() {
	tr -s '\n\t ' ' ' <"$1" | grep -o 'typedef [^;]*_fn([^;]*;' | sort
}
callbacks_of_page() { sed -n '/^\.Ss Types/,/^\.Ss Func/p' "$1" | callbacks_of_header /dev/stdin; }

# whole NAME: all that a header declares is on the page, and no more
whole() {
	local what
	for what in returns constants fields errors callbacks; do
		ok "sdreg_$1(3) has the $what of $1.h" \
			diff <("${what}_of_header" "$SRCDIR/include/sdreg/$1.h") \
			<("${what}_of_page" "$man/sdreg_$1.3")
	done
}

# The library of a header, by what its map exports
library_of() {
	local map
	for map in "$SRCDIR"/src/*/*.map; do
		! grep -q "^	$1;" "$map" || basename "$map" .map
	done
}

for header in "$SRCDIR"/include/sdreg/*.h; do
	name=${header##*/}
	name=${name%.h}
	[ "$name" != api ] || continue # only what marks a function
	page=$man/sdreg_$name.3
	functions_of_header "$header" >"$TMP/from-header"
	functions_of_page "$page" >"$TMP/from-page"
	ok "sdreg_$name(3) declares what $name.h does" diff -u "$TMP/from-header" "$TMP/from-page"
	sed 's/(.*//' "$TMP/from-header" >"$TMP/names"
	sed -n 's/^\.It Fn \([a-z_]*\)$/\1/p' "$page" | sort >"$TMP/explained"
	ok "sdreg_$name(3) explains each function" diff -u "$TMP/names" "$TMP/explained"
	whole "$name"
	ok "sdreg_$name(3) names the header" grep -qx "\\.In sdreg/$name.h" "$page"
	ok "libsdreg(3) names it" grep -q "^\\.It Xr sdreg_$name 3" "$man/libsdreg.3"
	[ -s "$TMP/names" ] || continue # no function: nothing to link, and no thread
	ok "sdreg_$name(3) tells the rule for threads" grep -q thread "$page"
	while read -r function; do library_of "$function"; done <"$TMP/names" |
		sort -u >"$TMP/libraries"
	is "sdreg_$name(3) names the library" \
		"$(sed -n 's/^\.Ql pkg-config .* //p' "$page")" "$TMP/libraries"
done
for page in "$man"/sdreg_*.3; do
	name=${page##*/sdreg_}
	ok "sdreg_$name has a header" [ -e "$SRCDIR/include/sdreg/${name%.3}.h" ]
done
cat "$SRCDIR"/src/*/*.map | sed -n 's/^	\(sdreg_.*\);/\1/p' | sort >"$TMP/exported"
sed -n 's/^\.It Fn \([a-z_]*\)$/\1/p' "$man"/*.3 | sort >"$TMP/explained"
ok "each exported function is explained" diff -u "$TMP/exported" "$TMP/explained"

# ---- examples ----

# Block N of a page's EXAMPLES as $TMP/block.N, unescaped
blocks() {
	rm -f "$TMP"/block.*
	awk -v to="$TMP/block." '/^\.Sh / { on = ($2 == "EXAMPLES") }
		on && /^\.Bd -literal/ { in_block = 1; file = to sprintf("%02d", ++n); next }
		/^\.Ed/ { in_block = 0 } in_block { print >file }' "$1"
	local block
	for block in "$TMP"/block.*; do
		[ ! -e "$block" ] || sed -i -e 's/^\\&//' -e 's/\\e/\\/g' "$block"
	done
}

# What needs a network or a server is not run here: but its options must exist.
known_options() {
	local words option
	read -ra words <<<"${1%%|*}"
	"$SDREG" "${words[1]}" --help | options_of_help >"$TMP/known"
	for option in "${words[@]:2}"; do
		case $option in
		--*) grep -qxe "$option" "$TMP/known" || return ;;
		-?) grep -qxe "$option" "$TMP/known" || return ;;
		esac
	done
}

run_commands() {
	local line
	command=
	while IFS= read -r line; do
		case $line in
		'$ sdreg browse'* | '$ sdreg check --live'* | '$ sdreg update --system'*)
			run_block
			built "$(cut -d ' ' -f 3 <<<"$line")" &&
				ok "$line: has these options" known_options "${line#'$ '}"
			;;
		'$ avahi-browse'*) run_block ;;
		'$ '*)
			run_block
			command=${line#'$ '}
			: >"$TMP/wanted"
			if [[ $command == *jq* ]] && ! command -v jq >/dev/null; then
				skip "\$ $command" "jq is not installed"
				command=
			fi
			;;
		*) [ -z "$command" ] || printf '%s\n' "$line" >>"$TMP/wanted" ;;
		esac
	done <"$1"
	run_block
}

export XDG_DATA_HOME=$TMP/installed
for page in "$man"/*.[15]; do
	blocks "$page"
	ok "${page##*/}: needs no checkout" bash -c "! grep tests/ '$page'"
	rm -rf "$XDG_DATA_HOME"
	if [[ ${page##*/} == sdreg-*.1 ]]; then
		name=${page##*/sdreg-}
		built "${name%.1}" || continue
	fi
	for block in "$TMP"/block.*; do
		[ -e "$block" ] || continue
		# the file that later blocks name
		if [[ $(head -n 1 "$block") == '<'* ]]; then
			cp "$block" "$TMP/own.xml"
			continue
		fi
		sed -i -e "s|own\\.xml|$TMP/own.xml|" -e "s|registrations\\.svg|$TMP/&|" \
			-e "s|registry\\.image|$TMP/&|" \
			-e "s|service-names-port-numbers\\.xml|$FIXTURES/registry.xml|" "$block"
		run_commands "$block"
	done
done
export XDG_DATA_HOME=/nonexistent

# Programs: the first block, and in the second what it prints. A build tree's libraries are in .libs.
for page in "$man"/*.3; do
	blocks "$page"
	[ -e "$TMP/block.01" ] || continue
	name=$(basename "$page" .3)
	mv "$TMP/block.01" "$TMP/example.c"
	# shellcheck disable=SC2086 # $CC may be several words
	ok "$name(3): the example compiles" $CC -std=c11 -Wall -Wextra -Werror \
		-I"$SRCDIR/include" -c "$TMP/example.c" -o "$TMP/example.o"
	[ -e "$TMP/block.02" ] || continue
	# shellcheck disable=SC2086 # as above
	ok "$name(3): and is linked" "$BUILDDIR/libtool" --quiet --tag=CC --mode=link $CC \
		${SAN_CFLAGS-} "$TMP/example.o" "$BUILDDIR/libsdreg.la" -o "$TMP/example"
	check "$name(3): and runs" 0 "$TMP/example"
	is "$name(3): and prints what it says" "$(cat "$TMP/block.02")"
done

# ---- form ----

# man-db says to standard error what it is warned of by groff. Flush left: groff 1.23 warns of each
# line that has no blank to stretch, as its own macros make them of a function in the SYNOPSIS.
if command -v man >/dev/null && command -v groff >/dev/null && man --version 2>/dev/null | grep -q '^man 2'; then
	for page in "$man"/*.[135]; do
		MANROFFOPT=-dAD=l man --warnings -l "$page" >/dev/null 2>"$ERR"
		is "man -l ${page##*/}: no warning" "" "$ERR"
	done
else
	skip "man -l: no warning" "man-db or groff is not installed"
fi
if command -v mandoc >/dev/null; then
	ok "mandoc has nothing to warn of" mandoc -T lint -W warning "$man"/*.[135]
else
	skip "mandoc has nothing to warn of" "mandoc is not installed"
fi
finish
