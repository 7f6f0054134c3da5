/* SPDX-License-Identifier: MIT */
#include "common/escape.h"
#include "common/utf8.h"

#include <sdreg/text.h>

#include <string.h>

/* What may be shown, and what must be escaped before. */

struct sdreg_text sdreg_text_of(const char *text)
{
	return (struct sdreg_text){text, text != NULL ? strlen(text) : 0};
}

size_t sdreg_text_character(const char *bytes, size_t len, unsigned long *point)
{
	const unsigned char *const p = (const unsigned char *)bytes;
	const size_t n = utf8_sequence(p, len);
	if (n == 0)
		return 0;
	*point = n == 1 ? p[0] : p[0] & (0x7fU >> n);
	for (size_t i = 1; i < n; i++)
		*point = *point << 6 | (p[i] & 0x3fU);
	return n;
}

int sdreg_text_is_control(unsigned long c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f ||
		(c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
		(c >= 0xfff9 && c <= 0xfffb);
}

size_t sdreg_text_show(const char *bytes, size_t len, char *buf, size_t size)
{
	size_t to = 0;
	if (size == 0)
		return 0;
	for (size_t i = 0; i < len;) {
		unsigned long point;
		const size_t n = sdreg_text_character(bytes + i, len - i, &point);
		const int is_plain = n > 0 && !sdreg_text_is_control(point);
		const size_t need = is_plain ? n : ESCAPE_SIZE;
		if (need > size - 1 - to)
			break;
		if (is_plain)
			memcpy(buf + to, bytes + i, n);
		else
			escape_write(buf + to, (unsigned char)bytes[i]);
		to += need;
		i += is_plain ? n : 1;
	}
	buf[to] = '\0';
	return to;
}
