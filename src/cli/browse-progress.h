/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_PROGRESS_H
#define BROWSE_PROGRESS_H

#include <sdreg/browse.h>

/* How far a snapshot is, in one line of a terminal that is written over. */

struct browse_progress {
	int is_on; /* standard error is a terminal */
	int is_shown;
	long long shown_at; /* milliseconds */
};

void browse_progress_show(struct browse_progress *progress, const struct sdreg_browser *browser);
/* Makes room for other lines. */
void browse_progress_clear(struct browse_progress *progress);

#endif
