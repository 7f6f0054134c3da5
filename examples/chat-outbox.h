/* SPDX-License-Identifier: MIT */
#ifndef CHAT_OUTBOX_H
#define CHAT_OUTBOX_H

#include <stddef.h>

/* What waits to be sent on a stream: bytes, and the messages among them that have not left yet. */

struct waiting;

struct outbox {
	char *bytes;
	size_t len;
	size_t gone; /* bytes that were sent */
	struct waiting *first;
	struct waiting *last;
};

/* What was never sent goes to whoever wants to know. */
typedef void outbox_lost_fn(void *user, const char *to, const char *body);

/* Adds bytes. -1 if there would be too many, or no memory. */
int outbox_add(struct outbox *box, const char *text, size_t len);
/* The same of a text as XML, between two pieces that are. */
int outbox_add_escaped(struct outbox *box, const char *before, const char *text, const char *after);
/* Says that what was added last is the end of a message. -1 for want of memory. */
int outbox_end_message(struct outbox *box, const char *body);
/* Takes out bytes that were sent, and messages that went with them. */
void outbox_sent(struct outbox *box, size_t len);
/* Takes out all; tells of each message that did not leave, if fn is not NULL. */
void outbox_clear(struct outbox *box, const char *to, outbox_lost_fn *fn, void *user);

#endif
