# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Whole registries for tests. Sourced after tap.sh.
#
# $WHOLE are directories of registries by day: service-names-port-numbers-2025-02-25.xml, and .csv.
# The first is made here, of the registry that is embedded in sdreg: a part, but as a file it is read
# as one that has all. Others are IANA's own, where they lie in ../shared/registry, or in the
# directory that $SDREG_REGISTRIES names; Debian's package ipv6toolkit has one without a day.

WHOLE=("$TMP/whole")
mkdir "$TMP/whole" || exit 99
"$SDREG" export --format xml 2>/dev/null | sed 's|<updated>20.*</updated>|<updated>2001-01-01</updated>|' \
	>"$TMP/whole/service-names-port-numbers-2001-01-01.xml"
# A year later each tenth entry is gone, others have another title, or came.
awk '/<updated>/ && !dated++ { sub(/2001/, "2002") }
	/<record/ { entry++ }
	/<description>/ && entry % 7 == 1 { sub(/<description>/, "&New: ") }
	/<name>/ && entry % 9 == 1 { sub(/<name>/, "&new-") }
	/<record/, /<\/record>/ { if (entry % 10 == 0) next }
	1' \
	"$TMP/whole/service-names-port-numbers-2001-01-01.xml" \
	>"$TMP/whole/service-names-port-numbers-2002-01-01.xml"
for file in "$TMP"/whole/*.xml; do
	"$SDREG" --registry "$file" export --format csv >"${file%.xml}.csv"
done
for directory in "${SDREG_REGISTRIES:-$SRCDIR/../shared/registry}" /usr/share/ipv6toolkit; do
	[ ! -d "$directory" ] || WHOLE+=("$directory")
done
