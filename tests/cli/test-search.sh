#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg search, on the fixture, the embedded registry and a whole one where there is one.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

export COLUMNS=80
have_jq=0
command -v jq >/dev/null && have_jq=1
fixture=(--registry "$FIXTURES/registry.xml")

# json NAME FILTER: each line of $OUT is JSON of which the filter is true
json() {
	if [ "$have_jq" = 0 ]; then
		skip "$1" "there is no jq"
		return
	fi
	ok "$1" jq -es "length > 0 and all(.[]; $2)" "$OUT"
}

# ---- words, and what is shown ----

check "a name" 0 "$SDREG" search "${fixture[@]}" made-
is "has a line for each description" "made-up  tcp 1234  A service that nobody has
made-up  udp 1234  The same, over \"UDP\""
is "and nothing else is said" "" "$ERR"
check "a person's organization" 0 "$SDREG" search "${fixture[@]}" inc.
is "is shown below" "made-up  tcp 1234  A service that nobody has
  assignee: Made-up Inc.
made-up  udp 1234  The same, over \"UDP\"
  contact: Made-up Inc."
check "a mail address as people write it" 0 "$SDREG" search "${fixture[@]}" ann@example.com udp
is "is shown so" "made-up  udp 1234  The same, over \"UDP\"
  contact: mailto:ann@example.com"
check "a word of the notes" 0 "$SDREG" search "${fixture[@]}" defined none
is "once for several words" "Open-Ended  no port or transport  Neither transport nor port IANA assigned this & nothing else
  note: Defined TXT keys: None"
check "a TXT key" 0 "$SDREG" search "${fixture[@]}" PATH
has "is named" "  TXT key: path"
check "a port in a range" 0 "$SDREG" search "${fixture[@]}" 6002
is "finds it" "range  port 6000-6003  A range, transport open"
check "a service code" 0 "$SDREG" search "${fixture[@]}" 1145656131
is "is shown" "datagram  dccp 5001  Over DCCP
  DCCP code: 1145656131"
check "unauthorized use" 0 "$SDREG" search "${fixture[@]}" 5002
is "is shown" "datagram  dccp 5001  Over DCCP
  misuse: Seen on port 5002"
check "a reference" 0 "$SDREG" search "${fixture[@]}" RFC 9999
is "is shown" "made-up  tcp 1234  A service that nobody has
  reference: [RFC9999]"
check "a type" 0 "$SDREG" search "${fixture[@]}" _range._udp.local.
has "is a name and a transport" "range  port 6000-6003"
check "a type of the other transport" 1 "$SDREG" search "${fixture[@]}" _no-port._tcp
check "what has no name" 0 "$SDREG" search "${fixture[@]}" reserved
is "is shown too" "(no name)  tcp 0  Reserved"
check "what is not there" 1 "$SDREG" search "${fixture[@]}" no-such-thing
is "prints nothing" ""
has "and says where it was looked for" "nothing was found in IANA's registry of 2001-02-03" "$ERR"
check "what the embedded registry lacks" 1 "$SDREG" search no-such-thing
has "may be in a note" "which has no notes and few people; sdreg update fetches them" "$ERR"
"$BUILDDIR/sdreg-xml" part x <"$FIXTURES/registry.xml" >"$TMP/part.image"
check "what a part of a registry lacks" 1 "$SDREG" --registry "$TMP/part.image" search no-such-thing
has "may be in the whole" "which is a part of it" "$ERR"
check "the supplement is searched too" 0 "$SDREG" search olpc-activity1
has "and named" "A shared activity of the OLPC laptop  (supplement)"
check "rows that differ in transport" 0 "$SDREG" search --limit 1 xmpp-client
has "are one result" "xmpp-client  tcp 5222"
check "both presences" 0 "$SDREG" search --transport tcp,udp --assignee st_onge presence
has "are one result" "presence  tcp 5298, udp 5298  XMPP Link-Local Messaging"

# ---- a long text ----

long() {
	printf 'Service Name,Port Number,Transport Protocol,Description,Assignment Notes\n'
	printf 'long,,tcp,,"%s needle %s"\n' "$1" "$2"
}

# widths: no line of $OUT after the first is longer than $COLUMNS characters
widths() {
	tr -d '\200-\277' <"$OUT" |
		awk -v most="$COLUMNS" 'NR > 1 && length > most { bad = 1 } END { exit bad }'
}

before=$(printf 'Zwölf Boxkämpfer jagen %.0s' {1..30})
after=$(printf 'Viktor quer über den großen Sylter Deich %.0s' {1..30})
for COLUMNS in 40 41 42 43 60 80 200; do
	long "$before" "$after" >"$TMP/long.csv"
	check "a long note at $COLUMNS columns" 0 "$SDREG" search --registry "$TMP/long.csv" needle
	ok "fits" widths
	ok "is UTF-8" iconv -f UTF-8 -t UTF-8 "$OUT"
	ok "is not escaped" [ "$(grep -c '[\]' "$OUT")" = 0 ]
	ok "is cut at both ends" grep -q '^  note: \.\.\..* needle .*\.\.\.$' "$OUT"
done
long x "$after" >"$TMP/long.csv"
check "a match at the front" 0 "$SDREG" search --registry "$TMP/long.csv" needle
ok "is cut behind" grep -q '^  note: x needle .*\.\.\.$' "$OUT"
long "$before" y >"$TMP/long.csv"
check "a match at the end" 0 "$SDREG" search --registry "$TMP/long.csv" needle
ok "is cut before" grep -q '^  note: \.\.\..* needle y$' "$OUT"
COLUMNS=80
long $'\033[31m\xe2\x80\xae' $'a\nb' >"$TMP/long.csv"
check "what a terminal would obey" 0 "$SDREG" search --registry "$TMP/long.csv" needle
is "does not reach it, and a line break is a blank" 'long  tcp no port
  note: \027[31m\226\128\174 needle a b'

# on_terminal COMMAND...: its output on a terminal, in $OUT
on_terminal() { TERM=xterm script -qec "$*" /dev/null </dev/null >"$OUT" 2>"$ERR"; }

if command -v script >/dev/null; then
	on_terminal "$SDREG" search "${fixture[@]}" made nobody
	has "on a terminal a match in the name is bold" $'\033[1mmade\033[0m-up'
	has "and one in the description" $'that \033[1mnobody\033[0m has'
	on_terminal "$SDREG" search "${fixture[@]}" inc
	has "and one elsewhere" $'Made-up \033[1mInc\033[0m.'
else
	skip "bold on a terminal" "there is no script(1)"
fi

# ---- filters ----

# found ARGUMENTS...: the names of the registry's entries, in $OUT
found() {
	"$SDREG" search "${fixture[@]}" "$@" |
		awk '!/^ / && !/\(supplement\)$/ { printf "%s%s", sep, $1; sep = " " }' >"$OUT"
}

while IFS='|' read -r arguments wanted; do
	# shellcheck disable=SC2086 # words
	found $arguments
	is "search $arguments" "$wanted"
done <<'TABLE'
--port 5000-5001|stream datagram
--port 6003|range
--port 6003-6010|range
--port 5999|
--port 0|(no
--transport none|Open-Ended range
--transport sctp,dccp|stream datagram
--transport sctp --transport DCCP|stream datagram
--transport udp|made-up no-port
--transport udp --portless|no-port
--since 2001-02 --all|made-up
--since 1999-01-20 --txt-key path|made-up
--since 2001-02-04 --transport tcp --assignee ann|
--assignee made-up|made-up
--assignee Bea_B|made-up
--assignee ann author|made-up
--txt-key PATH --assignee ann|made-up
--txt-key pat|
transport range|range
TABLE
found --assignee 'ann author'
is "a name for an id" made-up
check "both filters and words" 0 "$SDREG" search "${fixture[@]}" --since 1999 service nobody
has "find" "A service that nobody has"

# ---- how much ----

for number in {1..30}; do
	echo "name-$number,$number,tcp,Number $number,"
done >"$TMP/rows"
{
	printf 'Service Name,Port Number,Transport Protocol,Description,Assignment Notes\n'
	cat "$TMP/rows" && sed 's/tcp/udp/' "$TMP/rows"
} >"$TMP/many.csv"
many=(--registry "$TMP/many.csv")
check "words" 0 "$SDREG" search "${many[@]}" name-
ok "give twenty results" [ "$(wc -l <"$OUT")" = 20 ]
is "and the rest is counted" "sdreg: 10 more were found; --all shows them" "$ERR"
has "rows of one name and description being one" "name-7  tcp 7, udp 7  Number 7"
check "--all" 0 "$SDREG" search "${many[@]}" --all name-
ok "gives all" [ "$(wc -l <"$OUT")" = 30 ]
is "and counts nothing" "" "$ERR"
check "--limit" 0 "$SDREG" search "${many[@]}" --limit 29 name-
ok "gives as many" [ "$(wc -l <"$OUT")" = 29 ]
is "and counts the rest" "sdreg: 1 more was found; --all shows it" "$ERR"
check "a filter alone" 0 "$SDREG" search "${many[@]}" --port 1-25
ok "gives all" [ "$(grep -vc supplement "$OUT")" = 25 ]
check "--json" 0 "$SDREG" search "${many[@]}" --json name-
ok "gives twenty entries" [ "$(wc -l <"$OUT")" = 20 ]
is "and counts the others" "sdreg: 40 more were found; --all shows them" "$ERR"

# ---- JSON ----

check "JSON" 0 "$SDREG" search "${fixture[@]}" --json made-up inc
json "is an entry with score and match" '(keys | sort) == (["name", "port", "transport",
	"description", "assignee", "contact", "registered", "modified", "reference",
	"service_code", "unauthorized_use", "notes", "types", "txt", "abridged", "source", "score",
	"match"] | sort)'
json "that tell where" '.score > 0 and .score <= 1000 and .match == {"column": "name",
	"text": "made-up"}'
check "JSON of a person's match" 0 "$SDREG" search "${fixture[@]}" --json inc.
json "has the person's text" '.match.text == "Made-up Inc." and
	(.match.column == "assignee" or .match.column == "contact")'
check "JSON without words" 0 "$SDREG" search "${fixture[@]}" --json --port 5000
json "has no match" '.match == null and .score == 0 and .port == 5000'
check "JSON of the supplement" 0 "$SDREG" search --json presence_olpc
json "names it" '.source == "sdreg'"'"'s supplement, not IANA"'

# ---- what is wrong ----

while IFS='|' read -r arguments wanted; do
	# shellcheck disable=SC2086 # words
	check "search $arguments" 2 "$SDREG" search $arguments
	has "says: $wanted" "$wanted" "$ERR"
	is "and prints nothing" ""
done <<'TABLE'
|a word to search for, or a filter, is missing
--transport quic x|--transport is tcp, udp, sctp, dccp or none
--transport tcp, x|--transport is tcp, udp, sctp, dccp or none
--port 70000|--port is a number from 0 to 65535
--port 5-4|--port is a number from 0 to 65535
--port -5|--port is a number from 0 to 65535
--port 5-|--port is a number from 0 to 65535
--port 5-6-7|--port is a number from 0 to 65535
--port 5/tcp|--port is a number from 0 to 65535
--port 5 --portless|--port and --portless exclude each other
--since May|"May" is no date: write YYYY, YYYY-MM or YYYY-MM-DD
--limit 0 x|--limit is a number from 1
--limit many x|--limit is a number from 1
0123456789012345678901234567890123456789012345678901234567890123456789|a word is over 64 bytes
1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7|over 16 words
TABLE
check "an empty assignee" 2 "$SDREG" search --assignee ''
check "an empty word" 2 "$SDREG" search ''

# ---- whole registries ----

# shellcheck source-path=SCRIPTDIR source=whole.sh disable=SC1091
. "$(dirname "$0")/whole.sh"

# first WANTED WORD...: the first result's name in the whole registry, if that has it
first() {
	local wanted=$1
	shift
	"$SDREG" lookup --registry "$whole" "$wanted" >"$OUT" 2>&1 || return
	"$SDREG" search --registry "$whole" --limit 1 "$@" 2>/dev/null | head -n 1 |
		awk '{ print $1 }' >"$OUT"
	is "search $*: $wanted is the first of ${whole##*/}" "$wanted"
}

for whole in "$TMP"/whole/*-2001-01-01.xml "${WHOLE[@]:1}"; do
	[ ! -d "$whole" ] || whole=$(find "$whole" -name '*.xml' -o -name '*.csv' | LC_ALL=C sort | tail -n 1)
	[ -n "$whole" ] || continue
	first ipp ipp
	first ipp _IPP._tcp
	first ipp 631
	first http http
	first printer printer
	first presence presence
	first npp printing protocol network
	[[ $whole == "$TMP"/* ]] || first whoispp whois++ replacement # a note, and the embedded has none
	first airplay airplay
	first xmpp-client xmpp client
	first dccp-ping dccp ping
	check "--txt-key over ${whole##*/}" 0 \
		"$SDREG" search --registry "$whole" --json --txt-key TXTVERS
	jq -c 'select([.txt.keys // [] | .[] | ascii_downcase] | index("txtvers") | not) | .types[0]' \
		"$OUT" | sort -u >"$TMP/explained"
	lacks "gives entries that have it by their note or by the dictionary" '"_http._tcp"' \
		"$TMP/explained"
	ok "and many" [ "$(wc -l <"$OUT")" -ge 60 ]
done
# ---- days that there are ----

for day in 2025-02-30 2025-02-29 1900-02-29 2025-04-31 2025-13-01 2025-00-01 2025-01-00 2025-01-32 2025-1-1; do
	check "--since $day" 2 "$SDREG" search --since $day
	has "is no date" "\"$day\" is no date: " "$ERR"
done
for day in 2025-02-28 2024-02-29 2000-02-29 2025-04-30 2025-01-31 2025-12-31 2025-12 2025; do
	"$SDREG" search --since $day >"$OUT" 2>"$ERR"
	ok "--since $day is one" [ $? -lt 2 ]
done
finish
