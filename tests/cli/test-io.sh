#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: each write, fsync and rename of sdreg update fails once, and each read of whoever reads: it is
# said, a whole registry answers all the same, and nothing is left lying about.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"
here=$(cd "$(dirname "$0")" && pwd -P)

read -ra cc <<<"$CC"
if ! "${cc[@]}" -shared -fPIC -D_GNU_SOURCE -o "$TMP/fail-io.so" "$here/fail-io.c" -ldl 2>/dev/null; then
	echo "1..0 # SKIP nothing can be preloaded here"
	exit 0
fi
if [ ! -x "$BUILDDIR/sdreg-update" ]; then
	echo "1..0 # SKIP sdreg update was not built"
	exit 0
fi
# libtool's wrapper reads too
if [ -x "$BUILDDIR/.libs/sdreg" ]; then
	SDREG=$BUILDDIR/.libs/sdreg
	export SDREG_LIBEXECDIR=$BUILDDIR/.libs
	export LD_LIBRARY_PATH=$BUILDDIR/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
old=$TMP/old.xml
sed 's/2001-02-03</3001-02-03</' "$FIXTURES/registry.xml" >"$old"
sed 's/3001-02-03</3002-02-03</' "$old" >"$TMP/new.xml"
export XDG_DATA_HOME=$TMP/home ASAN_OPTIONS=verify_asan_link_order=0

# failing CALL NTH COMMAND...
failing() {
	local call=$1 nth=$2
	shift 2
	rm -f "$TMP/told"
	FAIL_CALL=$call FAIL_NTH=$nth FAIL_TOLD=$TMP/told LD_PRELOAD=$TMP/fail-io.so "$@" \
		>"$OUT" 2>"$ERR"
}

# answers DAY: a whole registry of that day does
answers() { "$SDREG" info --json | grep -q "\"$1\"" && "$SDREG" lookup no-port >"$TMP/found"; }

# two lines are those of the trouble and of what answers
said() { [ "$status" = 0 ] || grep -q 'sdreg: .*Input/output error' "$ERR"; }

for call in write fsync renameat; do
	for ((nth = 1; nth < 50; nth++)); do
		rm -rf "${TMP:?}/home"
		"$SDREG" update --from "$old" >/dev/null || exit 99
		failing $call $nth "$SDREG" update --from "$TMP/new.xml"
		status=$?
		[ -e "$TMP/told" ] || break
		if [ $status = 0 ]; then # it did not matter: the directory's fsync
			ok "$call $nth: the new one answers" answers 3002-02-03
		else
			ok "$call $nth: is trouble" [ $status = 2 ]
			ok "$call $nth: is said" said
			ok "$call $nth: the old one answers" answers 3001-02-03
		fi
		ok "$call $nth: nothing is left" [ -z "$(find "$TMP/home" -name '*.new')" ]
		check "$call $nth: and then it goes well" 0 "$SDREG" update --from "$TMP/new.xml"
		ok "$call $nth: and the new one answers" answers 3002-02-03
	done
	ok "$call: some were made to fail" [ "$nth" -gt 1 ]
	ok "$call: in the end, none is left to fail" [ "$status" = 0 ]
done

# ---- putting the previous one back ----

# reverting CALL NTH: from two that are installed, the older the previous one
reverting() {
	rm -rf "${TMP:?}/home"
	"$SDREG" update --from "$old" >/dev/null && "$SDREG" update --from "$TMP/new.xml" >/dev/null ||
		exit 99
	failing "$1" "$2" "$SDREG" update --revert
	status=$?
}
for call in write fsync renameat renameat2; do
	for ((nth = 1; nth < 50; nth++)); do
		reverting $call $nth
		[ -e "$TMP/told" ] || break
		if [ $status = 0 ]; then
			ok "--revert, $call $nth: the old one answers" answers 3001-02-03
		else
			ok "--revert, $call $nth: is said" said
			ok "--revert, $call $nth: the new one answers" answers 3002-02-03
			check "--revert, $call $nth: can be had again" 0 "$SDREG" update --revert
			ok "--revert, $call $nth: and the old one answers" answers 3001-02-03
		fi
		check "--revert, $call $nth: the other is kept" 0 "$SDREG" update --revert
		ok "--revert, $call $nth: and answers" answers 3002-02-03
	done
	ok "--revert, $call: in the end, none is left to fail" [ "$status" = 0 ]
done
FAIL_ERRNO=22 reverting renameat2 1 # EINVAL: a file system that cannot exchange two names
ok "--revert: where names cannot be exchanged" [ $status = 0 ]
ok "--revert: it was tried" test -e "$TMP/told"
ok "--revert: the old one answers" answers 3001-02-03
check "--revert: and once more" 0 "$SDREG" update --revert
ok "--revert: the new one answers" answers 3002-02-03

# ---- reading ----

csv=$FIXTURES/registry.csv
"$SDREG" --registry "$csv" export --format image >"$TMP/r.image" || exit 99
for file in "$csv" "$old" "$TMP/r.image"; do
	"$SDREG" --registry "$file" export --format jsonl >"$TMP/wanted"
	crashed=''
	for ((nth = 1; nth < 200; nth++)); do
		failing read $nth "$SDREG" --registry "$file" export --format jsonl
		status=$?
		[ -e "$TMP/told" ] || break
		# all of it, or an error: the loader of programs reads too
		[ $status = 0 ] && cmp -s "$OUT" "$TMP/wanted" && continue
		[ $status != 0 ] && [ -s "$ERR" ] && [ $status -le 127 ] && continue
		crashed+=" $nth:$status"
	done
	ok "${file##*/}: all of it is read, or an error said" test -z "$crashed"
	[ -z "$crashed" ] || echo "# $crashed" | tap_note
	same "${file##*/}: without a fault it is all" "$TMP/wanted" "$OUT"
done
finish
