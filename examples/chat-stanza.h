/* SPDX-License-Identifier: MIT */
#ifndef CHAT_STANZA_H
#define CHAT_STANZA_H

#include <stddef.h>

/* Reads the XML of a peer's stream: its header, the messages in it, its end. */

struct stanza_reader;

struct stanza_calls {
	/* The header; texts are empty where it does not say them. -1 ends the reading. */
	int (*header)(void *user, const char *from, const char *version);
	void (*message)(void *user, const char *body);
	void (*end)(void *user);
};

/* Of several bodies of a message the one in this language is taken: "en", or empty for no
 * preference. NULL for want of memory. */
struct stanza_reader *stanza_reader_new(const struct stanza_calls *calls, const char *language,
	void *user);
void stanza_reader_free(struct stanza_reader *reader);
/* Reads bytes as they come. -1 for what is no XML, too large, or was ended by a call. */
int stanza_read(struct stanza_reader *reader, const char *bytes, size_t len);

#endif
