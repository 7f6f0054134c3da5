#!/bin/sh
# SPDX-License-Identifier: MIT
# host.sh NAME DIRECTORY   the process that a host's namespaces hang from, started there by lan_host
set -eu
hostname "$1"
dir=$2

# A machine may have IPv6 switched off; checking for duplicate addresses only takes a second.
ipv6=/proc/sys/net/ipv6/conf
if [ -d "$ipv6" ]; then
	for scope in all default; do
		echo 0 >"$ipv6/$scope/disable_ipv6"
		echo 0 >"$ipv6/$scope/accept_dad"
	done
fi
ip link set dev lo up

mount --bind "$dir/run/avahi-daemon" /run/avahi-daemon
mount --bind "$dir/run/dbus" /run/dbus
# The machine's own static services are no business of this host's.
[ ! -d /etc/avahi ] || mount --bind "$dir/avahi" /etc/avahi

: >"$dir/ready"
exec sleep infinity
