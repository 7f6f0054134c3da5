#!/bin/bash
# SPDX-License-Identifier: MIT
# The README and the guide are true: each "$ sdreg ..." in an indented block is run, and what stands
# below it is compared. "..." stands for any lines. What is on a network is for the tests in lan/.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck source=tests/cli/blocks.sh
. "$(dirname "$0")/blocks.sh"

# An empty line belongs to a block when another indented line follows.
blanks=''
while IFS= read -r line; do
	case $line in
	'    $ sdreg lookup'* | '    $ sdreg check'* | '    $ sdreg info'* | '    $ sdreg search'* \
		| '    $ sdreg diff'*)
		run_block
		command=${line#'    $ '} blanks=''
		: >"$TMP/wanted"
		;;
	'') blanks+=$'\n' ;;
	'    $'*) run_block ;;
	'    '*)
		[ -z "$command" ] || printf '%s%s\n' "$blanks" "${line#'    '}" >>"$TMP/wanted"
		blanks=''
		;;
	*) run_block ;;
	esac
done < <(cat "$SRCDIR/README.md" "$SRCDIR/docs/guide.md")
run_block

# the supplement of the guide
awk '/^```xml$/ { on = 1; next } /^```$/ { on = 0 } on' "$SRCDIR/docs/guide.md" >"$TMP/own.xml"
check "the supplement is read" 0 "$SDREG" --supplement "$TMP/own.xml" lookup _door._tcp
is "and nothing is left out" "" "$ERR"
has "its type is known" "_door._tcp: in common use, not at IANA"
has "its key is explained" "bit 0: open"
check "ours still is" 0 "$SDREG" --supplement "$TMP/own.xml" lookup _googlecast._tcp

# the C of the README, as a program
awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$SRCDIR/README.md" >"$TMP/readme.c"
ok "the C compiles" bash -c "$CC -std=c11 -Wall -Wextra -Werror -I'$SRCDIR/include' \
	-c '$TMP/readme.c' -o '$TMP/readme.o'"
finish
