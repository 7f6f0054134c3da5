/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUERY_PATTERN_H
#define CORE_QUERY_PATTERN_H

#include "common/ascii.h"

/* Names of a supplement that stand for many: "#" is a decimal number, "%" one hexadecimal digit. */

static inline int pattern_is_one(const char *name)
{
	for (; *name != '\0'; name++)
		if (*name == '#' || *name == '%')
			return 1;
	return 0;
}

/* Whether a text of len bytes is one of those, without regard to case. */
static inline int pattern_matches(const char *pattern, const char *text, size_t len)
{
	size_t i = 0;
	for (; *pattern != '\0'; pattern++) {
		const unsigned char c = i < len ? (unsigned char)text[i] : '\0';
		if (*pattern == '%') {
			if (ascii_hex(c) < 0)
				return 0;
		} else if (*pattern == '#') {
			if (!ascii_is_digit(c))
				return 0;
			while (i + 1 < len && ascii_is_digit((unsigned char)text[i + 1]))
				i++;
		} else if (i == len || ascii_lower(c) != ascii_lower((unsigned char)*pattern)) {
			return 0;
		}
		i++;
	}
	return i == len;
}

#endif
