#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: a live browse under churn. tybalt's services come, change and go a hundred times a second,
# and romeo's daemon is restarted again and again: memory stays flat, and in the end the picture is
# tybalt's. SOAK_SECONDS is how long, 20 by default; `make soak` takes five minutes.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	for tool in python3 jq; do
		command -v "$tool" >/dev/null && continue
		echo "1..0 # SKIP $tool is not installed"
		exit 0
	done
	exec "$here/lan.sh" --tap "romeo tybalt" "$here/test-soak.sh" inside
fi
: "${SDREG:?}" "${SOAK_SECONDS:=20}"
RESTART=20

number=0
ok() {
	number=$((number + 1))
	[ "$1" = 0 ] || printf 'not '
	echo "ok $number - $2"
}

# The process that browses: the one that libtool's script, if there is one, has become.
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$watcher/status"; }

# Every service with what was told of it last; what went is not there.
picture() {
	jq -cn 'reduce inputs as $e ({};
			if $e.event == "removed" then del(.[$e.name])
			elif $e.event == "resolved" or $e.event == "changed" then
				.[$e.name] = ($e.txt[] | select(.key == "state").value)
			else . end) |
		to_entries | sort_by(.key | ltrimstr("Service ") | tonumber)[] |
		{name: .key, state: .value}' "$LAN_DIR/live" | jq -c .
}

same() { cmp -s <(picture) <(jq -c . "$LAN_DIR/truth"); }

daemon_stop tybalt
mkfifo "$LAN_DIR/commands"
exec 9<>"$LAN_DIR/commands"
start tybalt python3 "$here/mdns.py" serve <&9
start romeo "$SDREG" browse --json -f _soak0._tcp _soak1._tcp _soak2._tcp _soak3._tcp _soak4._tcp \
	>"$LAN_DIR/live" 2>"$LAN_DIR/err"
# shellcheck disable=SC2154 # functions.sh sets it
watcher=$started
python3 "$here/churn.py" "$SOAK_SECONDS" 100 "$LAN_DIR/truth" >&9 &
churn=$!

# Once it has had the daemon lost and back, it has needed all that it will need.
restarts=0 early=0 next=$((RESTART / 2))
SECONDS=0
while kill -0 "$churn" 2>/dev/null; do
	sleep 1
	((SECONDS >= next)) || continue
	next=$((SECONDS + RESTART))
	daemon_stop romeo KILL
	daemon_start romeo
	restarts=$((restarts + 1))
	[ "$restarts" != 2 ] || early=$(resident)
done
wait "$churn"
[ -s "$LAN_DIR/truth" ]
ok $? "churn for $SOAK_SECONDS s, with $restarts restarts of the daemon"
[ "$(jq -n '[inputs | select(.event == "daemon-back")] | length' "$LAN_DIR/live")" = "$restarts" ]
ok $? "each is told"
lan_until "the picture" same
ok $? "in the end the picture is that of who publishes"
same || diff <(picture) <(jq -c . "$LAN_DIR/truth") | sed 's/^/#   /'
late=$(resident)
echo "# resident: $early KiB early, $late KiB in the end; $(wc -l <"$LAN_DIR/live") events"
if [ "$early" != 0 ]; then
	((late < early + early / 4))
	ok $? "memory is flat"
fi
stop "$watcher"
[ ! -s "$LAN_DIR/err" ] || sed 's/^/#   /' "$LAN_DIR/err"
echo "1..$number"
