#!/bin/bash
# SPDX-License-Identifier: MIT
# packaging/build-deb.sh DIRECTORY [OPTION...]: Debian packages of the commit that is checked out,
# in DIRECTORY, which must not be there yet. The options go to dpkg-buildpackage, such as
# --build=binary or --no-check-builddeps. Needs what debian/control names, and autoconf, automake, libtool.
set -eu
to=${1:?a directory for the packages is missing}
shift
source=$(cd "$(dirname "$0")/.." && pwd -P)
for tool in git dpkg-buildpackage autoreconf automake libtoolize make gcc; do
	command -v "$tool" >/dev/null && continue
	echo "build-deb.sh: $tool is missing; what it takes is installed, as root, by" >&2
	echo "  apt-get install git build-essential autoconf automake libtool" >&2
	echo "  apt-get build-dep $source" >&2
	exit 2
done
if [ -e "$to" ]; then
	echo "build-deb.sh: $to: is there already; name a new directory, or remove it" >&2
	exit 2
fi
mkdir "$to"
cd "$to"
git -C "$source" archive --prefix=source/ HEAD | tar x
SOURCE_DATE_EPOCH=$(git -C "$source" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
(cd source && autoreconf -fi && ./configure -q && make -s dist)
version=$(sed -n 's/^AC_INIT(\[sdreg\], \[\(.*\)\])$/\1/p' source/configure.ac)
mv "source/sdreg-$version.tar.xz" "sdreg_$version.orig.tar.xz"
tar xf "sdreg_$version.orig.tar.xz"
cp -r source/debian "sdreg-$version/"
rm -r source
cd "sdreg-$version"
exec dpkg-buildpackage -us -uc "$@"
