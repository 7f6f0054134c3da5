#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg annotate as a filter. What goes in comes out, byte for byte, and the lines of
# avahi-browse -p have fields behind a tab.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

have_jq=0
command -v jq >/dev/null && have_jq=1

# begins NAME INPUT OUTPUT: each line of the output is that of the input, and a tab and more or
# nothing
begins() {
	# shellcheck disable=SC2016 # awk's
	ok "$1" awk '
		FNR == NR { line[FNR] = $0; lines = FNR; next }
		index($0, line[FNR]) != 1 || length($0) > length(line[FNR]) &&
			substr($0, length(line[FNR]) + 1, 1) != "\t" { print FNR ": " $0; bad = 1 }
		END { exit bad || FNR != lines }' "$2" "$3"
}

# field LINE N: the nth field that was added to a line of $OUT
field() { sed -n "$1p" "$OUT" | cut -f "$(($2 + 1))"; }

# added NAME LINE TEXT...: the fields that were added
added() {
	local name=$1 line=$2 wanted
	shift 2
	wanted=$(printf '\t%s' "$@")
	sed -n "${line}p" "$OUT" | sed 's/^[^\t]*//' >"$TMP/added"
	is "$name" "$wanted" "$TMP/added"
}

# json NAME FILTER: the lines of $OUT are JSON, and the filter is true of all as an array
json() {
	if [ "$have_jq" = 0 ]; then
		skip "$1" "there is no jq"
		return
	fi
	ok "$1" jq -es "$2" "$OUT"
}

# ---- avahi-browse -pk ----

cat >"$TMP/types" <<'TEXT'
+;v0;IPv4;juliet\059rogue\.\\x\010\027\09131mRED;_presence._tcp;local
+;v0;IPv4;\027\0930\059OWNED\007dead\027\0912J;_clique._udp;local
-;v0;IPv4;a;_clique._tcp;local
+;v0;IPv6;b;_no-such-type._tcp;local
+;v0;IPv6;c;_under_score._tcp;local
+;(null);n/a;d;_PRESENCE._TCP;example.com
TEXT
check "lines with types" 0 "$SDREG" annotate "$TMP/types"
begins "come out as they were" "$TMP/types" "$OUT"
cp "$OUT" "$TMP/annotated"
added "registered" 1 registered "XMPP Link-Local Messaging"
added "another one" 2 registered "Clique Link-Local Multicast Chat Room"
ok "other transport" [ "$(field 3 1)" = other-transport ]
ok "not registered" [ "$(field 4 1)" = not-registered ]
ok "not well formed" [ "$(field 5 1)" = not-well-formed ]
added "types compare without case" 6 registered "XMPP Link-Local Messaging"
check "the same from standard input" 0 "$SDREG" annotate <"$TMP/types"
same "gives the same" "$TMP/annotated" "$OUT"
check "and as -" 0 "$SDREG" annotate - <"$TMP/types"
same "gives the same" "$TMP/annotated" "$OUT"
check "two files" 0 "$SDREG" annotate "$TMP/types" "$TMP/types"
cat "$TMP/annotated" "$TMP/annotated" >"$TMP/twice"
same "come one after the other" "$TMP/twice" "$OUT"
"$BUILDDIR/sdreg-xml" part x <"$FIXTURES/registry.xml" >"$TMP/part.image"
check "a part of a registry" 0 "$SDREG" annotate --registry "$TMP/part.image" "$TMP/types"
ok "is not sure" [ "$(field 4 1)" = not-in-part ]

# ---- avahi-browse -rpk ----

printf '%s' '=;v0;IPv4;romeo;_presence._tcp;local;h\195\169\027\09131mhost\059x.local;10.99.0.2;' \
	'5298;"empty=" "novalue" "msg=caf\195\169\027]0;pwn\007\15531m' $'\x7f' \
	'" "1st=Juliet; \"Q\"\\ back" "txtvers=1"' >"$TMP/resolved"
cat >>"$TMP/resolved" <<'TEXT'

=;v0;IPv4;notxt;_presence._tcp;local;host.local;10.99.0.2;5299;
=;v0;IPv6;zero;_presence._udp;local;host.local;fe80::1;0;"a"
=;v0;IPv4;room;_clique._udp;local;host.local;10.99.0.2;4711;"=" "x=1" "x=2"
=;v0;IPv4;what;_no-such-type._tcp;local;host.local;10.99.0.2;1;"k=v"
TEXT
check "resolved lines" 0 "$SDREG" annotate "$TMP/resolved"
begins "come out as they were" "$TMP/resolved" "$OUT"
added "port and keys" 1 registered "XMPP Link-Local Messaging" as-registered "msg,1st,txtvers" \
	"empty,novalue"
added "another port" 2 registered "XMPP Link-Local Messaging" "other-port (registered 5298)" "" ""
ok "port 0" [ "$(field 3 3)" = zero ]
ok "a type without a port" [ "$(field 4 3)" = none-registered ]
ok "an unknown type has its fields" [ "$(sed -n 5p "$OUT" | tr -dc '\t' | wc -c)" = 5 ]
ok "nothing that was escaped is added raw" \
	[ "$(tr -dc '\033\007' <"$OUT" | wc -c)" = "$(tr -dc '\033\007' <"$TMP/resolved" | wc -c)" ]
check "a raw key of an old Avahi" 0 "$SDREG" annotate < <(
	printf '=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"b\233\061=1"\n'
)
ok "is escaped in what is added" [ "$(field 1 5)" = 'b\1551' ]

# ---- without -k: titles ----

cat >"$TMP/titles" <<'TEXT'
+;v0;IPv4;juliet\059rogue\.\\x\010\027\09131mRED;iChat Presence;local
=;v0;IPv4;notxt;Internet Printer;local;h\195\169\027\09131mhost\059x.local;10.99.0.2;5298;
+;v0;IPv4;a;No Such Title;local
TEXT
check "lines with titles" 0 "$SDREG" annotate "$TMP/titles"
begins "come out as they were" "$TMP/titles" "$OUT"
ok "a title that nobody knows" [ "$(field 3 1)" = unknown-title ]
if [ -n "$("$BUILDDIR/sdreg-avahi-names" 2>/dev/null)" ]; then
	added "a title of Avahi's database" 1 registered "XMPP Link-Local Messaging"
	ok "another one" [ "$(field 2 1)" != unknown-title ]
	ok "has a port" [ "$(field 2 3)" = "other-port (registered 631)" ]
	check "titles as JSON" 0 "$SDREG" annotate --json "$TMP/titles"
	json "have their type" '.[0].type == "_presence._tcp"'
else
	skip "a title of Avahi's database" "there is no sdreg-avahi-names, or no such database"
fi

# ---- TXT records of each version: 0.7 escapes nothing, 0.8 and 0.9 do ----

cat >"$TMP/versions" <<'TEXT'
=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=C:\"
=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=C:\" "status=\" "x"
=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=say "hi", you" "status=away"
=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=C:\\" "status=\""
=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=a;b\010\195\169" "x=\" \"y"
=;a;b;IPv6;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=;IPv4;"
TEXT
{
	# ARM: what is not ASCII was raw; and 127, up to 0.9-rc2
	printf '=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=\303\251\\\\" "m\177=1"\n'
	printf '=;v0;IPv4;a;_presence._tcp;local;h.local;1.2.3.4;5298;"msg=\t\303\\\\" "x=1"\r\n'
} >>"$TMP/versions"
check "TXT records of all versions" 0 "$SDREG" annotate "$TMP/versions"
begins "come out as they were" "$TMP/versions" "$OUT"
ok "0.7: a backslash before the last quote" [ "$(field 1 4)" = msg ]
ok "and before each" [ "$(field 2 4) $(field 2 5)" = "msg,status x" ]
ok "and quotes inside" [ "$(field 3 4)" = msg,status ]
ok "0.8: both are escaped" [ "$(field 4 4) $(field 4 5)" = "msg,status " ]
ok "and no quote parts strings" [ "$(field 5 4) $(field 5 5)" = "msg x" ]
ok "an interface with a semicolon" [ "$(field 6 1) $(field 6 4)" = "registered msg" ]
ok "raw bytes of ARM" [ "$(field 7 4) $(field 7 5)" = 'msg m\127' ]
check "the same as JSON" 0 "$SDREG" annotate --json "$TMP/versions"
json "has the values" '[.[].txt[0].value] == ["C:\\", "C:\\", "say \"hi\", you", "C:\\",
	"a;b\n\u00e9", ";IPv4;", "\u00e9\\", {base64: "CcNcXA=="}]'
json "and the interface" '.[5].interface == "a;b"'

# ---- avahi-browse without -p ----

# columns EVENT INTERFACE PROTOCOL WIDTH NAME TYPE DOMAIN: as avahi-browse prints them
columns() { printf '%c %6s %4s %-*s %-20s %s\n' "$@"; }

# gives_back NAME INPUT: without the lines that a tab begins, $OUT is the input
gives_back() { ok "$1" cmp "$2" <(sed -z 's/\n\t[^\n]*//g' "$OUT"); }

{
	columns + eth0 IPv4 45 "Romeo's Mac ____" _presence._tcp local
	columns '=' eth0 IPv4 45 'two  blanks_ _tcp' _presence._tcp local
	cat <<'TEXT'
   hostname = [h\195\169.local]
   address = [10.2.1.187]
   port = [5562]
   txt = ["txtvers=1" "status=away" "b\155" "=x"]
TEXT
	columns - wlan0 IPv6 5 'no room for columns' _no-such-type._tcp example.com
	columns '=' eth0 n/a 165 'wide' _hap._tcp local
	printf ': All for now\n   port = [661]\n   hostname = [late.local]\n   port = [5298]\n   txt = []\n'
} >"$TMP/human"
check "lines for people" 0 "$SDREG" annotate "$TMP/human"
gives_back "come out as they were" "$TMP/human"
{
	sed -n 1p "$TMP/human"
	printf '\tXMPP Link-Local Messaging  [registered]\n'
	sed -n 2p "$TMP/human"
	printf '\tXMPP Link-Local Messaging  [registered]\n'
	sed -n 3,5p "$TMP/human"
	printf '\t5562, not the registered one, 5298: same name, other port\n'
	sed -n 6p "$TMP/human"
} >"$TMP/wanted"
ok "with what is known below each" cmp -n "$(wc -c <"$TMP/wanted")" "$TMP/wanted" "$OUT"
has "TXT keys too" "	status=away  (whether the user is there"
has "and those that are not known" '	b\155  (key not known)'
has "and strings without one" "	=x  (no key: readers ignore it)"
has "an unknown type" "	[not registered]"
has "what else a name stands for" "	(IANA registered hap as another protocol"
ok "also behind noise" [ "$(grep -A1 '^   port = .661.$' "$OUT" | grep -c '^	661')" = 1 ]
ok "a line that came too late has none" [ "$(tail -n 3 "$OUT" | grep -c '^   ')" = 3 ]
printf '%s\r\n%s' "$(sed -n 1p "$TMP/human")" "$(sed -n 1p "$TMP/human")" >"$TMP/ends"
check "line breaks of another kind, and none" 0 "$SDREG" annotate "$TMP/ends"
gives_back "stay as they were" "$TMP/ends"
ok "and are annotated" [ "$(grep -c '^	XMPP' "$OUT")" = 2 ]
check "lines for people as JSON" 0 "$SDREG" annotate --json "$TMP/human"
json "have what is known" '[.[0, 1, 6, 7] | .verdict] ==
	["registered", "registered", "not-registered", "registered"]'
json "names as they stand there" '.[1].name == "two  blanks_ _tcp" and .[1].form == "human"'
json "those below too" '.[2].host == "h\u00e9.local" and .[3].address == "10.2.1.187" and
	.[4].port_verdict == "other-port" and .[5].txt[1].explained == "away"'

{
	columns + eth0 IPv4 45 juliet 'iChat Presence' local
	columns + eth0 IPv4 5 'My long name is Secure' 'Internet Printer' local
	columns + eth0 IPv4 5 'My long name' 'Secure Internet Printer' local
	columns '=' eth0 IPv4 45 x 'Sicheres Web-Angebot' local
	printf '   port = [443]\n'
	columns + eth0 IPv4 45 unknown 'No Such Title' local
	echo '+ eth0 IPv4 ambiguous Secure Internet Printer local' | sed 's/Secure/SFTP File Transfer/'
} >"$TMP/human-titles"
check "titles in lines for people" 0 "$SDREG" annotate "$TMP/human-titles"
gives_back "come out as they were" "$TMP/human-titles"
if [ -n "$("$BUILDDIR/sdreg-avahi-names" 2>/dev/null)" ]; then
	is "are led back to types" "	XMPP Link-Local Messaging  [registered]
	IPP (Internet Printing Protocol)  [registered]
	Internet Printing Protocol over HTTPS  [registered]
	http protocol over TLS/SSL  [registered]
	443, as registered
	IPP (Internet Printing Protocol)  [registered]" <(grep '^	' "$OUT")
else
	skip "are led back to types" "there is no sdreg-avahi-names, or no such database"
fi

# ---- avahi-browse -D ----

printf '+;;;local\n-;v0;IPv4;dns\\.sd.example\n+  n/a  n/a 0.example\n' >"$TMP/domains"
check "domains" 0 "$SDREG" annotate "$TMP/domains"
same "pass through" "$TMP/domains" "$OUT"
check "domains as JSON" 0 "$SDREG" annotate --json "$TMP/domains"
json "have event, interface, protocol and domain" \
	'[.[] | [.event, .interface, .protocol, .domain]] == [["+", "", "", "local"],
	["-", "v0", "IPv4", "dns.sd.example"], ["+", "n/a", "n/a", "0.example"]]'

# ---- --text ----

check "a block a service" 0 "$SDREG" annotate --text "$TMP/resolved"
is "names all that is known" '= romeo
    type      _presence._tcp  XMPP Link-Local Messaging  [registered]
    seen on   v0, IPv4
    host      hé\027[31mhost;x.local
    address   10.99.0.2
    port      5298, as registered
    TXT       empty=  (key not known)
              novalue  (key not known)' <(head -n 8 "$OUT")
check "also of lines for people" 0 "$SDREG" annotate --text "$TMP/human"
is "as they come" "+ Romeo's Mac ____
    type      _presence._tcp  XMPP Link-Local Messaging  [registered]
    seen on   eth0, IPv4
= two  blanks_ _tcp
    type      _presence._tcp  XMPP Link-Local Messaging  [registered]
    seen on   eth0, IPv4
    host      hé.local
    address   10.2.1.187
    port      5562, not the registered one, 5298: same name, other port
    TXT       txtvers=1  (version of this set of keys, always 1: the only version)" \
	<(head -n 10 "$OUT")
check "and of domains" 0 "$SDREG" annotate --text "$TMP/domains"
same "which pass" "$TMP/domains" "$OUT"
check "--text as JSON" 2 "$SDREG" annotate --text --json "$TMP/types"
has "is refused" "--text is for people" "$ERR"

# ---- what is no such line ----

{
	cat <<'TEXT'
: All for now
: Cache exhausted

WARNING: Unhandled message

   hostname = [pronto.local]
   txt = ["txtvers=1"]
+   eth0 IPv4
+;eth0;IPv4;local
=;eth0;IPv4;a;_http._tcp;local
+;eth0;IPv4;a;;local
*;eth0;IPv4;a;_http._tcp;local
;;;;;;;;;;;;
TEXT
	printf '\0\0+;\377\376\n\r\n\033[31m\001\n\t\n'
	awk 'BEGIN { srand(1); for (i = 0; i < 65536; i++) printf "%c", 128 + int(rand() * 128) }'
	printf '\n'
	head -c 1000000 /dev/zero | tr '\0' ';'
	printf '\n'
	head -c 300000 /dev/zero
	printf '\nno line break'
} >"$TMP/other"
check "other lines" 0 "$SDREG" annotate "$TMP/other"
same "pass through" "$TMP/other" "$OUT"
check "no input" 0 "$SDREG" annotate /dev/null
same "gives no output" /dev/null "$OUT"
printf '%s' "$(sed -n 1p "$TMP/types")" >"$TMP/open"
check "a last line without its break" 0 "$SDREG" annotate "$TMP/open"
is "is annotated" "$(sed -n 1p "$TMP/annotated")"
ok "and has no break" [ "$(wc -l <"$OUT")" = 0 ]
printf '+;v0;IPv4;a;_presence._tcp;local\r\n' >"$TMP/crlf"
check "a line that ends in CR LF" 0 "$SDREG" annotate "$TMP/crlf"
begins "comes out as it was" "$TMP/crlf" "$OUT"

# What was annotated before is annotated alike: 6,000 services, more than are kept, each three times
for _ in 1 2 3; do
	seq 6000 | sed 's/.*/=;v0;IPv4;n;_ipp._tcp;local;h&.local;10.0.0.1;631;"rp=&" "sdreg&=x"/'
	seq 6000 | sed 's/.*/+;v0;IPv4;n&;_ipp._tcp;local/'
done >"$TMP/again"
check "lines that come again" 0 "$SDREG" annotate "$TMP/again"
ok "are all there" [ "$(wc -l <"$OUT")" = 36000 ]
ok "and annotated as before" [ "$(sort -u "$OUT" | wc -l)" = 12000 ]
ok "each by its own key" [ "$(awk -F'\t' '/^=/ { n = $1; sub(/.*"sdreg/, "", n); sub(/=.*/, "", n)
	if ($6 != "sdreg" n || $5 != "rp") print }' "$OUT" | wc -l)" = 0 ]
for _ in 1 2 3; do
	printf '=;v0;IPv4;n;_ipp._tcp;local;h.local;10.0.0.1;631;"%s" "%s=1" "%s=2" "%s==3" "%s" "%s=4" "%s" "rp"\n' \
		abcdefg abcdefgh abcdefgh1 abcdefgh2 abcdefgh12345678 abcdefgh123456789 abcdefgh12345679
done >"$TMP/keys"
check "keys of all lengths" 0 "$SDREG" annotate "$TMP/keys"
ok "are told apart, each time" [ "$(cut -f 5,6 "$OUT" | sort -u)" = "rp	abcdefg,abcdefgh,abcdefgh1,$(
	)abcdefgh2,abcdefgh12345678,abcdefgh123456789,abcdefgh12345679" ]
printf '=;v0;IPv4;n;%s;local;h.local;10.0.0.1;5298;"status=away" "rp=x"\n' _presence._tcp _ipp._tcp \
	_presence._tcp _ipp._tcp >"$TMP/same-txt"
check "the same TXT record of two types" 0 "$SDREG" annotate "$TMP/same-txt"
is "has the keys of each" $'status\trp\nrp\tstatus\nstatus\trp\nrp\tstatus' <(cut -f 5,6 "$OUT")

# A service's line that is too long to be one, between two that are not
{
	sed -n 1p "$TMP/types"
	printf '=;v0;IPv4;long;_presence._tcp;local;h;1.2.3.4;5298;"a='
	head -c 1000000 /dev/zero | tr '\0' 'x'
	printf '"\n'
	sed -n 2p "$TMP/types"
} >"$TMP/long"
check "a line of a megabyte" 0 "$SDREG" annotate "$TMP/long"
begins "comes out as it was" "$TMP/long" "$OUT"
ok "and those around it are annotated" \
	cmp <(sed -n '1p;3p' "$OUT") <(sed -n '1,2p' "$TMP/annotated")

# a registry of one's own may have a title of nearly a megabyte, of which each byte is escaped
{
	echo '<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">'
	printf '<updated>2026-01-01</updated><record><name>presence</name><protocol>tcp</protocol><description>'
	head -c 400000 /dev/zero | sed 's/\x0/\xc2\x85/g'
	echo '</description><number>5298</number></record></registry>'
} >"$TMP/title.xml"
check "a title of a megabyte" 0 "$SDREG" annotate --registry "$TMP/title.xml" "$TMP/resolved"
begins "is cut" "$TMP/resolved" "$OUT"
ok "and not what follows" [ "$(field 1 3)" = as-registered ]

# Lines about as long as one may be: what is longer passes as it is
for length in 262141 262142 262143 300000 327680 327681 330000; do
	printf '%s' '=;v0;IPv4;long;_presence._tcp;local;h;1.2.3.4;5298;"msg=\010'
	head -c $((length - 60)) /dev/zero | tr '\0' '"'
	printf '"\n' # with this, two bytes more
done >"$TMP/longest"
for length in 1 100 4000; do
	check "lines as long as one may be, $length" 0 "$SDREG" annotate \
		<(head -c "$length" /dev/zero | tr '\0' '\n') "$TMP/longest"
	begins "come out as they were" <(head -c "$length" /dev/zero | tr '\0' '\n' |
		cat - "$TMP/longest") "$OUT"
	ok "and are annotated if they are not too long" \
		[ "$(awk -F'\t' 'NF > 1 { n++ } END { print n }' "$OUT")" = 2 ]
done

# Lines of any length, so that they meet the end of every buffer
awk 'BEGIN { for (i = 0; i < 3000; i++) {
	printf "+;v0;IPv4;"
	for (j = 0; j < i * 7 % 640; j++)
		printf "x"
	print ";_presence._tcp;local" } }' >"$TMP/many"
check "a million bytes of lines" 0 "$SDREG" annotate "$TMP/many"
ok "each is annotated" cmp "$OUT" \
	<(sed 's/$/\tregistered\tXMPP Link-Local Messaging/' "$TMP/many")

# ---- JSON ----

check "types as JSON" 0 "$SDREG" annotate --json "$TMP/types"
json "a line for each" 'length == 6'
json "names without escapes" '.[0].name == "juliet;rogue.\\x\n\u001b[31mRED"'
json "verdicts" '[.[].verdict] == ["registered", "registered", "other-transport", "not-registered",
	"not-well-formed", "registered"]'
json "events and interfaces" '.[2].event == "-" and .[0].interface == "v0"'
check "resolved lines as JSON" 0 "$SDREG" annotate --json "$TMP/resolved"
json "have host, address and port" '.[0].address == "10.99.0.2" and .[0].port == 5298 and
	(.[0].host | startswith("h\u00e9\u001b[31mhost;x"))'
json "have port verdicts" '[.[].port_verdict] ==
	["as-registered", "other-port", "zero", "none-registered", "none-registered"]'
json "have their TXT" '[.[0].txt[].key] == ["empty", "novalue", "msg", "1st", "txtvers"] and
	.[0].txt[0].value == "" and .[0].txt[1].value == null and
	.[0].txt[3].value == "Juliet; \"Q\"\\ back"'
ok "no control character is raw" [ "$(tr -d '\n -~\200-\377' <"$OUT" | wc -c)" = 0 ]
check "other lines as JSON" 0 "$SDREG" annotate --json "$TMP/other"
json "are JSON, also those of a megabyte" 'length > 10 and .[0].line == ": All for now"'

# Nothing is lost: the input is in the output, to the last byte.
if command -v python3 >/dev/null; then
	cat >"$TMP/back.py" <<'PYTHON'
import base64, json, sys
for line in sys.stdin.buffer:
    it = json.loads(line)
    text = it["line"]
    bytes = base64.b64decode(text["base64"]) if isinstance(text, dict) else text.encode()
    sys.stdout.buffer.write(bytes + it.get("end", "\n").encode())
PYTHON
	for name in types resolved versions titles human human-titles ends domains other open crlf \
		long longest; do
		"$SDREG" annotate --json "$TMP/$name" >"$TMP/json"
		ok "JSON gives back: $name" cmp "$TMP/$name" <(python3 "$TMP/back.py" <"$TMP/json")
	done
else
	skip "JSON gives back the input" "python3 is not installed"
fi

# ---- a growing pipe ----

# grows OPTION...: each line is there before the next is written, also one that comes in two parts
grows() {
	local line got status=0 in out
	coproc timeout 60 "$SDREG" annotate "$@"
	in=${COPROC[1]} out=${COPROC[0]}
	while read -r line; do
		printf '%s' "${line:0:9}" >&"$in"
		sleep 0.1
		printf '%s\n' "${line:9}" >&"$in"
		read -r -t 10 got <&"$out" || status=1
		[[ $got == *a* ]] || status=1
		while read -r -t 0.2 got <&"$out"; do :; done # what else is said of it
	done <<'TEXT'
+;v0;IPv4;a;_presence._tcp;local
not a line of ;avahi-browse
+;v0;IPv4;a;_clique._udp;local
+     v0 IPv4 presence;a _presence._tcp local
TEXT
	exec {in}>&-
	wait "$COPROC_PID" 2>/dev/null || status=1
	return "$status"
}

ok "each line comes out when it came in" grows
ok "as JSON too" grows --json
ok "and for people" grows --text

# parts TEXT AT...: what is said of a text that comes in parts, which begin at so many bytes
parts() {
	local text=$1 from=0 at
	shift
	for at in "$@" "${#text}"; do
		printf '%s' "${text:from:at-from}"
		from=$at
		sleep 0.1
	done | "$SDREG" annotate >"$OUT"
}
last='+;v0;IPv4;a;_presence._tcp;local'
added=$'\tregistered\tXMPP Link-Local Messaging'
parts "$last" 9 20
is "a last line in three parts, without its break" "$last$added"
parts "$last"$'\r\n' 9 $((${#last} + 1))
is "a line whose CR and LF come one after the other" "$last"$'\r'"$added"

# ---- trouble ----

check "a file that is not there" 2 "$SDREG" annotate "$TMP/none"
is "is said in one line" "sdreg: $TMP/none: No such file or directory" "$ERR"
check "a directory" 2 "$SDREG" annotate "$TMP"
has "is said too" "Is a directory" "$ERR"
check "closed standard input" 2 "$SDREG" annotate <&-
has "is said too" "sdreg: standard input: " "$ERR"

# ---- values of bytes, and ports of another protocol ----

bytes='=;eth0;IPv4;b;_meshcop._udp;local;h.local;192.0.2.3;49154;"pt=\203\128 b" "sq=`" "omr=@\253\018\000\001\000\002\000\003"'
printf '%s\n' "$bytes" >"$TMP/bytes"
if [ "$have_jq" = 1 ]; then
	"$SDREG" annotate --json "$TMP/bytes" | jq -c '[.txt[] | .explained]' >"$OUT"
	is "bytes are a number, a prefix, digits" '["cb802062","96","fd12:1:2:3::/64"]'
fi
printf '=;e;IPv4;a;_hap._tcp;local;h.local;192.0.2.1;46577;\n' >"$TMP/hap"
"$SDREG" annotate "$TMP/hap" | cut -f 4 >"$OUT"
is "a port is not measured by another protocol's" "none-registered"
printf '=;e;IPv4;a;_rsp._tcp;local;h.local;192.0.2.1;1;"Machine Name=x" "ffid=0"\n' >"$TMP/rsp"
"$SDREG" annotate "$TMP/rsp" | cut -f 6 >"$OUT"
is "a type has the keys of one like it" ""
finish
