/* SPDX-License-Identifier: MIT */
#include "browser.h"

#include "browse/service/text.h"
#include "common/error.h"
#include "common/sized.h"

#include <stdlib.h>
#include <string.h>

enum {
	TIMEOUT_MS = 20000,
	WINDOW = 16,
	FOLLOW = 1024,
	SPENT_MAX = 16, /* resolvers of a snapshot that have answered */
	SERVICES_MAX = 20000,
	TYPES_MAX = 4000,
	FOLLOW_AT_ONCE = 8, /* services that are begun to be followed without a pause */
	FOLLOW_PAUSE_MS = 10,
	QUIET_MS = 200, /* mDNS answers within 120 ms (RFC 6762 section 6) */
};

/* ---- a browser ---- */

static void set_limits(struct sdreg_browser *b)
{
	struct sdreg_browse_options *const options = &b->options;
	if (options->timeout_ms == 0)
		options->timeout_ms = TIMEOUT_MS;
	if (options->services_max == 0)
		options->services_max = SERVICES_MAX;
	if (options->types_max == 0)
		options->types_max = TYPES_MAX;
	b->resolving.window = options->window > 0 ? options->window : WINDOW;
	b->resolving.follows = !options->snapshot;
	b->resolving.kept_max = SPENT_MAX;
	/* mostly a service is seen twice, over IPv4 and IPv6 */
	if (!options->snapshot)
		b->resolving.kept_max =
			2 * (size_t)(options->follow > 0 ? options->follow : FOLLOW);
}

/* What is to be browsed. */
static int set_aim(struct sdreg_browser *b, struct sdreg_error *err)
{
	const struct sdreg_browse_options *const options = &b->options;
	const int result = text_copy(options->domain, &b->domain);
	if (result == SDREG_E_SYNTAX)
		return error_set(err, result, "the domain has a NUL in it");
	if (result < 0 || services_init(&b->services) < 0)
		return error_set(err, SDREG_E_MEMORY,
			"out of memory: the network cannot be browsed");
	b->all_types = options->domains || options->types == NULL || options->types_count == 0;
	b->types = b->all_types ? BROWSED_WAITING : BROWSED_OVER;
	if (options->domains)
		return SDREG_OK;
	return browsed_read(&b->browsed, options->types, options->types_count, b->domain, err);
}

struct sdreg_browser *browser_new(const struct sdreg_browse_options *given, sdreg_event_fn *fn,
	void *user, struct sdreg_error *err)
{
	struct sdreg_browse_options options = {0};
	if (!sized_take(&options, sizeof(options), given) || options.registry == NULL ||
		fn == NULL) {
		error_set(err, SDREG_E_ARGUMENT,
			"a browser needs options with their size, a registry in them, and a "
			"function for events");
		return NULL;
	}
	struct sdreg_browser *const b = calloc(1, sizeof(*b));
	if (b == NULL) {
		error_set(err, SDREG_E_MEMORY, "out of memory: the network cannot be browsed");
		return NULL;
	}
	b->options = options;
	b->fn = fn;
	b->user = user;
	set_limits(b);
	if (set_aim(b, err) == SDREG_OK)
		return b;
	sdreg_browser_free(b);
	return NULL;
}

void browser_attach(struct sdreg_browser *b, struct backend *backend)
{
	/* the caller's, and not there any more when this is over */
	b->options.types = NULL;
	b->options.domain = b->options.interface = (struct sdreg_text){NULL, 0};
	b->backend = backend;
	b->resolving.backend = backend;
	b->deadline = UINT64_MAX;
	if (b->options.snapshot)
		b->deadline = browser_now(b) + b->options.timeout_ms;
	browser_go_on(b);
}

void sdreg_browser_free(struct sdreg_browser *b)
{
	if (b == NULL)
		return;
	if (b->backend != NULL)
		b->backend->free(b->backend); /* at once, instead of handle by handle */
	hosts_clear(&b->hosts);
	services_clear(&b->services);
	browsed_clear(&b->browsed);
	domains_clear(&b->domains);
	free(b->domain);
	free(b);
}

void sdreg_browser_count(const struct sdreg_browser *b, size_t *known, size_t *pending,
	size_t *failed)
{
	size_t waiting = 0;
	size_t silent = 0;
	for (const struct sdreg_service *s = b->services.first; s != NULL; s = s->next) {
		silent += s->told == SERVICE_TOLD_FAILED;
		waiting += s->told == SERVICE_TOLD_NOTHING && s->view == NULL;
	}
	if (known != NULL)
		*known = b->services.count;
	if (pending != NULL)
		*pending = b->options.no_resolve ? 0 : waiting;
	if (failed != NULL)
		*failed = silent;
}

/* ---- the end of a snapshot ---- */

static void end(struct sdreg_browser *b)
{
	browser_tell_news(b);
	browser_tell(b, SDREG_EVENT_END, NULL, NULL);
	b->backend->stop(b->backend);
}

/* The daemon says a second after a question that all was told, also when it has not yet read all
 * that came: as long as something new keeps coming, there is more. Its cache is told at once. */
static uint64_t quiet_at(const struct sdreg_browser *b)
{
	return b->options.cached ? 0 : b->found_at + QUIET_MS;
}

/* Nothing is at work. */
static int is_idle(const struct sdreg_browser *b)
{
	return b->is_up && b->types == BROWSED_OVER && b->browsed.open + b->browsed.waiting == 0 &&
		b->hosts.pending == 0 && resolving_is_idle(&b->resolving);
}

/* All in one: somebody may have invented thousands of types. */
static void tell_unfinished_types(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct browsed_type *first = NULL;
	size_t count = 0;
	for (const struct browsed_type *t = b->browsed.first; t != NULL; t = t->next) {
		if (t->state == BROWSED_OVER)
			continue;
		first = first != NULL ? first : t;
		count++;
	}
	if (count == 1)
		error_set(&err, SDREG_E_LIMIT,
			"the search for services of type \"%s\" was not "
			"over within %u ms: there may be more",
			first->text, b->options.timeout_ms);
	else if (count > 1)
		error_set(&err, SDREG_E_LIMIT,
			"the searches for services of %zu types, such as "
			"\"%s\", were not over within %u ms: there may be more",
			count, first->text, b->options.timeout_ms);
	browser_tell_error(b, &err);
}

static void tell_unfinished(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->types != BROWSED_OVER)
		error_set(&err, SDREG_E_LIMIT,
			"the search for %s was not over within %u ms: there may be more",
			browser_aim(b), b->options.timeout_ms);
	browser_tell_error(b, &err);
	tell_unfinished_types(b);
}

static void end_early(struct sdreg_browser *b)
{
	static const struct backend_fault late = {SDREG_E_LIMIT,
		"no answer before the time for the whole browse was up"};
	struct sdreg_error err = {.size = sizeof(err)};
	if (!b->is_up) {
		error_set(&err, SDREG_E_DAEMON,
			"no %s came within %u ms: start it, e.g. "
			"systemctl start %s",
			b->backend->daemon, b->options.timeout_ms, b->backend->daemon);
		browser_tell(b, SDREG_EVENT_DAEMON_LOST, NULL, &err);
		end(b);
		return;
	}
	for (struct sdreg_service *s = b->services.first; s != NULL; s = s->next) {
		if (b->options.no_resolve || s->told != SERVICE_TOLD_NOTHING)
			continue;
		if (service_is_pending(s))
			s->fault = late;
		browser_tell_outcome(b, s);
	}
	tell_unfinished(b);
	end(b);
}

/* ---- going on ---- */

static void set_clock(struct sdreg_browser *b, uint64_t now)
{
	uint64_t next = b->deadline;
	if (b->is_up && !b->options.no_resolve) {
		const uint64_t resolve_at = resolving_next(&b->resolving);
		next = resolve_at < next ? resolve_at : next;
	}
	if (b->is_up && (b->browsed.waiting > 0 || b->types == BROWSED_WAITING) &&
		b->search_at < next)
		next = b->search_at;
	if (b->news_at != 0 && b->news_at < next)
		next = b->news_at;
	if (b->is_up && !b->options.snapshot && b->hosts.unfollowed + b->hosts.unswept > 0 &&
		b->turn_at < next)
		next = b->turn_at;
	if (b->resolving.unfollowed > 0 && b->follow_at < next)
		next = b->follow_at;
	if (b->options.snapshot && is_idle(b) && quiet_at(b) < next)
		next = quiet_at(b);
	/* A clock that rings early is only asked again: setting it for each event costs more. */
	if (next == UINT64_MAX || (b->wake_at != 0 && b->wake_at <= next && b->wake_at > now))
		return;
	const uint64_t in = next > now ? next - now : 1;
	b->wake_at = now + in;
	b->backend->wake(b->backend, in < INT32_MAX ? (unsigned)in : INT32_MAX);
}

static void resolve(struct sdreg_browser *b, uint64_t now)
{
	static const struct backend_fault silent = {SDREG_E_DAEMON,
		"the daemon said nothing for 7 seconds"};
	struct backend_fault fault;
	struct sighting *s;
	while ((s = resolving_slow(&b->resolving, now)) != NULL) {
		browser_ask_others(b, s); /* not one after the other, each for five seconds */
		browser_settle(b, s->service);
	}
	while ((s = resolving_overdue(&b->resolving, now)) != NULL)
		browser_fail(b, s, &silent);
	do
		while ((s = resolving_start(&b->resolving, now, &fault)) != NULL)
			browser_fail(b, s, &fault);
	while (fault.code == BACKEND_QUOTA && browser_yield(b));
	/* What is at work will make room; a snapshot has its own end. */
	if (fault.code == BACKEND_QUOTA && !b->options.snapshot &&
		b->resolving.fresh.count + b->resolving.slow.count == 0)
		browser_tell_full(b, &fault);
}

static int is_followed(const struct sdreg_service *service)
{
	const struct sighting *s = service->sightings;
	while (s != NULL && !s->asked.is_followed)
		s = s->next;
	return s != NULL;
}

/* The daemon takes no more, and gave room to what is newer. Once, when it is known of how many. */
static void tell_lost_changes(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	size_t count = 0;
	if (!b->resolving.has_lost || b->was_unfollowed || b->resolving.unfollowed > 0 ||
		!resolving_is_idle(&b->resolving))
		return;
	b->resolving.has_lost = 0;
	for (const struct sdreg_service *s = b->services.first; s != NULL; s = s->next)
		count += s->view != NULL && !is_followed(s);
	if (count == 0)
		return;
	b->was_unfollowed = 1;
	if (b->resolving.no_memory)
		error_set(&err, SDREG_E_MEMORY,
			"there is no memory to follow %zu of %zu services: of them changes are "
			"told late or not at all",
			count, b->services.count);
	else
		error_set(&err, SDREG_E_LIMIT,
			"%zu of %zu services are not followed, as %s takes no more of one user: "
			"of them changes are told late or not at all",
			count, b->services.count, b->backend->daemon);
	browser_tell_error(b, &err);
}

/* Each costs two calls that wait for the daemon: between them is time for whoever sits before a
 * screen. */
static void follow(struct sdreg_browser *b, uint64_t now)
{
	unsigned count = 0;
	if (now < b->follow_at)
		return;
	while (count < FOLLOW_AT_ONCE && resolving_follow(&b->resolving))
		count++;
	b->follow_at = now + FOLLOW_PAUSE_MS;
	tell_lost_changes(b);
}

void browser_go_on(struct sdreg_browser *b)
{
	if (b->has_ended)
		return;
	const uint64_t now = browser_now(b);
	if (b->news_at != 0 && now >= b->news_at)
		browser_tell_news(b);
	if (b->is_up) {
		browser_start_searches(b, now);
		resolve(b, now);
		follow(b, now);
		browser_turn_hosts(b, now);
	}
	if (now >= b->deadline)
		end_early(b);
	else if (b->options.snapshot && is_idle(b) && now >= quiet_at(b))
		end(b);
	else
		set_clock(b, now);
}
