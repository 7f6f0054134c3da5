#!/bin/bash
# SPDX-License-Identifier: MIT
# suite.sh SUITE COMMAND...   run COMMAND in a clean clone of this checkout, on another Debian: trixie, sid
#
# The machine is a directory below /var/tmp, made by debootstrap from apt's own mirror, with git and
# nothing else. COMMAND is root in it and in the clone, with mounts and processes that are its own,
# and the network of this machine. All of it is gone when COMMAND ends. What is not committed is not
# in the clone.
#
#   tests/suite.sh sid ./bootstrap check
#
# Exit status: COMMAND's; 125 when there is no such machine. It takes root and debootstrap.
set -um # -m: COMMAND may be interrupted

die() {
	echo "suite.sh: $*" >&2
	exit 125
}

[ $# -ge 2 ] || die "usage: suite.sh SUITE COMMAND..."
[ "$(id -u)" = 0 ] || die "this takes root"
command -v debootstrap >/dev/null || die "debootstrap is not installed"
suite=$1
shift
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck disable=SC2016 # apt's own variable
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
	'Label: Debian' | head -n 1)
[ -n "$mirror" ] || die "apt knows no mirror of Debian: apt-get update"

root=$(mktemp -d /var/tmp/sdreg-suite.XXXXXX) || die "no directory for it"
chmod 755 "$root" # for users, too
trap 'rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase --include=ca-certificates,git "$suite" "$root" "$mirror" \
	>"$root.log" 2>&1 || {
	tail -n 20 "$root.log" "$root/debootstrap/debootstrap.log" >&2
	rm -f "$root.log"
	die "no $suite from $mirror"
}
rm -f "$root.log"
# what apt was told of proxies and the like
apt-config dump Acquire | grep -E '^Acquire::(Check|http|Retries)' >"$root/etc/apt/apt.conf.d/99suite"
cp -L /etc/resolv.conf "$root/etc" 2>/dev/null
git clone -q --no-hardlinks "$checkout" "$root/srv/sdreg" || die "no clone of $checkout"

# The new root is the root of its mounts, for the kernel lets nobody make user namespaces in a chroot.
# shellcheck disable=SC2016 # expanded by the inner shell
inside='
	root=$1
	shift
	mount --make-rprivate / &&
		mount --bind "$root" "$root" &&
		mount -t proc proc "$root/proc" &&
		mount --rbind /sys "$root/sys" &&
		mount --rbind /dev "$root/dev" &&
		mount -t tmpfs tmpfs "$root/run" &&
		cd "$root" && pivot_root . mnt && cd / && umount -l /mnt && cd /srv/sdreg || exit 125
	exec env -i HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 \
		PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"'
unshare --mount --pid --fork --kill-child sh -c "$inside" sh "$root" "$@" </dev/null &
machine=$!
trap 'kill -KILL $machine' HUP INT TERM
wait $machine
