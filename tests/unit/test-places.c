/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "common/bytes.h"
#include "common/places.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* Finding bytes many at a time, beside finding them one by one. */

enum { LONGEST = 3 * PLACES_BLOCK + 2 };

/* Each place of a byte in a text, behind which there is more of it than may be seen. */
static void places_text(const char *bytes, size_t len, unsigned char c)
{
	char *const text = malloc(len + PLACES_ROOM);
	assert_non_null(text);
	memcpy(text, bytes, len);
	memset(text + len, c, PLACES_ROOM);
	struct places places = places_begin(text, text + len, c);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] == c)
			assert_ptr_equal(places_next(&places, c), text + i);
	assert_null(places_next(&places, c));
	assert_null(places_next(&places, c));
	free(text);
}

static void test_places(void **state)
{
	static const char bytes[] = {';', 'a', '\0', (char)0x80, (char)0xff, ':', '<', '\x01'};
	char text[LONGEST];
	unsigned random = 1;
	(void)state;
	for (size_t len = 0; len <= LONGEST; len++)
		for (unsigned rare = 1; rare <= 64; rare *= 8) {
			for (size_t i = 0; i < len; i++) {
				random = random * 1103515245 + 12345;
				const unsigned draw = random >> 16;
				text[i] = draw % rare != 0 ? 'x' : bytes[draw / 64 % sizeof(bytes)];
			}
			for (size_t i = 0; i < sizeof(bytes); i++)
				places_text(text, len, (unsigned char)bytes[i]);
		}
}

/* One byte is one bit, with the machine's own instructions and without. */
static void test_blocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < PLACES_BLOCK; i++)
		for (int c = 0; c < 256; c++) {
			char block[PLACES_BLOCK];
			memset(block, c ^ 1, sizeof(block));
			assert_true(places_block(block, (unsigned char)c) == 0);
			assert_true(places_words(block, (unsigned char)c) == 0);
			block[i] = (char)c;
			assert_true(places_block(block, (unsigned char)c) == UINT64_C(1) << i);
			assert_true(places_words(block, (unsigned char)c) == UINT64_C(1) << i);
		}
}

static void test_words(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++)
		for (size_t i = 0; i < 8; i++) {
			char text[8];
			char first[8] = "";
			memset(text, c ^ 0x80, sizeof(text));
			assert_int_equal(word_find(word_at(text), (unsigned char)c), 8);
			text[i] = (char)c;
			assert_int_equal(word_find(word_at(text), (unsigned char)c), i);
			text[7] = (char)c; /* the first one counts */
			assert_int_equal(word_find(word_at(text), (unsigned char)c), i);
			memcpy(first, text, i);
			assert_true(word_first(word_at(text), i) == word_at(first));
			assert_true(word_first(word_at(text), 8 + i) == word_at(text));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_words),
	};
	return cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
