/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_INPUT_H
#define CLI_ANNOTATE_INPUT_H

#include "cli/annotate/avahi/line.h"

#include <stddef.h>

/* A file, cut into lines as they come. */

enum {
	INPUT_LINE_MAX = 1 << 18, /* bytes; a longer line comes in pieces */
	INPUT_ROOM = PLACES_ROOM, /* bytes behind a line that may be read, whatever they are */
};

/* A line, and the bytes that break it from the next. */
struct input_line {
	const char *at;
	size_t len; /* without CR and LF */
	size_t front; /* without LF: a CR counts */
	size_t all; /* with both; as front at the end of a file that has no last LF */
	int is_piece; /* of a line that is too long */
	struct avahi_cut cut; /* of a whole line */
};

struct input {
	int fd;
	char *buffer;
	char *block; /* the second part of it, that is read into: what was left stands before it */
	const char *at; /* the first byte that was not given yet */
	const char *from; /* no line break is before, */
	const char *end; /* and nothing behind */
	int is_inside; /* a line that is too long */
	int is_over; /* there is no more to read */
};

/* 0, or -1 if there is no memory. */
int input_open(struct input *input, int fd);
void input_close(struct input *input);

/* Reads what is there by now; waits only if it is nothing. 1, 0 at the end, or -1 with errno. */
int input_read(struct input *input);

/* The next line of what was read; it lives until the next input_read(). 1, or 0 if there is no
 * whole one. At the end of the file a last line without its break is one. */
int input_next(struct input *input, struct input_line *line);

#endif
