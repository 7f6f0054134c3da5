/* SPDX-License-Identifier: MIT */

/* The addresses of hosts, the places of services, domains; what is too long; what is browsed. */

#include "table.h"

#include "scene.h"

static void address(struct scene *s, const char *label, const char *text)
{
	browser_listener.address_found(s->browser, owner_of(s, label), text);
}

static void no_address(struct scene *s, const char *label, const char *text)
{
	browser_listener.address_gone(s->browser, owner_of(s, label), text);
}

static void addresses_over(struct scene *s, const char *label)
{
	browser_listener.addresses_over(s->browser, owner_of(s, label));
}

#define H2 "look up h.local 2"

/* All addresses of a host: each once, IPv4 first, for all services on it. */
static void test_addresses(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.2", 80, NULL);
	address(&s, H2, "fe80::1%eth0");
	address(&s, H2, "10.0.0.2");
	address(&s, H2, "10.0.0.1");
	address(&s, H2, "10.0.0.1"); /* over the other protocol */
	assert_lines(&s.told, "added x\n");
	addresses_over(&s, H2);
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1 10.0.0.2 fe80::1%eth0\n");
	found(&s, "y", ETH4);
	forget(&s.asked);
	answers(&s, "y eth04", "H.LOCAL", "10.0.0.2", 81, NULL); /* known already */
	assert_lines(&s.told, "added y\nresolved y H.LOCAL:81 10.0.0.1 10.0.0.2 fe80::1%eth0\n");
	assert_int_equal(count_lines(&s.asked, "look up"), 0);
	no_address(&s, H2, "10.0.0.1");
	no_address(&s, H2, "10.9.9.9");
	pass(&s, 100);
	assert_lines(&s.told, "");
	no_address(&s, H2, "10.0.0.1");
	pass(&s, 100);
	assert_lines(&s.told,
		"changed x h.local:80 10.0.0.2 fe80::1%eth0\n"
		"changed y H.LOCAL:81 10.0.0.2 fe80::1%eth0\n");
	address(&s, H2, "10.0.0.3");
	pass(&s, 100);
	assert_lines(&s.told,
		"changed x h.local:80 10.0.0.2 10.0.0.3 fe80::1%eth0\n"
		"changed y H.LOCAL:81 10.0.0.2 10.0.0.3 fe80::1%eth0\n");
	/* the look-up ends with the last service on the host */
	forget(&s.asked);
	gone(&s, "x", ETH4);
	assert_true(is_open(&s, H2));
	gone(&s, "y", ETH4);
	assert_false(is_open(&s, H2));
	scene_end(&s);
}

/* Who is taken from a host of three: the one that came last, between, first. */
static void test_leave(void **state)
{
	struct scene s = {0};
	char name[2] = "?";
	(void)state;
	for (size_t first = 0; first < 3; first++) {
		scene_presence(&s, (struct sdreg_browse_options){0});
		for (const char *at = "abc"; *at != '\0'; at++) {
			char whom[8];
			name[0] = *at;
			snprintf(whom, sizeof(whom), "%s eth04", name);
			found(&s, name, ETH4);
			answers(&s, whom, "h.local", "", 1, NULL);
		}
		addresses_over(&s, H2);
		assert_int_equal(count_lines(&s.told, "resolved"), 3);
		for (size_t i = 0; i < 3; i++) {
			name[0] = "abc"[(first + i) % 3];
			gone(&s, name, ETH4);
			forget(&s.told);
			if (i == 2)
				break;
			address(&s, H2, i == 0 ? "10.0.0.1" : "10.0.0.2");
			pass(&s, 100);
			assert_int_equal(count_lines(&s.told, "changed"), 2 - i);
		}
		assert_false(is_open(&s, H2));
		scene_end(&s);
	}
}

/* One name on two interfaces may be two hosts; a service that moves to another is looked up there.
 * What is on no interface, or no host, is not looked up. */
static void test_hosts(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	found(&s, "x", ETH4);
	found(&s, "x", WLAN4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "x wlan04", "h.local", "10.0.1.1", 80, NULL);
	assert_true(is_open(&s, "look up h.local 3"));
	addresses_over(&s, H2);
	assert_lines(&s.told, "added x\n"); /* the other one is awaited */
	address(&s, "look up h.local 3", "10.0.1.2");
	addresses_over(&s, "look up h.local 3");
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1 10.0.1.1 10.0.1.2\n");
	forget(&s.asked);
	answers(&s, "x wlan04", "i.local", "10.0.1.3", 80, NULL);
	assert_int_equal(count_lines(&s.asked, "release look up h.local 3"), 1);
	assert_int_equal(count_lines(&s.asked, "look up i.local 3"), 1);
	pass(&s, 100);
	assert_lines(&s.told, "changed x i.local:80 10.0.1.3\n"); /* the newest counts */
	found(&s, "lo", LO4);
	answers(&s, "lo lo4", "lo.local", "127.0.0.1", 80, NULL);
	assert_true(is_open(&s, "look up lo.local 1"));
	forget(&s.told);
	found(&s, "y", NOWHERE);
	found(&s, "z", WLAN4);
	forget(&s.asked);
	answers(&s, "y 0", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "z wlan04", "", "10.0.0.1", 80, NULL);
	assert_int_equal(count_lines(&s.asked, "look up"), 0);
	assert_lines(&s.told,
		"added y\nadded z\n"
		"warning: of hosts such as \"h.local\" one address is shown, and there may be "
		"more: it is not on a network interface here, and the daemon tells but one\n"
		"resolved y h.local:80 10.0.0.1\nresolved z :80 10.0.0.1\n");
	scene_end(&s);
}

/* More addresses than anybody has, or longer ones than there are, are left out. */
static void test_many_addresses(void **state)
{
	static const char longest[] =
		"0123456789012345678901234567890123456789012345678901234567890123";
	struct scene s = {0};
	char text[32];
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "", 80, NULL);
	addresses_over(&s, H2);
	address(&s, H2, longest);
	address(&s, H2, longest + 1);
	for (int i = 0; i < 31; i++) {
		snprintf(text, sizeof(text), "10.0.0.%d", i);
		address(&s, H2, text);
	}
	assert_int_equal(count_lines(&s.told, "warning"), 0);
	address(&s, H2, "10.0.1.1");
	assert_int_equal(count_lines(&s.told, "warning: the host \"h.local\" has more addresses"),
		1);
	assert_int_equal(count_lines(&s.asked, "look up h.local 2"), 1);
	no_address(&s, H2, "10.0.0.30"); /* room for those that had none: they are asked for */
	assert_int_equal(count_lines(&s.asked, "look up h.local 2"), 2);
	address(&s, H2, "10.0.2.1");
	pass(&s, 100);
	const struct sdreg_service *const service = s.browser->services.first;
	assert_non_null(sdreg_service_address(service, 31));
	assert_null(sdreg_service_address(service, 32));
	assert_non_null(strstr(s.told.text, " 10.0.0.29 "));
	assert_null(strstr(s.told.text, "10.0.0.30"));
	assert_null(strstr(s.told.text, "10.0.1.1"));
	assert_non_null(strstr(s.told.text, " 10.0.2.1 "));
	assert_non_null(strstr(s.told.text, " 12345678901"));
	assert_null(strstr(s.told.text, " 0123456789"));
	scene_end(&s);
}

#define FEWER(host, why) \
	"warning: of hosts such as \"" host "\" one address is shown, and there may be more: " why \
	"\n"

/* A look-up that is refused: the one address is told, and the user is, once, unless the daemon is
 * away or the name is none. */
static void test_refused(void **state)
{
	static const struct {
		struct backend_fault fault;
		int is_told;
	} rows[] = {
		{{BACKEND_AWAY, "no answer"}, 0},
		{{SDREG_E_SYNTAX, "no name"}, 0},
		{{BACKEND_QUOTA, "too many"}, 1},
		{{SDREG_E_DAEMON, "not today"}, 1},
		{{SDREG_E_MEMORY, "out of memory"}, 1},
	};
	struct scene s = {0};
	char wanted[200];
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		scene_presence(&s, (struct sdreg_browse_options){0});
		s.refuse_look_up = rows[i].fault;
		found(&s, "x", ETH4);
		answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
		found(&s, "y", ETH4);
		answers(&s, "y eth04", "g.local", "10.0.0.1", 80, NULL);
		snprintf(wanted, sizeof(wanted),
			"added x\n%s%s%sresolved x h.local:80 10.0.0.1\nadded y\n"
			"resolved y g.local:80 10.0.0.1\n",
			rows[i].is_told ? "warning: of hosts such as \"h.local\" one address is "
					  "shown, and there may be more: "
					: "",
			rows[i].is_told ? rows[i].fault.reason : "", rows[i].is_told ? "\n" : "");
		assert_lines(&s.told, wanted);
		scene_end(&s);
	}
	/* no memory for an address */
	scene_presence(&s, (struct sdreg_browse_options){0});
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	left = 0;
	address(&s, H2, "10.0.0.2");
	left = -1;
	assert_lines(&s.told, "added x\n" FEWER("h.local", "out of memory"));
	scene_end(&s);
}

/* 512 look-ups at one time; a host that has told what it has gives its place, and keeps that. */
static void test_many_hosts(void **state)
{
	struct scene s = {0};
	char text[40];
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){0});
	for (size_t i = 0; i < 300; i++) { /* that go again do not count */
		found(&s, "x", ETH4);
		answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
		gone(&s, "x", ETH4);
	}
	forget(&s.asked);
	for (size_t i = 0; i < 512; i++) {
		snprintf(text, sizeof(text), "u%zu", i);
		found(&s, text, ETH4);
		snprintf(text, sizeof(text), "u%zu eth04", i);
		char host[40];
		snprintf(host, sizeof(host), "h%zu", i);
		answers(&s, text, host, "10.0.0.1", 80, NULL);
		if (i == 3 || i == 7) {
			snprintf(text, sizeof(text), "look up h%zu 2", i);
			address(&s, text, "10.0.0.2");
			addresses_over(&s, text);
		}
	}
	assert_int_equal(count_lines(&s.asked, "look up "), 512);
	assert_int_equal(count_lines(&s.asked, "release look up "), 0);
	found(&s, "more", ETH4);
	answers(&s, "more eth04", "more.local", "10.0.0.1", 80, NULL);
	assert_false(is_open(&s, "look up h3 2"));
	assert_true(is_open(&s, "look up h7 2"));
	assert_int_equal(count_lines(&s.asked, "release look up "), 1);
	assert_int_equal(count_lines(&s.told, "warning: there are more hosts"), 1);
	/* in its turn it is asked for again, and what is not told again is gone */
	pass(&s, 1000);
	assert_true(is_open(&s, "look up h3 2"));
	assert_false(is_open(&s, "look up h7 2"));
	/* one whose resolver tells another address is asked for at once */
	answers(&s, "u7 eth04", "h7", "10.0.0.9", 80, NULL);
	assert_true(is_open(&s, "look up h7 2"));
	address(&s, "look up h3 2", "10.0.0.3");
	addresses_over(&s, "look up h3 2");
	addresses_over(&s, "look up h7 2");
	pass(&s, 1100);
	assert_int_equal(count_lines(&s.told, "changed u3 h3:80 10.0.0.1 10.0.0.2 10.0.0.3"), 1);
	assert_int_equal(count_lines(&s.told, "changed u3 h3:80 10.0.0.1 10.0.0.3"), 1);
	assert_int_equal(count_lines(&s.told, "changed u7 h7:80 10.0.0.9"), 1);
	assert_int_equal(count_lines(&s.told, "warning"), 1);
	forget(&s.told);
	gone(&s, "u3", ETH4);
	assert_lines(&s.told, "removed u3 h3:80 10.0.0.1 10.0.0.3\n");
	gone(&s, "u7", ETH4);
	gone(&s, "u511", ETH4);
	gone(&s, "u0", ETH4);
	assert_false(is_open(&s, "look up h0 2"));
	assert_false(is_open(&s, "look up h511 2"));
	scene_end(&s);
}

/* Longer than DNS allows: the answer is lost, and said to be. */
static void test_long_answers(void **state)
{
	static char bytes[65537];
	static struct sdreg_text texts[65536];
	static const struct {
		size_t host, address, first, second, count;
		int is_lost;
	} rows[] = {
		{1013, 63, 65535, 0, 1, 0},
		{1014, 63, 1, 0, 1, 1},
		{255, 64, 1, 0, 1, 1},
		{1, 1, 65536, 0, 1, 1},
		{1, 1, 255, 65280, 2, 0},
		{1, 1, 255, 65281, 2, 1},
		{1, 1, 0, 0, 65535, 0},
		{1, 1, 0, 0, 65536, 1},
	};
	struct scene s = {0};
	(void)state;
	memset(bytes, 'a', sizeof(bytes) - 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct backend_answer answer = {bytes + sizeof(bytes) - 1 - rows[i].host,
			bytes + sizeof(bytes) - 1 - rows[i].address, 80, texts, rows[i].count};
		texts[0] = (struct sdreg_text){bytes, rows[i].first};
		texts[1] = (struct sdreg_text){bytes, rows[i].second};
		scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
		found(&s, "x", ETH4);
		forget(&s.told);
		struct sighting *const sighting = owner_of(&s, "resolve x eth04");
		struct sdreg_error err = {.size = sizeof(err)};
		const int result = service_answer(sighting, &answer, 1, &err);
		if ((result == SDREG_E_LIMIT) != rows[i].is_lost)
			fail_msg("row %zu: %d", i, result);
		assert_string_equal(err.text,
			rows[i].is_lost ? "the answer of \"x\" of type \"_presence._tcp\" is lost: "
					  "it is longer than DNS allows"
					: "");
		scene_end(&s);
	}
}

/* Names of 63 bytes; domains of 255, which are up to 1,013 as text. */
static void test_long_names(void **state)
{
	static char bytes[1100];
	static const struct {
		size_t name, domain;
		int is_there;
	} rows[] = {{63, 5, 1}, {64, 5, 0}, {1, 1013, 1}, {1, 1014, 0}};
	struct scene s = {0};
	(void)state;
	memset(bytes, 'a', sizeof(bytes) - 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct backend_service seen = {bytes + sizeof(bytes) - 1 - rows[i].name,
			"_presence._tcp", bytes + sizeof(bytes) - 1 - rows[i].domain};
		scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
		browser_listener.found(s.browser, owner_of(&s, TCP), &scene_places[ETH4], &seen);
		assert_int_equal(count_lines(&s.told, "added "), rows[i].is_there);
		assert_int_equal(count_lines(&s.told,
					 "error: a service of type \"_presence._tcp\" has a name "
					 "over 63 bytes or a domain over 255"),
			!rows[i].is_there);
		scene_end(&s);
	}
}

/* Interfaces each once, and those that have a name; places each; local is local somewhere. */
static void test_places(void **state)
{
	struct scene s = {0};
	struct sdreg_text text;
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1, .places = 1});
	found(&s, "x", ETH4);
	found(&s, "x", NOWHERE);
	found(&s, "x", ETH6);
	found(&s, "x", WLAN4);
	const struct sdreg_service *const x = s.browser->services.first;
	assert_string_equal(sdreg_service_interface(x, 0), "eth0");
	assert_string_equal(sdreg_service_interface(x, 1), "wlan0");
	assert_null(sdreg_service_interface(x, 2));
	assert_int_equal(sdreg_place_protocol(sdreg_service_place(x, 2)), 6);
	assert_string_equal(sdreg_place_interface(sdreg_service_place(x, 3)), "wlan0");
	assert_null(sdreg_service_place(x, 4));
	assert_false(sdreg_service_is_local(x));
	found(&s, "x", LO4);
	assert_true(sdreg_service_is_local(x));
	assert_true(sdreg_place_is_local(sdreg_service_place(x, 4)));
	assert_false(sdreg_place_is_local(sdreg_service_place(x, 0)));
	assert_null(sdreg_service_address(x, 0));
	assert_int_equal(sdreg_service_port(x), 0);
	answers(&s, "x eth06", "h.local", "fe80::1", 80, "a|b");
	const struct sdreg_place *const place = sdreg_service_place(x, 2);
	assert_true(sdreg_place_is_resolved(place));
	assert_false(sdreg_place_is_resolved(sdreg_service_place(x, 0)));
	assert_int_equal(sdreg_place_port(place), 80);
	assert_int_equal(sdreg_place_port(sdreg_service_place(x, 0)), 0);
	assert_string_equal(sdreg_place_address(place), "fe80::1");
	assert_string_equal(sdreg_place_host(place), "h.local");
	assert_int_equal(sdreg_place_txt(place, 1, &text), 1);
	assert_memory_equal(text.at, "b", 1);
	assert_int_equal(sdreg_place_txt(place, 2, &text), 0);
	assert_int_equal(sdreg_place_txt(sdreg_service_place(x, 0), 0, &text), 0);
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_int_equal(sdreg_service_read_txt(x, txt), 0);
	assert_int_equal(sdreg_txt_count(txt), 2);
	sdreg_txt_free(txt);
	gone(&s, "x", LO4);
	assert_false(sdreg_service_is_local(x));
	scene_end(&s);
}

/* Domains to browse in, each once a place, and not more than so many. */
static void test_domains(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_start(&s, &(struct sdreg_browse_options){.domains = 1, .types_max = 3});
	void *const b = s.browser;
	browser_listener.domain_found(b, &scene_places[ETH4], "local");
	browser_listener.domain_found(b, &scene_places[ETH4], "LOCAL");
	browser_listener.domain_found(b, &scene_places[ETH6], "local");
	browser_listener.domain_found(b, &scene_places[WLAN4], "local");
	assert_lines(&s.told,
		"domain added local eth04\ndomain added local eth06\ndomain added local wlan04\n");
	browser_listener.domain_found(b, &scene_places[ETH4], "example.org");
	browser_listener.domain_found(b, &scene_places[ETH4], "example.net");
	assert_lines(&s.told,
		"error: there are more than 3 domains, the most that are kept: the others stay "
		"unknown\n");
	browser_listener.domain_gone(b, &scene_places[WLAN6], "local");
	assert_lines(&s.told, "");
	browser_listener.domain_gone(b, &scene_places[ETH6], "local");
	assert_lines(&s.told, "domain removed local eth06\n");
	browser_listener.domain_found(b, &scene_places[ETH4], "example.org");
	assert_lines(&s.told, "domain added example.org eth04\n");
	scene_drop_handles(&s);
	browser_listener.lost(b, &(struct backend_fault){SDREG_E_DAEMON, "it went"});
	assert_lines(&s.told,
		"domain removed example.org eth04\ndomain removed local wlan04\n"
		"domain removed local eth04\nlost: it went\n");
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_leave),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_many_addresses),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_many_hosts),
		cmocka_unit_test(test_long_answers),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_domains),
	};
	return cmocka_run_group_tests_name("browser-hosts", tests, scene_set_up, scene_tear_down);
}
