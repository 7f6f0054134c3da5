/* SPDX-License-Identifier: MIT */

/* What is told where the network contradicts itself, where what answered goes, and where there is
 * no room to follow all: on a network that is made up. */

#include "table.h"

#include "scene.h"

/* The link that answered goes, and the other one is silent: nobody says any more what was shown. */
static void test_link_goes(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	fails_to_answer(&s, "x wlan04", SDREG_E_LIMIT, "it is silent");
	assert_lines(&s.told, "added x\nresolved x h.local:80 10.0.0.1\n");
	found(&s, "x", ETH6); /* not asked: the other protocol has answered */
	gone(&s, "x", ETH4);
	pass(&s, 200);
	assert_lines(&s.told, ""); /* but now */
	fails_to_answer(&s, "x eth06", SDREG_E_LIMIT, "nor here");
	assert_lines(&s.told, "failed x: nor here\n");
	answers(&s, "x wlan04", "h.local", "10.0.1.1", 80, NULL);
	assert_lines(&s.told, "resolved x h.local:80 10.0.1.1\n");
	found(&s, "x", LO4);
	fails_to_answer(&s, "x lo4", SDREG_E_LIMIT, "silent, too");
	gone(&s, "x", WLAN4);
	pass(&s, 100);
	assert_lines(&s.told, "failed x: silent, too\n");
	scene_end(&s);
}

/* Two places contradict each other: what was said last counts, which is not what is said again. */
static void test_contradiction(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", LO4);
	answers(&s, "x lo4", "old.local", "127.0.0.1", 80, "a=1");
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "new.local", "10.0.0.1", 81, "a=2");
	answers(&s, "x lo4", "old.local", "127.0.0.1", 80, "a=1");
	pass(&s, 100);
	assert_lines(&s.told,
		"added x\nresolved x old.local:80 127.0.0.1 {a=1}\n"
		"changed x new.local:81 10.0.0.1 {a=2}\n");
	answers(&s, "x lo4", "old.local", "127.0.0.1", 80, "a=3");
	pass(&s, 100);
	assert_lines(&s.told, "changed x old.local:80 127.0.0.1 {a=3}\n");
	scene_end(&s);
}

/* An address that the resolver told goes, and comes back; one that it tells anew is there. */
static void test_address_gone(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, "a=1");
	void *const host = owner_of(&s, "look up h.local 2");
	browser_listener.address_found(s.browser, host, "10.0.0.1");
	browser_listener.addresses_over(s.browser, host);
	assert_lines(&s.told, "added x\nresolved x h.local:80 10.0.0.1 {a=1}\n");
	browser_listener.address_gone(s.browser, host, "10.0.0.1");
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 {a=1}\n");
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, "a=2"); /* as it is remembered */
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 {a=2}\n");
	browser_listener.address_found(s.browser, host, "10.0.0.1");
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 10.0.0.1 {a=2}\n");
	browser_listener.address_gone(s.browser, host, "10.0.0.1");
	answers(&s, "x eth04", "h.local", "10.0.0.2", 80, "a=2");
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 10.0.0.2 {a=2}\n");
	scene_end(&s);
}

/* What is seen below a type that cannot be read is an error once, not for each of them. */
static void test_unreadable(void **state)
{
	const struct backend_service seen = {"x", "_tcp", "local"};
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	browser_listener.found(s.browser, owner_of(&s, TCP), &scene_places[ETH4], &seen);
	browser_listener.found(s.browser, owner_of(&s, TCP), &scene_places[ETH6], &seen);
	assert_int_equal(count_lines(&s.told, "error: services of type \"_tcp\" cannot be shown"),
		1);
	assert_int_equal(count_lines(&s.told, "error"), 1);
	scene_end(&s);
}

/* The daemon has no room to follow all: that is said once, with the number. */
static void test_not_followed(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 100);
	assert_int_equal(count_lines(&s.asked, "follow"), 1);
	s.refuse_follow = 1;
	found(&s, "y", ETH4);
	answers(&s, "y eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 100);
	assert_int_equal(count_lines(&s.told,
				 "error: 1 of 2 services are not followed, as test-daemon"),
		1);
	found(&s, "z", ETH4);
	answers(&s, "z eth04", "h.local", "10.0.0.1", 80, NULL);
	pass(&s, 100);
	assert_int_equal(count_lines(&s.told, "error"), 1);
	scene_end(&s);
}

/* Once, however many places say so. */
static void test_contested(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .places = 1});
	found(&s, "x", ETH4);
	found(&s, "x", ETH6);
	browser_listener.contested(s.browser, owner_of(&s, "resolve x eth04"), "a", "b");
	browser_listener.contested(s.browser, owner_of(&s, "resolve x eth06"), "b", "a");
	assert_int_equal(count_lines(&s.told, "warning x: the hosts \"a\" and \"b\" both answer"),
		1);
	assert_int_equal(count_lines(&s.told, "warning"), 1);
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_link_goes),
		cmocka_unit_test(test_contradiction),
		cmocka_unit_test(test_address_gone),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_not_followed),
		cmocka_unit_test(test_contested),
	};
	return cmocka_run_group_tests_name("browser-stale", tests, scene_set_up, scene_tear_down);
}
