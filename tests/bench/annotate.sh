#!/bin/bash
# SPDX-License-Identifier: MIT
# annotate.sh SDREG: a million lines of avahi-browse -rpk through sdreg annotate, beside what copies
# them (cat) and what does one associative look-up a line (mawk). Processor time, the least of five
# runs each, into a file that is not on a disk. Twice: of 2,000 services, as a network has them, and
# of a million, of which no two say the same.
set -eu
sdreg=$1
command -v mawk >/dev/null || exit 0
dir=$(mktemp -d -p /dev/shm) || exit 0
trap 'rm -rf "$dir"' EXIT
export LC_ALL=C
TIMEFORMAT='%U %S'

# lines SERVICES: a million lines of so many services of 60 types, each as often as the others; half
# of the lines come with host and TXT record.
lines() {
	awk -v services="$1" 'BEGIN {
		srand(1)
		n = split("http ipp presence airplay raop hap googlecast ssh smb workstation device-info printer " \
			"pdl-datastream scanner sftp-ssh rfb afpovertcp daap dacp spotify-connect", names, " ")
		while (n < 60)
			names[++n] = "made-up-" n
		keys = split("txtvers status path id md fn rp ty note pdl", key, " ")
		for (i = 0; i < services; i++) {
			txt = ""
			for (k = 1 + int(rand() * 6); k > 0; k--)
				txt = txt " \"" key[1 + int(rand() * keys)] "=" int(rand() * 1000000) "\""
			service[i] = "Service\\032" i "\\195\\169;_" names[1 + int(rand() * n)] "._tcp;local"
			rest[i] = ";host" i % 300 ".local;10.0." i % 250 "." i % 200 ";" int(rand() * 65535) ";" \
				substr(txt, 2)
		}
		for (i = 0; i < 1000000; i++) {
			s = services < 1000000 ? int(rand() * services) : i
			mark = substr("+==-", 1 + int(rand() * 4), 1)
			print mark ";eth0;IPv" (rand() < 0.5 ? 4 : 6) ";" service[s] (mark == "=" ? rest[s] : "")
		}
	}'
}
"$sdreg" types --format tsv | cut -f1,2 >"$dir/types"

# least COMMAND...
least() {
	for _ in 1 2 3 4 5; do
		{ time "$@" "$dir/lines" >"$dir/out"; } 2>&1
	done | awk '{ t = $1 + $2; if (NR == 1 || t < least) least = t } END { print least }'
}
# compare WHAT: of $dir/lines
compare() {
	local cat mawk ours
	cat=$(least cat)
	# shellcheck disable=SC2016 # mawk's own
	mawk=$(least mawk -v types="$dir/types" 'BEGIN {
		FS = ";"
		while ((getline line < types) > 0) {
			split(line, field, "\t")
			title[field[1]] = field[2]
		}
	}
	{ print $0 "\t" title[$5] }')
	ours=$(least "$sdreg" annotate)
	awk -v what="$1" -v a="$ours" -v m="$mawk" -v c="$cat" 'BEGIN {
		printf "annotate, a million lines, %s %8.3f s    mawk %.3f s   ratio %.2f (goal 0.4)   cat %.3f s   ratio %.1f (goal 2.5)\n", \
			what, a, m, a / m, c, a / c }'
}
lines 2000 >"$dir/lines"
compare "of 2,000 services"
lines 1000000 >"$dir/lines"
compare "all different    "
