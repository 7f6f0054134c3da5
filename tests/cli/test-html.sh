#!/bin/bash
# SPDX-License-Identifier: MIT
# What the page of sdreg browse --html is made of, told without a network: the style and the script,
# and the hashes by which the page's policy knows them.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
html=$SRCDIR/src/cli/browse/html

# hash FILE: as a Content-Security-Policy has it
hash() { sha256sum <"$1" | sed -e 's/ .*//' -e 's/../\\x&/g' | tr -d '\n' | xargs -0 printf | base64; }

has "the policy has the hash of the style" \
	"BROWSE_STYLE_HASH \"sha256-$(hash "$html/page.css")\"" "$html/assets.h"
has "and of the script" \
	"BROWSE_SCRIPT_HASH \"sha256-$(hash "$html/page.js")\"" "$html/assets.h"
for file in "$html/page.css" "$html/page.js"; do
	# shellcheck disable=SC2016 # expanded by the inner shell
	ok "${file##*/} has nothing that markup would read" bash -c '! grep -n "[<&]" "$1"' bash "$file"
	# shellcheck disable=SC2016
	ok "${file##*/} loads nothing" bash -c '! grep -nE "url\(|@import|fetch|http" "$1"' bash "$file"
done
if [ -x "$BUILDDIR/sdreg-browse" ]; then
	check "--html without -t" 2 "$SDREG" browse --html "$TMP/page.html"
	has "is wrong usage" "--html goes with -t or -c" "$ERR"
	ok "and makes no file" [ ! -e "$TMP/page.html" ]
else
	skip "--html without -t" "built without Avahi"
fi
finish
