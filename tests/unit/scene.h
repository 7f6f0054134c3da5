/* SPDX-License-Identifier: MIT */
#ifndef SCENE_H
#define SCENE_H

/* A browser on a network that is made up, step by step: what the network says, what the user is
 * told and what the backend is asked, as lines of text, and a clock that rings when it was set. For
 * one source, after table.h; to be linked with --wrap=clock_gettime and --wrap=free. */

#include "failing.h"

#include "browse/browser.h"

#include <sdreg/browse.h>
#include <time.h>

enum { RINGS_MAX = 2000 }; /* of the clock without an end: nobody sets it for nothing */

void __real_free(void *block);
void __wrap_free(void *block);

void __wrap_free(void *block)
{
	blocks -= block != NULL;
	__real_free(block);
}

static long long now_ms = 1000000;
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
	(void)clock;
	*now = (struct timespec){now_ms / 1000, now_ms % 1000 * 1000000};
	return 0;
}

struct lines {
	char *text; /* a malloc() that does not fail */
	size_t len;
};

/* What the browser has open: a browse, a resolver, a look-up. */
struct handle {
	struct handle *next;
	void *owner;
	char label[400]; /* what it was asked */
};

struct scene {
	struct backend backend; /* the first, so that a pointer to it is one to this */
	struct sdreg_browser *browser;
	struct lines told; /* the user */
	struct lines asked; /* the backend */
	struct handle *handles; /* the newest first */
	size_t open;
	size_t quota; /* handles that may be open */
	struct backend_fault refuse_types; /* with a code: what is said instead of doing it */
	struct backend_fault refuse_browse;
	struct backend_fault refuse_resolve;
	struct backend_fault refuse_look_up;
	int refuse_follow;
	long long rings_at; /* 0: never */
	size_t rings;
	int last_code; /* of the last error, 0 for none */
	long blocks; /* allocated before it all began */
	int is_stopped;
	long long takes_ms; /* that an event takes the user */
};

static const struct backend_place scene_places[] = {{2, 4, "eth0", 0}, {2, 6, "eth0", 0},
	{3, 4, "wlan0", 0}, {3, 6, "wlan0", 0}, {0, 0, "", 0}, {1, 4, "lo", 1}};
enum { ETH4, ETH6, WLAN4, WLAN6, NOWHERE, LO4 };

/* ---- lines ---- */

__attribute__((format(printf, 2, 3))) static void note(struct lines *lines, const char *format, ...)
{
	char line[1000];
	va_list args;
	va_start(args, format);
	const int len = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	assert_true(len >= 0 && (size_t)len < sizeof(line));
	lines->text = __real_realloc(lines->text, lines->len + (size_t)len + 2);
	assert_non_null(lines->text);
	memcpy(lines->text + lines->len, line, (size_t)len);
	memcpy(lines->text + lines->len + len, "\n", 2);
	lines->len += (size_t)len + 1;
}

static void forget(struct lines *lines)
{
	lines->len = 0;
	if (lines->text != NULL)
		lines->text[0] = '\0';
}

static inline size_t count_lines(const struct lines *lines, const char *start)
{
	size_t count = 0;
	for (const char *at = lines->text; at != NULL && *at != '\0'; at = strchr(at, '\n') + 1)
		count += strncmp(at, start, strlen(start)) == 0;
	return count;
}

/* All that came since the last time, and forgets it. */
static void assert_lines(struct lines *lines, const char *wanted)
{
	assert_string_equal(lines->text != NULL ? lines->text : "", wanted);
	forget(lines);
}

/* ---- the backend ---- */

static struct scene *scene_of(struct backend *backend)
{
	return (struct scene *)backend;
}

static const char *or_dash(const char *text)
{
	return text != NULL ? text : "-";
}

static int scene_types(struct backend *backend, const char *domain, struct backend_fault *fault)
{
	*fault = scene_of(backend)->refuse_types;
	note(&scene_of(backend)->asked, "types %s", or_dash(domain));
	return fault->code == 0 ? 0 : -1;
}

static int scene_domains(struct backend *backend, const char *domain, struct backend_fault *fault)
{
	*fault = scene_of(backend)->refuse_types;
	note(&scene_of(backend)->asked, "domains %s", or_dash(domain));
	return fault->code == 0 ? 0 : -1;
}

__attribute__((format(printf, 5, 6))) static void *scene_open(struct scene *s, void *owner,
	const struct backend_fault *refuse, struct backend_fault *fault, const char *format, ...)
{
	struct handle *const h = __real_malloc(sizeof(*h));
	va_list args;
	assert_true(h != NULL && !s->is_stopped);
	va_start(args, format);
	vsnprintf(h->label, sizeof(h->label), format, args);
	va_end(args);
	*fault = *refuse;
	if (fault->code == 0 && s->open >= s->quota)
		*fault = (struct backend_fault){BACKEND_QUOTA, "there are too many"};
	note(&s->asked, "%s%s", h->label, fault->code == 0 ? "" : ": refused");
	if (fault->code != 0) {
		__real_free(h);
		return NULL;
	}
	h->owner = owner;
	h->next = s->handles;
	s->handles = h;
	s->open++;
	return h;
}

static void *scene_browse(struct backend *backend, const char *type, const char *domain,
	void *owner, struct backend_fault *fault)
{
	struct scene *const s = scene_of(backend);
	return scene_open(s, owner, &s->refuse_browse, fault, "browse %s %s", type,
		or_dash(domain));
}

static void *scene_resolve(struct backend *backend, const struct backend_place *place,
	const struct backend_service *service, void *owner, struct backend_fault *fault)
{
	struct scene *const s = scene_of(backend);
	assert_int_equal(strncmp(service->type, "_presence._", 11), 0);
	return scene_open(s, owner, &s->refuse_resolve, fault, "resolve %s %s%d", service->name,
		place->name, place->protocol);
}

static int scene_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer)
{
	assert_non_null(resolver);
	note(&scene_of(backend)->asked, "follow %s %s%d %s %s %d", service->name, place->name,
		place->protocol, answer->host, answer->address, answer->port);
	return !scene_of(backend)->refuse_follow;
}

static void *scene_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault)
{
	struct scene *const s = scene_of(backend);
	return scene_open(s, owner, &s->refuse_look_up, fault, "look up %s %d", host, interface);
}

static void scene_release(struct backend *backend, void *handle)
{
	struct scene *const s = scene_of(backend);
	struct handle **at = &s->handles;
	while (*at != NULL && *at != handle)
		at = &(*at)->next;
	assert_non_null(*at); /* each once, and none that was never given */
	struct handle *const h = *at;
	*at = h->next;
	s->open--;
	note(&s->asked, "release %s", h->label);
	__real_free(h);
}

static void scene_wake(struct backend *backend, unsigned ms)
{
	assert_true(ms > 0 && !scene_of(backend)->is_stopped);
	scene_of(backend)->rings_at = now_ms + ms;
}

static void scene_stop(struct backend *backend)
{
	struct scene *const s = scene_of(backend);
	assert_false(s->is_stopped);
	s->is_stopped = 1;
	s->rings_at = 0;
}

static void scene_drop_handles(struct scene *s)
{
	while (s->handles != NULL)
		scene_release(&s->backend, s->handles);
}

static void scene_free(struct backend *backend)
{
	scene_drop_handles(scene_of(backend));
}

/* ---- what is told ---- */

static const char *const event_words[] = {[SDREG_EVENT_ADDED] = "added",
	[SDREG_EVENT_RESOLVED] = "resolved",
	[SDREG_EVENT_CHANGED] = "changed",
	[SDREG_EVENT_REMOVED] = "removed",
	[SDREG_EVENT_FAILED] = "failed",
	[SDREG_EVENT_DAEMON_LOST] = "lost",
	[SDREG_EVENT_DAEMON_BACK] = "back",
	[SDREG_EVENT_ERROR] = "error",
	[SDREG_EVENT_END] = "end",
	[SDREG_EVENT_PLACE_ADDED] = "place added",
	[SDREG_EVENT_PLACE_RESOLVED] = "place resolved",
	[SDREG_EVENT_PLACE_REMOVED] = "place removed",
	[SDREG_EVENT_WARNING] = "warning",
	[SDREG_EVENT_DOMAIN_ADDED] = "domain added",
	[SDREG_EVENT_DOMAIN_REMOVED] = "domain removed"};

/* Host, port, addresses and TXT: "h.local:5298 10.0.0.1 fe80::1 {a=1|b}". */
static void describe(const struct sdreg_service *service, char *to, size_t size)
{
	struct sdreg_text text;
	const char *address;
	size_t len = 0;
	to[0] = '\0';
	if (!sdreg_service_is_resolved(service))
		return;
	len = (size_t)snprintf(to, size, " %s:%d", sdreg_service_host(service),
		sdreg_service_port(service));
	for (size_t i = 0; (address = sdreg_service_address(service, i)) != NULL; i++)
		len += (size_t)snprintf(to + len, size - len, " %s", address);
	for (size_t i = 0; sdreg_service_txt(service, i, &text); i++)
		len += (size_t)snprintf(to + len, size - len, "%s%.*s", i == 0 ? " {" : "|",
			(int)text.len, text.at);
	if (sdreg_service_txt(service, 0, &text))
		snprintf(to + len, size - len, "}");
}

static void scene_tell(void *user, const struct sdreg_event *event)
{
	struct scene *const s = user;
	const struct sdreg_service *const service = sdreg_event_service(event);
	const struct sdreg_place *const place = sdreg_event_place(event);
	const struct sdreg_error *const error = sdreg_event_error(event);
	const char *const word = event_words[sdreg_event_kind(event)];
	char seen[800] = "";
	assert_false(s->is_stopped);
	s->last_code = error != NULL ? (int)error->code : 0;
	now_ms += s->takes_ms;
	if (place != NULL)
		snprintf(seen, sizeof(seen), " %s%d", sdreg_place_interface(place),
			sdreg_place_protocol(place));
	else if (service != NULL)
		describe(service, seen, sizeof(seen));
	if (error != NULL)
		note(&s->told, "%s%s%s: %s", word, service != NULL ? " " : "",
			service != NULL ? sdreg_service_name(service) : "", error->text);
	else if (sdreg_event_domain(event) != NULL)
		note(&s->told, "%s %s%s", word, sdreg_event_domain(event), seen);
	else if (service != NULL)
		note(&s->told, "%s %s%s", word, sdreg_service_name(service), seen);
	else
		note(&s->told, "%s", word);
}

/* ---- a browse ---- */

static const struct row scene_rows[] = {{"presence", NULL, NULL, "Who is there", NULL}};
static struct sdreg_registry *scene_registry;
static const struct sdreg_text presence[] = {{"_presence._tcp", 14}, {"_presence._udp", 14}};

static int scene_set_up(void **state)
{
	(void)state;
	scene_registry = table_registry(scene_rows, 1, 0);
	return 0;
}

static int scene_tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(scene_registry);
	return 0;
}

/* Begins; the daemon is not there as yet. */
static void scene_begin(struct scene *s, const struct sdreg_browse_options *given)
{
	struct sdreg_browse_options options = *given;
	struct sdreg_error err = {.size = sizeof(err)};
	const size_t quota = s->quota;
	*s = (struct scene){.quota = quota > 0 ? quota : SIZE_MAX,
		.blocks = blocks,
		.backend = {.daemon = "test-daemon",
			.browse_types = scene_types,
			.browse_domains = scene_domains,
			.browse = scene_browse,
			.resolve = scene_resolve,
			.follow = scene_follow,
			.look_up = scene_look_up,
			.release = scene_release,
			.wake = scene_wake,
			.stop = scene_stop,
			.free = scene_free}};
	options.size = sizeof(options);
	options.registry = scene_registry;
	s->browser = browser_new(&options, scene_tell, s, &err);
	assert_non_null(s->browser);
	browser_attach(s->browser, &s->backend);
}

/* The daemon is there. */
static inline void scene_start(struct scene *s, const struct sdreg_browse_options *options)
{
	scene_begin(s, options);
	browser_listener.back(s->browser);
}

/* Looks for one type of services, whose search is asked for; forgets what that took. */
static inline void scene_presence(struct scene *s, struct sdreg_browse_options options)
{
	options.types = presence;
	options.types_count = 1;
	scene_start(s, &options);
	assert_lines(&s->told, "");
	assert_lines(&s->asked, "browse _presence._tcp -\n");
}

static void scene_end(struct scene *s)
{
	sdreg_browser_free(s->browser);
	assert_int_equal(s->open, 0);
	__real_free(s->told.text);
	__real_free(s->asked.text);
	assert_int_equal(blocks, s->blocks); /* nothing is left */
}

/* Time goes by; the clock rings whenever it was set for. */
static inline void pass(struct scene *s, long long ms)
{
	const long long until = now_ms + ms;
	size_t rings = 0;
	while (s->rings_at != 0 && s->rings_at <= until) {
		now_ms = s->rings_at > now_ms ? s->rings_at : now_ms;
		s->rings_at = 0;
		s->rings++;
		assert_true(++rings < RINGS_MAX);
		browser_listener.tick(s->browser);
	}
	now_ms = until;
}

/* ---- what the network says ---- */

static inline void *owner_of(const struct scene *s, const char *label)
{
	const struct handle *h = s->handles;
	while (h != NULL && strcmp(h->label, label) != 0)
		h = h->next;
	if (h == NULL)
		fail_msg("nobody asks: %s", label);
	return h->owner;
}

static inline int is_open(const struct scene *s, const char *label)
{
	const struct handle *h = s->handles;
	while (h != NULL && strcmp(h->label, label) != 0)
		h = h->next;
	return h != NULL;
}

#define TCP "browse _presence._tcp -"

static inline void found(struct scene *s, const char *name, size_t place)
{
	const struct backend_service service = {name, "_presence._tcp", "local"};
	browser_listener.found(s->browser, owner_of(s, TCP), &scene_places[place], &service);
}

static inline void gone(struct scene *s, const char *name, size_t place)
{
	const struct backend_service service = {name, "_presence._tcp", "local"};
	browser_listener.gone(s->browser, owner_of(s, TCP), &scene_places[place], &service);
}

static inline void over(struct scene *s)
{
	browser_listener.over(s->browser, owner_of(s, TCP), NULL);
}

/* Who is asked answers; TXT strings have "|" between. */
static inline void answers(struct scene *s, const char *whom, const char *host, const char *address,
	uint16_t port, const char *txt)
{
	char label[200];
	struct sdreg_text texts[8];
	size_t count = 0;
	for (const char *at = txt; at != NULL && count < 8;) {
		const size_t len = strcspn(at, "|");
		texts[count++] = (struct sdreg_text){at, len};
		at = at[len] == '|' ? at + len + 1 : NULL;
	}
	const struct backend_answer answer = {host, address, port, texts, count};
	snprintf(label, sizeof(label), "resolve %s", whom);
	browser_listener.resolved(s->browser, owner_of(s, label), &answer);
}

static inline void fails_to_answer(struct scene *s, const char *whom, int code, const char *reason)
{
	const struct backend_fault fault = {code, reason};
	char label[200];
	snprintf(label, sizeof(label), "resolve %s", whom);
	browser_listener.failed(s->browser, owner_of(s, label), &fault);
}

#endif
