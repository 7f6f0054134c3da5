/* SPDX-License-Identifier: MIT */
#include "html.h"

#include "cli/common/print.h"
#include "common/escape.h"

#include <string.h>

static const char *reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	}
	return NULL;
}

/* U+FFFE and U+FFFF: XML has no such characters, and a page nothing to show for them. */
static int is_none(const unsigned char *p, size_t n)
{
	return n == 3 && p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe;
}

/* Writes one character, or one byte that is none. Gives how many bytes it took. */
static size_t put_character(FILE *out, const char *bytes, size_t len)
{
	const unsigned char *const p = (const unsigned char *)bytes;
	const char *const instead = reference(*bytes);
	const size_t n = print_length(p, len);
	char escape[ESCAPE_SIZE];
	escape_write(escape, *p);
	if (instead != NULL)
		fputs(instead, out);
	else if (n > 0 && !is_none(p, n))
		fwrite(bytes, 1, n, out);
	else
		fwrite(escape, 1, sizeof(escape), out);
	return n > 0 && !is_none(p, n) ? n : 1;
}

void html_bytes(FILE *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len;)
		i += put_character(out, bytes + i, len - i);
}

void html_text(FILE *out, const char *text)
{
	html_bytes(out, text, strlen(text));
}

void html_short_text(FILE *out, const char *text, size_t characters)
{
	const size_t len = strlen(text);
	size_t i = 0;
	for (size_t n = 0; i < len && n < characters; n++)
		i += put_character(out, text + i, len - i);
	if (i < len)
		fputs("\xe2\x80\xa6", out);
}

void html_number(FILE *out, size_t number)
{
	char digits[24];
	const int len = snprintf(digits, sizeof(digits), "%zu", number);
	for (int i = 0; i < len; i++)
		fprintf(out, "%s%c", i > 0 && (len - i) % 3 == 0 ? "," : "", digits[i]);
}

void html_count(FILE *out, size_t number, const char *what)
{
	html_number(out, number);
	fprintf(out, " %s%s", what, number == 1 ? "" : "s");
}
