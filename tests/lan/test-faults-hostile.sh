#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg browse among services that mean harm. What they say reaches no terminal as it is, and
# is lost nowhere. tybalt says it (hostile.py), romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "romeo tybalt" "$here/test-faults-hostile.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"

# Control bytes but LF, C1 as UTF-8 and as bytes, and what turns the direction of text. avahi-browse
# prints DEL as it is, and so does -p.
controls='[\x00-\x09\x0b-\x1f]|\xc2[\x80-\x9f]|(?<![\x80-\xf4])[\x80-\xbf]|[\xc0\xc1\xf5-\xff]'
controls+='|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbb\xbf'

# harmless NAME PATTERN FILE...
harmless() {
	local name=$1 pattern=$2
	shift 2
	LC_ALL=C grep -aP -e "$pattern" "${@/#/$LAN_DIR/}" >"$LAN_DIR/found"
	ok $(($? != 1)) "$name: no control bytes"
}

# shot ID COMMAND...: in the background, all at one time
shots=()
shot() {
	(
		on romeo timeout 30 "${@:2}" >"$LAN_DIR/$1.out" 2>"$LAN_DIR/$1.err" </dev/null
		echo "$?" >"$LAN_DIR/$1.status"
	) &
	shots+=($!)
}

python3 "$here/hostile.py" say >"$LAN_DIR/said"
ghosts
cat "$LAN_DIR/said" >&9
wait_for romeo _hostile._tcp=29 _dead._tcp=11 || exit 99
# and all types, of which the first look may miss some
all_known() { [ "$(on romeo avahi-browse -apt 2>/dev/null | wc -l)" -ge 45 ]; }
lan_until "all types" all_known || exit 99
live text browse
live all --json browse
shot text-t "$SDREG" browse -tv
shot json "$SDREG" --json browse -t
shot lines "$SDREG" browse -aprt
shot theirs avahi-browse -arptk
shot check "$SDREG" check --live
shot terminal script -qec "$SDREG browse -t" /dev/null
wait "${shots[@]}"
halt INT 0 "who goes on is still there" text all

notes found
for id in text text-t check json all; do
	harmless "$id" "$controls|\x7f" "$id.out" "$id.err"
done
harmless "-p" "$controls" lines.out lines.err
sed 's/\x1b\[[0-9;]*[mK]//g; s/\r//g' "$LAN_DIR/terminal.out" >"$LAN_DIR/plain.out"
harmless "on a terminal but its own" "$controls|\x7f" plain.out
for id in text-t json lines; do
	grep -qx 1 "$LAN_DIR/$id.status"
	ok $? "$id: exit status 1, for those that do not answer"
done
sort "$LAN_DIR/lines.out" >"$LAN_DIR/ours"
sort "$LAN_DIR/theirs.out" >"$LAN_DIR/theirs"
[ "$(wc -l <"$LAN_DIR/ours")" -ge 70 ] && diff "$LAN_DIR/ours" "$LAN_DIR/theirs" >"$LAN_DIR/found"
ok $? "-p: as avahi-browse, byte for byte"
for id in json all; do
	python3 "$here/hostile.py" check <"$LAN_DIR/$id.out" >"$LAN_DIR/found" 2>&1
	ok $? "$id: every service, and every byte of its TXT record"
	jq -e . "$LAN_DIR/$id.out" >/dev/null 2>"$LAN_DIR/found"
	ok $? "$id: is JSON"
done
for name in 'no SRV' 'no address' 'root' 'no TXT' 'cut' '\\027]0;OWNED\\007\\027\[2J'; do
	grep -q "^sdreg: no answer from \"$name\" of type _dead._tcp" "$LAN_DIR/text-t.err"
	ok $? "$name: is said not to answer"
done
echo "1..$number"
