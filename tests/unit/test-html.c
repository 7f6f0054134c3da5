/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/markup/html.h"
#include "cli/markup/svg.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static FILE *out;
static char *text;
static size_t size;

static int begin(void **state)
{
	(void)state;
	out = open_memstream(&text, &size);
	return out == NULL;
}

static int end(void **state)
{
	(void)state;
	free(text);
	return 0;
}

/* What is written for some bytes. */
static const struct row {
	const char *bytes;
	size_t len;
	const char *html;
} rows[] = {
	{"plain text", 10, "plain text"}, {"", 0, ""},
	{"<b>&amp;\"'</b>", 14, "&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;"},
	{"R\303\266m\303\251o \360\237\230\200", 12, "R\303\266m\303\251o \360\237\230\200"},
	{"a\0<", 3, "a\\000&lt;"}, {"\033[31m\t\n", 7, "\\027[31m\\009\\010"},
	{"\302\233<", 3, "\\194\\155&lt;"}, /* a C1 control */
	{"\342\200\256abc", 6, "\\226\\128\\174abc"}, /* right-to-left override */
	{"\357\277\276\357\277\277", 6, "\\239\\191\\190\\239\\191\\191"}, /* none in XML */
	{"\357\277\275", 3, "\357\277\275"}, {"\303", 1, "\\195"},
	{"\300\274script", 8, "\\192\\188script"}, /* overlong < */
	{"\303<", 2, "\\195&lt;"}, /* a cut character does not take what is behind it */
};

static void test_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *const bytes = malloc(rows[i].len + 1); /* an overrun of a byte is seen */
		assert_non_null(bytes);
		memcpy(bytes, rows[i].bytes, rows[i].len);
		rewind(out);
		html_bytes(out, bytes, rows[i].len);
		fputc('\0', out);
		fflush(out);
		assert_string_equal(text, rows[i].html);
		free(bytes);
	}
	fclose(out);
}

static void test_short(void **state)
{
	(void)state;
	html_short_text(out, "a<\303\266\303\266", 3);
	html_short_text(out, "|abc", 4);
	html_short_text(out, "|", 0);
	fclose(out);
	assert_string_equal(text, "a&lt;\303\266\342\200\246|abc\342\200\246");
}

static void test_numbers(void **state)
{
	(void)state;
	static const size_t numbers[] = {0, 1, 999, 1000, 12768, 1000000};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		html_count(out, numbers[i], "host");
		fputc('|', out);
	}
	fclose(out);
	assert_string_equal(text,
		"0 hosts|1 host|999 hosts|1,000 hosts|12,768 hosts|"
		"1,000,000 hosts|");
}

static void test_tick(void **state)
{
	(void)state;
	static const size_t highest[] = {1, 6, 7, 12, 13, 30, 31, 617, 100000};
	static const size_t ticks[] = {1, 1, 2, 2, 5, 5, 10, 200, 20000};
	fclose(out);
	for (size_t i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++)
		assert_int_equal(svg_tick(highest[i], 6), ticks[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_bytes, begin, end),
		cmocka_unit_test_setup_teardown(test_short, begin, end),
		cmocka_unit_test_setup_teardown(test_numbers, begin, end),
		cmocka_unit_test_setup_teardown(test_tick, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
