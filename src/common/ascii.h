/* SPDX-License-Identifier: MIT */
#ifndef COMMON_ASCII_H
#define COMMON_ASCII_H

#include <sdreg/text.h>
#include <stddef.h>

/* ASCII without the locale: a Turkish one must not change a look-up. */

static inline int ascii_is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline unsigned char ascii_lower(unsigned char c)
{
	return ascii_is_upper(c) ? (unsigned char)(c | 0x20) : c;
}

static inline int ascii_is_letter(unsigned char c)
{
	return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

static inline int ascii_is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline int ascii_is_alnum(unsigned char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* What a hexadecimal digit is worth, -1 for anything else. */
static inline int ascii_hex(unsigned char c)
{
	const unsigned char low = ascii_lower(c);
	if (ascii_is_digit(c))
		return c - '0';
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Blank as the registry's rules have it: space, TAB, LF, CR. */
static inline int ascii_is_blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the blanks end that begin at i. */
static inline size_t ascii_skip_blanks(const char *at, size_t i, size_t len)
{
	while (i < len && ascii_is_blank((unsigned char)at[i]))
		i++;
	return i;
}

static inline const char *ascii_behind_blanks(const char *at, const char *end)
{
	while (at < end && ascii_is_blank((unsigned char)*at))
		at++;
	return at;
}

/* The next word of a text with blanks between words. An empty one at the end. */
static inline struct sdreg_text ascii_next_word(struct sdreg_text *text)
{
	while (text->len > 0 && ascii_is_blank((unsigned char)text->at[0])) {
		text->at++;
		text->len--;
	}
	struct sdreg_text word = {text->at, 0};
	if (text->len == 0)
		return word; /* of no text there may be no address */
	while (word.len < text->len && !ascii_is_blank((unsigned char)text->at[word.len]))
		word.len++;
	text->at += word.len;
	text->len -= word.len;
	return word;
}

static inline int ascii_are_blank(const char *at, size_t len)
{
	return ascii_skip_blanks(at, 0, len) == len;
}

static inline int ascii_equal(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ascii_lower((unsigned char)a[i]) != ascii_lower((unsigned char)b[i]))
			return 0;
	return 1;
}

/* strcmp() of both in lower case. */
static inline int ascii_compare(const char *a, const char *b)
{
	while (*a != '\0' && ascii_lower((unsigned char)*a) == ascii_lower((unsigned char)*b)) {
		a++;
		b++;
	}
	return ascii_lower((unsigned char)*a) - ascii_lower((unsigned char)*b);
}

#endif
