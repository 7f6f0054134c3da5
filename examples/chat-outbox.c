/* SPDX-License-Identifier: MIT */
#include "chat-outbox.h"

#include <libxml/parser.h>

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 262144 };

struct waiting {
	struct waiting *next;
	size_t end; /* of its bytes, counted from the first that was ever added */
	char body[];
};

int outbox_add(struct outbox *box, const char *text, size_t len)
{
	if (len > BYTES_MAX - box->len)
		return -1;
	char *const grown = realloc(box->bytes, box->len + len + 1);
	if (grown == NULL)
		return -1;
	memcpy(grown + box->len, text, len);
	box->bytes = grown;
	box->len += len;
	return 0;
}

int outbox_add_escaped(struct outbox *box, const char *before, const char *text, const char *after)
{
	xmlChar *const escaped = xmlEncodeSpecialChars(NULL, (const xmlChar *)text);
	const int failed = escaped == NULL || outbox_add(box, before, strlen(before)) < 0 ||
		outbox_add(box, (const char *)escaped, strlen((const char *)escaped)) < 0 ||
		outbox_add(box, after, strlen(after)) < 0;
	xmlFree(escaped);
	return failed ? -1 : 0;
}

int outbox_end_message(struct outbox *box, const char *body)
{
	const size_t size = strlen(body) + 1;
	struct waiting *const w = malloc(sizeof(*w) + size);
	if (w == NULL)
		return -1;
	w->next = NULL;
	w->end = box->gone + box->len;
	memcpy(w->body, body, size);
	if (box->last != NULL)
		box->last->next = w;
	else
		box->first = w;
	box->last = w;
	return 0;
}

static void drop_first(struct outbox *box)
{
	struct waiting *const w = box->first;
	box->first = w->next;
	if (box->first == NULL)
		box->last = NULL;
	free(w);
}

void outbox_sent(struct outbox *box, size_t len)
{
	box->len -= len;
	box->gone += len;
	memmove(box->bytes, box->bytes + len, box->len);
	while (box->first != NULL && box->first->end <= box->gone)
		drop_first(box);
}

void outbox_clear(struct outbox *box, const char *to, outbox_lost_fn *fn, void *user)
{
	while (box->first != NULL) {
		if (fn != NULL)
			fn(user, to, box->first->body);
		drop_first(box);
	}
	free(box->bytes);
	box->bytes = NULL;
	box->len = 0;
}
