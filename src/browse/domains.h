/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_DOMAINS_H
#define BROWSE_DOMAINS_H

#include "browse/service/service.h"

/* Domains to browse in, as they were found: each where it was seen. */

struct domain {
	struct domain *next;
	struct sdreg_place place; /* without an answer */
	char name[];
};

struct domains {
	struct domain *first;
	size_t count;
};

/* The domain seen at a place, or NULL. */
struct domain *domains_find(const struct domains *domains, const struct backend_place *place,
	const char *name);
/* Adds one that is not there. NULL when out of memory. */
struct domain *domains_add(struct domains *domains, const struct backend_place *place,
	const char *name);
void domains_remove(struct domains *domains, struct domain *domain);
void domains_clear(struct domains *domains);

#endif
