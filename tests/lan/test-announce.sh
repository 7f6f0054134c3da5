#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: announcing a service, by the example that does. juliet and romeo announce, romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-announce.sh" inside
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
	sed 's/^/#   /' "$LAN_DIR"/*.out "$LAN_DIR"/*.err 2>/dev/null
}

# soon NAME COMMAND...: true within ten seconds
soon() {
	local name=$1 end=$((SECONDS + 10))
	shift
	until "$@" >/dev/null 2>&1; do
		if ((SECONDS >= end)); then
			ok 1 "$name"
			return
		fi
		sleep 0.1
	done
	ok 0 "$name"
}

on_wire() {
	on romeo python3 "$here/mdns.py" ask "$1._presence._tcp.local" TXT >"$LAN_DIR/wire.out"
	jq -e ".value == $2" "$LAN_DIR/wire.out"
}

sees() { on romeo avahi-browse -tp _presence._tcp | grep -qF ";$1;"; }
sees_not() { ! sees "$@"; }
said() { grep -qxF "$2" "$LAN_DIR/$1.out"; }

announce=$BUILDDIR/examples/announce
mkfifo "$LAN_DIR/juliet.in"
exec 9<>"$LAN_DIR/juliet.in"
start juliet "$announce" juliet 5298 nick=JuliC "msg=caf\303\251" flag \
	<&9 >"$LAN_DIR/juliet.out" 2>"$LAN_DIR/juliet.err"
# shellcheck disable=SC2154 # functions.sh sets it
juliet=$started
soon "it is announced" said juliet "announced as juliet@juliet"
soon "another host sees it" sees 'juliet\064juliet'
soon "on the wire the strings have the record's order" on_wire juliet@juliet \
	'["txtvers=1", "status=avail", "port.p2pj=5298", "nick=JuliC", "msg=caf\\303\\251", "flag"]'
on romeo "$SDREG" check --live --strict _presence._tcp >"$LAN_DIR/check.out" 2>&1
ok $? "check --live has no fault to find with it"
grep -qF 'juliet@juliet._presence._tcp.local: registered' "$LAN_DIR/check.out"
ok $? "and names it"
echo "away Gone" >&9
soon "a new status is on the wire" on_wire juliet@juliet \
	'["txtvers=1", "status=away", "port.p2pj=5298", "nick=JuliC", "flag", "msg=Gone"]'

# another record under its name, and nobody who defends it: echoes of what it was before. The daemon
# probes for the name after the first, and gives it up at the second.
echo_of_juliet() {
	echo '{"do": "echo", "name": "juliet@juliet", "type": "_presence._tcp", "host": "h.local",' \
		'"address": "10.88.0.2", "port": 5298, "txt": ["status=avail"]}'
}
{
	echo_of_juliet
	sleep 0.3
	echo_of_juliet
	sleep 3
} | on romeo timeout 10 python3 "$here/mdns.py" serve
soon "an echo does not take its name away" on_wire juliet@juliet \
	'["txtvers=1", "status=away", "port.p2pj=5298", "nick=JuliC", "flag", "msg=Gone"]'
! grep -q 'juliet@juliet-' "$LAN_DIR/juliet.out"
ok $? "nor change it"

# the same name on another host, and on the same one
publish romeo same@name _presence._tcp 4000
wait_for juliet _presence._tcp=2
start juliet "$BUILDDIR/examples/announce" same@name 4001 </dev/null >"$LAN_DIR/other.out" 2>&1
soon "a user may have an @" said other "announced as same@name@juliet"
start juliet "$announce" juliet 5299 </dev/null >"$LAN_DIR/second.out" 2>"$LAN_DIR/second.err"
second=$started
soon "a name taken on the same host gets a number" said second "announced as juliet@juliet-1"
start romeo unshare --uts sh -c 'hostname juliet && exec "$@"' sh \
	"$announce" juliet 5300 </dev/null >"$LAN_DIR/third.out" 2>"$LAN_DIR/third.err"
third=$started
soon "and one taken on another host, the next" said third "announced as juliet@juliet-2"

# the daemon restarts
daemon_stop juliet KILL
soon "the daemon went" grep -q 'avahi-daemon is gone' "$LAN_DIR/juliet.err"
daemon_start juliet
# shellcheck disable=SC2016 # expanded each time
soon "it is announced again" eval '(($(grep -c "^announced as" "$LAN_DIR/juliet.out") >= 2))'
soon "with the last record" on_wire juliet@juliet \
	'["txtvers=1", "status=away", "port.p2pj=5298", "nick=JuliC", "flag", "msg=Gone"]'

# goodbyes
stop "$second"
soon "SIGTERM says goodbye" sees_not 'juliet\064juliet-1'
echo quit >&9
ended "$juliet"
ok $? "quit ends it"
soon "and says goodbye" sees_not 'juliet\064juliet'
stop "$third"

# what is refused, and without a daemon
on juliet "$announce" juliet 5298 "msg=$(head -c 300 /dev/zero | tr '\0' x)" </dev/null >/dev/null 2>&1
ok $(($? != 2)) "a string too long for a record is refused"
daemon_stop juliet
on juliet "$announce" juliet </dev/null >/dev/null 2>"$LAN_DIR/none.err"
ok $(($? != 2)) "no daemon: exit status 2"
grep -q 'systemctl start avahi-daemon' "$LAN_DIR/none.err"
ok $? "no daemon: says what to do"
echo "1..$number"
