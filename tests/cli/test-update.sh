#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is jq's
# TAP: sdreg update against a real HTTPS server on loopback, with certificates made here. Whatever
# goes wrong, the registry that answered before goes on answering, and no file is left behind.
set -u
# shellcheck source-path=SCRIPTDIR source=update.sh disable=SC1091
. "$(dirname "$0")/update.sh"

# ---- nothing installed yet ----

check "--check where nothing is installed" 1 update good/old.xml --check
is "tells what there is" "registry of 3001-01-01, 400 entries, can be fetched (there was none)"
is "and says nothing else" "" "$ERR"
ok "--check makes no directory" [ ! -e "$home" ]
check "a fault where nothing is installed" 2 update 404
has "leaves the embedded registry to answer" "embedded in sdreg" "$ERR"
ok "and makes no directory" [ ! -e "$home" ]
check "--revert where nothing is installed" 2 "$SDREG" update --revert
has "has nothing to put back" "there is no previous registry to put back" "$ERR"
ok "and makes no directory" [ ! -e "$home" ]

# ---- installing ----

umask 022
check "a first registry" 0 update good/old.xml
is "is installed" "registry of 3001-01-01, 400 entries, installed in $place (there was none)"
is "and nothing else is said" "" "$ERR"
ok "there are an image and a state" [ "$(ls -A "$place")" = $'registry.image\nregistry.state' ]
ok "the directory may be read, and what was made above it is the user's own" \
	[ "$(stat -c %a "$home" "$place" "$place/registry.image")" = $'700\n755\n644' ]
answers "the first" old-one 3001-01-01
has "the server was told who asks" "User-Agent: sdreg/" "$log"
lacks "and was not asked for what is newer" "If-" "$log"
cp -a "$place" "$TMP/first"

check "info" 0 "$SDREG" info
has "says whose registry answers" \
	"source             IANA's registry of 3001-01-01, installed for this user"
has "which file" "file               $place/registry.image"
ok "when and from where it came" grep -Eqx \
	"fetched            20[0-9-]{8}T[0-9:]{8}Z from $here/good/old.xml" "$OUT"
has "that it is whole" "complete           yes"
check "info --json" 0 "$SDREG" info --json
ok "says the same" jq -e --arg file "$place/registry.image" --arg url "$here/good/old.xml" \
	'.file == $file and .fetched_from == $url and (.fetched | fromdate) > 1700000000 and
	.updated == "3001-01-01" and .complete' "$OUT"
check "not registered is now said" 1 "$SDREG" lookup no-such-name

# ---- the same again: 304 ----

# up_to_date WHAT HEADER COMMAND...: the question has the header, and nothing is written
up_to_date() {
	local what=$1 header=$2
	shift 2
	: >"$log"
	keep
	check "$what" 0 "$@"
	is "$what: is up to date" \
		"registry of 3001-01-01, 400 entries, is up to date in $place"
	has "$what: $header was sent" "$header" "$log"
	ok "$what: nothing is written" kept
}

up_to_date "304 by ETag and date" 'If-None-Match: "' update good/old.xml
has "304 by ETag and date: the date was sent too" "If-Modified-Since: Tue, 25 Feb 2025" "$log"
up_to_date "304 with --check" 'If-None-Match: "' update good/old.xml --check
check "an update from elsewhere" 0 update etag/old.xml
up_to_date "304 by ETag" 'If-None-Match: "' update etag/old.xml
lacks "304 by ETag: without a date" "If-Modified-Since" "$log"
check "from elsewhere again" 0 update date/old.xml
up_to_date "304 by date" "If-Modified-Since: Tue" update date/old.xml
lacks "304 by date: without an ETag" "If-None-Match" "$log"
check "from a server that knows neither" 0 update plain/old.xml
up_to_date "200 with what is there" "GET /plain/old.xml" update plain/old.xml --check
lacks "200 with what is there: nothing could be sent" "If-" "$log"
first
check "another address" 0 update etag/old.xml
lacks "another address: is not asked with this one's ETag" "If-" "$log"
first
check "--force" 0 update good/old.xml --force
lacks "--force: fetches in any case" "If-" "$log"

# ---- a newer one ----

first
check "--check of a newer one" 1 update good/new.xml --check
is "tells of it" "registry of 3002-02-02, 401 entries, can be fetched (here: 3001-01-01, 400)"
ok "and changes nothing" kept
check "a newer one" 0 update good/new.xml
is "is installed" \
	"registry of 3002-02-02, 401 entries, installed in $place (was 3001-01-01, 400)"
answers "the newer one" new-one 3002-02-02
same "the one before is kept" "$TMP/first/registry.image" "$place/registry.previous.image"
ok "no other file is there" [ "$(ls -A "$place")" = \
	$'registry.image\nregistry.previous.image\nregistry.state' ]
check "--revert" 0 "$SDREG" update --revert
is "puts the one before back" \
	"registry of 3001-01-01, 400 entries, is back in $place (was 3002-02-02, 401)"
answers "--revert" old-one 3001-01-01
check "info after --revert" 0 "$SDREG" info
lacks "does not say where it came from, as that is not known" "fetched"
: >"$log"
check "--check after --revert" 1 update good/new.xml --check
lacks "does not ask with what the other's server said" "If-" "$log"
check "--revert --json" 0 "$SDREG" update --revert --json
ok "undoes it, and tells a program" jq -e '.result == "reverted" and .updated == "3002-02-02" and
	.entries == 401 and .was == {"updated": "3001-01-01", "entries": 400} and .url == null' "$OUT"
answers "--revert twice" new-one 3002-02-02
: >"$log"
check "and the state belongs to it again" 0 update good/new.xml
has "so only what is newer is asked for" "If-None-Match" "$log"
check "another one of the same day" 0 update good/same-day.xml
answers "another one of the same day" same-day 3002-02-02

first
check "--json" 0 update good/new.xml --json
ok "is an object" jq -e --arg url "$here/good/new.xml" --arg directory "$place" '. ==
	{"result": "installed", "updated": "3002-02-02", "entries": 401, "was":
	{"updated": "3001-01-01", "entries": 400}, "directory": $directory, "url": $url,
	"older_than_embedded": false}' "$OUT"
check "--json when up to date" 0 "$SDREG" --json update --ca-file "$TMP/ours.crt" \
	--url "$here/good/new.xml"
ok "says so" jq -e '.result == "up-to-date"' "$OUT"
first
check "--json --check" 1 update good/new.xml --json --check
ok "says so" jq -e '.result == "newer"' "$OUT"
check "--quiet" 0 update good/new.xml --quiet
is "prints nothing" ""
is "and says nothing" "" "$ERR"
for way in gzip chunked redirect; do
	first
	check "$way" 0 update "$way/new.xml"
	answers "$way" new-one 3002-02-02
done
: >"$log"
check "after a redirection" 0 update redirect/new.xml
lacks "its own ETag is not kept" "of-the-redirection" "$log"
first
check "records that cannot be read" 0 update plain/bad-records.xml --force
has "are left out, and the rest counted" "and $((bad_records - 10)) more are left out" "$ERR"
ok "after five of them" [ "$(grep -c ": the port" "$ERR")" -le 5 ]

# ---- faults of the server and the way to it ----

first
while IFS='|' read -r path text; do
	seconds=40 # a busy machine's, for 64 MiB
	[[ $text != *"took too long" ]] || seconds=2
	fault "$path" "$text" update "$path" --timeout "$seconds"
	has "$path: the address is named" "sdreg: $here/$path:" "$TMP/fault"
done <<'TABLE'
404|the server answers 404: check --url
500|the server answers 500: try again later
503|the server answers 503: try again later
204|the server answers 204
304|: the server answers 304
html|this is an HTML page, not IANA's XML; check --url
html-bare|this is an HTML page, not IANA's XML; check --url
empty|the XML is broken or cut short
escapes|the XML is broken or cut short
plain/truncated.xml|the XML is broken or cut short
stall-head|it stood still or took too long
stall-body/new.xml|it stood still or took too long
drip/new.xml|it stood still or took too long
cut/new.xml|the connection broke off
cut-politely/new.xml|the connection broke off
cut-chunked/new.xml|the connection broke off
cut-gzip/new.xml|the XML is broken or cut short
cut-unseen/new.xml|the XML is broken or cut short
bad-gzip/new.xml|what came cannot be unpacked
bomb/new.xml|it is over 64 MiB
big|it is over 64 MiB
endless/new.xml|it is over 64 MiB
to-http|it leads away from https
to-file|it leads away from https
loop|it redirects too often
plain/no-day.xml|does not say of what day it is
plain/odd-day.xml|does not say of what day it is
TABLE
check "a server's escapes" 2 update escapes
lacks "do not reach the terminal" $'\033' "$ERR"
check "a server's odd headers" 0 update etag-escapes/new.xml
lacks "are not kept" '\u001b' "$place/registry.state"
lacks "none of them" xxxx "$place/registry.state"

first
fault "the machine's own trust" "its certificate is not to be trusted" \
	"$SDREG" update --url "$here/good/new.xml"
fault "another authority" "its certificate is not to be trusted" \
	"$SDREG" update --ca-file "$TMP/theirs.crt" --url "$here/good/new.xml"
fault "another name" "its certificate is not to be trusted" \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "https://127.0.0.1:$port/good/new.xml"
fault "no such --ca-file" "check --ca-file" \
	"$SDREG" update --ca-file "$TMP/none" --url "$here/good/new.xml"
fault "a --ca-file without certificates" "check --ca-file" \
	"$SDREG" update --ca-file "$served/new.xml" --url "$here/good/new.xml"
for name in expired elsewhere; do
	serve "$served" "$TMP/$name.pem"
	fault "a certificate that is $name" "its certificate is not to be trusted" "$SDREG" update \
		--ca-file "$TMP/ours.crt" --url "https://localhost:$served_port/good/new.xml"
done
serve --proxy "$TMP/proxy"
fault "a server without TLS" "no secure connection came about" \
	"$SDREG" update --url "https://localhost:$served_port/good/new.xml"
fault "nobody there" "no connection" "$SDREG" update --url https://127.0.0.1:1/
while read -r url; do
	fault "--url $url" "sdreg: " "$SDREG" update --url "$url"
done <<TABLE
http://localhost:$port/good/new.xml
file://$served/new.xml
ftp://localhost/new.xml
/good/new.xml
https://
https://local host/
TABLE
fault "a password in the address" "a user or password in the address is not taken" \
	"$SDREG" update --url "https://juliet:secret@localhost:$port/good/new.xml"
lacks "is not shown" secret "$ERR"
fault "an address of 3,000 bytes" "too long" "$SDREG" update --url "$here/$(printf %03000d 0)"

# ---- the proxy ----

proxy=http://127.0.0.1:$served_port
: >"$TMP/proxy"
check "by a proxy" 0 env https_proxy="$proxy" \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
has "that https_proxy names" "CONNECT localhost:$port" "$TMP/proxy"
first
: >"$TMP/proxy"
check "not by a proxy" 0 env https_proxy="$proxy" no_proxy=localhost \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
is "for what no_proxy names" "" "$TMP/proxy"
first
fault "a proxy that is not there" "no connection" env https_proxy=http://127.0.0.1:1 \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"

# ---- what is fetched well, and not wanted ----

first
check "the newer one" 0 update good/new.xml
check "a tenth less" 0 update good/tenth.xml
is "is taken" "registry of 3003-03-03, 361 entries, installed in $place (was 3002-02-02, 401)"
first
check "the newer one" 0 update good/new.xml
keep
check "more than a tenth less" 2 update good/shrunk.xml
has "is refused" "360 entries are in it, 401 in the installed registry" "$ERR"
has "and what to do is said" "--force takes it all the same" "$ERR"
ok "and all is as it was" kept
check "more than a tenth less, with --check" 2 update good/shrunk.xml --check
check "an older one" 2 update good/old.xml
has "is refused" "the registry of 3001-01-01, older than that of 3002-02-02" "$ERR"
ok "and all is as it was" kept
answers "after both" new-one 3002-02-02
check "more than a tenth less with --force" 0 update good/shrunk.xml --force
answers "--force" shrunk 3003-03-03
check "an older one with --force" 0 update good/old.xml --force
answers "--force again" old-one 3001-01-01
check "no day with --force" 2 update plain/no-day.xml --force

# ---- options ----

check "--timeout of nothing" 2 update good/new.xml --timeout 0
check "--timeout of a word" 2 update good/new.xml --timeout soon
check "--timeout of more than an hour" 2 update good/new.xml --timeout 3601
check "--registry" 2 "$SDREG" --registry "$served/new.xml" update
has "has no part in it" "--registry" "$ERR"
check "an argument" 2 "$SDREG" update presence
check "--check with --revert" 2 "$SDREG" update --check --revert

# ---- the bar ----

# on_terminal TERM OPTION...: what a terminal gets
on_terminal() {
	local term=$1
	shift
	first
	TERM=$term script -qefc "'$SDREG' update --ca-file '$TMP/ours.crt' \
		--url '$here/good/new.xml' $*" /dev/null >"$OUT" 2>&1 </dev/null
}
if command -v script >/dev/null; then
	ok "on a terminal" on_terminal xterm
	has "there is a bar" "100%"
	has "that is taken away" $'\r\033[Kregistry of 3002-02-02'
	ok "on a dumb terminal" on_terminal dumb
	lacks "there is none" $'\033'
	ok "on a terminal with --quiet" on_terminal xterm --quiet
	is "there is nothing" ""
else
	skip "a bar on a terminal" "there is no program script"
fi

# ---- IANA's own, where they are ----

registries=${SDREG_REGISTRIES:-$SRCDIR/../shared/registry}
before=$registries/service-names-port-numbers-2024-04-30.xml
after=$registries/service-names-port-numbers-2025-02-25.xml
if [ -f "$before" ] && [ -f "$after" ]; then
	rm -rf "$home" "$SDREG_STATEDIR"
	cp "$before" "$served/before.xml"
	cp "$after" "$served/after.xml"
	check "IANA's registry of 2024" 0 update gzip/before.xml
	check "IANA's registry of 2025" 0 update gzip/after.xml
	has "replaces it" "registry of 2025-02-25, 14,468 entries, installed in $place (was \
2024-04-30, 14,447); the one embedded in sdreg is newer, of "
	ok "and is the file itself" cmp <("$SDREG" types --format tsv --registry "$place/registry.image") \
		<("$SDREG" types --format tsv --registry "$after")
fi
finish
