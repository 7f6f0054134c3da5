/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include "common/clock.h"

#include <avahi-common/watch.h>

#include <stdio.h>
#include <sys/time.h>

enum { PAUSE_MS = 100 };

static struct timeval soon(void)
{
	struct timeval time;
	gettimeofday(&time, NULL); /* the loop's clock */
	time.tv_usec += PAUSE_MS * 1000;
	time.tv_sec += time.tv_usec / 1000000;
	time.tv_usec %= 1000000;
	return time;
}

void browse_progress_show(struct browse_progress *progress)
{
	size_t known;
	size_t pending;
	if (progress->browser == NULL)
		return;
	const uint64_t now = clock_ms();
	if (now < progress->shown_at + PAUSE_MS)
		return;
	sdreg_browser_count(progress->browser, &known, &pending, NULL);
	fprintf(stderr, "\r%zu of %zu services\033[K", known - pending, known);
	progress->is_shown = 1;
	progress->shown_at = now;
}

static void on_time(AvahiTimeout *timeout, void *user)
{
	struct browse_progress *const progress = user;
	const struct timeval next = soon();
	browse_progress_show(progress);
	progress->poll->timeout_update(timeout, &next);
}

void browse_progress_begin(struct browse_progress *progress, const struct AvahiPoll *poll,
	const struct sdreg_browser *browser)
{
	const struct timeval first = soon();
	if (!progress->is_on)
		return;
	progress->browser = browser;
	progress->poll = poll;
	progress->timeout = poll->timeout_new(poll, &first, on_time, progress);
}

void browse_progress_clear(struct browse_progress *progress)
{
	if (progress->is_shown)
		fputs("\r\033[K", stderr);
	progress->is_shown = 0;
}

void browse_progress_end(struct browse_progress *progress)
{
	browse_progress_clear(progress);
	if (progress->timeout != NULL)
		progress->poll->timeout_free(progress->timeout);
	progress->timeout = NULL;
}
