/* SPDX-License-Identifier: MIT */
#ifndef CORE_FORMATS_MARKUP_H
#define CORE_FORMATS_MARKUP_H

#include <stddef.h>

/* Reading the markup of <sdreg/markup.h>, a piece at a time. What does not look like XML is text:
 * an image from elsewhere may hold anything. */

enum markup_kind {
	MARKUP_END, /* there is no more */
	MARKUP_TEXT,
	MARKUP_START, /* a start tag */
	MARKUP_STOP, /* an end tag */
	MARKUP_OTHER, /* a comment or a processing instruction */
	MARKUP_BYTE, /* one that stands for something */
};

struct markup_piece {
	enum markup_kind kind;
	const char *at;
	size_t len;
	int foreign; /* whether it is a start tag of another namespace */
};

/* Whether a byte stands for something: XML allows none of these. */
static inline int markup_is_byte(char c)
{
	const unsigned char byte = (unsigned char)c;
	return byte < 0x20 && byte != 0 && c != '\t' && c != '\n' && c != '\r';
}

/* Reads the piece at *text, and steps behind it. */
struct markup_piece markup_next(const char **text);

/* Whether a tag is of this name in the registry's namespace, whatever its prefix. */
int markup_is(const struct markup_piece *tag, const char *name);

/* The value of an attribute of a start tag, still escaped; NULL if it has none of this name. */
const char *markup_attribute(const struct markup_piece *tag, const char *name, size_t *len);

/* One byte of escaped text, its escape undone; *taken is how many bytes stood for it. */
char markup_unescape(const char *text, size_t len, size_t *taken);

#endif
