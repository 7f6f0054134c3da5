#!/bin/bash
# SPDX-License-Identifier: MIT
# lint.sh SRCDIR [BUILDDIR]: what can be told of the code without running it. Exit status 1 when
# anything is found.
set -u
builddir=$(cd "${2-.}" && pwd) || exit 2 # where config.h is
cd "$1" || exit 2
status=0

fail() {
	echo "lint: $*"
	status=1
}

need() {
	command -v "$1" >/dev/null && return
	fail "$1 is not installed"
	return 1
}

mapfile -t sources < <(find src data -name "*.[ch]" | LC_ALL=C sort)
sources+=(include/*.h include/sdreg/*.h tests/*.c tests/*/*.[ch] examples/*.[ch])
scripts=(bootstrap .ci/run data/completions/*.bash tests/*.sh tests/*/*.sh)
# not in a tarball
for script in packaging/build-deb.sh debian/tests/{command,development,lan}; do
	[ ! -e "$script" ] || scripts+=("$script")
done
for file in "${sources[@]}"; do
	[ -f "$file" ] || continue
	[ "$(wc -l <"$file")" -le 500 ] || fail "$file: over 500 lines, which is two ideas"
	expand -t8 "$file" | grep -nE '.{101}' | while IFS=: read -r line _; do
		echo "lint: $file:$line: over 100 columns"
	done | grep . && status=1
	grep -nE '[[:blank:]]+$' "$file" && fail "$file: blanks at the end of a line"
	head -n 1 "$file" | grep -q 'SPDX-License-Identifier: MIT' || fail "$file: no licence line"
done
grep -nE '\b(strcasecmp|strncasecmp|tolower|toupper|isalpha|isdigit|isspace|isprint)\(' src -r &&
	fail "a function above reads the locale"
if need shellcheck; then
	shellcheck -x "${scripts[@]}" || status=1
fi
# what it makes of .clang-format differs from version to version
if need clang-format; then
	case $(clang-format --version) in
	*' version 14.'*) clang-format --dry-run -Werror "${sources[@]}" || status=1 ;;
	*) echo "lint: not asked: $(clang-format --version), which judges otherwise than 14" ;;
	esac
fi
if need cppcheck; then
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem -Iinclude -Isrc src || status=1
fi
if need clang-tidy && [ -e "$builddir/config.h" ]; then
	read -ra flags < <(pkg-config --cflags libxml-2.0 jansson avahi-client libcurl)
	# what make defines, empty: only that they are strings matters
	for name in PKGLIBEXECDIR PKGSTATEDIR AVAHI_DATABASE; do
		flags+=("-D$name=\"\"")
	done
	mapfile -t code < <(find src -name "*.c")
	clang-tidy --quiet "${code[@]}" -- -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -I"$builddir" \
		"${flags[@]}" 2>/dev/null || status=1
fi
if need xmllint; then
	xmllint --noout data/*.xml || status=1
	xmllint --noout --relaxng data/supplement.rng data/supplement.xml data/txt-keys.xml 2>&1 |
		grep -v ' validates$' && status=1
fi
if command -v systemd-analyze >/dev/null; then
	units=$(mktemp -d)
	cp examples/systemd/*.timer "$units"
	for unit in examples/systemd/*.service.in; do
		name=$(basename "$unit" .in)
		sed -e 's|@bindir@/sdreg|/bin/true|; s|@pkgstatedir@|/var/lib/sdreg|' "$unit" \
			>"$units/$name"
		# of ten, and "OK" is what is below four; not all versions can tell of a file
		systemd-analyze security --help | grep -q -e --offline || continue
		systemd-analyze security --offline=true --threshold=20 "$units/$name" \
			>"$units/said" 2>&1 || {
			tail -n 2 "$units/said"
			fail "$unit: its sandbox has holes"
		}
		rm "$units/said"
	done
	systemd-analyze verify "$units"/* >"$units/said" 2>&1 || status=1
	grep -F "$units" "$units/said" && fail "systemd does not like the units of examples/systemd"
	rm -r "$units"
fi
exit $status
