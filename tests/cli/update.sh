# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the tests of sdreg update share: registries, certificates and real HTTPS servers on loopback,
# made for each test and gone with it. Sourced, not run.
#
#   update PATH OPTION...     sdreg update from the server, which knows what PATH wants of it
#   first                     back to the state in which the registry of 3001 is installed
#   fault WHAT TEXT CMD...    the command fails with the text, and leaves all as it was
#   answers WHAT NAME DAY     which registry answers
#   start PATH OPTION...      an update in the background; ends WHAT STATUS waits for it
#   keep, kept                what files there are, and whether they still are so
# shellcheck disable=SC2034 # used by those who source it

# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "${BASH_SOURCE[0]}")/tap.sh"

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

# The days are in the far future, for an installed registry that is older than the embedded one does
# not answer.
#
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
registry 3001-01-01 400 old-one >"$served/old.xml"
registry 3002-02-02 401 new-one >"$served/new.xml"
registry 3002-02-02 401 same-day >"$served/same-day.xml"
registry 3003-03-03 361 tenth-less >"$served/tenth.xml" # of 401: 0.9002
registry 3003-03-03 360 shrunk >"$served/shrunk.xml"
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
	certificate expired ours -days 0 -extfile "$TMP/here"
	certificate elsewhere ours -days 2 -extfile "$TMP/elsewhere"
} >"$TMP/openssl" 2>&1
ok "openssl makes certificates" \
	test -s "$TMP/localhost.pem" -a -s "$TMP/expired.pem" -a -s "$TMP/elsewhere.pem"

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

# fault WHAT TEXT COMMAND...: it fails with the text, and the registry of 3001 goes on answering
fault() {
	local what=$1 text=$2
	shift 2
	check "$what: is trouble" 2 "$@"
	cp "$ERR" "$TMP/fault"
	is "$what: prints no data" ""
	has "$what: is said" "$text" "$ERR"
	has "$what: and that nothing changed" \
		"sdreg: nothing was changed, and what answers is still IANA's registry of 3001-01-01" \
		"$ERR"
	ok "$what: leaves all files as they were" kept
	answers "$what" old-one 3001-01-01
}

# start PATH OPTION...: an update in the background, which heeds signals as on a terminal, whatever
# this test has inherited; with hangup=ignore as under nohup. Sets $started when the server has been
# asked.
start() {
	local path=$1
	shift
	: >"$log"
	env --default-signal=INT,TERM "--${hangup-default}-signal=HUP" \
		"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/$path" "$@" \
		>"$TMP/started.out" 2>"$TMP/started.err" &
	started=$!
	for _ in {1..100}; do
		grep -q GET "$log" && return
		sleep 0.1
	done
}

ends() {
	for _ in {1..300}; do
		[ -e "/proc/$started" ] || break
		sleep 0.1
	done
	kill -s KILL "$started" 2>/dev/null
	wait "$started" 2>/dev/null
	status=$?
	ok "$1: exit status $2" [ "$status" = "$2" ]
}

# The state of $TMP/first, which a test makes once.
first() {
	rm -rf "${home:?}"/* "${SDREG_STATEDIR:?}"
	cp -a "$TMP/first" "$place"
	: >"$log"
	keep
}
