/* SPDX-License-Identifier: MIT */
#include "guard.h"

#include "cli/common/cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { GRACE_MS = 2000 }; /* for a daemon that is slow and a snapshot that ends by itself */

/* What was shown has left: each event is flushed. */
static void on_alarm(int signal)
{
	static const char clear[] = "\r\033[K";
	static const char text[] =
		"sdreg: avahi-daemon hangs: restart it, e.g. systemctl restart avahi-daemon\n";
	(void)signal;
	if (isatty(STDERR_FILENO) && write(STDERR_FILENO, clear, sizeof(clear) - 1) < 0)
		_exit(STATUS_TROUBLE);
	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(STATUS_TROUBLE);
	_exit(STATUS_TROUBLE);
}

void browse_guard_start(unsigned ms)
{
	struct sigaction action;
	const unsigned long all = (unsigned long)ms + GRACE_MS;
	const struct itimerval timer = {.it_value = {.tv_sec = (time_t)(all / 1000),
						.tv_usec = (suseconds_t)(all % 1000 * 1000)}};
	memset(&action, 0, sizeof(action));
	sigemptyset(&action.sa_mask);
	action.sa_handler = on_alarm;
	if (sigaction(SIGALRM, &action, NULL) == 0)
		setitimer(ITIMER_REAL, &timer, NULL);
}

void browse_guard_hold(struct browse_guard *guard)
{
	static const struct itimerval none;
	setitimer(ITIMER_REAL, &none, &guard->left);
}

void browse_guard_go_on(const struct browse_guard *guard)
{
	setitimer(ITIMER_REAL, &guard->left, NULL);
}
