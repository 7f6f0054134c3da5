#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: all bytes there are, C1, bidirectional controls, overlong and broken UTF-8, and names that
# begin with "-" go through every command and format; none of what comes out, on standard output or
# error, does anything to a terminal, and JSON is JSON.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"
here=$(cd "$(dirname "$0")" && pwd -P)

if ! command -v python3 >/dev/null || ! command -v jq >/dev/null; then
	echo "1..0 # SKIP it takes python3 and jq"
	exit 0
fi
python3 "$here/make-hostile.py" "$TMP" || exit 99
cd "$TMP" || exit 99

# libtool's wrapper would take most of the time
if [ -x "$BUILDDIR/.libs/sdreg" ]; then
	SDREG=$BUILDDIR/.libs/sdreg
	export LD_LIBRARY_PATH=$BUILDDIR/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
mkdir said
runs=0 crashes=''

# safe WORDS...: sdreg with these words, whatever its exit status short of a crash; what it says is
# looked at in the end
safe() {
	local status
	runs=$((runs + 1))
	timeout 20 "$SDREG" "$@" >said/$runs.out 2>said/$runs.err </dev/null
	status=$?
	printf '%q ' "$@" >said/$runs.words
	[ $status -le 2 ] || crashes+=" $status: $(cat said/$runs.words)"
}

# json WORDS...: the same with --json, where what comes out is JSON too
json() {
	safe --json "$@"
	mv said/$runs.out said/$runs.json
}

# group NAME: what all said since the last one
group() {
	local file
	ok "$1: ends as it should" [ -z "$crashes" ]
	echo "# ${crashes:-all of $runs}" | tap_note
	check "$1: nothing does anything to a terminal" 0 python3 "$here/printable.py" said/*.*
	for file in said/*.json; do
		jq . "$file" >"$OUT" 2>"$ERR" && continue
		cat "${file%.json}.words" "$ERR" | tap_note
		false
		break
	done
	tap_result $? "$1: JSON is JSON"
	total=$((total + $(cat said/*.* | wc -c)))
	rm -rf said
	mkdir said
	crashes=''
}

total=0
bidi=$'\342\200\256a\342\201\246\342\200\217\342\200\250\357\273\277'
words=($'a\e[31m' $'\302\233x' "$bidi" $'\300\257\355\240\200\377' '-rf' $'-\e' $'--\e[31m' $'=1+1\a'
	"$(tr -d '\0\n' <every.bytes)")
types=($'_a\e._tcp' "_$bidi._tcp" $'\377._plain._tcp.local' $'_\300\257._udp.\e' "${words[@]}")

for registry in hostile.csv hostile.xml; do
	from=(--registry "$registry" --supplement hostile.supplement)
	for way in safe json; do
		for word in plain 1000 -rf _plain._tcp; do
			$way "${from[@]}" lookup -- "$word"
		done
		$way "${from[@]}" search --all
		$way "${from[@]}" search --all -- plain k
		$way "${from[@]}" types
		$way "${from[@]}" check --wire every.wire _plain._tcp
		$way "${from[@]}" info
		$way diff "$registry" other.csv
		$way diff --types "$registry" other.csv
	done
	safe "${from[@]}" types --format tsv
	for format in tsv services avahi jsonl json; do
		safe "${from[@]}" export --format "$format"
	done
	check "$registry: json is one document" 0 jq -e .registry said/$runs.out
	json "${from[@]}" annotate lines
	json "${from[@]}" annotate raw.lines
	safe "${from[@]}" annotate lines
	group "$registry"
done

n=0
for word in "${types[@]}"; do
	for way in safe json; do
		$way --registry hostile.csv lookup "$word"
		$way --registry hostile.csv lookup -- "$word"
		$way search -- "$word"
		$way check -- "$word"
		$way check --instance "$word" --host "$word" _plain._tcp "$word" "k=$word" "$word=1"
		$way check --printed "$word" --address "$word" _presence._tcp
	done
	for option in --transport --port --assignee --since --txt-key --limit; do
		safe search "$option" "$word" plain
	done
	for option in --port --wire --timeout --domain --address; do
		safe check "$option" "$word" _plain._tcp
	done
	for command in lookup search types check annotate diff export info update; do
		safe "$command" "$word"
		safe "$command" --registry "$word"
	done
	safe export --format "$word"
	safe types --format "$word"
	for option in --url --from --ca-file --timeout; do
		safe update "$option" "$word"
	done
	safe browse -t -- "$word"
	safe browse --timeout "$word"
	safe browse -t --interface "$word" --type "$word" --subtype "$word" --domain "$word"
	safe "$word"
	safe --registry "$word" --supplement "$word" info
	safe --supplement "$word" info
	group "a word, number $((++n))"
done

for file in refused.csv broken.csv $'page\e[31m.xml' every.bytes hostile.csv; do
	for command in lookup types info; do
		safe --registry "$file" "$command" plain
	done
	safe --supplement "$file" info
	safe diff "$file" hostile.csv
	safe annotate "$file.none"
	XDG_DATA_HOME=$TMP/home safe update --from "$file"
done
group "files"
ok "there was something to look at" [ "$total" -gt 100000 ]

# The rule itself
for bad in $'\e' $'\302\205' $'\342\200\256' $'\300\200' $'a\r\n'; do
	printf '%s' "$bad" >bad
	check "what is not safe is seen" 1 python3 "$here/printable.py" bad
done
finish
