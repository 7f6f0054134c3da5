/* SPDX-License-Identifier: MIT */
#include "escape.h"

#include <string.h>

/* The byte that a backslash and what follows it stand for; *used bytes after the backslash, none
 * when this is no escape. */
static char escaped(const char *at, size_t len, size_t *used)
{
	*used = 1;
	if (len > 0 && memchr(".\\\"", at[0], 3) != NULL)
		return at[0];
	const int byte = escape_read(at, len);
	*used = byte >= 0 ? ESCAPE_DIGITS : 0;
	return byte >= 0 ? (char)byte : '\\';
}

size_t escape_undo(const char *at, size_t len, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		size_t used = 0;
		out[n++] = at[i] == '\\' ? escaped(at + i + 1, len - i - 1, &used) : at[i];
		i += used;
	}
	return n;
}
