#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: the command as a user types it, with the embedded registry.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

commands='lookup search types check annotate diff export info'
[ ! -x "$BUILDDIR/sdreg-browse" ] || commands="$commands browse"
[ ! -x "$BUILDDIR/sdreg-update" ] || commands="$commands update"
have_jq=0
command -v jq >/dev/null && have_jq=1

# json NAME FILTER: each line of $OUT is JSON of which the filter is true
json() {
	if [ "$have_jq" = 0 ]; then
		skip "$1" "there is no jq"
		return
	fi
	ok "$1" jq -es "length > 0 and all(.[]; $2)" "$OUT"
}

# count TEXT: how many lines of $OUT begin with it
count() { grep -c "^$1" "$OUT"; }

# ---- lookup ----

check "lookup NAME" 0 "$SDREG" lookup presence
ok "presence has three entries, and one in the supplement" [ "$(count 'presence  ')" = 4 ]
has "one for tcp" "presence  5298/tcp  XMPP Link-Local Messaging"
has "one for udp" "presence  5298/udp  XMPP Link-Local Messaging"
has "one that leaves it open" "presence  no port, no transport  Peer-to-peer messaging"
has "with both types" "_presence._tcp and _presence._udp (transport not stated)"
has "and its TXT keys" "  port.p2pj  "
has "and where they are defined" "http://www.xmpp.org/registrar/linklocal.html"
has "and the source" "IANA's registry of "
is "nothing on standard error" "" "$ERR"
cp "$OUT" "$TMP/presence"
check "names compare without case" 0 "$SDREG" lookup PRESENCE
same "and give the same" "$TMP/presence" "$OUT"
check "lookup NAME/TRANSPORT" 0 "$SDREG" lookup presence/tcp
ok "gives those of the transport, and those without one" [ "$(count 'presence  ')" = 3 ]
lacks "and no other" "5298/udp"

check "lookup TYPE" 0 "$SDREG" lookup _presence._tcp
has "a type that is registered" "_presence._tcp: registered"
check "lookup TYPE of the other transport" 1 "$SDREG" lookup _clique._tcp
has "says so" "_clique._tcp: registered for the other transport, not for this one: "
has "and for which" "clique is registered for udp, without a port"
check "lookup TYPE that is not there" 1 "$SDREG" lookup _no-such._tcp
is "prints nothing" ""
has "and says that it is not registered, and as of when" \
	"_no-such._tcp: not registered: not in IANA's registry of 2026-08-17" "$ERR"
"$BUILDDIR/sdreg-xml" part x <"$FIXTURES/registry.xml" >"$TMP/part.image"
check "lookup in a part of a registry" 1 "$SDREG" --registry "$TMP/part.image" lookup _no-such._tcp
has "says that it is one" "not found, but may be registered all the same: not in the part" "$ERR"
check "lookup TYPE that breaks a rule" 1 "$SDREG" lookup _not_legal._tcp
has "says which" "RFC 6335 section 5.1"

check "lookup PORT/TRANSPORT" 0 "$SDREG" lookup 5298/tcp
ok "gives the entry for tcp" [ "$(count 'presence  5298/tcp')" = 1 ]
lacks "and not that for udp" "5298/udp"
check "lookup PORT" 0 "$SDREG" lookup 5298
ok "gives both" [ "$(count 'presence  5298/')" = 2 ]
check "lookup PORT of the supplement" 0 "$SDREG" lookup 8009/tcp
has "gives the type that uses it" "googlecast  8009/tcp"
has "and its TXT keys" "TXT keys by "
check "lookup PORT that nobody has" 0 "$SDREG" lookup 4/tcp
has "says what IANA does" "(no name)  4/tcp  Unassigned"
check "lookup PORT that IANA does not assign" 1 "$SDREG" lookup 65534
is "prints nothing" ""
for port in 70000 65536 99999999999999999999; do
	check "lookup $port" 2 "$SDREG" lookup "$port"
	is "is no port" "sdreg: $port: a port is a number from 0 to 65535" "$ERR"
done

while IFS='|' read -r question advice; do
	check "lookup $question" 2 "$SDREG" lookup "$question"
	is "is no question: what to ask is said" "sdreg: $question: $advice" "$ERR"
done <<'TABLE'
1-100|that is more than one port: sdreg search --port A-B finds all
1-100/tcp|that is more than one port: sdreg search --port A-B finds all
80/foo|a transport is tcp, udp, sctp or dccp, as in 80/tcp or presence/tcp
80/|a transport is tcp, udp, sctp or dccp, as in 80/tcp or presence/tcp
presence/foo|a transport is tcp, udp, sctp or dccp, as in 80/tcp or presence/tcp
TABLE
for name in 914d/g no-such/foo 1-x -5 5- xmpp-client/sctp; do
	check "lookup $name" 1 "$SDREG" lookup -- no-such "$name"
	has "is one" "sdreg: $name: not registered" "$ERR"
done
check "lookup of a name with a slash" 0 "$SDREG" lookup 914c/g
has "is that name" "914c/g  211/tcp  Texas Instruments 914C/G Terminal"
check "lookup NAME that is nearly one" 1 "$SDREG" lookup presense
has "tells which" "; is presence meant?" "$ERR"
check "lookup TYPE that is nearly one" 1 "$SDREG" lookup _presense._tcp
has "tells which" "; is _presence._tcp meant?" "$ERR"
check "lookup TYPE that is nearly one of the other transport" 1 "$SDREG" lookup _cliqeu._tcp
has "tells which" "; is _clique._udp meant?" "$ERR"
for near in _rfb5._tcp _htpp._tcp _xpresensee._tcp; do
	check "lookup $near" 1 "$SDREG" lookup $near
	lacks "a short one is near none, nor is one that is far" "meant?" "$ERR"
done
check "lookup NAME in the supplement that is nearly one" 1 "$SDREG" lookup googlecas
has "tells which" "; is googlecast meant?" "$ERR"

check "lookup INSTANCE" 0 "$SDREG" lookup juliet@pronto._presence._tcp.local
has "names the instance" "instance juliet@pronto"
has "and the domain" "domain local"
has "and the type" "_presence._tcp: registered"
check "an instance with escapes" 0 "$SDREG" lookup 'Two\032words\.._presence._tcp.local'
has "is shown without" "instance Two words."
check "lookup NAME that is not there" 1 "$SDREG" lookup no-such-name
is "prints nothing" ""
ok "and one line says so" [ "$(wc -l <"$ERR")" = 1 ]
check "of several the worst counts" 1 "$SDREG" lookup presence no-such-name
has "and the others are shown" "presence  5298/tcp"
check "an empty argument" 2 "$SDREG" lookup ''
check "no argument" 2 "$SDREG" lookup
has "gets the usage" "usage: sdreg lookup" "$ERR"
check "a name that looks like an option" 1 "$SDREG" lookup -- --x
check "control characters" 1 "$SDREG" lookup $'a\033[31mb'
lacks "do not reach the terminal" $'\033' "$ERR"

check "lookup --json" 0 "$SDREG" lookup --json presence
ok "a line for each entry" [ "$(wc -l <"$OUT")" = 4 ]
json "has the fields of an entry" '(keys - ["abridged", "known", "txt_keys", "warning"] | sort) == (["name", "port", "transport", "description",
	"assignee", "contact", "registered", "modified", "reference", "service_code",
	"unauthorized_use", "notes", "types", "txt", "source"] | sort)'
json "texts are texts" '[.name, .description, .assignee, .contact, .registered, .modified,
	.reference, .service_code, .unauthorized_use, .notes, .source] | all(type == "string")'
json "a port is a number or null" '.port == 5298 or .port == null'
json "a transport is a text or null" '.transport == "tcp" or .transport == "udp" or
	.transport == null'
json "types are a list" '.types | type == "array" and length >= 1 and
	all(startswith("_presence._"))'
json "txt tells kind, keys and references" '.txt == null or (.txt | .kind == "reference" and
	(.keys | type == "array") and (.references | length >= 1 and all(type == "string")))'
ok "TXT keys are with the first" jq -es '.[0].txt_keys | any(.key == "port.p2pj")' "$OUT"
ok "JSON is the same before and after the command" cmp "$OUT" \
	<("$SDREG" --json lookup presence)
check "lookup --json of an entry without a note" 0 "$SDREG" lookup --json xmpp-client
json "has no txt" '.txt == null and .notes == "" and .port == 5222'
check "lookup --json of a range" 0 \
	"$SDREG" lookup --json --registry "$FIXTURES/registry.xml" range
json "has it as text" '.port == "6000-6003" and .transport == null and (.types | length) == 2'
check "lookup --json of people" 0 \
	"$SDREG" lookup --json --registry "$FIXTURES/registry.xml" made-up
json "has them in brackets" '.assignee == "[Ann_Author]" or .assignee == "[Bea_Büro]"'
check "a port inside a range" 0 "$SDREG" lookup --registry "$FIXTURES/registry.xml" 6002
has "is found" "range"

# ---- check ----

check "check of a good type" 0 "$SDREG" check _presence._tcp
has "says so" "_presence._tcp: registered"
check "check of one whose transport is open" 0 \
	"$SDREG" check --registry "$FIXTURES/registry.xml" _open-ended._udp
has "says so" "registered, transport not stated"
check "check for the other transport" 1 "$SDREG" check _clique._tcp
check "check of one that is not there" 1 "$SDREG" check _no-such._tcp
check "check --syntax of it" 0 "$SDREG" check --syntax _no-such._tcp
is "looks at its form only" "_no-such._tcp: well formed"
check "check of an instance name" 0 "$SDREG" check juliet@pronto._presence._tcp.local
check "check of several" 1 "$SDREG" check _presence._tcp _-x._tcp
has "has a line for the good" "_presence._tcp: registered"
has "and for the bad" "_-x._tcp: not well formed"
check "check of none" 2 "$SDREG" check

while IFS='|' read -r type source rule; do
	check "check --syntax $type" 1 "$SDREG" check --syntax "$type"
	is "names the rule" "$type: not well formed: $rule (RFC $source)"
done <<'TABLE'
_._tcp|6335 section 5.1|the service name is empty
_sixteen-letters1._tcp|6335 section 5.1|the service name is over 15 characters
_a_b._tcp|6335 section 5.1|the service name has a character other than A-Z, a-z, 0-9 and hyphen
_12345._tcp|6335 section 5.1|the service name has no letter
_-first._tcp|6335 section 5.1|the service name begins or ends with a hyphen
_last-._tcp|6335 section 5.1|the service name begins or ends with a hyphen
_a--b._tcp|6335 section 5.1|the service name has two hyphens side by side
_name._sctp|6763 section 7|the second label is neither _tcp nor _udp (_udp stands for all but TCP)
a\007b._name._tcp|6763 section 4.1.1|the instance name has a control character
a\255b._name._tcp|6763 section 4.1.1|the instance name is not UTF-8
TABLE
check "several rules broken" 1 "$SDREG" check --syntax _-1--2-._tcp
ok "have a line each" [ "$(wc -l <"$OUT")" = 3 ]
for good in _a._tcp _fifteen-letters._udp _1a._tcp _A-1._TCP. _printer._sub._http._tcp.local.; do
	check "check --syntax $good" 0 "$SDREG" check --syntax "$good"
done
for shape in presence presence.tcp _presence '' . _a.b._tcp; do
	check "check --syntax of what is no type: '$shape'" 1 "$SDREG" check --syntax "$shape"
	has "says so" "not well formed: "
done
check "check of a type that is nearly one" 1 "$SDREG" check _presense._tcp
has "tells which" ": is _presence._tcp meant?"
check "check --json of it" 1 "$SDREG" check --json _presense._tcp
json "tells which" '.meant == "_presence._tcp" and .type == "_presense._tcp"'
check "check of a type in use for something else" 0 "$SDREG" check _hap._tcp
has "says so" "_hap._tcp: registered; in use for something else: HomeKit accessory; IANA registered hap"
has "and who says it" "; sdreg's supplement)"
check "check --json of it" 0 "$SDREG" check --json _hap._tcp
json "says so" '.verdict == "registered" and (.instead | startswith("IANA registered hap"))'
check "lookup of it" 0 "$SDREG" lookup _hap._tcp
has "has the same words" "_hap._tcp: registered; in use for something else: HomeKit accessory"
has "and its keys, a line each" "  sf         status flags (required): "
lacks "without their values" "bit 0: not paired"
check "lookup --all of it" 0 "$SDREG" lookup _hap._tcp --all
has "has them" "bit 0: not paired"
check "check --json" 1 "$SDREG" check --json _presence._tcp _under_score._tcp nothing
ok "has a line for each" [ "$(wc -l <"$OUT")" = 3 ]
json "with these fields" '(keys + ["known", "warning"] | unique) == ["findings", "input", "instead", "known", "left_out", "meant", "source",
	"title", "type", "valid", "verdict", "warning"]'
json "what is known is what is meant" '.meant == null'
json "a valid one has no findings" '.valid == (.findings == [])'
json "a finding is severity, text and source" '.findings | all((.severity | type == "string") and
	(.text | type == "string") and (.source | startswith("RFC ")))'

# ---- types ----

check "types" 0 "$SDREG" types
ok "text is sorted" sort -c "$OUT"
check "types --format tsv" 0 "$SDREG" types --format tsv
ok "is sorted by bytes" sort -c "$OUT"
ok "has six fields" awk -F '\t' 'NF != 6 { print; bad = 1 } END { exit bad || NR == 0 }' "$OUT"
# shellcheck disable=SC2016 # awk's
ok "of the right shape" awk -F '\t' '
	$1 !~ /^_[A-Za-z0-9-]+\._(tcp|udp)$/ || index($1, "_" $2 ".") != 1 ||
	$3 !~ /^([0-9]+(-[0-9]+)?)?$/ || $4 !~ /^(tcp|udp|sctp|dccp)?$/ ||
	$6 != ($4 == "" ? "transport-unspecified" : "") { print; bad = 1 } END { exit bad }' "$OUT"
ok "has clique for udp" grep -qx \
	$'_clique._udp\tclique\t\tudp\tClique Link-Local Multicast Chat Room\t' "$OUT"
ok "has presence four times" [ "$(count '_presence._')" = 4 ]
lines=$(wc -l <"$OUT")
check "types --format json" 0 "$SDREG" types --format json
json "is JSON" '(keys | sort) == ["description", "name", "port", "source", "transport",
	"transport_unspecified", "type"] and .transport_unspecified == (.transport == null)'
ok "of as many lines" [ "$(wc -l <"$OUT")" = "$lines" ]
ok "and what --json prints" cmp "$OUT" <("$SDREG" --json types)
check "types of the fixture" 0 "$SDREG" types --format tsv --registry "$FIXTURES/registry.xml"
is "are these" "$(cat "$FIXTURES/types.tsv")"
check "types of the same as CSV" 0 "$SDREG" types --format tsv --registry "$FIXTURES/registry.csv"
is "are the same" "$(cat "$FIXTURES/types.tsv")"
check "types --format of another kind" 2 "$SDREG" types --format yaml
check "types takes no name" 2 "$SDREG" types presence

# ---- info ----

check "info" 0 "$SDREG" info
has "says that the embedded registry is whole" "complete           yes"
has "and what it lacks" "left out           most notes and people"
check "info of a part" 0 "$SDREG" info --registry "$TMP/part.image"
has "says that it is one" "complete           no"
lacks "which lacks nothing else" "left out"
check "info of a whole registry" 0 "$SDREG" info --registry "$FIXTURES/registry.xml"
has "says which" "IANA's registry of 2001-02-03, from "
has "and that it is whole" "complete           yes"
has "and its entries" "entries            9"
check "info --json" 0 "$SDREG" info --json
json "is an object of counts" '.complete and .abridged and ([.entries, .named, .without_port,
	.without_transport, .types, .txt_notes, .people, .supplement] | all(type == "number")) and
	([.source, .updated] | all(type == "string"))'
json "the embedded one is no file and was fetched from nowhere" \
	'.file == null and .fetched == null and .fetched_from == null'
check "info takes no name" 2 "$SDREG" info presence

# ---- help, and what is wrong ----

check "--version" 0 "$SDREG" --version
ok "is one line" grep -Eqx 'sdreg [0-9]+\.[0-9]+\.[0-9]+.*' "$OUT"
check "--help" 0 "$SDREG" --help
cp "$OUT" "$TMP/help"
ok "help fits into 80 columns" awk 'length > 80 { print; bad = 1 } END { exit bad }' "$TMP/help"
for command in $commands; do
	has "--help names $command" "  $command " "$TMP/help"
	check "$command --help" 0 "$SDREG" "$command" --help
	has "$command --help has its usage" "usage: sdreg $command "
	has "$command --help has the options of all" "--registry FILE"
	ok "$command --help fits into 80 columns" \
		awk 'length > 80 { print; bad = 1 } END { exit bad }' "$OUT"
	is "$command --help says nothing else" "" "$ERR"
	cp "$OUT" "$TMP/help-of-it"
	check "help $command" 0 "$SDREG" help "$command"
	same "help $command is the same" "$OUT" "$TMP/help-of-it"
	check "$command with an unknown option" 2 "$SDREG" "$command" --no-such-option
	is "$command with an unknown option prints nothing" ""
	has "$command with an unknown option names it" "--no-such-option" "$ERR"
	check "$command with a registry that is not there" 2 \
		"$SDREG" "$command" --registry "$TMP/none" presence </dev/null
	ok "$command --help to a full disk fails" \
		[ "$("$SDREG" "$command" --help 2>/dev/null >/dev/full; echo $?)" = 2 ]
done
for words in help "help --help" "--json help"; do
	# shellcheck disable=SC2086 # a list of words
	check "$words" 0 "$SDREG" $words
	same "$words is --help" "$OUT" "$TMP/help"
done
check "help of an unknown command" 2 "$SDREG" help no-such-command
has "help of an unknown command names it" 'there is no command "no-such-command"' "$ERR"
check "an unknown command" 2 "$SDREG" no-such-command
is "prints nothing" ""
ok "and is named in one line" grep -q no-such-command "$ERR"
check "no command" 2 "$SDREG"
check "an unknown option" 2 "$SDREG" --no-such-option lookup presence
check "an option without its value" 2 "$SDREG" lookup --registry

# ---- standard output that takes nothing ----

# status COMMAND...: with standard output where $to leads
status() {
	if [ "$to" = closed ]; then
		"$SDREG" "$@" >&- 2>"$ERR" <"$TMP/line"
	else
		"$SDREG" "$@" >"$to" 2>"$ERR" <"$TMP/line"
	fi
	[ $? = 2 ] && grep -q '^sdreg: standard output: ' "$ERR"
}

echo '+;lo;IPv4;a;_http._tcp;local' >"$TMP/line"
for to in /dev/full closed; do
	if [ "$to" = /dev/full ] && [ ! -c /dev/full ]; then
		skip "a full disk" "there is no /dev/full"
		continue
	fi
	for arguments in "lookup presence" "lookup --json presence" "search presence" \
		"check _presence._tcp" types "types --json" "diff embedded embedded" info annotate "annotate --json" --help --version; do
		# shellcheck disable=SC2086 # words
		ok "$arguments: standard output to $to is trouble" status $arguments
	done
done

# ---- the locale changes nothing ----

# in_locale LOCALE
in_locale() {
	local arguments
	for arguments in "lookup PRESENCE" "lookup IPP" "search IPP I" types "types --format tsv" \
		"check _IPP._TCP" info; do
		# shellcheck disable=SC2086 # words
		"$SDREG" $arguments >"$TMP/c" 2>&1
		# shellcheck disable=SC2086
		LC_ALL=$1 LANGUAGE=tr "$SDREG" $arguments >"$TMP/other" 2>&1
		ok "$arguments: the same in $1" cmp "$TMP/c" "$TMP/other"
	done
}

# The machine's own, or one that is made here
turkish=$(locale -a 2>/dev/null | grep -ix -m 1 -e 'tr_TR.utf-*8')
if [ -z "$turkish" ] && localedef -i tr_TR -f UTF-8 "$TMP/tr_TR.UTF-8" 2>"$ERR"; then
	export LOCPATH=$TMP
	turkish=tr_TR.UTF-8
fi
if [ -n "$turkish" ]; then
	ok "the Turkish locale is one" [ "$(LC_ALL=$turkish locale charmap)" = UTF-8 ]
	in_locale "$turkish"
	unset LOCPATH
else
	skip "a Turkish locale changes nothing" "localedef cannot make tr_TR.UTF-8 (Debian: locales)"
fi
in_locale C.UTF-8

# ---- a command pays for what it uses ----

# loads NAME COMMAND...: which libraries the dynamic linker looks for, in $TMP/libs
loads() {
	local name=$1
	shift
	LD_DEBUG=libs LD_DEBUG_OUTPUT=$TMP/ld "$SDREG" "$@" >"$OUT" 2>"$ERR" <"$TMP/line"
	cat "$TMP"/ld.* >"$TMP/libs" 2>/dev/null
	rm -f "$TMP"/ld.*
	if ! grep -q 'find library=' "$TMP/libs"; then
		skip "$name loads neither libxml2 nor avahi-client" \
			"the dynamic linker does not tell, or the program is static"
		return
	fi
	ok "$name loads neither libxml2 nor avahi-client nor gdbm nor libcurl" \
		[ -z "$(grep -E 'find library=lib(xml2|avahi|dbus|gdbm|curl)' "$TMP/libs")" ]
}

loads lookup lookup presence
loads check check _presence._tcp
loads annotate annotate
loads types types
loads search search presence
loads info info
finish
