#!/bin/bash
# SPDX-License-Identifier: MIT
# lan.sh [--tap] HOSTS SCRIPT [ARG...]   run the bash SCRIPT beside a small network of its own
# lan.sh --probe                         say in one line why there can be none here, or nothing
#
# HOSTS are names with spaces or commas between: "juliet romeo". Each is a host with its own network
# interface, mounts, D-Bus and real avahi-daemon. A bridge, `lan`, joins them; no way leads out.
# SCRIPT runs beside them, with what functions.sh offers: on, start, publish, wait_for, ...
# It needs root or user namespaces, and no network.
#
# Everything lives in namespaces below one process. When that ends, and it does with this one, even
# by SIGKILL, the kernel takes processes, interfaces, mounts and files with it: nothing is cleaned
# up here because nothing can be left.
#
# Exit status: SCRIPT's; 2 wrong usage; 99 the network did not come up; 77 it cannot be had here,
# with "1..0 # SKIP reason" on stdout (--tap: exit status 0, as a TAP driver wants it).
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
PATH=$PATH:/usr/sbin:/sbin # Debian keeps ip and avahi-daemon there, and no user's PATH has it

usage() {
	sed -n '3,4s/^# //p' "${BASH_SOURCE[0]}" >&2
	exit 2
}

# Everything lan_up does that a machine may forbid, once.
trial='mount -t tmpfs tmpfs /run &&
	ip link add name lan type bridge mcast_snooping 0 &&
	ip link add name here type veth peer name there &&
	unshare --net --mount --uts true'

# Sets `isolate`, the command that makes the namespaces, or `reason` and fails.
probe() {
	local tool ways way
	for tool in unshare nsenter setpriv ip dbus-daemon avahi-daemon avahi-publish avahi-browse; do
		command -v "$tool" >/dev/null && continue
		reason="$tool is not installed"
		return 1
	done
	case $here in
	/run/*)
		reason="the checkout lies below /run, which each host has for itself"
		return 1
		;;
	esac
	ways=(--user)
	[ "$(id -u)" != 0 ] || ways=(--root --user) # root in a container may be allowed less than a user
	for way in "${ways[@]}"; do
		isolate=(unshare --mount --net --pid --fork --kill-child --mount-proc)
		[ "$way" = --root ] || isolate+=(--user --map-root-user)
		reason=$("${isolate[@]}" sh -c "$trial" 2>&1 </dev/null) && return 0
	done
	reason="no private network can be made here: ${reason##*$'\n'}"
	return 1
}

# The process that all hangs from: the first of its PID namespace.
inside() {
	local status
	# A first process is only sent the signals that it has handlers for.
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	# shellcheck source=tests/lan/functions.sh
	. "$here/functions.sh"
	lan_up "$1" || exit 99
	BASH_ENV=$here/functions.sh bash "${@:2}"
	status=$?
	exit "$status" # not the last command's: a shell would exec that and the handlers be gone
}

# Ends everything at once, and only then this process, by the signal that it was sent.
end() {
	local signal=$1 first
	trap - HUP INT TERM
	# unshare blocks SIGTERM while it waits; the first process is its only child, and is not gone
	# until all the others are.
	read -r first <"/proc/$!/task/$!/children" && kill -KILL "$first"
	kill -KILL $! && wait $!
	kill "-$signal" $$
} 2>/dev/null

tap=0
[ "${1-}" != --tap ] || { tap=1 && shift; }
case ${1-} in
--inside)
	shift
	inside "$@"
	;;
--probe)
	probe && exit 0
	echo "$reason"
	exit 77
	;;
'' | -*) usage ;;
esac
[ $# -ge 2 ] || usage
[ -r "$2" ] || {
	echo "lan.sh: $2: no such script" >&2
	exit 2
}
probe || {
	echo "1..0 # SKIP $reason"
	exit $((tap ? 0 : 77))
}

# --pdeathsig carries this process's death on to unshare, and --kill-child from there. A parent that
# died before --pdeathsig took hold is noticed by $PPID. A shell lets what it starts in the
# background ignore SIGINT, and unshare what it starts SIGTERM, which would be inherited by all;
# env puts that right.
# shellcheck disable=SC2016 # expanded by the inner shell
setpriv --pdeathsig KILL sh -c '[ "$PPID" = "$0" ] && exec "$@"' $$ "${isolate[@]}" \
	env --default-signal "$BASH" "$here/lan.sh" --inside "$@" <&0 &
trap 'end HUP' HUP
trap 'end INT' INT
trap 'end TERM' TERM
wait $!
