#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: want of memory with a real daemon: what no-memory.c does, on romeo. juliet publishes.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
program=${BUILDDIR:-.}/tests/lan/no-memory
if [ "${1-}" != inside ]; then
	if [ ! -x "$program" ]; then
		echo "1..0 # SKIP built without Avahi or cmocka"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-no-memory.sh" inside
fi

publish juliet One _http._tcp 80 a=b
publish juliet Two _ipp._tcp 631
wait_for romeo _http._tcp _ipp._tcp
# its cache is to have the hosts, too
on romeo avahi-browse -art >/dev/null
on romeo env CMOCKA_MESSAGE_OUTPUT=TAP timeout 150 "$program"
