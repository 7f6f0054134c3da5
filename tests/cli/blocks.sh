# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Commands in a document, and what it says that they print. Sourced behind tap.sh.
#
#   compare FILE         $OUT is what the file says; a line "..." in it stands for any lines, and
#                        one that ends so for a line that begins like this
#   run_block            runs $command, if there is one, and compares with $TMP/wanted

sdreg() { "$SDREG" "$@"; }

line_is() { [ "$1" = "$2" ] || { [ "${2%...}" != "$2" ] && [[ $1 == "${2%...}"* ]]; }; }

compare() {
	local pattern=$1 line any=0 got=
	exec 3<"$OUT"
	while IFS= read -r line; do
		if [ "$line" = ... ]; then
			any=1
			continue
		fi
		IFS= read -r got <&3 || return 1
		while [ "$any" = 1 ] && ! line_is "$got" "$line"; do
			IFS= read -r got <&3 || return 1
		done
		any=0
		line_is "$got" "$line" || {
			echo "wanted: $line"
			echo "got:    $got"
			return 1
		}
	done <"$pattern"
	[ "$any" = 1 ] || ! IFS= read -r got <&3
}

command=
run_block() {
	[ -n "$command" ] || return 0
	(cd "$SRCDIR" && eval "$command") >"$OUT" 2>&1 </dev/null
	ok "\$ $command" compare "$TMP/wanted"
	command=
}
