/* SPDX-License-Identifier: MIT */

/* The page of browse --html: what is in it between head and script is fixtures/page/NAME.html.
 * Where a change is meant: SDREG_WRITE_WANTED=1 writes these files anew. */

#include "services.h"

#include "cli/browse/html/html.h"

#include <unistd.h>

/* What is told of before the end, and what was asked. */
struct page {
	const char *name;
	struct sdreg_service *services;
	size_t count;
	size_t doubts;
	struct browse_filter filter;
	struct sdreg_browse_options options;
	int no_local;
};

/* Without head, script and time; the version is this one's. */
static void cut_page(char *page)
{
	char *const body = strstr(page, "<body>");
	assert_non_null(body);
	memmove(page, body, strlen(body) + 1);
	char *const script = strstr(page, "<script>");
	assert_non_null(script);
	*script = '\0';
	char *const time = strstr(page, "<p class=\"scope\">");
	char *const scope = strstr(page, "</time>. ");
	assert_true(time != NULL && scope != NULL);
	memmove(time, scope + 9, strlen(scope + 9) + 1);
	char *const foot = strstr(page, "<p>Made by");
	char *const rest = strstr(page, "UTC.</p>");
	assert_true(foot != NULL && rest != NULL);
	memmove(foot, rest + 8, strlen(rest + 8) + 1);
}

static void check_page(const struct page *page)
{
	char path[] = "/tmp/sdreg-page-XXXXXX";
	char name[100];
	const struct sdreg_service *services[32];
	struct browse_html html = {.path = path};
	const struct snapshot_question question = {&sources, &page->options, &page->filter,
		page->no_local};
	close(mkstemp(path));
	assert_true(page->count <= COUNT(services));
	for (size_t i = 0; i < page->count; i++)
		services[i] = &page->services[i];
	services_make(page->services, page->count);
	for (size_t i = 0; i < page->doubts; i++) {
		struct sdreg_event event = {.has_error = 1,
			.kind = i % 2 ? SDREG_EVENT_ERROR : SDREG_EVENT_WARNING};
		snprintf(event.error.text, sizeof(event.error.text), "doubt %zu <b>", i);
		browse_html_hear(&html, &event);
	}
	browse_html_hear(&html, &(struct sdreg_event){.kind = SDREG_EVENT_END});
	assert_int_equal(browse_html_write(&html, &question, services, page->count), 0);
	assert_int_equal(browse_html_end(&html), 0);
	char *const got = read_file(path);
	unlink(path);
	cut_page(got);
	snprintf(name, sizeof(name), "page/%s.html", page->name);
	assert_wanted(name, got);
	free(got);
	services_drop(page->services, page->count);
}

static struct sdreg_service silent[] = {
	{.name = "s01", .type = "_http._tcp"},
	{.name = "s02", .type = "_http._tcp"},
	{.name = "s03", .type = "_http._tcp"},
	{.name = "s04", .type = "_http._tcp"},
	{.name = "s05", .type = "_http._tcp"},
	{.name = "s06", .type = "_http._tcp"},
	{.name = "s07", .type = "_http._tcp"},
	{.name = "s08", .type = "_http._tcp"},
	{.name = "s09", .type = "_http._tcp"},
	{.name = "s10", .type = "_http._tcp"},
	{.name = "s11", .type = "_http._tcp"},
	{.name = "s12", .type = "_http._tcp"},
	{.name = "s13", .type = "_http._tcp"},
	{.name = "s14", .type = "_http._tcp"},
};

static const struct sdreg_text types[] = {{"_http._tcp", 10}, {"_ipp._tcp", 9}};

static const struct page pages[] = {
	{"many", services_many, COUNT(services_many), 1, {0},
		{.size = sizeof(struct sdreg_browse_options)}, 0},
	{"nothing", NULL, 0, 0, {.pattern = "_h*", .registered = 1},
		{.size = sizeof(struct sdreg_browse_options), .domain = {"example.org", 11}}, 1},
	{"one", services_many + 3, 1, 16, {.unregistered = 1, .malformed = 1},
		{.size = sizeof(struct sdreg_browse_options),
			.types = types,
			.types_count = 1,
			.interface = {"eth0", 4},
			.protocol = 4},
		0},
	{"silent-12", silent, 12, 17, {.registered = 1, .unregistered = 1, .malformed = 1},
		{.size = sizeof(struct sdreg_browse_options),
			.types = types,
			.types_count = 2,
			.protocol = 6,
			.cached = 1},
		0},
	{"silent-13", silent, 13, 18, {.malformed = 1},
		{.size = sizeof(struct sdreg_browse_options)}, 0},
	{"not-asked", silent, 1, 0, {0},
		{.size = sizeof(struct sdreg_browse_options), .no_resolve = 1}, 1},
};

static void test_pages(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++)
		check_page(&pages[i]);
}

/* Of what was lost with the daemon no page is written. */
static void test_lost(void **state)
{
	struct browse_html html = {.path = "/nonexistent/page"};
	const struct snapshot_question question = {&sources, &pages[0].options, &pages[0].filter,
		0};
	(void)state;
	browse_html_hear(&html, &(struct sdreg_event){.kind = SDREG_EVENT_DAEMON_LOST});
	assert_int_equal(browse_html_write(&html, &question, NULL, 0), 2);
	assert_int_equal(browse_html_end(&html), 2);
	html = (struct browse_html){.path = "/nonexistent/page"};
	assert_int_equal(browse_html_write(&html, &question, NULL, 0), 2);
	assert_int_equal(browse_html_end(&html), 0); /* it is said already */
	html = (struct browse_html){.path = NULL};
	assert_int_equal(browse_html_end(&html), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_lost),
	};
	return cmocka_run_group_tests_name("html page", tests, services_set_up, services_tear_down);
}
