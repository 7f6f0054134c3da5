/* SPDX-License-Identifier: MIT */

/* What a browser tells of services that come, answer, change and go, and whom it asks. */

#include "table.h"

#include "scene.h"

static const struct backend_fault silent = {SDREG_E_DAEMON, "nobody is there"};

/* From its coming to its going. */
static void test_life(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	found(&s, "juliet", ETH4);
	assert_lines(&s.told, "added juliet\n");
	assert_lines(&s.asked, "resolve juliet eth04\n");
	answers(&s, "juliet eth04", "h.local", "192.0.2.1", 5298, "txtvers=1|status=away");
	assert_lines(&s.asked, "look up h.local 2\n");
	pass(&s, 10);
	assert_lines(&s.asked, "follow juliet eth04 h.local 192.0.2.1 5298\n");
	assert_lines(&s.told, ""); /* its other addresses are awaited */
	browser_listener.addresses_over(s.browser, owner_of(&s, "look up h.local 2"));
	assert_lines(&s.told, "resolved juliet h.local:5298 192.0.2.1 {txtvers=1|status=away}\n");
	answers(&s, "juliet eth04", "h.local", "192.0.2.1", 5298, "txtvers=1|status=dnd");
	pass(&s, 99);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_lines(&s.told, "changed juliet h.local:5298 192.0.2.1 {txtvers=1|status=dnd}\n");
	/* the same, and turned round, is no change */
	answers(&s, "juliet eth04", "h.local", "192.0.2.1", 5298, "txtvers=1|status=dnd");
	answers(&s, "juliet eth04", "h.local", "192.0.2.1", 5298, "status=dnd|txtvers=1");
	pass(&s, 500);
	assert_lines(&s.told, "");
	gone(&s, "juliet", WLAN4); /* where it never was */
	gone(&s, "romeo", ETH4);
	assert_lines(&s.told, "");
	assert_lines(&s.asked, "");
	gone(&s, "juliet", ETH4);
	assert_lines(&s.told, "removed juliet h.local:5298 192.0.2.1 {txtvers=1|status=dnd}\n");
	assert_lines(&s.asked, "release resolve juliet eth04\nrelease look up h.local 2\n");
	scene_end(&s);
}

/* Each part of an answer is a change, and several at about one time are one. */
static void test_changes(void **state)
{
	static const struct {
		const char *host, *address;
		uint16_t port;
		const char *txt, *told;
	} rows[] = {
		{"h.local", "10.0.0.1", 80, "a=1|b=2|c=3", ""},
		{"h.local", "10.0.0.1", 81, "a=1|b=2|c=3", "h.local:81 10.0.0.1 {a=1|b=2|c=3}"},
		{"g.local", "10.0.0.1", 81, "a=1|b=2|c=3", "g.local:81 10.0.0.1 {a=1|b=2|c=3}"},
		{"g.local", "10.0.0.2", 81, "a=1|b=2|c=3", "g.local:81 10.0.0.2 {a=1|b=2|c=3}"},
		{"g.local", "10.0.0.2", 81, "a=1|b=2", "g.local:81 10.0.0.2 {a=1|b=2}"},
		{"g.local", "10.0.0.2", 81, "a=1|c=2", "g.local:81 10.0.0.2 {a=1|c=2}"},
		{"g.local", "10.0.0.2", 81, "a=1|c=22", "g.local:81 10.0.0.2 {a=1|c=22}"},
		{"g.local", "10.0.0.2", 81, "b=1|c=22", "g.local:81 10.0.0.2 {b=1|c=22}"},
		{"g.local", "10.0.0.2", 81, "c=22|b=1", ""},
		{"g.local", "10.0.0.2", 81, "c=22|c=22", "g.local:81 10.0.0.2 {c=22|c=22}"},
		{"g.local", "10.0.0.2", 81, "c=22|", "g.local:81 10.0.0.2 {c=22|}"},
		{"g.local", "10.0.0.2", 81, "|c=22", ""},
		{"g.local", "10.0.0.2", 81, "a|b|c", "g.local:81 10.0.0.2 {a|b|c}"},
		{"g.local", "10.0.0.2", 81, "c|b|a", ""},
		{"g.local", "10.0.0.2", 81, "b|c|a", "g.local:81 10.0.0.2 {b|c|a}"},
		{"g.local", "10.0.0.2", 81, "b|a|c", "g.local:81 10.0.0.2 {b|a|c}"},
		{"g.local", "10.0.0.2", 81, NULL, "g.local:81 10.0.0.2"},
		{"g.local", "", 81, NULL, "g.local:81"},
		{"g.local", "fe80::1%eth0", 0, NULL, "g.local:0 fe80::1%eth0"},
	};
	struct scene s = {0};
	char wanted[200];
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, "a=1|b=2|c=3");
	assert_lines(&s.told, "added x\nresolved x h.local:80 10.0.0.1 {a=1|b=2|c=3}\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		answers(&s, "x eth04", rows[i].host, rows[i].address, rows[i].port, rows[i].txt);
		pass(&s, 100);
		snprintf(wanted, sizeof(wanted), rows[i].told[0] != '\0' ? "changed x %s\n" : "%s",
			rows[i].told);
		if (strcmp(s.told.text, wanted) != 0)
			fail_msg("row %zu: %s", i, s.told.text);
		forget(&s.told);
	}
	answers(&s, "x eth04", "i.local", "", 1, NULL);
	pass(&s, 60);
	answers(&s, "x eth04", "i.local", "", 2, NULL);
	pass(&s, 39);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_lines(&s.told, "changed x i.local:2\n");
	pass(&s, 200);
	assert_lines(&s.told, "");
	/* of a service that goes just then no change is told */
	answers(&s, "x eth04", "i.local", "", 3, NULL);
	gone(&s, "x", ETH4);
	pass(&s, 200);
	assert_lines(&s.told, "removed x i.local:2\n");
	scene_end(&s);
}

/* One place of an interface is asked, as long as it answers; each interface is. */
static void test_whom(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	found(&s, "x", ETH6);
	found(&s, "x", WLAN6);
	found(&s, "x", ETH4);
	assert_lines(&s.told, "added x\n");
	assert_lines(&s.asked, "resolve x eth04\nresolve x wlan06\n");
	fails_to_answer(&s, "x eth04", silent.code, silent.reason);
	assert_lines(&s.asked, "release resolve x eth04\nresolve x eth06\n");
	assert_lines(&s.told, "");
	fails_to_answer(&s, "x eth06", silent.code, "no");
	assert_lines(&s.asked, "release resolve x eth06\n");
	assert_lines(&s.told, "");
	answers(&s, "x wlan06", "h.local", "fe80::2%wlan0", 80, NULL);
	assert_lines(&s.told, "resolved x h.local:80 fe80::2%wlan0\n");
	/* the one that answers goes: the other of its interface is asked; what is known stands */
	found(&s, "x", WLAN4);
	pass(&s, 10);
	assert_lines(&s.asked, "follow x wlan06 h.local fe80::2%wlan0 80\n");
	gone(&s, "x", WLAN6);
	pass(&s, 100);
	assert_lines(&s.told, "");
	assert_lines(&s.asked, "release resolve x wlan06\nresolve x wlan04\n");
	answers(&s, "x wlan04", "h.local", "10.0.0.2", 80, NULL);
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 10.0.0.2\n");
	assert_lines(&s.asked, "follow x wlan04 h.local 10.0.0.2 80\n");
	gone(&s, "x", ETH4);
	gone(&s, "x", ETH6);
	gone(&s, "x", WLAN4);
	assert_lines(&s.told, "removed x h.local:80 10.0.0.2\n");
	/* an interface that has a protocol only that failed is asked over the other one */
	found(&s, "y", ETH4);
	fails_to_answer(&s, "y eth04", silent.code, silent.reason);
	assert_lines(&s.told, "added y\nfailed y: nobody is there\n");
	forget(&s.asked);
	found(&s, "y", ETH6);
	assert_lines(&s.asked, "resolve y eth06\n");
	answers(&s, "y eth06", "y.local", "fe80::3%eth0", 80, NULL);
	assert_lines(&s.told, "resolved y y.local:80 fe80::3%eth0\n");
	scene_end(&s);
}

/* What several places say comes to one. */
static void test_several(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .places = 1});
	found(&s, "x", ETH6);
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	assert_lines(&s.told,
		"added x\nplace added x eth06\nplace added x eth04\nplace added x wlan04\n");
	assert_lines(&s.asked, "resolve x eth06\nresolve x eth04\nresolve x wlan04\n");
	answers(&s, "x eth06", "H.local", "fe80::1%eth0", 80, "a=6");
	answers(&s, "x wlan04", "other.local", "192.0.2.99", 81, "a=w");
	assert_lines(&s.told, "place resolved x eth06\nplace resolved x wlan04\n");
	answers(&s, "x eth04", "h.LOCAL", "10.0.0.9", 80, "a=4");
	/* of the ones that live on always the first; IPv4 before IPv6; of this host only */
	assert_lines(&s.told,
		"place resolved x eth04\nresolved x H.local:80 10.0.0.9 fe80::1%eth0 {a=6}\n");
	answers(&s, "x eth04", "h.local", "10.0.0.10", 80, "a=5");
	pass(&s, 100);
	assert_lines(&s.told, "changed x H.local:80 10.0.0.10 fe80::1%eth0 {a=6}\n");
	gone(&s, "x", ETH6);
	assert_lines(&s.told, "place removed x eth06\n");
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 10.0.0.10 {a=5}\n");
	gone(&s, "x", ETH4);
	pass(&s, 100);
	assert_lines(&s.told, "place removed x eth04\nchanged x other.local:81 192.0.2.99 {a=w}\n");
	scene_end(&s);
}

/* A host that is followed went without a goodbye. */
static void test_silence(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "x wlan04", "h.local", "10.0.1.1", 80, NULL);
	assert_lines(&s.told, "added x\nresolved x h.local:80 10.0.0.1 10.0.1.1\n");
	fails_to_answer(&s, "x eth04", SDREG_E_LIMIT, "it went");
	pass(&s, 100);
	assert_lines(&s.told, "changed x h.local:80 10.0.1.1\n");
	fails_to_answer(&s, "x eth04", SDREG_E_LIMIT, "it went"); /* said already */
	pass(&s, 100);
	assert_lines(&s.told, "");
	answers(&s, "x wlan04", "h.local", "10.0.1.2", 80, NULL); /* news that come too late */
	fails_to_answer(&s, "x wlan04", SDREG_E_LIMIT, "it went");
	pass(&s, 100);
	assert_lines(&s.told, "failed x: it went\n");
	answers(&s, "x wlan04", "h.local", "10.0.1.3", 80, NULL);
	assert_lines(&s.told, "resolved x h.local:80 10.0.1.3\n");
	scene_end(&s);
}

/* A second place of a service that is followed is not, where there is no room; what it says counts
 * less. */
static void test_no_room(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .follow = 2});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "x wlan04", "h.local", "10.0.0.1", 80, NULL);
	found(&s, "y", ETH4);
	found(&s, "y", WLAN4);
	answers(&s, "y eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "y wlan04", "h.local", "10.0.0.1", 80, NULL);
	found(&s, "x", LO4);
	forget(&s.told);
	forget(&s.asked);
	answers(&s, "x lo4", "i.local", "10.0.0.2", 81, NULL);
	assert_int_equal(count_lines(&s.asked, "release resolve x lo4"), 1);
	assert_int_equal(count_lines(&s.asked, "release "), 1);
	pass(&s, 200);
	assert_lines(&s.told, "");
	scene_end(&s);
}

/* Of those that live on no longer, the newest counts. */
static void test_newest(void **state)
{
	struct scene s = {0};
	char text[32];
	(void)state;
	scene_presence(&s,
		(struct sdreg_browse_options){.one_address = 1, .snapshot = 1, .window = 40});
	for (int i = 0; i < 16; i++) {
		snprintf(text, sizeof(text), "u%d", i);
		found(&s, text, ETH4);
		snprintf(text, sizeof(text), "u%d eth04", i);
		answers(&s, text, "h.local", "10.0.0.1", 80, NULL);
	}
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	found(&s, "y", ETH4);
	found(&s, "y", WLAN4);
	answers(&s, "x eth04", "old.local", "10.0.0.1", 1, NULL);
	answers(&s, "x wlan04", "new.local", "10.0.0.2", 2, NULL);
	answers(&s, "y wlan04", "old.local", "10.0.0.1", 1, NULL);
	answers(&s, "y eth04", "new.local", "10.0.0.2", 2, NULL);
	over(&s);
	assert_int_equal(count_lines(&s.told, "resolved x new.local:2 10.0.0.2\n"), 1);
	assert_int_equal(count_lines(&s.told, "resolved y new.local:2 10.0.0.2\n"), 1);
	scene_end(&s);
}

/* A host that was silent may still come, and its resolver is kept to say so; not one that is told
 * at once to be none. */
static void test_late_answer(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	found(&s, "x", ETH4);
	fails_to_answer(&s, "x eth04", SDREG_E_LIMIT, "it is silent");
	assert_lines(&s.told, "added x\nfailed x: it is silent\n");
	assert_lines(&s.asked, "resolve x eth04\n");
	fails_to_answer(&s, "x eth04", SDREG_E_LIMIT, "it is silent");
	assert_lines(&s.told, "");
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1\n");
	found(&s, "y", ETH4);
	fails_to_answer(&s, "y eth04", SDREG_E_DAEMON, "there is none");
	assert_lines(&s.told, "added y\nfailed y: there is none\n");
	assert_false(is_open(&s, "resolve y eth04"));
	/* seen at another place, it is tried again, and told again */
	found(&s, "y", WLAN4);
	fails_to_answer(&s, "y wlan04", SDREG_E_DAEMON, "nor here");
	assert_lines(&s.told, "failed y: nor here\n");
	over(&s); /* of what was told nothing is told again */
	pass(&s, 1000);
	assert_lines(&s.told, "");
	scene_end(&s);
}

/* Names compare without case; types and domains tell services apart. */
static void test_names(void **state)
{
	static const struct backend_service seen[] = {{"Juliet", "_presence._tcp", "local"},
		{"JULIET", "_Presence._TCP", "LOCAL"}, {"juliet", "_presence._tcp", "example.org"},
		{"juliet", "_presence._udp", "local"}, {"juliet2", "_presence._tcp", "local"},
		{"julie", "_presence._tcp", "local"}};
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		browser_listener.found(s.browser, owner_of(&s, TCP), &scene_places[ETH4], &seen[i]);
	assert_lines(&s.told,
		"added Juliet\nadded juliet\nadded juliet\nadded juliet2\nadded julie\n");
	assert_lines(&s.asked, "");
	browser_listener.gone(s.browser, owner_of(&s, TCP), &scene_places[ETH4], &seen[1]);
	assert_lines(&s.told, "removed Juliet\n");
	browser_listener.gone(s.browser, owner_of(&s, TCP), &scene_places[ETH4], &seen[1]);
	pass(&s, 1000);
	assert_lines(&s.told, "");
	scene_end(&s);
}

/* Two searches that see one service: it is there until both have lost it. */
static void test_sources(void **state)
{
	static const struct sdreg_text types[] = {{"_a._sub._presence._tcp", 22},
		{"_b._sub._presence._tcp", 22}};
	static const struct backend_service x = {"x", "_presence._tcp", "local"};
	struct scene s = {0};
	(void)state;
	scene_start(&s,
		&(struct sdreg_browse_options){.types = types, .types_count = 2, .no_resolve = 1});
	assert_lines(&s.asked,
		"browse _a._sub._presence._tcp -\nbrowse _b._sub._presence._tcp -\n");
	void *const a = owner_of(&s, "browse _a._sub._presence._tcp -");
	void *const b = owner_of(&s, "browse _b._sub._presence._tcp -");
	browser_listener.found(s.browser, a, &scene_places[ETH4], &x);
	browser_listener.found(s.browser, b, &scene_places[ETH4], &x);
	assert_lines(&s.told, "added x\n");
	browser_listener.gone(s.browser, a, &scene_places[ETH4], &x);
	browser_listener.gone(s.browser, a, &scene_places[ETH4], &x);
	assert_lines(&s.told, "");
	browser_listener.gone(s.browser, b, &scene_places[ETH4], &x);
	assert_lines(&s.told, "removed x\n");
	scene_end(&s);
}

/* The daemon goes: all that was there is told to be gone, and comes again with it. */
static void test_lost(void **state)
{
	static const struct backend_fault fault = {SDREG_E_DAEMON, "the cable is cut"};
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.places = 1});
	found(&s, "x", ETH4);
	found(&s, "y", NOWHERE);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	forget(&s.told);
	scene_drop_handles(&s); /* they are void when it is told */
	forget(&s.asked);
	assert_int_equal(browser_listener.lost(s.browser, &fault), 1);
	assert_lines(&s.told,
		"place removed x eth04\nremoved x h.local:80 10.0.0.1\nplace removed y 0\n"
		"removed y\nlost: the cable is cut\n");
	assert_lines(&s.asked, "");
	pass(&s, 10000);
	assert_lines(&s.asked, "");
	browser_listener.absent(s.browser);
	assert_lines(&s.told, "");
	browser_listener.back(s.browser);
	assert_lines(&s.told, "back\n");
	assert_lines(&s.asked, "browse _presence._tcp -\n");
	found(&s, "x", ETH4);
	assert_lines(&s.told, "added x\nplace added x eth04\n");
	scene_end(&s);
	scene_begin(&s, &(struct sdreg_browse_options){.types = presence, .types_count = 1});
	assert_lines(&s.asked, "");
	browser_listener.absent(s.browser);
	browser_listener.absent(s.browser);
	assert_lines(&s.told,
		"lost: there is no test-daemon yet: waiting for it (start it, e.g. systemctl start "
		"test-daemon)\n");
	browser_listener.back(s.browser);
	assert_lines(&s.told, "back\n");
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_life),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_whom),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_newest),
		cmocka_unit_test(test_late_answer),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_lost),
	};
	return cmocka_run_group_tests_name("browser-told", tests, scene_set_up, scene_tear_down);
}
