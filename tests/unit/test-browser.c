/* SPDX-License-Identifier: MIT */

/* A browser on a network that is made up: its backend takes so many handles and no more, refuses,
 * goes and comes back, says what nobody should. And all of it with each allocation failing. */

#include "table.h"

#include "failing.h"

#include "browse/browser.h"
#include "network.h"

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

/* ---- what is told ---- */

struct told_events {
	unsigned of[SDREG_EVENT_DOMAIN_REMOVED + 1];
	unsigned local; /* of services of this machine's own */
};

/* All that can be asked. */
static void read_service(const struct sdreg_service *service)
{
	const struct sdreg_place *place;
	struct sdreg_text text;
	size_t n = 0;
	for (; (place = sdreg_service_place(service, n)) != NULL; n++) {
		assert_non_null(sdreg_place_interface(place));
		assert_non_null(sdreg_place_host(place));
		assert_non_null(sdreg_place_address(place));
		assert_int_equal(sdreg_place_txt(place, 0, &text), sdreg_place_is_resolved(place));
		assert_int_equal(sdreg_place_port(place) != 0, sdreg_place_is_resolved(place));
	}
	for (n = 0; sdreg_service_txt(service, n, &text); n++)
		assert_true(text.len <= SDREG_TXT_STRING_MAX);
	assert_non_null(sdreg_service_host(service));
	assert_non_null(sdreg_service_type_text(service));
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct told_events *const told = user;
	const struct sdreg_error *const error = sdreg_event_error(event);
	const struct sdreg_service *const service = sdreg_event_service(event);
	told->of[sdreg_event_kind(event)]++;
	if (error != NULL)
		assert_true(error->code < 0 && error->text[0] != '\0');
	if (service == NULL)
		return;
	told->local += sdreg_service_is_local(service) != 0;
	read_service(service);
}

/* ---- a browse, from its beginning to its end ---- */

struct browse {
	struct network network;
	struct told_events told;
	struct sdreg_browser *browser;
};

static const struct row rows[] = {{"presence", NULL, NULL, "Who is there", NULL}};
static struct sdreg_registry *registry;

/* NULL when out of memory, which has been said. */
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
static void *owner(const struct browse *b, int is_browse, size_t nth)
{
	for (const struct handle *h = b->network.handles; h != NULL; h = h->next)
		if (h->is_browse == is_browse && nth-- == 0)
			return h->owner;
	return NULL;
}

static const struct backend_place places[] = {{2, 4, "eth0", 0}, {2, 6, "eth0", 0},
	{3, 4, "wl", 1}};

static void find(struct browse *b, void *browse, const char *name, size_t place)
{
	const struct backend_service service = {name, "_presence._tcp", "local"};
	if (browse != NULL)
		browser_listener.found(b->browser, browse, &places[place], &service);
}

static void lose(struct browse *b, void *browse, const char *name, size_t place)
{
	const struct backend_service service = {name, "_presence._tcp", "local"};
	if (browse != NULL)
		browser_listener.gone(b->browser, browse, &places[place], &service);
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
	void *const browse = owner(b, 1, 0);
	for (size_t i = 0; i < 12; i++) {
		snprintf(name, sizeof(name), "user%zu", i);
		find(b, browse, name, i % 3);
		find(b, browse, name, (i + 1) % 3);
		find(b, browse, name, i % 3); /* again */
		answer(b, owner(b, 0, 0), 5298);
		tick(b);
	}
	find(b, browse, "", 0);
	find(b, browse, "\033[31m\377", 0);
	find(b, browse, "a name of more than sixty-three bytes, which no label of DNS has room for",
		0);
	answer(b, owner(b, 0, 0), 1);
	answer(b, owner(b, 0, 0), 2); /* changed */
	now_ms += 2000;
	tick(b);
	if (owner(b, 0, 0) != NULL)
		browser_listener.failed(b->browser, owner(b, 0, 0), &fault);
	lose(b, browse, "user0", 0);
	lose(b, browse, "user0", 1);
	lose(b, browse, "nobody", 1);
	if (browse != NULL)
		browser_listener.over(b->browser, browse, NULL);
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
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
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
	struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
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
	static const struct sdreg_text types[] = {{"_presence._tcp", 14}};
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
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
			const struct sdreg_browse_options options = {.size = sizeof(options),
				.registry = registry,
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
			if (!snapshot) /* too many to follow, or to browse */
				assert_true(b.told.of[SDREG_EVENT_ERROR] >= 1);
		}
	}
}

static void test_refused(void **state)
{
	static const struct backend_fault faults[] = {{SDREG_E_DAEMON, "it does not want to"},
		{BACKEND_AWAY, "it does not answer"}, {BACKEND_QUOTA, "it has enough"}};
	static const struct sdreg_text types[] = {{"_presence._tcp", 14}};
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		for (int what = 0; what < 3; what++) {
			struct sdreg_browse_options options = {.size = sizeof(options),
				.registry = registry,
				.types = what > 0 ? types : NULL,
				.types_count = what > 0};
			struct browse b = {.network = network(100)};
			if (what == 0)
				b.network.refuse_types = faults[i];
			else if (what == 1)
				b.network.refuse_browse = faults[i];
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
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.places = 1};
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
	static const struct sdreg_text bad[] = {{"no type", 7}, {"", 0}, {"_a._tcp.", 8},
		{"_a._tcp\0", 8}, {NULL, 0}};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_null(browser_new(NULL, on_event, NULL, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct sdreg_browse_options options = {.size = sizeof(options),
			.registry = registry,
			.types = &bad[i],
			.types_count = 1};
		err = (struct sdreg_error){.size = sizeof(err)};
		sdreg_browser_free(browser_new(&options, on_event, NULL, &err));
		assert_true(err.code < 0 || i == 2);
	}
}

/* Over 64 types, one that two of them see could not be told from one that one of them sees. */
static void test_many_types(void **state)
{
	char names[65][24];
	struct sdreg_text types[65];
	struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.types = types};
	(void)state;
	for (int subtypes = 0; subtypes < 2; subtypes++) {
		for (size_t i = 0; i < 65; i++) {
			const int len = snprintf(names[i], sizeof(names[i]),
				subtypes ? "_s%zu._sub._a._tcp" : "_s%zu._tcp", i);
			types[i] = (struct sdreg_text){names[i], (size_t)len};
		}
		for (options.types_count = 64; options.types_count < 66; options.types_count++) {
			struct sdreg_error err = {.size = sizeof(err)};
			sdreg_browser_free(browser_new(&options, on_event, NULL, &err));
			assert_int_equal(err.code,
				subtypes && options.types_count > 64 ? SDREG_E_LIMIT : 0);
		}
	}
}

/* Of a service that went it is still known whether this machine announced it. */
static void test_local(void **state)
{
	static const struct sdreg_text types[] = {{"_presence._tcp", 14}};
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.types = types,
		.types_count = 1};
	struct browse b = {.network = network(100)};
	(void)state;
	assert_non_null(start(&b, &options));
	browser_listener.back(b.browser);
	find(&b, owner(&b, 1, 0), "mine", 2);
	find(&b, owner(&b, 1, 0), "juliet", 0);
	assert_int_equal(b.told.local, 1);
	lose(&b, owner(&b, 1, 0), "mine", 2);
	assert_int_equal(b.told.of[SDREG_EVENT_REMOVED], 1);
	assert_int_equal(b.told.local, 2);
	lose(&b, owner(&b, 1, 0), "juliet", 0);
	assert_int_equal(b.told.of[SDREG_EVENT_REMOVED], 2);
	assert_int_equal(b.told.local, 2);
	end(&b);
}

/* Options of a program that knew fewer of them: what lies behind its size is not read. */
static void test_size(void **state)
{
	static const struct sdreg_text types[] = {{"no type", 7}};
	struct sdreg_browse_options options = {.registry = registry,
		.types = types,
		.types_count = 1,
		.timeout_ms = 3000};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	options.size = offsetof(struct sdreg_browse_options, registry);
	assert_null(browser_new(&options, on_event, NULL, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	options.size = offsetof(struct sdreg_browse_options, types);
	struct sdreg_browser *b = browser_new(&options, on_event, NULL, NULL);
	assert_non_null(b);
	assert_int_equal(b->options.timeout_ms, 20000);
	sdreg_browser_free(b);
	options.types = NULL;
	options.types_count = 0;
	options.size = sizeof(options) + 8; /* of a later version */
	b = browser_new(&options, on_event, NULL, NULL);
	assert_non_null(b);
	assert_int_equal(b->options.timeout_ms, 3000);
	sdreg_browser_free(b);
}

/* Each allocation fails once: no crash, no leak, and what ends still ends. */
static void test_memory(void **state)
{
	static const struct sdreg_text types[] = {{"_presence._tcp", 14},
		{"_x._sub._presence._tcp", 22}};
	(void)state;
	for (int way = 0; way < 4; way++) {
		const struct sdreg_browse_options options = {.size = sizeof(options),
			.registry = registry,
			.snapshot = way & 1,
			.timeout_ms = 10000,
			.places = 1,
			.domain = {"local", 5},
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
		cmocka_unit_test(test_many_types),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_memory),
	};
	registry = table_registry(rows, 1, 0);
	const int result = cmocka_run_group_tests_name("browser", tests, NULL, NULL);
	sdreg_registry_close(registry);
	return result;
}
