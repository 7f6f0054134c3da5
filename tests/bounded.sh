#!/bin/bash
# SPDX-License-Identifier: MIT
# bounded.sh COMMAND... TEST   what `make check` runs a test with, so that it always ends
#
# The test has $TEST_SECONDS. One that hangs is ended with all that it has started, and fails by its
# name. It has the signals that a shell has on a terminal, whatever `make check` has inherited: under
# nohup, or in the background, some are ignored, and a shell cannot undo that.
set -um # by -m it gets a process group, and may be interrupted though it is in the background
: "${TEST_SECONDS:=900}"
seconds=$((TEST_SECONDS + ${SOAK_SECONDS:-0}))

timeout --kill-after=20 "$seconds" env --default-signal "$@" </dev/null &
group=$!
# shellcheck disable=SC2317 # the traps call it
# stop SIGNAL: by that signal, as who sent it expects
stop() {
	trap - "$1"
	kill -s "$1" "$group"
	wait "$group"
	kill -KILL -- "-$group" 2>/dev/null
	kill -s "$1" $$
}
for signal in HUP INT TERM; do
	# shellcheck disable=SC2064 # this one
	trap "stop $signal" "$signal"
done
wait "$group" 2>/dev/null # a shell tells what was killed
status=$?
if [ "$status" = 124 ] || [ "$status" = 137 ]; then
	kill -KILL -- "-$group" 2>/dev/null
	echo "Bail out! ${*: -1} was not over within $seconds s"
fi
exit "$status"
