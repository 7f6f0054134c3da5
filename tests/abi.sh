#!/bin/bash
# SPDX-License-Identifier: MIT
# abi.sh [JOBS]: whether the libraries still have the binary interface of the last release: abidiff of
# what the last tag builds and what the working tree does. Exit status 1 when something that
# programs link with went or changed; 0 when nothing did, or there is no tag yet, which it says.
set -u
top=$(cd "$(dirname "$0")/.." && pwd -P) || exit 2
jobs=${1:-$(nproc)}

tag=$(git -C "$top" describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null) ||
	tag=$(git -C "$top" describe --tags --abbrev=0 --match '[0-9]*' 2>/dev/null)
if [ -z "$tag" ]; then
	echo "abi.sh: there is no tag of a release yet: nothing to compare with"
	exit 0
fi
if ! command -v abidiff >/dev/null; then
	echo "abi.sh: abidiff is missing (Debian: abigail-tools)" >&2
	exit 2
fi
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# build SOURCE NAME: into $scratch/NAME
build() {
	(cd "$1" && { [ -x configure ] || autoreconf -fi; }) >"$scratch/$2.log" 2>&1 &&
		mkdir -p "$scratch/$2" && cd "$scratch/$2" &&
		"$1/configure" -q --disable-static --disable-tests CFLAGS='-g -Og' \
			>>"$scratch/$2.log" 2>&1 &&
		make -s -j"$jobs" >>"$scratch/$2.log" 2>&1
}

mkdir "$scratch/tree" && git -C "$top" archive "$tag" | tar -x -C "$scratch/tree" || exit 2
if ! (build "$scratch/tree" old) || ! (build "$top" new); then
	tail -n 20 "$scratch"/*.log >&2
	exit 2
fi
status=0
for library in libsdreg libsdreg-xml libsdreg-browse; do
	old=$scratch/old/.libs/$library.so
	new=$scratch/new/.libs/$library.so
	[ -e "$old" ] || continue # it came later
	# new functions are no break
	abidiff --no-added-syms --headers-dir1 "$scratch/tree/include" --headers-dir2 "$top/include" \
		"$old" "$new" || status=1
done
exit $status
