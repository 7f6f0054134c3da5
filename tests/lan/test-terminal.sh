#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: what sdreg browse shows to people, on terminals of 40, 80 and 200 columns.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	if ! command -v python3 >/dev/null; then
		echo "1..0 # SKIP python3 is not installed"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-terminal.sh" inside
fi
: "${SDREG:?}"
unset COLUMNS NO_COLOR

number=0
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	sed 's/^/#   /' "$LAN_DIR/out"
}

# on_terminal COLUMNS ARGUMENTS...: sdreg browse on romeo; what is written over is left out
on_terminal() {
	on romeo python3 "$here/terminal.py" "$1" "$SDREG" browse "${@:2}" >"$LAN_DIR/out" 2>&1 </dev/null
	status=$?
	sed -i 's/^.*\r\x1b\[K//' "$LAN_DIR/out"
}

# widest: columns of the widest line, colours left out; a CJK character has two
widest() {
	python3 -c '
import re, sys, unicodedata
def columns(text):
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
text = sys.stdin.buffer.read().decode()
print(max(columns(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in text.split("\n")))' <"$LAN_DIR/out"
}

long='A message that is long enough to be broken on a narrow terminal, and not on a wide one: 日本語 Röméo'
publish juliet juliet@pronto _presence._tcp 5562 status=away balcony=2
publish juliet long@pronto _presence._tcp 5298 txtvers=1 status=away "msg=$long" "vc=$(printf '%0100d' 0)"
publish juliet 'Röméos 日本語プリンター' _ipp._tcp 631 txtvers=1 "esc=$(printf '\033[31m\302\233')"
publish juliet Experiment _sdreg-demo._tcp 4711
wait_for romeo _presence._tcp=2 _ipp._tcp _sdreg-demo._tcp

for columns in 40 80 200; do
	on_terminal "$columns" -t
	ok "$status" "$columns columns: exit status"
	[ "$(widest)" -le "$columns" ]
	ok $? "$columns columns: no line is wider"
	grep -q 'Röméos 日本語プリンター' "$LAN_DIR/out"
	ok $? "$columns columns: a name stays whole"
	printf '\033' >"$LAN_DIR/esc"
	! sed 's/\x1b\[[0-6]\{1,2\}m//g' "$LAN_DIR/out" | grep -qf "$LAN_DIR/esc"
	ok $? "$columns columns: no escape sequence but ours"
done
grep -qF "$long  (" "$LAN_DIR/out"
ok $? "200 columns: a long text in one line"
grep -qP '\x1b\[1m_presence\._tcp\x1b\[0m.*\x1b\[32m\[registered\]' "$LAN_DIR/out"
ok $? "a type is bold, a verdict has a colour"
on_terminal 80 -t --type '_ipp*'
grep -qF 'esc=\027[31m\194\155' "$LAN_DIR/out"
ok $? "control characters are shown as numbers"

on romeo env NO_COLOR=1 python3 "$here/terminal.py" 80 "$SDREG" browse -t >"$LAN_DIR/out" 2>/dev/null
! grep -qP '\x1b\[[0-9]+m' "$LAN_DIR/out"
ok $? "NO_COLOR: no colours"
on romeo "$SDREG" browse -t >"$LAN_DIR/out" 2>/dev/null
grep -qF "msg=$long  (" "$LAN_DIR/out" && ! grep -qf "$LAN_DIR/esc" "$LAN_DIR/out"
ok $? "without a terminal: neither wrapped nor coloured"
[ "$(grep -c '^_' "$LAN_DIR/out")" = 3 ] && [ "$(grep -c '^  [^ ]' "$LAN_DIR/out")" = 4 ]
ok $? "one block a service, below its type"
# only the address depends on the machine
readme() { sed -n '/^    \$ sdreg browse -t$/,/^$/s/^    //p' "$here/../../README.md" | sed 1d; }
blur() { sed 's/fe80::[0-9a-f:]*/fe80::/'; }
[ -n "$(readme)" ] && ! readme | blur | grep -qvxF -f <(blur <"$LAN_DIR/out")
ok $? "and as the README shows it"
echo "1..$number"
