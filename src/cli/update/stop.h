/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_STOP_H
#define CLI_UPDATE_STOP_H

#include <signal.h>
#include <stddef.h>

/* Signals that end an update wait until it looks for them, so that none leaves a file half made.
 * One that is ignored, as nohup does it, stays so: blocked, it would be kept all the same. */

static inline void stop_set(sigset_t *signals)
{
	static const int ends[] = {SIGHUP, SIGINT, SIGTERM};
	sigemptyset(signals);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct sigaction action;
		if (sigaction(ends[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(signals, ends[i]);
	}
}

/* From here on they wait. */
static inline void stop_hold(void)
{
	sigset_t signals;
	stop_set(&signals);
	sigprocmask(SIG_BLOCK, &signals, NULL);
}

/* Whether one waits. */
static inline int stop_wanted(void)
{
	sigset_t pending;
	if (sigpending(&pending) < 0)
		return 0;
	return sigismember(&pending, SIGHUP) == 1 || sigismember(&pending, SIGINT) == 1 ||
		sigismember(&pending, SIGTERM) == 1;
}

/* Lets one that waits do what it does. */
static inline void stop_now(void)
{
	sigset_t signals;
	stop_set(&signals);
	sigprocmask(SIG_UNBLOCK, &signals, NULL);
}

#endif
