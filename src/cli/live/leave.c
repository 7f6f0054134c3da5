/* SPDX-License-Identifier: MIT */
#include "leave.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 600 }; /* an event loop that turns takes a signal long before */

static void pause_ms(long ms)
{
	struct timespec left = {ms / 1000, ms % 1000 * 1000000};
	while (nanosleep(&left, &left) != 0)
		;
}

static void fill(const struct browse_leave *leave, sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < sizeof(leave->signals) / sizeof(leave->signals[0]); i++)
		if (leave->signals[i] != 0)
			sigaddset(set, leave->signals[i]);
}

static int pending_one(const struct browse_leave *leave)
{
	sigset_t pending;
	if (sigpending(&pending) != 0)
		return 0;
	for (size_t i = 0; i < sizeof(leave->signals) / sizeof(leave->signals[0]); i++)
		if (leave->signals[i] != 0 && sigismember(&pending, leave->signals[i]))
			return leave->signals[i];
	return 0;
}

/* What was shown has left: each event is flushed. */
static void leave_by(const struct browse_leave *leave, int signal_number)
{
	sigset_t one;
	if (leave->before != NULL)
		leave->before();
	if (leave->status >= 0)
		_exit(leave->status);
	sigemptyset(&one);
	sigaddset(&one, signal_number);
	pthread_sigmask(SIG_UNBLOCK, &one, NULL);
	_exit(128 + signal_number);
}

/* A descriptor of its own tells when there is one, and takes none from the event loop. */
static void *wait_for_signal(void *user)
{
	struct browse_leave *const leave = user;
	sigset_t set;
	fill(leave, &set);
	struct pollfd look = {.fd = signalfd(-1, &set, SFD_CLOEXEC), .events = POLLIN};
	while (look.fd >= 0) {
		if (poll(&look, 1, -1) <= 0)
			continue;
		pause_ms(PATIENCE_MS);
		const int untaken = pending_one(leave);
		if (untaken != 0)
			leave_by(leave, untaken);
	}
	free(leave);
	return NULL;
}

void browse_leave_start(const struct browse_leave *leave)
{
	struct browse_leave *const copy = malloc(sizeof(*copy));
	pthread_t thread;
	sigset_t all;
	sigset_t before;
	if (copy == NULL)
		return;
	*copy = *leave;
	sigfillset(&all); /* no signal is for the thread, SIGALRM no more than SIGWINCH */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&thread, NULL, wait_for_signal, copy) == 0)
		pthread_detach(thread);
	else
		free(copy);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}
