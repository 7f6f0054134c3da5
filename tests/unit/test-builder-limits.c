/* SPDX-License-Identifier: MIT */

/* The builder at its limits: columns of a record made clean, ports, names, TXT keys. */

#include "table.h"

static struct sdreg_builder *builder_new(void)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	return b;
}

static struct sdreg_registry *finish(struct sdreg_builder *b)
{
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

/* ---- texts ---- */

static int is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A text made clean in the plainest way: runs of blanks are a space, or a line break where lines
 * count and the run has one. */
static void clean(const char *text, size_t len, int keep_lines, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < len;) {
		if (!is_blank(text[i])) {
			out[n++] = text[i++];
			continue;
		}
		char gap = ' ';
		for (; i < len && is_blank(text[i]); i++)
			if (keep_lines && text[i] == '\n')
				gap = '\n';
		if (n > 0 && i < len)
			out[n++] = gap;
	}
	out[n] = '\0';
}

static void add_text(struct sdreg_builder *b, const char *text, size_t len)
{
	const struct sdreg_record record = {.size = sizeof(record),
		.name = {"x", 1},
		.description = {text, len},
		.notes = {text, len}};
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
}

static void compare_text(const struct sdreg_entry *e, const char *text, size_t len)
{
	char wanted[64];
	clean(text, len, 0, wanted);
	assert_string_equal(sdreg_entry_description(e), wanted);
	clean(text, len, 1, wanted);
	assert_string_equal(sdreg_entry_notes(e), wanted);
}

enum { LONGEST_CLEAN = 18 };

/* The nth text with two bytes of each kind at each two places of it, or 0 behind the last one. */
static int nth_text(size_t n, size_t len, char text[LONGEST_CLEAN + 1])
{
	static const char kinds[] = " \t\n\r\037!\177a";
	const size_t pair = n / 64;
	memset(text, 'a', len);
	memset(text + len, ' ', LONGEST_CLEAN + 1 - len); /* no part of it */
	if (pair >= len * len)
		return 0;
	text[pair / len] = kinds[n % 8];
	text[pair % len] = kinds[n / 8 % 8];
	return 1;
}

/* A text is looked at eight bytes at a time. */
static void test_clean(void **state)
{
	char text[LONGEST_CLEAN + 1];
	(void)state;
	for (size_t len = 1; len <= LONGEST_CLEAN; len++) {
		struct sdreg_builder *const b = builder_new();
		for (size_t n = 0; nth_text(n, len, text); n++)
			add_text(b, text, len);
		struct sdreg_registry *const r = finish(b);
		for (size_t n = 0; nth_text(n, len, text); n++)
			compare_text(sdreg_registry_entry(r, n), text, len);
		sdreg_registry_close(r);
	}
}

static void test_utf8(void **state)
{
	static const struct {
		const char *text;
		int result;
	} rows[] = {
		{"caf\303\251", 0},
		{"1234567\303\251 9", 0},
		{"1234567\303", SDREG_E_RECORD},
		{"1234567\251", SDREG_E_RECORD},
		{"\377234567 ", SDREG_E_RECORD},
		{"12345678 \377", SDREG_E_RECORD},
		{"  \377", SDREG_E_RECORD},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_record columns[] = {
			{.size = sizeof(struct sdreg_record),
				.description = table_text(rows[i].text)},
			{.size = sizeof(struct sdreg_record), .markup = table_text(rows[i].text)},
		};
		for (size_t k = 0; k < 2; k++) {
			struct sdreg_builder *const b = builder_new();
			assert_int_equal(sdreg_builder_add(b, &columns[k], NULL), rows[i].result);
			sdreg_builder_free(b);
		}
	}
}

static void test_longest(void **state)
{
	static char text[(1 << 20) + 1];
	struct sdreg_builder *const b = builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_record record = {.size = sizeof(record), .description = {text, sizeof(text)}};
	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(sdreg_builder_add(b, &record, &err), SDREG_E_LIMIT);
	record.description.len--;
	assert_int_equal(sdreg_builder_add(b, &record, &err), 0);
	sdreg_builder_free(b);
}

/* ---- ports and transports ---- */

static void test_ports(void **state)
{
	static const struct {
		const char *port;
		int first; /* -1: refused; -2: there is none */
		int last;
	} rows[] = {
		{"", -2, 0},
		{" ", -2, 0},
		{" 1", 1, 1},
		{"1 ", 1, 1},
		{"0", 0, 0},
		{"9", 9, 9},
		{"00", -1, 0},
		{"01", -1, 0},
		{"65535", 65535, 65535},
		{"65536", -1, 0},
		{"4294967376", -1, 0},
		{"1-1", 1, 1},
		{"0-65535", 0, 65535},
		{"2-1", -1, 0},
		{"1-65536", -1, 0},
		{"1-", -1, 0},
		{"-1", -1, 0},
		{"1-2-", -1, 0},
		{"1x", -1, 0},
		{"/", -1, 0},
		{":", -1, 0},
		{"1 2", -1, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_record record = {.size = sizeof(record),
			.name = {"x", 1},
			.port = table_text(rows[i].port)};
		struct sdreg_builder *const b = builder_new();
		uint16_t first = 0;
		uint16_t last = 0;
		const int result = sdreg_builder_add(b, &record, NULL);
		if (result != (rows[i].first == -1 ? SDREG_E_RECORD : 0))
			fail_msg("port %s: %d", rows[i].port, result);
		if (result < 0) {
			sdreg_builder_free(b);
			continue;
		}
		struct sdreg_registry *const r = finish(b);
		const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
		assert_int_equal(sdreg_entry_port(e, &first, &last), rows[i].first >= 0);
		if (rows[i].first >= 0) {
			assert_int_equal(first, rows[i].first);
			assert_int_equal(last, rows[i].last);
		}
		sdreg_registry_close(r);
	}
	/* what stands behind a column is another one */
	const struct sdreg_record record = {.size = sizeof(record),
		.port = {"12-3", 2},
		.transport = {"tcpx", 3}};
	struct sdreg_builder *const b = builder_new();
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	const struct sdreg_record short_one = {.size = sizeof(short_one), .transport = {"x", 1}};
	assert_int_equal(sdreg_builder_add(b, &short_one, NULL), SDREG_E_RECORD);
	sdreg_builder_free(b);
}

/* A message quotes forty bytes. */
static void test_quoted(void **state)
{
	static const char value[] = "1234567890123456789012345678901234567890x";
	(void)state;
	for (size_t len = 39; len <= 41; len++) {
		struct sdreg_error err = {.size = sizeof(err)};
		const struct sdreg_record record = {.size = sizeof(record),
			.transport = {value, len}};
		char wanted[100];
		struct sdreg_builder *const b = builder_new();
		snprintf(wanted, sizeof(wanted), "\"%.*s\" is not tcp", (int)(len < 40 ? len : 40),
			value);
		assert_int_equal(sdreg_builder_add(b, &record, &err), SDREG_E_RECORD);
		assert_non_null(strstr(err.text, wanted));
		sdreg_builder_free(b);
	}
}

/* Most records are like the one before; these differ in one column. */
static void test_neighbours(void **state)
{
	static const char both[] = "[A][B]";
	const struct sdreg_record records[] = {
		{.size = sizeof(struct sdreg_record),
			.name = {"a_b", 3},
			.assignee = {both, 3},
			.contact = {both, 3}},
		{.size = sizeof(struct sdreg_record),
			.name = {"ab", 2},
			.assignee = {both, 3},
			.contact = {both, 6}},
		{.size = sizeof(struct sdreg_record),
			.name = {"ab", 2},
			.assignee = {both, 3},
			.contact = {both + 3, 3}},
		{.size = sizeof(struct sdreg_record), .name = {"a_b", 3}, .assignee = {both, 6}},
		{.size = sizeof(struct sdreg_record), .name = {"a_b", 3}},
	};
	static const char *const wanted[][3] = {{"[A]", "[A]", ""}, {"[A]", "[A][B]", "ab"},
		{"[A]", "[B]", "ab"}, {"[A][B]", "", ""}, {"", "", ""}};
	enum { COUNT = sizeof(records) / sizeof(records[0]) };
	struct sdreg_builder *const b = builder_new();
	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		assert_int_equal(sdreg_builder_add(b, &records[i], NULL), 0);
	struct sdreg_registry *const r = finish(b);
	for (size_t i = 0; i < COUNT; i++) {
		const struct sdreg_entry *const e = sdreg_registry_entry(r, i);
		struct sdreg_type type;
		assert_string_equal(sdreg_entry_assignee(e), wanted[i][0]);
		assert_string_equal(sdreg_entry_contact(e), wanted[i][1]);
		assert_int_equal(sdreg_entry_type(e, 0, &type), wanted[i][2][0] != '\0');
	}
	sdreg_registry_close(r);
}

/* ---- names ---- */

/* Names that differ at their ends only, or in case: each has its own list. */
static void test_names(void **state)
{
	enum { COUNT = 300 };
	struct sdreg_builder *const b = builder_new();
	char name[8];
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < COUNT; i++) {
			snprintf(name, sizeof(name), round == 0 ? "n%d" : "N%d", i);
			const struct sdreg_record record = {.size = sizeof(record),
				.name = table_text(name)};
			assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
		}
	struct sdreg_registry *const r = finish(b);
	for (int i = 0; i < COUNT; i++) {
		const int len = snprintf(name, sizeof(name), "n%d", i);
		const struct sdreg_entry *e = sdreg_find_name(r, name, (size_t)len, NULL);
		assert_int_equal(sdreg_entry_index(r, e), i);
		e = sdreg_find_name(r, name, (size_t)len, e);
		assert_int_equal(sdreg_entry_index(r, e), COUNT + i);
		assert_null(sdreg_find_name(r, name, (size_t)len, e));
	}
	sdreg_registry_close(r);
}

/* ---- TXT keys ---- */

static void test_types(void **state)
{
	static const struct {
		const char *types;
		int result;
	} rows[] = {
		{"_a._tcp", 0},
		{" _a._tcp ", 0},
		{"_a._tcp\n_b._udp", 0},
		{"", SDREG_E_RECORD},
		{" ", SDREG_E_RECORD},
		{"_a._sctp", SDREG_E_RECORD},
		{"_a._tcp.local", SDREG_E_RECORD},
		{"i._a._tcp", SDREG_E_RECORD},
		{"_s._sub._a._tcp", 0},
		{"_a\\032b._tcp", SDREG_E_RECORD},
		{"_a\\200._tcp", SDREG_E_RECORD},
		{"_a._tcp _a", SDREG_E_RECORD},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_builder *const b = builder_new();
		const int result = sdreg_builder_begin_keys(b, table_text(rows[i].types), NULL);
		if (result != rows[i].result)
			fail_msg("types \"%s\": %d", rows[i].types, result);
		sdreg_builder_free(b);
	}
	for (size_t len = 63; len <= 65; len++) { /* a message quotes 64 bytes */
		struct sdreg_builder *const b = builder_new();
		struct sdreg_error err = {.size = sizeof(err)};
		char text[66];
		char wanted[100];
		memset(text, 'x', sizeof(text));
		snprintf(wanted, sizeof(wanted), "\"%.*s\" is no service type",
			(int)(len < 64 ? len : 64), text);
		assert_int_equal(sdreg_builder_begin_keys(b, (struct sdreg_text){text, len}, &err),
			SDREG_E_RECORD);
		assert_non_null(strstr(err.text, wanted));
		sdreg_builder_free(b);
	}
}

static void test_keys(void **state)
{
	const struct sdreg_key_record some_key = {.size = sizeof(some_key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	const struct sdreg_value_record some_value = {.size = sizeof(some_value),
		.text = {"v", 1},
		.meaning = {"m", 1}};
	static const struct {
		struct sdreg_key_record key;
		int result;
	} keys[] = {
		{{.name = {"k", 1}, .meaning = {"m", 1}}, 0},
		{{.name = {"", 0}, .meaning = {"m", 1}}, SDREG_E_RECORD},
		{{.name = {"k", 1}, .meaning = {" ", 1}}, SDREG_E_RECORD},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .need = SDREG_KEY_NEED_FORMER}, 0},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .need = SDREG_KEY_NEED_FORMER + 1},
			SDREG_E_RECORD},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .need = 256}, SDREG_E_RECORD},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .form = SDREG_KEY_FORM_PATH}, 0},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .form = SDREG_KEY_FORM_PATH + 1},
			SDREG_E_RECORD},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .form = 256}, SDREG_E_RECORD},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .tells = SDREG_KEY_TELLS_PAGE}, 0},
		{{.name = {"k", 1}, .meaning = {"m", 1}, .tells = SDREG_KEY_TELLS_PAGE + 1},
			SDREG_E_RECORD},
	};
	static const struct {
		struct sdreg_value_record value;
		int result;
	} values[] = {
		{{.text = {"v", 1}, .meaning = {"m", 1}}, 0},
		{{.bit = 0, .meaning = {"m", 1}}, 0},
		{{.bit = 63, .meaning = {"m", 1}}, 0},
		{{.bit = 64, .meaning = {"m", 1}}, SDREG_E_RECORD},
		{{.bit = 48, .bits = 16, .number = 65535, .meaning = {"m", 1}}, 0},
		{{.bit = 49, .bits = 16, .number = 0, .meaning = {"m", 1}}, SDREG_E_RECORD},
		{{.bit = 0, .bits = 17, .number = 0, .meaning = {"m", 1}}, SDREG_E_RECORD},
		{{.bit = 0, .bits = 3, .number = 7, .meaning = {"m", 1}}, 0},
		{{.bit = 0, .bits = 3, .number = 8, .meaning = {"m", 1}}, SDREG_E_RECORD},
		{{.text = {"v", 1}, .meaning = {"", 0}}, SDREG_E_RECORD},
	};
	struct sdreg_builder *const b = builder_new();
	(void)state;
	assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), SDREG_E_RECORD);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct sdreg_key_record key = keys[i].key;
		key.size = sizeof(key);
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), keys[i].result);
		/* values of a key that was left out are left out */
		assert_int_equal(sdreg_builder_add_value(b, &some_value, NULL), keys[i].result);
	}
	assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), 0);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct sdreg_value_record value = values[i].value;
		value.size = sizeof(value);
		assert_int_equal(sdreg_builder_add_value(b, &value, NULL), values[i].result);
	}
	sdreg_builder_free(b);
}

/* 65,535 values of a key, and 2 to the power of 20 of all. */
static void test_most_values(void **state)
{
	enum { PER_KEY = UINT16_MAX, ALL = 1 << 20 };
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	static const struct sdreg_value_record value = {.size = sizeof(value),
		.text = {"v", 1},
		.meaning = {"m", 1}};
	struct sdreg_builder *const b = builder_new();
	size_t count = 0;
	(void)state;
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	while (count < ALL) {
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		for (size_t i = 0; i < PER_KEY && count < ALL; i++, count++)
			assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
		assert_int_equal(sdreg_builder_add_value(b, &value, NULL), SDREG_E_LIMIT);
	}
	sdreg_builder_free(b);
}

static void test_people(void **state)
{
	static const struct {
		struct sdreg_person_record person;
		int result;
	} rows[] = {
		{{.id = {"P", 1}}, 0},
		{{.id = {" ", 1}}, SDREG_E_RECORD},
		{{.name = {"N", 1}}, SDREG_E_RECORD},
		{{.id = {"P", 1}, .markup = {"\377", 1}}, SDREG_E_RECORD},
		{{.id = {"P", 1}, .markup = {"", 1}}, SDREG_E_RECORD},
	};
	struct sdreg_builder *const b = builder_new();
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_person_record person = rows[i].person;
		person.size = sizeof(person);
		assert_int_equal(sdreg_builder_add_person(b, &person, NULL), rows[i].result);
	}
	sdreg_builder_free(b);
}

/* What a builder took at its limits, its reader takes: types that are named again, and keys that
 * types share, too. */
static void test_read_again(void **state)
{
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = TEXT("k"),
		.meaning = TEXT("m"),
		.need = SDREG_KEY_NEED_FORMER};
	static const struct sdreg_value_record last_bit = {.size = sizeof(last_bit),
		.bit = 63,
		.meaning = TEXT("m")};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_builder *const b = sdreg_builder_new();
	size_t len;
	(void)state;
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp _b._tcp _A._tcp"), NULL),
		0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	assert_int_equal(sdreg_builder_add_value(b, &last_bit, NULL), 0);
	assert_int_equal(sdreg_builder_keys_like(b, table_text("_a._tcp"), table_text("_b._tcp"),
				 NULL),
		0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_none._tcp"), NULL), 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, &err);
	assert_non_null(r);
	const void *const image = sdreg_registry_image(r, &len);
	struct sdreg_registry *const again = sdreg_registry_open_bytes(image, len, NULL, &err);
	if (again == NULL)
		fail_msg("%s", err.text);
	sdreg_registry_close(again);
	sdreg_registry_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_quoted),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_most_values),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_read_again),
	};
	return cmocka_run_group_tests_name("builder limits", tests, NULL, NULL);
}
