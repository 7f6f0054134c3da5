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
	input->is_over = n == 0;
	memset(input->block + (n > 0 ? n : 0), '\n', INPUT_ROOM); /* where a search ends */
	return n > 0 ? 1 : (int)n;
}

/* Whether what is left is given without a line break: a last line, or a piece of a long one. */
static int is_enough(const struct input *input)
{
	const size_t left = (size_t)(input->end - input->at);
	return left > INPUT_LINE_MAX || (left > 0 && (input->is_inside || input->is_over));
}

/* Whether the next line was begun by an earlier read, and its end has not come yet. */
static int is_begun(const struct input *input)
{
	return input->from > input->at && !is_enough(input) &&
		memchr(input->from, '\n', (size_t)(input->end - input->from)) == NULL;
}

int input_next(struct input *input, struct input_line *line)
{
	const char *const at = input->at;
	const char *const end = is_begun(input) ? input->end
						: avahi_cut(at, input->end, &line->cut);
	const int has_break = end < input->end;
	input->from = input->end;
	if (!has_break && !is_enough(input))
		return 0;
	line->at = at;
	line->front = (size_t)(end - at);
	line->len = line->front - (line->front > 0 && end[-1] == '\r');
	line->all = line->front + (size_t)has_break;
	line->is_piece = input->is_inside || line->all > INPUT_LINE_MAX;
	input->is_inside = !has_break;
	input->at = input->from = at + line->all;
	return 1;
}
