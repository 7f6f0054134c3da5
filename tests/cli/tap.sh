# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the test scripts say in TAP. Sourced, not run; it sets what `make check` sets, where that is
# not set, so that a test can be run by hand too.
#
#   check NAME STATUS COMMAND...  runs a command and compares its exit status; its output goes to
#                                 the files $OUT and $ERR, its input is the caller's
#   is NAME TEXT [FILE]           compares the file, or $OUT, with a text; a final line break does
#                                 not matter
#   has NAME TEXT [FILE]          the file, or $OUT, has the text in it somewhere
#   lacks NAME TEXT [FILE]        it has not
#   ok NAME COMMAND...            the command is true; its output is the diagnostic
#   same NAME FILE FILE           two files are the same bytes
#   skip NAME REASON
#   finish                        the plan: the last line of a test
#
# $TMP is a directory that goes with the test.

export LC_ALL=C
unset NO_COLOR SDREG_LIBEXECDIR
# What the tester has installed must not answer.
export XDG_DATA_HOME=/nonexistent SDREG_STATEDIR=/nonexistent
: "${SRCDIR:=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)}" "${BUILDDIR:=$SRCDIR}"
: "${SDREG:=$BUILDDIR/sdreg}" "${FIXTURES:=$SRCDIR/tests/fixtures}" "${CC:=cc}" "${NM:=nm}"
# A program without shared libraries of ours is not in .libs, and looks for its helpers where they
# would be installed.
[ -e "$BUILDDIR/.libs/sdreg" ] || export SDREG_LIBEXECDIR=$BUILDDIR
TMP=$(mktemp -d) || exit 99
trap 'rm -rf "$TMP"' EXIT
OUT=$TMP/.out
ERR=$TMP/.err
tap_count=0

# tap_result STATUS NAME
tap_result() {
	tap_count=$((tap_count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tap_count - $2"
	else
		echo "not ok $tap_count - $2"
	fi
}

# The start of standard input, as a diagnostic that no terminal minds.
tap_note() { head -c 2000 | head -n 20 | LC_ALL=C tr -c '\n\t -~' '?' | sed "s/^/#   /"; }

check() {
	local name=$1 wanted=$2 status
	shift 2
	"$@" >"$OUT" 2>"$ERR"
	status=$?
	if [ "$status" = "$wanted" ]; then
		tap_result 0 "$name"
		return
	fi
	tap_result 1 "$name"
	echo "# exit status $status, not $wanted: $*" | tap_note
	tap_note <"$ERR"
	tap_note <"$OUT"
}

is() {
	local got
	got=$(tr '\0' '?' <"${3-$OUT}")
	if [ "$got" = "$2" ]; then
		tap_result 0 "$1"
		return
	fi
	tap_result 1 "$1"
	echo "# wanted:"
	echo "$2" | tap_note
	echo "# got:"
	echo "$got" | tap_note
}

has() {
	if grep -qaF -e "$2" "${3-$OUT}"; then
		tap_result 0 "$1"
		return
	fi
	tap_result 1 "$1"
	echo "# no \"$2\" in:" | tap_note
	tap_note <"${3-$OUT}"
}

lacks() {
	if ! grep -qaF -e "$2" "${3-$OUT}"; then
		tap_result 0 "$1"
		return
	fi
	tap_result 1 "$1"
	echo "# there is \"$2\" in:" | tap_note
	tap_note <"${3-$OUT}"
}

ok() {
	local name=$1 output
	shift
	if output=$("$@" 2>&1); then
		tap_result 0 "$name"
		return
	fi
	tap_result 1 "$name"
	echo "$output" | tap_note
}

same() { ok "$1" cmp "$2" "$3"; }

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

finish() { echo "1..$tap_count"; }
