/* SPDX-License-Identifier: MIT */

/* Searching: what is found, in which order, and where; and the same as slow plain code finds. */

#include "table.h"

#include <stdlib.h>
#include <time.h>

/* A registry with one of each that matters. */
/* clang-format off */
static const struct sdreg_record records[] = {
	{.name = TEXT("print"), .port = TEXT("515"), .transport = TEXT("tcp"),
		.description = TEXT("spooler"), .registered = TEXT("1999-01"),
		.assignee = TEXT("[Ann_Author]"), .contact = TEXT("[Bea_B\xc3\xbcro]")},
	{.name = TEXT("Printer"), .port = TEXT("516"), .transport = TEXT("udp"),
		.registered = TEXT("2001-02-03"), .modified = TEXT("2010-11-12"),
		.reference = TEXT("[RFC6763][RFC1179]")},
	{.name = TEXT("net-print"), .description = TEXT("Of the network"),
		.notes = TEXT("Defined TXT keys: txtvers, Path=<where>")},
	{.name = TEXT("blueprints"), .port = TEXT("600-700"),
		.description = TEXT("Plans"), .assignee = TEXT("[Nobody]")},
	{.name = TEXT("a"), .description = TEXT("Things that print"), .transport = TEXT("sctp")},
	{.name = TEXT("b"), .description = TEXT("Printed things"), .transport = TEXT("dccp"),
		.service_code = TEXT("1145656131")},
	{.name = TEXT("c"), .notes = TEXT("Defined TXT keys: print")},
	{.name = TEXT("d"), .assignee = TEXT("[Print_Org]"), .contact = TEXT("[Print_Org]")},
	{.name = TEXT("e"), .reference = TEXT("[print, a draft]")},
	{.name = TEXT("f"), .description = TEXT("Reprints")},
	{.name = TEXT("g"), .notes = TEXT("Of no use\nto print")},
	{.name = TEXT("h"), .unauthorized_use = TEXT("print on port 9")},
	{.port = TEXT("800"), .description = TEXT("print")},
	{.name = TEXT("print_old"), .notes = TEXT("This entry is an alias to \"print\".")},
	{.name = TEXT("printold"), .description = TEXT("Prints (historic)")},
	{.name = TEXT("z"), .description = TEXT("xqx qx q qx")},
};
/* clang-format on */

enum {
	RECORDS = sizeof(records) / sizeof(records[0]),
};

static struct sdreg_registry *make(void)
{
	static const char uris[] = "mailto:ann&example.com\nmailto:author&example.net";
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_person_record ann = {.id = table_text("Ann_Author"),
		.name = table_text("Ann Author"),
		.organization = table_text("Made-up Inc."),
		.uris = table_text(uris)};
	const struct sdreg_person_record bea = {.id = table_text("Bea_B\xc3\xbcro"),
		.name = table_text("Bea B\xc3\xbcro")};
	assert_non_null(b);
	for (size_t i = 0; i < RECORDS; i++)
		assert_int_equal(table_add(b, &records[i], NULL), 0);
	assert_int_equal(table_add_person(b, &ann, NULL), 0);
	assert_int_equal(table_add_person(b, &bea, NULL), 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

/* What a query finds, as names parted by blanks; "-" for an entry without one. */
static void expect(const struct sdreg_registry *r, const struct sdreg_query *q, const char *what,
	const char *wanted)
{
	char got[256] = "";
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_results *const results = table_search(r, q, &err);
	const struct sdreg_found *found;
	if (results == NULL)
		fail_msg("%s: %s", what, err.text);
	for (size_t i = 0; (found = sdreg_results_at(results, i)) != NULL; i++) {
		const char *const name = sdreg_entry_name(sdreg_found_entry(found));
		strcat(got, i > 0 ? " " : "");
		strcat(got, name[0] != '\0' ? name : "-");
	}
	if (strcmp(got, wanted) != 0)
		fail_msg("%s: found \"%s\", not \"%s\"", what, got, wanted);
	sdreg_results_free(results);
}

#define ALL "print Printer net-print blueprints a b c d e f h g print_old printold -"

static void test_words(void **state)
{
	static const struct {
		const char *words;
		const char *found;
	} rows[] = {
		/* the ranking: exact name, name's beginning, part, inside, description, its words'
		 * beginnings, TXT key, person, reference, inside a word, misuse, notes; the rare */
		{"print", ALL},
		{"PRINT", ALL},
		{"printer", "Printer"},
		{"  network\tnet ", "net-print"},
		{"print network", "net-print"},
		{"print nothing", ""},
		{"", "print Printer net-print blueprints a b c d e f g h - print_old printold z"},
		{"516", "Printer"},
		{"515 print", "print"},
		{"650", "blueprints"},
		{"600", "blueprints"},
		{"701", ""},
		{"65536", ""},
		{"1145656131", "b"},
		{"_print", "print Printer net-print blueprints print_old printold"},
		{"_print._tcp", "print net-print blueprints print_old printold"},
		{"_printer._udp.local", "Printer"},
		{"_printer._tcp", ""},
		{"rfc6763", "Printer"},
		{"RFC 6763", "Printer"},
		{"6763", "Printer"},
		{"txtvers", "net-print"},
		{"author", "print"},
		{"ann_author", "print"},
		{"made-up", "print"},
		{"ann@example.com", "print"},
		{"ann&example.com", "print"},
		{"author@", "print"},
		{"mailto", ""}, /* how an address begins is no word of it */
		{"il", ""},
		{"mailto:author@example.net", "print"},
		{"b\xc3\xbcro", "print"},
		{"B\xc3\x9cRO", ""}, /* no case but ASCII's */
		{"nobody", "blueprints"},
		{"alias", "print_old"},
		{"]", "print blueprints d Printer e"},
	};
	struct sdreg_registry *const r = make();
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(r, &(struct sdreg_query){.words = table_text(rows[i].words)}, rows[i].words,
			rows[i].found);
	expect(r, &(struct sdreg_query){0}, "all zeros",
		"print Printer net-print blueprints a b c d e f g h - print_old printold z");
	sdreg_registry_close(r);
}

static void test_filters(void **state)
{
	enum {
		TCP = 1 << SDREG_TRANSPORT_TCP,
		DCCP = 1 << SDREG_TRANSPORT_DCCP,
		NONE = 1 << SDREG_TRANSPORT_NONE,
	};
	static const struct {
		struct sdreg_query query;
		const char *found;
	} rows[] = {
		{{.transports = TCP}, "print"},
		{{.transports = TCP | DCCP}, "print b"},
		{{.transports = NONE, .words = TEXT("print net")}, "net-print"},
		{{.by_port = 1, .port_first = 515, .port_last = 516}, "print Printer"},
		{{.by_port = 1, .port_first = 516, .port_last = 600}, "Printer blueprints"},
		{{.by_port = 1, .port_first = 700, .port_last = 799}, "blueprints"},
		{{.by_port = 1, .port_first = 701, .port_last = 799}, ""},
		{{.by_port = 1}, ""},
		{{.portless = 1, .transports = DCCP}, "b"},
		{{.portless = 1, .by_port = 1, .port_last = 65535}, ""},
		{{.assignee = TEXT("ann a")}, "print"},
		{{.assignee = TEXT("Ann_Author")}, "print"},
		{{.assignee = TEXT("made-UP")}, "print"},
		{{.assignee = TEXT("bea")}, ""}, /* a contact only */
		{{.assignee = TEXT("example.com")}, ""}, /* an address only */
		{{.assignee = TEXT("BODY")}, "blueprints"}, /* nobody describes him */
		{{.assignee = TEXT("")},
			"print Printer net-print blueprints a b c d e f g h - "
			"print_old printold z"},
		{{.since = TEXT("1999")}, "print Printer"},
		{{.since = TEXT("1999-01")}, "print Printer"},
		{{.since = TEXT("1999-01-31")}, "print Printer"}, /* the day may be it */
		{{.since = TEXT("1999-02")}, "Printer"},
		{{.since = TEXT("2001-02-03")}, "Printer"},
		{{.since = TEXT("2010-11-12")}, "Printer"},
		{{.since = TEXT("2010-11-13")}, ""},
		{{.since = TEXT("2010")}, "Printer"},
		{{.since = TEXT("2011")}, ""},
		{{.txt_key = TEXT("PATH")}, "net-print"},
		{{.txt_key = TEXT("pat")}, ""},
		{{.txt_key = TEXT("paths")}, ""},
		{{.txt_key = TEXT("print")}, "c"},
		{{.txt_key = TEXT("print"), .words = TEXT("net")}, ""},
	};
	struct sdreg_registry *const r = make();
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char what[32];
		snprintf(what, sizeof(what), "filter %zu", i);
		expect(r, &rows[i].query, what, rows[i].found);
	}
	sdreg_registry_close(r);
}

static void test_match(void **state)
{
	static const struct {
		const char *words;
		enum sdreg_column column; /* of the best match of the first result */
		const char *text;
		size_t offset;
		size_t len;
		const char *person;
	} rows[] = {
		{"net-", SDREG_COLUMN_NAME, "net-print", 0, 4, NULL},
		{"_net", SDREG_COLUMN_NAME, "net-print", 0, 3, NULL},
		{"650", SDREG_COLUMN_PORT, "", 0, 0, NULL},
		{"that", SDREG_COLUMN_DESCRIPTION, "Things that print", 7, 4, NULL},
		{"q", SDREG_COLUMN_DESCRIPTION, "xqx qx q qx", 7, 1, NULL},
		{"path", SDREG_COLUMN_TXT_KEY, "Path", 0, 4, NULL},
		{"ann", SDREG_COLUMN_ASSIGNEE, "[Ann_Author]", 1, 3, NULL},
		{"inc", SDREG_COLUMN_ASSIGNEE, "Made-up Inc.", 8, 3, "Ann_Author"},
		{"author@example.net", SDREG_COLUMN_ASSIGNEE,
			"mailto:ann&example.com\nmailto:author&example.net", 30, 18, "Ann_Author"},
		{"b\xc3\xbcro", SDREG_COLUMN_CONTACT, "[Bea_B\xc3\xbcro]", 5, 5, NULL},
		{"rfc1179", SDREG_COLUMN_REFERENCE, "[RFC6763][RFC1179]", 10, 7, NULL},
		{"1145656131", SDREG_COLUMN_SERVICE_CODE, "1145656131", 0, 10, NULL},
		{"port", SDREG_COLUMN_UNAUTHORIZED_USE, "print on port 9", 9, 4, NULL},
		{"use", SDREG_COLUMN_NOTES, "Of no use\nto print", 6, 3, NULL},
	};
	struct sdreg_registry *const r = make();
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_results *const results = table_search(r,
			&(struct sdreg_query){.words = table_text(rows[i].words)}, NULL);
		if (sdreg_results_count(results) == 0)
			fail_msg("%s: nothing was found", rows[i].words);
		const struct sdreg_match *const m = sdreg_found_best(sdreg_results_at(results, 0));
		const char *const text = sdreg_match_text(m);
		const size_t offset = sdreg_match_offset(m);
		const struct sdreg_person *const person = sdreg_match_person(m);
		if (sdreg_match_column(m) != rows[i].column || strcmp(text, rows[i].text) != 0 ||
			offset != rows[i].offset || sdreg_match_len(m) != rows[i].len)
			fail_msg("%s: %s \"%s\", %zu bytes at %zu", rows[i].words,
				sdreg_column_word(sdreg_match_column(m)), text, sdreg_match_len(m),
				offset);
		if ((person == NULL) != (rows[i].person == NULL))
			fail_msg("%s: a person, or none", rows[i].words);
		if (person != NULL)
			assert_string_equal(sdreg_person_id(person), rows[i].person);
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

static void test_matches(void **state)
{
	struct sdreg_registry *const r = make();
	struct sdreg_results *const results =
		table_search(r, &(struct sdreg_query){.words = TEXT("no use g")}, NULL);
	const struct sdreg_found *const found = sdreg_results_at(results, 0);
	(void)state;
	assert_int_equal(sdreg_results_count(results), 1);
	const struct sdreg_match *const matches[] = {sdreg_found_match(found, 0),
		sdreg_found_match(found, 1), sdreg_found_match(found, 2)};
	assert_null(sdreg_found_match(found, 3));
	assert_ptr_equal(sdreg_found_best(found), matches[2]);
	assert_int_equal(sdreg_match_column(matches[0]), SDREG_COLUMN_NOTES);
	assert_int_equal(sdreg_match_offset(matches[0]), 3);
	assert_int_equal(sdreg_match_offset(matches[1]), 6);
	assert_int_equal(sdreg_match_column(matches[2]), SDREG_COLUMN_NAME);
	assert_null(sdreg_results_at(results, 1));
	sdreg_results_free(results);
	sdreg_results_free(NULL);
	sdreg_registry_close(r);
}

#define WORD "0123456789012345678901234567890123456789012345678901234567890123"

static void test_refused(void **state)
{
	static const struct {
		struct sdreg_query query;
		int code;
		const char *text;
	} rows[] = {
		{{.words = TEXT(WORD)}, 0, ""},
		{{.words = TEXT(WORD "x")}, SDREG_E_LIMIT,
			"a word is over 64 bytes: search for a part of it"},
		{{.assignee = TEXT(WORD)}, 0, ""},
		{{.assignee = TEXT(WORD "x")}, SDREG_E_LIMIT,
			"the assignee is over 64 bytes: search for a part of it"},
		{{.words = TEXT("1 2 3 4 5 6 7 8 9 a b c d e f _g")}, 0, ""},
		{{.words = TEXT("1 2 3 4 5 6 7 8 9 a b c d e f g h")}, SDREG_E_LIMIT,
			"over 16 words: search for fewer"},
		{{.by_port = 1, .port_first = 2, .port_last = 1}, SDREG_E_ARGUMENT,
			"ports 2 to 1: the first is the greater"},
		{{.since = TEXT("2000-13")}, SDREG_E_SYNTAX,
			"\"2000-13\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD"},
		{{.since = TEXT("200")}, SDREG_E_SYNTAX,
			"\"200\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD"},
		{{.since = TEXT("2000-1-1")}, SDREG_E_SYNTAX,
			"\"2000-1-1\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD"},
		{{.since = TEXT("2000-01-01T")}, SDREG_E_SYNTAX,
			"\"2000-01-01T\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD"},
		{{.since = TEXT("2000-01-00")}, SDREG_E_SYNTAX,
			"\"2000-01-00\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD"},
		{{.since = TEXT("2000\0")}, SDREG_E_SYNTAX,
			"\"2000\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD"},
		{{.since = {"2000-12-31+", 10}}, 0, ""},
	};
	struct sdreg_registry *const r = make();
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_results *const results = table_search(r, &rows[i].query, &err);
		if (err.code != rows[i].code || strcmp(err.text, rows[i].text) != 0 ||
			(results == NULL) != (err.code != 0))
			fail_msg("row %zu: %d: %s", i, err.code, err.text);
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

/* ---- against plain code ---- */

static unsigned random_below(unsigned bound)
{
	static uint32_t seed = 1;
	seed = seed * 1664525U + 1013904223U;
	return (unsigned)(((uint64_t)seed * bound) >> 32);
}

/* A text of few letters, so that much repeats. */
static void make_text(char *text, size_t most)
{
	const size_t len = random_below((unsigned)most + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = "aaabB-&@ "[random_below(9)];
	text[len] = '\0';
}

static int plainly_has(const char *text, const char *word)
{
	for (; *text != '\0'; text++) {
		size_t i = 0;
		for (; word[i] != '\0'; i++) {
			const char a = text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i];
			const char b = word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i];
			if (a != b && !(a == '&' && b == '@'))
				break;
		}
		if (word[i] == '\0')
			return 1;
	}
	return 0;
}

static int plainly_found(const struct sdreg_registry *r, const struct sdreg_entry *e,
	const char *word)
{
	const char *people = sdreg_entry_assignee(e);
	size_t len;
	const char *const id = sdreg_bracketed(&people, &len);
	const struct sdreg_person *const person = id != NULL ? sdreg_find_person(r, id, len) : NULL;
	return plainly_has(sdreg_entry_name(e), word) || plainly_has(sdreg_entry_notes(e), word) ||
		plainly_has(sdreg_entry_description(e), word) ||
		plainly_has(sdreg_entry_assignee(e), word) ||
		(person != NULL &&
			(plainly_has(sdreg_person_name(person), word) ||
				plainly_has(sdreg_person_uris(person), word)));
}

static struct sdreg_registry *make_plain(void)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	for (int i = 0; i < 200; i++) {
		char name[16];
		char description[40];
		char notes[80];
		char assignee[16] = "[]";
		char uris[12];
		make_text(name, 10);
		make_text(description, 30);
		make_text(notes, 70);
		make_text(uris, 8);
		snprintf(assignee, sizeof(assignee), "[p%u]", random_below(20));
		const struct sdreg_record record = {.name = table_text(name),
			.description = table_text(description),
			.notes = table_text(notes),
			.assignee = table_text(assignee),
			.contact = table_text(assignee)};
		assert_int_equal(table_add(b, &record, NULL), 0);
		snprintf(assignee, sizeof(assignee), "p%d", i);
		const struct sdreg_person_record person = {.id = table_text(assignee),
			.name = table_text(description),
			.uris = table_text(uris)};
		if (i < 10)
			assert_int_equal(table_add_person(b, &person, NULL), 0);
	}
	return sdreg_builder_finish(b, NULL);
}

static void test_plain(void **state)
{
	struct sdreg_registry *const r = make_plain();
	(void)state;
	for (int n = 0; n < 2000; n++) {
		char words[3][16];
		char query[64];
		const struct sdreg_entry *e;
		for (int i = 0; i < 3; i++) {
			make_text(words[i], 6);
			words[i][strcspn(words[i], " ")] = '\0';
			if (words[i][0] == '\0')
				strcpy(words[i], "b");
		}
		snprintf(query, sizeof(query), "%s %s  %s", words[0], words[1], words[2]);
		struct sdreg_results *const results =
			table_search(r, &(struct sdreg_query){.words = table_text(query)}, NULL);
		char *const found = calloc(sdreg_registry_size(r), 1);
		unsigned before = 1000;
		assert_non_null(found);
		for (size_t i = 0; i < sdreg_results_count(results); i++) {
			const struct sdreg_found *const f = sdreg_results_at(results, i);
			assert_in_range(sdreg_found_score(f), 1, before);
			before = sdreg_found_score(f);
			found[sdreg_entry_index(r, sdreg_found_entry(f))] = 1;
		}
		for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
			const int wanted = plainly_found(r, e, words[0]) &&
				plainly_found(r, e, words[1]) && plainly_found(r, e, words[2]);
			if (wanted != found[sdreg_entry_index(r, e)])
				fail_msg("\"%s\", entry %zu: %d", query, sdreg_entry_index(r, e),
					wanted);
		}
		free(found);
		sdreg_results_free(results);
	}
	sdreg_registry_close(r);
}

#define A9 "aaaaaaaaa"
#define A54 A9 A9 A9 A9 A9 A9

/* A person of 1 MiB whom 20,000 entries name is read once, not 20,000 times; nor do texts of one
 * letter take longer than others. What is quadratic would take hours here. */
static void test_hostile(void **state)
{
	const size_t size = 1 << 20;
	char *const text = malloc(size);
	struct sdreg_builder *const b = sdreg_builder_new();
	(void)state;
	assert_non_null(text);
	assert_non_null(b);
	memset(text, 'a', size);
	const struct sdreg_person_record person = {.id = table_text("p"),
		.name = {text, size},
		.uris = {text, size}};
	const struct sdreg_record record = {.name = table_text("x"),
		.assignee = table_text("[p]"),
		.notes = {text, size}};
	assert_int_equal(table_add_person(b, &person, NULL), 0);
	for (int i = 0; i < 20000; i++)
		assert_int_equal(table_add(b,
					 i == 0 ? &record
						: &(struct sdreg_record){.assignee =
										 record.assignee},
					 NULL),
			0);
	memset(text, '[', size);
	assert_int_equal(table_add(b, &(struct sdreg_record){.assignee = {text, size}}, NULL), 0);
	for (size_t i = 0; i < size; i++)
		text[i] = "[p]"[i % 3];
	assert_int_equal(table_add(b, &(struct sdreg_record){.assignee = {text, size}}, NULL), 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	const clock_t start = clock();
	struct sdreg_results *const results =
		table_search(r, &(struct sdreg_query){.words = TEXT(A54 A9 " " A54 "@")}, NULL);
	assert_int_equal(sdreg_results_count(results), 0);
	sdreg_results_free(results);
	struct sdreg_results *const all =
		table_search(r, &(struct sdreg_query){.words = TEXT(A54 A9)}, NULL);
	assert_int_equal(sdreg_results_count(all), 20001);
	sdreg_results_free(all);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
	sdreg_registry_close(r);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
