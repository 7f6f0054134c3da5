/* SPDX-License-Identifier: MIT */
#include "domains.h"

#include "common/ascii.h"

#include <stdlib.h>
#include <string.h>

struct domain *domains_find(const struct domains *domains, const struct backend_place *place,
	const char *name)
{
	struct domain *d = domains->first;
	while (d != NULL &&
		(d->place.interface != place->interface || d->place.protocol != place->protocol ||
			ascii_compare(d->name, name) != 0))
		d = d->next;
	return d;
}

struct domain *domains_add(struct domains *domains, const struct backend_place *place,
	const char *name)
{
	const size_t size = strlen(name) + 1;
	struct domain *const domain = calloc(1, sizeof(*domain) + size);
	if (domain == NULL)
		return NULL;
	place_set(&domain->place, place);
	memcpy(domain->name, name, size);
	domain->next = domains->first;
	domains->first = domain;
	domains->count++;
	return domain;
}

void domains_remove(struct domains *domains, struct domain *domain)
{
	struct domain **at = &domains->first;
	while (*at != domain)
		at = &(*at)->next;
	*at = domain->next;
	domains->count--;
	free(domain);
}

void domains_clear(struct domains *domains)
{
	while (domains->first != NULL)
		domains_remove(domains, domains->first);
}
