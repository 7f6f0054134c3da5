/* SPDX-License-Identifier: MIT */
#ifndef COMMON_SIZED_H
#define COMMON_SIZED_H

#include <stddef.h>
#include <string.h>

/* Reads a struct of a caller's that begins with its size. The caller may have been compiled with
 * another version: what it does not know is zero, what this one does not know is ignored. */
static inline void sized_read(void *to, size_t size, const void *from)
{
	size_t given;
	memcpy(&given, from, sizeof(given));
	memset(to, 0, size);
	memcpy(to, from, given < size ? given : size);
	memcpy(to, &size, sizeof(size));
}

/* A size that a caller can have meant: one that was set, and not to what lay there by chance. */
static inline int sized_is_valid(const void *from)
{
	enum { SIZED_MAX = 1 << 16 };
	size_t given;
	memcpy(&given, from, sizeof(given));
	return given > sizeof(given) && given <= SIZED_MAX;
}

/* Reads it if its size is valid. 1, or 0: nothing is written then. */
static inline int sized_take(void *to, size_t size, const void *from)
{
	const int is_valid = from != NULL && sized_is_valid(from);
	if (is_valid)
		sized_read(to, size, from);
	return is_valid;
}

/* Writes a struct of ours, of this size, to a caller's, whose size stays, and which is written no
 * further. */
static inline void sized_write(void *to, const void *from, size_t size)
{
	size_t given;
	memcpy(&given, to, sizeof(given));
	if (!sized_is_valid(to))
		return;
	memcpy((char *)to + sizeof(given), (const char *)from + sizeof(given),
		(given < size ? given : size) - sizeof(given));
}

#endif
