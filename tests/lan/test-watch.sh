#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: sdreg browse --watch on a real network, in a real terminal: tmux, at several sizes. juliet
# publishes, romeo watches.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-watch" ]; then
		echo "1..0 # SKIP built without ncurses"
		exit 0
	fi
	if ! command -v tmux >/dev/null; then
		echo "1..0 # SKIP tmux is not installed"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo" "$here/test-watch.sh" inside
fi
: "${SDREG:?}"
unset NO_COLOR TMUX
export LC_ALL=C.UTF-8

number=0
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	LC_ALL=C sed 's/^/#   /' "$LAN_DIR/screen" | LC_ALL=C tr -c '\n\t -~' '?'
}

# bash, whatever the user's own shell is: of Ctrl-C, which reaches the shell too, others end at once
terminal() { on romeo env SHELL="$BASH" tmux -u -S "$LAN_DIR/tmux" -f /dev/null "$@"; }

keys() { terminal send-keys -t watch "$@"; }

look() { terminal capture-pane -t watch -p "$@" >"$LAN_DIR/screen"; }

# opens COLUMNSxROWS [ENVIRONMENT...]: a terminal with a watch, and what follows it
opens() {
	local size=$1
	shift
	rm -f "$LAN_DIR/after" "$LAN_DIR/status"
	terminal new-session -d -s watch -x "${size%x*}" -y "${size#*x}" \
		"stty -a >$LAN_DIR/before; env $* $SDREG browse --watch; echo \$? >$LAN_DIR/status
		stty -a >$LAN_DIR/after; sleep 1000"
}

ends() { terminal kill-session -t watch; }

# sees REGEX NAME: the screen has a line like this, within a time
sees() {
	local end=$((SECONDS + 12))
	until look && grep -qE -e "$1" "$LAN_DIR/screen"; do
		if ((SECONDS >= end)); then
			ok 1 "$2"
			return
		fi
		sleep 0.1
	done
	ok 0 "$2"
}

# misses REGEX NAME: within a time it has no such line any more
misses() {
	local end=$((SECONDS + 12))
	while look && grep -qE -e "$1" "$LAN_DIR/screen"; do
		if ((SECONDS >= end)); then
			ok 1 "$2"
			return
		fi
		sleep 0.1
	done
	ok 0 "$2"
}

# The number of the line in reverse video below the first, and what it says.
selected() {
	look -e
	sed '1d' "$LAN_DIR/screen" | sed -nE '/\x1b\[[0-9;]*7m/{=;s/\x1b\[[0-9;]*m//g;s/ +/ /gp}' |
		head -n 2 | tr '\n' ' '
}

# shellcheck disable=SC2317 # lan_until calls it
# fills ROWS: the first line of a screen of so many rows is where it belongs, and the last
fills() {
	look
	[ "$(wc -l <"$LAN_DIR/screen")" = "$1" ] && head -n 1 "$LAN_DIR/screen" |
		grep -q '^ sdreg: 4 ' && tail -n 1 "$LAN_DIR/screen" | grep -q '^ q quit'
}

# restored NAME STATUS: the watch ends within a time with this status, and the terminal is as before
restored() {
	local end=$((SECONDS + 10))
	until [ -s "$LAN_DIR/after" ] || ((SECONDS >= end)); do sleep 0.1; done
	look
	cmp "$LAN_DIR/before" "$LAN_DIR/after" >>"$LAN_DIR/screen" &&
		[ "$(cat "$LAN_DIR/status")" = "$2" ] &&
		[ "$(terminal display -t watch -p '#{cursor_flag}#{alternate_on}')" = 10 ]
	ok $? "$1"
	ends
}

# the process of the watch
watcher() {
	local pid
	for pid in /proc/[0-9]*; do
		[[ $(readlink "$pid/exe") == */sdreg-watch ]] && echo "${pid#/proc/}"
	done
}

publish juliet juliet@pronto _presence._tcp 5562 txtvers=1 1st=Juliet status=away balcony=2
publish juliet 'Röm;éo 日本語' _ipp._tcp 631 rp=ipp/print
publish juliet $'\e]0;OWNED\a\e[2J\xc2\x9b31m' _http._tcp 80 $'k=\e[5m'
publish juliet Bad _under_score._tcp 4712
wait_for romeo _presence._tcp _ipp._tcp _http._tcp _under_score._tcp

# Without a session tmux's server ends, and what comes just then has none.
terminal new-session -d -s stays "sleep 1000"

for size in 40x10 80x24 200x50; do
	opens "$size"
	sees '^ sdreg: 4 services' "$size: how many there are"
	sees '_http\._tcp  World Wide Web HTTP +1' "$size: a type with its title"
	sees '^   *\\027\]0;OWNED\\007\\027\[2J\\194\\15' "$size: a name that would write to the terminal"
	sees 'Röm;éo 日本語' "$size: a name with wide characters is whole"
	keys q
	restored "$size: q ends it and restores the terminal" 0
done

opens 80x24
sees '^ sdreg: 4 services' "it is there"
[ "$(terminal display -t watch -p '#{pane_title}')" != OWNED ]
ok $? "the hostile name did not set the title"
keys j
sees 'TXT +k=\\027\[5m' "nor does its TXT record reach the terminal"
keys j j
sees 'host +juliet\.local' "details: the host"
sees 'port +631, as registered' "details: the port and the registry's word on it"
sees 'rp=ipp/print  \(path of the printer' "details: a TXT key with its meaning"
sees '_ipp\._tcp  IPP .*\[registered\]' "details: the type with its verdict"
[[ $(selected) == '4  Röm;éo 日本語 '* ]]
ok $? "the selected row is the one that was moved to"
terminal resize-window -t watch -x 40 -y 10
lan_until "a small screen" fills 10
keys j j
sees '^ +juliet@' "a list that is longer than the screen"
before=$(selected)
[[ $before == '5  juliet@pronto '* ]]
ok $? "the last of its lines is selected"

# what comes and goes
sleep 3 # what comes from now on is news
publish juliet Abram _http._tcp 81
# shellcheck disable=SC2154 # functions.sh sets it
abram=$started
sees '^  \+ Abram' "what comes is marked"
[ "$(selected)" = "$before" ]
ok $? "the selected row stays where it was on the screen"
misses '^  \+ Abram' "the mark goes"
stop "$abram"
sees '^  - Abram' "what leaves is marked"
[ "$(selected)" = "$before" ]
ok $? "the selected row stays where it was"
misses 'Abram' "and goes from the list"
[[ "$(selected)" == *'  juliet@pronto '* ]]
ok $? "the same one is selected"
terminal resize-window -t watch -x 80 -y 24
lan_until "a larger screen" fills 24

# keys
keys /
keys PRES
sees '^ sdreg: 4 services  /PRES' "a filter is said"
misses '_ipp|Bad' "and hides what does not fit, while one types"
sees '^▾ _presence' "and shows what does"
keys Enter
misses '^/PRES' "Enter ends typing"
keys Escape
sees '_ipp' "Esc ends the filter"
keys g
keys -
sees '^▸ _ipp' "all folded"
misses 'Röm' "without services"
keys + j j h
misses '^ +juliet@' "one type"
keys s
sees 'by title$' "sorted otherwise"
keys '?'
sees '^Space +fold or unfold a type' "help"
keys Escape
misses '^Space +fold' "and back"
keys l End Enter
sees '^_under_score\._tcp .*\[not well formed' "details on the whole screen"
keys Escape

# resizes
for size in 40x10 132x40 20x5 80x24; do
	terminal resize-window -t watch -x "${size%x*}" -y "${size#*x}"
	lan_until "a screen of $size" fills "${size#*x}"
	ok $? "resized to $size"
done

# the daemon
keys g j j
sees '^_http\._tcp .*\[registered\]' "a row is selected"
before=$(selected)
daemon_stop romeo KILL
sees 'The daemon is gone' "the daemon goes"
sees '^ sdreg: 0 services' "and all services with it"
sleep 7 # longer than what left is shown
sees '^  - Röm' "which may be there all the same, and are shown"
daemon_start romeo
sees '^ sdreg: 4 services' "and is back"
[ "$(selected)" = "$before" ]
ok $? "the selected row is the same"
kill -TERM "$(watcher)"
restored "SIGTERM: the terminal is restored" 0

# stopped, and resized meanwhile
rm -f "$LAN_DIR/after" "$LAN_DIR/status"
terminal new-session -d -s watch -x 80 -y 24 "bash -c 'set -m; stty -a >$LAN_DIR/before
	$SDREG browse --watch; stty -a >$LAN_DIR/stopped; sleep 2; fg
	echo \$? >$LAN_DIR/status; stty -a >$LAN_DIR/after; sleep 1000'"
sees '^ sdreg: 4 services' "under a shell"
keys C-z
lan_until "a watch that stops" [ -s "$LAN_DIR/stopped" ]
[ "$(terminal display -t watch -p '#{cursor_flag}#{alternate_on}')" = 10 ] &&
	cmp "$LAN_DIR/before" "$LAN_DIR/stopped" >"$LAN_DIR/screen"
ok $? "Ctrl-Z: the terminal is the shell's"
terminal resize-window -t watch -x 60 -y 20
lan_until "a watch that goes on" fills 20
ok $? "and what goes on has the new size"
terminal resize-window -t watch -x 80 -y 24
lan_until "the old size" fills 24
keys q
restored "and ends as ever" 0

opens 80x24
sees '^ sdreg: 4 services' "once more"
look -e
grep -q $'\e\\[[0-9;]*3[1-6]' "$LAN_DIR/screen"
ok $? "in colours"
keys C-c
restored "Ctrl-C: the terminal is restored" 0
opens 80x24 NO_COLOR=1
sees '^ sdreg: 4 services' "with NO_COLOR"
look -e
! grep -q $'\e\\[[0-9;]*3[1-6]' "$LAN_DIR/screen"
ok $? "without colours"
kill -HUP "$(watcher)"
restored "SIGHUP: the terminal is restored" 0
opens 80x24 LC_ALL=C
sees 'Röm;éo 日本語' "in a locale without such characters"
keys C-\\
restored "Ctrl-\\: the terminal is restored" 0
opens 80x24 TERM=vt100
sees '^   *\\027\]0;OWNED' "on a terminal of old"
look -e
! grep -q $'\e\\[[0-9;]*3[1-6]' "$LAN_DIR/screen"
ok $? "which has no colours"
pid=$(watcher)
ends
lan_until "the end of the watch" lan_gone "$pid"
ok $? "a terminal that goes takes it along"

opens 80x24 TERM=dumb
sees 'TERM=dumb\) cannot show a screen' "a terminal that cannot show it"
restored "is told so" 2
on romeo "$SDREG" browse --watch >"$LAN_DIR/screen" 2>&1 </dev/null
[ $? = 2 ] && grep -q 'needs a terminal' "$LAN_DIR/screen"
ok $? "no terminal: a clear line and exit status 2"
on romeo "$SDREG" browse --watch -p >"$LAN_DIR/screen" 2>&1 </dev/null
ok $(($? != 2)) "--watch and -p do not go together"
daemon_stop romeo
opens 80x24
sees 'avahi-daemon' "no daemon: a line that says so"
restored "no daemon: the terminal was left alone" 2
echo "1..$number"
exit 0
