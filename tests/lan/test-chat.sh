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

# say HOST BODY: a stream to chat from a host, which says that it is romeo's
# shellcheck disable=SC2016 # what stands in single quotes is the other shell's
say() {
	on "$1" timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "%s" "$2" >&3 && sleep 1' \
		"$address" "$port" "<stream:stream xmlns='jabber:client' from='romeo@romeo' \
xmlns:stream='http://etherx.jabber.org/streams'><message><body>$2</body></message>" || true
}

mkfifo "$LAN_DIR/chat.in"
exec 9<>"$LAN_DIR/chat.in"
start romeo avahi-publish -s romeo@romeo _presence._tcp 5298 txtvers=1 status=avail \
	>/dev/null 2>&1
start juliet "$BUILDDIR/examples/chat" nurse <&9 >"$LAN_DIR/chat.out" 2>"$LAN_DIR/chat.err"
echo 1..3
result() { [ "$1" = 0 ] && echo "ok $2" || echo "not ok $2"; }
within 15 chat '^\+ romeo@romeo'
result $? "1 - chat sees romeo"
for _ in 1 2 3 4 5; do
	IFS=';' read -r _ _ _ _ _ _ _ address port _ < <(
		on romeo avahi-browse -rptk _presence._tcp | grep '^=;[^l][^;]*;IPv4;nurse')
	[ -z "${port-}" ] || break
	sleep 1
done
say romeo "truly romeo"
within 2 chat '^romeo@romeo> truly romeo$'
result $? "2 - a stream from romeo's host is believed"
say juliet "forged"
! within 1 chat '> forged$'
result $? "3 - one from another host is not"
echo quit >&9
