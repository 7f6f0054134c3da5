/* SPDX-License-Identifier: MIT */

/* How much a browser asks at one time, how long it waits, and what yields where there are limits.
 */

#include "table.h"

#include "scene.h"

static char *name_of(size_t n)
{
	static char name[24];
	snprintf(name, sizeof(name), "u%zu", n);
	return name;
}

static void find_many(struct scene *s, size_t from, size_t to, size_t place)
{
	for (; from < to; from++)
		found(s, name_of(from), place);
}

static void answers_many(struct scene *s, size_t from, size_t to, const char *place)
{
	char whom[40];
	for (; from < to; from++) {
		snprintf(whom, sizeof(whom), "u%zu %s", from, place);
		answers(s, whom, "h.local", "10.0.0.1", 80, NULL);
	}
}

/* Not more are asked at one time than the window holds: 16, or what is given. */
static void test_window(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	find_many(&s, 0, 20, ETH4);
	assert_int_equal(count_lines(&s.asked, "resolve "), 16);
	scene_end(&s);
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .window = 1});
	find_many(&s, 0, 3, ETH4);
	assert_lines(&s.asked, "resolve u0 eth04\n");
	answers_many(&s, 0, 1, "eth04");
	assert_lines(&s.asked, "resolve u1 eth04\n");
	/* who is silent for 300 ms gives its place to the next, and is waited for all the same */
	pass(&s, 299);
	assert_lines(&s.asked, "");
	pass(&s, 1);
	assert_lines(&s.asked, "resolve u2 eth04\n");
	answers_many(&s, 1, 3, "eth04");
	assert_int_equal(count_lines(&s.told, "resolved "), 3);
	scene_end(&s);
}

/* Who is not asked as yet goes in the order it came, but all places of a service together. */
static void test_order(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.window = 1, .places = 1});
	find_many(&s, 0, 4, ETH4);
	found(&s, "u1", ETH6);
	found(&s, "u1", WLAN4);
	found(&s, "u2", ETH6);
	assert_lines(&s.asked, "resolve u0 eth04\n");
	gone(&s, "u0", ETH4);
	pass(&s, 299);
	gone(&s, "u1", ETH4); /* the first of what waits, the last, and one between */
	gone(&s, "u3", ETH4);
	assert_lines(&s.asked,
		"release resolve u0 eth04\nresolve u1 eth04\nrelease resolve u1 eth04\n"
		"resolve u1 wlan04\n");
	for (size_t i = 0; i < 3; i++)
		pass(&s, 300);
	assert_lines(&s.asked, "resolve u1 eth06\nresolve u2 eth04\nresolve u2 eth06\n");
	scene_end(&s);
}

/* Nobody is waited for without an end. */
static void test_overdue(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	pass(&s, 3000);
	found(&s, "y", ETH4);
	forget(&s.told);
	forget(&s.asked);
	pass(&s, 3999);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_lines(&s.told, "failed x: the daemon said nothing for 7 seconds\n");
	assert_lines(&s.asked, ""); /* a daemon that was stopped for a while may still say it */
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1\n");
	pass(&s, 2999);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_lines(&s.told, "failed y: the daemon said nothing for 7 seconds\n");
	scene_end(&s);
}

/* So many are waited for aside; the next ones stay in the window until they are overdue. */
static void test_slow(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .window = 64});
	find_many(&s, 0, 600, ETH4);
	pass(&s, 2400);
	assert_int_equal(count_lines(&s.asked, "resolve "), 512 + 64);
	pass(&s, 4599);
	assert_int_equal(count_lines(&s.told, "failed "), 0);
	assert_int_equal(count_lines(&s.asked, "resolve "), 512 + 64);
	pass(&s, 1);
	assert_int_equal(count_lines(&s.told, "failed "), 64);
	pass(&s, 1); /* which moves the window on */
	assert_int_equal(count_lines(&s.asked, "resolve "), 600);
	pass(&s, 20000);
	assert_int_equal(count_lines(&s.told, "failed "), 600);
	assert_int_equal(s.open, 1 + 600); /* they may still answer */
	scene_end(&s);
}

/* Where one answers, a service is told as soon as the others are slow. */
static void test_first_answer(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 299);
	assert_lines(&s.told, "added x\n");
	pass(&s, 1);
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1\n");
	pass(&s, 6700);
	assert_lines(&s.told, "");
	assert_true(is_open(&s, "resolve x wlan04"));
	scene_end(&s);
}

/* Eight at a time have their changes told soon, and a pause follows; nobody, while others wait for
 * their first answer. */
static void test_follow(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .window = 30});
	pass(&s, 100);
	find_many(&s, 0, 21, ETH4);
	answers_many(&s, 0, 20, "eth04");
	forget(&s.asked);
	pass(&s, 299);
	assert_lines(&s.asked, "");
	answers_many(&s, 20, 21, "eth04");
	pass(&s, 1);
	assert_int_equal(count_lines(&s.asked, "follow "), 8);
	pass(&s, 9);
	assert_int_equal(count_lines(&s.asked, "follow "), 8);
	pass(&s, 1);
	assert_int_equal(count_lines(&s.asked, "follow "), 16);
	pass(&s, 10);
	assert_int_equal(count_lines(&s.asked, "follow "), 21);
	s.rings = 0;
	answers_many(&s, 0, 1, "eth04"); /* is followed already */
	pass(&s, 1000);
	assert_int_equal(count_lines(&s.asked, "follow "), 21);
	assert_true(s.rings <= 1);
	scene_end(&s);
}

/* Who goes, or is silent, before its turn is not followed. */
static void test_follow_no_more(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	find_many(&s, 0, 4, ETH4);
	answers_many(&s, 0, 3, "eth04");
	gone(&s, "u1", ETH4);
	fails_to_answer(&s, "u2 eth04", SDREG_E_LIMIT, "gone");
	forget(&s.asked);
	answers_many(&s, 3, 4, "eth04");
	pass(&s, 100);
	assert_lines(&s.asked,
		"follow u0 eth04 h.local 10.0.0.1 80\nfollow u3 eth04 h.local 10.0.0.1 80\n");
	answers_many(&s, 2, 3, "eth04");
	pass(&s, 100);
	assert_lines(&s.asked, "follow u2 eth04 h.local 10.0.0.1 80\n");
	scene_end(&s);
}

#define UNFOLLOWED(n) \
	"error: there are more services than are followed, " n \
	": of the others no change will be told\n"

/* So many are followed, 1,024 or what is given, each at two places; it is said once that there are
 * more. A second place of a service, and one that never answered, yield to a service. */
static void test_followed_max(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .window = 3000});
	find_many(&s, 0, 2048, ETH4);
	answers_many(&s, 0, 2048, "eth04");
	forget(&s.told);
	found(&s, "one more", ETH4);
	answers(&s, "one more eth04", "h.local", "10.0.0.1", 80, NULL);
	assert_lines(&s.told,
		"added one more\nresolved one more h.local:80 10.0.0.1\n" UNFOLLOWED("1024"));
	assert_false(is_open(&s, "resolve one more eth04"));
	scene_end(&s);
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .follow = 1});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	answers_many(&s, 0, 0, "");
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "x wlan04", "h.local", "10.0.0.2", 80, NULL);
	forget(&s.asked);
	found(&s, "y", ETH4);
	answers(&s, "y eth04", "h.local", "10.0.0.1", 80, NULL);
	assert_lines(&s.asked, "resolve y eth04\nrelease resolve x eth04\n");
	found(&s, "y", WLAN4);
	answers(&s, "y wlan04", "h.local", "10.0.0.1", 80, NULL); /* has one that tells */
	assert_int_equal(count_lines(&s.told, "error"), 0);
	found(&s, "z", ETH4);
	fails_to_answer(&s, "z eth04", SDREG_E_LIMIT, "silent");
	assert_int_equal(count_lines(&s.told, "error"), 0);
	found(&s, "z", WLAN4);
	found(&s, "w", WLAN4);
	forget(&s.told);
	answers(&s, "z wlan04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "w wlan04", "h.local", "10.0.0.1", 80, NULL);
	assert_lines(&s.told,
		"resolved z h.local:80 10.0.0.1\n" UNFOLLOWED(
			"1") "resolved w h.local:80 10.0.0.1\n");
	gone(&s, "x", WLAN4); /* makes room */
	fails_to_answer(&s, "y eth04", SDREG_E_LIMIT, "gone");
	found(&s, "v", ETH4);
	fails_to_answer(&s, "v eth04", SDREG_E_LIMIT, "silent");
	found(&s, "t", ETH4);
	forget(&s.asked);
	answers(&s, "t eth04", "h.local", "10.0.0.1", 80, NULL);
	assert_int_equal(count_lines(&s.asked, "release resolve y eth04"), 1);
	assert_true(is_open(&s, "resolve t eth04"));
	scene_end(&s);
}

/* A snapshot keeps some resolvers until its end, which ends them at once. */
static void test_kept_in_snapshot(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s,
		(struct sdreg_browse_options){.one_address = 1, .snapshot = 1, .window = 20});
	find_many(&s, 0, 18, ETH4);
	answers_many(&s, 0, 16, "eth04");
	assert_int_equal(count_lines(&s.asked, "release "), 0);
	answers_many(&s, 16, 17, "eth04");
	assert_int_equal(count_lines(&s.asked, "release resolve u16 "), 1);
	assert_int_equal(count_lines(&s.told, "error"), 0);
	pass(&s, 1000);
	assert_int_equal(count_lines(&s.asked, "follow "), 0);
	scene_end(&s);
}

/* A daemon that is neither there nor lost: each half second once more, and twenty times. */
static void test_away(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	s.refuse_resolve = (struct backend_fault){BACKEND_AWAY, "it does not answer"};
	found(&s, "x", ETH4);
	assert_lines(&s.asked, "resolve x eth04: refused\n");
	pass(&s, 499);
	assert_lines(&s.asked, "");
	pass(&s, 1);
	assert_lines(&s.asked, "resolve x eth04: refused\n");
	pass(&s, 17 * 500);
	assert_int_equal(count_lines(&s.asked, "resolve "), 17);
	assert_lines(&s.told, "added x\n");
	pass(&s, 500);
	assert_lines(&s.told, "failed x: it does not answer\n");
	forget(&s.asked);
	pass(&s, 10000);
	assert_lines(&s.asked, "");
	s.refuse_resolve = (struct backend_fault){0};
	found(&s, "y", ETH4);
	assert_lines(&s.asked, "resolve y eth04\n");
	scene_end(&s);
}

/* A limit of the daemon's: what is kept without need yields, what waits is said once. */
static void test_quota(void **state)
{
	struct scene s = {.quota = 3};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	find_many(&s, 0, 2, ETH4);
	fails_to_answer(&s, "u1 eth04", SDREG_E_LIMIT, "silent");
	answers_many(&s, 0, 1, "eth04");
	forget(&s.asked);
	forget(&s.told);
	find_many(&s, 2, 3, ETH4);
	assert_lines(&s.asked,
		"resolve u2 eth04: refused\nrelease resolve u1 eth04\nresolve u2 eth04\n");
	answers_many(&s, 2, 3, "eth04");
	forget(&s.asked);
	find_many(&s, 3, 4, ETH4);
	assert_lines(&s.asked,
		"resolve u3 eth04: refused\nrelease resolve u0 eth04\nresolve u3 eth04\n");
	find_many(&s, 4, 5, ETH4);
	find_many(&s, 5, 6, ETH4);
	assert_lines(&s.asked,
		"resolve u4 eth04: refused\nrelease resolve u2 eth04\nresolve u4 eth04\n"
		"resolve u5 eth04: refused\n");
	assert_int_equal(count_lines(&s.told, "error"), 0); /* who is asked will make room */
	pass(&s, 499);
	assert_lines(&s.asked, "");
	gone(&s, "u3", ETH4); /* as this one does at once */
	assert_lines(&s.asked, "release resolve u3 eth04\nresolve u5 eth04\n");
	scene_end(&s);
	s = (struct scene){.quota = 1};
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	find_many(&s, 0, 2, ETH4);
	assert_lines(&s.told,
		"added u0\nerror: there are too many; until then some services, or their hosts, "
		"stay "
		"unknown\nadded u1\n");
	pass(&s, 3000);
	assert_lines(&s.told, "");
	s.quota = 2;
	pass(&s, 500);
	assert_true(is_open(&s, "resolve u0 eth04"));
	scene_end(&s);
}

/* Searches that the daemon refuses: for ever, for now, for too many. */
static void test_searches(void **state)
{
	static const struct backend_fault away = {BACKEND_AWAY, "it does not answer"};
	const struct sdreg_browse_options two = {.types = presence, .types_count = 2};
	struct scene s = {0};
	(void)state;
	scene_begin(&s, &two);
	s.refuse_browse = (struct backend_fault){SDREG_E_DAEMON, "it does not want to"};
	browser_listener.back(s.browser);
	assert_lines(&s.told,
		"error: services of type \"_presence._tcp\" cannot be browsed: it does not want "
		"to\n"
		"error: services of type \"_presence._udp\" cannot be browsed: it does not want "
		"to\n");
	forget(&s.asked);
	pass(&s, 2000);
	assert_lines(&s.asked, "");
	scene_end(&s);

	scene_begin(&s, &two);
	s.refuse_browse = away;
	browser_listener.back(s.browser);
	assert_lines(&s.asked, "browse _presence._tcp -: refused\n");
	pass(&s, 499);
	assert_lines(&s.asked, "");
	pass(&s, 1);
	assert_lines(&s.asked, "browse _presence._tcp -: refused\n");
	pass(&s, 17 * 500);
	assert_lines(&s.told, "");
	pass(&s, 500);
	assert_lines(&s.told,
		"error: services of type \"_presence._tcp\" cannot be browsed: it does not "
		"answer\n");
	s.refuse_browse.code = 0;
	pass(&s, 500);
	assert_true(is_open(&s, "browse _presence._udp -"));
	scene_end(&s);

	scene_begin(&s, &(struct sdreg_browse_options){.domain = {"example.org", 11}});
	s.refuse_types = away;
	browser_listener.back(s.browser);
	pass(&s, 18 * 500);
	assert_int_equal(count_lines(&s.asked, "types example.org\n"), 19);
	assert_lines(&s.told, "");
	pass(&s, 500);
	assert_lines(&s.told,
		"error: the service types here cannot be searched for: it does not answer\n");
	forget(&s.asked);
	pass(&s, 5000);
	assert_lines(&s.asked, "");
	scene_end(&s);
}

/* A search finds no room: a resolver that is kept yields, and a search never yields to another but
 * in a snapshot, where it has told all that it will. */
static void test_room_for_searches(void **state)
{
	struct scene s = {.quota = 2};
	(void)state;
	scene_start(&s, &(struct sdreg_browse_options){.one_address = 1});
	browser_listener.type_found(s.browser, "_presence._tcp", NULL);
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 10);
	forget(&s.asked);
	/* who is away needs no room */
	s.refuse_browse = (struct backend_fault){BACKEND_AWAY, "no answer"};
	browser_listener.type_found(s.browser, "_ipp._tcp", NULL);
	assert_lines(&s.asked, "browse _ipp._tcp -: refused\n");
	s.refuse_browse.code = 0;
	pass(&s, 500);
	assert_lines(&s.asked,
		"browse _ipp._tcp -: refused\nrelease resolve x eth04\nbrowse _ipp._tcp -\n");
	forget(&s.told);
	browser_listener.type_found(s.browser, "_http._tcp", NULL);
	assert_int_equal(count_lines(&s.told, "error: there are too many; until then"), 1);
	assert_lines(&s.asked, "browse _http._tcp -: refused\n");
	pass(&s, 500);
	assert_lines(&s.asked, "browse _http._tcp -: refused\n");
	scene_end(&s);

	s = (struct scene){.quota = 1};
	scene_start(&s, &(struct sdreg_browse_options){.snapshot = 1});
	browser_listener.type_found(s.browser, "_presence._tcp", NULL);
	browser_listener.type_found(s.browser, "_ipp._tcp", NULL);
	forget(&s.asked);
	over(&s);
	assert_lines(&s.asked, "");
	pass(&s, 500);
	assert_lines(&s.asked,
		"browse _ipp._tcp -: refused\nrelease browse _presence._tcp -\nbrowse _ipp._tcp "
		"-\n");
	assert_lines(&s.told, "");
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_overdue),
		cmocka_unit_test(test_slow),
		cmocka_unit_test(test_first_answer),
		cmocka_unit_test(test_follow),
		cmocka_unit_test(test_follow_no_more),
		cmocka_unit_test(test_followed_max),
		cmocka_unit_test(test_kept_in_snapshot),
		cmocka_unit_test(test_away),
		cmocka_unit_test(test_quota),
		cmocka_unit_test(test_searches),
		cmocka_unit_test(test_room_for_searches),
	};
	return cmocka_run_group_tests_name("browser-asking", tests, scene_set_up, scene_tear_down);
}
