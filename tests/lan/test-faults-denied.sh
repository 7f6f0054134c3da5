#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: D-Bus keeps one call after the other from reaching the daemon: it is said what could not be had
# and why, what could be is shown, and all ends in time. juliet publishes, romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-faults-denied.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"

rules=$LAN_DIR/romeo/run/dbus/rules
denied="D-Bus lets nobody ask avahi-daemon: see /etc/dbus-1/system.d"
announce=$BUILDDIR/examples/announce
mkdir "$rules" || exit 99
read -r bus <"$LAN_DIR/romeo/dbus-daemon.pid"

# The rules of nobody but this call; none gives all back. The bus has read them when it says so.
deny() {
	local reloaded
	reloaded=$(grep -c 'Reloaded configuration' "$LAN_DIR/romeo/dbus-daemon.log")
	printf '<busconfig><policy context="mandatory">' >"$rules/test.conf"
	[ $# = 0 ] || printf '<deny send_interface="org.freedesktop.Avahi.%s" send_member="%s"/>' \
		"${1%.*}" "${1#*.}" >>"$rules/test.conf"
	printf '</policy></busconfig>' >>"$rules/test.conf"
	kill -HUP "$bus"
	lan_until "the rules of D-Bus" rules_are_read "$reloaded"
}

rules_are_read() {
	[ "$(grep -c 'Reloaded configuration' "$LAN_DIR/romeo/dbus-daemon.log")" -gt "$1" ]
}

# refused CALL STATUS SAID COMMAND...: the command, without that call
refused() {
	local call=$1 want=$2 said=$3
	shift 3
	deny "$call"
	ends 5 "$want" "without $call, $1 $2" "$@"
	one_line "$said$denied"
	ok $? "without $call, $1 $2: says what cannot be had, and why"
}

publish juliet One _http._tcp 80 a=b
wait_for romeo _http._tcp

for call in GetAPIVersion GetState; do
	refused "Server.$call" 2 "avahi-daemon cannot be asked: " "$SDREG" browse -t
	refused "Server.$call" 2 "avahi-daemon cannot be asked: " "$announce" who 5298
done
refused Server.ServiceTypeBrowserNew 1 "the service types here cannot be searched for: " \
	"$SDREG" browse -t
refused Server.ServiceBrowserNew 1 'services of type "_http._tcp" cannot be browsed: ' \
	"$SDREG" browse -t
refused Server.ServiceBrowserNew 2 'services of type "_http._tcp" cannot be browsed: ' \
	"$SDREG" check --live _http._tcp
refused Server.DomainBrowserNew 1 "the domains here cannot be searched for: " "$SDREG" browse -tD
refused Server.ServiceResolverNew 1 'no answer from "One" of type _http._tcp: ' "$SDREG" browse -t
grep -q '^  One' "$LAN_DIR/out"
ok $? "what cannot be resolved is shown all the same"

# what is not needed is done without
for call in Server.GetVersionString ServiceResolver.Free ServiceBrowser.Free; do
	deny "$call"
	ends 5 0 "without $call" "$SDREG" browse -t
	[ ! -s "$LAN_DIR/err" ] && grep -qF '10.88.0.1' "$LAN_DIR/out"
	ok $? "without $call: all is found and resolved"
done

refused Server.RecordBrowserNew 0 \
	'of hosts such as "juliet.local" one address is shown, and there may be more: ' "$SDREG" browse -t
grep -qE 'address +[0-9a-f.:]+' "$LAN_DIR/out"
ok $? "one address of a host is known all the same"

for call in Server.EntryGroupNew EntryGroup.AddService EntryGroup.Commit; do
	refused "$call" 1 '"who@romeo" of type "_presence._tcp" cannot be announced: ' "$announce" who 5298
done

deny EntryGroup.UpdateServiceTxt
mkfifo "$LAN_DIR/who.in"
exec 8<>"$LAN_DIR/who.in"
notes who.out who.err
start romeo "$announce" who 5298 <&8 >"$LAN_DIR/who.out" 2>"$LAN_DIR/who.err"
# shellcheck disable=SC2154 # functions.sh sets it
who=$started
soon 10 "it is announced" grep -q 'announced as who@romeo' "$LAN_DIR/who.out"
echo "away Gone" >&8
soon 5 "another record is refused, and that is said" \
	grep -qF "the TXT record of \"who@romeo\" stays as it was: $denied" "$LAN_DIR/who.err"
deny
echo "away Gone" >&8
echo quit >&8
ended "$who"
ok $? "and the program goes on"
# libavahi-client has its own to say of a bus that reads its rules again
[ "$(grep -c '^announce: ' "$LAN_DIR/who.err")" = 1 ]
ok $? "with what is allowed again"
echo "1..$number"
