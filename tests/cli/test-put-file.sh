#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: how a file that a user names is put into its place, the same for all commands that do.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# put COMMAND FILE: into that file
put() {
	case $1 in
	export) "$SDREG" export --format json --registry "$FIXTURES/registry.xml" -o "$2" ;;
	info) "$SDREG" info --registry "$FIXTURES/registry.xml" --plot "$2" ;;
	esac
}
# with a time limit, and SIGNAL after a second
put_until() {
	local signal=$1 file=$3
	case $2 in
	export) set -- export --format services -o "$file" ;;
	info) set -- info --plot "$file" ;;
	esac
	timeout -k 10 -s "$signal" 1 "$SDREG" "$@"
}
mode() { stat -c %a "$1"; }
# nothing_beside DIRECTORY NAME...
nothing_beside() {
	local directory=$1
	shift
	is "nothing else is there" "$(printf '%s\n' "$@" | sort)" <(ls -A "$directory")
}

check "export to standard output" 0 "$SDREG" export --format json --registry "$FIXTURES/registry.xml"
cp "$OUT" "$TMP/export"
check "info to standard output" 0 "$SDREG" info --registry "$FIXTURES/registry.xml" --plot -
cp "$OUT" "$TMP/info"

for command in export info; do
	wanted=$TMP/$command
	dir=$TMP/$command.d
	mkdir "$dir"
	cd "$dir" || exit 99

	# ---- a new file, and one that is there ----

	for mask in 000 022 077 777; do
		rm -f new
		(umask $mask && put "$command" new) >"$OUT" 2>"$ERR"
		ok "$command: a new file under umask $mask" [ $? = 0 ]
		is "$command: has the mode" "$(printf '%o' $((0666 & ~0$mask)))" <(mode new)
		chmod 600 new
		same "$command: and the bytes" "$wanted" new
	done
	is "$command: nothing is printed" ""
	for mode in 600 640 644 666 755 777; do
		echo old >there
		chmod $mode there
		before=$(stat -c %i there)
		check "$command: a file of mode $mode" 0 put "$command" there
		is "$command: keeps it" "$mode" <(mode there)
		same "$command: has the new bytes" "$wanted" there
		ok "$command: is another file" [ "$(stat -c %i there)" != "$before" ]
	done
	nothing_beside . new there

	# ---- what leads elsewhere ----

	mkdir far
	echo old >far/real
	chmod 640 far/real
	ln -s far/real link
	ln -s link link-to-link
	check "$command: a symbolic link" 0 put "$command" link-to-link
	ok "$command: stays one" [ -L link-to-link -a -L link ]
	same "$command: and leads to the new file" "$wanted" far/real
	is "$command: which keeps its mode" 640 <(mode far/real)
	ln -s far/none dangling
	check "$command: a link that leads to nothing" 2 put "$command" dangling
	is "$command: is refused" "sdreg: dangling: this symbolic link leads to nothing: remove it, or \
make what it leads to" "$ERR"
	ok "$command: stays one" [ -L dangling ]
	ok "$command: and nothing is made" [ ! -e far/none ]
	ln -s loop loop
	check "$command: a link to itself" 2 put "$command" loop
	ok "$command: stays one" [ -L loop ]
	check "$command: a directory" 2 put "$command" far
	is "$command: is no file" "sdreg: far: Is a directory" "$ERR"
	check "$command: a directory that is not there" 2 put "$command" none/file
	check "$command: a file below a file" 2 put "$command" new/file
	nothing_beside far real

	# ---- what is no regular file ----

	mkfifo fifo
	timeout 20 cat fifo >piped &
	check "$command: a pipe" 0 put "$command" fifo
	wait $!
	same "$command: gets the bytes" "$wanted" piped
	ok "$command: and stays one" [ -p fifo ]
	for signal in INT TERM HUP; do
		check "$command: a pipe that nobody reads, until $signal" 124 put_until $signal "$command" fifo
		ok "$command: stays one" [ -p fifo ]
	done
	[ ! -c /dev/full ] || check "$command: a full disk" 2 put "$command" /dev/full
	check "$command: a device that takes all" 0 put "$command" /dev/null
	ok "$command: stays one" [ -c /dev/null ]

	# ---- whose it is ----

	echo old >./readonly
	chmod 444 readonly
	if [ "$(id -u)" != 0 ]; then
		check "$command: a file that may not be written to" 2 put "$command" readonly
		is "$command: is refused" "sdreg: readonly: Permission denied" "$ERR"
		is "$command: and stays as it is" old readonly
		mkdir closed
		chmod 555 closed
		check "$command: a directory that may not be written to" 2 put "$command" closed/file
		is "$command: is told" "sdreg: closed/file: its directory may not be written to" "$ERR"
		skip "$command: a file of another user" "only root can make one"
	elif ! chown 12345:54321 readonly 2>/dev/null; then
		skip "$command: a file of another user" "this root cannot make one"
	else
		check "$command: root writes a user's file" 0 put "$command" readonly
		is "$command: which stays the user's" "12345:54321 444" <(stat -c '%u:%g %a' readonly)
		same "$command: with the new bytes" "$wanted" readonly
		chmod 777 .
		chmod 666 readonly
		chmod 711 "$TMP" # the way to here
		into=(export -f services -o)
		[ "$command" = export ] || into=(info --plot)
		# a user, but one who may read a build that lies in root's home
		user=(setpriv --reuid=12346 --regid=12346 --clear-groups
			--inh-caps=+dac_read_search --ambient-caps=+dac_read_search)
		if "${user[@]}" "$SDREG" --version >/dev/null 2>&1 && "${user[@]}" test -w .; then
			echo old >./readonly
			check "$command: a user who may write another's file" 2 \
				"${user[@]}" "$SDREG" "${into[@]}" readonly
			is "$command: does not take it over" "sdreg: readonly: it belongs to somebody else, \
and would not any more: remove it first" "$ERR"
			is "$command: and it stays as it is" "12345:54321 666 old" \
				<(echo "$(stat -c '%u:%g %a' readonly) $(cat readonly)")
			chmod 755 .
			check "$command: a directory that may not be written to" 2 \
				"${user[@]}" "$SDREG" "${into[@]}" other
			is "$command: is told" "sdreg: other: its directory may not be written to" "$ERR"
		else
			skip "$command: a user who may write another's file" "setpriv cannot run sdreg"
		fi
	fi

	# ---- what goes wrong in the middle ----

	echo old >there
	# shellcheck disable=SC2016 # expanded by the inner shell
	(ulimit -f 1 && trap '' XFSZ && put "$command" there) >"$OUT" 2>"$ERR"
	ok "$command: no room is trouble" [ $? = 2 ]
	is "$command: is said" "sdreg: there: File too large" "$ERR"
	is "$command: and the old one stays" old there
	ls -A >"$OUT"
	lacks "$command: nothing is left beside" "there."
	cd "$TMP" || exit 99
done

# ---- export into a file ----

for format in csv xml json jsonl tsv services avahi image; do
	"$SDREG" export -f $format --registry "$FIXTURES/registry.xml" >"$TMP/wanted"
	check "export -f $format -o FILE" 0 \
		"$SDREG" export -f $format --registry "$FIXTURES/registry.xml" -o "$TMP/got"
	is "prints nothing" ""
	same "and is what goes to standard output" "$TMP/wanted" "$TMP/got"
	check "export -f $format -o -" 0 \
		"$SDREG" export -f $format --registry "$FIXTURES/registry.xml" -o -
	same "is standard output" "$TMP/wanted" "$OUT"
done
"$SDREG" export -f csv --spreadsheet >"$TMP/wanted" 2>/dev/null
check "export --spreadsheet -o FILE" 0 "$SDREG" export -f csv --spreadsheet -o "$TMP/got"
same "has its apostrophes" "$TMP/wanted" "$TMP/got"
finish
