/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_SINK_H
#define CLI_ANNOTATE_SINK_H

#include <stddef.h>
#include <string.h>

/* Standard output in large blocks, without what stdio does for each piece. */

enum { SINK_SIZE = 1 << 17 };

struct sink {
	char *at; /* SINK_SIZE bytes, of which some are not written as yet */
	size_t len;
	int error; /* errno of what could not be written, or 0 */
};

/* 0, or -1 for want of memory. */
int sink_open(struct sink *sink);
void sink_close(struct sink *sink);

/* Writes what has gathered. */
void sink_flush(struct sink *sink);

/* For what does not fit. */
void sink_put_more(struct sink *sink, const char *at, size_t len);

static inline void sink_put(struct sink *sink, const char *at, size_t len)
{
	if (len > SINK_SIZE - sink->len) {
		sink_put_more(sink, at, len);
		return;
	}
	memcpy(sink->at + sink->len, at, len);
	sink->len += len;
}

#endif
