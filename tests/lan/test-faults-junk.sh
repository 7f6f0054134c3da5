#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: every command that meets the network, where somebody sends what no service would: records
# that lead elsewhere or nowhere, lengths that lie, a storm of changes and of messages that are none.
# All end in time, and say nothing that a terminal would obey. tybalt says it (junk.py), romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-watch" ]; then
		echo "1..0 # SKIP built without Avahi or ncurses"
		exit 0
	fi
	for tool in python3 jq xmllint script; do
		command -v "$tool" >/dev/null && continue
		echo "1..0 # SKIP $tool is not installed"
		exit 0
	done
	exec "$here/lan.sh" --tap "romeo tybalt" "$here/test-faults-junk.sh" inside
fi
# shellcheck source=tests/lan/faults.sh
. "$here/faults.sh"
unset NO_COLOR
export LC_ALL=C.UTF-8

shots=()
# What goes on, and what ends by itself
lives=(text all places domains roster) looks=(text-t json html check check-json domains-t terminal)
# Control bytes but LF and the tab, which roster and the page use, C1 as UTF-8, what turns the
# direction of text, and what is no UTF-8
signs='\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbb\xbf'
controls="[\\x00-\\x08\\x0b-\\x1f\\x7f]|$signs"
controls+='|(?<![\x80-\xf4])[\x80-\xbf]|[\xc0\xc1\xf5-\xff]'

# shot ID COMMAND...: in the background, all at one time
shot() {
	(
		on romeo timeout -s KILL 25 "${@:2}" >"$LAN_DIR/$1.out" 2>"$LAN_DIR/$1.err" </dev/null
		echo "$?" >"$LAN_DIR/$1.status"
	) &
	shots+=($!)
}

go_on() {
	live text browse
	live all --json browse
	live places browse -pr
	live domains browse -D
	start romeo "$BUILDDIR/examples/roster" >"$LAN_DIR/roster.out" 2>"$LAN_DIR/roster.err"
	# shellcheck disable=SC2154 # functions.sh sets it
	live[roster]=$started
}

look() {
	shots=()
	shot text-t "$SDREG" browse -tv --timeout 9
	shot json "$SDREG" --json browse -t --timeout 9
	shot html "$SDREG" browse -t --timeout 9 --html "$LAN_DIR/page"
	shot check "$SDREG" check --live --timeout 9
	shot check-json "$SDREG" --json check --live --timeout 9
	shot domains-t "$SDREG" browse -Dt --timeout 9
	shot terminal script -qec "$SDREG browse -t --timeout 9" /dev/null
	shot watch python3 "$here/terminal.py" 80 \
		timeout --foreground --preserve-status -k 2 -s INT 8 "$SDREG" browse --watch
	[ $# = 0 ] || "$@"
	wait "${shots[@]}"
}

# harmless NAME PATTERN FILE...
harmless() {
	local name=$1 pattern=$2
	shift 2
	LC_ALL=C grep -aP -e "$pattern" "${@/#/$LAN_DIR/}" >"$LAN_DIR/found"
	ok $(($? != 1)) "$name: no control characters"
}

# judge WHEN: what was said then
judge() {
	local id bad=0
	for id in "${looks[@]}" watch; do
		grep -qx '[01]' "$LAN_DIR/$id.status" && continue
		# the daemon's own fault, which is said
		grep -qx 2 "$LAN_DIR/$id.status" && grep -qE 'avahi-daemon (hangs|does not answer)' \
			"$LAN_DIR/$id.out" "$LAN_DIR/$id.err" && continue
		bad=1
		echo "#   $id: exit status $(cat "$LAN_DIR/$id.status")"
	done
	ok $bad "$1: each look ends in time, with 0 or 1"
	sed -i 's/\x1b\[[0-9;]*[mK]//g; s/\r//g' "$LAN_DIR/terminal.out"
	for id in "${looks[@]}" "${lives[@]}"; do
		harmless "$1: $id" "$controls" "$id.out" "$id.err"
	done
	harmless "$1: the page" "$controls" page
	harmless "$1: --watch" "\\x1b\\]|$signs" watch.out
	for id in json all check-json; do
		jq . "$LAN_DIR/$id.out" >/dev/null 2>"$LAN_DIR/found"
		ok $? "$1: $id: is JSON"
	done
	xmllint --xpath 'count(//*[local-name()="script"])' "$LAN_DIR/page" >"$LAN_DIR/found" 2>&1
	grep -qx 1 "$LAN_DIR/found"
	ok $? "$1: the page is well formed, and its script the only one"
}

lines() {
	shot lines "$SDREG" browse -rpt _junk._tcp
	shot theirs avahi-browse -rptk _junk._tcp
}

# Some daemons do not survive it, which is no fault of those that ask them.
survives() {
	local pid
	read -r pid <"$LAN_DIR/romeo/avahi-daemon.pid"
	kill -0 "$pid" 2>/dev/null && return
	echo "# avahi-daemon is dead: $(tail -n 1 "$LAN_DIR/romeo/avahi-daemon.log")"
	echo "ok $((number + 1)) - $1 # SKIP it kills this avahi-daemon"
	echo "1..$((number + 1))"
	exit
}

# knows ID FILTER: jq's filter is true of what the last event about `good` says
knows() {
	jq -se "[.[] | select(.name == \"good\")] | last | $2" "$LAN_DIR/$1.out" >/dev/null 2>&1
}

ghosts
python3 "$here/junk.py" records >&9
wait_for romeo _junk._tcp=60 || exit 99
go_on
look lines
notes found
survives "junk"
judge "junk"
for id in lines theirs; do
	# avahi-browse knows of services without a type, too; of many records it shows any
	grep -F ';_junk._tcp;' "$LAN_DIR/$id.out" | grep -vE '^=.*;(many|twelve);' |
		sort >"$LAN_DIR/$id"
done
[ "$(wc -l <"$LAN_DIR/lines")" -ge 80 ] && diff "$LAN_DIR/lines" "$LAN_DIR/theirs" >"$LAN_DIR/found"
ok $? "-p: as avahi-browse, byte for byte"
for id in json all; do
	knows "$id" 'any(.txt[]; .key == "all" and .value == "well")'
	ok $? "$id: what is good among it is shown as it is"
done
# among so many askers the daemon may end a snapshot of them before it has heard all
[ "$(grep -c . "$LAN_DIR/domains-t.out")" -ge 10 ] || [ "$(grep -c . "$LAN_DIR/domains.out")" -ge 10 ]
ok $? "domains to browse in, whatever they are, are shown"

python3 "$here/junk.py" storm 60 >&9 &
storm=$!
sleep 1
look
resident=$(awk '/^VmRSS/ { print $2 }' "/proc/${live[all]}/status")
halt INT 0 "in a storm, each ends at once when told to" "${lives[@]}"
kill "$storm"
survives "a storm"
judge "a storm"
echo "# resident: $resident KiB"
((resident < 60000))
ok $? "in a storm, memory is bounded"
events all '[.[] | select(.event == "changed")] | length >= 10'
ok $? "a storm's changes are told"
echo "1..$number"
