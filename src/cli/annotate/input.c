/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "cli/common/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	READ = 1 << 16, /* bytes taken at one time: they stay in the nearer caches */
	ALIGNMENT = 4096, /* of where they go: the kernel copies there twice as fast */
	BUFFER = INPUT_LINE_MAX + READ + ALIGNMENT, /* the last are the room behind the last line */
};

/* What is left of one block stands right before the next. */
struct input {
	char *buffer; /* BUFFER bytes */
	char *block; /* the second part of it */
	size_t kept; /* bytes before block: the front of a line */
	int in_long_line;
};

/* Hands on the bytes of a line and those that end it. */
static void give(struct input *input, const struct input_taker *taker, const char *at, size_t all,
	int has_break)
{
	const size_t front = all - (size_t)has_break;
	const size_t len = front - (front > 0 && at[front - 1] == '\r');
	const struct input_line line = {at, len, front, all};
	if (input->in_long_line || all > INPUT_LINE_MAX)
		taker->piece(taker->with, &line);
	else
		taker->line(taker->with, &line);
}

/* Takes the whole lines that n more bytes make, and keeps the rest. */
static void take_block(struct input *input, const struct input_taker *taker, size_t n)
{
	const char *at = input->block - input->kept;
	const char *const end = input->block + n;
	const char *from = input->block; /* no line break is before */
	const char *line_end;
	while ((line_end = memchr(from, '\n', (size_t)(end - from))) != NULL) {
		from = line_end + 1;
		give(input, taker, at, (size_t)(from - at), 1);
		input->in_long_line = 0;
		at = from;
	}
	input->kept = (size_t)(end - at);
	if (input->kept > INPUT_LINE_MAX || (input->in_long_line && input->kept > 0)) {
		input->in_long_line = 1;
		give(input, taker, at, input->kept, 0);
		input->kept = 0;
	}
	memmove(input->block - input->kept, at, input->kept);
}

static int read_all(struct input *input, int fd, const char *name, const struct input_taker *taker)
{
	for (;;) {
		const ssize_t n = read(fd, input->block, READ);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cli_system_error(name, errno);
		if (n == 0)
			break;
		take_block(input, taker, (size_t)n);
		/* whoever follows sees each line when it comes */
		if (taker->pause(taker->with) != 0)
			return STATUS_TROUBLE;
	}
	if (input->kept > 0)
		give(input, taker, input->block - input->kept, input->kept, 0);
	return taker->pause(taker->with) != 0 ? STATUS_TROUBLE : STATUS_FOUND;
}

int input_read(int fd, const char *name, const struct input_taker *taker)
{
	struct input input = {.buffer = aligned_alloc(ALIGNMENT, BUFFER)};
	if (input.buffer == NULL) {
		fputs("sdreg: no memory to read\n", stderr);
		return STATUS_TROUBLE;
	}
	input.block = input.buffer + INPUT_LINE_MAX;
	const int status = read_all(&input, fd, name, taker);
	free(input.buffer);
	return status;
}
