#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg browse and annotate on a real network. juliet publishes, romeo looks.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-browse.sh" inside
fi
: "${SDREG:?}"

number=0
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	sed 's/^/#   /' "$LAN_DIR/out" "$LAN_DIR/err" 2>/dev/null
}

# run COMMAND...: on romeo; output to files, the exit status in $status
run() {
	on romeo "$@" >"$LAN_DIR/out" 2>"$LAN_DIR/err" </dev/null
	status=$?
}

# has TEXT NAME: the output has a line with the text
has() { grep -qF -e "$1" "$LAN_DIR/out"; ok $? "$2"; }

# json FILTER NAME: the filter is true of the list of all lines
json() { jq -se "$1" "$LAN_DIR/out" >/dev/null 2>&1; ok $? "$2"; }

# soon SECONDS FILTER NAME [FILE]: the same of a file that grows, within a time
soon() {
	local end=$((SECONDS + $1)) file=$LAN_DIR/${4:-live}
	until jq -se "$2" "$file" >/dev/null 2>&1; do
		if ((SECONDS >= end)); then
			cp "$file" "$LAN_DIR/out"
			ok 1 "$3"
			return
		fi
		sleep 0.1
	done
	ok 0 "$3"
}

publish juliet juliet@pronto _presence._tcp 5562 txtvers=1 1st=Juliet status=away balcony=2
publish_as juliet Witchcraft._clique._udp.local 239.255.71.66 \
	Witchcraft _clique._udp 13251 txtvers=0
publish juliet 'Röm;éo "s" printer' _ipp._tcp 631 txtvers=1 rp=ipp/print
publish juliet Experiment _sdreg-demo._tcp 4711 colour=red flag
publish juliet Bad _under_score._tcp 4712
wait_for romeo _presence._tcp _clique._udp _ipp._tcp _sdreg-demo._tcp _under_score._tcp

run "$SDREG" browse -t
ok $status "a snapshot of everything ends with 0"
has "_presence._tcp  XMPP Link-Local Messaging  [registered]" "the type has title and verdict"
has "juliet@pronto" "the service is there"
has "5562, not the registered one, 5298" "another port than the registered one is said"
has "balcony=2  (key not known)" "a key that nobody knows is marked"
has "1st=Juliet" "a known key is shown"
! grep -qF "1st=Juliet  (key" "$LAN_DIR/out"
ok $? "and is not marked"
has "_clique._udp  Clique Link-Local Multicast Chat Room  [registered]" "Clique is known"
has "239.255.71.66" "its group is the address"
has 'Röm;éo "s" printer' "a name with umlauts, a semicolon and quotes is whole"
has "631, as registered" "the registered port is said"
has "_sdreg-demo._tcp  [not registered]" "an unknown type is called so"
has "_under_score._tcp  [not well formed" "a type that breaks a rule is shown all the same"

run "$SDREG" browse -t _presence._tcp
grep -q juliet@pronto "$LAN_DIR/out" && ! grep -q Witchcraft "$LAN_DIR/out"
ok $? "a named type alone"
run "$SDREG" browse -t _nobody._tcp
ok $((status != 1)) "nothing there: exit status 1"

run "$SDREG" --json browse -t
json 'map(select(.event == "resolved")) | length == 5' "JSON: each service is resolved once"
json 'last.event == "end" and (map(select(.event == "end")) | length == 1)' "JSON: one end, the last"
json 'any(.[]; .event == "resolved" and .name == "juliet@pronto" and .type == "_presence._tcp" and
	.port == 5562 and .registered_port == 5298 and .port_verdict == "other-port" and
	.host == "juliet.local" and (.addresses | index("10.88.0.1")) and
	(.txt | map(select(.key == "balcony" and .value == "2" and .verdict == "unknown")) | length == 1) and
	(.txt | map(select(.key == "1st" and .verdict == "supplement")) | length == 1))' "JSON: all of a service"
json 'any(.[]; .event == "resolved" and .name == "Experiment" and
	(.txt | map(select(.key == "flag" and .value == null)) | length == 1))' "JSON: a key without a value is null"

if [ -x "$BUILDDIR/examples/glib-browse" ]; then
	run "$BUILDDIR/examples/glib-browse" _presence._tcp _clique._udp
	has "juliet@pronto: XMPP Link-Local Messaging" "a program with GLib's main loop"
	has "Witchcraft: Clique Link-Local Multicast Chat Room" "and all its types"
fi

# both tools side by side, on the same network: all of avahi-browse -k's lines, byte for byte
# alike ARGUMENTS...: what both print for them, in whatever order
alike() {
	on romeo avahi-browse "$@" 2>/dev/null | sort >"$LAN_DIR/err"
	on romeo "$SDREG" browse "$@" 2>/dev/null | sort >"$LAN_DIR/out"
	[ -s "$LAN_DIR/err" ] && cmp -s "$LAN_DIR/err" "$LAN_DIR/out"
	ok $? "as avahi-browse $*"
}
publish romeo 'Back\slash.dot' _http._tcp 80 'k="q" \;' "b=$(printf '\377\033')" flag
wait_for romeo _http._tcp
alike -aptk
alike -arptk
alike -rptk _http._tcp
alike -rpck _presence._tcp
alike _presence._tcp -ptk --resolve
alike -aptkl
run "$SDREG" browse -b
has "XMPP Link-Local Messaging" "-b: titles"
run "$SDREG" browse -bk
has "_clique._udp" "-bk: types"
run "$SDREG" browse -D _http._tcp
ok $((status != 2)) "-D with a type: wrong usage"
run "$SDREG" browse -pt4 --interface eth0
! grep -qv '^+;eth0;IPv4;' "$LAN_DIR/out" && [ -s "$LAN_DIR/out" ]
ok $? "-4 --interface: these only"
run "$SDREG" browse -pt6 --type '_PRES*'
! grep -qv ';IPv6;.*;_presence\._tcp;' "$LAN_DIR/out" && [ -s "$LAN_DIR/out" ]
ok $? "-6 --type: these only"
run "$SDREG" browse -pt --malformed
! grep -qv ';_under_score\._tcp;' "$LAN_DIR/out" && [ -s "$LAN_DIR/out" ]
ok $? "--malformed: these only"
run "$SDREG" browse -pt --unregistered
! grep -qv ';_sdreg-demo\._tcp;' "$LAN_DIR/out" && [ -s "$LAN_DIR/out" ]
ok $? "--unregistered: these only"
run "$SDREG" browse -pt --registered
! grep -q '_under_score\|_sdreg-demo' "$LAN_DIR/out" && [ -s "$LAN_DIR/out" ]
ok $? "--registered: not these"
publish juliet --subtype=_door._sub._http._tcp Door _http._tcp 81
wait_for romeo _door._sub._http._tcp
run "$SDREG" browse -pt --subtype _door _http._tcp
! grep -qv ';Door;_http\._tcp;' "$LAN_DIR/out" && [ -s "$LAN_DIR/out" ]
ok $? "--subtype: these only"
run "$SDREG" browse -t --interface eth9
ok $((status != 2)) "an interface that is not there: exit status 2"

on romeo script -qec "$SDREG browse -t _presence._tcp" /dev/null >"$LAN_DIR/out" 2>&1 </dev/null
grep -q ' of 1 services' "$LAN_DIR/out"
ok $? "a terminal sees how far it is"
run "$SDREG" browse -t
! grep -q ' of .* services' "$LAN_DIR/err"
ok $? "and nothing else does"

# domains to browse in
daemon_stop tybalt
daemon_start tybalt browse-domains=example.net,Büro.example.org
on tybalt avahi-browse -Dpt 2>/dev/null | sort >"$LAN_DIR/err"
on tybalt "$SDREG" browse -Dpt | sort >"$LAN_DIR/out"
[ -s "$LAN_DIR/err" ] && cmp -s "$LAN_DIR/err" "$LAN_DIR/out"
ok $? "as avahi-browse -Dpt"
on tybalt "$SDREG" --json browse -Dc >"$LAN_DIR/out"
json 'map(select(.event == "domain-added").domain) | index("example.net")' "JSON: a domain"
on tybalt "$SDREG" browse -Dt >"$LAN_DIR/out"
has "example.net" "a domain, for people"

# a crowd: what the daemon may not be able to hold is said, once
daemon_stop tybalt
mkfifo "$LAN_DIR/tybalt.in"
exec 9<>"$LAN_DIR/tybalt.in"
start tybalt python3 "$here/mdns.py" serve <&9
seq 1100 | sed 's/.*/{"do": "add", "name": "crowd&", "type": "_crowd._tcp"}/' >&9
wait_for romeo _crowd._tcp=1100
run "$SDREG" browse -t --no-resolve _crowd._tcp
[ "$(grep -c 'with 1000 services on eth0 the picture may be incomplete' "$LAN_DIR/err")" = 1 ]
ok $? "a crowd: the picture may be incomplete"
ok $((status != 0)) "which is no failure"
run "$SDREG" browse -t _presence._tcp
! grep -q incomplete "$LAN_DIR/err"
ok $? "and not said of few"

# what goes, comes and changes while one watches
start romeo "$SDREG" --json browse _presence._tcp _ping._tcp >"$LAN_DIR/live" 2>"$LAN_DIR/err" </dev/null
# shellcheck disable=SC2154 # functions.sh sets it
browser=$started
soon 10 'any(.[]; .event == "resolved" and .name == "juliet@pronto")' "live: what is there"
publish juliet Ping _ping._tcp 7 status=1
ping=$started
soon 10 'any(.[]; .event == "resolved" and .name == "Ping")' "live: what comes"
# a host with several addresses
on juliet ip address add 10.88.0.77/24 dev eth0
soon 10 'any(.[]; .event == "changed" and .name == "Ping" and
	(.addresses | index("10.88.0.1") and index("10.88.0.77")))' "live: one address more"
run "$SDREG" --json browse -t _ping._tcp
json 'any(.[]; .event == "resolved" and (.addresses | index("10.88.0.1") and index("10.88.0.77") and
	any(.[]; test("^fe80:.*%eth0$"))))' "a snapshot has all addresses, a link-local one with its interface"
on juliet ip address del 10.88.0.77/24 dev eth0
soon 10 '[.[] | select(.event == "changed" and .name == "Ping")] | last |
	(.addresses | index("10.88.0.77") | not)' "live: one address less"
stop "$ping"
soon 10 'any(.[]; .event == "removed" and .name == "Ping")' "live: what goes"
cat >"$LAN_DIR/juliet/avahi/services/pong.service" <<'XML'
<service-group><name>Pong</name><service><type>_ping._tcp</type><port>8</port>
<txt-record>status=1</txt-record></service></service-group>
XML
daemon_stop romeo KILL
soon 10 'any(.[]; .event == "daemon-lost")' "live: the daemon goes"
soon 10 '[.[] | select(.event == "removed" and .name == "juliet@pronto")] | length == 1' \
	"live: and all services with it"
daemon_start romeo
soon 20 'any(.[]; .event == "daemon-back")' "live: it is back"
soon 20 '[.[] | select(.event == "resolved" and .name == "juliet@pronto")] | length == 2' \
	"live: and the services"
stop "$browser"

# what this machine announces: left out when it comes, and when it goes
start romeo "$SDREG" --json browse _own._tcp >"$LAN_DIR/all" 2>"$LAN_DIR/err" </dev/null
all=$started
start romeo "$SDREG" --json browse -l _own._tcp >"$LAN_DIR/live" 2>"$LAN_DIR/err" </dev/null
browser=$started
publish romeo Mine _own._tcp 7
mine=$started
publish juliet Yours _own._tcp 7
yours=$started
soon 20 'any(.[]; .event == "resolved" and .name == "Yours")' "-l: what others announce"
soon 20 'any(.[]; .event == "added" and .name == "Mine" and .local)' \
	"without -l it comes as one of this machine's" all
stop "$mine"
stop "$yours"
soon 20 'any(.[]; .event == "removed" and .name == "Yours" and (.local | not))' "-l: and what they take back"
stop "$browser"
cp "$LAN_DIR/live" "$LAN_DIR/out"
json 'all(.[]; .name != "Mine")' "-l: nothing of this machine's own"
soon 20 'any(.[]; .event == "removed" and .name == "Mine" and .local)' "and goes as one" all
stop "$all"

# annotate: what avahi-browse prints, from the same network
# (which, of a daemon as young as romeo's, may leave out what nobody has answered yet)
tries=0
until grep -q '^=.*;_presence._tcp;' "$LAN_DIR/lines" 2>/dev/null || ((++tries > 5)); do
	on romeo avahi-browse -arptk 2>/dev/null >"$LAN_DIR/lines"
done
on romeo "$SDREG" annotate <"$LAN_DIR/lines" >"$LAN_DIR/out" 2>"$LAN_DIR/err"
ok $? "annotate takes what avahi-browse -k prints"
cut -f1 "$LAN_DIR/out" | cmp -s - "$LAN_DIR/lines"
ok $? "and leaves the lines as they are"
has "$(printf 'registered\tXMPP Link-Local Messaging\tother-port (registered 5298)\t')" "and annotates"
on romeo avahi-browse -apt 2>/dev/null | on romeo "$SDREG" annotate >"$LAN_DIR/out" 2>"$LAN_DIR/err"
if [ -x "$BUILDDIR/sdreg-avahi-names" ]; then
	has "iChat Presence;local$(printf '\tregistered')" "a title of Avahi's database leads to the type"
else
	has "unknown-title" "without gdbm a title of Avahi's database is said to be unknown"
fi

daemon_stop romeo
run "$SDREG" browse -t
ok $((status != 2)) "no daemon: exit status 2"
[ "$(wc -l <"$LAN_DIR/err")" = 1 ] && grep -q avahi-daemon "$LAN_DIR/err"
ok $? "no daemon: one line that says what to do"
start romeo "$SDREG" --json browse --no-fail _presence._tcp >"$LAN_DIR/live" 2>"$LAN_DIR/err" </dev/null
soon 10 '.[0].event == "daemon-lost" and length == 1 and
	(.[0].error | test("there is no avahi-daemon yet: waiting for it"))' "--no-fail: says that it waits"
daemon_start romeo
soon 20 '.[1].event == "daemon-back"' "--no-fail: and who came"
soon 20 'any(.[]; .event == "resolved" and .name == "juliet@pronto")' "--no-fail: and browses"
echo "1..$number"
exit 0
