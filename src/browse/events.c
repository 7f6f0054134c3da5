/* SPDX-License-Identifier: MIT */
#include "browser.h"

#include "common/error.h"

#include <string.h>

/* What a backend tells, and what becomes of it. */

/* ---- the daemon ---- */

static void on_back(void *user)
{
	struct sdreg_browser *const b = user;
	if (b->has_ended)
		return;
	b->is_up = 1;
	b->search_at = 0;
	b->resolving.retry_at = 0;
	if (b->was_lost)
		browser_tell(b, SDREG_EVENT_DAEMON_BACK, NULL, NULL);
	browser_go_on(b);
}

/* Said once, or who waits would not know what for. */
static void on_absent(void *user)
{
	struct sdreg_browser *const b = user;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended || b->was_lost || b->options.snapshot)
		return;
	b->was_lost = 1;
	error_set(&err, SDREG_E_DAEMON,
		"there is no %s yet: waiting for it (start it, e.g. systemctl start %s)",
		b->backend->daemon, b->backend->daemon);
	browser_tell(b, SDREG_EVENT_DAEMON_LOST, NULL, &err);
}

static void forget_all(struct sdreg_browser *b)
{
	browser_forget_look_ups(b);
	while (b->services.first != NULL) {
		struct sdreg_service *const service = b->services.first;
		for (struct sighting *s = service->sightings; s != NULL; s = s->next) {
			s->asked.handle = NULL;
			resolving_drop(&b->resolving, s);
			browser_tell_place(b, SDREG_EVENT_PLACE_REMOVED, s);
			browser_leave_host(b, s);
		}
		services_take(&b->services, service);
		browser_tell(b, SDREG_EVENT_REMOVED, service, NULL);
		service_free(service);
	}
	browser_forget_domains(b);
	if (b->all_types) {
		browsed_clear(&b->browsed);
		b->types = BROWSED_WAITING;
	}
	for (struct browsed_type *t = b->browsed.first; t != NULL; t = t->next) {
		browsed_set(&b->browsed, t, BROWSED_WAITING);
		t->handle = NULL;
		t->tries = 0;
	}
	b->types_tries = 0;
	b->was_full = 0;
	b->was_unfollowed = 0;
	b->was_crowded = 0;
	b->was_without_addresses = 0;
	b->was_cut = 0;
	b->was_in_turn = 0;
	b->was_over_services = 0;
	b->was_over_types = 0;
	memset(&b->crowd, 0, sizeof(b->crowd));
	b->news_at = 0;
}

static int on_lost(void *user, const struct backend_fault *fault)
{
	struct sdreg_browser *const b = user;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended)
		return 0;
	b->is_up = 0;
	b->was_lost = 1;
	forget_all(b);
	error_set(&err, SDREG_E_DAEMON, "%s", fault->reason);
	browser_tell(b, SDREG_EVENT_DAEMON_LOST, NULL, &err);
	if (b->options.snapshot)
		browser_tell(b, SDREG_EVENT_END, NULL, NULL);
	return !b->options.snapshot;
}

/* ---- types ---- */

/* A type that cannot be read is for the error that will say so. */
static int is_wanted(const struct sdreg_browser *b, const char *text)
{
	struct sdreg_type type;
	if (b->options.want == NULL || sdreg_type_parse(text, strlen(text), &type, NULL) < 0)
		return 1;
	struct sdreg_annotation *const annotation =
		sdreg_annotate_type(b->options.registry, b->options.supplement, &type, NULL);
	/* without memory it is let through: what is browsed says so */
	const int wanted = annotation == NULL ||
		b->options.want(b->options.want_user, &type, annotation);
	sdreg_annotation_free(annotation);
	return wanted;
}

static void on_type_found(void *user, const char *type, const char *domain)
{
	struct sdreg_browser *const b = user;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended || !is_wanted(b, type))
		return;
	const int added = browsed_add(&b->browsed, type, domain, b->options.types_max);
	if (added == SDREG_E_LIMIT)
		browser_tell_over(b, &b->was_over_types, b->options.types_max, "service types");
	else if (added < 0)
		error_set(&err, SDREG_E_MEMORY, "out of memory to browse \"%s\"", type);
	browser_tell_error(b, &err);
	browser_go_on(b);
}

static void on_types_over(void *user, const struct backend_fault *fault)
{
	struct sdreg_browser *const b = user;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended)
		return;
	b->types = BROWSED_OVER;
	if (fault != NULL)
		error_set(&err, fault->code, "the search for %s has ended: %s", browser_aim(b),
			fault->reason);
	browser_tell_error(b, &err);
	browser_go_on(b);
}

static void on_over(void *user, void *owner, const struct backend_fault *fault)
{
	struct sdreg_browser *const b = user;
	struct browsed_type *const browsed = owner;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended)
		return;
	if (fault != NULL) {
		error_set(&err, fault->code, "the search for services of type \"%s\" has ended: %s",
			browsed->text, fault->reason);
		b->backend->release(b->backend, browsed->handle);
		browsed->handle = NULL;
	}
	browsed_set(&b->browsed, browsed, BROWSED_OVER);
	browser_tell_error(b, &err);
	for (struct sdreg_service *s = b->services.first; s != NULL; s = s->next)
		if (s->seen_by == browsed)
			browser_settle(b, s);
	browser_go_on(b);
}

/* ---- services ---- */

static struct sdreg_service *add_service(struct sdreg_browser *b, struct browsed_type *browsed,
	const struct backend_service *seen, struct sdreg_error *err)
{
	if (b->services.count >= b->options.services_max) {
		browser_tell_over(b, &b->was_over_services, b->options.services_max, "services");
		return NULL;
	}
	struct service_type *const type =
		browsed_service_type(browsed, seen->type, &b->options, err);
	if (type == NULL) {
		if (browsed->is_refused && err->code != SDREG_E_MEMORY)
			err->code = 0;
		browsed->is_refused = 1;
		return NULL;
	}
	struct sdreg_service *const service = service_new(seen, type, err);
	if (service == NULL)
		return NULL;
	service->seen_by = browsed;
	services_add(&b->services, service);
	return service;
}

/* Once: a program that goes on is not told again and again. */
static void count_in(struct sdreg_browser *b, const struct sighting *sighting)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (!crowd_add(&b->crowd, sighting->place.interface, sighting->place.protocol) ||
		b->was_crowded)
		return;
	b->was_crowded = 1;
	error_set(&err, SDREG_E_LIMIT,
		"with %d services on %s the picture may be incomplete: "
		"%s drops what its cache has no room for, 4,096 records of an interface unless "
		"cache-entries-max in avahi-daemon.conf says more",
		CROWD_NEAR,
		sighting->place.interface_name[0] != '\0' ? sighting->place.interface_name
							  : "one interface",
		b->backend->daemon);
	browser_tell(b, SDREG_EVENT_WARNING, NULL, &err);
}

static void see(struct sdreg_browser *b, struct browsed_type *browsed,
	const struct backend_place *place, const struct backend_service *seen,
	struct sdreg_error *err)
{
	struct sdreg_service *service = services_find(&b->services, seen);
	if (service == NULL)
		service = add_service(b, browsed, seen, err);
	if (service == NULL)
		return;
	const int is_new = service->sightings == NULL;
	struct sighting *sighting = service_find(service, place);
	if (sighting != NULL) {
		sighting->sources |= browsed->source;
		return;
	}
	sighting = service_add(service, place);
	if (sighting == NULL) {
		error_set(err, SDREG_E_MEMORY,
			"out of memory for the service \"%s\" of type \"%s\"", seen->name,
			seen->type);
		if (is_new) {
			services_take(&b->services, service);
			service_free(service);
		}
		return;
	}
	sighting->sources = browsed->source;
	b->found_at = browser_now(b);
	if (is_new)
		browser_tell(b, SDREG_EVENT_ADDED, service, NULL);
	browser_tell_place(b, SDREG_EVENT_PLACE_ADDED, sighting);
	count_in(b, sighting);
	if (b->options.no_resolve)
		return;
	if (service->told == SERVICE_TOLD_FAILED)
		service->told = SERVICE_TOLD_NOTHING;
	browser_ask(b, sighting);
}

static void on_found(void *user, void *browsed, const struct backend_place *place,
	const struct backend_service *seen)
{
	struct sdreg_browser *const b = user;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended)
		return;
	see(b, browsed, place, seen, &err);
	browser_tell_error(b, &err);
	browser_go_on(b);
}

static void lose(struct sdreg_browser *b, const struct browsed_type *browsed,
	const struct backend_place *place, const struct backend_service *seen)
{
	struct sdreg_service *const service = services_find(&b->services, seen);
	struct sighting *const sighting = service != NULL ? service_find(service, place) : NULL;
	if (sighting == NULL)
		return;
	sighting->sources &= ~browsed->source;
	if (sighting->sources != 0)
		return;
	resolving_drop(&b->resolving, sighting);
	if (!b->options.no_resolve)
		browser_ask_others(b, sighting);
	browser_leave_host(b, sighting);
	crowd_take(&b->crowd, sighting->place.interface, sighting->place.protocol);
	browser_tell_place(b, SDREG_EVENT_PLACE_REMOVED, sighting);
	service_drop(service, sighting);
	if (service->sightings != NULL) {
		browser_renew(b, service);
		return;
	}
	services_take(&b->services, service);
	browser_tell(b, SDREG_EVENT_REMOVED, service, NULL);
	service_free(service);
}

static void on_gone(void *user, void *browsed, const struct backend_place *place,
	const struct backend_service *seen)
{
	struct sdreg_browser *const b = user;
	if (b->has_ended)
		return;
	lose(b, browsed, place, seen);
	browser_go_on(b);
}

static void tell_unfollowed(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->was_unfollowed)
		return;
	b->was_unfollowed = 1;
	error_set(&err, SDREG_E_LIMIT,
		"there are more services than are followed, %zu: of the "
		"others no change will be told",
		b->resolving.kept_max / 2);
	browser_tell_error(b, &err);
}

static void on_resolved(void *user, void *owner, const struct backend_answer *answer)
{
	struct sdreg_browser *const b = user;
	struct sighting *const sighting = owner;
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->has_ended)
		return;
	service_answer(sighting, answer, ++b->answers, &err);
	browser_tell_error(b, &err);
	browser_join_host(b, sighting);
	if (!sighting->was_told && sighting->place.answer != NULL) {
		sighting->was_told = 1;
		browser_tell_place(b, SDREG_EVENT_PLACE_RESOLVED, sighting);
	}
	const int is_followed = resolving_done(&b->resolving, sighting, 1);
	browser_renew(b, sighting->service);
	if (!is_followed)
		tell_unfollowed(b);
	browser_go_on(b);
}

/* A host that is followed went without a goodbye: what it had told has run out, and it was asked in
 * vain. Where the service is still seen otherwise, only something about it has changed. */
static void silence(struct sdreg_browser *b, struct sighting *sighting,
	const struct backend_fault *fault)
{
	struct sdreg_service *const service = sighting->service;
	if (sighting->place.answer == NULL)
		return;
	service_forget_answer(sighting);
	browser_leave_host(b, sighting);
	if (service_has_answer(service)) {
		browser_renew(b, service);
		return;
	}
	service_unresolve(service);
	service->has_news = 0;
	service->told = SERVICE_TOLD_NOTHING;
	browser_fail(b, sighting, fault);
}

static void on_failed(void *user, void *owner, const struct backend_fault *fault)
{
	struct sdreg_browser *const b = user;
	struct sighting *const sighting = owner;
	if (b->has_ended)
		return;
	if (sighting->asked.stage == SIGHTING_KEPT) {
		if (!b->options.snapshot)
			silence(b, sighting, fault);
		browser_go_on(b);
		return;
	}
	/* A host that was silent may still come, and its resolver would say so. */
	resolving_done(&b->resolving, sighting, fault->code == SDREG_E_LIMIT);
	browser_fail(b, sighting, fault);
	browser_go_on(b);
}

static void on_contested(void *user, void *owner, const char *host, const char *other)
{
	struct sdreg_browser *const b = user;
	const struct sighting *const sighting = owner;
	if (sighting->service->is_contested)
		return;
	sighting->service->is_contested = 1;
	browser_tell_contest(b, sighting->service, host, other);
}

/* ---- addresses ---- */

static void on_address_found(void *user, void *owner, const char *address)
{
	struct sdreg_browser *const b = user;
	struct host *const host = owner;
	const int added = b->has_ended ? 0 : host_add_address(host, address);
	if (added < 0 || (host->is_cut && !b->has_ended))
		browser_lack_address(b, host, added < 0);
	if (added <= 0)
		return;
	host_mark_address(host, address, 0);
	browser_renew_host(b, host);
	browser_go_on(b);
}

static void on_address_gone(void *user, void *owner, const char *address)
{
	struct sdreg_browser *const b = user;
	struct host *const host = owner;
	if (b->has_ended || !host_remove_address(host, address))
		return;
	host_mark_address(host, address, 1);
	browser_renew_host(b, host);
	if (host->is_cut) /* there is room for another one */
		browser_look_up_again(b, host);
	browser_go_on(b);
}

static void on_addresses_over(void *user, void *owner)
{
	struct sdreg_browser *const b = user;
	struct host *const host = owner;
	if (b->has_ended)
		return;
	hosts_over(&b->hosts, host);
	browser_renew_host(b, host);
	browser_go_on(b);
}

/* ---- all ---- */

static void on_tick(void *user)
{
	struct sdreg_browser *const b = user;
	b->wake_at = 0;
	browser_go_on(b);
}

const struct backend_listener browser_listener = {
	.back = on_back,
	.absent = on_absent,
	.lost = on_lost,
	.type_found = on_type_found,
	.domain_found = browser_find_domain,
	.domain_gone = browser_lose_domain,
	.types_over = on_types_over,
	.found = on_found,
	.gone = on_gone,
	.over = on_over,
	.resolved = on_resolved,
	.failed = on_failed,
	.contested = on_contested,
	.address_found = on_address_found,
	.address_gone = on_address_gone,
	.addresses_over = on_addresses_over,
	.tick = on_tick,
};
