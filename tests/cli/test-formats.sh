#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg-image(5) and sdreg-supplement(5) are true: a reader that knows an image from its page
# only reads what sdreg writes; the offsets are those of the code; elements, attributes and words
# of a supplement are those of its schema.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
page=$SRCDIR/data/man/sdreg-image.5
header=$SRCDIR/src/core/image/layout.h

# ---- images ----

# reads NAME [JSONL]: $TMP/image
reads() {
	if ! command -v python3 >/dev/null; then
		skip "$1" "python3 is not installed"
		return
	fi
	ok "$1: an image is as its page says" \
		python3 "$SRCDIR/tests/cli/image-reader.py" "$TMP/image" ${2+"$2"}
}

for registry in embedded "$FIXTURES/registry.xml" "$FIXTURES/registry.csv"; do
	from=(--registry "$registry")
	[ "$registry" != embedded ] || from=()
	"$SDREG" "${from[@]}" export --format image >"$TMP/image"
	"$SDREG" "${from[@]}" export --format jsonl >"$TMP/lines"
	reads "${registry##*/}" "$TMP/lines"
done
if [ -x "$BUILDDIR/sdreg-xml" ]; then
	for supplement in supplement txt-keys; do
		"$BUILDDIR/sdreg-xml" supplement x <"$SRCDIR/data/$supplement.xml" >"$TMP/image"
		reads "$supplement.xml"
	done
else
	skip "supplements: an image is as its page says" "built without libxml2"
fi

# offsets_of_page SECTION, offsets_of_code ENUM PREFIX: each field's, in their order
offsets_of_page() {
	awk -v section="$1" '/^\.Ss / { on = substr($0, 5) == section }
		on && /^\.It [0-9]/ { print $2 }' "$page" | sort -n
}
offsets_of_code() {
	sed -n "/^\/\* $1: /,/^};/{/_STRINGS_END/d; s/^	$2_[A-Z_]* = \([0-9]*\),.*/\1/p}" \
		"$header" | sort -n
}

# fields SECTION ENUM PREFIX
fields() {
	ok "sdreg-image(5): $1" diff <(offsets_of_page "$1") <(offsets_of_code "$2" "$3")
	ok "sdreg-image(5): $1: there are some" [ "$(offsets_of_page "$1" | wc -l)" -gt 2 ]
}
fields Header Header HEADER
fields Entries Entry ENTRY
fields People Person PERSON
fields Subjects Subject SUBJECT
fields Keys Key KEY
fields Values Value VALUE

# ---- supplements ----

page=$SRCDIR/data/man/sdreg-supplement.5
schema=$SRCDIR/data/supplement.rng

# of_schema ELEMENT: the names, or the words, of such elements
of_schema() { sed -n "s/.*<$1 name=\"\([^\"]*\)\".*/\1/p" "$schema" | sort -u; }

# of_page MACRO: what is set so in the list of elements
of_page() {
	sed -n "/^\.Ss Elements/,/^\.Sh/s/^\.\(It \|Pq \)\{0,1\}$1 \([a-z ,]*\).*/\2/p" "$page" |
		tr -s ' ,' '\n' | grep . | sort -u
}
ok "sdreg-supplement(5) has the elements of the schema" diff <(of_page Ic) <(of_schema element)
ok "and their attributes" diff <(of_page Va) <(of_schema attribute)
ok "and their words" diff <(sed -n '/^\.Ss Elements/,/^\.Sh/s/^\.\(Pq [a-z]*; \)\{0,1\}Ql \([a-z-]*\)\( .*\)\{0,1\}$/\2/p' "$page" |
	grep . | grep -vx 'tcp\|udp' | sort -u) \
	<(sed -n 's|.*<value>\(.*\)</value>.*|\1|p' "$schema" | grep -vx 'tcp\|udp' | sort -u)
if command -v xmllint >/dev/null; then
	awk '/^\.Ed/ { on = 0 } on; /^\.Bd/ && !n++ { on = 1 }' "$page" >"$TMP/own.xml"
	ok "its example keeps to the schema" xmllint --noout --relaxng "$schema" "$TMP/own.xml"
else
	skip "its example keeps to the schema" "xmllint is not installed"
fi
finish
