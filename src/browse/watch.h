/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_WATCH_H
#define BROWSE_WATCH_H

#include "browse/service/service.h"

/* What is browsed: a type or subtype in a domain. */

enum watch_state {
	WATCH_WAITING, /* to be started */
	WATCH_OPEN, /* started, and more is to come */
	WATCH_OVER, /* all that was there when it started was told, or it failed */
};

struct watch {
	struct watch *next;
	void *handle;
	enum watch_state state;
	unsigned tries;
	uint64_t source; /* its bit in a sighting */
	struct service_type *services_type; /* of the last service seen: mostly that of all */
	const char *domain; /* NULL: the daemon's default */
	char type[]; /* the domain follows */
};

/* In the order they came; a tail, for the thousands that a hostile host may invent. */
struct watches {
	struct watch *first;
	struct watch *last;
	size_t count;
	size_t open; /* of these, the ones in WATCH_OPEN */
	size_t waiting; /* and in WATCH_WAITING */
};

/* Adds a watch, waiting, unless there is one of this type and domain. 0; SDREG_E_LIMIT if there are
 * max already, SDREG_E_MEMORY. */
int watches_add(struct watches *watches, const char *type, const char *domain, size_t max);
void watches_clear(struct watches *watches);
void watches_set(struct watches *watches, struct watch *watch, enum watch_state state);

/* Adds a watch for each type of the options. 0; SDREG_E_SYNTAX, SDREG_E_LIMIT, SDREG_E_ARGUMENT,
 * SDREG_E_MEMORY with err. */
int watches_read(struct watches *watches, const struct sdreg_browse_options *options,
	struct sdreg_error *err);

/* The type of a service that a watch sees; the watch keeps it. NULL with err. */
struct service_type *watch_type(struct watch *watch, const char *text,
	const struct sdreg_browse_options *options, struct sdreg_error *err);

#endif
