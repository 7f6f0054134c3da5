/* SPDX-License-Identifier: MIT */
#include "avahi-line.h"

#include <string.h>

enum {
	FIELDS = 10, /* of a '=' line; the last is its rest, for TXT may hold anything */
	SHORT_FIELDS = 6,
};

/* Cuts a line at its semicolons into at most count fields. */
static size_t split(const char *at, size_t len, struct sdreg_text *fields, size_t count)
{
	size_t n = 0;
	for (;;) {
		const char *const end = n + 1 < count ? memchr(at, ';', len) : NULL;
		fields[n++] = (struct sdreg_text){at, end != NULL ? (size_t)(end - at) : len};
		if (end == NULL)
			return n;
		len -= (size_t)(end - at) + 1;
		at = end + 1;
	}
}

int avahi_line_read(const char *at, size_t len, struct avahi_line *line)
{
	struct sdreg_text f[FIELDS];
	if (len < 2 || memchr("+-=", at[0], 3) == NULL || at[1] != ';')
		return 0;
	const size_t n = split(at, len, f, FIELDS);
	if (n != (at[0] == '=' ? FIELDS : SHORT_FIELDS) || f[4].len == 0 || f[5].len == 0)
		return 0;
	memset(line, 0, sizeof(*line));
	line->event = at[0];
	line->interface = f[1];
	line->protocol = f[2];
	line->name = f[3];
	line->type = f[4];
	line->domain = f[5];
	if (n == SHORT_FIELDS)
		return 1;
	line->host = f[6];
	line->address = f[7];
	line->port = f[8];
	line->txt = f[9];
	return 1;
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The byte that a backslash and what follows it stand for; *used bytes after the backslash, none
 * when this is no escape of Avahi's. */
static char escaped(const char *at, size_t len, size_t *used)
{
	*used = 1;
	if (len > 0 && memchr(".\\\"", at[0], 3) != NULL)
		return at[0];
	*used = 0;
	if (len < 3 || !is_digit(at[0]) || !is_digit(at[1]) || !is_digit(at[2]))
		return '\\';
	const int value = 100 * (at[0] - '0') + 10 * (at[1] - '0') + (at[2] - '0');
	if (value > 255)
		return '\\';
	*used = 3;
	return (char)value;
}

size_t avahi_unescape(struct sdreg_text text, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		size_t used = 0;
		if (text.at[i] == '\\')
			out[n++] = escaped(text.at + i + 1, text.len - i - 1, &used);
		else
			out[n++] = text.at[i];
		i += used;
	}
	return n;
}

int avahi_txt_next(struct sdreg_text *rest, char *out, size_t *len)
{
	const char *const open = rest->len > 0 ? memchr(rest->at, '"', rest->len) : NULL;
	if (open == NULL)
		return 0;
	size_t i = (size_t)(open - rest->at) + 1;
	const size_t from = i;
	/* up to 0.7 quotes inside were not escaped: only one before a blank or the end closes */
	for (; i < rest->len; i++) {
		if (rest->at[i] == '\\')
			i++;
		else if (rest->at[i] == '"' && (i + 1 == rest->len || rest->at[i + 1] == ' '))
			break;
	}
	i = i < rest->len ? i : rest->len;
	*len = avahi_unescape((struct sdreg_text){rest->at + from, i - from}, out);
	i += i < rest->len;
	rest->at += i;
	rest->len -= i;
	return 1;
}
