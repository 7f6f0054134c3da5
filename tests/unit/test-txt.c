/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sdreg.h>
#include <stdlib.h>
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
		if (row->value != NULL &&
			(item.value_len != strlen(row->value) ||
				memcmp(item.value, row->value, item.value_len) != 0))
			fail_msg("%s: value %.*s", row->string, (int)item.value_len, item.value);
	}
}

static struct sdreg_txt *txt_new(void)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_non_null(txt);
	return txt;
}

/* The strings of a record, with "|" between them. */
static const char *joined(const struct sdreg_txt *txt, char buf[1024])
{
	struct sdreg_text string;
	size_t len = 0;
	for (size_t i = 0; sdreg_txt_string(txt, i, &string); i++) {
		if (i > 0)
			buf[len++] = '|';
		assert_true(len + string.len < 1000);
		memcpy(buf + len, string.at, string.len);
		len += string.len;
	}
	buf[len] = '\0';
	return buf;
}

/* ---- wire ---- */

#define BYTES(s) s, sizeof(s) - 1

static const struct wire_row {
	const char *bytes;
	size_t len;
	const char *strings; /* NULL: cannot be read */
	const char *error;
} wire_rows[] = {
	{BYTES(""), "", NULL},
	{BYTES("\0"), "", NULL},
	{BYTES("\3a=b"), "a=b", NULL},
	{BYTES("\3a=b\1c\2=d"), "a=b|c|=d", NULL},
	{BYTES("\3a=b\0\1c"), "a=b||c", NULL},
	{BYTES("\0\0"), "|", NULL},
	{BYTES("\1"), NULL, "the TXT record is cut short: its string at byte 0 has 0 of 1 bytes"},
	{BYTES("\3a=b\5c=d"), NULL,
		"the TXT record is cut short: its string at byte 4 has 3 of 5 bytes"},
	{BYTES("\377a"), NULL,
		"the TXT record is cut short: its string at byte 0 has 1 of 255 bytes"},
};

static void test_wire_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wire_rows) / sizeof(wire_rows[0]); i++) {
		const struct wire_row *const row = &wire_rows[i];
		struct sdreg_error err = {.size = sizeof(err)};
		char text[1024];
		struct sdreg_txt *const txt = txt_new();
		const int result = sdreg_txt_add_wire(txt, row->bytes, row->len, &err);
		assert_int_equal(result, row->strings != NULL ? 0 : SDREG_E_SYNTAX);
		assert_string_equal(joined(txt, text), row->strings != NULL ? row->strings : "");
		assert_string_equal(err.text, row->error != NULL ? row->error : "");
		assert_int_equal(sdreg_txt_has_order(txt), 1);
		sdreg_txt_free(txt);
	}
}

static void test_wire_out(void **state)
{
	(void)state;
	unsigned char buf[600];
	struct sdreg_txt *const txt = txt_new();
	assert_int_equal(sdreg_txt_wire_size(txt), 1);
	assert_int_equal(sdreg_txt_wire(txt, buf, 0), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_wire(txt, buf, 1), 1);
	assert_int_equal(buf[0], 0);
	char longest[SDREG_TXT_STRING_MAX + 1];
	memset(longest, 'x', sizeof(longest));
	assert_int_equal(sdreg_txt_add(txt, longest, SDREG_TXT_STRING_MAX), 0);
	assert_int_equal(sdreg_txt_add(txt, "a=b", 3), 0);
	assert_int_equal(sdreg_txt_wire(txt, buf, 259), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_wire(txt, buf, 260), 260);
	assert_int_equal(buf[0], 255);
	assert_memory_equal(buf + 256, "\3a=b", 4);
	struct sdreg_txt *const again = txt_new();
	assert_int_equal(sdreg_txt_add_wire(again, buf, 260, NULL), 0);
	assert_int_equal(sdreg_txt_count(again), 2);
	sdreg_txt_free(again);
	/* a string that no record can hold is kept, and not written */
	assert_int_equal(sdreg_txt_add(txt, longest, sizeof(longest)), 0);
	assert_int_equal(sdreg_txt_wire(txt, buf, sizeof(buf)), SDREG_E_LIMIT);
	sdreg_txt_free(txt);
}

/* ---- as avahi-browse prints ---- */

static const struct printed_row {
	const char *text;
	const char *strings; /* NULL: cannot be read */
	const char *error;
} printed_rows[] = {
	{"", "", NULL},
	{"  ", "", NULL},
	{"\"a=b\"", "a=b", NULL},
	{"\"txtvers=1\" \"1st=Juliet\"", "txtvers=1|1st=Juliet", NULL},
	{" \"a\"\t\"b\"\n", "a|b", NULL},
	{"\"\"", "", NULL},
	{"\"msg=caf\\195\\169\"", "msg=caf\303\251", NULL},
	{"\"q=\\\"hi\\\" \\\\ back\"", "q=\"hi\" \\ back", NULL},
	{"\"q=\\\" \\\"x\"", "q=\" \"x", NULL},
	/* 0.7 escapes nothing */
	{"\"msg=he said \"hi\" to me\" \"x=\"", "msg=he said \"hi\" to me|x=", NULL},
	{"\"p=C:\\dir\\\" \"x=1\"", "p=C:\\dir\\|x=1", NULL},
	{"\"x=C:\\\"", "x=C:\\", NULL},
	{"\"x=C:\\\" \"y=D:\\\"", "x=C:\\|y=D:\\", NULL},
	{"\"a=\\\\x\" \"b=\\d\"", "a=\\\\x|b=\\d", NULL},
	/* either could have printed these */
	{"\"x=\\\\\"", "x=\\", NULL},
	{"\"x=\\010\\195\"", "x=\n\303", NULL},
	/* no later version escapes what can be printed */
	{"\"x=\\065\"", "x=\\065", NULL},
	{"\"v=\\999\"", "v=\\999", NULL},
	{"\"v=\\12\"", "v=\\12", NULL},
	{"a=b", NULL,
		"a TXT string must begin with a double quote, byte 0 does not: quote each, "
		"as avahi-browse does"},
	{"\"a=b", NULL, "the TXT string at byte 0 has no double quote at its end"},
	{"\"a\" b", NULL, "the TXT string at byte 0 has no double quote at its end"},
	{"\"a\\", NULL, "the TXT string at byte 0 has no double quote at its end"},
	{"\"a\" \"", NULL, "the TXT string at byte 4 has no double quote at its end"},
};

static void test_printed_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(printed_rows) / sizeof(printed_rows[0]); i++) {
		const struct printed_row *const row = &printed_rows[i];
		struct sdreg_error err = {.size = sizeof(err)};
		char text[1024];
		struct sdreg_txt *const txt = txt_new();
		const int result = sdreg_txt_add_printed(txt, row->text, strlen(row->text), &err);
		if (result != (row->strings != NULL ? 0 : SDREG_E_SYNTAX))
			fail_msg("%s: %d", row->text, result);
		assert_string_equal(joined(txt, text), row->strings != NULL ? row->strings : "");
		assert_string_equal(err.text, row->error != NULL ? row->error : "");
		assert_int_equal(sdreg_txt_has_order(txt), row->strings == NULL);
		sdreg_txt_free(txt);
	}
}

static void test_printed_out(void **state)
{
	(void)state;
	static const char want[] = "\"a=\\\"\\\\\" \"b=\\195\\169\\000\\127\"";
	char buf[64];
	struct sdreg_txt *const txt = txt_new();
	assert_int_equal(sdreg_txt_print(txt, buf, 1), 0);
	assert_int_equal(sdreg_txt_print(txt, buf, 0), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_add(txt, "a=\"\\", 4), 0);
	assert_int_equal(sdreg_txt_add(txt, "b=\303\251\0\177", 6), 0);
	assert_int_equal(sdreg_txt_print(txt, buf, sizeof(want)), sizeof(want) - 1);
	assert_string_equal(buf, want);
	assert_int_equal(sdreg_txt_print(txt, buf, sizeof(want) - 1), SDREG_E_LIMIT);
	assert_string_equal(buf, "");
	sdreg_txt_free(txt);
}

/* ---- looking up ---- */

static struct sdreg_txt *record(const char *strings)
{
	struct sdreg_txt *const txt = txt_new();
	while (*strings != '\0') {
		const size_t len = strcspn(strings, "|");
		assert_int_equal(sdreg_txt_add(txt, strings, len), 0);
		strings += len + (strings[len] == '|');
	}
	return txt;
}

static void test_find(void **state)
{
	(void)state;
	struct sdreg_txt_item item;
	struct sdreg_txt *const txt = record("=no|Status=away|flag|empty=|STATUS=dnd|statusx=1");
	assert_int_equal(sdreg_txt_find(txt, "status", 6, &item), 1);
	assert_int_equal(item.value_len, 4);
	assert_memory_equal(item.value, "away", 4);
	assert_int_equal(sdreg_txt_find(txt, "FLAG", 4, &item), 1);
	assert_null(item.value);
	assert_int_equal(sdreg_txt_find(txt, "empty", 5, &item), 1);
	assert_non_null(item.value);
	assert_int_equal(item.value_len, 0);
	assert_int_equal(sdreg_txt_find(txt, "stat", 4, &item), 0);
	assert_int_equal(sdreg_txt_find(txt, "", 0, &item), 0);
	/* what is behind the key does not count */
	assert_int_equal(sdreg_txt_find(txt, "flagged", 4, &item), 1);
	assert_int_equal(item.key_len, 4);
	assert_int_equal(sdreg_txt_find(txt, "flag", 5, &item), 0);
	size_t next = 0;
	size_t count = 0;
	while (sdreg_txt_next(txt, &next, &item))
		count++;
	assert_int_equal(count, 5); /* without "=no" */
	sdreg_txt_free(txt);
}

/* ---- building ---- */

static const struct set_row {
	const char *before;
	const char *key;
	const char *value;
	const char *after; /* NULL: refused as no key */
} set_rows[] = {
	{"", "a", "b", "a=b"},
	{"", "a", NULL, "a"},
	{"", "a", "", "a="},
	{"x=1|a=1|y", "a", "2", "x=1|a=2|y"},
	{"x=1|A=1|y|a=3|a", "a", "2", "x=1|a=2|y"},
	{"x=1", "txtvers", "1", "txtvers=1|x=1"},
	{"x=1|TXTVERS=0|y", "txtvers", "1", "txtvers=1|x=1|y"},
	{"x=1", "", "1", NULL},
	{"x=1", "a=b", "1", NULL},
	{"x=1", "\303\251", "1", NULL},
	{"x=1", "tab\t", "1", NULL},
};

static void test_set(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(set_rows) / sizeof(set_rows[0]); i++) {
		const struct set_row *const row = &set_rows[i];
		struct sdreg_txt *const txt = record(row->before);
		char text[1024];
		const int result = sdreg_txt_set(txt, row->key, strlen(row->key), row->value,
			row->value != NULL ? strlen(row->value) : 0);
		assert_int_equal(result, row->after != NULL ? 0 : SDREG_E_SYNTAX);
		assert_string_equal(joined(txt, text),
			row->after != NULL ? row->after : row->before);
		/* the size is kept right */
		size_t size = sdreg_txt_count(txt) + strlen(text) - (sdreg_txt_count(txt) - 1);
		assert_int_equal(sdreg_txt_wire_size(txt), size);
		sdreg_txt_free(txt);
	}
}

static void test_limits(void **state)
{
	(void)state;
	static char big[SDREG_TXT_MEMORY_MAX];
	char text[1024];
	struct sdreg_txt *const txt = record("keep=1");
	assert_int_equal(sdreg_txt_set(txt, "k", 1, big, 253), 0);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, big, 254), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, big, SIZE_MAX), SDREG_E_LIMIT);
	memset(text, 'k', 256);
	text[256] = '\0';
	assert_int_equal(sdreg_txt_set(txt, text, strlen(text), NULL, 0), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_set(txt, text + 1, strlen(text + 1), "", 0), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_set(txt, text + 1, strlen(text + 1), NULL, 0), 0);
	assert_int_equal(sdreg_txt_remove(txt, text + 1, strlen(text + 1)), 1);
	assert_int_equal(sdreg_txt_remove(txt, "", 0), 0);
	assert_int_equal(sdreg_txt_set(txt, "kk", 1, "v", 1), 0);
	assert_int_equal(sdreg_txt_set(txt, "k", 2, "v", 1), SDREG_E_SYNTAX);
	assert_int_equal(sdreg_txt_remove(txt, "kk", 2), 0);
	assert_int_equal(sdreg_txt_remove(txt, "kk", 1), 1);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, NULL, 0), 0);
	assert_int_equal(sdreg_txt_remove(txt, "K", 1), 1);
	assert_string_equal(joined(txt, text), "keep=1");
	/* a record that DNS cannot carry is not built, but can be looked at */
	assert_int_equal(sdreg_txt_add(txt, big, SDREG_TXT_RECORD_MAX), 0);
	assert_int_equal(sdreg_txt_set(txt, "a", 1, "b", 1), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_add(txt, big, sizeof(big)), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_count(txt), 2);
	sdreg_txt_clear(txt);
	assert_int_equal(sdreg_txt_count(txt), 0);
	assert_int_equal(sdreg_txt_add(txt, big, sizeof(big)), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_add(txt, big, sizeof(big) - 1), 0);
	assert_int_equal(sdreg_txt_add(txt, big, 0), SDREG_E_LIMIT);
	sdreg_txt_free(txt);
	sdreg_txt_free(NULL);
}

/* What one reader takes of a damaged input is nothing. */
static void test_whole_or_nothing(void **state)
{
	(void)state;
	char text[1024];
	struct sdreg_txt *const txt = record("a=1");
	assert_int_equal(sdreg_txt_add_wire(txt, "\1b\2c", 4, NULL), SDREG_E_SYNTAX);
	assert_int_equal(sdreg_txt_add_printed(txt, "\"b\" \"c", 6, NULL), SDREG_E_SYNTAX);
	assert_string_equal(joined(txt, text), "a=1");
	assert_int_equal(sdreg_txt_has_order(txt), 1);
	sdreg_txt_free(txt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_wire_in),
		cmocka_unit_test(test_wire_out),
		cmocka_unit_test(test_printed_in),
		cmocka_unit_test(test_printed_out),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_whole_or_nothing),
	};
	return cmocka_run_group_tests_name("txt", tests, NULL, NULL);
}
