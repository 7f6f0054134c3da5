/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/common/print.h"
#include <cmocka.h>
#include <sdreg/text.h>
#include <stdlib.h>
#include <string.h>

/* What is printed for some bytes. */
static const struct row {
	const char *bytes;
	size_t len;
	const char *printed;
} rows[] = {
	{"plain text", 10, "plain text"},
	{"", 0, ""},
	{"R\303\266m\303\251o \360\237\230\200", 12, "R\303\266m\303\251o \360\237\230\200"},
	{"a\0b", 3, "a\\000b"},
	{"\033]0;x\007", 6, "\\027]0;x\\007"},
	{"a\nb\tc\r", 6, "a\\010b\\009c\\013"},
	{"\177", 1, "\\127"},
	{"\302\233", 2, "\\194\\155"}, /* CSI as a C1 control */
	{"\233", 1, "\\155"},
	{"\342\200\256abc", 6, "\\226\\128\\174abc"}, /* right-to-left override */
	{"\342\201\246", 3, "\\226\\129\\166"}, /* isolate */
	{"\342\200\250", 3, "\\226\\128\\168"}, /* line separator */
	{"\342\200\256\342\200\257", 6, "\\226\\128\\174\342\200\257"}, /* the last override */
	{"\342\201\251\342\201\252", 6, "\\226\\129\\169\342\201\252"}, /* the last isolate */
	{"\330\234", 2, "\\216\\156"}, /* Arabic letter mark */
	{"\342\200\216", 3, "\\226\\128\\142"}, /* left-to-right mark */
	{"\342\200\217", 3, "\\226\\128\\143"},
	{"\357\273\277", 3, "\\239\\187\\191"}, /* byte order mark */
	{"\357\277\271", 3, "\\239\\191\\185"}, /* interlinear annotation */
	{"\357\277\273\357\277\275", 6, "\\239\\191\\187\357\277\275"},
	{"\340\237\277", 3, "\\224\\159\\191"}, /* overlong, of three bytes */
	{"\360\217\277\277", 4, "\\240\\143\\191\\191"}, /* and of four */
	{"\300\257", 2, "\\192\\175"}, /* overlong */
	{"\355\240\200", 3, "\\237\\160\\128"}, /* surrogate */
	{"\364\220\200\200", 4, "\\244\\144\\128\\128"}, /* past the end of Unicode */
	{"\303", 1, "\\195"},
	{"x\342\202", 3, "x\\226\\130"},
};

static char *printed(const char *bytes, size_t len)
{
	char *text = NULL;
	size_t size;
	FILE *const out = open_memstream(&text, &size);
	assert_non_null(out);
	print_bytes(out, bytes, len);
	fclose(out);
	return text;
}

/* The library says the same, into a buffer: of any size, cut between characters. */
static void test_show(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *const row = &rows[i];
		char buf[128];
		const size_t whole = strlen(row->printed);
		assert_int_equal(sdreg_text_show(row->bytes, row->len, buf, whole + 1), whole);
		assert_string_equal(buf, row->printed);
		for (size_t size = 1; size <= whole; size++) {
			const size_t len = sdreg_text_show(row->bytes, row->len, buf, size);
			assert_true(len < size && buf[len] == '\0');
			assert_memory_equal(buf, row->printed, len);
			assert_true((row->printed[len] & 0xc0) != 0x80);
		}
		assert_int_equal(sdreg_text_show(row->bytes, row->len, NULL, 0), 0);
	}
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *const text = printed(rows[i].bytes, rows[i].len);
		if (strcmp(text, rows[i].printed) != 0)
			fail_msg("row %zu: %s", i, text);
		free(text);
	}
}

/* All pairs of bytes: never a control byte, and always UTF-8 that is no C1 control. */
static void test_pairs(void **state)
{
	(void)state;
	for (unsigned pair = 0; pair < 65536; pair++) {
		const char bytes[2] = {(char)(pair >> 8), (char)pair};
		char *const text = printed(bytes, 2);
		for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
			if (*p < 0x20 || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0))
				fail_msg("pair %04x", pair);
		free(text);
	}
}

static void test_json(void **state)
{
	(void)state;
	char *text = NULL;
	size_t size;
	FILE *const out = open_memstream(&text, &size);
	print_json_text(out, "{\"a\":\"\177\302\233\342\200\256\303\266\\n\"}");
	fclose(out);
	assert_string_equal(text, "{\"a\":\"\\u007f\\u009b\\u202e\303\266\\n\"}");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_json),
	};
	return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
