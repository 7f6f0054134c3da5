/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_SINK_H
#define CLI_ANNOTATE_SINK_H

#include <stddef.h>
#include <string.h>

/* Standard output in large blocks, without what stdio does for each piece. */

enum {
	SINK_BLOCK = 1 << 17,
	SINK_ROOM =
		64, /* bytes behind a text that sink_copy() may read, and behind its copy write */
};

struct sink {
	char *at;
	size_t len; /* what has gathered: SINK_BLOCK at most before a line is written */
	size_t room; /* bytes that one line may take, besides */
	int error; /* errno of what could not be written, or 0 */
};

/* 0, or -1 if there is no memory. */
int sink_open(struct sink *sink, size_t room);
void sink_close(struct sink *sink);

/* Writes what has gathered. */
void sink_flush(struct sink *sink);

/* For text of any length. */
void sink_put(struct sink *sink, const char *at, size_t len);

/* Where sink->room bytes may be put; sink_end() is told where they end. */
static inline char *sink_begin(struct sink *sink)
{
	if (sink->len > SINK_BLOCK)
		sink_flush(sink);
	return sink->at + sink->len;
}

/* Copies a text to where there is room for it, SINK_ROOM bytes at a time. Gives the copy's end. */
static inline char *sink_copy(char *to, const char *at, size_t len)
{
	for (size_t i = 0; i < len; i += SINK_ROOM)
		memcpy(to + i, at + i, SINK_ROOM);
	return to + len;
}

static inline void sink_end(struct sink *sink, const char *end)
{
	sink->len = (size_t)(end - sink->at);
}

#endif
