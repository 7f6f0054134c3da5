#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: the tests that SECURITY.md names are there, and make check runs them.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# promised FILE: the tests that it names, in backticks
# shellcheck disable=SC2016 # nothing is to be expanded
promised() { grep -o '`tests/[a-z/.-]*`' "$1" | tr -d '\140' | sort -u; }

# run FILE: it is there, and the local.mk of its room has it among what make check runs
run() {
	local name=${1%.c}
	test -f "$SRCDIR/$1" || return
	# a word of its own, in the variables that make check reads
	awk -v "name=%D%/${name##*/}" '
		/^(unit_tests|cli_tests|lan_tests|fuzz_targets|TESTS) *\+?=/ { list = 1 }
		list { for (i = 1; i <= NF; i++) found = found || $i == name }
		!/\\$/ { list = 0 }
		END { exit !found }' "$SRCDIR/${name%/*}/local.mk"
}

promised "$SRCDIR/SECURITY.md" >"$TMP/promised"
ok "SECURITY.md names tests" [ "$(wc -l <"$TMP/promised")" -ge 20 ]
while read -r file; do
	ok "$file is run" run "$file"
done <"$TMP/promised"

# The rule itself: what is not there, and what is there and not run
check "a test that is not there" 1 run tests/unit/test-nothing.c
check "a test that is not run" 1 run tests/lan/functions.sh
finish
