/* SPDX-License-Identifier: MIT */
#include "services.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS_MIN = 64 };

int services_init(struct services *services)
{
	memset(services, 0, sizeof(*services));
	services->buckets = calloc(BUCKETS_MIN, sizeof(*services->buckets));
	if (services->buckets == NULL)
		return SDREG_E_MEMORY;
	services->bucket_count = BUCKETS_MIN;
	return SDREG_OK;
}

void services_clear(struct services *services)
{
	while (services->first != NULL) {
		struct sdreg_service *const service = services->first;
		services_take(services, service);
		service_free(service);
	}
	free(services->buckets);
	memset(services, 0, sizeof(*services));
}

static struct sdreg_service **bucket_of(const struct services *services, uint32_t hash)
{
	return &services->buckets[hash & (services->bucket_count - 1)];
}

struct sdreg_service *services_find(const struct services *services,
	const struct backend_service *seen)
{
	const uint32_t hash = service_hash(seen);
	struct sdreg_service *service = *bucket_of(services, hash);
	while (service != NULL && (service->hash != hash || !service_is(service, seen)))
		service = service->chain;
	return service;
}

/* Without memory the chains grow longer, which is no failure. */
static void grow(struct services *services)
{
	if (services->count < services->bucket_count ||
		services->bucket_count > SIZE_MAX / sizeof(*services->buckets) / 2)
		return;
	struct sdreg_service **const buckets = calloc(2 * services->bucket_count, sizeof(*buckets));
	if (buckets == NULL)
		return;
	free(services->buckets);
	services->buckets = buckets;
	services->bucket_count *= 2;
	for (struct sdreg_service *s = services->first; s != NULL; s = s->next) {
		struct sdreg_service **const bucket = bucket_of(services, s->hash);
		s->chain = *bucket;
		*bucket = s;
	}
}

void services_add(struct services *services, struct sdreg_service *service)
{
	grow(services);
	struct sdreg_service **const bucket = bucket_of(services, service->hash);
	service->chain = *bucket;
	*bucket = service;
	service->next = NULL;
	service->previous = services->last;
	*(services->last != NULL ? &services->last->next : &services->first) = service;
	services->last = service;
	services->count++;
}

void services_take(struct services *services, struct sdreg_service *service)
{
	struct sdreg_service **at = bucket_of(services, service->hash);
	while (*at != service)
		at = &(*at)->chain;
	*at = service->chain;
	*(service->previous != NULL ? &service->previous->next : &services->first) = service->next;
	*(service->next != NULL ? &service->next->previous : &services->last) = service->previous;
	services->count--;
}
