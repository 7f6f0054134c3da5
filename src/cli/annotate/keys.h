/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_KEYS_H
#define CLI_ANNOTATE_KEYS_H

#include "cli/common/sources.h"
#include "sink.h"

/* The keys of TXT records of one type, sorted into those that are known and those that are not.
 * Each is looked up when it first comes, and kept if it is short and there are not too many. */

enum {
	KEYS_SLOTS = 64, /* a power of two */
	KEYS_TEXT = 16, /* bytes of a key that is kept */
	KEYS_ROOM = SINK_ROOM, /* bytes that may be read behind a record, and written behind keys */
};

/* A key, and what is known of it. */
struct kept_key {
	char text[KEYS_TEXT]; /* all can be printed; zeros behind it */
	unsigned char len; /* 0 if there is none */
	unsigned char is_unknown;
};

/* All zeros at first. */
struct keys {
	size_t count;
	struct kept_key slots[KEYS_SLOTS]; /* each as near behind its hash as is free */
};

/* What keys are looked up with. */
struct keys_context {
	const struct sources *from;
	char *scratch; /* a string without its escapes: room for the record, and KEYS_ROOM */
	char *others; /* keys that are not known: room for four times the record, and KEYS_ROOM */
};

/* Writes the keys of a record that are known, with commas between them, and behind a tab those that
 * are not. There is room for four times the record, and KEYS_ROOM; as many bytes behind the record
 * may be read. Gives the end of what was written. */
char *keys_put(struct keys *keys, const struct keys_context *context, const struct sdreg_type *type,
	struct sdreg_text record, char *to);

#endif
