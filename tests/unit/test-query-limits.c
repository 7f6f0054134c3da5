/* SPDX-License-Identifier: MIT */

/* What look-ups and explanations give at their limits: numbers of 64 bits, buffers of each size,
 * the last name of an enum, keys that stand for many. */

#include "table.h"

#include "core/image/layout.h"
#include "core/query/pattern.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* ---- explaining ---- */

#define NO_FLAGS "not a number of flags"

static const struct {
	const char *name;
	enum sdreg_key_form form;
	struct {
		const char *text;
		unsigned bit;
		const char *meaning;
	} values[6];
} keys[] = {
	{"f", SDREG_KEY_FORM_FLAGS,
		{{"", 0, "zero"}, {"", 1, "one"}, {"", 31, "low"}, {"", 32, "high"},
			{"", 63, "last"}, {"7000", 0, "by name"}}},
	{"l", SDREG_KEY_FORM_LIST,
		{{"a", 0, "A"}, {"b", 0, "B"}, {"ab", 0, "AB"}, {"AB", 0, "big"}}},
	{"t", SDREG_KEY_FORM_TEXT, {{"a", 0, "A"}, {"B", 0, "caf\303\251"}}},
};

static struct sdreg_registry *supplement;
static struct sdreg_type gate;

static int set_up(void **state)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	(void)state;
	assert_non_null(b);
	assert_int_equal(sdreg_type_parse("_gate._tcp", 10, &gate, NULL), 0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_gate._tcp"), NULL), 0);
	for (size_t i = 0; i < COUNT(keys); i++) {
		const struct sdreg_key_record key = {.size = sizeof(key),
			.name = table_text(keys[i].name),
			.meaning = table_text("m"),
			.form = keys[i].form};
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		for (size_t k = 0; k < 6 && keys[i].values[k].meaning != NULL; k++) {
			const struct sdreg_value_record value = {.size = sizeof(value),
				.text = table_text(keys[i].values[k].text),
				.bit = keys[i].values[k].bit,
				.meaning = table_text(keys[i].values[k].meaning)};
			assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
		}
	}
	supplement = sdreg_builder_finish(b, NULL);
	assert_non_null(supplement);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(supplement);
	return 0;
}

static size_t explain(const char *key, const char *value, size_t len, char *buf, size_t size)
{
	const struct sdreg_key *const k = sdreg_find_key(supplement, &gate, key, strlen(key));
	assert_non_null(k);
	return sdreg_key_explain(supplement, k, value, len, buf, size);
}

static void test_explain(void **state)
{
	static const struct {
		const char *key, *value, *words;
	} rows[] = {
		{"f", "1", "zero"},
		{"f", "2", "one"},
		{"f", "3", "zero, one"},
		{"f", "0", ""},
		{"f", "0x3", "zero, one"},
		{"f", "0X3", "zero, one"},
		{"f", "0x", NO_FLAGS},
		{"f", "x3", NO_FLAGS},
		{"f", "1x3", NO_FLAGS},
		{"f", "0xg", NO_FLAGS},
		{"f", "2a", NO_FLAGS},
		{"f", "0x2a", "one"},
		{"f", "2147483648", "low"},
		{"f", "4294967296", "high"},
		{"f", "4294967296,0", NO_FLAGS}, /* over 32 bits */
		{"f", "0,4294967296", NO_FLAGS},
		{"f", "4294967295,0", "zero, one, low"},
		{"f", "0,4294967295", "high, last"},
		{"f", "1,1", "zero, high"},
		{"f", "0x1,0x80000000", "zero, last"},
		{"f", "1,", NO_FLAGS},
		{"f", ",1", NO_FLAGS},
		{"f", "1,2,3", NO_FLAGS},
		{"f", "18446744073709551615", "zero, one, low, high, last"},
		{"f", "18446744073709551616", NO_FLAGS}, /* over 64 bits */
		{"f", "18446744073709551625", NO_FLAGS},
		{"f", "0xffffffffffffffff", "zero, one, low, high, last"},
		{"f", "0x10000000000000000", NO_FLAGS},
		{"f", "7000", "by name"},
		{"f", "7001", "zero"},
		{"f", "", ""},
		{"l", "a", "A"},
		{"l", "a,b", "A, B"},
		{"l", "b,,a", "B, A"},
		{"l", ",", ""},
		{"l", "a,x,b", "A, B"},
		{"l", "ab", "AB"},
		{"l", "AB", "big"},
		{"l", "Ab", "AB"}, /* the first one without regard to case */
		{"l", "abc", ""},
		{"l", "A,B", "A, B"},
		{"t", "a", "A"},
		{"t", "a,b", ""},
		{"t", "b", "caf\303\251"},
		{"t", "", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char buf[100];
		const size_t len = explain(rows[i].key, rows[i].value, strlen(rows[i].value), buf,
			sizeof(buf));
		if (strcmp(buf, rows[i].words) != 0)
			fail_msg("%s=%s: %s", rows[i].key, rows[i].value, buf);
		assert_int_equal(len, strlen(rows[i].words));
	}
	/* what stands behind a value is no part of it */
	char buf[100];
	assert_int_equal(explain("f", "31", 1, buf, sizeof(buf)), 9);
	assert_int_equal(explain("f", "1,1", 2, buf, sizeof(buf)), strlen(NO_FLAGS));
	assert_int_equal(explain("l", "ab", 1, buf, sizeof(buf)), 1);
	assert_int_equal(explain("l", "a,b", 1, buf, sizeof(buf)), 1);
}

/* In buffers of each size: cut at a character's end, and nothing behind a cut. */
static void test_explain_sizes(void **state)
{
	static const char *const values[][3] = {{"f", "3", "zero, one"}, {"t", "b", "caf\303\251"},
		{"l", "a,b,ab", "A, B, AB"}};
	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		const char *const whole = values[i][2];
		for (size_t size = 0; size <= strlen(whole) + 2; size++) {
			char buf[32];
			memset(buf, '#', sizeof(buf));
			const size_t len = explain(values[i][0], values[i][1], strlen(values[i][1]),
				buf, size);
			size_t wanted = size == 0 ? 0 : size - 1;
			wanted = wanted > strlen(whole) ? strlen(whole) : wanted;
			if (wanted > 0 && whole[wanted] == '\251')
				wanted--;
			assert_int_equal(len, wanted);
			assert_memory_equal(buf, whole, len);
			assert_int_equal(buf[size], '#');
			if (size > 0)
				assert_int_equal(buf[len], '\0');
		}
	}
}

/* ---- patterns ---- */

static void test_patterns(void **state)
{
	static const struct {
		const char *pattern, *text;
		int matches;
	} rows[] = {
		{"a", "a", 1},
		{"a", "A", 1},
		{"a", "", 0},
		{"a", "aa", 0},
		{"a#", "a1", 1},
		{"a#", "a12", 1},
		{"a#", "a", 0},
		{"a#", "ax", 0},
		{"a#", "a1x", 0},
		{"a#b", "a12b", 1},
		{"a#b", "a12", 0},
		{"#", "1", 1},
		{"#", "12", 1},
		{"#", "/", 0},
		{"#", ":", 0},
		{"%", "f", 1},
		{"%", "g", 0},
		{"%", "", 0},
		{"%", "ff", 0},
		{"a%b", "a0b", 1},
		{"#-#", "1-22", 1},
		{"#-#", "1-", 0},
		{"", "", 1},
		{"", "a", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (pattern_matches(rows[i].pattern, rows[i].text, strlen(rows[i].text)) !=
			rows[i].matches)
			fail_msg("%s, %s", rows[i].pattern, rows[i].text);
	assert_true(pattern_matches("a#", "a123", 2)); /* no further than that */
	assert_false(pattern_matches("ab", "ab", 1));
	assert_true(pattern_is_one("a#"));
	assert_true(pattern_is_one("%a"));
	assert_false(pattern_is_one("a$"));
	assert_false(pattern_is_one(""));
}

/* ---- names of enumerators ---- */

static void test_texts(void **state)
{
	(void)state;
	assert_string_equal(sdreg_key_need_text(SDREG_KEY_NEED_REQUIRED), "required");
	assert_string_equal(sdreg_key_need_text(SDREG_KEY_NEED_FORMER), "former");
	assert_string_equal(sdreg_key_form_text(SDREG_KEY_FORM_TEXT), "text");
	assert_string_equal(sdreg_key_form_text(SDREG_KEY_FORM_NUMBER), "number");
	assert_string_equal(sdreg_key_form_text(SDREG_KEY_FORM_BINARY), "binary");
	assert_string_equal(sdreg_key_form_text(SDREG_KEY_FORM_PATH), "path");
	assert_string_equal(sdreg_transport_text(SDREG_TRANSPORT_TCP), "tcp");
	assert_string_equal(sdreg_transport_text(SDREG_TRANSPORT_DCCP), "dccp");
	assert_string_equal(sdreg_txt_kind_text(SDREG_TXT_KIND_NONE), "none");
	assert_string_equal(sdreg_txt_kind_text(SDREG_TXT_KIND_PROSE), "prose");
	for (int i = SDREG_TRANSPORT_NONE; i <= SDREG_TRANSPORT_DCCP; i++) {
		const char *const text = sdreg_transport_text((enum sdreg_transport)i);
		enum sdreg_transport transport;
		const int result = sdreg_transport_parse(text, strlen(text), &transport);
		assert_int_equal(result, i == SDREG_TRANSPORT_NONE ? SDREG_E_SYNTAX : 0);
		if (result == 0)
			assert_int_equal(transport, i);
	}
}

/* What is behind the last enumerator, near or far, has no name. */
static void test_no_texts(void **state)
{
	(void)state;
	for (int more = 1; more < 200; more++) {
		assert_string_equal(sdreg_key_need_text(
					    (enum sdreg_key_need)(SDREG_KEY_NEED_FORMER + more)),
			"");
		assert_string_equal(sdreg_key_form_text(
					    (enum sdreg_key_form)(SDREG_KEY_FORM_PATH + more)),
			"text");
		assert_string_equal(sdreg_transport_text(
					    (enum sdreg_transport)(SDREG_TRANSPORT_DCCP + more)),
			"");
		assert_string_equal(sdreg_txt_kind_text(
					    (enum sdreg_txt_kind)(SDREG_TXT_KIND_PROSE + more)),
			"");
		assert_string_equal(sdreg_column_word(
					    (enum sdreg_column)(SDREG_COLUMN_NOTES + more)),
			"");
		assert_string_equal(sdreg_verdict_text(
					    (enum sdreg_verdict)(SDREG_VERDICT_SEEN + more)),
			"");
	}
	assert_string_equal(sdreg_verdict_word((enum sdreg_verdict)0), "");
	assert_string_equal(sdreg_verdict_word(SDREG_VERDICT_REGISTERED), "registered");
	assert_string_equal(sdreg_verdict_word(SDREG_VERDICT_NOT_WELL_FORMED), "not-well-formed");
}

/* ---- people ---- */

static void test_people(void **state)
{
	static const char *const ids[] = {"Ab", "Abc", "B", "a", "Abb", "C"};
	const struct sdreg_record record = {.size = sizeof(record), .name = table_text("x")};
	struct sdreg_builder *const b = sdreg_builder_new();
	(void)state;
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	for (size_t i = 0; i < COUNT(ids); i++) {
		const struct sdreg_person_record person = {.size = sizeof(person),
			.id = table_text(ids[i])};
		assert_int_equal(sdreg_builder_add_person(b, &person, NULL), 0);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	for (size_t i = 0; i < COUNT(ids); i++) {
		const struct sdreg_person *const p = sdreg_find_person(r, ids[i], strlen(ids[i]));
		assert_non_null(p);
		assert_string_equal(sdreg_person_id(p), ids[i]);
	}
	static const char *const others[] = {"", "A", "Aa", "Abd", "Abcd", "b", "Z", "zz", "D"};
	for (size_t i = 0; i < COUNT(others); i++)
		assert_null(sdreg_find_person(r, others[i], strlen(others[i])));
	assert_string_equal(sdreg_person_id(sdreg_find_person(r, "Abc", 2)), "Ab");
	assert_null(sdreg_find_person(r, "Ab\0c", 4));
	assert_null(sdreg_registry_person(r, COUNT(ids)));
	assert_non_null(sdreg_registry_person(r, COUNT(ids) - 1));
	sdreg_registry_close(r);
}

/* ---- entries ---- */

/* The TXT keys and references of an entry, one behind the last. */
static void test_txt(void **state)
{
	static const struct row row = {"x", NULL, NULL, NULL,
		"Defined TXT keys: a, b - see [RFC7030], [RFC7031]"};
	struct sdreg_registry *const r = table_registry(&row, 1, 0);
	const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
	(void)state;
	assert_string_equal(sdreg_entry_txt_key(e, 0), "a");
	assert_string_equal(sdreg_entry_txt_key(e, 1), "b");
	assert_null(sdreg_entry_txt_key(e, 2));
	assert_string_equal(sdreg_entry_txt_reference(e, 0), "RFC7030");
	assert_string_equal(sdreg_entry_txt_reference(e, 1), "RFC7031");
	assert_null(sdreg_entry_txt_reference(e, 2));
	sdreg_registry_close(r);
}

/* A walk over lists of each length goes on behind each entry, and behind none of another registry
 * that begins where this one ends. */
static void test_walks(void **state)
{
	enum { MOST = 9 };
	(void)state;
	for (size_t count = 1; count <= MOST; count++) {
		struct row rows[2 * MOST];
		for (size_t i = 0; i < 2 * count; i++)
			rows[i] = (struct row){i % 2 ? "other" : "x", i % 2 ? "7" : "8",
				i % 3 == 0           ? "tcp"
					: i % 3 == 1 ? "udp"
						     : NULL,
				NULL, NULL};
		struct sdreg_registry *const r = table_registry(rows, 2 * count, 0);
		const struct sdreg_entry *behind[4] = {NULL, NULL, NULL, NULL};
		size_t found[4] = {0, 0, 0, 0};
		for (size_t i = 0; i < 2 * count; i++) {
			const struct sdreg_entry *const e = sdreg_registry_entry(r, i);
			if (i % 2 == 0) {
				behind[0] = sdreg_find_name(r, "X", 1, behind[0]);
				assert_ptr_equal(behind[0], e);
			}
			if (i % 2 == 1 && i % 3 != 1) {
				behind[1] = sdreg_find_port(r, 7, SDREG_TRANSPORT_TCP, behind[1]);
				assert_ptr_equal(behind[1], e);
				found[1]++;
			}
			if (i % 2 == 1) {
				behind[2] = sdreg_find_port(r, 7, SDREG_TRANSPORT_ANY, behind[2]);
				assert_ptr_equal(behind[2], e);
			}
		}
		assert_null(sdreg_find_name(r, "X", 1, behind[0]));
		assert_null(found[1] == 0 ? NULL
					  : sdreg_find_port(r, 7, SDREG_TRANSPORT_TCP, behind[1]));
		assert_null(sdreg_find_port(r, 7, SDREG_TRANSPORT_ANY, behind[2]));
		const struct sdreg_entry *const last = sdreg_registry_entry(r, 2 * count - 1);
		const void *const past = (const char *)last + IMAGE_ENTRY_SIZE;
		assert_null(sdreg_find_name(r, "x", 1, past));
		assert_int_equal(sdreg_entry_index(r, last), 2 * count - 1);
		assert_null(sdreg_registry_entry(r, 2 * count));
		sdreg_registry_close(r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_explain),
		cmocka_unit_test(test_explain_sizes),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_no_texts),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_txt),
		cmocka_unit_test(test_walks),
	};
	return cmocka_run_group_tests_name("query limits", tests, set_up, tear_down);
}
