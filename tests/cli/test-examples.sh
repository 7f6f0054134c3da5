#!/bin/bash
# SPDX-License-Identifier: MIT
# The examples do what they say.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

check "check-type: a registered type" 0 "$BUILDDIR/examples/check-type" _presence._tcp
is "check-type: says what it is" "_presence._tcp: registered: XMPP Link-Local Messaging"
check "check-type: another transport" 1 "$BUILDDIR/examples/check-type" _clique._tcp
check "check-type: a rule broken" 1 "$BUILDDIR/examples/check-type" _under_score._tcp
has "check-type: names the rule" "RFC 6335 section 5.1"
check "check-type: no type at all" 1 "$BUILDDIR/examples/check-type" presence
check "check-type: usage" 2 "$BUILDDIR/examples/check-type"
check "annotate-result: a service" 0 "$BUILDDIR/examples/annotate-result" _presence._tcp 5562 \
	status=dnd "$(printf 'x\033=y')"
has "annotate-result: the type" "registered: XMPP Link-Local Messaging"
has "annotate-result: the port" "port: other-port"
has "annotate-result: a value in words" "not to be disturbed"
has "annotate-result: no control characters" 'x\027: unknown'
check "annotate-result: usage" 2 "$BUILDDIR/examples/annotate-result"
ok "annotate.sh: is a shell script" sh -n "$SRCDIR/examples/annotate.sh"

# The Makefile, with what is installed: here into a directory of its own.
if [ -x "$BUILDDIR/sdreg-browse" ]; then
	make -s -C "$BUILDDIR" install DESTDIR="$TMP/root" >"$TMP/out" 2>&1
	pc=$(find "$TMP/root" -name libsdreg.pc)
	mkdir "$TMP/mine"
	cp "$SRCDIR"/examples/{Makefile,*.[ch]} "$TMP/mine"
	flags=$(grep -o -m 1 -e '-fsanitize=[a-z,]*' -e '--coverage' "$BUILDDIR/Makefile")
	# not by a system root, which would move the other libraries, too
	sed -i "s|^\([a-z_]*\)=/|\1=$TMP/root/|" "${pc%/*}"/*.pc
	export PKG_CONFIG_PATH=${pc%/*}
	# example PROGRAM: by a strict compiler, and without what the build of sdreg defines
	example() {
		make -C "$TMP/mine" "$1" "CC=${CC:-cc} $flags" \
			CFLAGS='-std=c11 -Wall -Wextra -Werror'
	}
	check "Makefile: builds a program of the library" 0 example check-type
	for program in annotate-result roster announce chat glib-browse; do
		if [ "$program" != glib-browse ] || pkg-config --exists avahi-glib; then
			check "Makefile: builds $program" 0 example "$program"
		else
			skip "Makefile: builds $program" "avahi-glib is not installed"
		fi
	done
	rm "$TMP/mine/check-type"
	check "Makefile: builds that one unless told" 0 make -C "$TMP/mine" "CC=${CC:-cc} $flags"
	pc=${pc%/pkgconfig/*}
	cp -R "$TMP/root" "$TMP/uninstalled"
	check "make uninstall" 0 make -s -C "$BUILDDIR" uninstall DESTDIR="$TMP/uninstalled"
	# only empty ones: the prefix itself may lie in a directory called so
	find "$TMP/uninstalled" -type f -o -type l -o -type d -empty \
		\( -name 'sdreg*' -o -name examples \) >"$TMP/left"
	is "make uninstall: leaves no file, and no directory of sdreg's" "" "$TMP/left"
	check "Makefile: they run" 0 env LD_LIBRARY_PATH="$pc" "$TMP/mine/check-type" _presence._tcp
	unset PKG_CONFIG_PATH
fi

# What installing tells the dynamic linker: root, and not below DESTDIR.
mkdir "$TMP/bin"
# shellcheck disable=SC2016 # expanded by the script that it writes
printf '#!/bin/sh\necho "${AS:?}"\n' >"$TMP/bin/id"
printf '#!/bin/sh\necho the cache is new\n' >"$TMP/bin/cache"
chmod 755 "$TMP/bin/id" "$TMP/bin/cache"
hook() {
	env PATH="$TMP/bin:$PATH" AS="$1" \
		make -s -C "$BUILDDIR" install-exec-hook LDCONFIG=cache "DESTDIR=$2"
}
check "make install: as root" 0 hook 0 ""
has "make install: as root tells the linker" "the cache is new"
check "make install: as a user" 0 hook 1000 ""
lacks "make install: as a user does not" "the cache is new"
check "make install: below DESTDIR" 0 hook 0 "$TMP/root"
lacks "make install: below DESTDIR does not" "the cache is new"

for unit in "$BUILDDIR"/examples/systemd/sdreg-{browse,update}.service "$BUILDDIR/examples/cron/sdreg-update"; do
	name=${unit#"$BUILDDIR/"}
	ok "$name: has all its paths" [ "$(grep -c '@[a-z]*@' "$unit")" = 0 ]
	[[ $unit == *browse* ]] ||
		ok "$name: updates for all users" grep -Eq '[ =]/.*/sdreg update --system --quiet$' "$unit"
done
finish
