#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg diff, on small registries made here and on whole ones, beside diff-reference.py, which
# shares no line with sdreg.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"
# shellcheck source-path=SCRIPTDIR source=whole.sh disable=SC1091
. "$(dirname "$0")/whole.sh"

export COLUMNS=80 PYTHONDONTWRITEBYTECODE=1
have_jq=0
command -v jq >/dev/null && have_jq=1
xml=$FIXTURES/registry.xml

# json NAME FILTER: of the lines of $OUT, as a list, the filter is true
json() {
	if [ "$have_jq" = 0 ]; then
		skip "$1" "there is no jq"
		return
	fi
	ok "$1" jq -es "$2" "$OUT"
}

# table FILE: rows "name|port|transport|description|notes" of standard input, as a CSV
table() {
	{
		echo 'Service Name,Port Number,Transport Protocol,Description,Assignment Notes'
		tr '|' ','
	} >"$1"
}

# body: $OUT without its first two lines and its last
body() { sed '1,2d;$d' "$OUT"; }

# differ NAME WANTED: old.csv and new.csv in $TMP, in text without the frame
differ() {
	local name=$1 wanted=$2 status=1
	[ -n "$wanted" ] || status=0
	check "$name" "$status" "$SDREG" diff --no-people "$TMP/old.csv" "$TMP/new.csv"
	is "$name: what" "$wanted" <(body)
	is "$name: nothing else is said" "" "$ERR"
}

# ---- one registry in two forms ----

check "a registry and itself" 0 "$SDREG" diff "$xml" "$xml"
is "do not differ" "--- $xml (2001-02-03, 9 entries)
+++ $xml (2001-02-03, 9 entries)
0 added, 0 removed, 0 changed; people: 0 added, 0 removed, 0 changed"
is "and nothing is said" "" "$ERR"
check "XML and CSV of one registry" 0 "$SDREG" diff "$xml" "$FIXTURES/registry.csv"
is "do not differ either" "0 added, 0 removed, 0 changed" <(tail -n 1 "$OUT")
is "but for people, whom a CSV lacks" \
	"sdreg: people are not compared: $FIXTURES/registry.csv describes none (a CSV never does)" \
	"$ERR"
check "--no-people" 0 "$SDREG" diff --no-people "$xml" "$FIXTURES/registry.csv"
is "says nothing of them" "" "$ERR"
check "an image" 0 "$SDREG" diff "$xml" <("$BUILDDIR/sdreg-xml" registry x <"$xml")
check "the embedded registry" 0 "$SDREG" diff embedded embedded
has "is said to have facts only" "entries, facts)"
"$BUILDDIR/sdreg-xml" part x <"$xml" >"$TMP/part.image"
check "a part" 0 "$SDREG" diff "$TMP/part.image" "$TMP/part.image"
has "is said to be one" "entries, a part of the registry)"

# ---- entries ----

table "$TMP/old.csv" <<'TABLE'
|1|tcp|Reserved|
same|10|tcp|The same|
Case|11|tcp|Case of the name|
goes|12|tcp|It goes|
moves|13|tcp|To another port|
proto|14|tcp|To another transport|
words|15|tcp|Some words here|a note
last|||Last|
TABLE
table "$TMP/new.csv" <<'TABLE'
|1|tcp|Reserved|
|2|tcp|Unassigned|
same|10|tcp|The same|
case|11|tcp|Case of the name|
moves|1300|tcp|To another port|
proto|14|udp|To another transport|
words|15|tcp|Some other words here|
last|||Last|
comes||udp|It comes|
TABLE
differ "each kind of change" '+ (no name)  tcp 2  Unassigned
~ case  tcp 11  name: "Case" -> "case"
- goes  tcp 12  It goes
~ moves  tcp 1300  port: "13" -> "1300"
- proto  tcp 14  To another transport
+ proto  udp 14  To another transport
~ words  tcp 15  description: "Some words here" -> "Some other words here"
~ words  tcp 15  notes: "a note" -> ""
+ comes  udp no port  It comes'
check "the counts" 1 "$SDREG" diff --no-people "$TMP/old.csv" "$TMP/new.csv"
is "are the last line" "3 added, 2 removed, 3 changed" <(tail -n 1 "$OUT")

table "$TMP/old.csv" <<'TABLE'
alt|591|tcp|FileMaker|
alt|8008|tcp|Alternate|
alt|8080|tcp|Alternate|
rdp|||Reliable|
rdp|||Remote|
TABLE
table "$TMP/new.csv" <<'TABLE'
rdp|||Remote|
alt|8080|tcp|Alternate|
rdp|||Reliable|
alt|591|tcp|FileMaker|
alt|8008|tcp|Alternate|
TABLE
differ "the order of entries of one name and transport" ''
table "$TMP/new.csv" <<'TABLE'
alt|591|tcp|FileMaker|
alt|8080|tcp|Alternate|
rdp|||Remote|
TABLE
differ "one of several goes" '- alt  tcp 8008  Alternate
- rdp  no port or transport  Reliable'
table "$TMP/new.csv" <<'TABLE'
alt|591|tcp|FileMaker|
alt|8000|tcp|FileMaker|
alt|8008|tcp|Alternate|
alt|8080|tcp|New words|
rdp|||Reliable|
rdp|||Desktop|
rdp|||Remote|
rdp|||Remote|
TABLE
differ "several come, and ports tell which one changed" '+ alt  tcp 8000  FileMaker
~ alt  tcp 8080  description: "Alternate" -> "New words"
+ rdp  no port or transport  Desktop
+ rdp  no port or transport  Remote'
table "$TMP/new.csv" <<'TABLE'
alt|1|tcp|Alternate|
alt|2|tcp|FileMaker|
alt|3|tcp|Alternate|
rdp|||One|
rdp|||Two|
TABLE
differ "without a port in common the description tells, then the order" \
	'~ alt  tcp 1  port: "8008" -> "1"
~ alt  tcp 2  port: "591" -> "2"
~ alt  tcp 3  port: "8080" -> "3"
~ rdp  no port or transport  description: "Reliable" -> "One"
~ rdp  no port or transport  description: "Remote" -> "Two"'

table "$TMP/old.csv" <<'TABLE'
|1-5||Unassigned|
|7|tcp|Reserved|
TABLE
table "$TMP/new.csv" <<'TABLE'
|1-4||Unassigned|
|7|tcp|Reserved again|
TABLE
differ "unnamed ones are told by port and transport" '- (no name)  port 1-5  Unassigned
+ (no name)  port 1-4  Unassigned
~ (no name)  tcp 7  description: "Reserved" -> "Reserved again"'

printf 'n|||d|"one\ntwo  three"\n' | table "$TMP/old.csv"
printf 'n|||d|one two three\n' | table "$TMP/new.csv"
differ "line breaks and blanks are no change" ''
filler=$(printf 'filler %.0s' {1..30})
echo "n|||d|$filler zwölf ${filler}x" | table "$TMP/old.csv"
echo "n|||d|$filler zwolf ${filler}x" | table "$TMP/new.csv"
check "a change in a long text" 1 "$SDREG" diff --no-people "$TMP/old.csv" "$TMP/new.csv"
ok "is shown with what is around it" grep -Eq \
	'^~ n  no port or transport  notes: "\.\.\.[a-z ]* zwölf [a-z ]*\.\.\." -> "\.\.\.[a-z ]* zwolf [a-z ]*\.\.\."$' "$OUT"
ok "in little room" [ "$(body | wc -c)" -lt 180 ]
printf 'n|||\033[31m|\n' | table "$TMP/new.csv"
check "what a terminal would obey" 1 "$SDREG" diff --no-people "$TMP/old.csv" "$TMP/new.csv"
lacks "does not reach it" $'\033'

# many SED: 50,000 entries of one name and transport, the script's way
many() {
	seq 1 50000 | sed 's/.*/n||tcp|number &|/' | sed "$1"
}
many '' | table "$TMP/old.csv"
many '1!G;h;$!d;s/number 777|/another|/' | table "$TMP/new.csv"
check "50,000 entries of one name, upside down" 1 \
	timeout 60 "$SDREG" diff --no-people "$TMP/old.csv" "$TMP/new.csv"
is "take no time, and one has changed" \
	'~ n  tcp no port  description: "number 777" -> "another"' <(body)

# ---- people ----

sed -e 's/Made-up Inc\./Made-up Ltd./' -e 's/Bea_B/Eva_B/' -e 's/&amp;example/\&amp;test/' "$xml" \
	>"$TMP/new.xml"
check "people" 1 "$SDREG" diff "$xml" "$TMP/new.xml"
is "are compared too" '~ made-up  udp 1234  assignee: "[Bea_Büro]" -> "[Eva_Büro]"
- person Bea_Büro  Bea Büro
~ person Ann_Author  organization: "Made-up Inc." -> "Made-up Ltd."
~ person Ann_Author  uris: "mailto:ann&example.com" -> "mailto:ann&test.com"
+ person Eva_Büro  Bea Büro' <(body)
is "and counted" "0 added, 0 removed, 1 changed; people: 1 added, 1 removed, 1 changed" \
	<(tail -n 1 "$OUT")
check "people and --no-people" 1 "$SDREG" diff --no-people "$xml" "$TMP/new.xml"
is "are not" '~ made-up  udp 1234  assignee: "[Bea_Büro]" -> "[Eva_Büro]"' <(body)

# ---- JSON ----

check "--json" 1 "$SDREG" diff --json "$xml" "$TMP/new.xml"
json "is an event a line" 'map(.event) == ["changed", "person-removed", "person-changed",
	"person-added", "summary"]'
json "with the entry and its changes" '.[0] | (.entry.name == "made-up") and
	(.entry.assignee == "[Eva_Büro]") and (.changes == [{"column": "assignee",
	"old": "[Bea_Büro]", "new": "[Eva_Büro]"}])'
json "with the person" '.[1].person == {"id": "Bea_Büro", "name": "Bea Büro",
	"organization": "", "uris": "", "updated": ""} and .[2].person.id == "Ann_Author" and
	(.[2].changes | map(.column)) == ["organization", "uris"] and
	.[3].person.id == "Eva_Büro"'
json "and counts" '.[4] | .entries == {"added": 0, "removed": 0, "changed": 1} and
	.people == {"added": 1, "removed": 1, "changed": 1} and .types == null and
	.old.updated == "2001-02-03" and .new.entries == 9 and .new.complete'
check "--json without a difference" 0 "$SDREG" diff --json "$xml" "$FIXTURES/registry.csv"
json "is the summary" 'length == 1 and .[0].people == null'

# ---- types ----

table "$TMP/old.csv" <<'TABLE'
a|1|tcp||
a|2|tcp||
B|||open|
not_legal|4|tcp||
TABLE
table "$TMP/new.csv" <<'TABLE'
A|3|tcp||
a||dccp||
b||udp||
legal|4|tcp||
TABLE
check "--types" 1 "$SDREG" diff --types "$TMP/old.csv" "$TMP/new.csv"
is "has each type once, and no case" '+_a._udp
-_B._tcp
+_legal._tcp' <(body)
is "and counts" "types: 2 added, 1 removed" <(tail -n 1 "$OUT")
check "--types --json" 1 "$SDREG" diff --types --json "$TMP/old.csv" "$TMP/new.csv"
json "is the same" 'map([.event, .type]) == [["type-added", "_a._udp"],
	["type-removed", "_B._tcp"], ["type-added", "_legal._tcp"], ["summary", null]] or
	(.[3].types.added == 2)'
check "--types of the same" 0 "$SDREG" diff --types "$xml" "$FIXTURES/registry.csv"

# ---- what is wrong ----

: >"$TMP/empty"
while IFS='|' read -r arguments wanted; do
	# shellcheck disable=SC2086 # words
	check "diff $arguments" 2 "$SDREG" diff $arguments
	has "says: $wanted" "$wanted" "$ERR"
	is "and prints nothing" ""
done <<TABLE
|two registries are needed
embedded|two registries are needed
embedded embedded embedded|two registries are needed
embedded $TMP/none|$TMP/none: No such file or directory
$TMP/none embedded|$TMP/none: No such file or directory
embedded $TMP|$TMP: Is a directory
embedded $TMP/empty|$TMP/empty: the file is empty
--registry $xml embedded embedded|name both registries
--names embedded embedded|--names
TABLE

# ---- whole registries ----

# rows: what --json printed, as diff-reference.py prints it
rows() {
	jq -c 'select(.entry) | .event as $event | .changes as $changes | .entry |
		(.port // "" | tostring) as $port | (.transport // "") as $transport |
		if $event == "changed" then
			$changes[] as $c | ["~", .name, $transport, $port, $c.column,
				($c.old | gsub("\n"; " ")), ($c.new | gsub("\n"; " "))]
		else [if $event == "added" then "+" else "-" end, .name, $transport, $port] end' \
		"$OUT" | sort
}

# by_reference OLD NEW
by_reference() {
	local name="${1##*/} and ${2##*/}" status=1
	if [ "$have_jq" = 0 ] || ! command -v python3 >/dev/null; then
		skip "$name: as diff-reference.py has it" "there is no jq, or no python3"
		return
	fi
	python3 "$SRCDIR/tests/cli/diff-reference.py" "$1" "$2" >"$TMP/reference"
	[ -s "$TMP/reference" ] || status=0
	check "$name" "$status" "$SDREG" diff --json --no-people "$1" "$2"
	rows >"$TMP/rows"
	ok "$name: as diff-reference.py has it" diff "$TMP/reference" "$TMP/rows"
}

by_reference "$xml" "$TMP/new.xml"
by_reference "$TMP/old.csv" "$TMP/new.csv"
for directory in "${WHOLE[@]}"; do
	previous=
	for file in "$directory"/*.{xml,csv}; do
		[ -f "$file" ] || continue
		if [ -n "$previous" ]; then
			by_reference "$previous" "$file"
			by_reference "$file" "$previous"
		fi
		previous=$file
		[[ $file == *.csv && -f ${file%.csv}.xml ]] || continue
		check "${file##*/} and the same day's XML" 0 \
			"$SDREG" diff --no-people "${file%.csv}.xml" "$file"
	done
done
finish
