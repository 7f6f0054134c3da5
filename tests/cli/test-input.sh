#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: bad input of any kind gets one line on standard error, exit status 2 and nothing else; a bad
# record is left out with a line of its own.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

cd "$FIXTURES/bad" || exit 99

# refused FILE LINE: LINE is all that is said, after the name of the file; with a final * it is how
# that begins, for what a library says
refused() {
	local file=$1 line=$2 prefix=''
	check "$file: exit status" 2 "$SDREG" lookup --registry "$file" ha
	is "$file: no output" ""
	if [[ $line == *\* ]]; then
		prefix=${line%\*}
		ok "$file: one line" [ "$(wc -l <"$ERR")" = 1 ]
		has "$file: why" "sdreg: $file$prefix" "$ERR"
	else
		is "$file: why" "sdreg: $file$line" "$ERR"
	fi
}

# ---- files that are in the fixtures ----

while IFS='|' read -r file line; do
	refused "$file" "$line"
done <<'TABLE'
page.xml|:1: this is an HTML page, not IANA's XML
page-without-doctype.xml|:1: this is an HTML page, not IANA's XML
cut-short.xml|:21: the XML is broken or cut short: *
laughs.xml|:2: there is a DOCTYPE; IANA's XML has none, and entities are not read
external-entity.xml|:2: there is a DOCTYPE; IANA's XML has none, and entities are not read
doctype.xml|:2: there is a DOCTYPE; IANA's XML has none, and entities are not read
unknown-entity.xml|:2: the XML is broken or cut short: *
other-root.xml|:1: the root element is not that of an IANA registry
other-namespace.xml|:1: the root element is not that of an IANA registry
no-namespace.xml|:1: the root element is not that of an IANA registry
other-id.xml|:1: this is another registry of IANA's: its id is not service-names-port-numbers
no-record.xml|: there is no record in it that can be used
deep.xml|:2: elements are more than 32 deep
no-column.csv|:1: there is no column "Transport Protocol": this is not IANA's registry as CSV
column-twice.csv|:1: the column "Port Number" stands twice
cut-short.csv|:3: the file ends in the middle of a row: it was cut short
open-quote.csv|:2: a quote that opens here is never closed
after-quote.csv|:2: there is text after a closing quote
no-row.csv|: there is no record in it that can be used
text.csv|:1: there is no column "Service Name": this is not IANA's registry as CSV
TABLE

# ---- files that no text editor makes ----

cd "$TMP" || exit 99
xml=$FIXTURES/registry.xml
csv=$FIXTURES/registry.csv
header='Service Name,Port Number,Transport Protocol,Description'

refused none.xml ": No such file or directory"
mkdir directory
refused directory ": Is a directory"
refused directory/none.xml ": No such file or directory"
: >empty.xml
refused empty.xml ": the file is empty"
printf ' \n\n' >blank.xml
refused blank.xml ": neither IANA's XML nor its CSV nor an sdreg image"
if command -v gzip >/dev/null; then
	gzip -c "$xml" >packed.xml
	refused packed.xml ": the file is compressed with gzip: unpack it first"
else
	skip "packed.xml" "there is no gzip"
fi
printf '%s\nh\0a,1,tcp,A NUL\n' "$header" >nul.csv
refused nul.csv ":2: there is a NUL byte"
printf '%s\nha,1,tcp,\351\n' "$header" >latin1.csv
refused latin1.csv ":2: there is a byte that is not UTF-8"
printf '%s\rha,1,tcp,A\r' "$header" >mac.csv
refused mac.csv ":1: a row ends in CR without LF"
sed 's/Ann Author/Ann\x00Author/' "$xml" >nul.xml
refused nul.xml ":*"
sed 's/Ann Author/Ann \xe9/' "$xml" >latin1.xml
refused latin1.xml ":*"
sed 's/Ann Author/Ann \x01/' "$xml" >control.xml
refused control.xml ":*"
# libxml2 compares each attribute with all before it
awk '/<record>/ && n++ == 0 {
	printf "<record"
	for (i = 0; i < 100000; i++)
		printf " a%d=\"1\"", i
	sub(" *<record", "")
} 1' "$xml" >attributes.xml
refused attributes.xml ":9: a tag, a comment or a CDATA section is over 16 KiB"
awk 'BEGIN { srand(1); for (i = 0; i < 4096; i++) printf "%c", 1 + int(rand() * 255) }' >random.bin
refused random.bin ":*"
printf 'sdreg: %s\033[31m' "" >$'red\033[31m.xml'
check "the name of a file is made safe" 2 "$SDREG" info --registry $'red\033[31m.xml'
is "as everything is" "sdreg: red\\027[31m.xml: neither IANA's XML nor its CSV nor an sdreg image" \
	"$ERR"
if [ "$(id -u)" != 0 ]; then # root may read every file
	cp "$csv" locked.csv
	chmod 0 locked.csv
	refused locked.csv ": Permission denied"
fi
if head -c 70000000 /dev/zero 2>/dev/null | tr '\0' 'x' >rest; then
	{
		echo "$header"
		cat rest
	} >large.csv
	refused large.csv ": the input is over 64 MiB"
	{
		sed -n '/^<registry/p' "$xml"
		tr 'x' ' ' <rest
		echo '</registry>'
	} >large.xml
	refused large.xml ":2: the input is over 64 MiB"
	rm -f rest large.csv large.xml
else
	skip "large.csv" "there is no room for it"
fi

# ---- images ----

helper=$BUILDDIR/sdreg-xml
check "an image is made" 0 "$helper" registry registry.xml <"$xml"
cp "$OUT" good.image
check "it answers" 0 "$SDREG" lookup --registry good.image no-port
has "with the registry's date" "of 2001-02-03"
size=$(wc -c <good.image)
damaged='the image is damaged (%s); make it again from IANA'\''s XML or CSV'

# damage FILE OFFSET: good.image with another byte there
damage() {
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 good.image | tr -d ' ')
	{
		head -c "$2" good.image
		# shellcheck disable=SC2059 # an octal escape
		printf "\\$(printf %o $(((byte + 1) % 256)))"
		tail -c +$(($2 + 2)) good.image
	} >"$1"
}

head -c $((size / 2)) good.image >half.image
# shellcheck disable=SC2059 # a format of ours, here and below
refused half.image ": $(printf "$damaged" size)"
head -c 40 good.image >head.image
refused head.image ": this is no sdreg image"
{
	cat good.image
	echo
} >longer.image
# shellcheck disable=SC2059
refused longer.image ": $(printf "$damaged" size)"
damage version.image 8
refused version.image ": the image is of version 5, this sdreg reads version 4; make it again"
for offset in 24 100 $((size / 2)) $((size - 1)); do
	damage "byte-$offset.image" "$offset"
	# shellcheck disable=SC2059
	refused "byte-$offset.image" ": $(printf "$damaged" checksum)"
done

# ---- input that is not a file ----

mkfifo fifo
timeout 20 cat "$xml" >fifo &
check "XML from a FIFO" 0 "$SDREG" lookup --registry fifo no-port
wait
timeout 20 cat "$csv" >fifo &
check "CSV from a FIFO" 0 "$SDREG" lookup --registry fifo no-port
wait
timeout 20 cat good.image >fifo &
check "an image from a FIFO" 0 "$SDREG" lookup --registry fifo no-port
wait
check "a process substitution" 0 "$SDREG" lookup --registry <(cat "$xml") no-port
check "standard input" 0 "$SDREG" lookup --registry /dev/stdin no-port <"$csv"
check "an empty pipe" 2 "$SDREG" lookup --registry <(:) no-port
has "is said to be empty" "the file is empty" "$ERR"
ok "in one line" [ "$(wc -l <"$ERR")" = 1 ]
check "/dev/null" 2 "$SDREG" lookup --registry /dev/null no-port
is "is empty too" "sdreg: /dev/null: the file is empty" "$ERR"

# ---- standard input, as "-" ----

check "--registry -, XML" 0 "$SDREG" lookup --registry - no-port <"$xml"
has "is answered from" "IANA's registry of 2001-02-03, from standard input"
check "--registry -, CSV" 0 "$SDREG" lookup no-port --registry=- <"$csv"
check "--registry -, an image in a pipe" 0 "$SDREG" lookup --registry - no-port < <(cat good.image)
check "a file of which the first line was read" 2 \
	bash -c "read -r _; '$SDREG' lookup --registry - no-port" <"$csv"
has "is taken from there" "sdreg: standard input:" "$ERR"
check "info --registry -" 0 "$SDREG" info --json --registry - <"$xml"
has "names it" '"file":"standard input"'
check "rubbish on standard input" 2 "$SDREG" types --registry - < <(echo rubbish)
is "is named so" "sdreg: standard input: neither IANA's XML nor its CSV nor an sdreg image" "$ERR"
check "nothing on standard input" 2 "$SDREG" types --registry - </dev/null
is "is said to be empty" "sdreg: standard input: the file is empty" "$ERR"
check "no standard input at all" 2 "$SDREG" types --registry - <&-
is "is said" "sdreg: standard input: Bad file descriptor" "$ERR"
cp "$xml" ./-
check "a file of this name" 0 "$SDREG" lookup --registry ./- no-port </dev/null
rm ./-
own=$SRCDIR/data/supplement.xml
check "--supplement FILE" 0 "$SDREG" lookup --supplement "$own" googlecast
cp "$OUT" types
check "--supplement -" 0 "$SDREG" lookup --supplement - googlecast <"$own"
same "is the same" types "$OUT"
# shellcheck disable=SC2094 # nothing is written
check "diff - FILE" 0 "$SDREG" diff - "$xml" <"$xml"
has "names it" "--- standard input (2001-02-03, "
check "diff FILE -" 1 "$SDREG" diff --json embedded - <"$xml"
has "in JSON too" '"file":"standard input"'
check "annotate -" 0 "$SDREG" annotate /dev/null - /dev/null <<<'+;lo;IPv4;a;_http._tcp;local'
has "reads lines" "registered"

# twice ONE OTHER ARGUMENTS: standard input is wanted by both
twice() {
	local one=$1 other=$2
	shift 2
	check "$*: exit status" 2 "$SDREG" "$@" <"$xml"
	is "$*: prints nothing" ""
	is "$*: why" "sdreg: standard input can be read once, and both $one and $other name it" "$ERR"
}
twice --registry --supplement lookup --registry - --supplement - no-port
twice --wire --registry check --registry - --wire - _http._tcp
twice OLD NEW diff - -
# shellcheck disable=SC2094 # as above
check "diff has no use for a supplement" 2 "$SDREG" diff - "$xml" --supplement - <"$xml"
has "and says so" "--supplement means nothing here" "$ERR"
twice FILE FILE annotate - -
twice FILE --registry annotate - --registry -
twice "the lines" --registry annotate --registry -
if [ -x "$BUILDDIR/sdreg-update" ]; then
	export XDG_DATA_HOME=$TMP/home
	twice --from --supplement update --from - --supplement -
	sed 's/2001-02-03</3001-02-03</' "$xml" >"$TMP/newer.xml" # than the embedded one
	check "update --from -" 0 "$SDREG" update --from - <"$TMP/newer.xml"
	check "info" 0 "$SDREG" info
	has "tells where it came from" "from standard input"
	export XDG_DATA_HOME=/nonexistent
	check "update --from with --url" 2 "$SDREG" update --from "$xml" --url https://example.org/
	has "is refused" "--from and --url name two places: choose one" "$ERR"
	check "in the other order" 2 "$SDREG" update --url https://example.org/ --from "$xml"
	for option in "--from $xml" "--url https://example.org/"; do
		# shellcheck disable=SC2086 # two words
		check "update --revert $option" 2 "$SDREG" update --revert $option
		has "is refused" "leave out --from and --url" "$ERR"
	done
fi

# ---- one bad record is no bad file ----

cd "$FIXTURES/bad" || exit 99
for form in xml csv; do
	check "records.$form is read" 0 "$SDREG" types --registry "records.$form" --format tsv
	is "the good records are kept" "_first._tcp	first	1	tcp		
_last._tcp	last	4	tcp		"
	cp "$ERR" "$TMP/warnings"
	check "records.$form: one that was kept is found" 0 "$SDREG" lookup --registry \
		"records.$form" last
	check "records.$form: one that was left out is not" 1 "$SDREG" lookup --registry \
		"records.$form" too-high
	ok "a line for each that was left out" [ "$(wc -l <"$TMP/warnings")" = 5 ]
	while IFS='|' read -r of line; do
		[ "$of" = "$form" ] || continue
		has "$line" "sdreg: records.$form:$line" "$TMP/warnings"
	done <<'TABLE'
xml|3: record left out: port "70000" is not N or A-B with 0 to 65535
xml|6: record left out: port "9-1" is not N or A-B with 0 to 65535
xml|7: record left out: port "01" is not N or A-B with 0 to 65535
xml|8: record left out: transport "pigeon" is not tcp, udp, sctp or dccp
xml|9: record left out: two elements name
csv|3: record left out: port "70000" is not N or A-B with 0 to 65535
csv|5: record left out: port "9-1" is not N or A-B with 0 to 65535
csv|6: record left out: port "01" is not N or A-B with 0 to 65535
csv|7: record left out: transport "pigeon" is not tcp, udp, sctp or dccp
csv|8: row left out: 2 cells, and the header has 4
TABLE
done

cd "$TMP" || exit 99
awk -v header="$header" 'BEGIN {
	print header
	for (i = 0; i < 1010; i++)
		print "bad,70000,tcp,A"
	print "good,7,tcp,A"
}' >many.csv
awk -v root="$(sed -n '/^<registry/p' "$xml")" 'BEGIN {
	print root
	for (i = 0; i < 1010; i++)
		print "<record><name>bad</name><protocol>pigeon</protocol></record>"
	print "<record><name>good</name><protocol>tcp</protocol></record></registry>"
}' >many.xml
for form in xml csv; do
	check "many.$form is read" 0 "$SDREG" lookup --registry "many.$form" good
	ok "the first few that were left out are told" [ "$(grep -c 'record left out' "$ERR")" = 10 ]
	is "and how many more" "sdreg: many.$form: and 1000 more are left out" <(tail -n 1 "$ERR")
done

# of what cannot be read twice, as much as the largest image has
lookup_zeros() { head -c "$1" /dev/zero | "$SDREG" --registry - lookup http; }
largest=$((256 << 20))
check "256 MiB out of a pipe" 2 lookup_zeros "$largest"
is "are looked at" "sdreg: standard input: neither IANA's XML nor its CSV nor an sdreg image" "$ERR"
check "one byte more" 2 lookup_zeros $((largest + 1))
is "is too large" "sdreg: standard input: File too large" "$ERR"
finish
