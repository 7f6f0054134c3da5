/* SPDX-License-Identifier: MIT */
#include "print.h"

#include "common/escape.h"
#include "common/utf8.h"

#include <sdreg/text.h>

#include <string.h>

size_t print_length(const unsigned char *p, size_t len)
{
	unsigned long point;
	const size_t n = sdreg_text_character((const char *)p, len, &point);
	return n > 0 && !sdreg_text_is_control(point) ? n : 0;
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
		char escape[ESCAPE_SIZE];
		escape_write(escape, p[i]);
		fwrite(escape, 1, sizeof(escape), out);
		from = ++i;
	}
	fwrite(bytes + from, 1, len - from, out);
}

void print_cut(FILE *out, const char *bytes, size_t len)
{
	enum { SHOWN = 200 };
	size_t shown = len;
	if (len > SHOWN) /* at the end of a character */
		for (shown = SHOWN; shown > SHOWN - 3 && utf8_is_inside(bytes[shown]);)
			shown--;
	print_bytes(out, bytes, shown);
	if (shown < len)
		fprintf(out, "... (%zu bytes)", len);
}

void print_text(FILE *out, const char *text)
{
	print_bytes(out, text, strlen(text));
}

void print_json_text(FILE *out, const char *json)
{
	size_t left = strlen(json);
	while (left > 0) {
		unsigned long point;
		const size_t n = sdreg_text_character(json, left, &point);
		/* jansson lets only such controls of the basic plane pass */
		if (n > 0 && sdreg_text_is_control(point))
			fprintf(out, "\\u%04lx", point);
		else
			fwrite(json, 1, n > 0 ? n : 1, out);
		json += n > 0 ? n : 1;
		left -= n > 0 ? n : 1;
	}
}
