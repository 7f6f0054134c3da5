#!/bin/bash
# SPDX-License-Identifier: MIT
# fuzz.sh SECONDS TARGET...: fuzzes each target, built with --enable-fuzzing, for its share of the
# seconds. Starts from the seeds in corpus/NAME, and writes nothing but temporary files; what makes
# a target fail is kept and named. Exit status: 1 when one failed, 2 when there was nothing to run.
set -u

die() {
	echo "fuzz.sh: $*" >&2
	exit 2
}

[ $# -ge 2 ] || die "usage: fuzz.sh SECONDS TARGET..."
[[ $1 =~ ^[1-9][0-9]*$ ]] || die "$1 is no number of seconds"
seconds=$(($1 / ($# - 1)))
((seconds >= 5)) || seconds=5
shift
seeds=$(cd "$(dirname "$0")/corpus" && pwd -P) || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# Longer inputs find little that shorter ones do not, and take longer.
max_len() {
	case $1 in
	type) echo 1100 ;;
	presence) echo 2048 ;;
	avahi-line | json | lookup | twins) echo 4096 ;;
	image | search) echo 8192 ;;
	*) echo 16384 ;;
	esac
}

# Words that inputs are made of; none for most.
dictionary() {
	case $1 in
	export | supplement | xml) echo "$seeds/../xml.dict" ;;
	esac
}

# fuzz TARGET: one line on how it went
fuzz() {
	local target=$1 name dir words status runs artifact
	name=$(basename "$target")
	name=${name#fuzz-}
	dir=$scratch/$name
	words=$(dictionary "$name")
	[ -x "$target" ] || die "$target is not built"
	"$target" -help=1 2>&1 | grep -q -e -max_total_time ||
		die "$target only replays files: configure with CC=clang --enable-fuzzing"
	mkdir -p "$dir/corpus" "$dir/found"
	[ ! -d "$seeds/$name" ] || cp -R "$seeds/$name/." "$dir/corpus"
	"$target" -max_total_time="$seconds" -max_len="$(max_len "$name")" -timeout=10 \
		-rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$dir/found/" \
		${words:+"-dict=$words"} "$dir/corpus" >"$dir/log" 2>&1
	status=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log")
	printf '%-12s %10s runs in %s s, %s inputs' "$name" "${runs:-?}" "$seconds" \
		"$(find "$dir/corpus" -type f | wc -l | tr -d ' ')"
	if [ "$status" = 0 ]; then
		echo
		return 0
	fi
	artifact=$(find "$dir/found" -type f | head -n 1)
	keep
	echo ": FAILED, status $status: ${artifact:+$kept/$name/found/${artifact##*/}}"
	grep -m 1 -E 'ERROR: |runtime error' "$dir/log"
	echo "    all it said: $kept/$name/log"
	return 1
}

kept=
keep() {
	kept=${scratch}
	trap - EXIT
}

failed=0
for target; do
	fuzz "$target" || failed=$((failed + 1))
done
echo "$# targets, $failed failed"
exit "$((failed > 0))"
