/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "common/printed-txt.h"
#include <cmocka.h>
#include <sdreg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* TXT records as each version of avahi-browse prints them. */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { TEXT_SIZE = 300 };

static void add(char *out, const char *bytes, size_t len)
{
	const size_t used = strlen(out);
	assert_true(used + len + 3 < TEXT_SIZE);
	snprintf(out + used, TEXT_SIZE - used, "[%.*s]", (int)len, bytes);
}

/* The strings of a text, each in brackets. Behind the text are as many bytes as may be read, and
 * behind what has its escapes taken out none, so that a sanitizer sees who goes too far. */
static void strings_of(const char *text, size_t len, char *out)
{
	char *const block = malloc(len + PLACES_ROOM);
	char *const room = malloc(len > 0 ? len : 1);
	assert_true(block != NULL && room != NULL);
	memcpy(block, text, len);
	memset(block + len, '"', PLACES_ROOM);
	struct printed_txt txt = printed_txt_read(block, len);
	struct sdreg_text string;
	out[0] = '\0';
	while (printed_txt_next(&txt, room, &string))
		add(out, string.at, string.len);
	if (txt.has_open_end || txt.at < txt.end)
		strcat(out, txt.has_open_end ? "..." : "?");
	free(room);
	free(block);
}

/* What the library takes of a text, in the same words. */
static void record_of(const char *text, size_t len, char *out)
{
	struct sdreg_txt *const record = sdreg_txt_new();
	struct sdreg_text string;
	assert_non_null(record);
	out[0] = '\0';
	sdreg_txt_add_printed(record, text, len, NULL);
	for (size_t i = 0; sdreg_txt_string(record, i, &string); i++)
		add(out, string.at, string.len);
	sdreg_txt_free(record);
}

/* A text, and its strings; behind them "..." where the last has no end, and "?" where there is no
 * string. What both kinds of version can have printed is 0.8's. */
static const struct {
	const char *text;
	const char *strings;
} rows[] = {
	{"", ""},
	{"\"a=1\"", "[a=1]"},
	{"\"empty=\" \"novalue\" \"\"", "[empty=][novalue][]"},
	{"\"a;b\" \"c d\"", "[a;b][c d]"},
	/* more blanks than one, as in a text that was broken into lines */
	{"\"a=1\"  \"b=2\"", "[a=1][b=2]"},
	{" \"a=1\"\n\t\"b=\\010\" \r\n", "[a=1][b=\n]"},
	{" \t", ""},
	{"\"a=1\" ", "[a=1]"},
	{"\"a=1\"\"b=2\"", "[a=1\"\"b=2]"},
	/* 0.8 and later */
	{"\"1st=Juliet; \\\"Q\\\"\\\\ back\" \"b=\\195\\169\"",
		"[1st=Juliet; \"Q\"\\ back][b=\303\251]"},
	{"\"x=\\\\\" \"y=\\\"\"", "[x=\\][y=\"]"},
	{"\"x=\\\" \\\"y\"", "[x=\" \"y]"}, /* one string with a quote, a blank and a quote */
	{"\"x=\\001\\031\\255\"", "[x=\001\037\377]"},
	{"\"x=\303\251\\\\\"", "[x=\303\251\\]"}, /* ARM: bytes from 128 on are raw */
	{"\"x=\303\251\\027\"", "[x=\303\251\033]"},
	{"\"x=\177\\195\"", "[x=\177\303]"}, /* 127 was raw, */
	{"\"x=\\127\\128\"", "[x=\177\200]"}, /* and from 0.9-rc3 on is not */
	/* 0.7: a backslash is one */
	{"\"x=C:\\\"", "[x=C:\\]"},
	{"\"x=C:\\\" \"y=D:\\\"", "[x=C:\\][y=D:\\]"},
	{"\"x=C:\\dir\" \"y\"", "[x=C:\\dir][y]"},
	{"\"a=\\065b\"", "[a=\\065b]"}, /* no later one escapes these, */
	{"\"x=\\032\"", "[x=\\032]"},
	{"\"x=\\126\"", "[x=\\126]"},
	{"\"x=\\256\"", "[x=\\256]"}, /* there are no such, */
	{"\"x=\\. \\12\"", "[x=\\. \\12]"},
	{"\"say=\"hi\" there\" \"b\"", "[say=\"hi\" there][b]"}, /* no later one prints these, */
	{"\"say=\"\\\"\" \"b\"", "[say=\"\\\"][b]"},
	{"\"a=\" \"b=\"\"", "[a=][b=\"]"},
	{"\"tab=\t\\\\\"", "[tab=\t\\\\]"},
	{"\"x=\037\\\\\"", "[x=\037\\\\]"},
	{"\"x=\303\251\\195\"", "[x=\303\251\\195]"}, /* nor both of these in one record, */
	{"\"x=\303\251\\127\"", "[x=\303\251\\127]"},
	{"\"x=\177\\127\"", "[x=\177\\127]"},
	{"\"x=\200\" \"\\128\"", "[x=\200][\\128]"},
	/* cut off */
	{"\"open", "[open]..."},
	{"\"", "[]..."},
	{"\"end\\", "[end\\]..."},
	{"\"a=\\195\" \"b=\\169", "[a=\303][b=\251]..."},
	{"\"a=\\195\" \"", "[a=\\195][]..."}, /* with 0.8 nothing ends like that */
	{"\"a=1\" b", "[a=1\" b]..."},
	{"\"a=\\010\" b", "[a=\\010\" b]..."},
	{"no quote", "?"},
	{"x \"a=1\"", "?"},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const size_t len = strlen(rows[i].text);
		char strings[TEXT_SIZE];
		char record[TEXT_SIZE];
		strings_of(rows[i].text, len, strings);
		if (strcmp(strings, rows[i].strings) != 0)
			fail_msg("row %zu, %s: %s", i, rows[i].text, strings);
		record_of(rows[i].text, len, record);
		if (strcmp(record, strpbrk(strings, ".?") == NULL ? strings : record) != 0)
			fail_msg("row %zu, %s: the library reads %s", i, rows[i].text, record);
	}
}

/* ---- printing, as each version does ---- */

enum version {
	V0_7,
	V0_8_ARM,
	V0_8,
	V0_9,
	VERSIONS,
};

static int is_numbered(enum version version, unsigned char byte)
{
	if (version == V0_7)
		return 0;
	if (byte < 32)
		return 1;
	return version == V0_9 ? byte >= 127 : version == V0_8 && byte >= 128;
}

static size_t print_string(enum version version, const char *string, size_t len, char *out)
{
	size_t n = 0;
	out[n++] = '"';
	for (size_t i = 0; i < len; i++) {
		const unsigned char byte = (unsigned char)string[i];
		if (is_numbered(version, byte)) {
			n += (size_t)snprintf(out + n, 5, "\\%03u", byte);
			continue;
		}
		if (version != V0_7 && (byte == '"' || byte == '\\'))
			out[n++] = '\\';
		out[n++] = (char)byte;
	}
	out[n++] = '"';
	return n;
}

/* Two strings as a version prints them, and in brackets. */
struct printed {
	char text[TEXT_SIZE];
	size_t len;
};

static struct printed print(enum version version, const char *one, size_t len, const char *other)
{
	struct printed printed = {"", 0};
	printed.len = print_string(version, one, len, printed.text);
	printed.text[printed.len++] = ' ';
	printed.len += print_string(version, other, strlen(other), printed.text + printed.len);
	return printed;
}

/* Whether what 0.7 printed cannot be told from other strings: a quote of its own looks like the
 * last one of a string, or a later version prints the strings that were read so. */
static int is_ambiguous(const char *string, size_t len, const struct printed *printed)
{
	for (size_t i = 0; i < len; i++)
		if (string[i] == '"' &&
			(i + 1 == len || string[i + 1] == ' ' || string[i + 1] == '\n'))
			return 1;
	struct printed_txt txt = printed_txt_read(printed->text, printed->len); /* there is room */
	char room[TEXT_SIZE];
	struct sdreg_text one;
	assert_true(printed_txt_next(&txt, room, &one));
	for (enum version version = V0_8_ARM; version < VERSIONS; version++) {
		const struct printed again = print(version, one.at, one.len, "b=2");
		if (again.len == printed->len && memcmp(again.text, printed->text, again.len) == 0)
			return 1;
	}
	return 0;
}

static void try_string(const char *string, size_t len)
{
	char wanted[TEXT_SIZE] = "";
	char strings[TEXT_SIZE];
	add(wanted, string, len);
	add(wanted, "b=2", 3);
	for (enum version version = V0_7; version < VERSIONS; version++) {
		const struct printed printed = print(version, string, len, "b=2");
		strings_of(printed.text, printed.len, strings);
		if (strcmp(strings, wanted) != 0 &&
			!(version == V0_7 && is_ambiguous(string, len, &printed)))
			fail_msg("version %d, %.*s: %s", version, (int)printed.len, printed.text,
				strings);
	}
}

/* All strings of few bytes, out of those that are something special in one version or another. */
static void test_versions(void **state)
{
	static const char bytes[] = "a \"\\01265\n\x7f\x80\xff";
	enum { LONGEST = 4, KINDS = sizeof(bytes) - 1 };
	size_t count = 1;
	(void)state;
	for (size_t len = 0; len <= LONGEST; len++, count *= KINDS)
		for (size_t i = 0; i < count; i++) {
			char string[LONGEST];
			size_t n = i;
			for (size_t k = 0; k < len; k++, n /= KINDS)
				string[k] = bytes[n % KINDS];
			try_string(string, len);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_versions),
	};
	return cmocka_run_group_tests_name("printed-txt", tests, NULL, NULL);
}
