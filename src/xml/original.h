/* SPDX-License-Identifier: MIT */
#ifndef XML_ORIGINAL_H
#define XML_ORIGINAL_H

#include "markup-write.h"

struct reader;
enum element;

/* How the source wrote what is read, so that an export can give it back. Records and people are
 * written down one by one, what is around them as the frame. An element for which one byte may
 * stand is written out only when it turns out to be more than that. */
struct original {
	struct markup frame;
	struct markup item; /* the record or the person that is open */
	int item_depth; /* of its element, 0 if none is open */
	/* The element of the item that is open: */
	int depth; /* 0 if none is */
	char byte; /* that may stand for it, which is not written yet; 0: it is written out */
	const xmlChar *name;
	size_t text_from; /* where its text begins in its column */
	unsigned literal; /* bits of columns of which an item was written out: no byte may stand for
			   * a later one, for it would be taken for the earlier */
};

/* Before the reader looks at the start of an element. */
void original_before(struct reader *r);

/* After the reader has looked at it. */
void original_start(struct reader *r, enum element element, const struct markup_tag *tag);

/* Before the reader looks at the end of one. */
void original_end(struct reader *r, const xmlChar *name, const xmlChar *prefix);

void original_text(struct reader *r, const char *text, size_t len);
void original_instruction(struct reader *r, const xmlChar *target, const xmlChar *data);
void original_comment(struct reader *r, const xmlChar *text);

/* After a record or a person was taken: byte stands for it in the frame. */
void original_taken(struct reader *r, char byte);

/* Refuses the input when writing down failed. */
void original_check(struct reader *r);

void original_free(struct original *o);

#endif
