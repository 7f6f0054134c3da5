/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_SERVICES_H
#define BROWSE_SERVICE_SERVICES_H

#include "service.h"

/* All services known: a hash table, and a list in the order they came. Owns them. */
struct services {
	struct sdreg_service **buckets;
	size_t bucket_count; /* a power of 2 */
	size_t count;
	struct sdreg_service *first;
	struct sdreg_service *last;
};

/* 0 or SDREG_E_MEMORY. */
int services_init(struct services *services);
void services_clear(struct services *services);

struct sdreg_service *services_find(const struct services *services,
	const struct backend_service *seen);
void services_add(struct services *services, struct sdreg_service *service);
/* Takes a service out; it is the caller's then. */
void services_take(struct services *services, struct sdreg_service *service);

#endif
