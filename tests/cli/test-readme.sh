#!/bin/bash
# SPDX-License-Identifier: MIT
# The README is true: each "$ sdreg ..." in an indented block is run, and what stands below it is compared. "..." stands for any lines.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

sdreg() { "$SDREG" "$@"; }

compare() {
	local pattern=$1 line
	exec 3<"$OUT"
	while IFS= read -r line; do
		if [ "$line" = ... ]; then
			exec 3<&-
			return 0
		fi
		IFS= read -r got <&3 || return 1
		[ "$got" = "$line" ] || {
			echo "wanted: $line"
			echo "got:    $got"
			return 1
		}
	done <"$pattern"
	! IFS= read -r got <&3
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

# the C of the README, as a program
awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$SRCDIR/README.md" >"$TMP/readme.c"
ok "the C compiles" bash -c "$CC -std=c11 -Wall -Wextra -Werror -I'$SRCDIR/include' \
	-c '$TMP/readme.c' -o '$TMP/readme.o'"
finish
