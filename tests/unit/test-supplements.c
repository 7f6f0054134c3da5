/* SPDX-License-Identifier: MIT */

/* Supplements that stand behind one another: the first answers for all. */

#include "table.h"

#include "core/query/annotate.h"

static struct sdreg_registry *first; /* with two others behind it */
static struct sdreg_registry *others[2];

static void add_key(struct sdreg_builder *b, const char *name, const char *meaning)
{
	const struct sdreg_key_record key = {
		.size = sizeof(key),
		.name = table_text(name),
		.meaning = table_text(meaning),
		.form = SDREG_KEY_FORM_LIST,
	};
	const struct sdreg_value_record value = {.size = sizeof(value),
		.text = table_text("v"),
		.meaning = table_text(meaning)};
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
}

/* A supplement of two types, and of two keys of one of them. */
static struct sdreg_registry *make(const struct row rows[2], const char *const keys[2])
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	sdreg_builder_partial(b);
	for (size_t i = 0; i < 2; i++) {
		const struct sdreg_record record = table_record(&rows[i]);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_door._tcp"), NULL), 0);
	for (size_t i = 0; i < 2; i++)
		add_key(b, keys[i], rows[0].description);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

static int set_up(void **state)
{
	static const struct row rows[3][2] = {
		{{"door", "7", "tcp", "first door", NULL}, {"n#", "1", "udp", "numbers", NULL}},
		{{"gate", "7", "tcp", "gate", NULL}, {"n1", "2", "udp", "one door", NULL}},
		{{"door", "7", "tcp", "last door", NULL}, {"gate", "7", "udp", "last", NULL}},
	};
	static const char *const keys[3][2] = {{"a", "b"}, {"c", "d"}, {"B", "e"}};
	(void)state;
	first = make(rows[0], keys[0]);
	others[0] = make(rows[1], keys[1]);
	others[1] = make(rows[2], keys[2]);
	assert_int_equal(sdreg_supplement_add(first, others[0], NULL), 0);
	assert_int_equal(sdreg_supplement_add(first, others[1], NULL), 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(first); /* and the others */
	return 0;
}

static struct sdreg_type type_of(const char *text)
{
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse(text, strlen(text), &type, NULL), 0);
	return type;
}

/* The descriptions of what a search finds, in its order. */
static void is_found(const struct sdreg_entry *e, size_t nth, const char *const *wanted)
{
	if (wanted[nth] == NULL)
		assert_null(e);
	else
		assert_string_equal(sdreg_entry_description(e), wanted[nth]);
}

static void test_entries(void **state)
{
	static const char *const all[] = {"first door", "numbers", "gate", "one door", "last door",
		"last", NULL};
	(void)state;
	assert_int_equal(sdreg_registry_size(first), 6);
	for (size_t i = 0; i < 7; i++) {
		const struct sdreg_entry *const e = sdreg_registry_entry(first, i);
		is_found(e, i, all);
		if (e != NULL)
			assert_int_equal(sdreg_entry_index(first, e), i);
	}
	assert_int_equal(sdreg_registry_size(others[0]), 4);
	assert_int_equal(sdreg_entry_index(others[0], sdreg_registry_entry(first, 2)), 0);
	/* one that stands before is another registry's */
	assert_int_equal(sdreg_entry_index(others[0], sdreg_registry_entry(first, 0)), 4);
}

static void test_find(void **state)
{
	static const char *const doors[] = {"first door", "last door", NULL};
	static const char *const gates[] = {"gate", "last", NULL};
	static const char *const sevens[] = {"first door", "gate", "last door", "last", NULL};
	static const char *const of_tcp[] = {"first door", "gate", "last door", NULL};
	static const char *const udp_gates[] = {"last", NULL};
	const struct sdreg_type gate = type_of("_gate._udp");
	const struct sdreg_entry *e = NULL;
	(void)state;
	for (size_t i = 0; i < 3; i++)
		is_found(e = sdreg_find_name(first, "Door", 4, e), i, doors);
	for (size_t i = 0; i < 3; i++)
		is_found(e = sdreg_find_name(first, "gate", 4, e), i, gates);
	for (size_t i = 0; i < 5; i++)
		is_found(e = sdreg_find_port(first, 7, SDREG_TRANSPORT_ANY, e), i, sevens);
	for (size_t i = 0; i < 4; i++)
		is_found(e = sdreg_find_port(first, 7, SDREG_TRANSPORT_TCP, e), i, of_tcp);
	for (size_t i = 0; i < 2; i++)
		is_found(e = sdreg_find_type(first, &gate, e), i, udp_gates);
	/* behind the last of the first supplement the next one begins */
	e = sdreg_find_name(first, "door", 4, sdreg_registry_entry(first, 1));
	is_found(e, 1, doors);
	assert_null(sdreg_find_name(others[0], "door", 4, sdreg_registry_entry(first, 0)));
}

/* What says it first counts; one that names a type itself goes before one that stands for many. */
static void test_annotate(void **state)
{
	static const struct row row = {"other", NULL, NULL, "other", NULL};
	static const struct {
		const char *type, *title;
	} rows[] = {
		{"_door._tcp", "first door"},
		{"_gate._tcp", "gate"},
		{"_gate._udp", "last"},
		{"_n1._udp", "one door"},
		{"_n2._udp", "numbers"},
		{"_n2._tcp", ""},
	};
	struct sdreg_registry *const r = table_registry(&row, 1, 1);
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_annotation a;
		const struct sdreg_type type = type_of(rows[i].type);
		annotate(r, first, &type, &a);
		assert_string_equal(a.title, rows[i].title);
	}
	const struct sdreg_type door = type_of("_door._tcp");
	assert_int_equal(sdreg_annotate_key(r, first, &door, "e", 1), SDREG_KEY_VERDICT_SUPPLEMENT);
	assert_int_equal(sdreg_annotate_key(r, first, &door, "f", 1), SDREG_KEY_VERDICT_UNKNOWN);
	sdreg_registry_close(r);
}

static void test_keys(void **state)
{
	static const char *const names[] = {"a", "b", "c", "d", "B", "e"};
	static const char *const meanings[] = {"first door", "gate", "last door"};
	const struct sdreg_type door = type_of("_door._tcp");
	const struct sdreg_key *key = NULL;
	char words[32];
	(void)state;
	for (size_t i = 0; i < 6; i++) {
		key = sdreg_type_key(first, &door, key);
		assert_non_null(key);
		assert_string_equal(sdreg_key_name(key), names[i]);
		assert_string_equal(sdreg_key_value_meaning(sdreg_key_value(first, key, 0)),
			meanings[i / 2]);
		assert_null(sdreg_key_value(first, key, 1));
		sdreg_key_explain(first, key, "v,v", 3, words, sizeof(words));
		assert_memory_equal(words, meanings[i / 2], strlen(meanings[i / 2]));
		/* what stands before a supplement is not its own */
		assert_int_equal(sdreg_key_value(others[0], key, 0) != NULL, i > 1);
	}
	assert_null(sdreg_type_key(first, &door, key));
	assert_string_equal(sdreg_key_name(sdreg_find_key(first, &door, "b", 1)), "b");
	assert_string_equal(sdreg_key_name(sdreg_find_key(others[0], &door, "b", 1)), "B");
	assert_null(sdreg_find_key(first, &door, "f", 1));
	assert_null(sdreg_type_key(others[0], &door, sdreg_find_key(first, &door, "a", 1)));
}

/* The best first, and of equal ones those of the first supplement. */
static void test_search(void **state)
{
	static const char *const doors[] = {"first door", "last door", "one door", NULL};
	struct sdreg_query query = {.size = sizeof(query), .words = TEXT("door")};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	struct sdreg_results *results = sdreg_search(first, &query, &err);
	assert_non_null(results);
	assert_int_equal(sdreg_results_count(results), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct sdreg_found *const found = sdreg_results_at(results, i);
		is_found(sdreg_found_entry(found), i, doors);
		assert_non_null(strstr(sdreg_match_text(sdreg_found_match(found, 0)), "door"));
		assert_null(sdreg_found_match(found, 1));
	}
	sdreg_results_free(results);
	query = (struct sdreg_query){.size = sizeof(struct sdreg_query),
		.by_port = 1,
		.port_first = 7,
		.port_last = 7};
	results = sdreg_search(first, &query, &err);
	assert_int_equal(sdreg_results_count(results), 4);
	sdreg_results_free(results);
	query = (struct sdreg_query){.size = sizeof(struct sdreg_query), .since = TEXT("then")};
	assert_null(sdreg_search(first, &query, &err));
	assert_int_equal(err.code, SDREG_E_SYNTAX);
}

/* No ring is made, whichever way one is tried. */
static void test_rings(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_int_equal(sdreg_supplement_add(first, first, &err), SDREG_E_ARGUMENT);
	assert_int_equal(sdreg_supplement_add(first, others[0], &err), SDREG_E_ARGUMENT);
	assert_int_equal(sdreg_supplement_add(others[0], first, &err), SDREG_E_ARGUMENT);
	assert_int_equal(sdreg_supplement_add(others[1], first, NULL), SDREG_E_ARGUMENT);
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	assert_int_equal(sdreg_registry_size(first), 6);
	struct sdreg_registry *const alone = sdreg_supplement_embedded(NULL);
	struct sdreg_registry *const embedded = sdreg_supplement_embedded(NULL);
	const size_t size = sdreg_registry_size(alone);
	assert_int_equal(sdreg_supplement_add(alone, embedded, &err), 0);
	assert_int_equal(err.code, 0);
	assert_int_equal(sdreg_registry_size(alone), 2 * size);
	sdreg_registry_close(alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_annotate),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_rings),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
