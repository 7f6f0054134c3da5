#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg-json(5) lists what sdreg browse --json prints of a real network, no more and no fewer:
# each event, each member, its types. juliet has a daemon, tybalt says what is odd, romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	for needed in jq python3; do
		command -v "$needed" >/dev/null && continue
		echo "1..0 # SKIP $needed is not installed"
		exit 0
	done
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-json-page.sh" inside
fi
# shellcheck source-path=SCRIPTDIR source=faults.sh disable=SC1091
. "$here/faults.sh"
# shellcheck source-path=SCRIPTDIR source=../cli/json-page.sh disable=SC1091
. "$here/../cli/json-page.sh"
page=$here/../../data/man/sdreg-json.5
TMP=$LAN_DIR
page_open "$page"
notes out

# holds NAME SECTIONS FILTER: of all that was printed, what jq's filter leaves
holds() {
	cat "$LAN_DIR"/*.json | jq -c "select($3)" >"$LAN_DIR/objects"
	page_hold "$2" "$LAN_DIR/objects" >"$LAN_DIR/out"
	[ ! -s "$LAN_DIR/out" ]
	ok $? "$1: each member is on the page, and is as it says"
}

# look ID OPTION...: a snapshot on romeo, or what else ends
look() {
	local id=$1
	shift
	on romeo timeout 15 "$SDREG" --json --supplement "$LAN_DIR/warns.xml" "$@" >"$LAN_DIR/$id.json" </dev/null 2>/dev/null
}

# What the supplement warns of
cat >"$LAN_DIR/warns.xml" <<-'END'
	<supplement xmlns="urn:x-sdreg:supplement">
	  <type name="http" transport="tcp" known="documented">
	    <title>A web page</title>
	    <warning>it is said to be one</warning>
	    <source>RFC 6763</source>
	  </type>
	</supplement>
END

# odd PORT TXT: what tybalt says of a service
odd() {
	ghost '{"do": "add", "name": "odd", "type": "_presence._tcp", "host": "odd.local", '\
'"address": "10.88.0.3", "port": '"$1, \"txt\": [$2]}"
}

ghosts
publish juliet Well _http._tcp 80 path=/ flag
publish juliet Else _display._tcp 8000 a=b
odd 5298 '"status=avail", "k\u00ff=v\u00ff", "=no key", "flag"'
ghost '{"do": "add", "name": "dead", "type": "_dead._tcp", "host": "dead.local", "port": 1}'
ghost '{"do": "add", "name": "lab", "type": ["b", "_dns-sd", "_udp"]}'
wait_for romeo _http._tcp _display._tcp _presence._tcp _dead._tcp
live all browse --json
live domains browse -D --json
look few browse -t --max-services 1 _http._tcp _display._tcp
look check check --live _presence._tcp _http._tcp
lan_until "a failure" events all 'any(.[]; .event == "failed")'
odd 5299 '"status=away"'
lan_until "a change" events all 'any(.[]; .event == "changed")'
daemon_stop romeo KILL
daemon_start romeo browse-domains=example.net
lan_until "a domain that is set" events domains 'any(.[]; .domain == "example.net")'
lan_until "it is back" events all 'any(.[]; .event == "daemon-back")'
stop "${live[all]}" "${live[domains]}"
seq 1100 | sed 's/.*/{"do": "add", "name": "crowd&", "type": "_crowd._tcp"}/' >&9
# again and again, for what is lost on the way is asked for anew
warns() {
	look crowd browse -t --no-resolve _crowd._tcp
	grep -q '"warning"' "$LAN_DIR/crowd.json"
}
lan_until "a warning" warns
for id in all domains; do
	mv "$LAN_DIR/$id.out" "$LAN_DIR/$id.json"
done

sed -n '/^\.Ss browse$/,/^\.Ss browse:/s/^\.It Ql //p' "$page" | tr -s ' ,' '\n' |
	sort >"$LAN_DIR/told"
jq -r .event "$LAN_DIR"/{all,domains,few,crowd}.json | sort -u |
	diff "$LAN_DIR/told" - >"$LAN_DIR/out"
ok $? "each event is on the page, and each on the page happens"
holds "added" "browse,browse: services" '.event == "added"'
holds "resolved, changed" "browse,browse: services,browse: resolved services" \
	'.event == "resolved" or .event == "changed"'
# what was resolved still is, when it goes
holds "removed" "browse,browse: services,~browse: resolved services" '.event == "removed"'
holds "failed" "browse,browse: services,browse: trouble" '.event == "failed"'
holds "warning, error, daemon-lost" "browse,browse: trouble" \
	'.event == "warning" or .event == "error" or .event == "daemon-lost"'
holds "domains" "browse,browse: domains" '.event and (.event | startswith("domain"))'
holds "daemon-back, end" browse '.event == "daemon-back" or .event == "end"'
holds "check --live" check .findings
page_words "$page" <(cat "$LAN_DIR"/*.json) >"$LAN_DIR/out"
[ ! -s "$LAN_DIR/out" ]
ok $? "words are on the page"

# D-Bus carries texts in UTF-8 only, so these are never in base64; only TXT records are bytes.
page_unseen '^(browse|Txt)' | grep -v '^browse: .*: text in base64$' >"$LAN_DIR/out"
[ ! -s "$LAN_DIR/out" ]
ok $? "each member on the page, and each type, is printed"

jq -se '.[:(map(.event) | index("daemon-lost"))] | map(select(.name)) |
	group_by([.name, .type, .domain]) | all(.[];
		(last | has("host")) == any(.[]; .event == "resolved"))' \
	"$LAN_DIR/all.json" >"$LAN_DIR/out"
ok $? "a service that is removed has the members of a resolved one, if it was resolved"

# the order that the page tells of
jq -se 'def life: map({removed: 9, added: 0}[.event] // 1) | . == sort;
	map(select(.name)) | .[:(map(.event) | index("removed"))] |
	group_by([.name, .type, .domain]) | all(life and .[0].event == "added")' \
	"$LAN_DIR/all.json" >"$LAN_DIR/out"
ok $? "a service is added first"
jq -se 'index(map(select(.event == "daemon-lost"))[0]) as $lost | (.[:$lost] | map(select(.name)) |
	group_by([.name, .type, .domain]) | all(.[]; last.event == "removed")) and
	.[$lost + 1].event == "daemon-back"' "$LAN_DIR/all.json" >"$LAN_DIR/out"
ok $? "all are removed before the daemon is lost, and it is back after that"
jq -se 'map(.event) | last == "end" and (map(select(. == "end")) | length) == 1' \
	"$LAN_DIR/few.json" >"$LAN_DIR/out"
ok $? "the end is the last event of a snapshot"
echo "1..$number"
