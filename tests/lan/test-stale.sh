#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: what is told of a service is what one host says of it now. romeo looks; tybalt and mercutio,
# who have no daemons, say what they like.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "romeo tybalt mercutio" "$here/test-stale.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"
notes live.out live.err

daemon_stop mercutio
mkfifo "$LAN_DIR/mercutio.in"
exec 8<>"$LAN_DIR/mercutio.in"
start mercutio python3 "$here/mdns.py" serve <&8
ghosts

rival() { printf '%s\n' "$1" >&8; }
# service NAME HOST ADDRESS PORT TEXT: as mdns.py takes it
service() {
	printf '{"do": "add", "name": "%s", "type": "_stale._tcp", "host": "%s.local", %s "port": %s, "txt": ["t=%s"]}' \
		"$1" "$2" "${3:+\"address\": \"$3\",}" "$4" "$5"
}
# now NAME FILTER: of the last thing told of a service
now() { events live "map(select(.name == \"$1\" and .event != \"warning\")) | last | $2"; }
# mixed NAME: a thing told that is not one host's: a's is 10.88.0.3, 80, t=a; b's 10.88.0.4, 81, t=b
mixed() {
	events live "any(.[]; .name == \"$1\" and .host != null and
		([.host[0:1], .addresses[], .port, .txt[].value] |
		. != [\"a\", 80, \"a\"] and . != [\"a\", \"10.88.0.3\", 80, \"a\"] and
		. != [\"b\", 81, \"b\"] and . != [\"b\", \"10.88.0.4\", 81, \"b\"]))"
}

# ---- two hosts answer for one name ----

ghost "$(service two a 10.88.0.3 80 a)"
sleep 1
rival "$(service two b 10.88.0.4 81 b)"
sleep 1
live live --json browse _stale._tcp
soon 10 "two hosts that answer for one name are told, with both" events live '
	any(.[]; .event == "warning" and .name == "two" and (.error | test("a\\.local.*b\\.local|b\\.local.*a\\.local")))'
! mixed two
ok $? "what is told is one's or the other's"

# ---- the host that was the newer one says goodbye ----

# record TELL NAME KIND DATA [MORE]
record() { "$1" "{\"do\": \"record\", \"name\": \"$2\", \"kind\": $3, \"data\": \"$4\"${5-}}"; }
# host TELL LETTER PORT [MORE]: its SRV and TXT records, which flush no others
host() {
	record "$1" left._stale._tcp.local 16 "\\u0003t=$2" "${4-}"
	record "$1" left._stale._tcp.local 33 "\\u0000\\u0000\\u0000\\u0000\\u0000$3\\u0001$2\\u0005local\\u0000" "${4-}"
}
record ghost a.local 1 '\nX\u0000\u0003'
record rival b.local 1 '\nX\u0000\u0004'
host ghost a P
record ghost _stale._tcp.local 12 '\u0004left\u0006_stale\u0004_tcp\u0005local\u0000'
soon 10 "a service" now left '.host == "a.local" and .addresses == ["10.88.0.3"]'
sleep 1 # it is followed
host rival b Q
soon 10 "another host takes its name" now left '.host == "b.local" and .addresses == ["10.88.0.4"]'
rival '{"do": "forget", "name": "left._stale._tcp.local"}'
host rival b Q ', "ttl": 0'
rival '{"do": "forget", "name": "left._stale._tcp.local"}'
soon 10 "and leaves: the first one is all there again" now left \
	'.host == "a.local" and .addresses == ["10.88.0.3"] and .port == 80 and .txt[0].value == "a"'
! mixed left
ok $? "no part of one was told with one of the other"

# ---- the address goes, and only the TXT record is heard again ----

ghost "$(service dead dead "" 80 1)"
record ghost dead.local 1 '\nX\u0000\u0003' ', "ttl": 3'
ghost '{"do": "forget", "name": "dead.local"}'
soon 10 "a host with an address that will run out" now dead '.event == "resolved"'
soon 20 "runs out" now dead '.event == "failed"'
events live 'map(select(.name == "dead")) | .[-2].event == "changed" and .[-2].addresses == []'
ok $? "its address was taken back before"
ghost "$(service dead dead "" 80 2)"
sleep 3
now dead '.event == "failed"'
ok $? "that its TXT record is heard gives it no address"
record ghost dead.local 1 '\nX\u0000\u0009'
soon 10 "another address does" now dead '.event == "resolved" and .addresses == ["10.88.0.9"] and
	.txt[0].value == "2"'
halt INT 0 "SIGINT ends it" live
echo "1..$number"
