#!/bin/bash
# SPDX-License-Identifier: MIT
# The README is true: each "$ sdreg ..." in an indented block is run, and what stands below it is
# compared. "..." stands for any lines.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

sdreg() { "$SDREG" "$@"; }

compare() {
	local pattern=$1 line any=0
	exec 3<"$OUT"
	while IFS= read -r line; do
		if [ "$line" = ... ]; then
			any=1
			continue
		fi
		IFS= read -r got <&3 || return 1
		while [ "$any" = 1 ] && [ "$got" != "$line" ]; do
			IFS= read -r got <&3 || return 1
		done
		any=0
		[ "$got" = "$line" ] || {
			echo "wanted: $line"
			echo "got:    $got"
			return 1
		}
	done <"$pattern"
	[ "$any" = 1 ] || ! IFS= read -r got <&3
}

run_block() {
	[ -n "$command" ] || return 0
	(cd "$SRCDIR" && eval "$command") >"$OUT" 2>&1 </dev/null
	ok "\$ $command" compare "$TMP/wanted"
	command=
}

# An empty line belongs to a block when another indented line follows.
command='' blanks=''
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
done <"$SRCDIR/README.md"
run_block

# the supplement of the README
awk '/^```xml$/ { on = 1; next } /^```$/ { on = 0 } on' "$SRCDIR/README.md" >"$TMP/own.xml"
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
