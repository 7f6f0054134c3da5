/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_BROWSED_H
#define BROWSE_BROWSED_H

#include "browse/service/service.h"

/* What is browsed: a type or subtype in a domain. */

enum browsed_state {
	BROWSED_WAITING, /* to be started */
	BROWSED_OPEN, /* started, and more is to come */
	BROWSED_OVER, /* all that was there when it started was told, or it failed */
};

struct browsed_type {
	struct browsed_type *next;
	void *handle;
	enum browsed_state state;
	unsigned tries;
	uint64_t source; /* its bit in a sighting */
	struct service_type *services_type; /* of the last service seen: mostly that of all */
	int is_refused; /* what is seen below it cannot be shown, and that was told */
	const char *domain; /* NULL: the daemon's default */
	char text[]; /* the domain follows */
};

/* In the order they came; a tail, for the thousands that a hostile host may invent. */
struct browsed_types {
	struct browsed_type *first;
	struct browsed_type *last;
	size_t count;
	size_t open; /* of these, the ones in BROWSED_OPEN */
	size_t waiting; /* and in BROWSED_WAITING */
	int has_subtypes;
};

/* Adds a type, waiting, unless there is one of this type and domain. 0; SDREG_E_LIMIT if there are
 * max already, SDREG_E_MEMORY. */
int browsed_add(struct browsed_types *browsed, const char *type, const char *domain, size_t max);
void browsed_clear(struct browsed_types *browsed);
void browsed_set(struct browsed_types *browsed, struct browsed_type *type,
	enum browsed_state state);

/* Adds each type, in a domain unless it names its own. 0; SDREG_E_SYNTAX,
 * SDREG_E_LIMIT, SDREG_E_ARGUMENT, SDREG_E_MEMORY with err. */
int browsed_read(struct browsed_types *browsed, const struct sdreg_text *types, size_t count,
	const char *domain, struct sdreg_error *err);

/* The type of a service that is seen under a browsed one, which keeps it. NULL with err. */
struct service_type *browsed_service_type(struct browsed_type *type, const char *text,
	const struct sdreg_browse_options *options, struct sdreg_error *err);

#endif
