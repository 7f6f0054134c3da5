/* SPDX-License-Identifier: MIT */
#ifndef XML_MARKUP_WRITE_H
#define XML_MARKUP_WRITE_H

#include <libxml/parser.h>
#include <stddef.h>

/* Writing down how the source wrote what is read: <sdreg/markup.h> says how. Every event is written
 * as XML; at the end of an element that says no more than a column does, one byte takes its place.
 */

struct markup {
	char *at;
	size_t len;
	size_t size;
	size_t text_from; /* where the text behind the last tag begins */
	int trouble; /* SDREG_E_MEMORY or SDREG_E_LIMIT: the first; nothing is written after it */
};

/* An element's start as libxml2 tells it. */
struct markup_tag {
	const xmlChar *name;
	const xmlChar *prefix;
	int spaces_count;
	const xmlChar **spaces; /* two pointers each: prefix, namespace */
	int count;
	const xmlChar *
		*attributes; /* five pointers each: name, prefix, namespace, value, its end */
};

void markup_free(struct markup *m);

/* Empties it and keeps its memory. */
void markup_clear(struct markup *m);

void markup_start(struct markup *m, const struct markup_tag *tag);

/* The start tag without its attributes, and without its end. */
void markup_open(struct markup *m, const struct markup_tag *tag);

/* One attribute. */
void markup_put_attribute(struct markup *m, const struct markup_tag *tag, int nth);

void markup_end(struct markup *m, const xmlChar *name, const xmlChar *prefix);

/* The value of an attribute without escapes, its markup characters escaped. */
void markup_value(struct markup *m, const char *text, size_t len);

/* Text of an element, its markup characters escaped. */
void markup_text(struct markup *m, const char *text, size_t len);

/* Bytes as they are. */
void markup_raw(struct markup *m, const char *bytes, size_t len);

static inline void markup_byte(struct markup *m, char byte)
{
	if (m->len < m->size)
		m->at[m->len++] = byte;
	else
		markup_raw(m, &byte, 1);
}

/* Moves the white space behind the last tag from one to the other, where it is that alone. */
void markup_take_space(struct markup *from, struct markup *to);

#endif
