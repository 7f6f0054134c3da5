/* SPDX-License-Identifier: MIT */
#include "sink.h"

#include "common/write.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	ALIGNMENT = 4096 /* what the kernel copies from here goes twice as fast */
};

int sink_open(struct sink *sink)
{
	*sink = (struct sink){.at = aligned_alloc(ALIGNMENT, SINK_SIZE)};
	return sink->at != NULL ? 0 : -1;
}

void sink_close(struct sink *sink)
{
	free(sink->at);
}

static void write_out(struct sink *sink, const char *at, size_t len)
{
	if (sink->error == 0 && write_all(STDOUT_FILENO, at, len) < 0)
		sink->error = errno;
}

void sink_flush(struct sink *sink)
{
	write_out(sink, sink->at, sink->len);
	sink->len = 0;
}

void sink_put_more(struct sink *sink, const char *at, size_t len)
{
	sink_flush(sink);
	if (len > SINK_SIZE) {
		write_out(sink, at, len);
		return;
	}
	memcpy(sink->at, at, len);
	sink->len = len;
}
