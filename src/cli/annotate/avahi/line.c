/* SPDX-License-Identifier: MIT */
#include "line.h"

#include "common/ascii.h"
#include "common/places.h"

#include <string.h>

enum {
	INTERFACE_MAX = 64, /* Linux has 15 bytes; "n/a" is longer in some languages */
	FIELDS_MAX = INTERFACE_MAX + 10, /* a line may have; the last holds what is behind it too */
	PORT_DIGITS = 5,
};

int avahi_is_protocol(struct sdreg_text text)
{
	if (text.len == 4)
		return memcmp(text.at, "IPv4", 4) == 0 || memcmp(text.at, "IPv6", 4) == 0;
	return text.len == 3 && memcmp(text.at, "n/a", 3) == 0;
}

int avahi_port(struct sdreg_text text, uint16_t *port)
{
	unsigned value = 0;
	if (text.len == 0 || text.len > PORT_DIGITS)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_digit((unsigned char)text.at[i]))
			return 0;
		value = 10 * value + (unsigned)(text.at[i] - '0');
	}
	*port = (uint16_t)value;
	return value <= UINT16_MAX;
}

/* A line, cut at its semicolons; behind FIELDS_MAX there may be more. */
struct fields {
	size_t count;
	const char *ends[FIELDS_MAX + PLACES_BLOCK + 1];
};

static void cut(const char *at, const char *end, struct fields *fields)
{
	/* cppcheck-suppress ctuuninitvar ; they are written here */
	const char **to = fields->ends;
	for (; at < end && to < fields->ends + FIELDS_MAX; at += PLACES_BLOCK) {
		uint64_t bits = places_bits(at, end, ';');
		for (; bits != 0; bits &= bits - 1)
			*to++ = at + __builtin_ctzll(bits);
		if (end - at <= PLACES_BLOCK)
			break;
	}
	*to++ = end;
	fields->count = (size_t)(to - fields->ends);
}

/* The nth field, not the first. */
static inline struct sdreg_text field(const struct fields *fields, size_t nth)
{
	const char *const at = fields->ends[nth - 1] + 1;
	return (struct sdreg_text){at, (size_t)(fields->ends[nth] - at)};
}

/* A domain, escaped, has no blanks. */
static enum avahi_kind read_domain(const struct fields *fields, struct avahi_line *line)
{
	line->domain = field(fields, fields->count - 1);
	return line->domain.len > 0 && memchr(line->domain.at, ' ', line->domain.len) == NULL
		? AVAHI_DOMAIN
		: AVAHI_OTHER;
}

/* Reads the fields from the nth on, the protocol. line->event is set. */
static enum avahi_kind read_from(const struct fields *fields, size_t nth, struct avahi_line *line)
{
	const size_t count = fields->count - nth;
	const int is_resolved = line->event == '=';
	line->protocol = field(fields, nth);
	line->interface = (struct sdreg_text){fields->ends[0] + 1,
		(size_t)(line->protocol.at - 1 - (fields->ends[0] + 1))};
	if (line->interface.len > INTERFACE_MAX)
		return AVAHI_OTHER;
	if (count == 2 && !is_resolved)
		return read_domain(fields, line);
	if (is_resolved ? count < 8 : count != 4)
		return AVAHI_OTHER;
	line->name = field(fields, nth + 1);
	line->type = field(fields, nth + 2);
	line->domain = field(fields, nth + 3);
	if (line->type.len == 0 || line->domain.len == 0)
		return AVAHI_OTHER;
	if (!is_resolved)
		return AVAHI_SERVICE;
	line->host = field(fields, nth + 4);
	line->address = field(fields, nth + 5);
	line->port = field(fields, nth + 6);
	/* semicolons are not escaped in what is left */
	line->txt.at = fields->ends[nth + 6] + 1;
	line->txt.len = (size_t)(fields->ends[fields->count - 1] - line->txt.at);
	return avahi_port(line->port, &line->port_number) ? AVAHI_SERVICE : AVAHI_OTHER;
}

/* Interfaces may be named with semicolons, so it is the protocol behind it that tells where one
 * ends: the first with which the rest is right. */
enum avahi_kind avahi_line_read(const char *at, size_t len, struct avahi_line *line)
{
	struct fields fields;
	if (len < 2 || (at[0] != '+' && at[0] != '-' && at[0] != '=') || at[1] != ';')
		return AVAHI_OTHER;
	line->event = at[0];
	cut(at, at + len, &fields);
	for (size_t i = 2; i < fields.count; i++) {
		if (!avahi_is_protocol(field(&fields, i)))
			continue;
		const enum avahi_kind kind = read_from(&fields, i, line);
		if (kind != AVAHI_OTHER)
			return kind;
	}
	if (fields.count < 3)
		return AVAHI_OTHER;
	/* a service's may be "n/a" in another language, a domain's nothing */
	const enum avahi_kind kind = read_from(&fields, 2, line);
	return (kind == AVAHI_DOMAIN) == (line->protocol.len == 0) ? kind : AVAHI_OTHER;
}
