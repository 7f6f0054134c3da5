/* SPDX-License-Identifier: MIT */
#include "print.h"

#include <string.h>

/* The code point of a UTF-8 sequence, and its length; 0 when the bytes are not UTF-8. */
static size_t decode(const unsigned char *p, size_t len, unsigned long *point)
{
	static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
	*point = p[0];
	if (p[0] < 0x80)
		return 1;
	const size_t need = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || len < need)
		return 0;
	*point = p[0] & (0x7fU >> need);
	for (size_t i = 1; i < need; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (p[i] & 0x3fU);
	}
	if (*point < least[need] || *point > 0x10ffff || (*point >= 0xd800 && *point <= 0xdfff))
		return 0;
	return need;
}

/* Whether a character does something to a terminal rather than stand in it. */
static int is_control(unsigned long c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f ||
		(c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
		(c >= 0xfff9 && c <= 0xfffb);
}

size_t print_length(const unsigned char *p, size_t len)
{
	unsigned long point;
	if (len == 0)
		return 0;
	const size_t n = decode(p, len, &point);
	return n > 0 && !is_control(point) ? n : 0;
}

void print_bytes(FILE *out, const char *bytes, size_t len)
{
	const unsigned char *const p = (const unsigned char *)bytes;
	size_t from = 0;
	size_t i = 0;
	while (i < len) {
		if (p[i] >= 0x20 && p[i] < 0x7f) { /* nearly all there is */
			i++;
			continue;
		}
		const size_t n = print_length(p + i, len - i);
		i += n;
		if (n > 0)
			continue;
		fwrite(bytes + from, 1, i - from, out);
		fprintf(out, "\\%03u", p[i]);
		from = ++i;
	}
	fwrite(bytes + from, 1, len - from, out);
}

void print_text(FILE *out, const char *text)
{
	print_bytes(out, text, strlen(text));
}

void print_json_text(FILE *out, const char *json)
{
	const unsigned char *p = (const unsigned char *)json;
	size_t left = strlen(json);
	while (left > 0) {
		unsigned long point;
		const size_t n = decode(p, left, &point);
		if (n > 0 && is_control(point)) /* jansson lets only such of the basic plane pass */
			fprintf(out, "\\u%04lx", point);
		else
			fwrite(p, 1, n > 0 ? n : 1, out);
		p += n > 0 ? n : 1;
		left -= n > 0 ? n : 1;
	}
}
