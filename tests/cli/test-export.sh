#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg export in each of its formats.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

cat >"$TMP/r.xml" <<'TEXT'
<?xml version='1.0' encoding='UTF-8'?>
<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
  <title>Ports</title>
  <updated>2025-04-07</updated>
  <record date="2001-02-03">
    <name>Alpha</name>
    <protocol>tcp</protocol>
    <xref type="person" data="A_Person"/>
    <description>First	thing, "quoted"</description>
    <number>1234</number>
  </record>
  <record>
    <name>range</name>
    <protocol>udp</protocol>
    <description>Some ports</description>
    <number>6000-6063</number>
  </record>
  <record>
    <name>portless</name>
    <description>Any transport</description>
    <note>Defined TXT keys: a, b</note>
  </record>
  <record>
    <name>Two Words (x)</name>
    <protocol>tcp</protocol>
    <number>7</number>
    <description>No name for services(5)</description>
  </record>
  <record>
    <protocol>tcp</protocol>
    <description>Unassigned</description>
    <number>8-9</number>
  </record>
  <people>
    <person id="A_Person">
      <name>A. Person</name>
      <uri>mailto:a&amp;example.com</uri>
    </person>
  </people>
</registry>
TEXT
export=("$SDREG" --registry "$TMP/r.xml" export --format)

check "csv" 0 "${export[@]}" csv
is "csv: the rows" 'Alpha,1234,tcp,"First	thing, ""quoted""",[A_Person],[A_Person],2001-02-03,,,,,
range,6000-6063,udp,Some ports,,,,,,,,
portless,,,Any transport,,,,,,,,"Defined TXT keys: a, b"
Two Words (x),7,tcp,No name for services(5),,,,,,,,
,8-9,tcp,Unassigned,,,,,,,,' <(tail -n +2 "$OUT" | tr -d '\r')
same_rows() { test "$(grep -c $'\r$' "$OUT")" = 6; }
ok "csv: rows end in CR and LF" same_rows

check "xml" 0 "${export[@]}" xml
same "xml: as it was read" "$TMP/r.xml" "$OUT"

check "services" 0 "${export[@]}" services
is "services: what /etc/services can hold" \
	"# services(5): from IANA's registry of 2025-04-07, from $TMP/r.xml
Alpha            1234/tcp   alpha # First thing, \"quoted\"
range            6000/udp   # 6000-6063 Some ports" "$OUT"

check "avahi" 0 "${export[@]}" avahi
is "avahi: a title for each type" '_Alpha._tcp:First thing, "quoted"
_portless._tcp:Any transport
_range._udp:Some ports' "$OUT"

check "tsv" 0 "${export[@]}" tsv
is "tsv: twelve columns in each row" 12 <(awk -F'\t' '{ print NF }' "$OUT" | sort -u)
is "tsv: a row" $'portless\t\t\tAny transport\t\t\t\t\t\t\t\tDefined TXT keys: a, b' \
	<(sed -n 4p "$OUT")

if command -v jq >/dev/null; then
	check "jsonl" 0 "${export[@]}" jsonl
	is "jsonl: an object for each entry" 5 <(jq -r .name "$OUT" | wc -l)
	is "jsonl: as lookup has it" "$("$SDREG" --registry "$TMP/r.xml" --json lookup portless)" \
		<(sed -n 3p "$OUT")
	check "json" 0 "${export[@]}" json
	is "json: one document" 'Ports 2025-04-07 true 5 Alpha A. Person mailto:a&example.com' <(jq -r \
		'[.registry.title, .registry.updated, .registry.complete, (.entries | length),
		.entries[0].name, .people[0].name, .people[0].uris[0]] | join(" ")' "$OUT")
else
	skip "JSON" "there is no jq"
fi

check "image" 0 "${export[@]}" image
cp "$OUT" "$TMP/r.image"
for format in csv xml jsonl services avahi tsv; do
	"${export[@]}" "$format" >"$TMP/wanted"
	"$SDREG" --registry "$TMP/r.image" export --format "$format" |
		sed 's/r\.image/r.xml/g' >"$TMP/got"
	same "$format of an image: as of its source" "$TMP/wanted" "$TMP/got"
done

# ---- what a spreadsheet would run ----

{
	echo 'Service Name,Port Number,Transport Protocol,Description,Assignee'
	echo '=1+1,1,tcp,"=cmd|"" /C calc""!A0",'
	echo '+a,2,tcp,-b,@c'
	printf '"\tx",3,tcp,"\r=1",plain\r\n'
	echo '"""=1""",4,tcp,"a,=1",b=c'
	echo 'last,5,tcp,,'
} >"$TMP/formulas.csv"
{
	echo 'Service Name,Port Number,Transport Protocol,Description,Assignee'
	echo "'=1+1,1,tcp,\"'=cmd|\"\" /C calc\"\"!A0\","
	echo "'+a,2,tcp,'-b,'@c"
	printf "\"'\tx\",3,tcp,\"'\r=1\",plain\r\n"
	echo '"""=1""",4,tcp,"a,=1",b=c'
	echo 'last,5,tcp,,'
} >"$TMP/wanted.csv"
check "csv of formulas" 0 "$SDREG" --registry "$TMP/formulas.csv" export -f csv
same "csv of formulas: the same bytes" "$TMP/formulas.csv" "$OUT"
check "--spreadsheet" 0 "$SDREG" --registry "$TMP/formulas.csv" export --format csv --spreadsheet
same "--spreadsheet: an apostrophe before each of them" "$TMP/wanted.csv" "$OUT"
check "--spreadsheet of the embedded registry" 0 "$SDREG" export --format csv --spreadsheet
cp "$OUT" "$TMP/harmless.csv"
check "csv of the embedded registry" 0 "$SDREG" export --format csv
same "it has no formulas" "$OUT" "$TMP/harmless.csv"
check "--spreadsheet with another format" 2 "$SDREG" export --format tsv --spreadsheet
check "--spreadsheet to a full disk" 2 bash -c \
	"exec \"$SDREG\" --registry \"$TMP/formulas.csv\" export -f csv --spreadsheet >/dev/full"

check "the embedded registry too" 0 "$SDREG" export --format csv
has "the XMPP family is in it" "clique,,udp,Clique" "$OUT"
has "that it is not IANA's file is said" "this is not IANA's file, but the facts of it" "$ERR"
check "of a whole one" 0 "${export[@]}" csv
is "nothing is said" "" "$ERR"
check "without a format" 2 "$SDREG" export
check "an unknown format" 2 "$SDREG" export --format pdf
has "an unknown format: what there is" "csv, xml, json" "$ERR"
check "a full disk" 2 bash -c "exec \"$SDREG\" export --format xml >/dev/full"
has "a full disk: said" "No space left" "$ERR"
finish
