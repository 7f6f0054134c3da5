/* SPDX-License-Identifier: MIT */
#include "browser.h"
#include "common/error.h"

/* Who is asked about a service, and what is told of it once that has an outcome. */

enum { NEWS_MS = 100 };

/* A snapshot shows a service once, with all it has: when its type is over and nobody is asked
 * about it any more. Otherwise an answer only waits for those that come at the same time, over the
 * other protocol or from another interface. */
static int is_settled(const struct sdreg_browser *b, const struct sdreg_service *service)
{
	const struct browsed_type *const browsed = service->seen_by;
	if (b->options.snapshot)
		return browsed->state == BROWSED_OVER && !service_is_pending(service);
	return service->view != NULL ? !service_is_awaited(service) : !service_is_pending(service);
}

void browser_tell_outcome(struct sdreg_browser *b, struct sdreg_service *service)
{
	if (service->view != NULL) {
		service->told = SERVICE_TOLD_RESOLVED;
		browser_tell(b, SDREG_EVENT_RESOLVED, service, NULL);
		return;
	}
	if (service->told == SERVICE_TOLD_FAILED)
		return;
	struct sdreg_error err = {.size = sizeof(err)};
	error_set(&err, service->fault.code, "%s", service->fault.reason);
	service->told = SERVICE_TOLD_FAILED;
	browser_tell(b, SDREG_EVENT_FAILED, service, &err);
}

/* What was told of a service holds until another answer comes, or nobody is left to give one. */
static void forget_outcome(struct sdreg_service *service)
{
	if (service->told != SERVICE_TOLD_RESOLVED || service_has_answer(service) ||
		service_is_pending(service))
		return;
	service_unresolve(service);
	service->has_news = 0;
	service->told = SERVICE_TOLD_NOTHING;
}

void browser_settle(struct sdreg_browser *b, struct sdreg_service *service)
{
	if (!b->options.snapshot)
		forget_outcome(service);
	if (b->options.no_resolve || service->told == SERVICE_TOLD_RESOLVED ||
		!is_settled(b, service))
		return;
	browser_tell_outcome(b, service);
}

/* A change comes in pieces: TXT and SRV, one protocol and the other. They are told as one, and not
 * at all of a service that is going away just then. */
void browser_renew(struct sdreg_browser *b, struct sdreg_service *service)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (service->told == SERVICE_TOLD_RESOLVED) {
		service->has_news = 1;
		if (b->news_at == 0)
			b->news_at = browser_now(b) + NEWS_MS;
		return;
	}
	service_refresh(service, &err);
	browser_tell_error(b, &err);
	browser_settle(b, service);
}

void browser_tell_news(struct sdreg_browser *b)
{
	if (b->news_at == 0)
		return;
	b->news_at = 0;
	for (struct sdreg_service *s = b->services.first; s != NULL; s = s->next) {
		struct sdreg_error err = {.size = sizeof(err)};
		if (!s->has_news)
			continue;
		s->has_news = 0;
		if (service_refresh(s, &err) > 0 && !b->options.snapshot)
			browser_tell(b, SDREG_EVENT_CHANGED, s, NULL);
		browser_tell_error(b, &err);
		browser_settle(b, s);
	}
}

/* Where each place is told of, each is asked. */
void browser_ask(struct sdreg_browser *b, struct sighting *sighting)
{
	const struct sighting *s = b->options.places ? NULL : sighting->service->sightings;
	while (s != NULL &&
		(s == sighting || s->place.interface != sighting->place.interface ||
			(s->asked.stage == SIGHTING_IDLE && s->place.answer == NULL)))
		s = s->next;
	if (s == NULL)
		resolving_add(&b->resolving, sighting);
}

void browser_ask_others(struct sdreg_browser *b, const struct sighting *sighting)
{
	for (struct sighting *s = sighting->service->sightings; s != NULL; s = s->next)
		if (s != sighting && s->place.interface == sighting->place.interface &&
			!s->asked.was_asked)
			resolving_add(&b->resolving, s);
}

void browser_fail(struct sdreg_browser *b, struct sighting *sighting,
	const struct backend_fault *fault)
{
	if (!b->options.no_resolve)
		browser_ask_others(b, sighting);
	sighting->service->fault = *fault;
	browser_settle(b, sighting->service);
}
