#!/bin/bash
# SPDX-License-Identifier: MIT
# packaging/build-deb.sh DIRECTORY [OPTION...]: Debian packages of the commit that is checked out,
# in DIRECTORY, which must not be there yet. The options go to dpkg-buildpackage, such as
# --build=binary or --no-check-builddeps. Needs what debian/control names, and autoconf, automake, libtool.
set -eu
to=${1:?a directory for the packages is missing}
shift
source=$(cd "$(dirname "$0")/.." && pwd -P)
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
