#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: a test that hangs is ended with all that it has started, and fails by its name.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"

# gone: what hangs.sh has started does not run any more, though nobody may have waited for it
# shellcheck disable=SC2317 # ok calls it
gone() {
	for _ in {1..50}; do
		grep -qs '^State:.[^ZX]' "/proc/$(head -n 1 "$OUT")/status" || return 0
		sleep 0.1
	done
	return 1
}

bounded() { env TEST_SECONDS="${seconds-60}" SOAK_SECONDS= bash "$SRCDIR/tests/bounded.sh" "$@"; }

echo 'echo ok 1; exit 3' >"$TMP/ends.sh"
check "a test that ends" 3 bounded bash "$TMP/ends.sh"
is "has said what it said" "ok 1"

# Its child holds its output open, and hears no signal.
cat >"$TMP/hangs.sh" <<'SH'
(trap '' TERM && echo "$BASHPID" && exec sleep 100) &
wait
SH
seconds=1
check "a test that hangs" 124 bounded bash "$TMP/hangs.sh"
has "is named" "Bail out! $TMP/hangs.sh was not over within 1 s"
ok "is over at once" [ "$SECONDS" -lt 30 ]
ok "and so is what it has started" gone
seconds=60

echo 'grep SigIgn /proc/self/status' >"$TMP/heeds.sh"
# shellcheck disable=SC2317 # check calls it
deaf() (
	trap '' HUP INT QUIT PIPE TERM
	bounded bash "$TMP/heeds.sh"
)
check "a test whose parent ignores signals" 0 deaf
ok "ignores none of them" grep -q '0000$' "$OUT"

# stopped SIGNAL: a test that is run is sent the signal
# shellcheck disable=SC2317 # check calls it
stopped() {
	timeout --foreground -s "$1" 1 env --default-signal bash "$SRCDIR/tests/bounded.sh" \
		bash "$TMP/hangs.sh"
}
for signal in INT TERM HUP; do
	check "SIG$signal" 124 stopped "$signal"
	ok "SIG$signal ends the test" gone
done
finish
