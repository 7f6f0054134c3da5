#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: which builds ./bootstrap goes on with, and which it makes anew. Nothing is installed or compiled:
# the tools that it calls are stand-ins.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

checkout=$TMP/checkout
mkdir -p "$checkout/build" "$TMP/bin"
cp "$SRCDIR/bootstrap" "$checkout"
touch -d '1 hour ago' "$checkout"/{configure.ac,Makefile.am,aclocal.m4}

stand_in() {
	printf '#!/bin/sh\n%s\n' "$2" >"$1"
	chmod 755 "$1"
}
stand_in "$TMP/bin/dpkg-query" "echo installed"
stand_in "$TMP/bin/make" "echo made"
for tool in apt-get gcc pkg-config curl-config autoreconf automake libtoolize; do
	stand_in "$TMP/bin/$tool" "exit 1"
done
# shellcheck disable=SC2016 # expanded by the script that it writes
stand_in "$checkout/configure" 'printf "abs_top_srcdir = %s\n" "$(cd .. && pwd)" >Makefile; : >config.status'
touch "$checkout/Makefile.in"

bootstrap() { env PATH="$TMP/bin:$PATH" "$checkout/bootstrap"; }

check "a first build" 0 bootstrap
has "a first build is configured" "bootstrap: configure" "$ERR"
lacks "a first build: autoreconf is not needed" "bootstrap: autoreconf" "$ERR"
check "a build that is there" 0 bootstrap
lacks "a build that is there is gone on with" "bootstrap: configure" "$ERR"
rm "$checkout/build/Makefile"
check "a build that was stopped while it was configured" 0 bootstrap
has "a build that was stopped is configured again" "bootstrap: configure" "$ERR"

: >"$checkout/build/old.o"
mv "$checkout" "$TMP/copy"
checkout=$TMP/copy
check "a build that came from elsewhere" 0 bootstrap
has "a build from elsewhere: says so" "build/ was made for $TMP/checkout: removing it" "$ERR"
has "a build from elsewhere is configured" "bootstrap: configure" "$ERR"
ok "a build from elsewhere is gone" [ ! -e "$checkout/build/old.o" ]
ln -s copy "$TMP/link"
checkout=$TMP/link
check "another way to the same place" 0 bootstrap
lacks "another way to the same place changes nothing" "bootstrap: configure" "$ERR"
touch -d '1 hour' "$checkout/aclocal.m4"
check "files that were copied in another order" 2 bootstrap
has "files that were copied in another order are made again" "bootstrap: autoreconf" "$ERR"

# What a user without sudo is told starts no service.
mkdir "$TMP/few"
for tool in cat dirname find grep mkdir nproc sed tail wc; do
	ln -s "$(command -v "$tool")" "$TMP/few"
done
stand_in "$TMP/few/id" "echo 1000"
stand_in "$TMP/few/dpkg-query" ":"
# shellcheck disable=SC2016 # expanded by the script that it writes
stand_in "$TMP/few/apt-get" 'echo "$1"; sh -c "$POLICY"; echo "$?"'
sed -i "s|/usr/sbin/policy-rc.d|$TMP/policy-rc.d|" "$checkout/bootstrap"
for already in no yes; do
	check "no sudo" 2 env PATH="$TMP/few" "$checkout/bootstrap"
	line=$(sed -n 's/^bootstrap: as root: //p' "$ERR")
	check "no sudo: what root may type" 0 \
		env PATH="$TMP/few:/usr/bin:/bin" POLICY="$TMP/policy-rc.d" sh -c "$line"
	wanted=$'update\n101\ninstall\n101'
	[ $already = no ] || wanted=${wanted//101/100}
	is "no sudo: what root may type starts no service, a policy being there: $already" "$wanted"
	if [ $already = no ]; then
		ok "no sudo: what root may type leaves nothing" [ ! -e "$TMP/policy-rc.d" ]
		stand_in "$TMP/policy-rc.d" "exit 100"
	fi
done
ok "no sudo: a policy that was there stays" test -x "$TMP/policy-rc.d"

# What fails late in libtool, configure refuses early.
mkdir "$TMP/a b"
# shellcheck disable=SC2016 # expanded by the inner shell
check "a directory with a blank" 1 bash -c 'cd "$1" && "$2/configure"' sh "$TMP/a b" "$SRCDIR"
has "a directory with a blank: is why" "blank in its name: \"$TMP/a b\"" "$ERR"
# shellcheck disable=SC2016 # as above
check "a prefix with a blank" 1 \
	bash -c 'cd "$1" && "$2/configure" --prefix="/opt/a b"' sh "$TMP" "$SRCDIR"
has "a prefix with a blank: is why" 'blank in its name: "/opt/a b"' "$ERR"

# There is no host to name.
check "configure --help" 0 "$SRCDIR/configure" --help
for file in SECURITY.md README.md; do
	has "configure --help: tells of $file" "$file"
	ok "configure --help: $file is there" test -f "$SRCDIR/$file"
done
# shellcheck disable=SC2016 # as above
check "no signalfd()" 1 bash -c 'cd "$1" && ac_cv_func_signalfd=no "$2/configure" -q --with-avahi' \
	sh "$TMP" "$SRCDIR"
has "no signalfd(): what needs it" "libsdreg-browse needs signalfd()" "$ERR"
finish
