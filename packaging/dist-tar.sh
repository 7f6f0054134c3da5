#!/bin/sh
# SPDX-License-Identifier: MIT
# dist-tar.sh TAR-ARGUMENTS...: tar as `make dist` wants it: of one commit always the same bytes,
# whoever makes them, and when. Of a checkout the date is the commit's, of an unpacked tarball that of
# its files.
set -eu
case $1 in
x*) exec tar "$@" ;;
esac
top=$(cd "$(dirname "$0")/.." && pwd)
epoch=${SOURCE_DATE_EPOCH:-}
[ -n "$epoch" ] || [ ! -e "$top/.git" ] || epoch=$(git -C "$top" log -1 --format=%ct)
[ -n "$epoch" ] || epoch=$(date -r "$top/configure.ac" +%s)
mode=$1
shift
LC_ALL=C exec tar "$mode" "$@" --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 \
	--numeric-owner --mode=u+rw,go=u-w,a-s
