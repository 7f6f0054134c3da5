#!/bin/bash
# SPDX-License-Identifier: MIT
# coverage.sh BUILDDIR SRCDIR: sums up what gcov says of the tests that ran in a build with
# --coverage: lines of each room, and the files with lines that never ran. These lines are written to
# BUILDDIR/missed.txt. Exit status 1 when a room is below its goal.
set -u
builddir=$1
srcdir=$(cd "$2" && pwd) || exit 2
cd "$builddir" || exit 2
command -v "${GCOV:=gcov}" >/dev/null || {
	echo "coverage.sh: $GCOV is not installed" >&2
	exit 2
}

# What a source says is compiled several times, into libraries and tests: a line ran if it did in
# one of them. gcov names each source as make did, from the build's directory or the source's.
find . -name '*.gcda' -print0 | xargs -0 "$GCOV" -t -s "$srcdir" 2>/dev/null |
	LC_ALL=C awk -v srcdir="$srcdir/" -F: '
	$2 + 0 == 0 && $3 == "Source" {
		file = $4
		if (index(file, srcdir) == 1)
			file = substr(file, length(srcdir) + 1)
		ours = file ~ /^src\/(common|core|xml|browse|cli)\// && file !~ /embedded-/
		next
	}
	!ours || $2 + 0 == 0 { next }
	{
		count = $1
		gsub(/[ *]/, "", count)
		key = file ":" ($2 + 0)
		if (count == "-")
			next
		if (!(key in ran)) {
			split(file, path, "/")
			room[key] = path[1] "/" path[2]
			of[key] = file
			ran[key] = 0
			text[key] = substr($0, index($0, $3))
		}
		if (count !~ /^[#=]/)
			ran[key] = 1
	}
	END {
		goal["src/common"] = goal["src/core"] = goal["src/xml"] = 95
		goal["src/browse"] = goal["src/cli"] = 85
		for (key in ran) {
			all[room[key]]++
			ran_in[room[key]] += ran[key]
			lines[of[key]]++
			missed[of[key]] += !ran[key]
			if (!ran[key])
				print key ":" text[key] | "sort -t: -k1,1 -k2,2n >missed.txt"
		}
		close("sort -t: -k1,1 -k2,2n >missed.txt")
		for (file in lines)
			if (missed[file] > 0)
				printf "  %4d of %4d lines never ran  %s\n", missed[file],
					lines[file], file | "sort -k1,1nr"
		close("sort -k1,1nr")
		status = 0
		for (name in goal) {
			percent = all[name] > 0 ? 100 * ran_in[name] / all[name] : 0
			printf "%-12s %5d of %5d lines  %5.1f %%  (goal %d)\n", name,
				ran_in[name], all[name], percent, goal[name] | "sort"
			if (percent < goal[name])
				status = 1
		}
		close("sort")
		exit status
	}'
