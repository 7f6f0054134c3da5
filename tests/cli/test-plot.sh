#!/bin/bash
# SPDX-License-Identifier: MIT
# sdreg info --plot: a chart of registrations by year, and how a file is put into its place.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

cat >"$TMP/five.csv" <<'CSV'
Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes
early,1,tcp,Early,,,2001-02,,,,,
middle,2,tcp,Middle,,,2003-04-05,,,,,
middle,2,udp,Middle,,,2003-04-05,,,,,
dateless,3,udp,Dateless,,,,,,,,
strange,4,tcp,Strange,,,20030405,,,,,
,5-9,tcp,Unassigned,,,2003-04-05,,,,,
CSV

check "a chart" 0 "$SDREG" info --registry "$TMP/five.csv" --plot "$TMP/five.svg"
is "nothing else is printed" ""
if command -v xmllint >/dev/null; then
	ok "it is well-formed XML" xmllint --noout "$TMP/five.svg"
else
	skip "it is well-formed XML" "xmllint is not installed"
fi
has "it has a title" '<title id="title">Service names registered with IANA' "$TMP/five.svg"
has "and a description" '<desc id="desc">3 entries with a date of registration, from 2001 to 2003, at most 2 in a year; 2 entries without a date are not shown.</desc>' "$TMP/five.svg"
has "what is not shown is told" 'Not shown: 2 without one' "$TMP/five.svg"
has "a year is told in words" '<title>2003: 2, TCP 1, UDP 1</title>' "$TMP/five.svg"
has "the legend has the transports" 'TCP <tspan class="text">2</tspan>' "$TMP/five.svg"
lacks "that are there" SCTP "$TMP/five.svg"
lacks "a year without entries has no bar" '<title>2002' "$TMP/five.svg"
lacks "a whole registry is no part" 'A part of' "$TMP/five.svg"
has "it looks well in the dark" 'prefers-color-scheme: dark' "$TMP/five.svg"
lacks "and loads nothing" 'href' "$TMP/five.svg"

head -n 1 "$TMP/five.csv" >"$TMP/none.csv"
echo 'dateless,3,udp,Dateless,,,,,,,,' >>"$TMP/none.csv"
check "a registry without dates" 0 "$SDREG" info --registry "$TMP/none.csv" --plot -
has "is told as such" 'This registry has no dates of registration.'
sed 's|<updated>[^<]*</updated>|<updated>\&lt;script\&gt;\&quot;</updated>|' "$FIXTURES/registry.xml" \
	>"$TMP/hostile.xml"
check "a registry that means harm" 0 "$SDREG" info --registry "$TMP/hostile.xml" --plot -
has "is text" 'registry of &lt;script&gt;&quot;'
"$BUILDDIR/sdreg-xml" part x <"$FIXTURES/registry.xml" >"$TMP/part.image"
check "a part of a registry" 0 "$SDREG" info --registry "$TMP/part.image" --plot -
has "is a part, and the picture says so" 'A part of IANA&#39;s registry answered'
check "the embedded registry" 0 "$SDREG" info --plot -
lacks "is whole" 'A part of'
has "and is the same as the file's" '</svg>'

# ---- pictures, but for their style, as they are wanted: fixtures/plot ----

# picture NAME YEAR/TRANSPORT/COUNT...
picture() {
	local name=$1
	shift
	printf '%s\n' "$@" | awk -F/ -v head="$(head -n 1 "$TMP/five.csv")" 'BEGIN { print head }
		{ for (i = 0; i < $3; i++) print "x,," $2 ",,,," $1 ",,,,," }' >"$TMP/$name.csv"
	check "the picture $name" 0 "$SDREG" info --registry "$TMP/$name.csv" --plot "$TMP/$name.svg"
	sed '/^<style>$/,/^<\/style>$/d' "$TMP/$name.svg" >"$TMP/$name.txt"
	[ -z "${SDREG_WRITE_WANTED-}" ] || cp "$TMP/$name.txt" "$FIXTURES/plot/$name.txt"
	same "is as it is wanted" "$FIXTURES/plot/$name.txt" "$TMP/$name.txt"
}
picture one 1999/tcp/1
picture ends 1970/tcp/1 2099/udp/2 1969/tcp/1 2100/tcp/1 2000x/tcp/1 200/tcp/1 2000-/tcp/1
picture transports 2001/tcp/5 2001/udp/4 2001/sctp/3 2001/dccp/2 2001//1 2002/dccp/7 2003//7
picture many 1990/tcp/1000 1991/tcp/60 1991/udp/61 1994/udp/999 1995/sctp/600
picture sixty 1990/tcp/60 1991/tcp/59 1992/tcp/61
picture years 1990/tcp/6 2008/tcp/7
picture more-years 1990/tcp/6 2009/tcp/8
picture none 1969/tcp/1

# ---- the file ----

check "a second time" 0 "$SDREG" info --registry "$TMP/five.csv" --plot "$TMP/again.svg"
same "gives the same bytes" "$TMP/five.svg" "$TMP/again.svg"
(umask 027 && "$SDREG" info --plot "$TMP/mask.svg")
ok "a new file has the mode of new files" [ "$(stat -c %a "$TMP/mask.svg")" = 640 ]
chmod 600 "$TMP/mask.svg"
check "a file is replaced" 0 "$SDREG" info --registry "$TMP/five.csv" --plot "$TMP/mask.svg"
same "as a whole" "$TMP/five.svg" "$TMP/mask.svg"
ok "and keeps its mode" [ "$(stat -c %a "$TMP/mask.svg")" = 600 ]
mkdir "$TMP/far"
cp "$TMP/none.csv" "$TMP/far/real.svg"
ln -s far/real.svg "$TMP/link.svg"
check "a symbolic link" 0 "$SDREG" info --registry "$TMP/five.csv" --plot "$TMP/link.svg"
ok "stays one" [ -L "$TMP/link.svg" ]
same "and leads to the new file" "$TMP/five.svg" "$TMP/far/real.svg"
mkfifo "$TMP/fifo"
timeout 20 cat "$TMP/fifo" >"$TMP/piped" &
check "a pipe is written to" 0 timeout 20 "$SDREG" info --registry "$TMP/five.csv" --plot "$TMP/fifo"
wait $!
same "as it is" "$TMP/five.svg" "$TMP/piped"
ok "and stays one" [ -p "$TMP/fifo" ]
check "no such directory" 2 "$SDREG" info --plot "$TMP/nowhere/plot.svg"
is "the error names the file" "sdreg: $TMP/nowhere/plot.svg: No such file or directory" "$ERR"
check "a directory" 2 "$SDREG" info --plot "$TMP/far"
is "is no file" "sdreg: $TMP/far: Is a directory" "$ERR"
(ulimit -f 1 && trap '' XFSZ && "$SDREG" info --plot "$TMP/mask.svg") 2>"$ERR"
ok "what cannot be written is trouble" [ $? = 2 ]
is "and told" "sdreg: $TMP/mask.svg: File too large" "$ERR"
same "what was there stays" "$TMP/five.svg" "$TMP/mask.svg"
ls "$TMP" "$TMP/far" >"$OUT"
lacks "nothing is left beside" .svg.
# shellcheck disable=SC2016 # expanded by the inner shell
check "a full disk" 2 bash -c '"$0" info --plot - >/dev/full' "$SDREG"
check "--json is another form" 2 "$SDREG" info --json --plot -
finish
