/* SPDX-License-Identifier: MIT */
#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	READ = 1 << 16, /* bytes taken at one time: they stay in the nearer caches */
	ALIGNMENT = 4096, /* of where they go: the kernel copies there twice as fast */
	SIZE = INPUT_LINE_MAX + READ + ALIGNMENT, /* the last is more than INPUT_ROOM */
};

int input_open(struct input *input, int fd)
{
	*input = (struct input){.fd = fd, .buffer = aligned_alloc(ALIGNMENT, SIZE)};
	if (input->buffer == NULL)
		return -1;
	input->block = input->buffer + INPUT_LINE_MAX;
	input->at = input->from = input->end = input->block;
	return 0;
}

void input_close(struct input *input)
{
	free(input->buffer);
}

int input_read(struct input *input)
{
	const size_t kept = (size_t)(input->end - input->at);
	memmove(input->block - kept, input->at, kept);
	input->at = input->block - kept;
	input->from = input->end = input->block;
	ssize_t n;
	do
		n = read(input->fd, input->block, READ);
	while (n < 0 && errno == EINTR);
	input->end += n > 0 ? n : 0;
	memset(input->block + (n > 0 ? n : 0), 0, INPUT_ROOM);
	return n > 0 ? 1 : (int)n;
}

/* Gives the bytes up to an end. */
static int give(struct input *input, const char *end, int has_break, struct input_line *line)
{
	line->at = input->at;
	line->all = (size_t)(end - input->at);
	line->front = line->all - (size_t)has_break;
	line->len = line->front - (line->front > 0 && line->at[line->front - 1] == '\r');
	line->is_piece = input->is_inside || line->all > INPUT_LINE_MAX;
	input->is_inside = !has_break;
	input->at = input->from = end;
	return 1;
}

int input_next(struct input *input, struct input_line *line)
{
	const char *const line_break =
		memchr(input->from, '\n', (size_t)(input->end - input->from));
	if (line_break != NULL)
		return give(input, line_break + 1, 1, line);
	input->from = input->end;
	const size_t left = (size_t)(input->end - input->at);
	if (left > INPUT_LINE_MAX || (input->is_inside && left > 0))
		return give(input, input->end, 0, line);
	return 0;
}

int input_last(struct input *input, struct input_line *line)
{
	return input->at < input->end && give(input, input->end, 0, line);
}
