/* SPDX-License-Identifier: MIT */
#include "browse/service/event.h"
#include "browser.h"
#include "common/error.h"

/* Domains to browse in: found, gone, forgotten. */

static void tell(struct sdreg_browser *b, enum sdreg_event_kind kind, const struct domain *domain)
{
	const struct sdreg_event event = {.kind = kind,
		.place = &domain->place,
		.domain = domain->name};
	if (!b->has_ended)
		browser_hand(b, &event);
}

void browser_find_domain(void *user, const struct backend_place *place, const char *domain)
{
	struct sdreg_browser *const b = user;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended || domains_find(&b->domains, place, domain) != NULL)
		return;
	if (b->domains.count >= b->options.types_max) {
		browser_tell_over(b, &b->was_over_types, b->options.types_max, "domains");
		return;
	}
	const struct domain *const found = domains_add(&b->domains, place, domain);
	if (found != NULL)
		tell(b, SDREG_EVENT_DOMAIN_ADDED, found);
	else
		error_set(&err, SDREG_E_MEMORY, "out of memory for the domain \"%s\"", domain);
	browser_tell_error(b, &err);
}

static void lose(struct sdreg_browser *b, struct domain *domain)
{
	tell(b, SDREG_EVENT_DOMAIN_REMOVED, domain);
	domains_remove(&b->domains, domain);
}

void browser_lose_domain(void *user, const struct backend_place *place, const char *domain)
{
	struct sdreg_browser *const b = user;
	struct domain *const found = domains_find(&b->domains, place, domain);
	if (!b->has_ended && found != NULL)
		lose(b, found);
}

void browser_forget_domains(struct sdreg_browser *b)
{
	while (b->domains.first != NULL)
		lose(b, b->domains.first);
}
