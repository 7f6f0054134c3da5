# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the tests of faults share. Sourced inside a LAN, where romeo looks.
#
#   ok STATUS NAME               a result; if it is bad, the files of `notes` are shown
#   notes FILE...                the files (below $LAN_DIR) that a failure shows from here on
#   soon SECONDS NAME CMD...     the command is true within a time
#   ends SECONDS STATUS NAME CMD...
#                                the command, on romeo, ends within a time, with that exit status;
#                                its output is in $LAN_DIR/out and err, its milliseconds in $took
#   live ID OPTION...            sdreg with these options runs on romeo from here on; its output is
#                                in $LAN_DIR/ID.out and ID.err, its process id in ${live[ID]}
#   halt SIGNAL STATUS NAME ID...  these get the signal, and end with that status within a second
#   events ID FILTER             jq's filter is true of the list of all events so far
#   times N ID TEXT              N lines of ID.out have the text
#   one_line TEXT                err is one line, with the text in it
#   ghost JSON                   tybalt, who has no daemon, says this (mdns.py)
#   ghosts                       starts tybalt
#
# $LAN_SLACK is how many seconds all may take longer than they should, as under valgrind.

: "${SDREG:?}" "${LAN_SLACK:=0}"
declare -A live=()
number=0
notes=(out err)

notes() { notes=("$@"); }

ok() {
	local file
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	for file in "${notes[@]}"; do
		[ -s "$LAN_DIR/$file" ] || continue
		echo "#   $file:"
		tail -n 12 "$LAN_DIR/$file" | cut -c1-180 | LC_ALL=C tr -c '\n\t -~' '?' |
			sed 's/^/#     /'
	done
}

ms() { echo $((${EPOCHREALTIME/./} / 1000)); }

soon() {
	local end=$(($(ms) + ($1 + LAN_SLACK) * 1000)) name=$2
	shift 2
	until "$@" >/dev/null 2>&1; do
		if (($(ms) >= end)); then
			ok 1 "$name"
			return
		fi
		sleep 0.05
	done
	ok 0 "$name"
}

ends() {
	local within=$(($1 + LAN_SLACK)) want=$2 name=$3 start status
	shift 3
	start=$(ms)
	on romeo timeout -s KILL $((within + 5)) "$@" >"$LAN_DIR/out" 2>"$LAN_DIR/err" </dev/null
	status=$?
	took=$(($(ms) - start))
	[ $status = "$want" ] && ((took <= within * 1000))
	ok $? "$name: ends with $want within $within s (with $status after $took ms)"
}

live() {
	local id=$1
	shift
	: >"$LAN_DIR/$id.out"
	start romeo "$SDREG" "$@" >>"$LAN_DIR/$id.out" 2>"$LAN_DIR/$id.err" </dev/null
	# shellcheck disable=SC2154 # functions.sh sets it
	live[$id]=$started
}

gone() { ! kill -0 "$@" 2>/dev/null; }

halt() {
	local signal=$1 want=$2 name=$3 id status bad=0 start
	shift 3
	start=$(ms)
	for id; do
		kill "-$signal" "${live[$id]}"
	done
	for id; do
		ended "${live[$id]}" 2>/dev/null
		status=$?
		[ $status = "$want" ] || { bad=1 && echo "#   $id: exit status $status"; }
	done
	(($(ms) - start <= 1000 + LAN_SLACK * 1000)) || { bad=1 && echo "#   $(($(ms) - start)) ms"; }
	ok $bad "$name"
}

events() { jq -se "$2" "$LAN_DIR/$1.out"; } >/dev/null 2>&1

times() { [ "$(grep -cF -e "$3" "$LAN_DIR/$2.out")" = "$1" ]; }

one_line() { [ "$(wc -l <"$LAN_DIR/err")" = 1 ] && grep -qF -e "$1" "$LAN_DIR/err"; }

ghosts() {
	daemon_stop tybalt
	mkfifo "$LAN_DIR/tybalt.in"
	exec 9<>"$LAN_DIR/tybalt.in"
	# shellcheck disable=SC2154 # functions.sh sets it
	start tybalt python3 "$lan_source/mdns.py" serve <&9
}

ghost() { printf '%s\n' "$1" >&9; }
