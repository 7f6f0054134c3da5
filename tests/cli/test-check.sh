#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg check of TXT records and of what stands around them. The rules one by one are the unit
# tests' business.
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
set -u
. "$(dirname "$0")/tap.sh"

registered="_presence._tcp: registered: XMPP Link-Local Messaging (IANA's registry of 2026-08-17,\
 embedded in sdreg)"

check "a good record" 0 "$SDREG" check _presence._tcp 1st=Juliet status=away
is "is the verdict alone" "$registered"
ok "nothing is said beside it" [ ! -s "$ERR" ]

check "a warning" 0 "$SDREG" check _presence._tcp status=brb
is "has a line with key, rule and source" "$registered
_presence._tcp: warning: status: the status \"brb\" is none of avail, away, dnd: readers take it as\
 avail (XEP-0174 section 15.1) [status]"
check "--strict makes it count" 1 "$SDREG" check --strict _presence._tcp status=brb
check "and not a note" 0 "$SDREG" check --strict _presence._tcp textvers=1
check "an error" 1 "$SDREG" check _http._tcp "path=$(head -c 300 /dev/zero | tr '\0' x)"
has "says so" "error: path: the string has 305 bytes"

check "the port of the SRV record" 0 "$SDREG" check --port 5562 _presence._tcp port.p2pj=5298
has "is compared" "[port-differs]"
check "a port that is none" 2 "$SDREG" check --port 70000 _presence._tcp
check "an instance name" 0 "$SDREG" check --instance 'juliet@pronto' _presence._tcp
lacks "of the right form" note
check "an instance name" 0 "$SDREG" check --instance Juliet _presence._tcp
has "of another form" "[instance-form]"
for name in 'romeo@verona (2)' 'romeo@verona #2'; do
	check "$name" 0 "$SDREG" check --instance "$name" _presence._tcp txtvers=1
	has "should be another" "it should be romeo@verona-2 (XEP-0174 section 3) [instance-machine]"
done
for name in 'romeo@verona 2' 'romeo@verona (2' 'romeo@verona ()' 'romeo@ (2)'; do
	check "$name" 0 "$SDREG" check --instance "$name" _presence._tcp
	has "is no host name, and no more is known" "has characters that no host name has (XEP-"
done
check "a given name in Latin-1" 0 "$SDREG" check _presence._tcp $'1st=J\xfcrgen'
has "is told, and what it may be" "warning: 1st: the value is not UTF-8: clients show other letters, or fail; as Latin-1\
 it is \"Jürgen\" (XEP-0174 section 3) [value-utf8]"
lacks "once" "value-binary"
check "a long one" 0 "$SDREG" check _presence._tcp "msg=$(printf '\377%.0s' {1..60})"
has "is cut" "$(printf 'ÿ%.0s' {1..40})\""
# ---- several keys in one string ----

joined() {
	check "$2" 0 "$SDREG" check "$1" -- "$2"
	has "looks like more keys" "the value looks like more keys ($3): each key=value is a string of its own\
 (RFC 6763 section 6.3) [keys-joined]"
}

single() {
	check "$2" 0 "$SDREG" check --syntax "$1" -- "$2"
	lacks "is one key" keys-joined
}

joined _http._tcp 'path=/;u=nurse;p=x' 'u=, p='
joined _http._tcp $'txtvers=1\001path=/\001note=a box' 'path=, note='
joined _daap._tcp 'txtvers=1 iTSh Version=131073 Version=196610' 'iTSh Version=, Version='
joined _presence._tcp 'msg=here, status=away' 'status='
joined _http._tcp 'x=1,b=2' 'b='
joined _http._tcp 'x=1;b=2,c=3;d=4,e=5' 'b=, c=, d= ...'
joined _http._tcp 'x=1,;b=2' 'b='
single _larder._tcp 'note=three, four'
single _larder._tcp 'note=three four=4'
single _larder._tcp 'x=1,=2'
single _larder._tcp 'x=1,a/b=2'
single _larder._tcp 'link=http://larder.local/?a=1,b=2'
single _presence._tcp 'msg=I say: a,b=c'
single _adisk._tcp 'dk0=adVN=Backups,adVF=0x82'
single _larder._tcp "x=1,$(printf 'k%.0s' {1..41})=2"
joined _http._tcp "x=1,$(printf 'k%.0s' {1..40})=2" "$(printf 'k%.0s' {1..40})="

# ---- a record of no bytes ----

: >"$TMP/bare"
printf '\0' >"$TMP/zero"
check "a record of no bytes" 1 "$SDREG" check --syntax --wire "$TMP/bare" _http._tcp
has "is an error" "error: the record is empty, 0 bytes: it must have one zero byte at least\
 (RFC 6763 section 6.1) [record-empty]"
check "one zero byte" 0 "$SDREG" check --syntax --wire "$TMP/zero" _http._tcp
lacks "is none" record-empty
check "no bytes, and a string beside them" 0 "$SDREG" check --syntax --wire "$TMP/bare" _http._tcp path=/
lacks "neither" record-empty

check "one that is too long" 1 "$SDREG" check --instance "$(head -c 64 /dev/zero | tr '\0' x)" _x._tcp
has "says so" "the instance name has 64 bytes, and must have 1 to 63"
check "a room" 0 "$SDREG" check --host pronto.local --address 10.0.0.1 \
	Witchcraft._clique._udp.local txtvers=0
has "has a host of its own" "[clique-host]"
has "and a group" "[clique-group]"

check "several types, each with its strings" 0 \
	"$SDREG" check _presence._tcp status=away flag _http._tcp path=/ juliet@pronto._presence._tcp
ok "have their lines" [ "$(grep -c ': registered' "$OUT")" = 3 ]
has "a string without = may follow one with it" "_presence._tcp: note: flag:"
check "a word behind a type is no string" 1 "$SDREG" check _presence._tcp flag
has "but no type either" "flag: not well formed"
check "strings without a type" 2 "$SDREG" check status=away
check "a string that looks like an instance name" 0 "$SDREG" check _http._tcp 'path=/a._ipp._tcp'
ok "is a string" [ "$(wc -l <"$OUT")" = 1 ]
check "a string without bytes" 0 "$SDREG" check _presence._tcp a=b ''
has "is noted" "note: string 2: the string is empty"

romeo='"txtvers=1" "1st=Romeo" "last=Montague" "port.p2pj=5298" "status=avail" "node=libpurple"
 "ver=2.14.12" "vc=!" "jid=romeo@montague.lit" "AIM=romeoaim"'
check "what avahi-browse printed of a real client" 0 \
	"$SDREG" check --strict --port 5298 --printed "$romeo" 'romeo\064pp1._presence._tcp.local'
lacks "is not faulted" warning
lacks "nor is its order, which Avahi turned" txtvers-late
check "a printed record that cannot be read" 1 "$SDREG" check --printed 'status=away' _presence._tcp
has "says so" "must begin with a double quote"

printf '\013status=away\011txtvers=1' >"$TMP/wire"
check "bytes of a record" 0 "$SDREG" check --wire "$TMP/wire" _presence._tcp
has "have an order, of which there is a hint" "note: txtvers: txtvers is not the first string"
check "bytes from standard input" 0 "$SDREG" check --wire - _presence._tcp <"$TMP/wire"
printf '\013status=away\011' >"$TMP/wire"
check "bytes that are cut" 1 "$SDREG" check --wire "$TMP/wire" _presence._tcp
has "say where" "its string at byte 12 has 0 of 9 bytes"
check "a file that is not there" 2 "$SDREG" check --wire "$TMP/none" _presence._tcp
has "says which" "$TMP/none" "$ERR"

# ---- what was meant ----

check "types without an underscore, and with blanks" 1 \
	"$SDREG" check http._tcp larder_door._tcp. _http.tcp ' _http._tcp '
is "each says what is wrong with which label, and what was meant" \
	"http._tcp: not well formed: the first label has no underscore: is _http._tcp meant? (RFC 6763 section 7)
larder_door._tcp.: not well formed: the first label has no underscore: is _larder-door._tcp meant? (RFC 6763 section 7)
_http.tcp: not well formed: the second label has no underscore: is _http._tcp meant? (RFC 6763 section 7)
\" _http._tcp \": not well formed: there are blanks around the type: is _http._tcp meant? (RFC 6763 section 7)"
check "subtypes behind a comma" 0 "$SDREG" check --strict _matterc._udp,_V65521,_S15 _ipp._tcp,_universal
ok "are of the type before it" [ "$(grep -c ': registered' "$OUT")" = 2 ]
has "with a note on how two are written" '_matterc._udp: note: ",_V65521,_S15" is how dns-sd -R and '"\
"'DNSServiceRegister write subtypes; elsewhere they are _V65521._sub._matterc._udp and _S15._sub._matterc._udp'
has "and one" 'note: ",_universal" is how dns-sd -R and DNSServiceRegister write subtypes; '"\
"'elsewhere it is _universal._sub._ipp._tcp (RFC 6763 section 7.1) [subtype-comma]'
check "with a TXT record" 0 "$SDREG" check _http._tcp,_a,_b,_c path=/
has "three" 'elsewhere they are _a._sub._http._tcp, _b._sub._http._tcp and _c._sub._http._tcp'
for type in '_http._tcp,' '_http._tcp,,_a' '_http._tcp,_a,' ',_http._tcp'; do
	check "a comma without a subtype: $type" 1 "$SDREG" check "$type"
	has "is not well formed" "$type: not well formed: "
done
check "--json of a comma" 0 "$SDREG" check --json _ipp._tcp,_universal
ok "has the finding" jq -e '.input == "_ipp._tcp,_universal" and .type == "_ipp._tcp" and .valid and
	(.findings | length == 1 and (.[0] | .rule == "subtype-comma" and .severity == "note"))' "$OUT"
check "what is a subtype, and two types in one" 0 \
	"$SDREG" check _universal._ipp._tcp Box._ipp._tcp.local._http._tcp.local.
has "is warned of" "warning: the instance name begins with an underscore: is the subtype \
_universal._sub._ipp._tcp meant? (RFC 6763 section 7.1) [instance-underscore]"
has "each" "warning: the domain has a label that begins with an underscore (_http._tcp): two types in \
one name: is _ipp._tcp or _http._tcp meant? (RFC 6763 section 4.1.2) [domain-underscore]"
check "two protocols" 1 "$SDREG" check --strict _ipp._tcp._udp
has "too" "(_udp): two types in one name: is _ipp._tcp or _ipp._udp meant?"
check "a subtype behind the type" 0 "$SDREG" check _ipp._tcp._sub._printer
has "too" "(_printer): a subtype stands before the type: is _printer._sub._ipp._tcp meant?"
check "lookup says what was meant, too" 2 "$SDREG" lookup http._tcp
is "in the same words" "sdreg: http._tcp: the first label has no underscore: is _http._tcp meant? (RFC 6763 section 7)" "$ERR"

check "hostile bytes" 0 "$SDREG" check _presence._tcp $'status=\e[31m\302\233x' $'\ek=\377'
ok "reach no terminal" [ -z "$(LC_ALL=C tr -d '\n -~' <"$OUT")" ]
check "--json" 1 "$SDREG" check --json --strict _presence._tcp status=brb _clique._tcp
ok "is an object a type" [ "$(wc -l <"$OUT")" = 2 ]
ok "with the findings" jq -se '.[0].valid == false and .[0].findings == [{severity: "warning",
	rule: "status", key: "status", string: 1, source: "XEP-0174 section 15.1", text:
	"the status \"brb\" is none of avail, away, dnd: readers take it as avail"}] and
	(.[1].findings | map(.rule) == ["other-transport"])' "$OUT"
check "--json of bytes" 0 "$SDREG" check --json _presence._tcp $'k\377=\377'
ok "is JSON all the same" jq -e '.findings[0].key.base64 == "a/8="' "$OUT"
check "a full disk" 2 sh -c "'$SDREG' check _presence._tcp status=brb >/dev/full"
for option in --domain=x --timeout=5; do
	check "$option without --live" 2 "$SDREG" check $option _presence._tcp
done

# ---- what a type needs ----

check "a subtype without TXT strings" 0 "$SDREG" check _universal._sub._ipp._tcp
has "names what it needs" "needs the TXT keys rp, ty, pdl, URF"
check "AirPrint without what clients look for" 0 "$SDREG" check _universal._sub._ipp._tcp rp=/a ty= \
	pdl=application/pdf URF=
has "a path with a slash" 'note: rp: the value "/a" is not a path without a slash before it'
has "an empty name" "warning: ty: the key is required, and its value is empty"
has "no raster" 'note: pdl: the value lacks "image/urf"'
has "no features" "warning: URF: the key is required, and its value is empty"
check "disks for backups" 0 "$SDREG" check _adisk._tcp sys=waMa=0,adVF=100 "dk0=adVN=B;adVF=0x82"
has "flags without 0x" 'note: sys: adVF: the value "100" is not a hexadecimal number'
has "parts that are separated by something else" 'adVN is read as "B;adVF=0x82"'
check "no disk" 0 "$SDREG" check _adisk._tcp sys=waMa=0,adVF=0x100
has "is told" "warning: dk#: the key is required, and is missing"
check "what is no service type" 0 "$SDREG" check _device-info._tcp
has "is warned of" "device-info is not a service type"
finish
