/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sdreg.h>
#include <string.h>

static const struct row {
	const char *string;
	const char *key; /* NULL: readers ignore the string */
	const char *value; /* NULL: there is none */
} rows[] = {
	{"status=away", "status", "away"},
	{"flag", "flag", NULL},
	{"empty=", "empty", ""},
	{"a=b=c", "a", "b=c"},
	{"two words=x", "two words", "x"},
	{"=v", NULL, NULL},
	{"=", NULL, NULL},
	{"", NULL, NULL},
};

static void test_items(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *const row = &rows[i];
		struct sdreg_txt_item item;
		const int result = sdreg_txt_item(row->string, strlen(row->string), &item);
		if (row->key == NULL) {
			assert_int_equal(result, SDREG_E_SYNTAX);
			continue;
		}
		if (result != 0 || item.key_len != strlen(row->key) ||
			memcmp(item.key, row->key, item.key_len) != 0)
			fail_msg("%s: key %.*s", row->string, (int)item.key_len, item.key);
		if ((row->value == NULL) != (item.value == NULL))
			fail_msg("%s: no value and an empty one are not the same", row->string);
		if (row->value != NULL && (item.value_len != strlen(row->value) ||
			memcmp(item.value, row->value, item.value_len) != 0))
			fail_msg("%s: value %.*s", row->string, (int)item.value_len, item.value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
	};
	return cmocka_run_group_tests_name("txt", tests, NULL, NULL);
}
