#!/bin/bash
# SPDX-License-Identifier: MIT
# What bash, zsh and fish complete: asked of the real shells, bash and zsh at a terminal.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
completions=$SRCDIR/data/completions
PATH=$(dirname "$SDREG"):$PATH
export PATH
# shells that keep a history or state keep it here
mkdir "$TMP/home"
export HOME=$TMP/home XDG_DATA_HOME=$TMP/home XDG_CONFIG_HOME=$TMP/home XDG_CACHE_HOME=$TMP/home

# what is typed, and what is there after a Tab
cat >"$TMP/table" <<'TABLE'
sdreg che|sdreg check
sdreg lookup _presence._t|sdreg lookup _presence._tcp
sdreg lookup cliq|sdreg lookup clique
sdreg --json browse _cliq|sdreg --json browse _clique._udp
sdreg check --stri|sdreg check --strict
sdreg check _presence._tcp stat|sdreg check _presence._tcp status=
sdreg check _presence._tcp status=aw|sdreg check _presence._tcp status=away
sdreg check me@here._presence._tcp.local stat|sdreg check me@here._presence._tcp.local status=
sdreg export --format serv|sdreg export --format services
sdreg types --format ts|sdreg types --format tsv
sdreg search --transport sc|sdreg search --transport sctp
sdreg diff embed|sdreg diff embedded
TABLE
printf '%s|%s\n' "sdreg --registry $TMP/tab" "sdreg --registry $TMP/table" >>"$TMP/table"
cut -d '|' -f 1 "$TMP/table" >"$TMP/typed"
cut -d '|' -f 2 "$TMP/table" >"$TMP/wanted"

# at_terminal SHELL FILE
at_terminal() {
	if ! command -v "$1" >/dev/null || ! command -v python3 >/dev/null; then
		skip "$1 completes" "$1 or python3 is not installed"
		return
	fi
	check "$1 answers" 0 timeout 100 python3 "$SRCDIR/tests/cli/complete.py" "$1" \
		"$completions/$2" <"$TMP/typed"
	sed -i 's/ *$//' "$OUT"
	ok "$1 completes" diff -u "$TMP/wanted" "$OUT"
}

at_terminal bash sdreg.bash
at_terminal zsh _sdreg

# all that may follow, in the shells' own terms
bash_offers() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	bash -c '. "$1"; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_sdreg sdreg "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$completions/sdreg.bash" "$@"
}
"$SDREG" --help | sed -n '/^commands/,/^$/s/^  \([a-z]*\)  .*/\1/p' | sort >"$TMP/commands"
bash_offers sdreg '' | sort >"$OUT"
ok "bash offers each command" diff -u "$TMP/commands" "$OUT"
while read -r name; do
	"$SDREG" "$name" --help | sed -n 's/^  \(-.*\)/\1/p' | sed 's/  .*//' | tr ', ' '[\n*]' |
		grep '^-' | sort -u >"$TMP/options"
	bash_offers sdreg "$name" - </dev/null | sort >"$OUT"
	ok "bash offers each option of $name" diff -u "$TMP/options" "$OUT"
done <"$TMP/commands"
bash_offers sdreg check _presence._tcp status = '' | sort >"$OUT"
is "bash offers the values of a key" $'avail\naway\ndnd'

if command -v fish >/dev/null; then
	fish_offers() {
		fish --no-config -c "source '$completions/sdreg.fish'; complete -C'$1'" | cut -f 1
	}
	fish_offers 'sdreg ' | sort >"$OUT"
	ok "fish offers each command" diff -u "$TMP/commands" "$OUT"
	while IFS='|' read -r typed wanted; do
		fish_offers "$typed" >"$OUT"
		is "fish: $typed" "${wanted##* }"
	done <"$TMP/table"
	fish_offers 'sdreg update -' | sort >"$OUT"
	"$SDREG" update --help | sed -n 's/^  \(-.*\)/\1/p' | sed 's/  .*//' | tr ', ' '[\n*]' |
		grep '^-' | sort -u >"$TMP/options"
	ok "fish offers each option" diff -u "$TMP/options" "$OUT"
else
	skip "fish completes" "fish is not installed"
fi
finish
