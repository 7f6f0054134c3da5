/* SPDX-License-Identifier: MIT */
#include "line.h"

#include "common/ascii.h"

#include <string.h>

enum { PORT_DIGITS = 5 };

int avahi_is_protocol(struct sdreg_text text)
{
	if (text.len == 4)
		return (memcmp(text.at, "IPv4", 4) == 0) | (memcmp(text.at, "IPv6", 4) == 0);
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

const char *avahi_cut(const char *at, const char *end, struct avahi_cut *cut)
{
	/* cppcheck-suppress ctuuninitvar ; they are written here */
	const char **to = cut->ends;
	const char *line_break = NULL;
	for (; line_break == NULL && to < cut->ends + AVAHI_FIELDS_MAX; at += PLACES_BLOCK) {
		const uint64_t breaks = places_block(at, '\n');
		const uint64_t before = ~breaks & (breaks - 1); /* the first; all without one */
		uint64_t bits = places_block(at, ';') & before;
		for (; bits != 0; bits &= bits - 1)
			*to++ = at + __builtin_ctzll(bits);
		if (breaks != 0)
			line_break = at + __builtin_ctzll(breaks);
	}
	if (line_break == NULL)
		line_break = memchr(at, '\n', (size_t)(end + 1 - at));
	*to++ = line_break;
	cut->count = (size_t)(to - cut->ends);
	return line_break;
}

/* The nth field, not the first. */
static inline struct sdreg_text field(const struct avahi_cut *cut, size_t nth)
{
	const char *const at = cut->ends[nth - 1] + 1;
	return (struct sdreg_text){at, (size_t)(cut->ends[nth] - at)};
}

/* A domain, escaped, has no blanks. */
static enum avahi_kind read_domain(const struct avahi_cut *cut, struct avahi_line *line)
{
	line->domain = field(cut, cut->count - 1);
	return line->domain.len > 0 && memchr(line->domain.at, ' ', line->domain.len) == NULL
		? AVAHI_DOMAIN
		: AVAHI_OTHER;
}

/* Reads the fields from the nth on, the protocol. line->event is set. */
static enum avahi_kind read_from(const struct avahi_cut *cut, size_t nth, struct avahi_line *line)
{
	const size_t count = cut->count - nth;
	const int is_resolved = line->event == '=';
	line->protocol = field(cut, nth);
	line->interface = (struct sdreg_text){cut->ends[0] + 1,
		(size_t)(line->protocol.at - 1 - (cut->ends[0] + 1))};
	if (line->interface.len > AVAHI_INTERFACE_MAX)
		return AVAHI_OTHER;
	if (count == 2 && !is_resolved)
		return read_domain(cut, line);
	if (is_resolved ? count < 8 : count != 4)
		return AVAHI_OTHER;
	line->name = field(cut, nth + 1);
	line->type = field(cut, nth + 2);
	line->domain = field(cut, nth + 3);
	if (line->type.len == 0 || line->domain.len == 0)
		return AVAHI_OTHER;
	if (!is_resolved)
		return AVAHI_SERVICE;
	line->host = field(cut, nth + 4);
	line->address = field(cut, nth + 5);
	line->port = field(cut, nth + 6);
	/* semicolons are not escaped in what is left */
	line->txt.at = cut->ends[nth + 6] + 1;
	line->txt.len = (size_t)(cut->ends[cut->count - 1] - line->txt.at);
	return avahi_port(line->port, &line->port_number) ? AVAHI_SERVICE : AVAHI_OTHER;
}

/* Interfaces may be named with semicolons, so it is the protocol behind it that tells where one
 * ends: the first with which the rest is right. */
enum avahi_kind avahi_line_read(const char *at, size_t len, struct avahi_cut *cut,
	struct avahi_line *line)
{
	if (len < 2 || (at[0] != '+' && at[0] != '-' && at[0] != '=') || at[1] != ';')
		return AVAHI_OTHER;
	line->event = at[0];
	cut->ends[cut->count - 1] = at + len;
	for (size_t i = 2; i < cut->count; i++) {
		if (!avahi_is_protocol(field(cut, i)))
			continue;
		const enum avahi_kind kind = read_from(cut, i, line);
		if (kind != AVAHI_OTHER)
			return kind;
	}
	if (cut->count < 3)
		return AVAHI_OTHER;
	/* a service's may be "n/a" in another language, a domain's nothing */
	const enum avahi_kind kind = read_from(cut, 2, line);
	return (kind == AVAHI_DOMAIN) == (line->protocol.len == 0) ? kind : AVAHI_OTHER;
}
