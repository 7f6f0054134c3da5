/* SPDX-License-Identifier: MIT */
#include "browse/service/event.h"
#include "browser.h"
#include "common/clock.h"
#include "common/error.h"

/* What the user of a browser is told: its events, as they leave. */

uint64_t browser_now(const struct sdreg_browser *b)
{
	return clock_ms() - b->held_ms;
}

/* Whoever prints may wait for a slow reader, meanwhile neither the network nor the daemon is late.
 */
void browser_hand(struct sdreg_browser *b, const struct sdreg_event *event)
{
	const uint64_t since = clock_ms();
	b->fn(b->user, event);
	b->held_ms += clock_ms() - since;
}

void browser_tell(struct sdreg_browser *b, enum sdreg_event_kind kind,
	const struct sdreg_service *service, const struct sdreg_error *error)
{
	if (b->has_ended)
		return;
	b->has_ended = kind == SDREG_EVENT_END;
	const struct sdreg_event event = {.kind = kind, .service = service, .error = error};
	browser_hand(b, &event);
}

void browser_tell_place(struct sdreg_browser *b, enum sdreg_event_kind kind,
	const struct sighting *sighting)
{
	if (b->has_ended || !b->options.places)
		return;
	const struct sdreg_event event = {.kind = kind,
		.service = sighting->service,
		.place = &sighting->place};
	browser_hand(b, &event);
}

void browser_tell_error(struct sdreg_browser *b, const struct sdreg_error *err)
{
	if (err->code != 0)
		browser_tell(b, SDREG_EVENT_ERROR, NULL, err);
}

const char *browser_aim(const struct sdreg_browser *b)
{
	return b->options.domains ? "domains" : "service types";
}

/* Of what anybody on the network may invent without end. */
void browser_tell_over(struct sdreg_browser *b, int *was_told, unsigned max, const char *what)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (*was_told)
		return;
	*was_told = 1;
	error_set(&err, SDREG_E_LIMIT,
		"there are more than %u %s, the most that are kept: the "
		"others stay unknown",
		max, what);
	browser_tell_error(b, &err);
}

void browser_tell_full(struct sdreg_browser *b, const struct backend_fault *fault)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->was_full)
		return;
	error_set(&err, SDREG_E_LIMIT, "%s; until then some services, or their hosts, stay unknown",
		fault->reason);
	b->was_full = 1;
	browser_tell_error(b, &err);
}

void browser_tell_contest(struct sdreg_browser *b, const struct sdreg_service *service,
	const char *host, const char *other)
{
	struct sdreg_error err = {.size = sizeof(err)};
	error_set(&err, SDREG_E_DAEMON,
		"the hosts \"%s\" and \"%s\" both answer for \"%s\" of type \"%s\": what is "
		"shown is one's answer, and one of them should take another name",
		host, other, service->name, service->type->text);
	browser_tell(b, SDREG_EVENT_WARNING, service, &err);
}
