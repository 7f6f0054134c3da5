/* SPDX-License-Identifier: MIT */

/* Searches at their limits: days that are none, matches that are as good as each other, words that
 * are just long enough, and a person named often. */

#include "table.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static struct sdreg_registry *build(const struct sdreg_record *records, size_t count)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	for (size_t i = 0; i < count; i++) {
		struct sdreg_record record = records[i];
		record.size = sizeof(record);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

static struct sdreg_results *search(const struct sdreg_registry *r, struct sdreg_query query,
	struct sdreg_error *err)
{
	query.size = sizeof(query);
	return sdreg_search(r, &query, err);
}

/* ---- days ---- */

static void test_days(void **state)
{
	static const struct {
		const char *since;
		int is_day;
	} rows[] = {
		{"2023-01-31", 1},
		{"2023-01-32", 0},
		{"2023-02-28", 1},
		{"2023-02-29", 0},
		{"2024-02-29", 1},
		{"2024-02-30", 0},
		{"1900-02-29", 0},
		{"2000-02-29", 1},
		{"2100-02-29", 0},
		{"2022-02-29", 0},
		{"2024-03-31", 1},
		{"2024-01-31", 1},
		{"2023-03-31", 1},
		{"2023-04-30", 1},
		{"2023-04-31", 0},
		{"2024-04-31", 0},
		{"2023-06-31", 0},
		{"2023-07-31", 1},
		{"2023-08-31", 1},
		{"2023-09-31", 0},
		{"2023-11-31", 0},
		{"2023-12-31", 1},
		{"2023-12-32", 0},
		{"2023-12-01", 1},
		{"2023-12-00", 0},
		{"2023-01-01", 1},
		{"2023-00-01", 0},
		{"2023-13-01", 0},
		{"2023-12-1", 0},
		{"2023-12-011", 0},
		{"2023-12-0a", 0},
		{"2023-12-a1", 0},
		{"2023-12", 1},
		{"2023-01", 1},
		{"2023-13", 0},
		{"2023-00", 0},
		{"2023-1", 0},
		{"2023-12/01", 0},
		{"2023/12", 0},
		{"2023-1a", 0},
		{"2023-a1", 0},
		{"2023", 1},
		{"0000", 1},
		{"202a", 0},
		{"a023", 0},
		{"2a23", 0},
		{"20:3", 0},
		{"20/3", 0},
		{"20230", 0},
		{"202", 0},
	};
	const struct sdreg_record record = {.name = {"x", 1}};
	struct sdreg_registry *const r = build(&record, 1);
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.since = table_text(rows[i].since)}, &err);
		if ((results != NULL) != rows[i].is_day)
			fail_msg("%s: %s", rows[i].since, err.text);
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

/* As far as both dates go. */
static void test_since(void **state)
{
	static const struct {
		const char *date, *since;
		int is_found;
	} rows[] = {
		{"2023-05-06", "2023-05-06", 1},
		{"2023-05-06", "2023-05-07", 0},
		{"2023-05-06", "2023-05-05", 1},
		{"2023-05", "2023-05-31", 1},
		{"2023-05", "2023-06-01", 0},
		{"2023", "2023-12-31", 1},
		{"2023", "2024-01-01", 0},
		{"2023-05-06", "2023", 1},
		{"2022-12-31", "2023", 0},
		{"May 2023", "2023", 0},
		{"", "2023", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct sdreg_record records[] = {
			{.name = {"x", 1}, .registered = table_text(rows[i].date)},
			{.name = {"y", 1}, .modified = table_text(rows[i].date)},
		};
		struct sdreg_registry *const r = build(records, 2);
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.since = table_text(rows[i].since)}, NULL);
		assert_int_equal(sdreg_results_count(results), rows[i].is_found ? 2 : 0);
		sdreg_results_free(results);
		sdreg_registry_close(r);
	}
}

/* ---- matches ---- */

/* What a word is found in, when one column is as good as another. */
static void test_ties(void **state)
{
	static const struct {
		struct sdreg_record record;
		const char *word;
		enum sdreg_column column;
		const char *text;
		size_t offset;
	} rows[] = {
		{{.name = {"x", 1}, .notes = {"Defined TXT keys: key, akey, key b", 34}}, "key",
			SDREG_COLUMN_TXT_KEY, "key", 0},
		{{.name = {"x", 1}, .notes = {"Defined TXT keys: a key, b key, key", 35}}, "key",
			SDREG_COLUMN_TXT_KEY, "key", 0},
		{{.name = {"x", 1}, .notes = {"Defined TXT keys: ab foo, cd foo", 32}}, "foo",
			SDREG_COLUMN_TXT_KEY, "ab foo", 3},
		{{.name = {"x", 1}, .reference = {"word", 4}, .service_code = {"word", 4}}, "word",
			SDREG_COLUMN_REFERENCE, "word", 0},
		{{.name = {"x", 1}, .description = {"a word, word", 12}}, "word",
			SDREG_COLUMN_DESCRIPTION, "a word, word", 2},
		{{.name = {"x", 1}, .description = {"aword word", 10}}, "word",
			SDREG_COLUMN_DESCRIPTION, "aword word", 6},
		{{.name = {"x", 1}, .description = {"aword wordy word", 16}}, "word",
			SDREG_COLUMN_DESCRIPTION, "aword wordy word", 12},
		{{.name = {"x", 1}, .description = {"\303\251word", 6}, .notes = {"word", 4}},
			"word", SDREG_COLUMN_DESCRIPTION, "\303\251word", 2},
		{{.name = {"x", 1}, .description = {"word", 4}, .notes = {"word", 4}}, "word",
			SDREG_COLUMN_DESCRIPTION, "word", 0},
		{{.name = {"word", 4}, .description = {"word", 4}}, "word", SDREG_COLUMN_NAME,
			"word", 0},
		{{.name = {"a-word", 6}, .description = {"word", 4}}, "word", SDREG_COLUMN_NAME,
			"a-word", 2},
		{{.name = {"80", 2}, .port = {"80", 2}}, "80", SDREG_COLUMN_NAME, "80", 0},
		{{.name = {"a80", 3}, .port = {"80", 2}}, "80", SDREG_COLUMN_PORT, "", 0},
		{{.name = {"80a", 3}, .port = {"79-81", 5}}, "80", SDREG_COLUMN_PORT, "", 0},
		{{.name = {"_x", 2}, .description = {"_x", 2}}, "_x", SDREG_COLUMN_NAME, "_x", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_registry *const r = build(&rows[i].record, 1);
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.words = table_text(rows[i].word)}, NULL);
		assert_int_equal(sdreg_results_count(results), 1);
		const struct sdreg_match *const m =
			sdreg_found_match(sdreg_results_at(results, 0), 0);
		const enum sdreg_column column = sdreg_match_column(m);
		const size_t offset = sdreg_match_offset(m);
		const size_t len = column == SDREG_COLUMN_PORT ? 0 : strlen(rows[i].word);
		if (column != rows[i].column || strcmp(sdreg_match_text(m), rows[i].text) != 0 ||
			offset != rows[i].offset)
			fail_msg("row %zu: %s, \"%s\", %zu", i, sdreg_column_word(column),
				sdreg_match_text(m), offset);
		assert_int_equal(sdreg_match_len(m), len);
		sdreg_results_free(results);
		sdreg_registry_close(r);
	}
}

/* Of words that are found as well as each other, the first is the best; of entries, too. */
static void test_best(void **state)
{
	static const struct {
		const char *words;
		size_t best;
	} rows[] = {
		{"one two", 0},
		{"two one", 0},
		{"two one name", 2},
		{"name one two", 0},
		{"one name name", 1},
	};
	const struct sdreg_record records[] = {
		{.name = {"name", 4}, .description = {"one two", 7}},
		{.name = {"name", 4}, .description = {"two one", 7}},
		{.name = {"name", 4}, .description = {"a one, two", 10}},
	};
	struct sdreg_registry *const r = build(records, COUNT(records));
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.words = table_text(rows[i].words)}, NULL);
		assert_int_equal(sdreg_results_count(results), 3);
		for (size_t k = 0; k < 3; k++) {
			const struct sdreg_found *const found = sdreg_results_at(results, k);
			assert_ptr_equal(sdreg_found_best(found),
				sdreg_found_match(found, rows[i].best));
			assert_int_equal(sdreg_entry_index(r, sdreg_found_entry(found)), k);
		}
		assert_null(sdreg_results_at(results, 3));
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

/* Numbers that are ports, types that have a name, and what is neither. */
static void test_words(void **state)
{
	const struct sdreg_record records[] = {
		{.name = {"last", 4}, .port = {"65535", 5}},
		{.name = {"first", 5}, .port = {"0", 1}},
		{.name = {"x", 1}, .transport = {"tcp", 3}},
		{.name = {"x", 1}, .transport = {"udp", 3}},
		{.name = {"x", 1}},
		{.name = {"a65536", 6}},
	};
	static const struct {
		const char *words;
		const char *found; /* as digits: the entries */
	} rows[] = {
		{"65535", "0"},
		{"65536", "5"},
		{"131071", ""},
		{"0", "1"},
		{"00", "1"},
		{"_x", "234"},
		{"_x._tcp", "24"},
		{"_x._udp", "34"},
		{"_x._sctp", ""},
		{"_._tcp", ""},
		{"_", ""},
		{"x", "234"},
	};
	struct sdreg_registry *const r = build(records, COUNT(records));
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char got[16] = "";
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.words = table_text(rows[i].words)}, NULL);
		for (size_t k = 0; k < sdreg_results_count(results); k++)
			got[k] = (char)('0' +
				sdreg_entry_index(r,
					sdreg_found_entry(sdreg_results_at(results, k))));
		if (strcmp(got, rows[i].found) != 0)
			fail_msg("%s: %s", rows[i].words, got);
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

/* Words of several lengths: those of 64 bytes together are looked for at once. */
static void test_lengths(void **state)
{
	static const size_t rows[][4] = {{1}, {64}, {63, 1}, {63, 2}, {64, 1}, {1, 64}, {32, 32},
		{32, 33}, {20, 20, 24}, {20, 20, 25}, {21, 20, 24, 64}, {16, 16, 16, 16}};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char words[300];
		char text[304];
		size_t n = 0;
		for (size_t k = 0; k < 4 && rows[i][k] > 0; k++) {
			memset(words + n, (char)('a' + k), rows[i][k]);
			n += rows[i][k];
			words[n++] = ' ';
		}
		words[n - 1] = '\0';
		snprintf(text, sizeof(text), ". %s.", words);
		const struct sdreg_record record = {.name = {"x", 1},
			.description = table_text(text)};
		struct sdreg_registry *const r = build(&record, 1);
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.words = table_text(words)}, &err);
		if (results == NULL || sdreg_results_count(results) != 1)
			fail_msg("row %zu: %s", i, err.text);
		const struct sdreg_found *const found = sdreg_results_at(results, 0);
		const struct sdreg_match *m;
		for (size_t k = 0, at = 2; (m = sdreg_found_match(found, k)) != NULL; k++) {
			assert_int_equal(sdreg_match_offset(m), at);
			assert_int_equal(sdreg_match_len(m), rows[i][k]);
			at += rows[i][k] + 1;
		}
		sdreg_results_free(results);
		sdreg_registry_close(r);
	}
}

/* ---- filters ---- */

static void test_dictionary(void **state)
{
	static const struct sdreg_record records[] = {
		{.name = {"gate", 4}, .transport = {"tcp", 3}},
		{.name = {"door", 4}, .transport = {"tcp", 3}},
		{.name = {"open", 4}},
		{.name = {"noted", 5}, .notes = {"Defined TXT keys: keys, Key", 27}},
	};
	static const struct {
		const char *key;
		int with, without; /* entries with a dictionary, and without one */
	} rows[] = {
		{"k", 2, 0},
		{"K", 2, 0},
		{"key", 1, 1},
		{"ke", 0, 0},
		{"keys", 1, 1},
		{"keyss", 0, 0},
	};
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_key_record key = {.size = sizeof(key),
		.name = table_text("k"),
		.meaning = table_text("m")};
	(void)state;
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_gate._tcp _open._udp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	struct sdreg_registry *const dictionary = sdreg_builder_finish(b, NULL);
	struct sdreg_registry *const r = build(records, COUNT(records));
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int with = 0; with < 2; with++) {
			struct sdreg_results *const results = search(r,
				(struct sdreg_query){.txt_key = table_text(rows[i].key),
					.dictionary = with ? dictionary : NULL},
				NULL);
			assert_int_equal(sdreg_results_count(results),
				with ? rows[i].with : rows[i].without);
			sdreg_results_free(results);
		}
	sdreg_registry_close(dictionary);
	sdreg_registry_close(r);
}

/* People in the brackets of a column: eight of them count, the same one once. */
static void test_people(void **state)
{
	static const char ids[] = "[P1][P1][P2][P3][P4][P5][P6][P7][P8][P9]";
	const struct sdreg_record records[] = {
		{.name = {"x", 1}, .assignee = {ids, sizeof(ids) - 1}},
		{.name = {"y", 1}, .contact = {"[P1]", 4}},
		{.name = {"z", 1}, .assignee = {"[Q]", 3}},
	};
	struct sdreg_builder *const b = sdreg_builder_new();
	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct sdreg_record record = records[i];
		record.size = sizeof(record);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	for (int i = 1; i < 10; i++) {
		char id[16];
		char uris[40];
		snprintf(id, sizeof(id), "P%d", i);
		snprintf(uris, sizeof(uris), "mailto:common\nhttp://n%d", i);
		const struct sdreg_person_record person = {.size = sizeof(person),
			.id = table_text(id),
			.uris = table_text(uris)};
		assert_int_equal(sdreg_builder_add_person(b, &person, NULL), 0);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	static const struct {
		const char *words;
		size_t count;
	} rows[] = {
		{"common", 2},
		{"n1", 2},
		{"n8", 1},
		{"n9", 1}, /* alone, it is one of eight */
		{"n1 n8", 1},
		{"common n9", 0}, /* as the ninth of those that are found it does not count */
		{"mailto", 0},
		{"mailto:", 0},
		{"mailto:c", 2},
		{"ailto", 0},
		{"o:", 0},
		{"http", 2},
		{"n0", 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_results *const results =
			search(r, (struct sdreg_query){.words = table_text(rows[i].words)}, NULL);
		if (sdreg_results_count(results) != rows[i].count)
			fail_msg("%s: %zu", rows[i].words, sdreg_results_count(results));
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

static void test_column_words(void **state)
{
	(void)state;
	assert_string_equal(sdreg_column_word(SDREG_COLUMN_NAME), "name");
	assert_string_equal(sdreg_column_word(SDREG_COLUMN_NOTES), "notes");
	assert_string_equal(sdreg_column_word(SDREG_COLUMN_NONE), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_since),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_dictionary),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_column_words),
	};
	return cmocka_run_group_tests_name("search limits", tests, NULL, NULL);
}
