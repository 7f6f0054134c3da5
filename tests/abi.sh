#!/bin/bash
# SPDX-License-Identifier: MIT
# abi.sh compare|write DIRECTORY: whether the libraries in DIRECTORY/.libs have the binary interface
# of the references in tests/abi, or new references of them. Exit status 0 when they have it, 1 when a
# function, a struct or an enum of the public headers is another, 2 when that cannot be told.
set -u
top=$(cd "$(dirname "$0")/.." && pwd -P) || exit 2
references=$top/tests/abi
verb=${1-} built=${2-.}

if ! command -v abidw >/dev/null || ! command -v abidiff >/dev/null; then
	echo "abi.sh: abidw and abidiff are missing (Debian: abigail-tools)" >&2
	exit 2
fi

# Private structs are in it, as libabigail follows pointers; private.suppr has them passed over.
write() {
	abidw --no-corpus-path --no-comp-dir-path --no-show-locs --short-locs --no-parameter-names \
		--no-elf-needed --drop-private-types --headers-dir "$top/include/sdreg" \
		--drop-undefined-syms --exported-interfaces-only --out-file "$references/$1.abi" \
		"$built/.libs/$1.so"
}

compare() {
	abidiff --suppr "$references/private.suppr" "$references/$1.abi" "$built/.libs/$1.so"
}

case $verb in compare | write) ;; *)
	echo "usage: abi.sh compare|write DIRECTORY" >&2
	exit 2
	;;
esac
status=0
for library in libsdreg libsdreg-xml libsdreg-browse; do
	if [ ! -e "$built/.libs/$library.so" ]; then
		echo "abi.sh: there is no $library.so in $built/.libs" >&2
		exit 2
	fi
	case $verb in
	write) write "$library" ;;
	compare) compare "$library" ;;
	esac
	result=$?
	[ $((result & 3)) -eq 0 ] || exit 2
	[ "$result" -eq 0 ] || status=1
done
[ $status -eq 0 ] ||
	echo "abi.sh: if that is wanted: make write-abi, in the same commit (CONTRIBUTING.md)" >&2
exit $status
