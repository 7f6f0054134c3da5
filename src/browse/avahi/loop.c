/* SPDX-License-Identifier: MIT */
#include <sdreg/browse.h>

#include "common/clock.h"

#include <avahi-common/malloc.h>
#include <avahi-common/simple-watch.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <unistd.h>

/* A ready event loop. Signals come through a descriptor, as any other event: no handler runs, and
 * nothing is global. Descriptors are Avahi's loop's; time is our own: Avahi's loop looks at the
 * wall clock, and when that is set back nothing is due any more. */

struct AvahiTimeout {
	AvahiTimeout *next;
	struct sdreg_loop *loop;
	uint64_t due; /* of clock_ms(); UINT64_MAX: never */
	AvahiTimeoutCallback callback;
	void *user;
};

struct sdreg_loop {
	AvahiPoll api; /* what users have */
	AvahiSimplePoll *poll;
	AvahiTimeout *timeouts;
	AvahiWatch *watch; /* of signals */
	AvahiWatch *reader; /* of a descriptor whose reader may go */
	int signals; /* their descriptor, or -1 */
	sigset_t waited; /* the signals that the loop waits for */
	sigset_t blocked; /* of these, the ones that it has blocked */
	int signal;
	int quit;
};

/* ---- time ---- */

/* Who sets a time means so long from now, and says it by the wall clock. */
static uint64_t due_of(const struct timeval *when)
{
	struct timeval now;
	if (when == NULL)
		return UINT64_MAX;
	gettimeofday(&now, NULL);
	const int64_t us =
		((int64_t)when->tv_sec - now.tv_sec) * 1000000 + when->tv_usec - now.tv_usec;
	return us > 0 ? clock_ms() + (uint64_t)(us + 999) / 1000 : 0;
}

static void update_timeout(AvahiTimeout *timeout, const struct timeval *when)
{
	timeout->due = due_of(when);
}

static AvahiTimeout *new_timeout(const AvahiPoll *api, const struct timeval *when,
	AvahiTimeoutCallback callback, void *user)
{
	struct sdreg_loop *const loop = api->userdata;
	/* from Avahi's allocator, as its own loop has them: avahi-client bears no NULL here */
	AvahiTimeout *const timeout = avahi_new(AvahiTimeout, 1);
	if (timeout == NULL)
		return NULL;
	*timeout = (AvahiTimeout){loop->timeouts, loop, due_of(when), callback, user};
	loop->timeouts = timeout;
	return timeout;
}

static void free_timeout(AvahiTimeout *timeout)
{
	AvahiTimeout **at = &timeout->loop->timeouts;
	while (*at != timeout)
		at = &(*at)->next;
	*at = timeout->next;
	avahi_free(timeout);
}

static AvahiTimeout *first_due(const struct sdreg_loop *loop)
{
	AvahiTimeout *first = loop->timeouts;
	for (AvahiTimeout *t = first; t != NULL; t = t->next)
		if (t->due < first->due)
			first = t;
	return first;
}

/* Calls what is due first. The milliseconds until there is something else to do, -1 for never. */
static int do_first(const struct sdreg_loop *loop)
{
	AvahiTimeout *first = first_due(loop);
	if (first != NULL && first->due <= clock_ms()) {
		first->due = UINT64_MAX;
		first->callback(first, first->user);
		first = first_due(loop);
	}
	if (first == NULL || first->due == UINT64_MAX)
		return -1;
	const uint64_t now = clock_ms();
	const uint64_t left = first->due > now ? first->due - now : 0;
	return left < INT_MAX ? (int)left : INT_MAX;
}

static AvahiWatch *new_watch(const AvahiPoll *api, int fd, AvahiWatchEvent event,
	AvahiWatchCallback callback, void *user)
{
	const struct sdreg_loop *const loop = api->userdata;
	const AvahiPoll *const poll = avahi_simple_poll_get(loop->poll);
	return poll->watch_new(poll, fd, event, callback, user);
}

/* ---- a loop ---- */

static void set_api(struct sdreg_loop *loop)
{
	loop->api = *avahi_simple_poll_get(loop->poll);
	loop->api.userdata = loop;
	loop->api.watch_new = new_watch;
	loop->api.timeout_new = new_timeout;
	loop->api.timeout_update = update_timeout;
	loop->api.timeout_free = free_timeout;
}

struct sdreg_loop *sdreg_loop_new(void)
{
	struct sdreg_loop *const loop = calloc(1, sizeof(*loop));
	if (loop == NULL)
		return NULL;
	loop->signals = -1;
	sigemptyset(&loop->waited);
	sigemptyset(&loop->blocked);
	loop->poll = avahi_simple_poll_new();
	if (loop->poll == NULL) {
		free(loop);
		return NULL;
	}
	set_api(loop);
	return loop;
}

/* Some send a signal twice, timeout(1) for one: the second must not kill who obeys the first. */
static void drain(const struct sdreg_loop *loop)
{
	struct signalfd_siginfo info;
	if (loop->signal == 0)
		return;
	while (read(loop->signals, &info, sizeof(info)) == (ssize_t)sizeof(info))
		;
}

void sdreg_loop_free(struct sdreg_loop *loop)
{
	if (loop == NULL)
		return;
	drain(loop);
	if (loop->reader != NULL)
		avahi_simple_poll_get(loop->poll)->watch_free(loop->reader);
	if (loop->watch != NULL)
		avahi_simple_poll_get(loop->poll)->watch_free(loop->watch);
	while (loop->timeouts != NULL)
		free_timeout(loop->timeouts);
	avahi_simple_poll_free(loop->poll);
	if (loop->signals >= 0)
		close(loop->signals);
	sigprocmask(SIG_UNBLOCK, &loop->blocked, NULL);
	free(loop);
}

static void look_at_signals(struct sdreg_loop *loop)
{
	struct signalfd_siginfo info;
	if (loop->signals < 0 || read(loop->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return;
	loop->signal = (int)info.ssi_signo;
	loop->quit = 1;
}

const struct AvahiPoll *sdreg_loop_poll(struct sdreg_loop *loop)
{
	return &loop->api;
}

int sdreg_loop_run(struct sdreg_loop *loop)
{
	loop->quit = 0;
	while (!loop->quit) {
		const int wait = do_first(loop);
		look_at_signals(loop); /* as long as D-Bus has messages, something else is due */
		if (!loop->quit && avahi_simple_poll_iterate(loop->poll, wait) < 0 &&
			errno != EINTR)
			return SDREG_E_IO;
	}
	return SDREG_OK;
}

void sdreg_loop_quit(struct sdreg_loop *loop)
{
	loop->quit = 1;
}

int sdreg_loop_signal(const struct sdreg_loop *loop)
{
	return loop->signal;
}

/* ---- signals ---- */

static void on_signal(AvahiWatch *watch, int fd, AvahiWatchEvent event, void *user)
{
	struct sdreg_loop *const loop = user;
	(void)watch;
	(void)fd;
	(void)event;
	look_at_signals(loop);
}

/* A signal that is ignored, as by nohup or in the background of a shell, stays so. */
static int is_ignored(int signal)
{
	struct sigaction action;
	return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static int block(struct sdreg_loop *loop, int signal)
{
	sigset_t one;
	sigset_t before;
	sigemptyset(&one);
	if (sigaddset(&one, signal) < 0 || sigprocmask(SIG_BLOCK, &one, &before) != 0)
		return SDREG_E_IO;
	if (!sigismember(&before, signal))
		sigaddset(&loop->blocked, signal);
	sigaddset(&loop->waited, signal);
	return SDREG_OK;
}

int sdreg_loop_quit_on_signals(struct sdreg_loop *loop, const int *signals, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!is_ignored(signals[i]) && block(loop, signals[i]) < 0)
			return SDREG_E_IO;
	const int fd = signalfd(loop->signals, &loop->waited, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		return SDREG_E_IO;
	loop->signals = fd;
	if (loop->watch != NULL)
		return SDREG_OK;
	const AvahiPoll *const poll = avahi_simple_poll_get(loop->poll);
	loop->watch = poll->watch_new(poll, fd, AVAHI_WATCH_IN, on_signal, loop);
	return loop->watch != NULL ? SDREG_OK : SDREG_E_IO;
}

/* ---- readers ---- */

static void on_hangup(AvahiWatch *watch, int fd, AvahiWatchEvent event, void *user)
{
	struct sdreg_loop *const loop = user;
	(void)watch;
	(void)fd;
	(void)event;
	loop->signal = SIGPIPE;
	loop->quit = 1;
}

/* Of a descriptor of which nothing is wanted, poll() tells when it is over, and nothing else. */
int sdreg_loop_quit_on_hangup(struct sdreg_loop *loop, int fd)
{
	const AvahiPoll *const poll = avahi_simple_poll_get(loop->poll);
	if (loop->reader != NULL || fcntl(fd, F_GETFD) < 0)
		return SDREG_E_IO;
	loop->reader = poll->watch_new(poll, fd, 0, on_hangup, loop);
	return loop->reader != NULL ? SDREG_OK : SDREG_E_IO;
}
