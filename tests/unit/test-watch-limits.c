/* SPDX-License-Identifier: MIT */

/* The watch at its limits: characters that are typed, steps at the ends of the list and the
 * screen, times that are just over, characters without a width. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/watch/keys.h"
#include "cli/watch/model.h"
#include "cli/watch/text.h"
#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const int source;

static struct watch_service *add(struct watch_model *model, const char *type, const char *name,
	int is_news, long long now)
{
	const struct watch_name n = {type, name, "local"};
	struct watch_service *const s = watch_model_add(model, &n, &source, is_news, now);
	assert_non_null(s);
	return s;
}

/* Two types with two services each: six rows. */
static struct watch_model *sample(void)
{
	struct watch_model *const model = watch_model_new();
	assert_non_null(model);
	add(model, "_a._tcp", "one", 0, 0);
	add(model, "_a._tcp", "two", 0, 0);
	add(model, "_b._tcp", "three", 0, 0);
	add(model, "_b._tcp", "two", 0, 0);
	assert_int_equal(watch_model_settle(model, 0), -1);
	assert_int_equal(model->row_count, 6);
	return model;
}

static void type(struct watch_keys *keys, const char *text)
{
	for (; *text != '\0'; text++)
		assert_int_equal(watch_keys_take(keys, (unsigned char)*text), 1);
	watch_model_settle(keys->view.model, 0);
}

static void press(struct watch_keys *keys, unsigned long key)
{
	assert_int_equal(watch_keys_take(keys, key), 1);
	watch_model_settle(keys->view.model, 0);
}

/* ---- typing ---- */

static void test_typed(void **state)
{
	static const struct {
		unsigned long key;
		const char *bytes;
	} rows[] = {
		{0x20, " "},
		{0x7f, "\177"},
		{0x80, "\302\200"},
		{0x7ff, "\337\277"},
		{0x800, "\340\240\200"},
		{0xffff, "\357\277\277"},
		{0x10000, "\360\220\200\200"},
		{0x40000, "\361\200\200\200"},
		{0x10ffff, "\364\217\277\277"},
	};
	struct watch_keys keys = {.view.model = sample(), .size = {4, 40, 4}};
	(void)state;
	type(&keys, "/");
	for (size_t i = 0; i < COUNT(rows); i++) {
		char both[16];
		press(&keys, rows[i].key);
		assert_string_equal(keys.typed, rows[i].bytes);
		press(&keys, 'x');
		snprintf(both, sizeof(both), "%sx", rows[i].bytes);
		assert_string_equal(keys.view.model->filter, both);
		press(&keys, WATCH_KEY_BACKSPACE);
		assert_string_equal(keys.typed, rows[i].bytes);
		press(&keys, WATCH_KEY_BACKSPACE);
		assert_string_equal(keys.typed, "");
		assert_non_null(keys.view.typed);
	}
	type(&keys, "ab");
	press(&keys, 'u' & 0x1f);
	assert_string_equal(keys.view.model->filter, "");
	assert_non_null(keys.view.typed);
	press(&keys, 0x1f); /* no characters */
	press(&keys, WATCH_KEY_NONE);
	press(&keys, WATCH_KEY_OTHER);
	assert_string_equal(keys.typed, "");
	press(&keys, 'l' & 0x1f);
	assert_int_equal(keys.redraws, 1);
	press(&keys, WATCH_KEY_BACKSPACE); /* of nothing ends it */
	assert_null(keys.view.typed);
	watch_model_free(keys.view.model);
}

/* No more than fits, with room for the longest character. */
static void test_typed_most(void **state)
{
	static const unsigned long characters[] = {'x', 0xe9, 0x20ac, 0x1f600};
	(void)state;
	for (size_t i = 0; i < COUNT(characters); i++) {
		struct watch_keys keys = {.view.model = sample(), .size = {4, 40, 4}};
		type(&keys, "/");
		for (int n = 0; n < 300; n++)
			press(&keys, characters[i]);
		assert_int_equal(strlen(keys.typed), WATCH_TYPED_MAX - 4);
		watch_model_free(keys.view.model);
	}
}

/* ---- keys ---- */

static void test_scroll(void **state)
{
	static const struct {
		unsigned long key;
		size_t height, before, after;
	} rows[] = {
		{WATCH_KEY_DOWN, 10, 0, 1},
		{'j', 10, 1, 2},
		{WATCH_KEY_UP, 10, 2, 1},
		{'k', 10, 1, 0},
		{'k', 10, 0, 0},
		{WATCH_KEY_PAGE_DOWN, 10, 0, 9},
		{WATCH_KEY_PAGE_DOWN, 2, 0, 1},
		{WATCH_KEY_PAGE_DOWN, 1, 0, 1},
		{WATCH_KEY_PAGE_DOWN, 0, 0, 1},
		{WATCH_KEY_PAGE_DOWN, 3, 5, 7},
		{WATCH_KEY_PAGE_UP, 10, 9, 0},
		{WATCH_KEY_PAGE_UP, 10, 10, 1},
		{WATCH_KEY_PAGE_UP, 10, 8, 0},
		{'f' & 0x1f, 10, 0, 9},
		{'b' & 0x1f, 10, 9, 0},
		{']', 10, 0, 1},
		{'[', 10, 2, 1},
		{'[', 10, 1, 0},
		{'[', 10, 0, 0},
	};
	static const enum watch_pane panes[] = {WATCH_PANE_HELP, WATCH_PANE_DETAILS};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t p = 0; p < COUNT(panes); p++) {
			struct watch_keys keys = {.view.model = sample(),
				.view.pane = panes[p],
				.view.details_top = rows[i].before,
				.size = {4, 40, rows[i].height}};
			press(&keys, rows[i].key);
			if (keys.view.details_top != rows[i].after)
				fail_msg("row %zu: %zu", i, keys.view.details_top);
			assert_int_equal(keys.view.pane, panes[p]);
			assert_int_equal(keys.view.model->cursor, 0);
			watch_model_free(keys.view.model);
		}
}

static void test_moves(void **state)
{
	static const struct {
		unsigned long key;
		size_t height, before, after;
	} rows[] = {
		{WATCH_KEY_DOWN, 4, 0, 1},
		{WATCH_KEY_DOWN, 4, 5, 5},
		{WATCH_KEY_UP, 4, 5, 4},
		{WATCH_KEY_UP, 4, 1, 0},
		{WATCH_KEY_UP, 4, 0, 0},
		{WATCH_KEY_PAGE_DOWN, 4, 0, 3},
		{WATCH_KEY_PAGE_DOWN, 4, 3, 5},
		{WATCH_KEY_PAGE_DOWN, 1, 0, 1},
		{WATCH_KEY_PAGE_UP, 4, 4, 1},
		{WATCH_KEY_PAGE_UP, 4, 3, 0},
		{WATCH_KEY_PAGE_UP, 4, 2, 0},
		{WATCH_KEY_HOME, 4, 3, 0},
		{'g', 4, 3, 0},
		{WATCH_KEY_END, 4, 1, 5},
		{'G', 4, 1, 5},
		{WATCH_KEY_LEFT, 4, 5, 3},
		{'h', 4, 4, 3},
		{'h', 4, 1, 0},
		{'x', 4, 3, 3},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct watch_keys keys = {.view.model = sample(),
			.view.details_top = 7,
			.size = {rows[i].height, 40, 4}};
		struct watch_model *const model = keys.view.model;
		watch_model_move(model, (long)rows[i].before);
		assert_int_equal(model->cursor, rows[i].before);
		press(&keys, rows[i].key);
		if (model->cursor != rows[i].after)
			fail_msg("row %zu: at %zu", i, model->cursor);
		/* other details are read from their start */
		if (rows[i].before == rows[i].after)
			assert_int_equal(keys.view.details_top, 7);
		else if (rows[i].key != 'h' && rows[i].key != WATCH_KEY_LEFT)
			assert_int_equal(keys.view.details_top, 0);
		assert_ptr_equal(watch_model_selected(model), &model->rows[model->cursor]);
		watch_model_free(model);
	}
}

static void test_commands(void **state)
{
	struct watch_keys keys = {.view.model = sample(), .size = {4, 40, 4}};
	struct watch_model *const model = keys.view.model;
	(void)state;
	type(&keys, "-");
	assert_int_equal(model->row_count, 2);
	type(&keys, "+");
	assert_int_equal(model->row_count, 6);
	type(&keys, "-=");
	assert_int_equal(model->row_count, 6);
	type(&keys, " ");
	assert_int_equal(model->row_count, 4);
	type(&keys, " ");
	assert_int_equal(model->row_count, 6);
	press(&keys, WATCH_KEY_LEFT); /* a type folds */
	assert_int_equal(model->row_count, 4);
	press(&keys, WATCH_KEY_LEFT);
	assert_int_equal(model->row_count, 4);
	press(&keys, WATCH_KEY_RIGHT);
	assert_int_equal(model->row_count, 6);
	for (int i = 1; i <= WATCH_ORDERS; i++) {
		type(&keys, "s");
		assert_int_equal(model->order, i % WATCH_ORDERS);
	}
	type(&keys, "d");
	assert_int_equal(keys.view.pane, WATCH_PANE_LIST);
	type(&keys, "/");
	assert_int_equal(keys.view.pane, WATCH_PANE_LIST);
	press(&keys, WATCH_KEY_ENTER);
	type(&keys, "d");
	assert_int_equal(keys.view.pane, WATCH_PANE_BOTH);
	keys.view.details_top = 3;
	press(&keys, WATCH_KEY_ENTER);
	assert_int_equal(keys.view.pane, WATCH_PANE_DETAILS);
	assert_int_equal(keys.view.details_top, 0);
	type(&keys, "/"); /* what is found is to be seen */
	assert_int_equal(keys.view.pane, WATCH_PANE_BOTH);
	press(&keys, 0x1b);
	type(&keys, "?");
	assert_int_equal(keys.view.pane, WATCH_PANE_HELP);
	assert_int_equal(keys.redraws, 0);
	assert_int_equal(watch_keys_take(&keys, 'q'), 0);
	watch_model_free(model);
}

/* ---- the screen ---- */

/* The selected row is among those that are shown, and no line is left empty. */
static void test_fit(void **state)
{
	static const struct {
		size_t cursor, height, next_height;
		size_t top, next_top;
	} rows[] = {
		{0, 4, 4, 0, 0},
		{3, 4, 4, 0, 0},
		{4, 4, 4, 1, 1},
		{5, 4, 4, 2, 2},
		{5, 4, 5, 2, 1},
		{5, 4, 6, 2, 0},
		{5, 4, 7, 2, 0},
		{5, 6, 1, 0, 5},
		{5, 6, 0, 0, 5},
		{5, 0, 1, 5, 5},
		{2, 6, 3, 0, 0},
		{3, 6, 3, 0, 1},
		{0, 6, 1, 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct watch_model *const model = sample();
		watch_model_fit(model, rows[i].height);
		watch_model_move(model, (long)rows[i].cursor);
		if (model->top != rows[i].top)
			fail_msg("row %zu: from %zu", i, model->top);
		watch_model_fit(model, rows[i].next_height);
		if (model->top != rows[i].next_top)
			fail_msg("row %zu: then from %zu", i, model->top);
		watch_model_settle(model, 0);
		assert_int_equal(model->cursor, rows[i].cursor);
		watch_model_free(model);
	}
}

/* Rows that are gone: the selected one is another, wherever it was, and never behind the last. */
static void test_cursor(void **state)
{
	static const char *const names[][2] = {{"_a._tcp", "one"}, {"_a._tcp", "two"},
		{"_b._tcp", "three"}, {"_b._tcp", "two"}};
	(void)state;
	for (unsigned leaving = 1; leaving < 16; leaving++)
		for (size_t cursor = 0; cursor < 6; cursor++)
			for (int folded = 0; folded < 2; folded++) {
				struct watch_model *const model = sample();
				watch_model_move(model, (long)cursor);
				if (folded)
					watch_model_fold_all(model, 1);
				watch_model_settle(model, 1);
				for (size_t i = 0; i < 4; i++) {
					const struct watch_name n = {names[i][0], names[i][1],
						"local"};
					if (leaving >> i & 1)
						watch_model_leave(model,
							watch_model_find(model, &n), NULL, 1);
				}
				if (folded)
					watch_model_fold_all(model, 0);
				watch_model_settle(model, 1 + WATCH_MARK_MS);
				const struct watch_row *const row = watch_model_selected(model);
				assert_true(model->cursor < model->row_count ||
					(model->row_count == 0 && model->cursor == 0));
				assert_true((row == NULL) == (model->row_count == 0));
				if (row != NULL)
					assert_ptr_equal(row, &model->rows[model->cursor]);
				watch_model_free(model);
			}
}

/* ---- times ---- */

/* What settling says of the time until something changes, and what is marked and shown then. */
static void test_times(void **state)
{
	struct watch_model *const model = watch_model_new();
	struct watch_service *const a = add(model, "_a._tcp", "a", 1, 0);
	struct watch_service *const b = add(model, "_a._tcp", "b", 1, 100);
	struct watch_service *const c = add(model, "_c._tcp", "c", 1, 50);
	(void)state;
	assert_int_equal(watch_model_settle(model, 100), WATCH_MARK_MS - 100);
	assert_int_equal(a->type->has_news, 1);
	assert_int_equal(watch_model_settle(model, WATCH_MARK_MS - 1), 1);
	assert_int_equal(a->news, WATCH_NEW);
	assert_int_equal(watch_model_settle(model, WATCH_MARK_MS), 50);
	assert_int_equal(a->news, WATCH_OLD);
	assert_int_equal(b->news, WATCH_NEW);
	assert_int_equal(a->type->has_news, 1);
	assert_int_equal(watch_model_settle(model, WATCH_MARK_MS + 100), -1);
	assert_int_equal(b->news, WATCH_OLD);
	assert_int_equal(c->news, WATCH_OLD);
	assert_int_equal(a->type->has_news, 0);
	watch_model_mark_changed(c, 10000);
	assert_int_equal(watch_model_settle(model, 10000), WATCH_MARK_MS);
	assert_int_equal(c->type->has_news, 0); /* of changes, not */
	watch_model_leave(model, a, NULL, 10001);
	assert_int_equal(watch_model_settle(model, 10001), WATCH_MARK_MS - 1);
	assert_int_equal(model->row_count, 5);
	assert_int_equal(watch_model_settle(model, 10000 + WATCH_MARK_MS), 1);
	assert_int_equal(model->row_count, 5);
	assert_int_equal(watch_model_settle(model, 10001 + WATCH_MARK_MS), -1);
	assert_int_equal(model->row_count, 4);
	watch_model_hold(model);
	watch_model_leave(model, b, NULL, 30000);
	assert_int_equal(watch_model_settle(model, 90000), -1);
	assert_int_equal(model->row_count, 4);
	assert_int_equal(model->gone, 1);
	watch_model_let_go(model, 100000);
	assert_int_equal(watch_model_settle(model, 100000), WATCH_MARK_MS);
	assert_int_equal(watch_model_settle(model, 100000 + WATCH_MARK_MS), -1);
	assert_int_equal(model->row_count, 2);
	assert_int_equal(model->gone, 0);
	assert_int_equal(model->there, 1);
	watch_model_free(model);
}

/* ---- order ---- */

static void test_order(void **state)
{
	struct watch_model *const model = sample();
	const struct watch_name two = {"_b._tcp", "two", "local"};
	(void)state;
	watch_model_sort(model, WATCH_BY_AGE);
	watch_model_settle(model, 1);
	assert_string_equal(model->rows[0].type->text, "_b._tcp");
	assert_string_equal(model->rows[1].service->name, "two");
	add(model, "_b._tcp", "three", 1, 2); /* again: now it is the newest */
	watch_model_settle(model, 2);
	assert_string_equal(model->rows[1].service->name, "three");
	add(model, "_a._tcp", "one", 1, 3);
	watch_model_settle(model, 3);
	assert_string_equal(model->rows[0].type->text, "_a._tcp");
	assert_string_equal(model->rows[1].service->name, "one");
	watch_model_sort(model, WATCH_BY_HOST);
	watch_model_settle(model, 4);
	assert_string_equal(model->rows[4].service->name, "three");
	assert_int_equal(watch_model_answer(model, watch_model_find(model, &two), "z", WATCH_KNOWN),
		0);
	watch_model_settle(model, 5); /* those whose host is not known come last */
	assert_string_equal(model->rows[4].service->name, "two");
	assert_int_equal(watch_model_answer(model, watch_model_find(model, &two), "", WATCH_SILENT),
		0);
	watch_model_settle(model, 6);
	assert_string_equal(model->rows[4].service->name, "three");
	assert_int_equal(model->silent, 1);
	assert_int_equal(model->waiting, 3);
	watch_model_free(model);
}

/* ---- text ---- */

/* Characters without a width are dropped, their neighbours are not. */
static void test_joiners(void **state)
{
	static const wchar_t dropped[] = {0x200b, 0x200d, 0x2060, 0x2064, 0xfe00, 0xfe0f, 0xe0001,
		0xe0fff, 0x1f3fb, 0x1f3ff};
	static const wchar_t shown[] = {0x200a, 0x205f, 0xfe10, 0x1f3fa, 0x1f400};
	wchar_t line[128];
	struct watch_cells cells = {.at = line};
	char text[16] = "a";
	(void)state;
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		fail_msg("there is no C.UTF-8");
	for (size_t i = 0; i < COUNT(dropped) + COUNT(shown); i++) {
		const int is_shown = i >= COUNT(dropped);
		const wchar_t c = is_shown ? shown[i - COUNT(dropped)] : dropped[i];
		const int n = wctomb(text + 1, c);
		assert_true(n > 1);
		strcpy(text + 1 + n, "b");
		watch_text_cut(text, strlen(text), 40, 1, &cells);
		if ((wcschr(line, c) != NULL) != is_shown)
			fail_msg("U+%04lX: %ls", (unsigned long)c, line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_typed_most),
		cmocka_unit_test(test_scroll),
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_cursor),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_joiners),
	};
	return cmocka_run_group_tests_name("watch limits", tests, NULL, NULL);
}
