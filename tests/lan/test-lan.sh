#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: the LAN itself. A service crosses it, statuses come out of it, and nothing is left of it.
set -u
here=$(cd "$(dirname "$0")" && pwd -P)
if [ "${1-}" != inside ]; then
	reason=$("$here/lan.sh" --probe) || {
		echo "1..0 # SKIP $reason"
		exit 0
	}
	dir=$(mktemp -d) || exit 99
	trap 'rm -rf "$dir"' EXIT
else
	# The rest of this file runs in the LAN: $2 is the row, $3 marks its processes.
	case $2 in
	crosses)
		publish juliet 'Two words' _http._tcp 8080 path=/
		wait_for romeo _http._tcp && on romeo avahi-browse -rtp _http._tcp | grep -q '^=.*;8080;"path=/"'
		exit
		;;
	apart)
		ip link set dev juliet down
		publish juliet One _http._tcp 80 && wait_for juliet _http._tcp || exit 1
		LAN_TIMEOUT=3 wait_for romeo _http._tcp 2>/dev/null && exit 1
		ip link set dev juliet up && wait_for romeo _http._tcp
		exit
		;;
	restart)
		publish juliet One _http._tcp 80 && wait_for romeo _http._tcp && daemon_stop romeo KILL &&
			! on romeo avahi-browse -t _http._tcp 2>/dev/null &&
			daemon_start romeo objects-per-client-max=20 && wait_for romeo _http._tcp
		exit
		;;
	status) exit 7 ;;
	stay)
		start juliet sleep "$3"
		wait_for juliet _none._tcp=0 && echo up
		sleep "$3"
		exit
		;;
	esac
fi

number=0
# row NAME CMD...
row() {
	local name=$1 not='not '
	shift
	number=$((number + 1))
	"$@" && not=
	echo "${not}ok $number - $name"
}

lan() { "$here/lan.sh" "juliet romeo" "$here/test-lan.sh" inside "$@"; }

returns() {
	local want=$1
	shift
	"$@"
	[ $? = "$want" ]
}

# Are there any with the mark? The mark is in a file, or grep would find itself. With -q a process
# that goes while grep reads is no error.
processes() { grep -qsaF -f "$dir/mark" /proc/[0-9]*/cmdline; }

# leaves_nothing SIGNAL: a LAN that is sent it takes everything with it
leaves_nothing() {
	local mark=60.$$$RANDOM tries=100 pid links seen=0 # a number of seconds, and an unusual one
	links=$(ip -o link | wc -l)
	echo "$mark" >"$dir/mark"
	: >"$dir/out"
	"$here/lan.sh" "juliet romeo" "$here/test-lan.sh" inside stay "$mark" >"$dir/out" &
	pid=$!
	disown # no word from the shell on how it ended
	until [ -s "$dir/out" ] || ! ((tries--)); do
		sleep 0.2
	done
	processes && seen=1
	kill "-$1" "$pid"
	tries=30
	while processes && ((tries--)); do
		sleep 0.1
	done
	((seen)) && ! processes && [ "$(ip -o link | wc -l)" = "$links" ]
}

PATH=$PATH:/usr/sbin:/sbin
echo 1..6
row "a service crosses the network" lan crosses
row "not without a cable" lan apart
row "a daemon ends and starts again" lan restart
row "the script's exit status comes out" returns 7 lan status
row "SIGKILL leaves nothing" leaves_nothing KILL
row "SIGTERM leaves nothing" leaves_nothing TERM
