/* SPDX-License-Identifier: MIT */

/* A browser on a network that is made up: its backend takes so many handles and no more, refuses,
 * goes and comes back, says what nobody should. And all of it with each allocation failing. */

#include "table.h"

#include "failing.h"

#include "browse/service/backend.h"
#include "browse/browser.h"

#include <sdreg/browse.h>
#include <time.h>

/* ---- the clock: goes on when it is told to ---- */

static long long now_ms = 1000000;
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
	(void)clock;
	*now = (struct timespec){now_ms / 1000, now_ms % 1000 * 1000000};
	return 0;
}

/* ---- the network ---- */

struct handle {
	void *owner;
	int is_watch;
	struct handle *next;
};

struct network {
	struct backend backend; /* the first, so that a pointer to it is one to this */
	struct handle *handles;
	size_t open;
	size_t quota; /* handles that may be open */
	struct backend_fault refuse_types; /* with a code: what is said instead of doing it */
	struct backend_fault refuse_watch;
	struct backend_fault refuse_resolve;
};

static struct network *network_of(struct backend *backend)
{
	return (struct network *)backend;
}

static void *take(struct network *n, void *owner, int is_watch, struct backend_fault *fault)
{
	const struct backend_fault *const refuse = is_watch ? &n->refuse_watch : &n->refuse_resolve;
	struct handle *const h = __real_malloc(sizeof(*h));
	*fault = *refuse;
	if (fault->code == 0 && n->open >= n->quota)
		*fault = (struct backend_fault){BACKEND_QUOTA, "there are too many"};
	if (fault->code != 0) {
		free(h);
		return NULL;
	}
	*h = (struct handle){owner, is_watch, n->handles};
	n->handles = h;
	n->open++;
	return h;
}

static int net_watch_types(struct backend *backend, const char *domain, struct backend_fault *fault)
{
	(void)domain;
	*fault = network_of(backend)->refuse_types;
	return fault->code == 0 ? 0 : -1;
}

static void *net_watch(struct backend *backend, const char *type, const char *domain, void *owner,
	struct backend_fault *fault)
{
	(void)domain;
	assert_non_null(type);
	return take(network_of(backend), owner, 1, fault);
}

static void *net_resolve(struct backend *backend, const struct backend_place *place,
	const struct backend_service *service, void *owner, struct backend_fault *fault)
{
	assert_non_null(place->name);
	assert_non_null(service->name);
	return take(network_of(backend), owner, 0, fault);
}

static void net_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer)
{
	(void)backend, (void)place, (void)service;
	assert_true(resolver != NULL && answer->host != NULL);
}

/* Knows no more addresses than the resolver, and says so at once: by giving no handle. */
static void *net_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault)
{
	(void)backend, (void)interface, (void)owner;
	assert_non_null(host);
	fault->code = BACKEND_AWAY;
	return NULL;
}

static void net_release(struct backend *backend, void *handle)
{
	struct network *const n = network_of(backend);
	struct handle **at = &n->handles;
	while (*at != NULL && *at != handle)
		at = &(*at)->next;
	assert_non_null(*at); /* each once, and none that was never given */
	*at = (*at)->next;
	n->open--;
	free(handle);
}

static void net_wake(struct backend *backend, unsigned ms)
{
	(void)backend, (void)ms;
}

static void net_stop(struct backend *backend)
{
	(void)backend;
}

static void drop_handles(struct network *n)
{
	while (n->handles != NULL)
		net_release(&n->backend, n->handles);
}

static void net_free(struct backend *backend)
{
	drop_handles(network_of(backend));
}

static struct network network(size_t quota)
{
	return (struct network){.backend =
					{
						.daemon = "test-daemon",
						.watch_types = net_watch_types,
						.watch_domains = net_watch_types,
						.watch = net_watch,
						.resolve = net_resolve,
						.follow = net_follow,
						.look_up = net_look_up,
						.release = net_release,
						.wake = net_wake,
						.stop = net_stop,
						.free = net_free,
					},
		.quota = quota};
}

/* ---- what is told ---- */

struct told_events {
	unsigned of[SDREG_EVENT_DOMAIN_REMOVED + 1];
};

static void on_event(void *user, const struct sdreg_event *event)
{
	struct told_events *const told = user;
	told->of[event->kind]++;
	if (event->error != NULL)
		assert_true(event->error->code < 0 && event->error->text[0] != '\0');
	if (event->service == NULL)
		return;
	struct sdreg_place place;
	struct sdreg_text text;
	size_t n = 0;
	for (; sdreg_service_place(event->service, n, &place); n++)
		assert_non_null(place.interface);
	for (n = 0; sdreg_service_txt(event->service, n, &text); n++)
		assert_true(text.len <= SDREG_TXT_STRING_MAX);
	assert_non_null(sdreg_service_host(event->service));
	assert_non_null(sdreg_service_type_text(event->service));
}

/* ---- a browse, from its beginning to its end ---- */

struct browse {
	struct network network;
	struct told_events told;
	struct sdreg_browser *browser;
};

static const struct row rows[] = {{"presence", NULL, NULL, "Who is there", NULL}};
static struct sdreg_registry *registry;

/* NULL for want of memory, which has been said. */
static struct sdreg_browser *start(struct browse *b, const struct sdreg_browse_options *options)
{
	struct sdreg_error err = {.size = sizeof(err)};
	memset(&b->told, 0, sizeof(b->told));
	b->browser = browser_new(options, on_event, &b->told, &err);
	assert_true((b->browser != NULL) == (err.code == 0));
	if (b->browser == NULL)
		return NULL;
	browser_attach(b->browser, &b->network.backend);
	return b->browser;
}

static void end(struct browse *b)
{
	size_t known;
	size_t pending;
	size_t failed;
	sdreg_browser_count(b->browser, &known, &pending, &failed);
	assert_true(pending + failed <= known);
	sdreg_browser_free(b->browser);
	assert_int_equal(b->network.open, 0);
}

/* The owner of the nth open handle of a kind, the newest first, or NULL. */
static void *owner(const struct browse *b, int is_watch, size_t nth)
{
	for (const struct handle *h = b->network.handles; h != NULL; h = h->next)
		if (h->is_watch == is_watch && nth-- == 0)
			return h->owner;
	return NULL;
}

static const struct backend_place places[] = {{2, 4, "eth0", 0}, {2, 6, "eth0", 0},
	{3, 4, "wl", 1}};

static void find(struct browse *b, void *watch, const char *name, size_t place)
{
	const struct backend_service service = {name, "_presence._tcp", "local"};
	if (watch != NULL)
		browser_listener.found(b->browser, watch, &places[place], &service);
}

static void lose(struct browse *b, void *watch, const char *name, size_t place)
{
	const struct backend_service service = {name, "_presence._tcp", "local"};
	if (watch != NULL)
		browser_listener.gone(b->browser, watch, &places[place], &service);
}

static void answer(struct browse *b, void *sighting, uint16_t port)
{
	static const struct sdreg_text txt[] = {{"txtvers=1", 9}, {"1st=J\033", 6}, {"", 0}};
	const struct backend_answer found = {"h.local", "192.0.2.1", port, txt, 3};
	if (sighting != NULL)
		browser_listener.resolved(b->browser, sighting, &found);
}

static void tick(struct browse *b)
{
	browser_listener.tick(b->browser);
}

/* Everything that a day on a network brings; of a snapshot too. Always ends well, whatever is
 * refused on the way. */
static int run_day(struct browse *b, const struct sdreg_browse_options *options)
{
	static const struct backend_fault fault = {SDREG_E_DAEMON, "the cable is cut"};
	char name[16];
	if (start(b, options) == NULL)
		return SDREG_E_MEMORY;
	tick(b);
	browser_listener.back(b->browser);
	browser_listener.type_found(b->browser, "_presence._tcp", "local");
	browser_listener.type_found(b->browser, "_presence._tcp", "local");
	browser_listener.type_found(b->browser, "no type", "local");
	browser_listener.type_found(b->browser, "_other._udp", "local");
	browser_listener.types_over(b->browser, NULL);
	void *const watch = owner(b, 1, 0);
	for (size_t i = 0; i < 12; i++) {
		snprintf(name, sizeof(name), "user%zu", i);
		find(b, watch, name, i % 3);
		find(b, watch, name, (i + 1) % 3);
		find(b, watch, name, i % 3); /* again */
		answer(b, owner(b, 0, 0), 5298);
		tick(b);
	}
	find(b, watch, "", 0);
	find(b, watch, "\033[31m\377", 0);
	find(b, watch, "a name of more than sixty-three bytes, which no label of DNS has room for",
		0);
	answer(b, owner(b, 0, 0), 1);
	answer(b, owner(b, 0, 0), 2); /* changed */
	now_ms += 2000;
	tick(b);
	if (owner(b, 0, 0) != NULL)
		browser_listener.failed(b->browser, owner(b, 0, 0), &fault);
	lose(b, watch, "user0", 0);
	lose(b, watch, "user0", 1);
	lose(b, watch, "nobody", 1);
	if (watch != NULL)
		browser_listener.over(b->browser, watch, NULL);
	tick(b);
	if (!options->snapshot) {
		drop_handles(&b->network); /* they are void when it is told */
		browser_listener.lost(b->browser, &fault);
		browser_listener.back(b->browser);
		browser_listener.types_over(b->browser, &fault);
		if (owner(b, 1, 0) != NULL)
			browser_listener.over(b->browser, owner(b, 1, 0), &fault);
	}
	now_ms += 20000;
	tick(b);
	end(b);
	return SDREG_OK;
}

/* ---- tests ---- */

static void test_snapshot(void **state)
{
	const struct sdreg_browse_options options = {.registry = registry,
		.snapshot = 1,
		.timeout_ms = 10000,
		.places = 1};
	struct browse b = {.network = network(100)};
	(void)state;
	assert_int_equal(run_day(&b, &options), SDREG_OK);
	assert_int_equal(b.told.of[SDREG_EVENT_END], 1);
	assert_true(b.told.of[SDREG_EVENT_ADDED] >= 13);
	assert_true(b.told.of[SDREG_EVENT_RESOLVED] >= 12);
	assert_true(b.told.of[SDREG_EVENT_ERROR] >= 1); /* the other type was not over */
}

static void test_no_daemon(void **state)
{
	struct sdreg_browse_options options = {.registry = registry,
		.snapshot = 1,
		.timeout_ms = 3000,
		.wait_for_daemon = 1};
	struct browse b = {.network = network(100)};
	(void)state;
	assert_non_null(start(&b, &options));
	now_ms += 4000;
	tick(&b);
	assert_int_equal(b.told.of[SDREG_EVENT_DAEMON_LOST], 1);
	assert_int_equal(b.told.of[SDREG_EVENT_END], 1);
	end(&b);
	options.snapshot = 0;
	assert_non_null(start(&b, &options));
	browser_listener.absent(b.browser);
	browser_listener.absent(b.browser);
	assert_int_equal(b.told.of[SDREG_EVENT_DAEMON_LOST], 1);
	end(&b);
}

/* Who does not answer before the end of a snapshot is told as such, and then it ends. */
static void test_late(void **state)
{
	static const char *const types[] = {"_presence._tcp"};
	const struct sdreg_browse_options options = {.registry = registry,
		.snapshot = 1,
		.timeout_ms = 3000,
		.types = types,
		.types_count = 1};
	struct browse b = {.network = network(100)};
	(void)state;
	assert_non_null(start(&b, &options));
	browser_listener.back(b.browser);
	find(&b, owner(&b, 1, 0), "juliet", 0);
	find(&b, owner(&b, 1, 0), "romeo", 0);
	answer(&b, owner(&b, 0, 0), 5298);
	now_ms += 4000;
	tick(&b);
	assert_int_equal(b.told.of[SDREG_EVENT_RESOLVED], 1);
	assert_int_equal(b.told.of[SDREG_EVENT_FAILED], 1);
	assert_int_equal(b.told.of[SDREG_EVENT_ERROR], 1); /* the search was not over */
	assert_int_equal(b.told.of[SDREG_EVENT_END], 1);
	end(&b);
}

/* Few handles: what can wait yields to what cannot, and it is said that not all is followed. */
static void test_quota(void **state)
{
	(void)state;
	for (int snapshot = 0; snapshot < 2; snapshot++) {
		for (size_t quota = 0; quota < 6; quota++) {
			const struct sdreg_browse_options options = {.registry = registry,
				.snapshot = snapshot,
				.timeout_ms = 10000,
				.follow = 1,
				.window = 2};
			struct browse b = {.network = network(quota)};
			assert_int_equal(run_day(&b, &options), SDREG_OK);
			assert_true(b.network.open <= quota);
			assert_int_equal(b.told.of[SDREG_EVENT_END], snapshot);
			if (quota > 3)
				assert_true(b.told.of[SDREG_EVENT_RESOLVED] >= 1);
			if (!snapshot) /* too many to follow, or to watch */
				assert_true(b.told.of[SDREG_EVENT_ERROR] >= 1);
		}
	}
}

static void test_refused(void **state)
{
	static const struct backend_fault faults[] = {{SDREG_E_DAEMON, "it does not want to"},
		{BACKEND_AWAY, "it does not answer"}, {BACKEND_QUOTA, "it has enough"}};
	static const char *const types[] = {"_presence._tcp"};
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		for (int what = 0; what < 3; what++) {
			struct sdreg_browse_options options = {.registry = registry,
				.types = what > 0 ? types : NULL,
				.types_count = what > 0};
			struct browse b = {.network = network(100)};
			if (what == 0)
				b.network.refuse_types = faults[i];
			else if (what == 1)
				b.network.refuse_watch = faults[i];
			else
				b.network.refuse_resolve = faults[i];
			assert_int_equal(run_day(&b, &options), SDREG_OK);
			if (faults[i].code < 0 && what < 2)
				assert_true(b.told.of[SDREG_EVENT_ERROR] >= 1);
			if (faults[i].code < 0 && what == 2)
				assert_true(b.told.of[SDREG_EVENT_FAILED] >= 12);
			assert_true(what < 2 || b.told.of[SDREG_EVENT_RESOLVED] == 0);
		}
	}
}

static void test_live(void **state)
{
	const struct sdreg_browse_options options = {.registry = registry, .places = 1};
	struct browse b = {.network = network(1000)};
	(void)state;
	assert_int_equal(run_day(&b, &options), SDREG_OK);
	assert_int_equal(b.told.of[SDREG_EVENT_END], 0);
	assert_int_equal(b.told.of[SDREG_EVENT_DAEMON_LOST], 1);
	assert_int_equal(b.told.of[SDREG_EVENT_DAEMON_BACK], 1);
	assert_int_equal(b.told.of[SDREG_EVENT_ADDED], b.told.of[SDREG_EVENT_REMOVED]);
}

static void test_options(void **state)
{
	static const char *const bad[] = {"no type", "", "_a._tcp.", NULL};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_null(browser_new(NULL, on_event, NULL, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct sdreg_browse_options options = {.registry = registry,
			.types = &bad[i],
			.types_count = 1};
		err = (struct sdreg_error){.size = sizeof(err)};
		sdreg_browser_free(browser_new(&options, on_event, NULL, &err));
		assert_true(err.code < 0 || i == 2);
	}
}

/* Each allocation fails once: no crash, no leak, and what ends still ends. */
static void test_memory(void **state)
{
	static const char *const types[] = {"_presence._tcp", "_x._sub._presence._tcp"};
	(void)state;
	for (int way = 0; way < 4; way++) {
		const struct sdreg_browse_options options = {.registry = registry,
			.snapshot = way & 1,
			.timeout_ms = 10000,
			.places = 1,
			.domain = "local",
			.types = way > 1 ? types : NULL,
			.types_count = way > 1 ? 2 : 0};
		int failed = 1;
		for (long n = 0; failed; n++) {
			struct browse b = {.network = network(8)};
			left = n;
			const int result = run_day(&b, &options);
			failed = left < 0;
			left = -1;
			assert_true(failed || result == SDREG_OK);
			if (result == SDREG_OK)
				assert_int_equal(b.told.of[SDREG_EVENT_END], way & 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshot),
		cmocka_unit_test(test_no_daemon),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_quota),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_memory),
	};
	registry = table_registry(rows, 1, 0);
	const int result = cmocka_run_group_tests_name("browser", tests, NULL, NULL);
	sdreg_registry_close(registry);
	return result;
}
