/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_KNOWN_H
#define CLI_ANNOTATE_KNOWN_H

#include "keys.h"

/* What is known of types, looked up when they first come: a network has a few dozen. Behind the
 * texts that are added SINK_ROOM bytes may be read. */

enum {
	KNOWN_ADDED_MAX = 1 << 15,
	KNOWN_PORT_MAX = 40, /* bytes that a port adds to it */
	KNOWN_PORT_VERDICTS = SDREG_PORT_VERDICT_AS_USUAL + 1,
	KNOWN_ROOM = 8, /* bytes behind a field that may be read */
};

/* Ports from the first to the last. */
struct known_range {
	uint16_t first, last;
};

struct known {
	uint64_t hash;
	struct sdreg_text field; /* "_http._tcp", or a title of Avahi's database */
	int is_type; /* 0 for what leads to no type */
	const char *verdict; /* a word for programs */
	struct sdreg_type type;
	struct sdreg_annotation *annotation; /* of a type */
	struct sdreg_text added; /* "TAB verdict TAB title", below KNOWN_ADDED_MAX */
	struct sdreg_text added_port[KNOWN_PORT_VERDICTS]; /* the same and "TAB port TAB" */
	struct known_range *ports; /* that are registered for a type */
	size_t port_count;
	struct keys keys;
};

struct knowns;

/* NULL if there is no memory. */
struct knowns *knowns_new(const struct sources *from);
void knowns_free(struct knowns *knowns);

/* What a field means, behind which KNOWN_ROOM bytes may be read; it lives until the next call. NULL
 * if there is no memory. */
struct known *knowns_find(struct knowns *knowns, struct sdreg_text field);

/* Whether a text is a title of Avahi's database. */
int knowns_has_title(struct knowns *knowns, struct sdreg_text title);

/* What is added to a line of a type that has a port: how it compares with those that are
 * registered, too, "as-registered", "other-port (registered 631)", ... */
struct sdreg_text known_added_port(const struct known *known, uint16_t port);

#endif
