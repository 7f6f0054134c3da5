/* SPDX-License-Identifier: MIT */

/* The rows of a watch, with each allocation failing once: what is freed is in no row, and what a
 * user does then finds rows or none. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/watch/model.h"
#include "failing.h"

#include <stdio.h>

enum { CROWD = 100 };

/* Reads all that a screen would draw. */
static void read_rows(const struct watch_model *model)
{
	const struct watch_row *const selected = watch_model_selected(model);
	assert_true(model->cursor < model->row_count || model->row_count == 0);
	assert_true(selected != NULL || model->row_count == 0);
	for (size_t i = 0; i < model->row_count; i++) {
		const struct watch_row *const row = &model->rows[i];
		assert_true(row->type->text[0] == '_');
		if (row->service != NULL)
			assert_true(row->service->name[0] == 's' && row->service->host != NULL);
	}
}

/* 0, or -1 when out of memory. */
static int settle(struct watch_model *model, long long now)
{
	const long long wait = watch_model_settle(model, now);
	if (wait == -2)
		assert_null(watch_model_selected(model));
	read_rows(model);
	return wait == -2 ? -1 : 0;
}

static int add_many(struct watch_model *model, size_t from, size_t count, long long now)
{
	for (size_t i = from; i < from + count; i++) {
		char name[16];
		char type[16];
		snprintf(name, sizeof(name), "s%zu", i);
		snprintf(type, sizeof(type), "_t%zu._tcp", i % 3);
		const struct watch_name full = {type, name, "local"};
		if (watch_model_add(model, &full, model, 1, now) == NULL)
			return -1;
	}
	return 0;
}

static int leave_many(struct watch_model *model, size_t count, long long now)
{
	for (size_t i = 0; i < count && i < model->row_count; i++)
		if (model->rows[i].service != NULL)
			watch_model_leave(model, model->rows[i].service, strdup("It left.\n"), now);
	return 0;
}

/* A day: some come, some leave and are forgotten while others come. */
static int run_day(void *user)
{
	struct watch_model *const model = watch_model_new();
	(void)user;
	if (model == NULL)
		return -1;
	int result = add_many(model, 0, CROWD, 0);
	if (result == 0)
		result = settle(model, 1);
	watch_model_end(model);
	leave_many(model, CROWD / 2, 2);
	if (result == 0)
		result = add_many(model, CROWD, 2 * CROWD, 3);
	/* the rows grow, and those that left are freed */
	const int settled = settle(model, 2 + WATCH_MARK_MS);
	result = result == 0 ? settled : result;
	watch_model_move(model, -1);
	watch_model_go_up(model);
	watch_model_end(model);
	watch_model_fold(model, -1);
	read_rows(model);
	if (watch_model_filter(model, "s1") < 0)
		result = -1;
	if (settle(model, 3 * WATCH_MARK_MS) < 0)
		result = -1;
	watch_model_free(model);
	return result;
}

static void test_memory(void **state)
{
	(void)state;
	/* what was said of a service that left may be lost without a word */
	long failed = 0;
	for (long n = 0;; n++) {
		left = n;
		const int result = run_day(NULL);
		const int all = left >= 0;
		left = -1;
		if (all) {
			assert_int_equal(result, 0);
			assert_true(failed > CROWD);
			return;
		}
		failed += result < 0;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
	};
	return cmocka_run_group_tests_name("watch-memory", tests, NULL, NULL);
}
