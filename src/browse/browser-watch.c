/* SPDX-License-Identifier: MIT */
#include "browser.h"

#include "browse/service/error.h"

#include <string.h>

/* Starting the searches for types and services. */

static void tell_refused(struct sdreg_browser *b, const char *type,
	const struct backend_fault *fault)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const int code = fault->code < 0 ? fault->code : SDREG_E_DAEMON;
	if (type == NULL)
		browse_error(&err, code, "the %s here cannot be searched for: %s", browser_aim(b),
			fault->reason);
	else
		browse_error(&err, code, "services of type \"%s\" cannot be browsed: %s", type,
			fault->reason);
	browser_tell_error(b, &err);
}

static int yield_watch(struct sdreg_browser *b)
{
	struct watch *w = b->options.snapshot ? b->watches.first : NULL;
	while (w != NULL && (w->state != WATCH_OVER || w->handle == NULL))
		w = w->next;
	if (w == NULL)
		return 0;
	b->backend->release(b->backend, w->handle);
	w->handle = NULL;
	return 1;
}

int browser_yield(struct sdreg_browser *b)
{
	if (!browser_yield_host(b) && !yield_watch(b))
		return 0;
	b->resolving.retry_at = 0;
	b->watch_at = 0;
	return 1;
}

void browser_tell_full(struct sdreg_browser *b, const struct backend_fault *fault)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->was_full)
		return;
	browse_error(&err, SDREG_E_LIMIT,
		"%s; until then some services, or their hosts, stay unknown", fault->reason);
	b->was_full = 1;
	browser_tell_error(b, &err);
}

/* 1 to give up. 0 to try again, and with a pause before. */
static int is_final(struct sdreg_browser *b, const struct backend_fault *fault, unsigned *tries,
	uint64_t now)
{
	if (fault->code < 0)
		return 1;
	if (fault->code == BACKEND_QUOTA) {
		if (!b->options.snapshot && resolving_is_idle(&b->resolving))
			browser_tell_full(b, fault);
	} else if (++*tries >= RESOLVING_TRIES) {
		return 1;
	}
	b->watch_at = now + RESOLVING_RETRY_MS;
	return 0;
}

static void watch_types(struct sdreg_browser *b, uint64_t now)
{
	struct backend_fault fault = {0};
	const int result = b->options.domains
		? b->backend->watch_domains(b->backend, b->domain, &fault)
		: b->backend->watch_types(b->backend, b->domain, &fault);
	if (result == 0) {
		b->types = WATCH_OPEN;
		return;
	}
	if (!is_final(b, &fault, &b->types_tries, now))
		return;
	b->types = WATCH_OVER;
	tell_refused(b, NULL, &fault);
}

static void *open_watch(struct sdreg_browser *b, struct watch *w, struct backend_fault *fault)
{
	void *handle;
	do
		handle = b->backend->watch(b->backend, w->type, w->domain, w, fault);
	while (handle == NULL && fault->code == BACKEND_QUOTA &&
		(browser_yield(b) || resolving_yield(&b->resolving)));
	return handle;
}

static void watch(struct sdreg_browser *b, struct watch *w, uint64_t now)
{
	struct backend_fault fault = {0};
	w->handle = open_watch(b, w, &fault);
	if (w->handle != NULL) {
		watches_set(&b->watches, w, WATCH_OPEN);
		return;
	}
	if (!is_final(b, &fault, &w->tries, now))
		return;
	watches_set(&b->watches, w, WATCH_OVER);
	tell_refused(b, w->type, &fault);
}

void browser_watch(struct sdreg_browser *b, uint64_t now)
{
	if (now < b->watch_at)
		return;
	b->watch_at = 0;
	if (b->types == WATCH_WAITING)
		watch_types(b, now);
	for (struct watch *w = b->watches.first;
		w != NULL && b->watches.waiting > 0 && b->watch_at == 0; w = w->next)
		if (w->state == WATCH_WAITING)
			watch(b, w, now);
}
