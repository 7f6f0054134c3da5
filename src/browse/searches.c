/* SPDX-License-Identifier: MIT */
#include "browser.h"

#include "common/error.h"

#include <string.h>

/* Starting the searches for types and services. */

static void tell_refused(struct sdreg_browser *b, const char *type,
	const struct backend_fault *fault)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const int code = fault->code < 0 ? fault->code : SDREG_E_DAEMON;
	if (type == NULL)
		error_set(&err, code, "the %s here cannot be searched for: %s", browser_aim(b),
			fault->reason);
	else
		error_set(&err, code, "services of type \"%s\" cannot be browsed: %s", type,
			fault->reason);
	browser_tell_error(b, &err);
}

static int yield_search(struct sdreg_browser *b)
{
	struct browsed_type *type = b->options.snapshot ? b->browsed.first : NULL;
	while (type != NULL && (type->state != BROWSED_OVER || type->handle == NULL))
		type = type->next;
	if (type == NULL)
		return 0;
	b->backend->release(b->backend, type->handle);
	type->handle = NULL;
	return 1;
}

int browser_yield(struct sdreg_browser *b)
{
	if (!browser_yield_host(b) && !yield_search(b))
		return 0;
	b->resolving.retry_at = 0;
	b->search_at = 0;
	return 1;
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
	b->search_at = now + RESOLVING_RETRY_MS;
	return 0;
}

static void browse_types(struct sdreg_browser *b, uint64_t now)
{
	struct backend_fault fault = {0};
	const int result = b->options.domains
		? b->backend->browse_domains(b->backend, b->domain, &fault)
		: b->backend->browse_types(b->backend, b->domain, &fault);
	if (result == 0) {
		b->types = BROWSED_OPEN;
		return;
	}
	if (!is_final(b, &fault, &b->types_tries, now))
		return;
	b->types = BROWSED_OVER;
	tell_refused(b, NULL, &fault);
}

static void *open_search(struct sdreg_browser *b, struct browsed_type *type,
	struct backend_fault *fault)
{
	void *handle;
	do
		handle = b->backend->browse(b->backend, type->text, type->domain, type, fault);
	while (handle == NULL && fault->code == BACKEND_QUOTA &&
		(browser_yield(b) || resolving_yield(&b->resolving)));
	return handle;
}

static void start_search(struct sdreg_browser *b, struct browsed_type *type, uint64_t now)
{
	struct backend_fault fault = {0};
	type->handle = open_search(b, type, &fault);
	if (type->handle != NULL) {
		browsed_set(&b->browsed, type, BROWSED_OPEN);
		return;
	}
	if (!is_final(b, &fault, &type->tries, now))
		return;
	browsed_set(&b->browsed, type, BROWSED_OVER);
	tell_refused(b, type->text, &fault);
}

void browser_start_searches(struct sdreg_browser *b, uint64_t now)
{
	if (now < b->search_at)
		return;
	b->search_at = 0;
	if (b->types == BROWSED_WAITING)
		browse_types(b, now);
	for (struct browsed_type *type = b->browsed.first;
		type != NULL && b->browsed.waiting > 0 && b->search_at == 0; type = type->next)
		if (type->state == BROWSED_WAITING)
			start_search(b, type, now);
}
