/* SPDX-License-Identifier: MIT */
#ifndef XML_ORIGINAL_H
#define XML_ORIGINAL_H

#include "reader.h"

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
