/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_AVAHI_LINE_H
#define CLI_ANNOTATE_AVAHI_LINE_H

#include "common/places.h"

#include <sdreg.h>

/* What a line is that avahi-browse prints, and what is set of it. */
enum avahi_kind {
	AVAHI_OTHER, /* none that is known: nothing */
	AVAHI_SERVICE, /* event, interface, protocol, name, type, domain; with -p and '=' all */
	AVAHI_DOMAIN, /* of -D: event, interface, protocol and domain */
	AVAHI_HOST, /* these without -p, in this order below a service: their own field */
	AVAHI_ADDRESS,
	AVAHI_PORT,
	AVAHI_TXT,
};

/* A line that avahi-browse prints for a service. All texts are parts of the line, escaped as they
 * stand there. */
struct avahi_line {
	char event; /* '+', '-' or '=' */
	struct sdreg_text interface;
	struct sdreg_text protocol;
	struct sdreg_text name;
	struct sdreg_text type; /* "_http._tcp" with -k, else a title of Avahi's database */
	struct sdreg_text domain;
	struct sdreg_text host;
	struct sdreg_text address;
	struct sdreg_text port; /* decimal digits, */
	uint16_t port_number; /* and their value */
	struct sdreg_text txt;
};

enum {
	AVAHI_INTERFACE_MAX = 64, /* Linux has 15 bytes; "n/a" is longer in some languages */
	AVAHI_FIELDS_MAX =
		AVAHI_INTERFACE_MAX + 10, /* of a line; the last has what is behind it, too */
};

/* A line cut into fields: where each ends, at a semicolon, and the last at the end of the line.
 * Behind AVAHI_FIELDS_MAX there may be more. */
struct avahi_cut {
	size_t count;
	const char *ends[AVAHI_FIELDS_MAX + PLACES_BLOCK + 1];
};

/* Cuts the line that begins a text, in one go with finding its end: where its LF is. One must stand
 * behind the text, at end; PLACES_ROOM bytes from there on may be read. */
const char *avahi_cut(const char *at, const char *end, struct avahi_cut *cut);

/* Reads a line of avahi-browse -p, cut, without its line break. */
enum avahi_kind avahi_line_read(const char *at, size_t len, struct avahi_cut *cut,
	struct avahi_line *line);

/* Whether a text is what Avahi calls a protocol. */
int avahi_is_protocol(struct sdreg_text text);

/* Reads a port of 0 to 65535, in decimal digits. 1, or 0 when it is none. */
int avahi_port(struct sdreg_text text, uint16_t *port);

#endif
