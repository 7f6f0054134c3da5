/* SPDX-License-Identifier: MIT */
#ifndef SECONDS_H
#define SECONDS_H

#include <stdlib.h>
#include <string.h>

enum { SECONDS_MAX = 3600 };

/* Reads 1 to SECONDS_MAX seconds. 0, or -1 for anything else. */
static inline int seconds_read(const char *text, unsigned *milliseconds)
{
	char *end;
	const unsigned long seconds = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end != '\0' || seconds == 0 ||
		seconds > SECONDS_MAX)
		return -1;
	*milliseconds = (unsigned)seconds * 1000;
	return 0;
}

#endif
