/* SPDX-License-Identifier: MIT */

/* When a snapshot ends, and what it says of what it does not know; what a browser takes at most. */

#include "table.h"

#include "scene.h"

#define LATE "no answer before the time for the whole browse was up\n"

static const struct backend_fault fault = {SDREG_E_DAEMON, "the cable is cut"};

/* With no daemon, a snapshot says so when its time is up: 20 s, or what is given. */
static void test_no_daemon(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_begin(&s, &(struct sdreg_browse_options){.snapshot = 1});
	browser_listener.absent(s.browser);
	pass(&s, 19999);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_lines(&s.told,
		"lost: no test-daemon came within 20000 ms: start it, e.g. systemctl start "
		"test-daemon\nend\n");
	assert_lines(&s.asked, "");
	assert_true(s.is_stopped);
	scene_end(&s);
	scene_begin(&s, &(struct sdreg_browse_options){.snapshot = 1, .timeout_ms = 1});
	pass(&s, 1);
	assert_int_equal(count_lines(&s.told, "end"), 1);
	browser_listener.back(s.browser); /* too late, and so is all that follows */
	browser_listener.type_found(s.browser, "_presence._tcp", "local");
	browser_listener.types_over(s.browser, &fault);
	browser_listener.absent(s.browser);
	browser_listener.tick(s.browser);
	assert_int_equal(browser_listener.lost(s.browser, &fault), 0);
	assert_lines(&s.asked, "");
	scene_end(&s);
	/* without an end, there is no hurry */
	scene_begin(&s, &(struct sdreg_browse_options){.timeout_ms = 1});
	pass(&s, 1000);
	assert_lines(&s.told, "");
	scene_end(&s);
}

/* A snapshot is over when nothing new came for 200 ms and nothing is awaited. */
static void test_end(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1});
	pass(&s, 1000);
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	browser_listener.addresses_over(s.browser, owner_of(&s, "look up h.local 2"));
	assert_lines(&s.told, "added x\n"); /* others may come, and have more of it */
	pass(&s, 100);
	over(&s);
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1\n");
	pass(&s, 99);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_lines(&s.told, "end\n");
	assert_true(s.is_stopped);
	scene_end(&s);
	/* what only the cache has is told at once */
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1, .cached = 1});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	over(&s);
	assert_lines(&s.told, "added x\n");
	browser_listener.addresses_over(s.browser, owner_of(&s, "look up h.local 2"));
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1\nend\n");
	scene_end(&s);
	/* nothing is there: no wait at all */
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1});
	pass(&s, 200);
	over(&s);
	assert_lines(&s.told, "end\n");
	scene_end(&s);
}

/* Each thing that is awaited holds up the end: types, services of a type, an answer, addresses. */
static void test_awaited(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_start(&s, &(struct sdreg_browse_options){.snapshot = 1});
	assert_lines(&s.asked, "types -\n");
	browser_listener.type_found(s.browser, "_presence._tcp", NULL);
	over(&s);
	pass(&s, 1000);
	assert_lines(&s.told, "");
	browser_listener.type_found(s.browser, "_ipp._tcp", NULL);
	browser_listener.types_over(s.browser, NULL);
	pass(&s, 1000);
	assert_lines(&s.told, "");
	found(&s, "x", ETH4);
	browser_listener.over(s.browser, owner_of(&s, "browse _ipp._tcp -"), NULL);
	pass(&s, 1000);
	assert_lines(&s.told, "added x\n");
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 1000);
	assert_lines(&s.told, "");
	browser_listener.addresses_over(s.browser, owner_of(&s, "look up h.local 2"));
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1\nend\n");
	scene_end(&s);
}

/* One waits behind the other, or several places of one service: the end waits for all. */
static void test_behind(void **state)
{
	struct scene s = {0};
	(void)state;
	for (int places = 0; places < 2; places++) {
		scene_presence(&s,
			(struct sdreg_browse_options){.snapshot = 1,
				.one_address = 1,
				.window = 1,
				.places = places});
		found(&s, "x", ETH4);
		found(&s, places ? "x" : "y", WLAN4);
		if (places)
			found(&s, "x", ETH6);
		over(&s);
		pass(&s, 250);
		assert_int_equal(count_lines(&s.told, "end"), 0);
		answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
		pass(&s, 250);
		assert_int_equal(count_lines(&s.told, "end"), 0);
		answers(&s, places ? "x wlan04" : "y wlan04", "h.local", "10.0.0.1", 80, NULL);
		assert_int_equal(count_lines(&s.told, "end"), !places);
		if (places)
			answers(&s, "x eth06", "h.local", "10.0.0.1", 80, NULL);
		assert_int_equal(count_lines(&s.told, "end"), 1);
		scene_end(&s);
	}
}

/* Who answers after the others are slow is told with them: a snapshot shows a service once. */
static void test_once(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1, .one_address = 1});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	over(&s);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 1000);
	assert_lines(&s.told, "added x\n");
	answers(&s, "x wlan04", "h.local", "10.0.1.1", 80, NULL);
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1 10.0.1.1\nend\n");
	scene_end(&s);
	/* a kept resolver that fails takes nothing back */
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1, .one_address = 1});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	fails_to_answer(&s, "x eth04", SDREG_E_LIMIT, "gone");
	over(&s);
	pass(&s, 50);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 81, NULL); /* seen by the user at its end */
	assert_lines(&s.told, "added x\nresolved x h.local:80 10.0.0.1\n");
	pass(&s, 200);
	assert_lines(&s.told, "end\n");
	assert_int_equal(sdreg_service_port(s.browser->services.first), 81);
	scene_end(&s);
}

/* The time is up: what has an answer is told, what has none, and which searches were not over. */
/* What the user takes for the events, who may print them for a slow reader, is nobody's time. */
static void test_slow_user(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s,
		(struct sdreg_browse_options){.snapshot = 1, .timeout_ms = 3000, .one_address = 1});
	s.takes_ms = 8000;
	found(&s, "x", ETH4);
	found(&s, "y", ETH4);
	pass(&s, 2999);
	assert_lines(&s.told, "added x\nadded y\n");
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "y eth04", "h.local", "10.0.0.1", 80, NULL);
	over(&s);
	assert_lines(&s.told,
		"resolved x h.local:80 10.0.0.1\nresolved y h.local:80 10.0.0.1\nend\n");
	scene_end(&s);
}

static void test_time_is_up(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_start(&s,
		&(struct sdreg_browse_options){.snapshot = 1,
			.timeout_ms = 3000,
			.one_address = 1});
	browser_listener.type_found(s.browser, "_presence._tcp", NULL);
	browser_listener.type_found(s.browser, "_ipp._tcp", NULL);
	found(&s, "x", ETH4);
	found(&s, "y", ETH4);
	found(&s, "z", ETH4);
	found(&s, "zz", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	fails_to_answer(&s, "z eth04", fault.code, fault.reason);
	fails_to_answer(&s, "zz eth04", SDREG_E_LIMIT, "it is silent");
	pass(&s, 2999);
	assert_int_equal(count_lines(&s.told, "added"), 4);
	forget(&s.told);
	pass(&s, 1);
	assert_lines(&s.told,
		"resolved x h.local:80 10.0.0.1\nfailed y: " LATE
		"failed z: the cable is cut\nfailed zz: it is silent\n"
		"error: the search for service types was not over within 3000 ms: there may be "
		"more\n"
		"error: the searches for services of 2 types, such as \"_presence._tcp\", were not "
		"over within 3000 ms: there may be more\nend\n");
	scene_end(&s);

	scene_start(&s,
		&(struct sdreg_browse_options){.snapshot = 1, .timeout_ms = 3000, .no_resolve = 1});
	browser_listener.type_found(s.browser, "_presence._tcp", NULL);
	browser_listener.type_found(s.browser, "_ipp._tcp", NULL);
	found(&s, "x", ETH4);
	over(&s);
	browser_listener.types_over(s.browser, &fault);
	pass(&s, 3000);
	assert_lines(&s.told,
		"added x\nerror: the search for service types has ended: the cable is cut\n"
		"error: the search for services of type \"_ipp._tcp\" was not over within 3000 ms: "
		"there may be more\nend\n");
	scene_end(&s);

	scene_start(&s,
		&(struct sdreg_browse_options){.snapshot = 1,
			.timeout_ms = 50,
			.domains = 1,
			.types = presence,
			.types_count = 1});
	assert_lines(&s.asked, "domains -\n");
	pass(&s, 50);
	assert_lines(&s.told,
		"error: the search for domains was not over within 50 ms: there may be "
		"more\nend\n");
	scene_end(&s);
}

/* A search that ends with a fault is closed, and what it saw is told; the daemon that goes ends a
 * snapshot. */
static void test_faults(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1, .one_address = 1});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	forget(&s.asked);
	browser_listener.over(s.browser, owner_of(&s, TCP), &fault);
	assert_lines(&s.asked, "release browse _presence._tcp -\n");
	assert_lines(&s.told,
		"added x\nerror: the search for services of type \"_presence._tcp\" has ended: the "
		"cable is cut\nresolved x h.local:80 10.0.0.1\n");
	scene_drop_handles(&s);
	assert_int_equal(browser_listener.lost(s.browser, &fault), 0);
	assert_lines(&s.told, "removed x h.local:80 10.0.0.1\nlost: the cable is cut\nend\n");
	scene_end(&s);
}

/* How many are known, wait and failed. */
static void test_count(void **state)
{
	struct scene s = {0};
	size_t known;
	size_t pending;
	size_t failed;
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	for (size_t i = 0; i < 6; i++)
		found(&s, (const char *[]){"a", "b", "c", "d", "e", "f"}[i], ETH4);
	answers(&s, "b eth04", "h.local", "10.0.0.1", 80, NULL);
	fails_to_answer(&s, "d eth04", fault.code, fault.reason);
	fails_to_answer(&s, "e eth04", fault.code, fault.reason);
	sdreg_browser_count(s.browser, &known, &pending, &failed);
	assert_int_equal(known, 6);
	assert_int_equal(pending, 3);
	assert_int_equal(failed, 2);
	sdreg_browser_count(s.browser, NULL, NULL, NULL);
	scene_end(&s);
	/* answered, and not told as yet */
	scene_presence(&s, (struct sdreg_browse_options){.snapshot = 1, .one_address = 1});
	found(&s, "a", ETH4);
	answers(&s, "a eth04", "h.local", "10.0.0.1", 80, NULL);
	sdreg_browser_count(s.browser, NULL, &pending, NULL);
	assert_int_equal(pending, 0);
	scene_end(&s);
	scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
	found(&s, "a", ETH4);
	sdreg_browser_count(s.browser, &known, &pending, &failed);
	assert_int_equal(known, 1);
	assert_int_equal(pending + failed, 0);
	scene_end(&s);
}

/* Nobody on the network can have all memory: not more than so many are known. */
static void test_most(void **state)
{
	struct scene s = {0};
	char name[32];
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
	for (size_t i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "u%zu", i);
		found(&s, name, ETH4);
	}
	assert_int_equal(count_lines(&s.told, "added"), 20000);
	assert_int_equal(count_lines(&s.told, "error"), 0);
	assert_int_equal(count_lines(&s.told, "warning"), 1); /* of a cache that is full */
	forget(&s.told);
	found(&s, "more", ETH4);
	found(&s, "and more", ETH4);
	found(&s, "u0", ETH6); /* known */
	assert_lines(&s.told,
		"error: there are more than 20000 services, the most that are kept: the others "
		"stay "
		"unknown\n");
	gone(&s, "u19999", ETH4);
	found(&s, "more", ETH4);
	assert_lines(&s.told, "removed u19999\nadded more\n");
	scene_end(&s);

	scene_start(&s, &(struct sdreg_browse_options){.no_resolve = 1});
	for (size_t i = 0; i < 4000; i++) {
		snprintf(name, sizeof(name), "_t%zu._tcp", i);
		browser_listener.type_found(s.browser, name, "local");
	}
	assert_lines(&s.told, "");
	assert_int_equal(count_lines(&s.asked, "browse "), 4000);
	browser_listener.type_found(s.browser, "_T0._tcp", "LOCAL"); /* known */
	browser_listener.type_found(s.browser, "_more._tcp", "local");
	browser_listener.type_found(s.browser, "_t0._tcp", "example.org");
	assert_lines(&s.told,
		"error: there are more than 4000 service types, the most that are kept: the others "
		"stay unknown\n");
	assert_int_equal(count_lines(&s.asked, "browse "), 4000);
	scene_end(&s);

	scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1, .services_max = 1});
	found(&s, "x", ETH4);
	found(&s, "y", ETH4);
	assert_int_equal(count_lines(&s.told, "added"), 1);
	scene_end(&s);
}

/* A place with as many services as fill a daemon's cache: it is said once, with its interface. */
static void test_crowd(void **state)
{
	struct scene s = {0};
	struct backend_place place = {0, 4, "", 0};
	char name[32];
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
	found(&s, "first", ETH6);
	gone(&s, "first", ETH6);
	for (size_t i = 0; i < 999; i++) {
		snprintf(name, sizeof(name), "u%zu", i);
		found(&s, name, ETH4);
		found(&s, name, ETH6);
		found(&s, name, WLAN4);
	}
	gone(&s, "u0", ETH6);
	found(&s, "new", ETH6);
	assert_int_equal(count_lines(&s.told, "warning"), 0);
	forget(&s.told);
	found(&s, "one more", ETH6);
	assert_lines(&s.told,
		"added one more\nwarning: with 1000 services on eth0 the picture may be "
		"incomplete: "
		"test-daemon drops what its cache has no room for, 4,096 records of an interface "
		"unless cache-entries-max in avahi-daemon.conf says more\n");
	found(&s, "one more", WLAN4);
	assert_lines(&s.told, "");
	scene_end(&s);

	/* more places than anybody has are not counted */
	for (int nth = 31; nth < 33; nth++) {
		scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
		const struct backend_service x = {"x", "_presence._tcp", "local"};
		for (place.interface = 100; place.interface < 100 + nth; place.interface++)
			browser_listener.found(s.browser, owner_of(&s, TCP), &place, &x);
		for (size_t i = 0; i < 1000; i++) {
			snprintf(name, sizeof(name), "u%zu", i);
			const struct backend_service u = {name, "_presence._tcp", "local"};
			browser_listener.found(s.browser, owner_of(&s, TCP), &place, &u);
		}
		assert_int_equal(count_lines(&s.told,
					 "warning: with 1000 services on one interface "),
			nth == 31);
		for (size_t i = 0; i < 1000; i++) {
			snprintf(name, sizeof(name), "u%zu", i);
			const struct backend_service u = {name, "_presence._tcp", "local"};
			browser_listener.gone(s.browser, owner_of(&s, TCP), &place, &u);
		}
		scene_end(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_daemon),
		cmocka_unit_test(test_end),
		cmocka_unit_test(test_awaited),
		cmocka_unit_test(test_behind),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_slow_user),
		cmocka_unit_test(test_time_is_up),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_most),
		cmocka_unit_test(test_crowd),
	};
	return cmocka_run_group_tests_name("browser-end", tests, scene_set_up, scene_tear_down);
}
