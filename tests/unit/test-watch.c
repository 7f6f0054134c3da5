/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/watch/keys.h"
#include "cli/watch/model.h"
#include "cli/watch/text.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int source; /* of all services */

static struct watch_service *add(struct watch_model *model, const char *type, const char *name,
	long long now)
{
	const struct watch_name n = {type, name, "local"};
	struct watch_service *const s = watch_model_add(model, &n, &source, 1, now);
	assert_non_null(s);
	return s;
}

static void leave(struct watch_model *model, const char *type, const char *name, long long now)
{
	const struct watch_name n = {type, name, "local"};
	struct watch_service *const s = watch_model_find(model, &n);
	assert_non_null(s);
	watch_model_leave(model, s, NULL, now);
}

/* Settles, and compares with the rows in words: types in brackets, the selected row with a star. */
static void check_rows(struct watch_model *model, long long now, const char *rows)
{
	char text[1024] = "";
	assert_true(watch_model_settle(model, now) >= -1);
	for (size_t i = 0; i < model->row_count; i++) {
		const struct watch_row *const row = &model->rows[i];
		const char *const star = i == model->cursor ? "*" : "";
		const size_t len = strlen(text);
		if (row->service == NULL)
			snprintf(text + len, sizeof(text) - len, "[%s%s]", star, row->type->text);
		else
			snprintf(text + len, sizeof(text) - len, " %s%s ", star,
				row->service->name);
	}
	assert_string_equal(text, rows);
}

static struct watch_model *sample(void)
{
	struct watch_model *const model = watch_model_new();
	assert_non_null(model);
	add(model, "_b._tcp", "Nurse", 0);
	add(model, "_b._tcp", "juliet", 0);
	add(model, "_a._tcp", "Romeo", 0)->type->title = "Z of a";
	add(model, "_c._udp", "Tybalt", 0)->type->title = "A of c";
	return model;
}

static void test_rows(void **state)
{
	struct watch_model *const model = sample();
	(void)state;
	check_rows(model, 1, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	add(model, "_b._tcp", "Mercutio", 2);
	add(model, "_A._tcp", "Romeo", 2);
	check_rows(model, 3,
		"[*_A._tcp] Romeo [_a._tcp] Romeo [_b._tcp] juliet  Mercutio  Nurse "
		"[_c._udp] Tybalt ");
	assert_int_equal(model->there, 6);
	assert_int_equal(model->waiting, 6);
	watch_model_free(model);
	watch_model_free(NULL);
}

static void test_order(void **state)
{
	struct watch_model *const model = sample();
	const struct watch_name nurse = {"_b._tcp", "Nurse", "local"};
	(void)state;
	watch_model_sort(model, WATCH_BY_TITLE);
	check_rows(model, 1, "[*_c._udp] Tybalt [_a._tcp] Romeo [_b._tcp] juliet  Nurse ");
	watch_model_sort(model, WATCH_BY_AGE);
	check_rows(model, 1, "[*_c._udp] Tybalt [_a._tcp] Romeo [_b._tcp] juliet  Nurse ");
	add(model, "_b._tcp", "Escalus", 1);
	check_rows(model, 1, "[*_b._tcp] Escalus  juliet  Nurse [_c._udp] Tybalt [_a._tcp] Romeo ");
	watch_model_sort(model, WATCH_BY_HOST);
	assert_int_equal(watch_model_answer(model, watch_model_find(model, &nurse), "attic",
				 WATCH_KNOWN),
		0);
	check_rows(model, 1, "[*_a._tcp] Romeo [_b._tcp] Nurse  Escalus  juliet [_c._udp] Tybalt ");
	watch_model_free(model);
}

/* What is selected stays so, and on its line of the screen. */
static void test_place(void **state)
{
	struct watch_model *const model = sample();
	(void)state;
	watch_model_fit(model, 4);
	check_rows(model, 1, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	watch_model_move(model, 4);
	watch_model_move(model, -1);
	assert_int_equal(model->top, 1);
	add(model, "_0._tcp", "Abram", 2);
	check_rows(model, 2,
		"[_0._tcp] Abram [_a._tcp] Romeo [_b._tcp] *juliet  Nurse "
		"[_c._udp] Tybalt ");
	assert_int_equal(model->top, 3);
	leave(model, "_0._tcp", "Abram", 3);
	check_rows(model, 3,
		"[_0._tcp] Abram [_a._tcp] Romeo [_b._tcp] *juliet  Nurse "
		"[_c._udp] Tybalt ");
	check_rows(model, 3 + WATCH_MARK_MS,
		"[_a._tcp] Romeo [_b._tcp] *juliet  Nurse "
		"[_c._udp] Tybalt ");
	assert_int_equal(model->top, 1);
	watch_model_sort(model, WATCH_BY_TITLE);
	check_rows(model, 9000, "[_c._udp] Tybalt [_a._tcp] Romeo [_b._tcp] *juliet  Nurse ");
	watch_model_home(model);
	assert_int_equal(model->top, 0);
	watch_model_end(model);
	check_rows(model, 9000, "[_c._udp] Tybalt [_a._tcp] Romeo [_b._tcp] juliet  *Nurse ");
	assert_int_equal(model->top, 3);
	watch_model_move(model, 1);
	watch_model_move(model, -100);
	check_rows(model, 9000, "[*_c._udp] Tybalt [_a._tcp] Romeo [_b._tcp] juliet  Nurse ");
	watch_model_free(model);
}

/* Rows that go take the cursor with them: it stands on the last row, and never behind it. */
static void test_end(void **state)
{
	struct watch_model *const model = sample();
	(void)state;
	check_rows(model, 1, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	for (long row = 6; row >= 2; row--) { /* 2 is just behind the rows that stay */
		watch_model_home(model);
		watch_model_move(model, row);
		assert_int_equal(model->cursor, row);
		assert_int_equal(watch_model_filter(model, "Romeo"), 0);
		check_rows(model, 1, "[_a._tcp] *Romeo ");
		assert_ptr_equal(watch_model_selected(model), &model->rows[1]);
		watch_model_end(model);
		assert_int_equal(model->cursor, 1);
		watch_model_move(model, 1);
		assert_int_equal(model->cursor, 1);
		assert_int_equal(watch_model_filter(model, ""), 0);
		check_rows(model, 1, "[_a._tcp] *Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	}
	watch_model_free(model);
}

/* The first row is only the selected one when somebody chose it. */
static void test_start(void **state)
{
	struct watch_model *const model = watch_model_new();
	(void)state;
	check_rows(model, 0, "");
	assert_null(watch_model_selected(model));
	watch_model_move(model, 1);
	watch_model_end(model);
	watch_model_go_up(model);
	watch_model_fold(model, -1);
	add(model, "_b._tcp", "Nurse", 0);
	check_rows(model, 0, "[*_b._tcp] Nurse ");
	add(model, "_a._tcp", "Romeo", 0);
	check_rows(model, 0, "[*_a._tcp] Romeo [_b._tcp] Nurse ");
	watch_model_free(model);
}

static void test_leaving(void **state)
{
	struct watch_model *const model = sample();
	const struct watch_name nurse = {"_b._tcp", "Nurse", "local"};
	(void)state;
	check_rows(model, 0, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	watch_model_move(model, 4);
	/* it comes back before its row has gone */
	leave(model, "_b._tcp", "Nurse", 10);
	assert_int_equal(model->there, 3);
	assert_int_equal(model->gone, 1);
	check_rows(model, 20, "[_a._tcp] Romeo [_b._tcp] juliet  *Nurse [_c._udp] Tybalt ");
	add(model, "_b._tcp", "Nurse", 30);
	assert_int_equal(model->gone, 0);
	check_rows(model, 9999, "[_a._tcp] Romeo [_b._tcp] juliet  *Nurse [_c._udp] Tybalt ");
	/* and when it has, one of the same type is selected, or the type */
	leave(model, "_b._tcp", "Nurse", 10000);
	assert_int_equal(watch_model_settle(model, 10001), WATCH_MARK_MS - 1);
	check_rows(model, 20000, "[_a._tcp] Romeo [_b._tcp] *juliet [_c._udp] Tybalt ");
	assert_null(watch_model_find(model, &nurse));
	add(model, "_b._tcp", "Nurse", 20000);
	check_rows(model, 30000, "[_a._tcp] Romeo [_b._tcp] *juliet  Nurse [_c._udp] Tybalt ");
	leave(model, "_b._tcp", "juliet", 30000);
	check_rows(model, 40000, "[_a._tcp] Romeo [_b._tcp] *Nurse [_c._udp] Tybalt ");
	leave(model, "_b._tcp", "Nurse", 40000);
	check_rows(model, 50000, "[_a._tcp] Romeo [*_c._udp] Tybalt ");
	assert_int_equal(watch_model_settle(model, 50000), -1);
	leave(model, "_a._tcp", "Romeo", 50000);
	leave(model, "_c._udp", "Tybalt", 50000);
	check_rows(model, 60000, "");
	assert_int_equal(model->type_count, 0);
	assert_int_equal(model->there + model->gone + model->waiting + model->silent, 0);
	watch_model_free(model);
}

static void test_hold(void **state)
{
	struct watch_model *const model = sample();
	(void)state;
	leave(model, "_b._tcp", "Nurse", 0);
	watch_model_hold(model);
	leave(model, "_b._tcp", "juliet", 0);
	assert_int_equal(watch_model_settle(model, 1), WATCH_MARK_MS - 1); /* the news */
	assert_int_equal(watch_model_settle(model, WATCH_MARK_MS), -1);
	check_rows(model, 99999, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	watch_model_let_go(model, 99999);
	add(model, "_b._tcp", "Nurse", 99999);
	check_rows(model, 99999, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	check_rows(model, 99999 + WATCH_MARK_MS,
		"[*_a._tcp] Romeo [_b._tcp] Nurse [_c._udp] Tybalt ");
	watch_model_free(model);
}

static void test_fold(void **state)
{
	struct watch_model *const model = sample();
	(void)state;
	check_rows(model, 0, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	watch_model_move(model, 4);
	watch_model_fold(model, -1);
	check_rows(model, 0, "[_a._tcp] Romeo [*_b._tcp][_c._udp] Tybalt ");
	leave(model, "_b._tcp", "Nurse", 1);
	leave(model, "_b._tcp", "juliet", 1);
	check_rows(model, 9999, "[_a._tcp] Romeo [*_c._udp] Tybalt ");
	add(model, "_b._tcp", "Nurse", 10000);
	check_rows(model, 10000, "[_a._tcp] Romeo [_b._tcp][*_c._udp] Tybalt ");
	watch_model_fold_all(model, 1);
	check_rows(model, 10000, "[_a._tcp][_b._tcp][*_c._udp]");
	watch_model_fold_all(model, 0);
	check_rows(model, 10000, "[_a._tcp] Romeo [_b._tcp] Nurse [*_c._udp] Tybalt ");
	watch_model_end(model);
	watch_model_go_up(model);
	check_rows(model, 10000, "[_a._tcp] Romeo [_b._tcp] Nurse [*_c._udp] Tybalt ");
	watch_model_free(model);
}

static void test_filter(void **state)
{
	struct watch_model *const model = sample();
	const struct watch_name nurse = {"_b._tcp", "Nurse", "local"};
	(void)state;
	check_rows(model, 0, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	watch_model_move(model, 4);
	watch_model_filter(model, "JUL");
	check_rows(model, 0, "[*_b._tcp] juliet ");
	watch_model_filter(model, "z OF");
	check_rows(model, 0, "[*_a._tcp] Romeo ");
	watch_model_filter(model, "_b._");
	check_rows(model, 0, "[*_b._tcp] juliet  Nurse ");
	watch_model_filter(model, "attic.");
	check_rows(model, 0, "");
	watch_model_answer(model, watch_model_find(model, &nurse), "Attic.local", WATCH_KNOWN);
	check_rows(model, 0, "[*_b._tcp] Nurse ");
	watch_model_filter(model, "");
	check_rows(model, 0, "[_a._tcp] Romeo [*_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	watch_model_free(model);
}

static void test_news(void **state)
{
	struct watch_model *const model = watch_model_new();
	const struct watch_name name = {"_b._tcp", "Nurse", "local"};
	struct watch_service *const s = watch_model_add(model, &name, &source, 0, 0);
	(void)state;
	assert_int_equal(s->news, WATCH_OLD);
	assert_int_equal(watch_model_settle(model, 0), -1);
	watch_model_answer(model, s, "", WATCH_SILENT);
	assert_int_equal(model->silent, 1);
	watch_model_answer(model, s, "attic", WATCH_KNOWN);
	assert_int_equal(model->silent + model->waiting, 0);
	watch_model_mark_changed(s, 100);
	assert_int_equal(watch_model_settle(model, 200), WATCH_MARK_MS - 100);
	assert_int_equal(s->news, WATCH_CHANGED);
	assert_int_equal(watch_model_settle(model, 100 + WATCH_MARK_MS), -1);
	assert_int_equal(s->news, WATCH_OLD);
	watch_model_free(model);
}

/* ---- keys ---- */

static void type(struct watch_keys *keys, const char *text)
{
	for (; *text != '\0'; text++)
		assert_int_equal(watch_keys_take(keys, (unsigned char)*text), 1);
}

static void test_keys(void **state)
{
	struct watch_keys keys = {.view.model = sample(), .size = {4, 40, 4}};
	struct watch_model *const model = keys.view.model;
	(void)state;
	check_rows(model, 0, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	type(&keys, "/qs"); /* letters that do something elsewhere */
	assert_string_equal(keys.view.typed, "qs");
	check_rows(model, 0, "");
	watch_keys_take(&keys, WATCH_KEY_BACKSPACE);
	watch_keys_take(&keys, 0xe9);
	watch_keys_take(&keys, 0x20ac);
	watch_keys_take(&keys, 0x1f600);
	assert_string_equal(model->filter, "q\303\251\342\202\254\360\237\230\200");
	for (int i = 0; i < 4; i++)
		watch_keys_take(&keys, WATCH_KEY_BACKSPACE);
	assert_string_equal(model->filter, "");
	type(&keys, "rom");
	watch_keys_take(&keys, WATCH_KEY_ENTER);
	assert_null(keys.view.typed);
	check_rows(model, 0, "[*_a._tcp] Romeo ");
	watch_keys_take(&keys, 0x1b);
	check_rows(model, 0, "[*_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] Tybalt ");
	type(&keys, "/");
	for (int i = 0; i < 1000; i++)
		watch_keys_take(&keys, 0x1f600);
	assert_true(strlen(keys.typed) < sizeof(keys.typed));
	watch_keys_take(&keys, 0x1b);
	type(&keys, "jj h");
	check_rows(model, 0, "[_a._tcp] Romeo [*_b._tcp][_c._udp] Tybalt ");
	type(&keys, "lG");
	check_rows(model, 0, "[_a._tcp] Romeo [_b._tcp] juliet  Nurse [_c._udp] *Tybalt ");
	watch_keys_take(&keys, WATCH_KEY_PAGE_UP);
	check_rows(model, 0, "[_a._tcp] Romeo [_b._tcp] *juliet  Nurse [_c._udp] Tybalt ");
	type(&keys, "?");
	assert_int_equal(keys.view.pane, WATCH_PANE_HELP);
	type(&keys, "j?");
	assert_int_equal(keys.view.pane, WATCH_PANE_BOTH);
	check_rows(model, 0, "[_a._tcp] Romeo [_b._tcp] *juliet  Nurse [_c._udp] Tybalt ");
	assert_int_equal(watch_keys_take(&keys, 'q'), 0);
	watch_model_free(model);
}

/* ---- text in cells ---- */

static const struct cut_row {
	const char *text;
	size_t columns;
	const wchar_t *cells;
	size_t used;
} cut_rows[] = {
	{"", 4, L"", 0}, {"abc", 3, L"abc", 3}, {"abcd", 3, L"ab\u2026", 3},
	{"abc", 1, L"\u2026", 1}, {"abc", 0, L"", 0},
	{"\346\227\245\346\234\254", 4, L"\u65e5\u672c", 4}, /* wide */
	{"\346\227\245\346\234\254", 3, L"\u65e5\u2026", 3},
	{"\346\227\245\346\234\254", 2, L"\u2026", 1},
	{"\346\227\245\346\234\254", 1, L"\u2026", 1},
	{"e\314\201x", 2, L"e\u0301x", 2}, /* combining */
	{"e\314\201xy", 2, L"e\u0301\u2026", 2}, {"xe\314\201", 2, L"xe\u0301", 2},
	{"\314\201x", 9, L"\\204\\129x", 9}, /* with nothing */
	{"e\314\201\314\201\314\201\314\201\314\201x", 2, L"e\u0301\u0301\u0301x", 2}, /* a tower */
	{"\033[2Jx", 8, L"\\027[2Jx", 8}, /* a sequence */
	{"\302\2332J", 10, L"\\194\\1552J", 10}, /* C1 */
	{"\342\200\256abc", 15, L"\\226\\128\\174abc", 15}, /* an override */
	{"\377x", 5, L"\\255x", 5}, {"ab\033x", 5, L"ab\u2026", 3}, /* an escape is not cut */
	{"a\342\200\215b", 2, L"ab", 2}, /* a joiner */
	{"\342\200\2152", 13, L"\\226\\128\\1412", 13}, /* with nothing */
};

static void test_cut(void **state)
{
	(void)state;
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		fail_msg("there is no C.UTF-8");
	for (size_t i = 0; i < sizeof(cut_rows) / sizeof(cut_rows[0]); i++) {
		const struct cut_row *const row = &cut_rows[i];
		wchar_t line[128];
		struct watch_cells cells = {.at = line};
		watch_text_cut(row->text, strlen(row->text), row->columns, 1, &cells);
		if (wcscmp(line, row->cells) != 0 || cells.columns != row->used)
			fail_msg("row %zu: \"%ls\", %zu columns", i, line, cells.columns);
	}
}

/* Where the locale has no such characters. */
static void test_cut_ascii(void **state)
{
	wchar_t line[128];
	struct watch_cells cells = {.at = line};
	(void)state;
	watch_text_cut("R\303\266m", 4, 10, 0, &cells);
	assert_true(wcscmp(line, L"R\\195\\182m") == 0);
	watch_text_cut("R\303\266m", 4, 9, 0, &cells);
	assert_true(wcscmp(line, L"R\\195~") == 0);
}

/* Any bytes: never more than the columns, never a control character, never out of the buffer. */
static void test_cut_any(void **state)
{
	unsigned random = 1;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[64];
		for (size_t i = 0; i < sizeof(text); i++) {
			random = random * 1103515245 + 12345;
			const unsigned byte = random >> 16 & 0xff;
			text[i] = (char)(byte % 3 == 0 ? 0xcc + byte % 2 : byte);
		}
		const size_t columns = (size_t)round % 40;
		wchar_t *const line =
			malloc(((1 + WATCH_COMBINING_MAX) * columns + 1) * sizeof(*line));
		struct watch_cells cells = {.at = line};
		watch_text_cut(text, sizeof(text), columns, round % 2, &cells);
		assert_true(cells.columns <= columns);
		assert_int_equal(wcslen(line), cells.count);
		for (size_t i = 0; i < cells.count; i++)
			assert_true(line[i] >= 0x20 && (line[i] < 0x7f || line[i] >= 0xa0));
		free(line);
	}
}

/* ---- a crowd ---- */

static double crowd(size_t services, size_t types)
{
	struct watch_model *const model = watch_model_new();
	const clock_t start = clock();
	for (size_t i = 0; i < services; i++) {
		char name[32];
		char text[32];
		snprintf(name, sizeof(name), "n%zu", i * 7919 % services);
		snprintf(text, sizeof(text), "_t%zu._tcp", i % types);
		add(model, text, name, (long long)i);
		if (i % (services / 100) == 0) /* a picture in between */
			watch_model_settle(model, (long long)i);
	}
	watch_model_settle(model, 0);
	assert_int_equal(model->row_count, services + types);
	for (size_t i = 0; i < services; i++)
		watch_model_leave(model, model->rows[i + 1 + i / (services / types)].service, NULL,
			0);
	watch_model_settle(model, 2 * WATCH_MARK_MS);
	assert_int_equal(model->row_count, 0);
	watch_model_free(model);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Eight times as many take about eight times as long: the square would be 64. */
static void test_crowd(void **state)
{
	(void)state;
	static const size_t types[] = {1, 1000};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const double few = crowd(5000, types[i]);
		const double many = crowd(40000, types[i]);
		if (many > 32 * few)
			fail_msg("%zu types: %g s and %g s", types[i], few, many);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_end),
		cmocka_unit_test(test_start),
		cmocka_unit_test(test_leaving),
		cmocka_unit_test(test_hold),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_filter),
		cmocka_unit_test(test_news),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_cut_ascii),
		cmocka_unit_test(test_cut_any),
		cmocka_unit_test(test_crowd),
	};
	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
