/* SPDX-License-Identifier: MIT */
#ifndef COMMON_UTF8_H
#define COMMON_UTF8_H

#include <stddef.h>

/* Length of the well-formed UTF-8 sequence at p (RFC 3629), or 0: overlong forms, surrogates and
 * what is past U+10FFFF are not well formed. */
size_t utf8_sequence(const unsigned char *p, size_t len);

/* Offset of the first byte that is not UTF-8, or len. */
size_t utf8_valid(const void *bytes, size_t len);

/* Whether a byte goes on with a character that began before it. */
static inline int utf8_is_inside(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Bytes of a text that fit into max, to a character's end. */
static inline size_t utf8_fit(const char *text, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max > 0 && utf8_is_inside(text[max]))
		max--;
	return max;
}

#endif
