/* SPDX-License-Identifier: MIT */

/* What a browser is asked for: options that are refused, types that are wanted, memory that is not
 * to be had; and the codes of its errors. */

#include "table.h"

#include "scene.h"

static struct sdreg_browser *browser(const struct sdreg_browse_options *given, sdreg_event_fn *fn,
	struct sdreg_error *err)
{
	static struct scene s;
	struct sdreg_browse_options options = *given;
	*err = (struct sdreg_error){.size = sizeof(*err)};
	options.size = sizeof(options);
	return browser_new(&options, fn, &s, err);
}

#define NEEDS \
	"a browser needs options with their size, a registry in them, and a function for events"

static void test_refused(void **state)
{
	static const struct sdreg_text one = {"a._presence._tcp", 16};
	static const struct sdreg_text nul = {"_presence\0_tcp", 14};
	static const struct sdreg_text none = {"no type", 7};
	const struct {
		struct sdreg_browse_options options;
		int code;
		const char *text;
	} rows[] = {
		{{.registry = NULL}, SDREG_E_ARGUMENT, NEEDS},
		{{.registry = scene_registry, .types_count = 1}, SDREG_E_ARGUMENT,
			"types_count without types"},
		{{.registry = scene_registry, .types = &one, .types_count = 1}, SDREG_E_SYNTAX,
			"\"a._presence._tcp\" is one service: to browse, leave out what stands "
			"before the type"},
		{{.registry = scene_registry, .types = &nul, .types_count = 1}, SDREG_E_SYNTAX,
			"a type has a NUL in it"},
		{{.registry = scene_registry, .types = &none, .types_count = 1}, SDREG_E_SYNTAX,
			NULL},
		{{.registry = scene_registry, .domain = {"a\0b", 3}}, SDREG_E_SYNTAX,
			"the domain has a NUL in it"},
	};
	struct sdreg_error err;
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_null(browser(&rows[i].options, scene_tell, &err));
		assert_int_equal(err.code, rows[i].code);
		if (rows[i].text != NULL)
			assert_string_equal(err.text, rows[i].text);
	}
	assert_null(
		browser(&(struct sdreg_browse_options){.registry = scene_registry}, NULL, &err));
	assert_string_equal(err.text, NEEDS);
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	/* none is all */
	struct scene s = {0};
	scene_start(&s, &(struct sdreg_browse_options){.types = presence});
	assert_lines(&s.asked, "types -\n");
	scene_end(&s);
}

/* Each allocation of a browser that begins fails once. */
static void test_no_memory(void **state)
{
	const struct sdreg_browse_options options = {.registry = scene_registry,
		.types = presence,
		.types_count = 2,
		.domain = {"example.org", 11}};
	const long before = blocks;
	struct sdreg_error err;
	struct sdreg_browser *b = NULL;
	long n = 0;
	(void)state;
	for (; b == NULL; n++) {
		left = n;
		b = browser(&options, scene_tell, &err);
		left = -1;
		assert_int_equal(err.code, b == NULL ? SDREG_E_MEMORY : 0);
		if (b == NULL) {
			assert_int_equal(strncmp(err.text, "out of memory", 13), 0);
			assert_int_equal(blocks, before);
		}
	}
	assert_true(n > 6);
	sdreg_browser_free(b);
	assert_int_equal(blocks, before);
}

/* What is heard while there is no memory is lost, and said to be; nothing else is. */
static void test_no_memory_later(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_start(&s, &(struct sdreg_browse_options){.one_address = 1});
	left = 0;
	browser_listener.type_found(s.browser, "_ipp._tcp", "local");
	left = -1;
	assert_lines(&s.told, "error: out of memory to browse \"_ipp._tcp\"\n");
	assert_int_equal(s.last_code, SDREG_E_MEMORY);
	browser_listener.type_found(s.browser, "_presence._tcp", NULL);
	for (long n = 0;; n++) {
		left = n;
		found(&s, "x", ETH4);
		const int failed = left < 0;
		left = -1;
		if (!failed)
			break;
		assert_int_equal(count_lines(&s.told, "error: "), 1);
		assert_non_null(strstr(s.told.text, "memory"));
		assert_int_equal(s.last_code, SDREG_E_MEMORY);
		assert_null(s.browser->services.first);
		forget(&s.told);
	}
	assert_lines(&s.told, "added x\n");
	left = 0;
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, "a|b");
	left = -1;
	assert_lines(&s.told,
		"error: the answer of \"x\" of type \"_presence._tcp\" is lost: out of memory\n"
		"failed x: no answer\n");
	assert_int_equal(s.last_code, SDREG_E_DAEMON);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, "a|b");
	assert_lines(&s.told, "resolved x h.local:80 10.0.0.1 {a|b}\n");
	struct sdreg_txt *const txt = sdreg_txt_new();
	const struct sdreg_service *const x = s.browser->services.first;
	left = 0;
	assert_int_equal(sdreg_service_read_txt(x, txt), SDREG_E_MEMORY);
	left = -1;
	assert_int_equal(sdreg_txt_count(txt), 0);
	assert_int_equal(sdreg_service_read_txt(x, txt), 0);
	assert_int_equal(sdreg_txt_count(txt), 2);
	sdreg_txt_free(txt);
	left = 0; /* for a view of what has changed */
	answers(&s, "x eth04", "h.local", "10.0.0.1", 81, NULL);
	left = -1;
	pass(&s, 100);
	assert_int_equal(count_lines(&s.told, "error: "), 1);
	scene_end(&s);
}

static int wants(void *user, const struct sdreg_type *type,
	const struct sdreg_annotation *annotation)
{
	(*(unsigned *)user)++;
	assert_non_null(annotation);
	return strcmp(type->name, "presence") == 0;
}

/* Which types are browsed is the caller's to say. */
static void test_wanted(void **state)
{
	unsigned asked = 0;
	struct scene s = {0};
	(void)state;
	scene_start(&s,
		&(struct sdreg_browse_options){.want = wants, .want_user = &asked, .snapshot = 1});
	forget(&s.asked);
	browser_listener.type_found(s.browser, "_ipp._tcp", "local");
	assert_lines(&s.asked, "");
	browser_listener.type_found(s.browser, "_presence._tcp", "local");
	assert_lines(&s.asked, "browse _presence._tcp local\n");
	assert_int_equal(asked, 2);
	/* what cannot be read is for the error that says so */
	browser_listener.type_found(s.browser, "no type", "local");
	assert_lines(&s.asked, "browse no type local\n");
	assert_int_equal(asked, 2);
	/* what cannot be annotated for want of memory is let through */
	left = 0;
	browser_listener.type_found(s.browser, "_ssh._tcp", "local");
	left = -1;
	assert_lines(&s.asked, "browse _ssh._tcp local\n");
	pass(&s, 20000);
	browser_listener.type_found(s.browser, "_presence._udp", "local");
	assert_int_equal(asked, 2);
	scene_end(&s);
}

/* A service whose type cannot be read is left out, and services share their type. */
static void test_types(void **state)
{
	static const struct backend_service seen[] = {{"x", "no type", "local"},
		{"y", "_presence._tcp", "local"}, {"z", "_presence._tcp", "local"},
		{"z", "_Presence._tcp", "example.org"}};
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.no_resolve = 1});
	for (size_t i = 0; i < 4; i++)
		browser_listener.found(s.browser, owner_of(&s, TCP), &scene_places[LO4], &seen[i]);
	assert_int_equal(count_lines(&s.told,
				 "error: services of type \"no type\" cannot be shown: "),
		1);
	assert_int_equal(count_lines(&s.told, "added"), 3);
	const struct sdreg_service *const y = s.browser->services.first;
	assert_ptr_equal(sdreg_service_type(y), sdreg_service_type(y->next));
	assert_string_equal(sdreg_service_type_text(y->next->next), "_Presence._tcp");
	scene_end(&s);
}

/* The code of a fault is that of the error, and a fault that passes is the daemon's. */
static void test_codes(void **state)
{
	static const struct backend_fault faults[] = {{SDREG_E_MEMORY, "a"}, {SDREG_E_LIMIT, "b"},
		{BACKEND_AWAY, "c"}};
	static const int codes[] = {SDREG_E_MEMORY, SDREG_E_LIMIT, SDREG_E_DAEMON};
	struct scene s = {0};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
		s.refuse_resolve = faults[i];
		found(&s, "x", ETH4);
		pass(&s, 10000);
		assert_int_equal(count_lines(&s.told, "failed x"), 1);
		assert_int_equal(s.last_code, codes[i]);
		scene_end(&s);
		scene_begin(&s, &(struct sdreg_browse_options){0});
		s.refuse_types = faults[i];
		browser_listener.back(s.browser);
		pass(&s, 10000);
		assert_int_equal(count_lines(&s.told, "error"), 1);
		assert_int_equal(s.last_code, codes[i]);
		scene_end(&s);
		if (faults[i].code == BACKEND_AWAY)
			break;
		scene_presence(&s, (struct sdreg_browse_options){0});
		s.refuse_look_up = faults[i];
		found(&s, "x", ETH4);
		const struct backend_answer answer = {"h.local", "", 1, NULL, 0};
		struct sighting *const sighting = owner_of(&s, "resolve x eth04");
		assert_int_equal(service_answer(sighting, &answer, 1, NULL), 0);
		browser_join_host(s.browser, sighting);
		assert_int_equal(count_lines(&s.told, "warning"), 1);
		assert_int_equal(s.last_code, codes[i]);
		scene_end(&s);
	}
}

/* Nothing is to be done: the clock is not set. */
static void test_quiet(void **state)
{
	struct scene s = {0};
	(void)state;
	scene_presence(&s, (struct sdreg_browse_options){.one_address = 1});
	over(&s);
	found(&s, "x", ETH4);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 80, NULL);
	answers(&s, "x eth04", "h.local", "10.0.0.1", 81, NULL);
	pass(&s, 1000);
	s.rings = 0;
	pass(&s, 100000);
	assert_int_equal(s.rings, 0);
	assert_int_equal(s.rings_at, 0);
	scene_end(&s);
	/* a time over what a clock can be set for */
	scene_begin(&s, &(struct sdreg_browse_options){.snapshot = 1, .timeout_ms = 4000000000U});
	pass(&s, 3999999999);
	assert_lines(&s.told, "");
	pass(&s, 1);
	assert_int_equal(count_lines(&s.told, "end"), 1);
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_no_memory_later),
		cmocka_unit_test(test_wanted),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_quiet),
	};
	return cmocka_run_group_tests_name("browser-options", tests, scene_set_up, scene_tear_down);
}
