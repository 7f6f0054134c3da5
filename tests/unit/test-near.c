/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "common/near.h"

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* A copy of just the text's size, so that an overrun of one byte is seen. */
static char *exact(const char *text)
{
	const size_t len = strlen(text);
	char *const copy = malloc(len > 0 ? len : 1);
	assert_non_null(copy);
	memcpy(copy, text, len);
	return copy;
}

static void test_distance(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		unsigned distance;
	} rows[] = {
		{"", "", 0}, {"", "abc", 3}, {"lookup", "lookup", 0}, {"lookup", "LOOKUP", 0},
		{"lokup", "lookup", 1}, {"looookup", "lookup", 2}, {"lookyp", "lookup", 1},
		{"loouk", "look", 1}, {"loopuk", "lookup", 2}, {"loosup", "lookup", 1},
		{"verison", "version", 1}, {"ab", "ba", 1}, {"abc", "cba", 2},
		{"ca", "abc", 3}, /* what was exchanged is not changed again */
		{"kitten", "sitting", 3}, {"[", "{", 1}, /* no letters: 0x20 apart all the same */
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *const a = exact(rows[i].a);
		char *const b = exact(rows[i].b);
		const unsigned there = near_distance(a, strlen(rows[i].a), b, strlen(rows[i].b));
		const unsigned back = near_distance(b, strlen(rows[i].b), a, strlen(rows[i].a));
		if (there != rows[i].distance || back != there)
			fail_msg("%s, %s: %u and %u", rows[i].a, rows[i].b, there, back);
		free(a);
		free(b);
	}
}

static void test_long_words(void **state)
{
	char word[NEAR_WORD_MAX + 1];
	(void)state;
	memset(word, 'x', sizeof(word));
	assert_int_equal(near_distance(word, NEAR_WORD_MAX, "", 0), NEAR_WORD_MAX);
	assert_int_equal(near_distance(word, NEAR_WORD_MAX, word, NEAR_WORD_MAX), 0);
	assert_true(near_distance(word, NEAR_WORD_MAX + 1, word, NEAR_WORD_MAX) > NEAR_WORD_MAX);
	assert_true(near_distance(word, NEAR_WORD_MAX, word, NEAR_WORD_MAX + 1) > NEAR_WORD_MAX);
}

/* What is meant by a word, of these. */
static void test_nearest(void **state)
{
	static const char *const words[] = {"search", "lookup", "types", "check", "checks"};
	static const struct {
		const char *word;
		unsigned most;
		const char *meant;
	} rows[] = {
		{"lokup", 1, "lookup"},
		{"lokpp", 1, NULL},
		{"lokpp", 2, "lookup"},
		{"chec", 1, "check"},
		{"chec", 2, "check"},
		{"cheks", 1, "checks"},
		{"check", 0, "check"},
		{"chekc", 0, NULL},
		{"", 1, NULL},
		{"zzzzz", 2, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct near near = {.word = rows[i].word,
			.len = strlen(rows[i].word),
			.most = rows[i].most};
		for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++)
			near_try(&near, words[j], strlen(words[j]));
		if ((near.best == NULL) != (rows[i].meant == NULL) ||
			(near.best != NULL && strcmp(near.best, rows[i].meant) != 0))
			fail_msg("%s: %s", rows[i].word, near.best != NULL ? near.best : "none");
	}
}

/* Of two that are as near, the first. */
static void test_tie(void **state)
{
	struct near near = {.word = "types", .len = 5, .most = 1};
	(void)state;
	near_try(&near, "typed", 5);
	near_try(&near, "typep", 5);
	assert_string_equal(near.best, "typed");
	assert_int_equal(near.distance, 1);
	near_try(&near, "types!", 5);
	assert_string_equal(near.best, "types!");
	assert_int_equal(near.best_len, 5);
	assert_int_equal(near.distance, 0);
}

static void test_slips(void **state)
{
	static const unsigned slips[] = {0, 0, 0, 1, 1, 1, 2, 2};
	(void)state;
	for (size_t len = 0; len < sizeof(slips) / sizeof(slips[0]); len++)
		assert_int_equal(near_slips(len), slips[len]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_long_words),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_tie),
		cmocka_unit_test(test_slips),
	};
	return cmocka_run_group_tests_name("near", tests, NULL, NULL);
}
