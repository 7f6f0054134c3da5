/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_NUMBER_H
#define CLI_COMMON_NUMBER_H

#include <stdlib.h>
#include <string.h>

enum { SECONDS_MAX = 3600 };

/* Reads a whole number from 1 to max. 0, or -1 for anything else. */
static inline int number_read(const char *text, unsigned max, unsigned *number)
{
	char *end;
	const unsigned long value = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end != '\0' || value == 0 || value > max)
		return -1;
	*number = (unsigned)value;
	return 0;
}

/* Reads 1 to SECONDS_MAX seconds. 0, or -1 for anything else. */
static inline int number_read_seconds(const char *text, unsigned *milliseconds)
{
	unsigned seconds;
	if (number_read(text, SECONDS_MAX, &seconds) < 0)
		return -1;
	*milliseconds = seconds * 1000;
	return 0;
}

#endif
