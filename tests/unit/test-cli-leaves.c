/* SPDX-License-Identifier: MIT */

/* What many commands use: numbers, columns, texts cut to fit, installed registries and their
 * states; at their limits. */

#include "table.h"

#include "cli/common/number.h"
#include "cli/common/print.h"
#include "cli/show/columns.h"
#include "cli/show/snippet.h"

#include <stdlib.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* ---- numbers ---- */

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		unsigned number; /* 0: refused */
	} rows[] = {
		{"0", 0},
		{"1", 1},
		{"01", 1},
		{"100", 100},
		{"101", 0},
		{"", 0},
		{"-1", 0},
		{"+1", 0},
		{" 1", 0},
		{"1 ", 0},
		{"1x", 0},
		{"0x1", 0},
		{"18446744073709551617", 0},
	};
	unsigned number;
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		number = 7;
		assert_int_equal(number_read(rows[i].text, 100, &number),
			rows[i].number != 0 ? 0 : -1);
		assert_int_equal(number, rows[i].number != 0 ? rows[i].number : 7);
	}
	assert_int_equal(number_read_seconds("3600", &number), 0);
	assert_int_equal(number, 3600000);
	assert_int_equal(number_read_seconds("1", &number), 0);
	assert_int_equal(number, 1000);
	assert_int_equal(number_read_seconds("3601", &number), -1);
	assert_int_equal(number_read_seconds("0", &number), -1);
}

/* ---- what a user gave, in a message ---- */

static char *printed(void print(FILE *out, const char *bytes, size_t len), const char *bytes,
	size_t len)
{
	char *text = NULL;
	size_t size;
	FILE *const out = open_memstream(&text, &size);
	assert_non_null(out);
	print(out, bytes, len);
	fclose(out);
	return text;
}

static void test_cut(void **state)
{
	char bytes[210];
	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	for (size_t inside = 0; inside < 5; inside++)
		for (size_t len = 198; len < 206; len++) {
			char wanted[260];
			/* the last bytes before the cut begin a character, the next ones are in it
			 */
			memset(bytes + 190, 'x', 20);
			for (size_t i = 0; i < inside; i++)
				bytes[200 - i] = '\200';
			size_t shown = len;
			if (len > 200)
				shown = inside == 0 ? 200 : inside > 3 ? 197 : 200 - inside;
			char *const whole = printed(print_bytes, bytes, shown);
			snprintf(wanted, sizeof(wanted), "%s", whole);
			if (len > 200)
				snprintf(wanted + strlen(wanted), 30, "... (%zu bytes)", len);
			char *const text = printed(print_cut, bytes, len);
			assert_string_equal(text, wanted);
			free(text);
			free(whole);
		}
}

static void put_json(FILE *out, const char *bytes, size_t len)
{
	(void)len;
	print_json_text(out, bytes);
}

static void test_json(void **state)
{
	static const char *const rows[][2] = {
		{"", ""},
		{"\"a\"", "\"a\""},
		{"\302\200", "\\u0080"},
		{"a\342\200\256b", "a\\u202eb"},
		{"\302\240", "\302\240"},
		{"\360\237\230\200", "\360\237\230\200"},
		{"\377a", "\377a"},
		{"a\303", "a\303"},
		{"\177", "\\u007f"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *const text = printed(put_json, rows[i][0], 0);
		assert_string_equal(text, rows[i][1]);
		free(text);
	}
}

/* ---- columns ---- */

static void test_columns(void **state)
{
	static const struct {
		const char *columns;
		size_t width;
	} widths[] = {
		{"39", 40},
		{"40", 40},
		{"41", 41},
		{"999", 999},
		{"1000", 1000},
		{"1001", 1000},
		{"0", 40},
		{"9", 40},
		{"50x", 50},
	};
	static const struct {
		const char *text;
		size_t columns;
	} texts[] = {
		{"", 0},
		{"a", 1},
		{" ~", 2},
		{"\037", 4},
		{"\177", 4},
		{"caf\303\251", 4},
		{"\346\227\245", 2},
		{"e\314\201", 1},
		{"\377", 4},
		{"\302\200", 8},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		setenv("COLUMNS", widths[i].columns, 1);
		assert_int_equal(columns_of_terminal(), widths[i].width);
	}
	setenv("COLUMNS", "x", 1); /* no number, and no terminal */
	FILE *const file = tmpfile();
	fflush(stdout);
	const int before = dup(STDOUT_FILENO);
	dup2(fileno(file), STDOUT_FILENO);
	const size_t width = columns_of_terminal();
	dup2(before, STDOUT_FILENO);
	close(before);
	fclose(file);
	unsetenv("COLUMNS");
	assert_int_equal(width, 80);
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(columns_of(texts[i].text, strlen(texts[i].text)),
			texts[i].columns);
}

/* ---- snippets ---- */

static const char *snippet_of(int bold, const char *text, struct snippet part, size_t width,
	int as_address)
{
	static char shown[200];
	FILE *const file = tmpfile();
	assert_non_null(file);
	fflush(stdout);
	const int before = dup(STDOUT_FILENO);
	dup2(fileno(file), STDOUT_FILENO);
	snippet_print(bold, text, part, width, as_address);
	fflush(stdout);
	dup2(before, STDOUT_FILENO);
	close(before);
	rewind(file);
	shown[fread(shown, 1, sizeof(shown) - 1, file)] = '\0';
	fclose(file);
	return shown;
}

static void test_snippets(void **state)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static const struct {
		const char *text;
		size_t from, to, width;
		const char *shown;
	} rows[] = {
		{letters, 0, 1, 26, "abcdefghijklmnopqrst..."},
		{letters, 0, 1, 25, "abcdefghijklmnopqrs..."},
		{letters, 0, 1, 28, "abcdefghijklmnopqrstuv..."},
		{letters, 0, 1, 29, letters}, /* dots would be as wide */
		{letters, 25, 26, 25, "...hijklmnopqrstuvwxyz"},
		{letters, 12, 14, 26, "...ghijklmnopqrstuvwxyz"},
		{letters, 12, 14, 20, "...ijklmnopqrstuv..."},
		{letters, 12, 14, 12, "...lmnopq..."},
		{letters, 3, 5, 14, "abcdefghi..."},
		{letters, 4, 6, 14, "abcdefghij..."},
		{letters, 6, 8, 14, "...efghijkl..."},
		{letters, 21, 23, 14, "...stuvwxyz"},
		{letters, 0, 26, 16, "abcdefghij..."},
		{letters, 5, 20, 16, "...fghijklmno..."},
		{"a\nb&c", 1, 2, 40, "a b@c"},
		{"\346\227\245\346\234\254\350\252\236\346\227\245\346\234\254", 6, 9, 10,
			"...\350\252\236\346\227\245\346\234\254"},
		{"\346\227\245\346\234\254\350\252\236\346\227\245\346\234\254\346\227\245", 6, 9,
			11, "\346\227\245\346\234\254\350\252\236..."},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct snippet part = {rows[i].from, rows[i].to};
		const char *const shown = snippet_of(0, rows[i].text, part, rows[i].width, 1);
		if (strcmp(shown, rows[i].shown) != 0)
			fail_msg("row %zu: %s, not %s", i, shown, rows[i].shown);
	}
	assert_string_equal(snippet_of(1, "abc", (struct snippet){1, 2}, 40, 0),
		"a\033[1mb\033[0mc");
	assert_string_equal(snippet_of(0, "a&b", (struct snippet){0, 1}, 40, 0), "a&b");
}

/* A part with the characters whole that begin or end it. */
static void test_whole(void **state)
{
	static const char text[] = "a\303\251b\342\202\254";
	static const struct {
		size_t from, to, whole_from, whole_to;
	} rows[] = {
		{0, 1, 0, 1},
		{1, 2, 1, 3},
		{2, 3, 1, 3},
		{2, 2, 1, 3},
		{3, 4, 3, 4},
		{3, 5, 3, 7},
		{5, 6, 4, 7},
		{0, 7, 0, 7},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct snippet part = snippet_whole(text, rows[i].from, rows[i].to);
		assert_int_equal(part.from, rows[i].whole_from);
		assert_int_equal(part.to, rows[i].whole_to);
	}
	assert_int_equal(snippet_whole("\200a", 0, 1).from, 0); /* no character at all */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_snippets),
		cmocka_unit_test(test_whole),
	};
	return cmocka_run_group_tests_name("cli leaves", tests, NULL, NULL);
}
