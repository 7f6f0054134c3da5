/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum {
	INTERVAL = 100, /* milliseconds */
	TEXT_WIDTH = 28, /* what stands beside the bar */
	BAR_MIN = 10,
	BAR_MAX = 60,
};

static long long now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int terminal_width(void)
{
	struct winsize size;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

void progress_start(struct progress *progress, int wanted)
{
	const char *const term = getenv("TERM");
	memset(progress, 0, sizeof(*progress));
	progress->on = wanted && isatty(STDERR_FILENO) && term != NULL && term[0] != '\0' &&
		strcmp(term, "dumb") != 0;
}

/* "[####------]  40%", as wide as fits; nothing when the whole is not known, or the line short. */
static void draw_bar(int width, long long done, long long total)
{
	if (width > BAR_MAX)
		width = BAR_MAX;
	if (total <= 0 || width < BAR_MIN)
		return;
	if (done > total)
		done = total;
	const int filled = (int)(done * width / total);
	fputc('[', stderr);
	for (int i = 0; i < width; i++)
		fputc(i < filled ? '#' : '-', stderr);
	fprintf(stderr, "] %3d%%  ", (int)(done * 100 / total));
}

void progress_show(struct progress *progress, long long done, long long total)
{
	if (!progress->on || done <= 0)
		return;
	const long long at = now();
	if (progress->shown && at - progress->last < INTERVAL)
		return;
	progress->shown = 1;
	progress->last = at;
	fputs("\r\033[K", stderr);
	draw_bar(terminal_width() - TEXT_WIDTH, done, total);
	fprintf(stderr, "%.1f MiB", (double)done / (1 << 20));
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (!progress->shown)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	progress->shown = 0;
}
