#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg browse where there is much: every service is found and resolved, a flood is bounded and
# said. tybalt invents services (mdns-crowd), romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "romeo tybalt" "$here/test-crowd.sh" inside
fi
: "${SDREG:?}" "${BUILDDIR:?}"

number=0
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	{ head -n 20 "$LAN_DIR/out"; cat "$LAN_DIR/err"; } 2>/dev/null | sed 's/^/#   /'
}

# run ARGUMENTS...: sdreg browse on romeo
run() {
	on romeo "$SDREG" browse "$@" >"$LAN_DIR/out" 2>"$LAN_DIR/err" </dev/null
	status=$?
}

# crowd SERVICES TYPES [KEY=VALUE...]: other services than before; what romeo's daemon knew is gone
crowd() {
	[ -z "${tybalt-}" ] || stop "$tybalt"
	daemon_stop romeo
	start tybalt "$BUILDDIR/tests/lan/mdns-crowd" eth0 "$1" "$2"
	# shellcheck disable=SC2154 # functions.sh sets it
	tybalt=$started
	daemon_start romeo "${@:3}"
}
daemon_stop tybalt

crowd 1000 20
run --json -t
[ "$(grep -c '"event":"resolved"' "$LAN_DIR/out")" = 1000 ]
ok $? "1,000 services: each is resolved"
ok $status "exit status 0"
grep -q '"event":"warning"' "$LAN_DIR/out"
ok $? "with a warning that there may be more"
run -t
[ "$(grep -c '^    host ' "$LAN_DIR/out")" = 1000 ]
ok $? "and as text"
on romeo script -qec "stty cols 80; $SDREG browse -t" /dev/null >"$LAN_DIR/out" 2>&1 </dev/null
grep -q '[0-9] of 1000 services' "$LAN_DIR/out"
ok $? "a terminal sees how far it is"

run -pt --max-services 100
[ "$(grep -c '^+' "$LAN_DIR/out")" = 100 ]
ok $? "--max-services: no more are kept"
[ "$(grep -c 'more than 100 services' "$LAN_DIR/err")" = 1 ]
ok $? "which is said, once"
ok $((status != 1)) "and in the exit status"
run -pt --max-types 5
[ "$(cut -d';' -f5 "$LAN_DIR/out" | sort -u | wc -l)" = 5 ]
ok $? "--max-types: no more are browsed"
grep -q 'more than 5 service types' "$LAN_DIR/err"
ok $? "which is said"
run -t --max-types 0
ok $((status != 2)) "none at all is wrong usage"

# a daemon that hangs: libdbus waits 25 s for one answer, but not for each
crowd 1000 20
(
	sleep 0.6
	read -r pid <"$LAN_DIR/romeo/avahi-daemon.pid"
	kill -STOP "$pid"
	sleep 28
	kill -CONT "$pid"
) &
SECONDS=0
run -t --timeout 5
ok $((status != 1 && status != 2)) "a daemon that hangs: exit status"
ok $((SECONDS > 28)) "and an end"
wait $!

# more browsers than the daemon gives one connection
crowd 300 300 objects-per-client-max=50
run -prt --timeout 60
[ "$(cut -d';' -f5 "$LAN_DIR/out" | sort -u | wc -l)" = 300 ]
ok $? "300 types with 50 objects a connection: all are found"
[ "$(grep -c '^+' "$LAN_DIR/out")" = "$(grep -c '^=' "$LAN_DIR/out")" ]
ok $? "and all that was found is resolved"
echo "1..$number"
