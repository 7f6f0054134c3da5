#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: options stand anywhere, "--" ends them, and what is wrong with one is said with its name and
# with what is near.
set -u
# shellcheck source-path=SCRIPTDIR source=tap.sh disable=SC1091
. "$(dirname "$0")/tap.sh"

# same_as COMMAND: with its options behind it gives what the same with them before gives
both() {
	local status=$1 before=$2 behind=$3
	# shellcheck disable=SC2086 # lists of words
	check "$behind" "$status" "$SDREG" $behind
	cp "$OUT" "$TMP/behind"
	cp "$ERR" "$TMP/said"
	# shellcheck disable=SC2086
	check "$before" "$status" "$SDREG" $before
	same "$behind: as $before" "$OUT" "$TMP/behind"
	same "$behind: says the same" "$ERR" "$TMP/said"
}

both 0 "--json lookup presence" "lookup presence --json"
both 1 "check --strict _presence._tcp status=brb" "check _presence._tcp status=brb --strict"
both 0 "search --limit 1 chat" "search chat --limit 1"
both 0 "search --limit 1 chat" "search chat --limit=1"
both 0 "search --limit 1 chat" "search chat --lim 1"
both 0 "diff --no-people embedded embedded" "diff embedded --no-people embedded"
both 0 "diff --types embedded embedded" "diff embedded embedded --types"
both 0 "annotate --json /dev/null" "annotate /dev/null --json"
both 0 "lookup --registry $FIXTURES/registry.xml made-up" \
	"lookup made-up --registry $FIXTURES/registry.xml"
both 0 "export --format tsv" "export -ftsv"
both 0 "export --format tsv" "export -f tsv"
POSIXLY_CORRECT=1 both 0 "--json lookup presence" "lookup presence --json"
if [ -x "$BUILDDIR/sdreg-browse" ]; then
	both 0 "browse -b -k" "browse -bk"
	both 2 "browse -b --json" "browse --json -b"
	check "check TYPE --live" 2 env DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nonexistent \
		"$SDREG" check _presence._tcp --live
	has "asks the network" "avahi-daemon" "$ERR"
fi

# ---- what follows -- ----

check "behind -- stand words" 1 "$SDREG" lookup -- --json
has "that look like options" 'sdreg: --json: not registered' "$ERR"
check "the second -- is a word" 1 "$SDREG" lookup -- --
has "as any other" 'sdreg: --: not registered' "$ERR"
check "- is a word" 1 "$SDREG" lookup -
check "a TXT string that looks like an option" 0 "$SDREG" check _presence._tcp -- --strict
has "is one" "note: --strict: the key is not registered"
check "a TXT string that looks like a type" 0 "$SDREG" check _presence._tcp a=b -- _x._tcp
has "is one" "note: _x._tcp: the key is not registered"
check "-- before the type" 0 "$SDREG" check --strict -- _presence._tcp _http._tcp
ok "ends options and nothing else" [ "$(grep -c ': registered' "$OUT")" = 2 ]

# ---- what is wrong ----

while IFS='|' read -r line message; do
	# shellcheck disable=SC2086 # a list of words
	check "$line" 2 "$SDREG" $line
	is "$line: prints nothing" ""
	is "$line: says" "$message" <(head -n 1 "$ERR")
done <<'TABLE'
--verson|sdreg: there is no option "--verson": is --version meant? sdreg --help shows all
--zzzzzz|sdreg: there is no option "--zzzzzz"; sdreg --help shows all
--verson=1|sdreg: there is no option "--verson": is --version meant? sdreg --help shows all
lookup --jsno presence|sdreg lookup: there is no option "--jsno": is --json meant? sdreg lookup --help shows all
check --strcit|sdreg check: there is no option "--strcit": is --strict meant? sdreg check --help shows all
check --s _x._tcp|sdreg check: option "--s" is more than one: --syntax, --strict, --supplement; sdreg check --help shows all
search --p=1|sdreg search: option "--p" is more than one: --port, --portless; sdreg search --help shows all
lookup --=x|sdreg lookup: there is no option "--"; sdreg lookup --help shows all
lookup --help=x|sdreg lookup: option "--help" takes no argument: "x"; sdreg lookup --help shows all
--json=|sdreg: option "--json" takes no argument: ""; sdreg --help shows all
annotate --text=x|sdreg annotate: option "--text" takes no argument: "x"; sdreg annotate --help shows all
lookup --registry|sdreg lookup: an argument is missing: --registry FILE; sdreg lookup --help shows all
export -f|sdreg export: an argument is missing: --format FORMAT; sdreg export --help shows all
check --live --port|sdreg check: an argument is missing: --port N; sdreg check --help shows all
check --live --port 65536|sdreg check: --port takes 0 to 65535
check --live --port 5298|sdreg check: --live checks what is on the network: name no --instance, --host, --port, --address, --printed or --wire
check _x._tcp a=b --live|sdreg check: --live checks what is on the network: name no TXT strings
lookup -x|sdreg lookup: there is no option "-x": what begins with - and is no option stands behind --; sdreg lookup --help shows all
check _x._tcp -key=1|sdreg check: there is no option "-k", in "-key=1": what begins with - and is no option stands behind --; sdreg check --help shows all
lokup presence|sdreg: there is no command "lokup": is lookup meant? sdreg --help lists all
LOOKUP presence|sdreg: there is no command "LOOKUP": is lookup meant? sdreg --help lists all
hepl|sdreg: there is no command "hepl": is help meant? sdreg --help lists all
nothing-near|sdreg: there is no command "nothing-near"; sdreg --help lists all
help chek|sdreg: there is no command "chek": is check meant? sdreg --help lists all
help lookup check|sdreg help: name one command
help --verson|sdreg: there is no option "--verson": is --version meant? sdreg --help shows all
-V x|sdreg: --version stands alone
-Vh|sdreg: --version stands alone
lookup x --version|sdreg lookup: --version stands alone
TABLE
if [ -x "$BUILDDIR/sdreg-browse" ]; then
	all='sdreg browse: --type, --registered, --unregistered and --malformed choose among all types: name none, and leave out -b and -D'
	for line in "-t --malformed _x._tcp" "_x._tcp --registered" "--type _x* _x._tcp" "-b --unregistered" "-D --malformed"; do
		# shellcheck disable=SC2086 # a list of words
		check "browse $line" 2 "$SDREG" browse $line
		is "browse $line: says" "$all" <(head -n 1 "$ERR")
	done
	for line in "-4 -6" -64; do
		# shellcheck disable=SC2086
		check "browse $line" 2 "$SDREG" browse $line
		is "browse $line: says" \
			"sdreg browse: -4 and -6 exclude each other; without them, both are browsed" \
			<(head -n 1 "$ERR")
	done
fi
check "--port 65535" 0 "$SDREG" check --port 65535 _presence._tcp
check "--port=" 2 "$SDREG" check --port= _presence._tcp
for name in registry supplement; do
	check "an option with an empty argument, --$name=" 2 "$SDREG" lookup --$name= presence
done
check "--help COMMAND" 0 "$SDREG" --help lookup
same "is COMMAND --help" "$OUT" <("$SDREG" lookup --help)

# ---- a message shows no more than a line of what it is given ----

long=$(head -c 100000 /dev/zero | tr '\0' x)
for words in "$long" "--$long" "lookup --$long" "lookup $long" "lookup 1$long" "lookup --json=$long" \
	"lookup --registry $long presence" "check $long" "help $long" "diff $long $long"; do
	# shellcheck disable=SC2086 # a list of words
	"$SDREG" $words >"$OUT" 2>"$ERR"
	ok "${words:0:30}...: is cut" [ "$(cat "$OUT" "$ERR" | wc -c)" -lt 1000 ]
done
check "200 bytes" 2 "$SDREG" "${long:0:200}"
has "are shown" "\"${long:0:200}\"" "$ERR"
check "and not 201" 2 "$SDREG" "${long:0:201}"
has "but how many there are" "\"${long:0:200}... (201 bytes)\"" "$ERR"
check "a character is not cut" 2 "$SDREG" "${long:0:199}€"
has "in its middle" "\"${long:0:199}... (202 bytes)\"" "$ERR"
finish
