/* SPDX-License-Identifier: MIT */
#include "browser.h"

#include "browse/service/error.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	TIMEOUT_MS = 20000,
	WINDOW = 16,
	FOLLOW = 1024,
	SPENT_MAX = 16, /* resolvers of a snapshot that have answered */
	SERVICES_MAX = 20000,
	TYPES_MAX = 4000,
	NEWS_MS = 100,
	FOLLOW_AT_ONCE = 8, /* services that are begun to be followed without a pause */
	FOLLOW_PAUSE_MS = 10,
	QUIET_MS = 200, /* mDNS answers within 120 ms (RFC 6762 section 6) */
};

uint64_t browser_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- a browser ---- */

static int set_options(struct sdreg_browser *b, const struct sdreg_browse_options *options,
	struct sdreg_error *err)
{
	b->options = *options;
	b->options.types = NULL;
	b->options.domain = NULL;
	if (b->options.timeout_ms == 0)
		b->options.timeout_ms = TIMEOUT_MS;
	if (b->options.services_max == 0)
		b->options.services_max = SERVICES_MAX;
	if (b->options.types_max == 0)
		b->options.types_max = TYPES_MAX;
	if (services_init(&b->services) < 0)
		return browse_error(err, SDREG_E_MEMORY, "no memory to browse");
	if (options->domain != NULL && options->domain[0] != '\0') {
		b->domain = strdup(options->domain);
		if (b->domain == NULL)
			return browse_error(err, SDREG_E_MEMORY, "no memory to browse");
	}
	b->options.domain = b->domain;
	b->options.interface = NULL;
	b->all_types = options->domains || options->types == NULL || options->types_count == 0;
	b->types = b->all_types ? WATCH_WAITING : WATCH_OVER;
	struct sdreg_browse_options named = *options;
	named.domain = b->domain;
	if (options->domains)
		return SDREG_OK;
	return watches_read(&b->watches, &named, err);
}

struct sdreg_browser *browser_new(const struct sdreg_browse_options *options, sdreg_event_fn *fn,
	void *user, struct sdreg_error *err)
{
	if (options == NULL || options->registry == NULL || fn == NULL) {
		browse_error(err, SDREG_E_ARGUMENT,
			"a browser needs options, a registry in them, and a function for events");
		return NULL;
	}
	struct sdreg_browser *const b = calloc(1, sizeof(*b));
	if (b == NULL) {
		browse_error(err, SDREG_E_MEMORY, "no memory to browse");
		return NULL;
	}
	b->fn = fn;
	b->user = user;
	b->resolving.window = options->window > 0 ? options->window : WINDOW;
	b->resolving.follows = !options->snapshot;
	b->resolving.kept_max = SPENT_MAX;
	/* mostly a service is seen twice, over IPv4 and IPv6 */
	if (!options->snapshot)
		b->resolving.kept_max =
			2 * (size_t)(options->follow > 0 ? options->follow : FOLLOW);
	if (set_options(b, options, err) == SDREG_OK)
		return b;
	sdreg_browser_free(b);
	return NULL;
}

void browser_attach(struct sdreg_browser *b, struct backend *backend)
{
	b->backend = backend;
	b->resolving.backend = backend;
	b->deadline = UINT64_MAX;
	if (b->options.snapshot)
		b->deadline = browser_now() + b->options.timeout_ms;
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
	watches_clear(&b->watches);
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

/* ---- telling ---- */

void browser_tell(struct sdreg_browser *b, enum sdreg_event_kind kind,
	const struct sdreg_service *service, const struct sdreg_error *error)
{
	if (b->has_ended)
		return;
	b->has_ended = kind == SDREG_EVENT_END;
	const struct sdreg_event event = {kind, service, NULL, error, NULL};
	b->fn(b->user, &event);
}

void browser_tell_place(struct sdreg_browser *b, enum sdreg_event_kind kind,
	const struct sighting *sighting)
{
	if (b->has_ended || !b->options.places)
		return;
	const struct sdreg_place place = service_place(sighting);
	const struct sdreg_event event = {kind, sighting->service, &place, NULL, NULL};
	b->fn(b->user, &event);
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
	browse_error(&err, SDREG_E_LIMIT,
		"there are more than %u %s, the most that are kept: the "
		"others stay unknown",
		max, what);
	browser_tell_error(b, &err);
}

/* A snapshot shows a service once, with all it has: when its type is over and nobody is asked
 * about it any more. Otherwise an answer only waits for those that come at the same time, over the
 * other protocol or from another interface. */
static int is_settled(const struct sdreg_browser *b, const struct sdreg_service *service)
{
	const struct watch *const watch = service->watch;
	if (b->options.snapshot)
		return watch->state == WATCH_OVER && !service_is_pending(service);
	return service->view != NULL ? !service_is_awaited(service) : !service_is_pending(service);
}

static void tell_outcome(struct sdreg_browser *b, struct sdreg_service *service)
{
	if (service->view != NULL) {
		service->told = SERVICE_TOLD_RESOLVED;
		browser_tell(b, SDREG_EVENT_RESOLVED, service, NULL);
		return;
	}
	if (service->told == SERVICE_TOLD_FAILED)
		return;
	struct sdreg_error err = {.size = sizeof(err)};
	browse_error(&err, service->fault.code, "%s", service->fault.reason);
	service->told = SERVICE_TOLD_FAILED;
	browser_tell(b, SDREG_EVENT_FAILED, service, &err);
}

void browser_settle(struct sdreg_browser *b, struct sdreg_service *service)
{
	if (b->options.no_resolve || service->told == SERVICE_TOLD_RESOLVED ||
		!is_settled(b, service))
		return;
	tell_outcome(b, service);
}

/* A change comes in pieces: TXT and SRV, one protocol and the other. They are told as one, and not
 * at all of a service that is going away just then. */
void browser_renew(struct sdreg_browser *b, struct sdreg_service *service)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (service->told == SERVICE_TOLD_RESOLVED) {
		service->has_news = 1;
		if (b->news_at == 0)
			b->news_at = browser_now() + NEWS_MS;
		return;
	}
	service_refresh(service, &err);
	browser_tell_error(b, &err);
	browser_settle(b, service);
}

static void tell_news(struct sdreg_browser *b)
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
	}
}

/* Where each place is told of, each is asked. */
void browser_ask(struct sdreg_browser *b, struct sighting *sighting)
{
	const struct sighting *s = b->options.places ? NULL : sighting->service->sightings;
	while (s != NULL &&
		(s == sighting || s->interface != sighting->interface ||
			(s->stage == SIGHTING_IDLE && s->answer == NULL)))
		s = s->next;
	if (s == NULL)
		resolving_add(&b->resolving, sighting);
}

void browser_ask_others(struct sdreg_browser *b, const struct sighting *sighting)
{
	for (struct sighting *s = sighting->service->sightings; s != NULL; s = s->next)
		if (s != sighting && s->interface == sighting->interface && !s->was_asked)
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

/* ---- the end of a snapshot ---- */

static void end(struct sdreg_browser *b)
{
	tell_news(b);
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
	return b->is_up && b->types == WATCH_OVER && b->watches.open + b->watches.waiting == 0 &&
		b->hosts.pending == 0 && resolving_is_idle(&b->resolving);
}

/* All in one: somebody may have invented thousands of types. */
static void tell_unfinished_types(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct watch *first = NULL;
	size_t count = 0;
	for (const struct watch *w = b->watches.first; w != NULL; w = w->next) {
		if (w->state == WATCH_OVER)
			continue;
		first = first != NULL ? first : w;
		count++;
	}
	if (count == 1)
		browse_error(&err, SDREG_E_LIMIT,
			"the search for services of type \"%s\" was not "
			"over within %u ms: there may be more",
			first->type, b->options.timeout_ms);
	else if (count > 1)
		browse_error(&err, SDREG_E_LIMIT,
			"the searches for services of %zu types, such as "
			"\"%s\", were not over within %u ms: there may be more",
			count, first->type, b->options.timeout_ms);
	browser_tell_error(b, &err);
}

static void tell_unfinished(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->types != WATCH_OVER)
		browse_error(&err, SDREG_E_LIMIT,
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
		browse_error(&err, SDREG_E_DAEMON,
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
		tell_outcome(b, s);
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
	if (b->is_up && (b->watches.waiting > 0 || b->types == WATCH_WAITING) && b->watch_at < next)
		next = b->watch_at;
	if (b->news_at != 0 && b->news_at < next)
		next = b->news_at;
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
	while ((s = resolving_slow(&b->resolving, now)) != NULL)
		browser_settle(b, s->service);
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
}

void browser_go_on(struct sdreg_browser *b)
{
	if (b->has_ended)
		return;
	const uint64_t now = browser_now();
	if (b->news_at != 0 && now >= b->news_at)
		tell_news(b);
	if (b->is_up) {
		browser_watch(b, now);
		resolve(b, now);
		follow(b, now);
	}
	if (now >= b->deadline)
		end_early(b);
	else if (b->options.snapshot && is_idle(b) && now >= quiet_at(b))
		end(b);
	else
		set_clock(b, now);
}
