#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is jq's
# TAP: sdreg update against a real HTTPS server on loopback, with certificates made here. Whatever
# goes wrong, the registry that answered before goes on answering, and no file is left behind.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

for needed in python3 openssl jq flock; do
	command -v "$needed" >/dev/null || {
		echo "1..0 # SKIP there is no $needed"
		exit
	}
done
if [ ! -x "$BUILDDIR/sdreg-update" ]; then
	echo "1..0 # SKIP sdreg-update was not built: there is no libcurl"
	exit
fi
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY HOME
export TERM=dumb

# ---- registries, certificates, servers ----

# registry DAY ENTRIES [NAME]: one in IANA's form; as wide in ports as a real one, so that its image
# is larger than its XML. A name is in each, and one tells it from others.
registry() {
	awk -v day="$1" -v entries="$2" -v name="${3-of-$1}" 'BEGIN {
		print "<registry xmlns=\"http://www.iana.org/assignments\" " \
			"id=\"service-names-port-numbers\">"
		print "<title>Made for a test</title><updated>" day "</updated>"
		for (i = 0; i < entries; i++)
			printf "<record><name>%s</name><protocol>tcp</protocol>" \
				"<number>%d</number></record>\n", i == 0 ? name : "a" i, i * 160
		print "</registry>"
	}'
}

served=$TMP/served
mkdir "$served"
registry 2001-01-01 400 old-one >"$served/old.xml"
registry 2002-02-02 401 new-one >"$served/new.xml"
registry 2002-02-02 401 same-day >"$served/same-day.xml"
registry 2003-03-03 361 tenth-less >"$served/tenth.xml" # of 401: 0.9002
registry 2003-03-03 360 shrunk >"$served/shrunk.xml"
registry 2001-01-01 258 scarce >"$served/scarce.xml" # of the embedded part's 287
registry "" 400 >"$served/no-day.xml"
registry 20020202 400 >"$served/odd-day.xml"
head -c 20000 "$served/new.xml" >"$served/truncated.xml"
sed 's/<number>[0-9]*80</<number>none</' "$served/new.xml" >"$served/bad-records.xml"
bad_records=$(grep -c none "$served/bad-records.xml")

# certificate NAME CA OPTION...: key and certificate in NAME.pem
certificate() {
	local name=$1 ca=$2
	shift 2
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
		-keyout "$TMP/$name.key" -out "$TMP/$name.csr" &&
		openssl x509 -req -in "$TMP/$name.csr" -CA "$TMP/$ca.crt" -CAkey "$TMP/$ca.key" \
			-CAcreateserial -out "$TMP/$name.crt" "$@" &&
		cat "$TMP/$name.key" "$TMP/$name.crt" >"$TMP/$name.pem"
}

# authority NAME
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
		-subj "/CN=Authority $1" -keyout "$TMP/$1.key" -out "$TMP/$1.crt"
}

echo "subjectAltName=DNS:localhost" >"$TMP/here"
echo "subjectAltName=DNS:elsewhere.example" >"$TMP/elsewhere"
{
	authority ours
	authority theirs
	certificate localhost ours -days 2 -extfile "$TMP/here"
	certificate expired ours -days -1 -extfile "$TMP/here"
	certificate elsewhere ours -days 2 -extfile "$TMP/elsewhere"
} >"$TMP/openssl" 2>&1
ok "openssl makes certificates" test -s "$TMP/elsewhere.pem"

pids=()
trap 'kill "${pids[@]}" 2>/dev/null; rm -rf "$TMP"' EXIT

# serve ARGUMENT...: starts a server and sets $served_port
serve() {
	: >"$TMP/port"
	python3 "$SRCDIR/tests/cli/https-server.py" "$@" >"$TMP/port" 2>"$TMP/server.err" &
	pids+=($!)
	for _ in {1..100}; do
		served_port=$(<"$TMP/port")
		[ -z "$served_port" ] || return 0
		sleep 0.1
	done
	tap_note <"$TMP/server.err"
	echo "Bail out! the HTTPS server does not start"
	exit 99
}

log=$TMP/log
serve "$served" "$TMP/localhost.pem" "$log"
port=$served_port
here=https://localhost:$port

# ---- the command under test ----

home=$TMP/home
export XDG_DATA_HOME=$home SDREG_STATEDIR=$TMP/state
place=$home/sdreg

# update PATH OPTION...: from the server
update() {
	local path=$1
	shift
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/$path" "$@"
}

# All that is in the directories of registries, to the byte.
listing() {
	find "$home" "$SDREG_STATEDIR" -printf '%p %y %m %l\n' 2>/dev/null | sort
	find "$home" "$SDREG_STATEDIR" -type f -exec cksum {} + 2>/dev/null | sort
}

# keep: what is there now is what has to be there after a fault
keep() { listing >"$TMP/kept"; }

kept() { listing | diff "$TMP/kept" -; }

# answers WHAT NAME DAY: a registry is the one that answers, without a word on standard error
answers() {
	check "$1: a name of the registry of $3 is found" 0 "$SDREG" lookup "$2"
	has "$1: in that registry" "registry of $3"
	is "$1: and nothing is said" "" "$ERR"
}

# fault WHAT TEXT COMMAND...: it fails with the text, and the registry of 2001 goes on answering
fault() {
	local what=$1 text=$2
	shift 2
	check "$what: is trouble" 2 "$@"
	cp "$ERR" "$TMP/fault"
	is "$what: prints no data" ""
	has "$what: is said" "$text" "$ERR"
	has "$what: and that nothing changed" \
		"sdreg: nothing was changed, and what answers is still IANA's registry of 2001-01-01" \
		"$ERR"
	ok "$what: leaves all files as they were" kept
	answers "$what" old-one 2001-01-01
}

# start PATH OPTION...: an update in the background, as a terminal would start it; sets $started when
# the server has been asked
start() {
	local path=$1
	shift
	: >"$log"
	set -m
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/$path" "$@" \
		>"$TMP/started.out" 2>"$TMP/started.err" &
	started=$!
	set +m
	for _ in {1..100}; do
		grep -q GET "$log" && return
		sleep 0.1
	done
}

ends() {
	wait "$started" 2>/dev/null
	status=$?
	ok "$1: exit status $2" [ "$status" = "$2" ]
}

# ---- nothing installed yet ----

check "--check where nothing is installed" 1 update good/old.xml --check
is "tells what there is" "registry of 2001-01-01, 400 entries, can be fetched (there was none)"
is "and says nothing else" "" "$ERR"
ok "--check makes no directory" [ ! -e "$home" ]
check "a fault where nothing is installed" 2 update 404
has "leaves the embedded registry to answer" "the part embedded in sdreg" "$ERR"
ok "and makes no directory" [ ! -e "$home" ]
check "less than the embedded part has" 2 update good/scarce.xml
has "is refused" "258 entries are in it, 287 in the embedded part" "$ERR"
ok "and makes no directory" [ ! -e "$home" ]
check "--revert where nothing is installed" 2 "$SDREG" update --revert
has "has nothing to put back" "there is no previous registry to put back" "$ERR"
ok "and makes no directory" [ ! -e "$home" ]

# ---- installing ----

umask 022
check "a first registry" 0 update good/old.xml
is "is installed" "registry of 2001-01-01, 400 entries, installed in $place (there was none)"
is "and nothing else is said" "" "$ERR"
ok "there are an image and a state" [ "$(ls -A "$place")" = $'registry.image\nregistry.state' ]
ok "the directory may be read, and what was made above it is the user's own" \
	[ "$(stat -c %a "$home" "$place" "$place/registry.image")" = $'700\n755\n644' ]
answers "the first" old-one 2001-01-01
has "the server was told who asks" "User-Agent: sdreg/" "$log"
lacks "and was not asked for what is newer" "If-" "$log"
cp -a "$place" "$TMP/first"

# first: back to this state
first() {
	rm -rf "${home:?}"/* "${SDREG_STATEDIR:?}"
	cp -a "$TMP/first" "$place"
	: >"$log"
	keep
}

check "info" 0 "$SDREG" info
has "says whose registry answers" \
	"source             IANA's registry of 2001-01-01, installed for this user"
has "which file" "file               $place/registry.image"
ok "when and from where it came" grep -Eqx \
	"fetched            20[0-9-]{8}T[0-9:]{8}Z from $here/good/old.xml" "$OUT"
has "that it is whole" "complete           yes"
check "info --json" 0 "$SDREG" info --json
ok "says the same" jq -e --arg file "$place/registry.image" --arg url "$here/good/old.xml" \
	'.file == $file and .fetched_from == $url and (.fetched | fromdate) > 1700000000 and
	.updated == "2001-01-01" and .complete' "$OUT"
check "not registered is now said" 1 "$SDREG" lookup no-such-name
lacks "without the excuse of a part" "only a part" "$ERR"

# ---- the same again: 304 ----

# up_to_date WHAT HEADER COMMAND...: the question has the header, and nothing is written
up_to_date() {
	local what=$1 header=$2
	shift 2
	: >"$log"
	keep
	check "$what" 0 "$@"
	is "$what: is up to date" \
		"registry of 2001-01-01, 400 entries, is up to date in $place"
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
is "tells of it" "registry of 2002-02-02, 401 entries, can be fetched (here: 2001-01-01, 400)"
ok "and changes nothing" kept
check "a newer one" 0 update good/new.xml
is "is installed" \
	"registry of 2002-02-02, 401 entries, installed in $place (was 2001-01-01, 400)"
answers "the newer one" new-one 2002-02-02
same "the one before is kept" "$TMP/first/registry.image" "$place/registry.previous.image"
ok "no other file is there" [ "$(ls -A "$place")" = \
	$'registry.image\nregistry.previous.image\nregistry.state' ]
check "--revert" 0 "$SDREG" update --revert
is "puts the one before back" \
	"registry of 2001-01-01, 400 entries, is back in $place (was 2002-02-02, 401)"
answers "--revert" old-one 2001-01-01
check "info after --revert" 0 "$SDREG" info
lacks "does not say where it came from, as that is not known" "fetched"
: >"$log"
check "--check after --revert" 1 update good/new.xml --check
lacks "does not ask with what the other's server said" "If-" "$log"
check "--revert --json" 0 "$SDREG" update --revert --json
ok "undoes it, and tells a program" jq -e '.result == "reverted" and .updated == "2002-02-02" and
	.entries == 401 and .was == {"updated": "2001-01-01", "entries": 400} and .url == null' "$OUT"
answers "--revert twice" new-one 2002-02-02
: >"$log"
check "and the state belongs to it again" 0 update good/new.xml
has "so only what is newer is asked for" "If-None-Match" "$log"
check "another one of the same day" 0 update good/same-day.xml
answers "another one of the same day" same-day 2002-02-02

first
check "--json" 0 update good/new.xml --json
ok "is an object" jq -e --arg url "$here/good/new.xml" --arg directory "$place" '. ==
	{"result": "installed", "updated": "2002-02-02", "entries": 401, "was":
	{"updated": "2001-01-01", "entries": 400}, "directory": $directory, "url": $url}' "$OUT"
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
	answers "$way" new-one 2002-02-02
done
: >"$log"
check "after a redirection" 0 update redirect/new.xml
lacks "its own ETag is not kept" "of-the-redirection" "$log"
first
check "records that cannot be read" 0 update plain/bad-records.xml --force
has "are left out, and the rest counted" "and $((bad_records - 5)) records more" "$ERR"
ok "after five of them" [ "$(grep -c ": the port" "$ERR")" -le 5 ]

# ---- faults of the server and the way to it ----

first
while IFS='|' read -r path text; do
	fault "$path" "$text" update "$path" --timeout 2
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
is "is taken" "registry of 2003-03-03, 361 entries, installed in $place (was 2002-02-02, 401)"
first
check "the newer one" 0 update good/new.xml
keep
check "more than a tenth less" 2 update good/shrunk.xml
has "is refused" "360 entries are in it, 401 in the installed registry" "$ERR"
has "and what to do is said" "--force takes it all the same" "$ERR"
ok "and all is as it was" kept
check "more than a tenth less, with --check" 2 update good/shrunk.xml --check
check "an older one" 2 update good/old.xml
has "is refused" "the registry of 2001-01-01, older than that of 2002-02-02" "$ERR"
ok "and all is as it was" kept
answers "after both" new-one 2002-02-02
check "more than a tenth less with --force" 0 update good/shrunk.xml --force
answers "--force" shrunk 2003-03-03
check "an older one with --force" 0 update good/old.xml --force
answers "--force again" old-one 2001-01-01
check "no day with --force" 2 update plain/no-day.xml --force

# ---- the disk ----

# unprivileged COMMAND...: root too is to be kept out by permissions
unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --bounding-set=-all --inh-caps=-all "$@"
	else
		"$@"
	fi
}

first
chmod 555 "$place"
keep
fault "a directory that may not be written" "you may not write here" \
	unprivileged "$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
is "a directory that may not be written: nothing was fetched for it" "" "$log"
chmod 755 "$place"
mkdir -m 555 "$TMP/denied"
check "--system without the right" 2 unprivileged env SDREG_STATEDIR="$TMP/denied/sdreg" \
	"$SDREG" update --system --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
has "says what to do" "use sudo, or leave out --system" "$ERR"
check "a file where the directory should be" 2 env XDG_DATA_HOME="$served/new.xml" \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"

# limited BLOCKS: an update that may write files of so many KiB
limited() (
	ulimit -f "$1"
	update good/new.xml
)
first
fault "no room for what comes" "what came cannot be kept" limited 20
ok "the XML needs less room than the next test gives" \
	[ "$(stat -c %s "$served/new.xml")" -lt 102400 ]
ok "the image needs more" [ "$(stat -c %s "$place/registry.image")" -gt 102400 ]
fault "no room for the image" "registry.previous.image: File too large" limited 100

# full: in a mount namespace, on a file system that is too small for a second registry
full() {
	mount -t tmpfs -o "size=$1" none "$home" || return 77
	cp -a "$TMP/first" "$place"
	keep
	update good/new.xml && return
	kept >&2 && "$SDREG" lookup old-one | grep -q "registry of 2001-01-01" && return 2
}
export -f full update keep kept listing
export TMP SDREG place home here SDREG_STATEDIR served
export port
if unshare -m true 2>/dev/null; then
	apart=(unshare -m)
else
	apart=(unshare -rm)
fi
if "${apart[@]}" mount -t tmpfs none "$home" 2>/dev/null; then
	first
	update good/new.xml --quiet
	page=$(getconf PAGESIZE)
	old=$((($(stat -c %s "$place/registry.previous.image") + page - 1) / page * page))
	new=$((($(stat -c %s "$place/registry.image") + page - 1) / page * page))
	first
	# what is there is an image and a page of state; the same comes twice, and once more a page
	for room in $((old + page)) $((2 * old)) $((2 * old + new)) $((2 * old + new + page)); do
		check "a disk of $room bytes" 2 "${apart[@]}" bash -c "full $room"
		has "a disk of $room bytes: full" "No space left on device; make room and try again" \
			"$ERR"
		has "a disk of $room bytes: who answers" \
			"what answers is still IANA's registry of 2001-01-01" "$ERR"
	done
	check "a disk with a page more" 0 "${apart[@]}" bash -c "full $((room + page))"
else
	skip "a full disk" "needs root or user namespaces, to mount a small file system"
fi

# ---- signals, and several at once ----

for signal in INT TERM HUP; do
	first
	start drip/new.xml
	kill -s "$signal" "$started"
	ends "SIG$signal in the middle" $((128 + $(kill -l "$signal")))
	has "SIG$signal in the middle: is said" "stopped by a signal" "$TMP/started.err"
	ok "SIG$signal in the middle: leaves nothing" kept
done
first
trap '' HUP
start drip/new.xml
trap - HUP
kill -s HUP "$started"
sleep 0.3
kill -s TERM "$started"
ends "SIGHUP that is ignored ends nothing, SIGTERM does" 143
first
start drip/new.xml
kill -s KILL "$started"
wait "$started" 2>/dev/null
ok "SIGKILL in the middle: leaves nothing" kept
for name in image previous.image state; do
	echo "half" >"$place/registry.$name.new"
done
check "what a power cut left" 0 update good/new.xml
ok "is gone" [ -z "$(find "$place" -name '*.new')" ]
answers "after a power cut" new-one 2002-02-02

first
all=()
for way in good plain chunked gzip good; do
	update "$way/new.xml" --quiet &
	all+=($!)
done
trouble=0
for pid in "${all[@]}"; do
	wait "$pid" || trouble=1
done
ok "five at once all end well" [ "$trouble" = 0 ]
answers "five at once" new-one 2002-02-02
same "five at once: the one before is kept" "$TMP/first/registry.image" \
	"$place/registry.previous.image"
ok "five at once: nothing else is left" [ "$(ls -A "$place")" = \
	$'registry.image\nregistry.previous.image\nregistry.state' ]

# held: whether the registry is left alone while another holds the directory
held() {
	local result
	(
		exec 9<"$place"
		flock 9
		exec sleep 60
	) &
	pids+=($!)
	holder=$!
	sleep 0.3
	start "$@"
	sleep 1
	kept
	result=$?
	return "$result"
}
first
held good/new.xml >"$TMP/held" 2>&1
ok "an update waits for another to end" [ $? = 0 ]
kill "$holder" 2>/dev/null
ends "and then goes on" 0
answers "and then goes on" new-one 2002-02-02
first
held good/new.xml >"$TMP/held" 2>&1
kill -s TERM "$started"
ends "a signal ends the waiting" 143
ok "and all is as it was" kept
kill "$holder" 2>/dev/null

# ---- what others did to the files ----

# tampered WHAT STATE: a state that is no good costs no more than a whole answer
tampered() {
	first
	rm -rf "$place/registry.state"
	printf '%s' "$2" >"$place/registry.state"
	check "a state that is $1" 0 update good/old.xml
	lacks "a state that is $1: asks for everything" "If-" "$log"
	lacks "a state that is $1: adds nothing to the question" "Evil" "$log"
	: >"$log"
	check "a state that was $1" 0 update good/old.xml
	has "a state that was $1: is mended" "If-None-Match" "$log"
}
state=$(<"$TMP/first/registry.state")
tampered empty ""
tampered "no JSON" "{"
tampered "an array" "[1]"
tampered "binary" $'\xff\xfe\x01'
tampered "of another image" "$(jq '.image.sum = "0000000000000000"' <<<"$state")"
tampered "of another size" "$(jq '.image.size += 1' <<<"$state")"
tampered "without an ETag" "$(jq 'del(.etag)' <<<"$state")"
tampered "with numbers" "$(jq '.etag = 7' <<<"$state")"
tampered "with more headers" "$(jq '.etag = "\"x\"\r\nEvil: yes"' <<<"$state")"
tampered "endless" "$(jq --arg long "$(printf %030000d 0)" '.etag = $long' <<<"$state")"
tampered "of a long ETag" "$(jq --arg long "$(printf %0600d 0)" '.etag = $long' <<<"$state")"
first
jq '.etag = "\"other\""' <<<"$state" >"$place/registry.state"
check "a state with another ETag" 0 update good/old.xml
is "gets the same registry, which is up to date" \
	"registry of 2001-01-01, 400 entries, is up to date in $place"
ok "and installs it not" [ ! -e "$place/registry.previous.image" ]
first
rm "$place/registry.state"
check "no state" 0 update good/new.xml
check "info without a state" 0 "$SDREG" info

# damage WHAT COMMAND...: done to registry.image with its path appended; then the one before answers
damage() {
	local what=$1
	shift
	first
	update good/new.xml --quiet
	"$@" "$place/registry.image" >"$TMP/damage" 2>&1
	keep
	check "$what: a look-up" 0 "$SDREG" lookup old-one
	has "$what: the one before answers" "registry of 2001-01-01, installed for this user"
	ok "$what: one line is said" [ "$(wc -l <"$ERR")" = 1 ]
	has "$what: of the file" "sdreg: $place/registry.image: " "$ERR"
	has "$what: and what to do" "run sdreg update" "$ERR"
	check "$what: info" 0 "$SDREG" info
	has "$what: info names the file that answers" "$place/registry.previous.image"
	ok "$what: nothing is touched" kept
}

flip() { printf '\377' | dd of="$1" bs=1 seek=100000 conv=notrunc; }
version() { printf '\177' | dd of="$1" bs=1 seek=8 conv=notrunc; }
into_directory() { rm "$1" && mkdir "$1"; }
into_pipe() { rm "$1" && mkfifo "$1"; }
into_part() { "$BUILDDIR/sdreg-xml" part x <"$served/new.xml" >"$1"; }
repaired() {
	: >"$log"
	check "$1: is repaired" 0 update good/new.xml
	is "$1: by installing it again" "registry of 2002-02-02, 401 entries, installed in $place \
(was 2001-01-01, 400)"
	lacks "$1: a whole answer was asked for" "If-" "$log"
	answers "$1: repaired" new-one 2002-02-02
	same "$1: the last good one is still there" "$TMP/first/registry.image" \
		"$place/registry.previous.image"
}
damage "a byte changed" flip
repaired "a byte changed"
damage "cut short" truncate -s 100000
repaired "cut short"
damage "empty" truncate -s 0
repaired "empty"
damage "another version" version
repaired "another version"
damage "a part" into_part
repaired "a part"
damage "cut short and --revert" truncate -s 100000
check "--revert of a damaged one" 0 "$SDREG" update --revert
answers "--revert of a damaged one" old-one 2001-01-01
damage "a directory" into_directory
check "a directory in its place" 2 update good/new.xml
has "is not replaced" "this is no regular file: remove it first" "$ERR"
damage "a pipe" into_pipe
check "a pipe in its place" 2 timeout 10 "$SDREG" update --url "$here/good/new.xml"
has "is not replaced" "this is no regular file: remove it first" "$ERR"
damage "cut short with the one before" truncate -s 100000
echo "garbage" >"$place/registry.previous.image"
check "both damaged" 0 "$SDREG" lookup presence
has "the embedded one answers" "the part embedded in sdreg"
ok "and a line is said of each" [ "$(wc -l <"$ERR")" = 2 ]
check "both damaged: an update" 0 update good/new.xml
has "both damaged: a new start" "(there was none)"
answers "both damaged" new-one 2002-02-02

for name in registry.image registry.previous.image registry.state; do
	first
	check "the newer one" 0 update good/new.xml --quiet
	cp "$TMP/first/registry.image" "$TMP/victim"
	ln -sf "$TMP/victim" "$place/$name"
	keep
	check "a symbolic link as $name" 2 update good/tenth.xml
	has "a symbolic link as $name: is not replaced" "$place/$name: this is a symbolic link" "$ERR"
	ok "a symbolic link as $name: is left" kept
	same "a symbolic link as $name: what it leads to is untouched" "$TMP/first/registry.image" \
		"$TMP/victim"
done
first
echo untouched >"$TMP/victim"
ln -s "$TMP/victim" "$place/registry.image.new"
check "a symbolic link where a file is made" 0 update good/new.xml
is "does not lead anywhere" untouched "$TMP/victim"

# ---- all users ----

# system PATH OPTION...
system() { update "$@" --system; }

first
cp -a "$TMP/first/." "$SDREG_STATEDIR"
rm -r "$place"
check "one for all users" 0 "$SDREG" lookup old-one
has "answers where the user has none" "registry of 2001-01-01, installed for all users"
cp -a "$TMP/first" "$place"
check "of two of one day" 0 "$SDREG" lookup old-one
has "the user's answers" "installed for this user"
rm -r "$SDREG_STATEDIR"
check "--system" 0 system good/new.xml
is "says where" "registry of 2002-02-02, 401 entries, installed in $SDREG_STATEDIR (there was none)"
check "of two the newer" 0 "$SDREG" lookup new-one
has "answers, here for all" "registry of 2002-02-02, installed for all users"
check "the user's as new" 0 update good/new.xml
check "and then the user's" 0 "$SDREG" info
has "answers" "installed for this user"
rm -r "$SDREG_STATEDIR"
(umask 077 && system good/new.xml --quiet)
ok "all may read what root installs, whatever its umask" \
	[ "$(stat -c %a "$SDREG_STATEDIR" "$SDREG_STATEDIR"/*)" = $'755\n644\n644' ]
(umask 077 && rm -r "$place" && update good/new.xml --quiet)
ok "a user's umask counts" [ "$(stat -c %a "$place" "$place"/*)" = $'700\n600\n600' ]

# ---- directories ----

mkdir "$TMP/juliet"
check "without XDG_DATA_HOME" 0 env -u XDG_DATA_HOME HOME="$TMP/juliet" \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
ok "it is ~/.local/share" test -f "$TMP/juliet/.local/share/sdreg/registry.image"
check "a relative XDG_DATA_HOME" 0 env XDG_DATA_HOME=home HOME="$TMP/juliet" "$SDREG" info
has "does not count" "$TMP/juliet/.local/share/sdreg"
check "without a home" 2 env -u XDG_DATA_HOME \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
has "it says what to set" "HOME: it is not set, nor is XDG_DATA_HOME" "$ERR"
check "without a home a look-up" 0 env -u XDG_DATA_HOME "$SDREG" lookup new-one
is "has nothing to say of it" "" "$ERR"

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
	has "that is taken away" $'\r\033[Kregistry of 2002-02-02'
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
	is "replaces it" "registry of 2025-02-25, 14,468 entries, installed in $place (was \
2024-04-30, 14,447)"
	ok "and answers as the file itself" cmp <("$SDREG" types --format tsv) \
		<("$SDREG" types --format tsv --registry "$after")
fi
finish
