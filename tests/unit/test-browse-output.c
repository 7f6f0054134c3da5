/* SPDX-License-Identifier: MIT */

/* What sdreg browse prints of services and events: as text, at widths of a terminal, as lines, and
 * as JSON. fixtures/browse/NAME.txt is what is wanted; SDREG_WRITE_WANTED=1 writes it anew. */

#include "services.h"

#include "cli/browse/event-json.h"
#include "cli/browse/lines.h"
#include "cli/browse/text.h"

#include <unistd.h>

static struct cli cli;

static int set_up(void **state)
{
	const int result = services_set_up(state);
	services_make(services_many, COUNT(services_many));
	services_many[1].is_local = 1;
	snprintf(sources.source, sizeof(sources.source), "the test's registry");
	cli.sources = sources;
	return result;
}

static int tear_down(void **state)
{
	services_drop(services_many, COUNT(services_many));
	return services_tear_down(state);
}

/* ---- standard output, in a file ---- */

static FILE *caught;
static int before;

static void catch (void)
{
	caught = tmpfile();
	assert_non_null(caught);
	fflush(stdout);
	before = dup(STDOUT_FILENO);
	dup2(fileno(caught), STDOUT_FILENO);
}

static void release(const char *name)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *const out = open_memstream(&bytes, &len);
	assert_non_null(out);
	fflush(stdout);
	dup2(before, STDOUT_FILENO);
	close(before);
	rewind(caught);
	for (int c; (c = getc(caught)) != EOF;)
		putc(c, out);
	fclose(caught);
	fclose(out);
	assert_wanted(name, bytes);
	free(bytes);
}

static struct sdreg_event event_of(enum sdreg_event_kind kind, const struct sdreg_service *service)
{
	return (struct sdreg_event){.kind = kind, .service = service};
}

/* ---- text ---- */

static void test_snapshots(void **state)
{
	static const struct {
		size_t width;
		int is_styled;
	} rows[] = {{0, 0}, {40, 0}, {59, 0}, {60, 0}, {80, 1}};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char name[64];
		struct browse_text text = {.cli = &cli, .is_snapshot = 1};
		catch ();
		cli.output.bold = rows[i].is_styled;
		assert_int_equal(browse_text_open(&text), 0);
		text.page.width = rows[i].width;
		for (size_t k = 0; k < COUNT(services_many); k++) {
			struct sdreg_event event = event_of(SDREG_EVENT_ADDED, &services_many[k]);
			browse_text_take(&text, &event);
			event = event_of(SDREG_EVENT_RESOLVED, &services_many[k]);
			browse_text_take(&text, &event);
		}
		/* gone before the end: the first, one amid, the last */
		static const size_t gone[] = {0, 7, COUNT(services_many) - 1};
		for (size_t k = 0; k < COUNT(gone); k++) {
			const struct sdreg_event event =
				event_of(SDREG_EVENT_REMOVED, &services_many[gone[k]]);
			browse_text_take(&text, &event);
		}
		const struct sdreg_event again = event_of(SDREG_EVENT_ADDED, &services_many[0]);
		browse_text_take(&text, &again);
		const struct sdreg_event end = event_of(SDREG_EVENT_END, NULL);
		assert_int_equal(browse_text_take(&text, &end), 0);
		browse_text_close(&text);
		snprintf(name, sizeof(name), "browse/snapshot-%zu.txt", rows[i].width);
		release(name);
	}
	cli.output.bold = 0;
}

/* Of no services nothing is said; hosts that nobody asks for are not missed. */
static void test_small_snapshots(void **state)
{
	const struct sdreg_event end = event_of(SDREG_EVENT_END, NULL);
	const struct sdreg_event added = event_of(SDREG_EVENT_ADDED, &services_many[4]);
	(void)state;
	catch ();
	for (int i = 0; i < 3; i++) {
		struct browse_text text = {.cli = &cli, .is_snapshot = 1, .is_unresolved = i == 2};
		assert_int_equal(browse_text_open(&text), 0);
		if (i > 0)
			browse_text_take(&text, &added);
		assert_int_equal(browse_text_take(&text, &end), 0);
		browse_text_close(&text);
	}
	release("browse/small.txt");
}

static const enum sdreg_event_kind kinds[] = {SDREG_EVENT_ADDED, SDREG_EVENT_RESOLVED,
	SDREG_EVENT_CHANGED, SDREG_EVENT_FAILED, SDREG_EVENT_REMOVED, SDREG_EVENT_PLACE_ADDED,
	SDREG_EVENT_DAEMON_BACK};

static void test_live(void **state)
{
	(void)state;
	catch ();
	for (int unresolved = 0; unresolved < 2; unresolved++) {
		struct browse_text text = {.cli = &cli, .is_unresolved = unresolved};
		assert_int_equal(browse_text_open(&text), 0);
		for (size_t i = 0; i < 6; i++)
			for (size_t k = 0; k < COUNT(kinds); k++) {
				const struct sdreg_event event =
					event_of(kinds[k], &services_many[i]);
				assert_int_equal(browse_text_take(&text, &event), 0);
			}
		browse_text_close(&text);
	}
	release("browse/live.txt");
}

/* ---- domains ---- */

static const struct sdreg_event domains[] = {
	{.kind = SDREG_EVENT_DOMAIN_ADDED, .domain = "local"},
	{.kind = SDREG_EVENT_DOMAIN_ADDED,
		.domain = "example.org",
		.place = {.interface = "eth0", .protocol = 4}},
	{.kind = SDREG_EVENT_DOMAIN_REMOVED, .domain = "a.b", .place = {.protocol = 6}},
	{.kind = SDREG_EVENT_DOMAIN_REMOVED, .domain = "x", .place = {.interface = "wlan0"}},
};

static void test_domains(void **state)
{
	(void)state;
	catch ();
	for (int snapshot = 0; snapshot < 2; snapshot++) {
		struct browse_text text = {.cli = &cli, .is_snapshot = snapshot};
		assert_int_equal(browse_text_open(&text), 0);
		for (size_t i = 0; i < COUNT(domains); i++)
			assert_int_equal(browse_text_take(&text, &domains[i]), 0);
		browse_text_close(&text);
	}
	for (size_t i = 0; i < COUNT(domains); i++)
		assert_int_equal(browse_print_line(&domains[i]), 0);
	for (size_t i = 0; i < COUNT(domains); i++)
		assert_int_equal(event_print_json(&sources, &domains[i]), 0);
	release("browse/domains.txt");
}

/* ---- lines ---- */

/* Every byte in a label, and the places where a service may be. */
static void test_lines(void **state)
{
	static const struct sdreg_place places[] = {{NULL, 0, NULL}, {"eth0", 4, NULL},
		{"wlan0", 6, NULL}};
	static const enum sdreg_event_kind place_kinds[] = {SDREG_EVENT_PLACE_ADDED,
		SDREG_EVENT_PLACE_RESOLVED, SDREG_EVENT_PLACE_REMOVED, SDREG_EVENT_ADDED};
	char name[256];
	struct sdreg_service odd = services_many[0];
	(void)state;
	for (int i = 1; i < 256; i++)
		name[i - 1] = (char)i;
	name[255] = '\0';
	odd.name = name;
	catch ();
	for (size_t i = 0; i < 8; i++)
		for (size_t p = 0; p < COUNT(places); p++)
			for (size_t k = 0; k < COUNT(place_kinds); k++) {
				struct sdreg_event event =
					event_of(place_kinds[k], i == 7 ? &odd : &services_many[i]);
				event.place = places[p];
				event.place.service = event.service;
				assert_int_equal(browse_print_line(&event), 0);
			}
	release("browse/lines.txt");
}

/* ---- JSON ---- */

static void test_json(void **state)
{
	struct sdreg_event error = event_of(SDREG_EVENT_ERROR, NULL);
	(void)state;
	catch ();
	for (size_t i = 0; i < COUNT(services_many); i++) {
		const struct sdreg_event event = event_of(kinds[i % 5], &services_many[i]);
		assert_int_equal(event_print_json(&sources, &event), 0);
	}
	error.has_error = 1;
	snprintf(error.error.text, sizeof(error.error.text), "it \"failed\"\n");
	assert_int_equal(event_print_json(&sources, &error), 0);
	const struct sdreg_event end = event_of(SDREG_EVENT_END, NULL);
	assert_int_equal(event_print_json(&sources, &end), 0);
	release("browse/events.json");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshots),
		cmocka_unit_test(test_small_snapshots),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_domains),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_json),
	};
	return cmocka_run_group_tests_name("browse output", tests, set_up, tear_down);
}
