/* SPDX-License-Identifier: MIT */
#include "browse-progress.h"

#include <stdio.h>
#include <time.h>

enum { PAUSE_MS = 100 };

void browse_progress_show(struct browse_progress *progress, const struct sdreg_browser *browser)
{
	struct timespec time;
	size_t known;
	size_t pending;
	if (!progress->is_on || browser == NULL)
		return;
	clock_gettime(CLOCK_MONOTONIC, &time);
	const long long now = (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
	if (now < progress->shown_at + PAUSE_MS)
		return;
	sdreg_browser_count(browser, &known, &pending, NULL);
	fprintf(stderr, "\r%zu of %zu services\033[K", known - pending, known);
	progress->is_shown = 1;
	progress->shown_at = now;
}

void browse_progress_clear(struct browse_progress *progress)
{
	if (progress->is_shown)
		fputs("\r\033[K", stderr);
	progress->is_shown = 0;
}
