#!/bin/bash
# SPDX-License-Identifier: MIT
# browse.sh BUILDDIR [SERVICES...]: sdreg browse beside avahi-browse -artpk, on a private network where
# one host answers for so many services of 20 types; by default 10 100 1000 2000 5000. Each run is
# cold: the daemon has just started, and its cache has room for all. Wall time; processor time of
# the client, the daemon and the bus together; how many services were found and resolved; and, of a
# browse that goes on, memory for each service.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
lan=$here/../lan
if [ "${1-}" != inside ]; then
	export BUILD=${1:?usage: browse.sh BUILDDIR [SERVICES...]}
	shift
	[ $# -gt 0 ] || set -- 10 100 1000 2000 5000
	exec "$lan/lan.sh" "romeo tybalt" "$here/browse.sh" inside "$@"
fi
shift
# the programs themselves, and not libtool's wrappers
export LD_LIBRARY_PATH=$BUILD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} SDREG_LIBEXECDIR=$BUILD
sdreg=$BUILD/.libs/sdreg
[ -x "$BUILD/.libs/sdreg-browse" ] && SDREG_LIBEXECDIR=$BUILD/.libs
[ -x "$sdreg" ] || sdreg=$BUILD/sdreg

# Milliseconds of processor time that a process has had.
spent() { awk '{ printf "%d\n", $1 / 1000000 }' "/proc/$1/schedstat"; }

# cold: a daemon that knows nothing
cold() {
	daemon_stop romeo
	sleep 5 # what asked before is asked no more
	daemon_start romeo cache-entries-max=100000
	read -r daemon <"$LAN_DIR/romeo/avahi-daemon.pid"
	read -r bus <"$LAN_DIR/romeo/dbus-daemon.pid"
}

# measure COMMAND...: sets wall and cpu in milliseconds, found, resolved
measure() {
	local before after real user sys
	cold
	before=$(($(spent "$daemon") + $(spent "$bus")))
	TIMEFORMAT='%R %U %S'
	{ time on romeo "$@" >"$LAN_DIR/out" 2>/dev/null; } 2>"$LAN_DIR/time"
	after=$(($(spent "$daemon") + $(spent "$bus")))
	read -r real user sys <"$LAN_DIR/time"
	wall=$(awk -v r="$real" 'BEGIN { print int(1000 * r) }')
	cpu=$(awk -v u="$user" -v s="$sys" -v d=$((after - before)) 'BEGIN { print int(1000 * (u + s)) + d }')
	found=$(grep -c '^+' "$LAN_DIR/out")
	resolved=$(grep -c '^=' "$LAN_DIR/out")
}

# memory SERVICES: resident KiB of a browse that goes on, once all are resolved
memory() {
	local pid end=$((SECONDS + 30)) now=0 before=-1
	cold
	start romeo "$sdreg" browse --json >"$LAN_DIR/out" 2>/dev/null
	# shellcheck disable=SC2154 # functions.sh sets it
	pid=$started
	until [ "$now" = "$before" ] || ((SECONDS >= end)); do
		before=$now
		sleep 3
		now=$(grep -c '"event":"resolved"' "$LAN_DIR/out")
	done
	awk '/^VmRSS/ { print $2 }' "/proc/$pid/status"
	stop "$pid"
}

daemon_stop tybalt
least=
for services; do
	start tybalt "$BUILD/tests/lan/mdns-crowd" eth0 "$services" 20
	crowd=$started
	measure avahi-browse -artpk
	theirs="$wall ms, $cpu ms of processor, $resolved of $found resolved"
	their_wall=$wall their_cpu=$cpu
	measure "$sdreg" browse -artpk
	awk -v n="$services" -v w="$wall" -v c="$cpu" -v r="$resolved" -v f="$found" -v tw="$their_wall" \
		-v tc="$their_cpu" -v theirs="$theirs" 'BEGIN {
		printf "browse, %5d services  %5d ms, %5d ms of processor, %d of %d resolved    avahi-browse %s   ratio %.2f, %.2f\n",
			n, w, c, r, f, theirs, w / tw, c / tc }'
	kib=$(memory)
	[ -n "$least" ] || least=$services least_kib=$kib
	[ "$services" = "$least" ] ||
		awk -v n="$services" -v k="$kib" -v m="$least" -v l="$least_kib" 'BEGIN {
			printf "  memory                %5d KiB, %.2f KiB for each service\n", k, (k - l) / (n - m) }'
	stop "$crowd"
done
