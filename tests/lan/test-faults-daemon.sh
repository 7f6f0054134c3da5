#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg browse when the daemon or D-Bus is not there, goes, or comes back. juliet publishes,
# romeo looks, and tybalt, who has no daemon, does not answer.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-faults-daemon.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"

gone_line="avahi-daemon is gone: start it"

# found TIMES: all was found and resolved so many times, by each that looks
found() {
	local n=$1
	events json "[.[] | select(.event == \"resolved\")] | length == 2 * $n" &&
		events fail "[.[] | select(.event == \"resolved\")] | length == 2 * $n" &&
		[ "$(grep -c '^=;' "$LAN_DIR/lines.out")" = $((4 * n)) ] &&
		[ "$(grep -c '^+ ' "$LAN_DIR/text.out")" = $((2 * n)) ]
}

# lost TIMES: all was told as removed so many times
lost() {
	local n=$1
	events json "[.[] | select(.event == \"removed\")] | length == 2 * $n" &&
		events json "[.[] | select(.event == \"daemon-lost\")] | length == $n" &&
		[ "$(grep -c '^-;' "$LAN_DIR/lines.out")" = $((4 * n)) ] &&
		[ "$(grep -c '^- ' "$LAN_DIR/text.out")" = $((2 * n)) ] &&
		[ "$(grep -c "$gone_line" "$LAN_DIR/text.err")" = "$n" ]
}

# ticks: processor time that those who look have used, in hundredths of a second
ticks() {
	local pid sum=0 used
	for pid in "${live[@]}"; do
		used=$(awk '{ print $14 + $15 }' "/proc/$pid/stat") && sum=$((sum + used))
	done
	echo "$sum"
}

# ---- it goes and comes while one watches ----

publish juliet One _http._tcp 80 a=b
publish juliet Two _ipp._tcp 631
wait_for romeo _http._tcp _ipp._tcp
live json --json browse
live lines browse -pr
live text browse
live fail --json browse -f
notes json.out json.err lines.out text.out text.err fail.out
soon 5 "all is found" found 1
daemon_stop romeo
soon 2 "the daemon ends: all is told as removed, and that it is gone" lost 1
events json 'map(.event) | index("daemon-lost") == (length - 1) and .[-3:-1] == ["removed", "removed"]'
ok $? "in this order"
daemon_start romeo
soon 8 "it is back, and all is found again" found 2
events json 'map(.event) | .[index("daemon-lost") + 1] == "daemon-back"'
ok $? "after daemon-back"
grep -qx "sdreg: the daemon is back" "$LAN_DIR/text.err"
ok $? "which text says, too"
sort -u "$LAN_DIR/lines.out" | grep -c '^=' | grep -qx 4
ok $? "-p prints the same lines again"
daemon_stop romeo KILL
soon 2 "the daemon is killed: the same" lost 2
daemon_start romeo
soon 8 "and all is found again" found 3

dbus_stop romeo
soon 2 "D-Bus ends: all is told as removed" lost 3
before=$(ticks)
sleep 1.5
(($(ticks) - before <= 4))
ok $? "whoever waits for it does not spin"
dbus_start romeo
daemon_start romeo
soon 8 "both are back, and all is found again" found 4
dbus_stop romeo KILL
soon 2 "D-Bus is killed: the same" lost 4
dbus_start romeo
daemon_start romeo
soon 8 "and all is found again" found 5
halt INT 0 "after all that, SIGINT ends them as ever" json lines text fail
live=()

# ---- it hangs ----

notes out err json.out json.err
ghosts
ghost '{"do": "add", "name": "dead", "type": "_dead._tcp"}'
wait_for romeo _dead._tcp
read -r daemon <"$LAN_DIR/romeo/avahi-daemon.pid"
# dead is not answered for, and given up after seven seconds
live json --json browse -t --timeout 10 _http._tcp _dead._tcp
lan_until "a service" events json 'any(.[]; .event == "resolved")'
kill -STOP "$daemon"
hangs=$(ms)
live text browse -t
live check check --live
sleep 0.7
halt INT 130 "a daemon that hangs can be left" text check
ends 5 2 "or ends a snapshot that may take two seconds" "$SDREG" browse -t --timeout 2
one_line "avahi-daemon hangs: restart it"
ok $? "and one line says why"
ended "${live[json]}"
[ $? = 2 ] && (($(ms) - hangs < 12500)) && events json 'any(.[]; .event == "resolved")' &&
	grep -q "avahi-daemon hangs: restart it" "$LAN_DIR/json.err"
ok $? "one that had begun is over after its twelve seconds, too ($(($(ms) - hangs)) ms)"
kill -CONT "$daemon"
live=()

# ---- it hangs for a while, among 300 questions ----

notes json.out json.err
for i in {1..300}; do
	ghost '{"do": "add", "name": "'"$i"'", "type": "_deaf._tcp"}'
done
wait_for romeo _deaf._tcp=300
# What was given up meanwhile is still spoken of: memory that is free is made to look like nothing
MALLOC_PERTURB_=165 live json --json browse _deaf._tcp
lan_until "the services" events json '[.[] | select(.event == "added")] | length == 300'
sleep 1
kill -STOP "$daemon"
sleep 8 # more than the seven after which an answer is not waited for
kill -CONT "$daemon"
soon 5 "a daemon that hung for a while is lost and back" events json '
	map(.event) | index("daemon-lost") != null and index("daemon-back") != null'
halt INT 0 "and who looked on is still there" json
notes text.err check.out check.err
live text browse _deaf._tcp
live check check --live --timeout 2 _deaf._tcp
sleep 1
kill -STOP "$daemon"
hangs=$(ms)
sleep 0.5
halt INT 0 "one that hangs while it is asked can be left, too" text
ended "${live[check]}"
[ $? = 2 ] && (($(ms) - hangs < 5000)) &&
	grep -q "avahi-daemon hangs: restart it" "$LAN_DIR/check.err"
ok $? "and check --live ends in time ($(($(ms) - hangs)) ms)"
kill -CONT "$daemon"
live=()

# ---- it goes in the middle of a snapshot ----

notes out err
# dies HOW...: how long a snapshot lasts when this happens, in $took, and how it ends
dies() {
	local start
	: >"$LAN_DIR/out"
	start romeo "$SDREG" "${form[@]}" >>"$LAN_DIR/out" 2>"$LAN_DIR/err" </dev/null
	sleep 1.5 # the one that is dead is asked for five seconds
	start=$(ms)
	"$@"
	ended "$started"
	status=$?
	took=$(($(ms) - start))
	((took < 2000)) && [ $status = 2 ]
}
form=(browse -t _http._tcp _dead._tcp)
dies daemon_stop romeo KILL
ok $? "a snapshot whose daemon is killed ends at once with 2 (it took $took ms, status $status)"
one_line "$gone_line"
ok $? "and one line says why"
daemon_start romeo
form=(--json browse -t _http._tcp _dead._tcp)
dies daemon_stop romeo
ok $? "the same with --json and a daemon that ends (it took $took ms, status $status)"
jq -se '.[-2].event == "daemon-lost" and .[-1].event == "end" and
	([.[] | select(.event == "added")] | length) ==
	([.[] | select(.event == "removed")] | length)' "$LAN_DIR/out" >/dev/null
ok $? "whose last events are daemon-lost and end"
daemon_start romeo
form=(browse -tpr _http._tcp _dead._tcp)
dies dbus_stop romeo KILL
ok $? "the same with -p and a bus that is killed (it took $took ms, status $status)"
one_line "$gone_line"
ok $? "and one line says why"
dbus_start romeo

# ---- there is none ----

none() {
	ends 1 2 "$1: a snapshot" "$SDREG" browse -t
	one_line "no avahi-daemon is running"
	ok $? "and one line that says what to do"
	ends 1 2 "$1: --json" "$SDREG" --json browse
	[ ! -s "$LAN_DIR/out" ] && one_line "no avahi-daemon is running"
	ok $? "and one line, on standard error"
	ends 1 2 "$1: -p" "$SDREG" browse -p
	ends 1 2 "$1: check --live" "$SDREG" check --live
	one_line "no avahi-daemon is running"
	ok $? "and one line that says what to do"
}
none "no daemon"
ends 3 2 "-f -t waits, no longer than it may" "$SDREG" browse -ft --timeout 1
one_line "no avahi-daemon came within 1000 ms"
ok $? "and one line says so"
dbus_stop romeo
none "no bus"
live fail --json browse -f
live text browse -f
live once --json browse -ft _http._tcp _dead._tcp
live never browse -f
notes fail.out fail.err text.out text.err once.out once.err
sleep 1.2
# waits: what -f says once of having to wait, and nothing else
waits() {
	events fail 'length == 1 and .[0].event == "daemon-lost" and (.[0].error | test("waiting for it"))'
}
waits && [ ! -s "$LAN_DIR/fail.err" ] &&
	[ "$(grep -c "^sdreg: there is no avahi-daemon yet: waiting for it" "$LAN_DIR/text.err")" = 1 ]
ok $? "-f waits for the bus, and says so"
halt TERM 2 "and can be ended meanwhile, in vain" never
dbus_start romeo
sleep 1.2
waits
ok $? "and for the daemon"
daemon_start romeo
soon 8 "it comes, and all is found" events fail '[.[] | select(.event == "resolved") | .name] |
	sort == ["One", "Two"]'
events fail '[.[] | select(.event | startswith("daemon")) | .event] == ["daemon-lost", "daemon-back"]'
ok $? "and that it is there is told"
soon 8 "in text" times 1 text "+ One"
soon 8 "-f -t comes to its end" events once '.[-1].event == "end"'
ended "${live[once]}"
ok $(($? != 1)) "with 1, as one did not answer"
halt INT 0 "SIGINT ends the others" fail text
echo "1..$number"
