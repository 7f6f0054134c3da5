#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: what goes on beside a daemon that hangs for a while and then goes on, too: longer than libdbus
# waits for an answer, which is 25 seconds, and shorter. juliet publishes, romeo looks, tybalt does
# not answer.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-faults-hang.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"

publish juliet One _http._tcp 80 a=b
ghosts
for i in {1..300}; do
	ghost '{"do": "add", "name": "'"$i"'", "type": "_deaf._tcp"}'
done
wait_for romeo _http._tcp _deaf._tcp=300
read -r daemon <"$LAN_DIR/romeo/avahi-daemon.pid"

# sees ID NAME: it is resolved
sees() { events "$1" 'any(.[]; .event == "resolved" and .name == "'"$2"'")'; }

# ---- longer than a call to it is waited for ----

live asks --json browse _deaf._tcp _http._tcp
lan_until "the services" events asks '[.[] | select(.event == "added")] | length == 301'
sleep 1 # it is still asked for some
kill -STOP "$daemon"
live late --json browse -f _http._tcp
notes asks.out asks.err late.out late.err
sleep 28
# The first question has run out: whoever waits now waits for a daemon that is there already
kill -CONT "$daemon"
publish juliet Two _http._tcp 80
soon 10 "who was asking when it began to hang finds what comes later" sees asks Two
events asks 'map(.event) | index("daemon-lost") < index("daemon-back")'
ok $? "after it was told lost and back"
soon 10 "who began meanwhile finds all" eval 'sees late One && sees late Two'
halt INT 0 "all can be ended" asks late
live=()

# ---- shorter: what was asked for is answered after all ----

answer='"host": "slow.local", "address": "10.88.0.3"}'
for i in {1..12}; do
	ghost '{"do": "add", "name": "'"$i"'", "type": "_slow._tcp"}'
done
wait_for romeo _slow._tcp=12
live asks --json browse _slow._tcp
lan_until "the services" events asks '[.[] | select(.event == "added")] | length == 12'
sleep 0.3
kill -STOP "$daemon"
for i in {1..12}; do
	ghost '{"do": "add", "name": "'"$i"'", "type": "_slow._tcp", "port": 9, "txt": [], '"$answer"
done
sleep 9 # more than the seven after which an answer is not waited for
kill -CONT "$daemon"
soon 10 "what was asked for before a pause of nine seconds is found after it" events asks '
	[.[] | select(.event == "resolved") | .name] | unique | length == 12'
halt INT 0 "and who asked is still there" asks
echo "1..$number"
