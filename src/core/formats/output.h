/* SPDX-License-Identifier: MIT */
#ifndef CORE_FORMATS_OUTPUT_H
#define CORE_FORMATS_OUTPUT_H

#include <sdreg/export.h>
#include <string.h>

enum { OUTPUT_SIZE = 1 << 14 };

/* Bytes on their way to a sink, gathered into blocks. */
struct output {
	struct sdreg_sink sink;
	int failed; /* whether the sink said no: nothing is written after that */
	size_t len;
	char bytes[OUTPUT_SIZE];
};

static inline void output_flush(struct output *o)
{
	if (o->len > 0 && !o->failed && o->sink.write(o->sink.user, o->bytes, o->len) != 0)
		o->failed = 1;
	o->len = 0;
}

static inline void output_bytes(struct output *o, const char *bytes, size_t len)
{
	while (len > 0) {
		const size_t room = OUTPUT_SIZE - o->len;
		const size_t n = len < room ? len : room;
		memcpy(o->bytes + o->len, bytes, n);
		o->len += n;
		bytes += n;
		len -= n;
		if (o->len == OUTPUT_SIZE)
			output_flush(o);
	}
}

static inline void output_text(struct output *o, const char *text)
{
	output_bytes(o, text, strlen(text));
}

#endif
