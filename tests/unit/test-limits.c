/* SPDX-License-Identifier: MIT */

/* Texts, TXT records and service types at their limits: the last that is let through, and the first
 * that is not. What stands behind the end of a text, or of a buffer, makes no difference. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sdreg.h>
#include <stdio.h>
#include <string.h>

/* ---- texts ---- */

static void test_controls(void **state)
{
	static const unsigned long ranges[][2] = {
		{0, 0x1f},
		{0x7f, 0x9f},
		{0x061c, 0x061c},
		{0x200e, 0x200f},
		{0x2028, 0x202e},
		{0x2066, 0x2069},
		{0xfeff, 0xfeff},
		{0xfff9, 0xfffb},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		assert_true(sdreg_text_is_control(ranges[i][0]));
		assert_true(sdreg_text_is_control(ranges[i][1]));
		assert_false(sdreg_text_is_control(ranges[i][0] - 1));
		assert_false(sdreg_text_is_control(ranges[i][1] + 1));
	}
}

static void test_show(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* the text goes on behind it */
		size_t size;
		const char *shown;
	} rows[] = {
		{"ab\n", 2, 60, "ab"},
		{"ab", 2, 3, "ab"},
		{"ab", 2, 2, "a"},
		{"ab", 2, 1, ""},
		{"a\303\251", 2, 60, "a\\195"}, /* cut in a character */
		{"a\303\251", 3, 4, "a\303\251"},
		{"a\303\251", 3, 3, "a"},
		{"\n", 1, 5, "\\010"},
		{"\n", 1, 4, ""},
		{"\342\200\247\342\200\250", 6, 60, "\342\200\247\\226\\128\\168"},
		{"\360\237\230\200", 4, 60, "\360\237\230\200"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char buf[64];
		memset(buf, '#', sizeof(buf));
		const size_t n = sdreg_text_show(rows[i].text, rows[i].len, buf, rows[i].size);
		if (n != strlen(rows[i].shown) || strcmp(buf, rows[i].shown) != 0)
			fail_msg("row %zu: %zu bytes, %s", i, n, buf);
		assert_int_equal(buf[rows[i].size], '#');
	}
	char untouched = '#';
	assert_int_equal(sdreg_text_show("a", 1, &untouched, 0), 0);
	assert_int_equal(untouched, '#');
}

static void test_characters(void **state)
{
	static const struct {
		const char *bytes;
		unsigned long point;
	} rows[] = {
		{"\177", 0x7f},
		{"\302\200", 0x80},
		{"\337\277", 0x7ff},
		{"\340\240\200", 0x800},
		{"\357\277\277", 0xffff},
		{"\360\220\200\200", 0x10000},
		{"\364\217\277\277", 0x10ffff},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned long point = 0;
		const size_t len = strlen(rows[i].bytes);
		assert_int_equal(sdreg_text_character(rows[i].bytes, len, &point), len);
		assert_int_equal(point, rows[i].point);
	}
}

/* ---- TXT records ---- */

static struct sdreg_txt *txt_new(void)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_non_null(txt);
	return txt;
}

/* A record of so many bytes, in strings of up to 255. */
static struct sdreg_txt *txt_of_size(size_t size)
{
	static const char string[SDREG_TXT_STRING_MAX] = "x";
	struct sdreg_txt *const txt = txt_new();
	while (size > 0) {
		const size_t len = size <= sizeof(string) ? size - 1 : sizeof(string);
		assert_int_equal(sdreg_txt_add(txt, string, len), 0);
		size -= len + 1;
	}
	return txt;
}

static void test_txt_record(void **state)
{
	static unsigned char buf[SDREG_TXT_RECORD_MAX + 2];
	struct sdreg_txt *txt = txt_of_size(SDREG_TXT_RECORD_MAX);
	(void)state;
	assert_int_equal(sdreg_txt_wire(txt, buf, sizeof(buf)), SDREG_TXT_RECORD_MAX);
	assert_int_equal(sdreg_txt_add(txt, "", 0), 0);
	assert_int_equal(sdreg_txt_wire_size(txt), SDREG_TXT_RECORD_MAX + 1);
	assert_int_equal(sdreg_txt_wire(txt, buf, sizeof(buf)), SDREG_E_LIMIT);
	sdreg_txt_free(txt);
	/* what is built: "k=v" takes four bytes, and what it takes the place of goes first */
	txt = txt_of_size(SDREG_TXT_RECORD_MAX - 4);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, "vv", 2), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, "v", 1), 0);
	assert_int_equal(sdreg_txt_wire_size(txt), SDREG_TXT_RECORD_MAX);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, "vv", 2), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, "w", 1), 0);
	assert_int_equal(sdreg_txt_wire(txt, buf, sizeof(buf)), SDREG_TXT_RECORD_MAX);
	assert_memory_equal(buf + SDREG_TXT_RECORD_MAX - 4, "\3k=w", 4);
	sdreg_txt_free(txt);
}

/* The same key twice: both go before the new string is there. */
static void test_txt_replaced(void **state)
{
	struct sdreg_txt *const txt = txt_of_size(SDREG_TXT_RECORD_MAX - 8);
	(void)state;
	assert_int_equal(sdreg_txt_add(txt, "k=1", 3), 0);
	assert_int_equal(sdreg_txt_add(txt, "k=2", 3), 0);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, "123456", 6), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_set(txt, "k", 1, "12345", 5), 0);
	assert_int_equal(sdreg_txt_wire_size(txt), SDREG_TXT_RECORD_MAX);
	sdreg_txt_free(txt);
}

static void test_txt_memory(void **state)
{
	enum { STRINGS = SDREG_TXT_MEMORY_MAX / 256 };
	static unsigned char wire[SDREG_TXT_MEMORY_MAX + 1]; /* ends with an empty string */
	static char printed[4 * SDREG_TXT_MEMORY_MAX + 1];
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_txt *const txt = txt_new();
	(void)state;
	for (size_t i = 0; i < STRINGS; i++)
		wire[256 * i] = 255;
	assert_int_equal(sdreg_txt_add_wire(txt, wire, sizeof(wire) - 1, &err), 0);
	assert_int_equal(sdreg_txt_count(txt), STRINGS);
	sdreg_txt_clear(txt);
	assert_int_equal(sdreg_txt_add_wire(txt, wire, sizeof(wire), &err), SDREG_E_LIMIT);
	assert_string_equal(err.text, "the TXT record is over 1048576 bytes long");
	assert_int_equal(sdreg_txt_count(txt), 0);
	memset(printed, ' ', sizeof(printed));
	assert_int_equal(sdreg_txt_add_printed(txt, printed, sizeof(printed) - 1, NULL), 0);
	assert_int_equal(sdreg_txt_add_printed(txt, printed, sizeof(printed), NULL), SDREG_E_LIMIT);
	sdreg_txt_free(txt);
}

static void test_txt_keys(void **state)
{
	static const struct {
		const char *key;
		int result;
	} rows[] = {
		{"\037", SDREG_E_SYNTAX},
		{" ", 0},
		{"<", 0},
		{"=", SDREG_E_SYNTAX},
		{">", 0},
		{"~", 0},
		{"\177", SDREG_E_SYNTAX},
		{"\200", SDREG_E_SYNTAX},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_txt *const txt = txt_new();
		assert_int_equal(sdreg_txt_set(txt, rows[i].key, strlen(rows[i].key), "", 0),
			rows[i].result);
		sdreg_txt_free(txt);
	}
}

/* Where a key goes: behind all others, but for txtvers and one that is there. */
static void test_txt_place(void **state)
{
	static const struct {
		const char *key;
		size_t nth;
	} rows[] = {
		{"x1", 1},
		{"version", 100}, /* as long as txtvers */
		{"txt", 100},
		{"txtvers", 0},
		{"X63", 63},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_txt *const txt = txt_new();
		struct sdreg_text string;
		char key[8];
		for (size_t n = 0; n < 100; n++) {
			snprintf(key, sizeof(key), "x%zu", n);
			assert_int_equal(sdreg_txt_add(txt, key, strlen(key)), 0);
		}
		assert_int_equal(sdreg_txt_set(txt, rows[i].key, strlen(rows[i].key), NULL, 0), 0);
		assert_int_equal(sdreg_txt_string(txt, rows[i].nth, &string), 1);
		assert_int_equal(string.len, strlen(rows[i].key));
		assert_memory_equal(string.at, rows[i].key, string.len);
		assert_int_equal(sdreg_txt_string(txt, 99, &string), 1);
		sdreg_txt_free(txt);
	}
}

/* An empty key is no key, though a string begins with an equals sign. */
static void test_txt_no_key(void **state)
{
	struct sdreg_txt *const txt = txt_new();
	struct sdreg_txt_item item;
	(void)state;
	assert_int_equal(sdreg_txt_add(txt, "=x", 2), 0);
	assert_int_equal(sdreg_txt_add(txt, "", 0), 0);
	assert_int_equal(sdreg_txt_remove(txt, "", 0), 0);
	assert_int_equal(sdreg_txt_item("=x", 0, &item), SDREG_E_SYNTAX);
	assert_int_equal(sdreg_txt_item("a=x", 1, &item), 0);
	assert_null(item.value);
	assert_int_equal(sdreg_txt_item("a=x", 2, &item), 0);
	assert_int_equal(item.value_len, 0);
	sdreg_txt_free(txt);
}

static void test_txt_print(void **state)
{
	static const char want[] = "\"\\031 ~\\127\"";
	char buf[sizeof(want) + 1];
	struct sdreg_txt *const txt = txt_new();
	(void)state;
	assert_int_equal(sdreg_txt_add(txt, "\037 ~\177", 4), 0);
	for (size_t size = 0; size <= sizeof(want); size++) {
		memset(buf, '#', sizeof(buf));
		const int n = sdreg_txt_print(txt, buf, size);
		assert_int_equal(n, size < sizeof(want) ? SDREG_E_LIMIT : (int)sizeof(want) - 1);
		assert_int_equal(buf[size], '#');
		if (size > 0)
			assert_string_equal(buf, size < sizeof(want) ? "" : want);
	}
	sdreg_txt_free(txt);
}

static void test_txt_printed(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *says; /* NULL: it can be read */
	} rows[] = {
		{"\"a\"b", 3, NULL},
		{"b", 0, NULL},
		{"b", 1, "a TXT string must begin"},
		{"\"a\" b", 5, "has no double quote at its end"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_txt *const txt = txt_new();
		const int result = sdreg_txt_add_printed(txt, rows[i].text, rows[i].len, &err);
		assert_int_equal(result, rows[i].says == NULL ? 0 : SDREG_E_SYNTAX);
		if (rows[i].says != NULL && strstr(err.text, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].text, err.text);
		sdreg_txt_free(txt);
	}
}

/* ---- service types ---- */

static void test_type_lengths(void **state)
{
	static char text[SDREG_DOMAIN_SIZE];
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(sdreg_type_parse(text, sizeof(text), &type, &err), SDREG_E_LIMIT);
	assert_non_null(strstr(err.text, "255 bytes"));
	assert_int_equal(sdreg_type_parse(text, sizeof(text) - 1, &type, &err), SDREG_E_LIMIT);
	assert_non_null(strstr(err.text, "63 bytes"));
	/* an escape ends with the text */
	assert_int_equal(sdreg_type_parse("_http._tcp.\\0991", 15, &type, NULL), 0);
	assert_int_equal(sdreg_type_parse("_http._tcp.\\0991", 14, &type, NULL), SDREG_E_SYNTAX);
	assert_int_equal(sdreg_type_parse("_http._tcp.\\.", 12, &type, NULL), SDREG_E_SYNTAX);
}

static void test_type_labels(void **state)
{
	static const struct {
		const char *text;
		const char *instance, *name, *proto, *domain;
	} rows[] = {
		{"_x._abc", "", "x", "abc", ""}, /* as long as _tcp */
		{"_x._tc", "", "x", "tc", ""},
		{"_x._tcpp", "", "x", "tcpp", ""},
		{"_x._", "", "x", "", ""},
		{"_a._b._c", "", "a", "b", "_c"}, /* the first pair, */
		{"_a._b._udp", "_a", "b", "udp", ""}, /* but one of a known protocol before it */
		{"_a._b._tcp", "_a", "b", "tcp", ""},
		{"_sub._http", "", "sub", "http", ""}, /* of nothing, and so no subtype */
		{"a._x._tcp", "a", "x", "tcp", ""},
		{"a._x._tcp.b", "a", "x", "tcp", "b"},
	};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t len = strlen(rows[i].text);
		assert_int_equal(sdreg_type_parse(rows[i].text, len, &type, &err), 0);
		const int is_known = type.proto == SDREG_PROTO_TCP || type.proto == SDREG_PROTO_UDP;
		if (strcmp(type.instance, rows[i].instance) != 0 ||
			strcmp(type.name, rows[i].name) != 0 ||
			strcmp(type.proto_label, rows[i].proto) != 0 ||
			strcmp(type.domain, rows[i].domain) != 0 ||
			is_known !=
				(strcmp(rows[i].proto, "tcp") == 0 ||
					strcmp(rows[i].proto, "udp") == 0))
			fail_msg("%s: [%s] [%s] [%s] [%s] %d", rows[i].text, type.instance,
				type.name, type.proto_label, type.domain, (int)type.proto);
	}
	const char *const no_pair = "_printer._sub._http";
	assert_int_equal(sdreg_type_parse(no_pair, strlen(no_pair), &type, &err), SDREG_E_SYNTAX);
	assert_non_null(strstr(err.text, "two labels"));
	assert_int_equal(sdreg_type_parse("_a._\\000", 8, &type, NULL), SDREG_E_SYNTAX);
}

static void test_type_format(void **state)
{
	static const struct {
		const char *text;
		unsigned parts;
		const char *written;
	} rows[] = {
		{"a._sub._x._tcp.l", SDREG_TYPE_PART_ALL, "a._sub._x._tcp.l"},
		{"a._sub._x._tcp.l", SDREG_TYPE_PART_TYPE, "_x._tcp"},
		{"a._sub._x._tcp.l", SDREG_TYPE_PART_INSTANCE, "_x._tcp"},
		{"a._sub._x._tcp.l", SDREG_TYPE_PART_SUBTYPE, "a._sub._x._tcp"},
		{"a._sub._x._tcp.l", SDREG_TYPE_PART_DOMAIN, "_x._tcp.l"},
		{"i._x._udp.l", SDREG_TYPE_PART_ALL, "i._x._udp.l"},
		{"i._x._udp.l", SDREG_TYPE_PART_INSTANCE, "i._x._udp"},
		{"i._x._udp.l", SDREG_TYPE_PART_SUBTYPE, "_x._udp"},
		{"\\031\\032~\\127\\128._x._udp", SDREG_TYPE_PART_ALL, "\\031 ~\\127\200._x._udp"},
	};
	char buf[64];
	struct sdreg_type type;
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const size_t len = strlen(rows[i].written);
		assert_int_equal(sdreg_type_parse(rows[i].text, strlen(rows[i].text), &type, NULL),
			0);
		for (size_t size = 0; size <= len + 1; size++) {
			memset(buf, '#', sizeof(buf));
			const int n = sdreg_type_format(&type, rows[i].parts, buf, size);
			assert_int_equal(n, size > len ? (int)len : SDREG_E_LIMIT);
			assert_int_equal(buf[size], '#');
			if (size > 0)
				assert_string_equal(buf, size > len ? rows[i].written : "");
		}
	}
}

static void test_type_faults(void **state)
{
	static const struct {
		const char *name;
		unsigned faults;
	} rows[] = {
		{"a", 0},
		{"1", SDREG_RULE_NAME_LETTER},
		{"12345678901234a", 0},
		{"123456789012345a", SDREG_RULE_NAME_LONG},
		{"--a", SDREG_RULE_NAME_HYPHEN_EDGE | SDREG_RULE_NAME_HYPHEN_TWICE},
		{"a--", SDREG_RULE_NAME_HYPHEN_EDGE | SDREG_RULE_NAME_HYPHEN_TWICE},
		{"-", SDREG_RULE_NAME_HYPHEN_EDGE | SDREG_RULE_NAME_LETTER},
		{"a-b-c", 0},
		{"a/", SDREG_RULE_NAME_CHARACTER},
		{"a:", SDREG_RULE_NAME_CHARACTER},
	};
	static const struct {
		char byte;
		unsigned faults;
	} instances[] = {
		{'\037', SDREG_RULE_INSTANCE_CONTROL},
		{' ', 0},
		{'~', 0},
		{'\177', SDREG_RULE_INSTANCE_CONTROL},
		{'\200', SDREG_RULE_INSTANCE_UTF8},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(sdreg_service_name_faults(rows[i].name, strlen(rows[i].name)),
			rows[i].faults);
	/* what stands before it does not count */
	assert_int_equal(sdreg_service_name_faults(&"--a"[1], 2), SDREG_RULE_NAME_HYPHEN_EDGE);
	for (size_t i = 0; i < sizeof(instances) / sizeof(instances[0]); i++) {
		struct sdreg_type type = {.name = "x", .name_len = 1, .proto = SDREG_PROTO_TCP};
		type.instance[0] = instances[i].byte;
		type.instance_len = 1;
		assert_int_equal(sdreg_type_faults(&type), instances[i].faults);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_txt_record),
		cmocka_unit_test(test_txt_replaced),
		cmocka_unit_test(test_txt_memory),
		cmocka_unit_test(test_txt_keys),
		cmocka_unit_test(test_txt_place),
		cmocka_unit_test(test_txt_no_key),
		cmocka_unit_test(test_txt_print),
		cmocka_unit_test(test_txt_printed),
		cmocka_unit_test(test_type_lengths),
		cmocka_unit_test(test_type_labels),
		cmocka_unit_test(test_type_format),
		cmocka_unit_test(test_type_faults),
	};
	return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
