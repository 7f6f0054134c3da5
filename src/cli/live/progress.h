/* SPDX-License-Identifier: MIT */
#ifndef CLI_LIVE_PROGRESS_H
#define CLI_LIVE_PROGRESS_H

#include <sdreg/browse.h>

/* How far a snapshot is, in one line of a terminal that is written over. */

struct AvahiTimeout;

struct browse_progress {
	int is_on; /* standard error is a terminal */
	int is_shown;
	uint64_t shown_at; /* of clock_ms() */
	const struct sdreg_browser *browser;
	const struct AvahiPoll *poll;
	struct AvahiTimeout *timeout;
};

/* From now on the line is written anew now and then, when the loop has time for it. */
void browse_progress_begin(struct browse_progress *progress, const struct AvahiPoll *poll,
	const struct sdreg_browser *browser);
/* Writes it, unless that was done just before. Only after the other has begun. */
void browse_progress_show(struct browse_progress *progress);
/* Makes room for other lines. */
void browse_progress_clear(struct browse_progress *progress);
/* Before the loop is freed. */
void browse_progress_end(struct browse_progress *progress);

#endif
