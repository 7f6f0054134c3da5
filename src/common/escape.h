/* SPDX-License-Identifier: MIT */
#ifndef COMMON_ESCAPE_H
#define COMMON_ESCAPE_H

#include "ascii.h"

/* A byte as a backslash and three decimal digits: how DNS, and with it Avahi, writes bytes that are
 * no text (RFC 1035 section 5.1). */

enum {
	ESCAPE_DIGITS = 3,
	ESCAPE_SIZE = 1 + ESCAPE_DIGITS,
};

/* The byte that the digits behind a backslash stand for; -1 where there are not three of them, or
 * they are over 255. */
static inline int escape_read(const char *digits, size_t len)
{
	int value = 0;
	if (len < ESCAPE_DIGITS)
		return -1;
	for (size_t i = 0; i < ESCAPE_DIGITS; i++) {
		if (!ascii_is_digit((unsigned char)digits[i]))
			return -1;
		value = 10 * value + (digits[i] - '0');
	}
	return value <= 255 ? value : -1;
}

/* Writes the escape of a byte. It does not end with a NUL. */
static inline void escape_write(char out[ESCAPE_SIZE], unsigned char byte)
{
	out[0] = '\\';
	out[1] = (char)('0' + byte / 100);
	out[2] = (char)('0' + byte / 10 % 10);
	out[3] = (char)('0' + byte % 10);
}

/* Takes the escapes out of what Avahi wrote: a backslash before a dot, a backslash or a double
 * quote, and \DDD. What is no escape stays as it is. out has room for len bytes. Gives the length.
 */
size_t escape_undo(const char *at, size_t len, char *out);

#endif
