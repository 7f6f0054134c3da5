/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_PROGRESS_H
#define CLI_UPDATE_PROGRESS_H

/* A bar on standard error while bytes come, where that is a terminal. */
struct progress {
	int on;
	int shown;
	long long last; /* when it was drawn, in milliseconds */
};

/* Whether there is a bar at all. */
void progress_start(struct progress *progress, int wanted);

/* Draws the bar, if that was not done just now. total is 0 where it is not known. */
void progress_show(struct progress *progress, long long done, long long total);

/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
