#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: each public header stands alone, in each C that there is and in C++.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

warnings=(-Wall -Wextra -Werror -pedantic)

# compile HEADER LANGUAGE STANDARD COMPILER...: twice in one source, which must be no harm
compile() {
	local header=$1 language=$2 standard=$3
	shift 3
	printf '#include <%s>\n#include <%s>\nextern int nothing;\n' "$header" "$header" |
		"$@" -x "$language" "-std=$standard" "${warnings[@]}" -I"$SRCDIR/include" \
			-fsyntax-only -
}

# all LANGUAGE STANDARD COMPILER...
all() {
	local language=$1 standard=$2 header
	shift 2
	if ! echo 'extern int nothing;' | "$@" -x "$language" "-std=$standard" -fsyntax-only - \
		2>/dev/null; then
		skip "all headers as $standard" "the compiler does not know it"
		return
	fi
	for header in "${headers[@]}"; do
		ok "$header as $standard" compile "$header" "$language" "$standard" "$@"
	done
}

headers=()
for path in "$SRCDIR"/include/sdreg.h "$SRCDIR"/include/sdreg/*.h; do
	headers+=("${path#"$SRCDIR"/include/}")
done
read -ra cc <<<"$CC"
for standard in c99 c11 c17 c2x gnu2x; do
	all c "$standard" "${cc[@]}"
done
read -ra cxx <<<"${CXX:-c++}"
if command -v "${cxx[0]}" >/dev/null; then
	for standard in c++11 c++17 c++20 c++23; do
		all c++ "$standard" "${cxx[@]}"
	done
else
	skip "all headers as C++" "there is no C++ compiler (${cxx[0]})"
fi

# the version: that of configure, in one piece and in three
configured=$(sed -n 's/^#define PACKAGE_VERSION "\(.*\)"/\1/p' "$BUILDDIR/config.h")
printf '#include <sdreg/version.h>\n%s %s %s %s\n' SDREG_VERSION SDREG_VERSION_MAJOR \
	SDREG_VERSION_MINOR SDREG_VERSION_PATCH |
	"${cc[@]}" -E -P -x c -I"$SRCDIR/include" - | tail -n 1 >"$TMP/version"
is "the version is that of configure" "\"$configured\" ${configured//./ }" "$TMP/version"
finish
