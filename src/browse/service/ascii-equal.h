/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_ASCII_EQUAL_H
#define BROWSE_SERVICE_ASCII_EQUAL_H

/* DNS names compare without ASCII case, whatever the locale. */

static inline unsigned char ascii_equal_lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

static inline int ascii_equal(const char *a, const char *b)
{
	while (*a != '\0' &&
		ascii_equal_lower((unsigned char)*a) == ascii_equal_lower((unsigned char)*b)) {
		a++;
		b++;
	}
	return *a == '\0' && *b == '\0';
}

#endif
