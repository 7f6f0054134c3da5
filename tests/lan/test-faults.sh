#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg browse when peers do not answer, signals come, readers go, a disk is full, interfaces
# come and go, and IPv4 is missing. romeo looks; juliet publishes; tybalt says what is wrong.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-faults.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"

publish juliet One _http._tcp 80 a=b
publish romeo Own _http._tcp 81
ghosts
wait_for romeo _http._tcp=2

# ---- signals ----

# whole ID: there is output, of whole lines
whole() { [ -s "$LAN_DIR/$1.out" ] && [ "$(tail -c 1 "$LAN_DIR/$1.out" | wc -l)" = 1 ]; }

for signal in INT TERM; do
	live json --json browse
	live lines browse -pr
	live text browse
	notes json.out json.err lines.out text.out text.err
	soon 5 "what is there is found" whole text
	sleep 0.3
	halt "$signal" 0 "SIG$signal ends what is live, at once, as it does avahi-browse" json lines text
	whole json && whole lines && whole text && jq . "$LAN_DIR/json.out" >/dev/null
	ok $? "with whole lines, and all of them"
	[ ! -s "$LAN_DIR/text.err" ] && [ ! -s "$LAN_DIR/json.err" ]
	ok $? "and without a word"
done
notes out err
ghost '{"do": "add", "name": "dead", "type": "_dead._tcp"}'
wait_for romeo _dead._tcp
# by name: whether all types are heard of within the second that Avahi gives them is chance
types=(_http._tcp _dead._tcp)
live json --json browse -t "${types[@]}"
live text browse -t "${types[@]}"
sleep 1
halt INT 130 "SIGINT ends a snapshot" json text
[ ! -s "$LAN_DIR/text.out" ]
ok $? "which shows no half of it"
live check check --live "${types[@]}"
sleep 1
halt TERM 143 "and check --live" check
on romeo script -qec "timeout --foreground -s INT 2.5 $SDREG browse -t ${types[*]}" /dev/null \
	>"$LAN_DIR/out" 2>"$LAN_DIR/err" </dev/null
[ "$(tr '\r' '\n' <"$LAN_DIR/out" | tail -n 1)" = $'\033[K' ] &&
	grep -q ' of [0-9]* services' "$LAN_DIR/out"
ok $? "and on a terminal the line that says how far it is goes"

# ---- peers that do not answer ----

ghost '{"do": "add", "name": "far", "type": "_dead._tcp", "host": "far.local", "port": 1}'
wait_for romeo _dead._tcp=2
start=$(ms)
live text browse -t "${types[@]}"
live json --json browse -t "${types[@]}"
live lines browse -prt "${types[@]}"
notes text.out text.err json.out lines.out lines.err
for id in text json lines; do
	ended "${live[$id]}"
	ok $(($? != 1)) "peers that do not answer: a snapshot ends with 1 ($id)"
done
took=$(($(ms) - start))
((took < 6500))
ok $? "soon after the five seconds that Avahi gives them ($took ms)"
for name in dead far; do
	grep -q "^sdreg: no answer from \"$name\" of type _dead._tcp" "$LAN_DIR/text.err" &&
		grep -qx "  $name  (no answer)" "$LAN_DIR/text.out"
	ok $? "$name: text says so"
	events json "[.[] | select(.event == \"failed\" and .name == \"$name\")] | length == 1"
	ok $? "$name: --json says so"
	grep -q "^+;eth0;IPv4;$name;_dead._tcp;local\$" "$LAN_DIR/lines.out" &&
		grep -q "^sdreg: no answer from \"$name\"" "$LAN_DIR/lines.err"
	ok $? "$name: -p says so"
done
times 1 text "10.88.0.1"
ok $? "others are shown with what they have"

# quits NAME COMMAND...: a snapshot that waits for the dead ends soon after the command
quits() {
	local name=$1 from
	shift
	live text browse -t "${types[@]}"
	sleep 1.5
	"$@"
	from=$(ms)
	ended "${live[text]}"
	ok $(($? != 0)) "$name while it is resolved: the snapshot ends with 0"
	(($(ms) - from < 1800)) # a goodbye takes a second (RFC 6762 section 10.1)
	ok $? "at once ($(($(ms) - from)) ms)"
	! grep -q '_dead\|no answer' "$LAN_DIR/text.out" "$LAN_DIR/text.err"
	ok $? "and says nothing of it"
}
bye() {
	ghost '{"do": "bye", "name": "dead", "type": "_dead._tcp"}'
	ghost '{"do": "bye", "name": "far", "type": "_dead._tcp"}'
}
quits "a goodbye" bye

# ---- readers that go, and a full disk ----

# reads WITHIN WANTED NAME COMMAND...: bash's command, on romeo
reads() { ends "$1" "$2" "$3" bash -c "$4"; }
reads 2 141 "a pipe that is closed ends what is live" \
	"$SDREG --json browse -a | head -n 1 >/dev/null; exit \${PIPESTATUS[0]}"
[ ! -s "$LAN_DIR/err" ]
ok $? "without a word"
reads 2 141 "also when nothing more happens" \
	"$SDREG --json browse _nobody._tcp | sleep 0.5; exit \${PIPESTATUS[0]}"
reads 2 141 "and with -p" "$SDREG browse -p | sleep 0.5; exit \${PIPESTATUS[0]}"
reads 2 141 "and a snapshot" "$SDREG browse -t _nobody._tcp | true; exit \${PIPESTATUS[0]}"
reads 2 141 "and check --live" "$SDREG check --live _nobody._tcp | true; exit \${PIPESTATUS[0]}"
reads 2 2 "and where SIGPIPE is ignored" \
	"trap '' PIPE; $SDREG browse _nobody._tcp | true; exit \${PIPESTATUS[0]}"
one_line "sdreg: standard output: Broken pipe"
ok $? "with a word"
for form in "browse -t" "browse" "browse -pr" "browse -pt" "--json browse" "--json browse -t" \
	"check --live"; do
	reads 3 2 "a full disk: $form" "$SDREG $form >/dev/full"
	one_line "sdreg: standard output: No space left on device"
	ok $? "a full disk: one line says so"
done

# ---- interfaces that come and go ----

live json --json browse
live one --json browse --interface eth0 _http._tcp
live ours browse -apr
start romeo avahi-browse -aprk >"$LAN_DIR/theirs.out" 2>/dev/null </dev/null
theirs=$started
notes json.out ours.out theirs.out
# one NAME EVENT COUNT: juliet's service was told so by both, and so many times
one() {
	soon 8 "$1" events json "[.[] | select(.name == \"One\" and .event == \"$2\")] | length == $3"
	soon 2 "the same of --interface" events one \
		"[.[] | select(.name == \"One\" and .event == \"$2\")] | length == $3"
}
# settled RESOLVED REMOVED: what -p has
settled() {
	local file
	for file in ours theirs; do
		[ "$(grep -c '^=' "$LAN_DIR/$file.out")" = "$1" ] &&
			[ "$(grep -c '^-' "$LAN_DIR/$file.out")" = "$2" ] || return 1
	done
}
one "what is there is found" resolved 1
soon 3 "by avahi-browse, too" settled 5 0
link_down romeo
one "the cable is pulled: it goes" removed 1
soon 3 "-p says so as avahi-browse does" settled 5 4
link_up romeo
one "it is plugged in: it is back" resolved 2
soon 3 "and the same" settled 9 4
link_delete romeo
one "the interface is taken away: it goes" removed 2
soon 3 "and the same" settled 9 8
link_add romeo 2
one "there is one again: it is back" resolved 3
soon 3 "and the same" settled 13 8
kill "$theirs"
halt INT 0 "SIGINT ends them as ever" json one ours
# avahi-browse has no name any more for what was taken away; and which of a host's addresses is told
# while an interface comes is a matter of chance
same() { sed 's/^-;(null);/-;eth0;/; s/^\(=.*\.local;\)[^;]*;/\1;/' "$1" | sort; }
diff <(same "$LAN_DIR/ours.out") <(same "$LAN_DIR/theirs.out") >"$LAN_DIR/out"
status=$?
notes out
ok $status "and all lines of -p are avahi-browse's"
ghost '{"do": "add", "name": "dead", "type": "_dead._tcp"}'
wait_for romeo _dead._tcp
quits "its interface going" link_delete romeo
link_add romeo 2

# ---- without IPv4 ----

for host in juliet romeo; do
	daemon_stop $host
	daemon_start $host use-ipv4=no
done
mkfifo "$LAN_DIR/juliet.in"
exec 8<>"$LAN_DIR/juliet.in"
start juliet "$BUILDDIR/examples/announce" juliet 5298 <&8 >"$LAN_DIR/juliet.out" 2>&1
wait_for romeo _presence._tcp
link=$(on juliet ip -6 -o address show dev eth0 scope link | sed 's/.*inet6 \([^/]*\).*/\1/')
notes json.out out err
live json --json browse _presence._tcp
soon 8 "IPv6 alone: a peer, with the interface in its address" events json \
	"any(.[]; .event == \"resolved\" and .addresses == [\"$link%eth0\"])"
sleep 1
echo "away On the balcony" >&8
soon 3 "and what it changes" events json 'any(.[]; .event == "changed" and
	any(.txt[]; .key == "status" and .value == "away"))'
halt INT 0 "and its end" json
ends 5 0 "a snapshot" "$SDREG" browse -t6 _presence._tcp
grep -qx "    address   $link%eth0" "$LAN_DIR/out"
ok $? "with the interface"
ends 5 1 "and of IPv4 nothing" "$SDREG" browse -t4 _presence._tcp
on romeo avahi-browse -rptk _presence._tcp >"$LAN_DIR/theirs" 2>/dev/null
ends 5 0 "-p" "$SDREG" browse -rpt _presence._tcp
cmp -s "$LAN_DIR/out" "$LAN_DIR/theirs"
ok $? "as avahi-browse, which tells no interface with the address"

# ---- nowhere to write to ----

for closed in '>&-' '<&- >&-' '<&- >&- 2>&-'; do
	ends 5 2 "$closed: -p" bash -c "\"\$SDREG\" browse -prt _presence._tcp $closed"
	ends 5 2 "$closed: check" bash -c "\"\$SDREG\" check --live _presence._tcp $closed"
done
# shellcheck disable=SC2016 # expanded by the inner shell
ends 5 2 "a page for a full disk" bash -c '"$SDREG" browse -t --html - _presence._tcp >/dev/full'
one_line "standard output: No space left on device"
ok $? "is said to be one"
echo "1..$number"
