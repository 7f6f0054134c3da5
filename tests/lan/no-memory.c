/* SPDX-License-Identifier: MIT */

/* TAP: with a real daemon, the first allocation of the library fails, then the second, and so on to
 * the last: what was not found, asked or announced is an error that comes back, or an event, in
 * time; nothing leaks. For a host where two services can be found, _http._tcp and _ipp._tcp. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/failing.h"

#include <avahi-common/timeval.h>
#include <avahi-common/watch.h>
#include <sdreg.h>
#include <sdreg/announce.h>
#include <sdreg/browse.h>
#include <time.h>

enum {
	SERVICES = 2,
	ADDRESSES = 2, /* of their host: one of IPv4, one of IPv6 */
	LATE_MS = 3000, /* nothing may take as long */
};

static struct sdreg_registry *registry;

/* What happened in a run. */
struct run {
	struct sdreg_loop *loop;
	int resolved;
	size_t addresses; /* of all that were resolved */
	int failed;
	int ended;
	int announced;
	int code; /* of the first error that was told */
};

static long long now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void note(struct run *run, const struct sdreg_error *err)
{
	if (run->code == 0)
		run->code = err->code;
}

/* Runs the loop for a while; the timer is Avahi's, and no allocation of ours. */
static void on_time(AvahiTimeout *timeout, void *user)
{
	(void)timeout;
	sdreg_loop_quit(user);
}

static void run_for(struct sdreg_loop *loop, unsigned ms)
{
	const AvahiPoll *const poll = sdreg_loop_poll(loop);
	struct timeval when;
	AvahiTimeout *const timeout =
		poll->timeout_new(poll, avahi_elapse_time(&when, ms, 0), on_time, loop);
	assert_non_null(timeout);
	assert_int_equal(sdreg_loop_run(loop), 0);
	poll->timeout_free(timeout);
}

/* Lets each allocation fail in turn. What a run gives is an error, or 0 for all well: which it may
 * be where something was lost that the daemon tells twice, over IPv4 and IPv6. */
static void each_fails(int run(void), int tells_twice)
{
	long n = 0;
	int failed = 1;
	for (; failed; n++) {
		const long long start = now();
		left = n;
		const int code = run();
		failed = left < 0;
		left = -1;
		if (code != (failed ? SDREG_E_MEMORY : 0) && !(tells_twice && code == 0))
			fail_msg("allocation %ld: %d", n, code);
		if (now() - start >= LATE_MS)
			fail_msg("allocation %ld: took %lld ms", n, now() - start);
	}
	print_message("# %ld allocations\n", n - 1);
	assert_true(n > 10);
}

/* ---- browsing ---- */

static void on_event(void *user, const struct sdreg_event *event)
{
	struct run *const run = user;
	const enum sdreg_event_kind kind = sdreg_event_kind(event);
	run->resolved += kind == SDREG_EVENT_RESOLVED;
	for (size_t i = 0; kind == SDREG_EVENT_RESOLVED &&
		sdreg_service_address(sdreg_event_service(event), i) != NULL;
		i++)
		run->addresses++;
	run->failed += kind == SDREG_EVENT_FAILED;
	if (sdreg_event_error(event) != NULL)
		note(run, sdreg_event_error(event));
	if (kind != SDREG_EVENT_END)
		return;
	run->ended = 1;
	sdreg_loop_quit(run->loop);
}

/* Of a snapshot all is told, or that something is missing; of one that goes on, the same within a
 * while. */
static int browse(const struct sdreg_browse_options *options)
{
	struct run run = {.loop = sdreg_loop_new()};
	struct sdreg_error err = {.size = sizeof(err)};
	if (run.loop == NULL)
		return SDREG_E_MEMORY;
	struct sdreg_browser *const browser =
		sdreg_browser_new(sdreg_loop_poll(run.loop), options, on_event, &run, &err);
	if (browser == NULL)
		note(&run, &err);
	else if (options->snapshot)
		assert_int_equal(sdreg_loop_run(run.loop), 0);
	else
		run_for(run.loop, 150);
	sdreg_browser_free(browser);
	sdreg_loop_free(run.loop);
	if (run.code == 0) {
		assert_int_equal(run.resolved, SERVICES);
		assert_int_equal(run.addresses, SERVICES * ADDRESSES);
	}
	if (browser != NULL)
		assert_int_equal(run.ended, options->snapshot);
	return run.code;
}

static int browse_cached(void)
{
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.domain = {"local", 5},
		.snapshot = 1,
		.cached = 1,
		.timeout_ms = 2000};
	return browse(&options);
}

static int browse_places(void)
{
	static const struct sdreg_text types[] = {{"_http._tcp", 10},
		{"_printer._sub._ipp._tcp", 23}, {"_ipp._tcp", 9}};
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.types = types,
		.types_count = 3,
		.snapshot = 1,
		.cached = 1,
		.places = 1,
		.timeout_ms = 2000};
	return browse(&options);
}

static int browse_on(void)
{
	const struct sdreg_browse_options options = {.size = sizeof(options), .registry = registry};
	return browse(&options);
}

static void test_snapshot(void **state)
{
	(void)state;
	each_fails(browse_cached, 1);
}

static void test_places(void **state)
{
	(void)state;
	each_fails(browse_places, 1);
}

static void test_live(void **state)
{
	(void)state;
	each_fails(browse_on, 1);
}

/* ---- announcing ---- */

static void on_announce(void *user, const struct sdreg_announce_event *event)
{
	struct run *const run = user;
	run->announced += sdreg_announce_event_kind(event) == SDREG_ANNOUNCE_EVENT_DONE;
	if (sdreg_announce_event_error(event) != NULL)
		note(run, sdreg_announce_event_error(event));
}

/* For as long as it takes to ask the daemon, which probes for a second after that. */
static int announce(void)
{
	static const struct sdreg_text subtypes[] = {{"_printer", 8}, {"_scanner", 8}};
	const struct sdreg_announcement wanted = {.size = sizeof(wanted),
		.type = {"_presence._tcp", 14},
		.name = {"a@b", 3},
		.domain = {"local", 5},
		.host = {"b.local", 7},
		.port = 5298,
		.subtypes = subtypes,
		.subtype_count = 2};
	struct run run = {.loop = sdreg_loop_new()};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_txt *const txt = sdreg_txt_new();
	if (run.loop == NULL || txt == NULL || sdreg_txt_add(txt, "status=away", 11) < 0)
		run.code = SDREG_E_MEMORY;
	struct sdreg_announcer *const announcer = run.code != 0
		? NULL
		: sdreg_announcer_new(sdreg_loop_poll(run.loop), &wanted, on_announce, &run, &err);
	if (announcer != NULL) {
		run_for(run.loop, 20);
		if (sdreg_announcer_set_txt(announcer, txt, &err) == 0)
			run_for(run.loop, 5);
	}
	if (err.code != 0)
		note(&run, &err);
	sdreg_announcer_free(announcer);
	sdreg_txt_free(txt);
	if (run.loop != NULL)
		sdreg_loop_free(run.loop);
	return run.code;
}

static void test_announce(void **state)
{
	(void)state;
	each_fails(announce, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshot),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_announce),
	};
	registry = sdreg_registry_embedded(NULL);
	assert_non_null(registry);
	const int result = cmocka_run_group_tests_name("no-memory", tests, NULL, NULL);
	sdreg_registry_close(registry);
	return result;
}
