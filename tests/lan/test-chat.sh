#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: chat believes no stream that says it is a buddy's and comes from another host.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/examples/chat" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-chat.sh" inside
fi
: "${BUILDDIR:?}"

# within SECONDS FILE PATTERN: a line of the file has the pattern in time
within() {
	local tries=$(($1 * 10))
	until grep -qE "$3" "$LAN_DIR/$2.out"; do
		((tries-- > 0)) || return 1
		sleep 0.1
	done
}

# say HOST HEADER BODIES: a stream to chat from a host, whose header has these attributes
# shellcheck disable=SC2016 # what stands in single quotes is the other shell's
say() {
	on "$1" timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "%s" "$2" >&3 && sleep 1' \
		"$address" "$port" "<stream:stream xmlns='jabber:client' $2 \
xmlns:stream='http://etherx.jabber.org/streams'><message>$3</message>" || true
}

# listen ADDRESS PORT FILE: romeo takes one stream there, answers, and writes down what comes
listen() {
	start romeo timeout 30 python3 "$here/stream.py" "$1" "$2" >"$LAN_DIR/$3.out" 2>&1
	within 10 "$3" '^listening$'
}

mkfifo "$LAN_DIR/chat.in"
exec 9<>"$LAN_DIR/chat.in"
start romeo avahi-publish -s romeo@romeo _presence._tcp 5298 txtvers=1 status=avail \
	>/dev/null 2>&1
start juliet env LC_ALL=C "$BUILDDIR/examples/chat" nurse <&9 >"$LAN_DIR/chat.out" 2>"$LAN_DIR/err.out"
count=0
result() {
	local status=$?
	count=$((count + 1))
	[ "$status" = 0 ] && echo "ok $count - $1" || echo "not ok $count - $1"
}
within 15 chat '^\+ romeo@romeo'
result "chat sees romeo"
for _ in 1 2 3 4 5; do
	IFS=';' read -r _ _ _ _ _ _ _ address port _ < <(
		on romeo avahi-browse -rptk _presence._tcp | grep '^=;[^l][^;]*;IPv4;nurse')
	[ -z "${port-}" ] || break
	sleep 1
done

# ---- who speaks ----

say romeo "from='romeo@romeo'" "<body>truly romeo</body>"
within 2 chat '^romeo@romeo> truly romeo$'
result "a stream from romeo's host is believed"
say romeo "" "<body>no name</body>"
within 2 chat '^romeo@romeo> no name$'
result "one without a name is of the one buddy there"
say romeo "from='ROMEO@Romeo'" "<body>upper case</body>"
within 2 chat '^romeo@romeo> upper case$'
result "upper and lower case are the same"
say juliet "from='romeo@romeo'" "<body>forged</body>"
within 2 err '^chat: a stream from [0-9.]+, of romeo@romeo, is refused'
result "one from another host is refused, and that is said"
say romeo "from='tybalt@romeo'" "<body>forged</body>"
within 2 err '^chat: a stream from [0-9.]+, of tybalt@romeo, is refused'
result "and one of a name that is not there"
! grep -q forged "$LAN_DIR/chat.out"
result "neither is shown"

# ---- which text ----

say romeo "from='romeo@romeo'" "<body>plain</body><body xml:lang='de'>deutsch</body>"
within 2 chat '^romeo@romeo> plain$'
result "of several bodies the one without a language is shown"
say romeo "from='romeo@romeo'" "<body xml:lang='de'>erst</body><body>then plain</body>"
within 2 chat '^romeo@romeo> then plain$'
result "wherever it stands"
say romeo "from='romeo@romeo'" "<body xml:lang='de'>nur</body><body xml:lang='fr'>seul</body>"
within 2 chat '^romeo@romeo> nur$'
result "else the first"

# ---- what does not arrive ----

echo "romeo@romeo: is anybody there" >&9
within 10 err '^chat: romeo@romeo did not get: is anybody there$'
result "a message to a closed port is told to be lost"
listen :: 5298 six
echo "romeo@romeo: over six" >&9
within 15 six '<body>over six</body>'
result "where nothing listens over IPv4, IPv6 is tried"
! grep -q "did not get: over six" "$LAN_DIR/err.out"
result "and that message is not lost"
echo "1..$count"
echo quit >&9
