/* SPDX-License-Identifier: MIT */
#ifndef CLI_LIVE_GUARD_H
#define CLI_LIVE_GUARD_H

#include <sys/time.h>

enum {
	SNAPSHOT_MS = 20000, /* that a snapshot takes at most, unless the user says otherwise */
};

/*
 * A snapshot ends in time, also where the daemon hangs. A call to it returns after 25 seconds at
 * the earliest, many take as many times that, and no event loop runs meanwhile: only a signal gets
 * through. So the program ends by itself when it is stuck in such a call for long.
 */
struct browse_guard {
	struct itimerval left; /* while it is held */
};

/* From now on the program ends, after saying why, some time after so many milliseconds. */
void browse_guard_start(unsigned ms);

/* Nothing is stuck that is being shown: whoever reads may take as long as he likes. */
void browse_guard_hold(struct browse_guard *guard);
void browse_guard_go_on(const struct browse_guard *guard);

#endif
