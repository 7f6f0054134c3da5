#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: a service that was resolved stays followed. romeo watches; juliet publishes, and tybalt, who
# has no daemon, is a host that does what real ones do only by accident.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-follow.sh" inside
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
	jq -c '[.event, .name, .port, .host, (.txt // [] | map(.value)), .error]' "$LAN_DIR/live" |
		tail -n 20 | sed 's/^/#   /'
	sed 's/^/#   /' "$LAN_DIR/err"
}

# soon SECONDS FILTER NAME: true of the events so far, within a time
soon() {
	local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
	until jq -se "$2" "$LAN_DIR/live" >/dev/null 2>&1; do
		if ((${EPOCHREALTIME/./} >= end)); then
			ok 1 "$3"
			return
		fi
		sleep 0.05
	done
	ok 0 "$3"
}

# watch [TYPE...]: events from now on
watch() {
	: >"$LAN_DIR/live"
	start romeo "$SDREG" --json browse "$@" >"$LAN_DIR/live" 2>"$LAN_DIR/err" </dev/null
	# shellcheck disable=SC2154 # functions.sh sets it
	watcher=$started
}

daemon_stop tybalt
mkfifo "$LAN_DIR/juliet.in" "$LAN_DIR/tybalt.in"
exec 8<>"$LAN_DIR/juliet.in" 9<>"$LAN_DIR/tybalt.in"
start juliet "$BUILDDIR/examples/announce" juliet 5298 <&8 >"$LAN_DIR/juliet.out" 2>&1
announcer=$started
start tybalt python3 "$here/mdns.py" serve <&9

# ghost PORT HOST STATUS: what tybalt says of a peer, for six seconds each time
ghost() {
	printf '{"do": "add", "name": "ghost@tybalt", "type": "_presence._tcp", "host": "%s.local",
		"address": "10.88.0.3", "port": %s, "ttl": 6, "txt": ["txtvers=1", "status=%s"]}\n' \
		"$2" "$1" "$3" | tr -d '\n' >&9
	echo >&9
}

watch _presence._tcp
ghost 5300 ghost avail
soon 10 'any(.[]; .event == "resolved" and .name == "juliet@juliet" and .port == 5298)' "a peer"
soon 10 'any(.[]; .event == "resolved" and .name == "ghost@tybalt" and .port == 5300)' "and another"
sleep 1
echo "away On the balcony" >&8
soon 2 'any(.[]; .event == "changed" and .name == "juliet@juliet" and
	any(.txt[]; .key == "status" and .value == "away") and
	any(.txt[]; .key == "msg" and .value == "On the balcony"))' "its status within two seconds"
for status in dnd avail dnd avail away; do
	echo "$status" >&8
	sleep 0.3
done
soon 2 'map(select(.event == "changed" and .name == "juliet@juliet")) | last |
	any(.txt[]; .key == "status" and .value == "away")' "of many changes the last one is told"
sleep 1.5
ghost 5300 ghost away
sleep 0.3
ghost 5300 ghost avail
soon 4 'map(select(.event == "changed" and .name == "ghost@tybalt") | .txt[] |
	select(.key == "status").value) == ["away", "avail"]' "a status that comes back within a second"
ghost 5301 ghost avail
soon 2 'any(.[]; .event == "changed" and .name == "ghost@tybalt" and .port == 5301)' "another port"
sleep 1 # RFC 6762 section 6: a record is multicast once a second
ghost 5301 phantom dnd
soon 2 'any(.[]; .event == "changed" and .name == "ghost@tybalt" and .host == "phantom.local" and
	any(.txt[]; .value == "dnd"))' "another host"
echo '{"do": "silent"}' >&9
soon 15 'any(.[]; .event == "failed" and .name == "ghost@tybalt")' \
	"a peer that goes without a goodbye is told when its records have run out"
echo '{"do": "speak"}' >&9
soon 5 'map(select(.name == "ghost@tybalt")) | last | .event == "resolved"' "it is back"
echo '{"do": "bye", "name": "ghost@tybalt", "type": "_presence._tcp"}' >&9
soon 5 'any(.[]; .event == "removed" and .name == "ghost@tybalt")' "a goodbye"
ok $((! $(jq -s 'map(select(.event == "removed" and .name == "juliet@juliet")) | length' \
	"$LAN_DIR/live") == 0)) "nothing else went"

# the daemon restarts, and all are followed as before
daemon_stop romeo KILL
soon 5 'any(.[]; .event == "daemon-lost")' "the daemon goes"
daemon_start romeo
soon 15 'map(select(.name == "juliet@juliet")) | last | .event == "resolved"' "all is found again"
sleep 1
echo dnd >&8
soon 2 'map(select(.name == "juliet@juliet")) | last | .event == "changed" and
	any(.txt[]; .key == "status" and .value == "dnd")' "and followed"
stop "$watcher"

# many: one in 300 changes
for i in $(seq 300); do
	printf '{"do": "add", "name": "crowd%s@tybalt", "type": "_presence._tcp", "host": "crowd.local",
		"address": "10.88.0.3", "port": 6000, "txt": ["status=avail"]}' "$i" | tr -d '\n'
	echo
done >&9
watch _presence._tcp
soon 30 'map(select(.event == "resolved" and (.name | startswith("crowd"))) | .name) | unique |
	length == 300' "300 peers"
sleep 1
printf '{"do": "add", "name": "crowd250@tybalt", "type": "_presence._tcp", "host": "crowd.local",
	"address": "10.88.0.3", "port": 6000, "txt": ["status=away"]}' | tr -d '\n' >&9
echo >&9
soon 10 'any(.[]; .event == "changed" and .name == "crowd250@tybalt")' "one of them changes"
stop "$watcher"
stop "$announcer"
echo "1..$number"
