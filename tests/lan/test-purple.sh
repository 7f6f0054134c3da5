#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: a peer that is not ours. romeo runs libpurple's Bonjour account, juliet the examples.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/tests/lan/purple-peer" ]; then
		echo "1..0 # SKIP built without libpurple (Debian: libpurple-dev)"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-purple.sh" inside
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
	tail -n 20 "$LAN_DIR"/*.out "$LAN_DIR"/*.err 2>/dev/null | sed 's/^/#   /'
}

# soon SECONDS FILE PATTERN NAME: a line that came since the last call has the pattern, within a time
soon() {
	local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
	until grep -qE "$3" "$LAN_DIR/$2.out"; do
		if ((${EPOCHREALTIME/./} >= end)); then
			ok 1 "$4"
			return
		fi
		sleep 0.05
	done
	ok 0 "$4"
	: >"$LAN_DIR/$2.out" # what comes next is what counts next
}

tab=$'\t'
for name in purple announce chat; do
	mkfifo "$LAN_DIR/$name.in"
done
exec 7<>"$LAN_DIR/purple.in" 8<>"$LAN_DIR/announce.in" 9<>"$LAN_DIR/chat.in"
mkdir "$LAN_DIR/home"
start juliet "$BUILDDIR/examples/roster" </dev/null >>"$LAN_DIR/roster.out" 2>"$LAN_DIR/roster.err"
# shellcheck disable=SC2154 # functions.sh sets it
roster=$started
start romeo env HOME="$LAN_DIR/home" LC_ALL=C.UTF-8 "$BUILDDIR/tests/lan/purple-peer" \
	"$LAN_DIR/home" romeo 5298 first=Romeo last=Montague jid=romeo@montague.lit \
	<&7 >>"$LAN_DIR/purple.out" 2>"$LAN_DIR/purple.err"
soon 20 purple '^online$' "the peer is online"
soon 10 roster "^[+~] Romeo Montague${tab}avail${tab}romeo@romeo${tab}romeo.local:5298" \
	"roster sees the peer, its name and its status"
wait_for juliet _presence._tcp
on juliet "$SDREG" check --live --strict _presence._tcp >"$LAN_DIR/check.out" 2>&1
ok $? "check --live finds no fault with it"
grep -q 'AIM\|txtvers-late' "$LAN_DIR/check.out"
ok $((! $?)) "nor with the order of its strings"

# our announcement, as the peer sees it
start juliet "$BUILDDIR/examples/announce" juliet 5311 nick=JuliC <&8 >>"$LAN_DIR/announce.out" 2>&1
soon 10 purple "^buddy${tab}juliet@juliet${tab}JuliC${tab}available" "the peer sees a buddy"
# The peer learns of changes by Avahi's resolver, which waits until the old record has run out: a
# second or two later, or at the next change.
sleep 2.5
echo dnd >&8
soon 4 purple "^buddy${tab}juliet@juliet${tab}JuliC${tab}away" "dnd, which the peer calls away"
sleep 2.5
echo avail >&8
soon 4 purple "^buddy${tab}juliet@juliet${tab}JuliC${tab}available" "available"

# the peer's status, as we see it: what it calls away is dnd on the wire
: >"$LAN_DIR/roster.out"
echo "status away" >&7
soon 2 roster "^~ Romeo Montague${tab}dnd" "the peer's status within two seconds"
sleep 3.5 # Avahi holds the record before for two seconds: one that comes back then is no news to it
echo "status available" >&7
soon 2 roster "^~ Romeo Montague${tab}avail" "and back"

# messages
start juliet "$BUILDDIR/examples/chat" nurse <&9 >>"$LAN_DIR/chat.out" 2>"$LAN_DIR/chat.err"
soon 10 purple "^buddy${tab}nurse@juliet" "the peer sees chat"
soon 10 chat '^\+ romeo@romeo' "chat sees the peer"
# libpurple takes what comes for HTML, so that tags are lost there
echo 'romeo@romeo: wherefore & "thou" ümläut 😀?' >&9
soon 5 purple "^message${tab}nurse@juliet${tab}wherefore & \"thou\" ümläut 😀\\?\$" \
	"a message from chat to the peer"
echo 'send nurse@juliet she <speaks> & ümläut 😀' >&7
soon 5 chat '^romeo@romeo> she <speaks> & ümläut 😀$' "and one back, over the same stream"
echo 'romeo@romeo: again' >&9
soon 5 purple "^message${tab}nurse@juliet${tab}again\$" "and again"
echo quit >&9
soon 5 purple "^gone${tab}nurse@juliet\$" "chat says goodbye"

# now the peer opens the stream
sleep 1
start juliet "$BUILDDIR/examples/chat" nurse <&9 >>"$LAN_DIR/chat.out" 2>>"$LAN_DIR/chat.err"
soon 10 purple "^buddy${tab}nurse@juliet" "chat is back"
echo 'send nurse@juliet good night' >&7
soon 5 chat '^romeo@romeo> good night$' "a message over a stream that the peer opened"
sleep 1
echo quit >&9

echo quit >&8
soon 5 purple "^gone${tab}juliet@juliet\$" "a goodbye is seen"
echo quit >&7
soon 5 roster "^- Romeo Montague" "the peer's goodbye, too"
stop "$roster"
echo "1..$number"
