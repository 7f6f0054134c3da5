/* SPDX-License-Identifier: MIT */
#ifndef CLI_LIVE_LEAVE_H
#define CLI_LIVE_LEAVE_H

#include <stddef.h>

/*
 * A signal ends the program at once, also where the daemon hangs: the event loop sees none as long
 * as a call to the daemon takes, which may be 25 seconds. So a thread sees that there is a signal
 * which nobody takes.
 */
struct browse_leave {
	int signals[4]; /* those that the event loop waits for, 0 behind the last */
	int status; /* the exit status then; -1: by the signal */
	void (*before)(void); /* done before, or NULL */
};

/* After the event loop has begun to wait for them. Without a thread all is as without this. */
void browse_leave_start(const struct browse_leave *leave);

#endif
