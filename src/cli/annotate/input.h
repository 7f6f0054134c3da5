/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_INPUT_H
#define CLI_ANNOTATE_INPUT_H

#include <stddef.h>

/* A file, cut into lines as they come. */

enum {
	INPUT_LINE_MAX = 1 << 18, /* a longer line comes in pieces */
	INPUT_ROOM = 192, /* bytes from the first of a line on that may be read */
};

/* A line, and the bytes that break it from the next. */
struct input_line {
	const char *at;
	size_t len; /* without CR and LF */
	size_t front; /* without LF: a CR counts */
	size_t all; /* with both; as front at the end of a file that has no last LF */
};

/* Who takes the lines. */
struct input_taker {
	void (*line)(void *with, const struct input_line *line);
	void (*piece)(void *with, const struct input_line *piece); /* of a line that is too long */
	int (*pause)(void *with); /* nothing more is there as yet; other than 0 to stop */
	void *with;
};

/* Reads a file to its end. An exit status. */
int input_read(int fd, const char *name, const struct input_taker *taker);

#endif
