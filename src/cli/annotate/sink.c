/* SPDX-License-Identifier: MIT */
#include "sink.h"

#include "common/write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ALIGNMENT = 4096 }; /* what the kernel copies from here goes twice as fast */

int sink_open(struct sink *sink, size_t room)
{
	const size_t size = (SINK_BLOCK + room + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
	*sink = (struct sink){.at = aligned_alloc(ALIGNMENT, size), .room = room};
	return sink->at != NULL ? 0 : -1;
}

void sink_close(struct sink *sink)
{
	free(sink->at);
}

static void write_out(struct sink *sink, const char *at, size_t len)
{
	if (sink->error == 0 && write_all(STDOUT_FILENO, at, len) != 0)
		sink->error = errno;
}

void sink_flush(struct sink *sink)
{
	write_out(sink, sink->at, sink->len);
	sink->len = 0;
}

void sink_put(struct sink *sink, const char *at, size_t len)
{
	char *const to = sink_begin(sink);
	if (len <= sink->room) {
		memcpy(to, at, len);
		sink_end(sink, to + len);
		return;
	}
	sink_flush(sink);
	write_out(sink, at, len);
}
