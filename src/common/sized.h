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

#endif
