/* SPDX-License-Identifier: MIT */
#include "line.h"

#include <string.h>

enum {
	REST_FIELDS = 7, /* of a '=' line, from the name on; the last may hold semicolons */
	SHORT_REST_FIELDS = 3, /* of the others */
	INTERFACE_MAX = 64, /* Linux has 15 bytes; "n/a" is longer in some languages */
	PORT_DIGITS = 5,
};

int avahi_is_protocol(struct sdreg_text text)
{
	static const char words[][5] = {"IPv4", "IPv6", "n/a"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text.len == strlen(words[i]) && memcmp(text.at, words[i], text.len) == 0)
			return 1;
	return 0;
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int avahi_port(struct sdreg_text text, uint16_t *port)
{
	unsigned long value = 0;
	if (text.len == 0 || text.len > PORT_DIGITS)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.at[i]))
			return 0;
		value = 10 * value + (unsigned long)(text.at[i] - '0');
	}
	*port = (uint16_t)value;
	return value <= UINT16_MAX;
}

/* Cuts a text at its semicolons into at most count fields. */
static size_t split(struct sdreg_text text, struct sdreg_text *fields, size_t count)
{
	size_t n = 0;
	for (;;) {
		const char *const end = n + 1 < count ? memchr(text.at, ';', text.len) : NULL;
		fields[n++] = (struct sdreg_text){text.at,
			end != NULL ? (size_t)(end - text.at) : text.len};
		if (end == NULL)
			return n;
		text.len -= (size_t)(end - text.at) + 1;
		text.at = end + 1;
	}
}

/* The field that begins at a place, up to the next semicolon. 0 where none follows. */
static int field_at(const char *at, const char *end, struct sdreg_text *field)
{
	const char *const semicolon = memchr(at, ';', (size_t)(end - at));
	if (semicolon == NULL)
		return 0;
	*field = (struct sdreg_text){at, (size_t)(semicolon - at)};
	return 1;
}

int avahi_line_read_rest(struct avahi_line *line, struct sdreg_text rest)
{
	struct sdreg_text f[REST_FIELDS];
	uint16_t port;
	const int is_resolved = line->event == '=';
	const size_t n = split(rest, f, REST_FIELDS);
	if (n != (is_resolved ? REST_FIELDS : SHORT_REST_FIELDS) || f[1].len == 0 || f[2].len == 0)
		return 0;
	if (is_resolved && !avahi_port(f[5], &port))
		return 0;
	line->name = f[0];
	line->type = f[1];
	line->domain = f[2];
	if (!is_resolved)
		return 1;
	line->host = f[3];
	line->address = f[4];
	line->port = f[5];
	line->txt = f[6];
	return 1;
}

/* A domain, escaped: neither blanks nor semicolons. */
static int read_domain(struct avahi_line *line, struct sdreg_text rest)
{
	if (line->event == '=' || rest.len == 0 || memchr(rest.at, ';', rest.len) != NULL ||
		memchr(rest.at, ' ', rest.len) != NULL)
		return 0;
	line->domain = rest;
	return 1;
}

/* How the fields behind the interface are read. */
struct form {
	int (*is_protocol)(struct sdreg_text text);
	int (*read_rest)(struct avahi_line *line, struct sdreg_text rest);
};

static int read_behind(const struct form *form, struct sdreg_text interface, const char *end,
	struct avahi_line *line)
{
	const char *const protocol = interface.at + interface.len + 1;
	if (!field_at(protocol, end, &line->protocol) || !form->is_protocol(line->protocol))
		return 0;
	const char *const rest = protocol + line->protocol.len + 1;
	line->interface = interface;
	return form->read_rest(line, (struct sdreg_text){rest, (size_t)(end - rest)});
}

/* Interfaces may be named with semicolons, so it is the protocol behind it that tells where one
 * ends: the first with which the rest is right. */
static int read_fields(const struct form *form, struct sdreg_text text, int semicolons,
	struct avahi_line *line)
{
	const char *const end = text.at + text.len;
	struct sdreg_text interface = {text.at + 2, 0};
	struct sdreg_text field;
	if (text.len < 2 || memchr("+-=", text.at[0], 3) == NULL || text.at[1] != ';')
		return 0;
	memset(line, 0, sizeof(*line));
	line->event = text.at[0];
	while (field_at(interface.at + interface.len, end, &field)) {
		interface.len = (size_t)(field.at + field.len - interface.at);
		if (interface.len > INTERFACE_MAX)
			return 0;
		if (read_behind(form, interface, end, line))
			return 1;
		if (!semicolons)
			return 0;
		interface.len++;
	}
	return 0;
}

static int is_nothing(struct sdreg_text text)
{
	return text.len == 0;
}

int avahi_line_read_domain(const char *at, size_t len, struct avahi_line *line)
{
	static const struct form known = {avahi_is_protocol, read_domain};
	static const struct form none = {is_nothing, read_domain};
	const struct sdreg_text text = {at, len};
	return read_fields(&known, text, 1, line) || read_fields(&none, text, 0, line);
}

/* "n/a" in another language. */
static int is_any(struct sdreg_text text)
{
	return text.len > 0;
}

int avahi_line_read(const char *at, size_t len, struct avahi_line *line)
{
	static const struct form known = {avahi_is_protocol, avahi_line_read_rest};
	static const struct form any = {is_any, avahi_line_read_rest};
	const struct sdreg_text text = {at, len};
	if (read_fields(&known, text, 1, line))
		return 1;
	return !avahi_line_read_domain(at, len, line) && read_fields(&any, text, 0, line);
}
