/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <sdreg/key.h>
#include <sdreg/xml.h>
#include <stdlib.h>
#include <unistd.h>

#define SUPPLEMENT "<supplement xmlns=\"urn:x-sdreg:supplement\">\n"
#define DOOR "<type name=\"door\" transport=\"tcp\"><title>D</title><source>w</source></type>\n"
#define KEYS "<keys of=\"_door._tcp\">\n<source>w</source>"

static struct sdreg_registry *read_supplement(const char *text, struct told *told,
	struct sdreg_error *err)
{
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = on_warning,
		.user = told,
		.name = "in.xml"};
	FILE *const file = tmpfile();
	assert_non_null(file);
	fwrite(text, 1, strlen(text), file);
	rewind(file);
	lseek(fileno(file), 0, SEEK_SET);
	struct sdreg_registry *const r =
		sdreg_xml_read(fileno(file), SDREG_XML_KIND_SUPPLEMENT, &reading, err);
	fclose(file);
	return r;
}

/* What people get wrong in a supplement of their own: what is told of it, and where. */
static const struct mistake {
	const char *inside;
	size_t count;
	unsigned long line; /* of the last that is told */
	const char *text;
} mistakes[] = {
	{"<title>a</title><updated>2026-11-23</updated>\n" DOOR KEYS
	 "<key name=\"st\" form=\"flags\" need=\"former\"><meaning>m</meaning><flag "
	 "bit=\"0\">b</flag>"
	 "<value is=\"0\">c</value></key></keys>\n<x:own xmlns:x=\"urn:x\"/>",
		0, 0, ""},
	{"\n<type name=\"a\" transport=\"tcp\"><title>A</title></type>" DOOR, 1, 3,
		"type without a source: where is it known from?"},
	{DOOR "<keys of=\"_door._tcp\">\n<key name=\"a\"><meaning>m</meaning></key>\n"
	      "<key name=\"b\"><meaning>m</meaning></key></keys>",
		1, 4, "keys without a source before them: where are they known from?"},
	{DOOR "\n" DOOR, 1, 4, "type \"door\" is given again: what line 2 says of it comes first"},
	{DOOR "<type name=\"door\" transport=\"udp\"><title>D</title><source>w</source></type>", 0,
		0, ""},
	{DOOR KEYS "<key name=\"st\"><meaning>m</meaning></key>\n"
		   "<key name=\"ST\"><meaning>m</meaning></key></keys>",
		1, 5, "key \"ST\" is given again: what line 4 says of it counts (case does not)"},
	{DOOR KEYS "<key name=\"st\"><meaning>m</meaning></key></keys>" KEYS
		   "<key name=\"st\"><meaning>m</meaning></key></keys>",
		0, 0, ""},
	{DOOR "<type name=\"_a\" transport=\"tcp\">\n<title>A</title><source>w</source></type>", 1,
		3,
		"type left out: its name is to be without \"_\" and without transport, as in "
		"name=\"ipp\" transport=\"tcp\""},
	{DOOR "<type name=\"a._UDP\" transport=\"udp\"><title>A</title><source>w</source></type>",
		1, 3,
		"type left out: its name is to be without \"_\" and without transport, as in "
		"name=\"ipp\" transport=\"tcp\""},
	{DOOR KEYS "<key name=\"st\">\n<meaning>m</meaning>\n<flag bit=\"0\">b</flag></key></keys>",
		1, 6, "flag without effect: its key is not of a form of flags"},
	{DOOR KEYS "<key name=\"st\" form=\"flag\"><meaning>m</meaning></key></keys>", 1, 4,
		"form is none of text, number, hex, flags, list, url, uuid, mac, binary, "
		"be-number, "
		"be-flags, prefix, hex-flags, version, words, parts, path: taken as text"},
	{"<type name=\"a\" transport=\"tcp\" known=\"heard\"><title>A</title>"
	 "<source>w</source></type>",
		1, 2, "known is none of documented, source, seen: taken as unsaid"},
	{"<type name=\"a\" transport=\"tcp\"><title>A</title><warning>b</warning>\n"
	 "<warning>c</warning><source>w</source></type>",
		1, 3, "<warning> passed over: it has no place in <type>, or is there already"},
	{DOOR KEYS "<key name=\"st\" need=\"yes\"><meaning>m</meaning></key></keys>", 1, 4,
		"need is none of required, recommended, optional, deprecated, former: taken as "
		"unsaid"},
	{DOOR KEYS "<key name=\"a=b\"><meaning>m</meaning></key></keys>", 1, 4,
		"key that is never met: a name ends before its first \"=\""},
	{DOOR KEYS "<key name=\"st\"><meaning>m</meaning><value>a</value>\n<value is=\"1\"/>"
		   "<value is=\"2\">b</value></key></keys>",
		2, 5, "value left out: it needs a meaning, and a text or a bit from 0 to 63"},
	{DOOR "<title>a</title>\n<title>b</title>", 1, 4,
		"<title> passed over: it has no place in <supplement>, or is there already"},
	{"<updated>23.11.2026</updated>" DOOR, 1, 2,
		"updated: \"23.11.2026\" is no date such as 2026-11-23"},
	{"<updated>2026-11-231</updated>" DOOR, 1, 2,
		"updated: \"2026-11-231\" is no date such as 2026-11-23"},
	{"<type name=\"a\" "
	 "transport=\"tcp\"><title>A</title>\n<title>B</title><source>w</source></type>",
		1, 3, "<title> passed over: it has no place in <type>, or is there already"},
	{DOOR "<service/>", 1, 3,
		"<service> passed over: it has no place in <supplement>, or is there already"},
	{DOOR KEYS "<value is=\"a\"/></keys>", 1, 4,
		"<value> passed over: it has no place in <keys>, or is there already"},
	{"<type name=\"a\" transport=\"tcp\" prot=\"1\" xml:lang=\"en\"><title>A</title>"
	 "<source>w</source></type>",
		1, 2, "attribute prot passed over: <type> has none of that name"},
	{DOOR KEYS "<key name=\"a\" kind=\"flags\"><meaning>m</meaning></key></keys>", 1, 4,
		"attribute kind passed over: <key> has none of that name"},
	{DOOR "<type name=\"a\" transport=\"tcp\" "
	      "port=\"70000\">\n<title>A</title><source>w</source>"
	      "</type>",
		1, 3, "record left out: port \"70000\" is not N or A-B with 0 to 65535"},
	{DOOR "<keys of=\"door\"><source>w</source>\n<key "
	      "name=\"a\"><meaning>m</meaning></key></keys>",
		1, 4, "keys left out: \"door\" is no service type such as _ipp._tcp"},
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		const struct mistake *const m = &mistakes[i];
		char text[1000];
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		snprintf(text, sizeof(text), SUPPLEMENT "%s</supplement>", m->inside);
		struct sdreg_registry *const r = read_supplement(text, &told, &err);
		if (r == NULL || (size_t)told.count != m->count || told.last.line != m->line ||
			strcmp(told.last.text, m->text) != 0)
			fail_msg("row %zu: %d told, line %lu: %s; %s", i, (int)told.count,
				told.last.line, told.last.text, err.text);
		sdreg_registry_close(r);
	}
}

/* How each type is known, and what its users are warned of. */
static void test_known(void **state)
{
	static const struct {
		const char *attribute;
		const char *warning;
		enum sdreg_known known;
		enum sdreg_verdict verdict;
	} rows[] = {
		{"", "", SDREG_KNOWN_UNSAID, SDREG_VERDICT_IN_COMMON_USE},
		{"known=\"documented\"", "", SDREG_KNOWN_DOCUMENTED, SDREG_VERDICT_IN_COMMON_USE},
		{"known=\"source\"", "w", SDREG_KNOWN_SOURCE, SDREG_VERDICT_IN_COMMON_USE},
		{"known=\"seen\"", "no service type", SDREG_KNOWN_SEEN, SDREG_VERDICT_SEEN},
	};
	(void)state;
	struct sdreg_registry *const registry = sdreg_registry_embedded(NULL);
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse("_sdreg-door._tcp", 16, &type, NULL), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[400];
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		snprintf(text, sizeof(text),
			SUPPLEMENT "<type name=\"sdreg-door\" transport=\"tcp\" %s><title>D</title>"
				   "<warning>%s</warning><source>w</source></type></supplement>",
			rows[i].attribute, rows[i].warning);
		struct sdreg_registry *const r = read_supplement(text, &told, &err);
		assert_non_null(r);
		const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
		struct sdreg_annotation *const a = sdreg_annotate_type(registry, r, &type, NULL);
		const char *const warning = sdreg_annotation_warning(a);
		assert_int_equal(sdreg_entry_known(e), rows[i].known);
		assert_int_equal(sdreg_annotation_verdict(a), rows[i].verdict);
		assert_string_equal(sdreg_entry_warning(e), rows[i].warning);
		assert_string_equal(sdreg_entry_contact(e), "");
		assert_string_equal(warning != NULL ? warning : "", rows[i].warning);
		sdreg_annotation_free(a);
		sdreg_registry_close(r);
	}
	sdreg_registry_close(registry);
	assert_string_equal(sdreg_known_word(SDREG_KNOWN_SEEN + 1), "");
}

/* A value that is left out takes none with it. */
static void test_values_kept(void **state)
{
	(void)state;
	struct told told = {{0}, 0};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	struct sdreg_registry *const r = read_supplement(SUPPLEMENT DOOR KEYS
		"<key name=\"a\" form=\"flags\"><meaning>m</meaning>"
		"<flag bit=\"64\">x</flag><flag bit=\"3\">y</flag></key></keys>"
		"</supplement>",
		&told, &err);
	assert_non_null(r);
	assert_int_equal(sdreg_type_parse("_door._tcp", 10, &type, NULL), 0);
	const struct sdreg_key *const key = sdreg_find_key(r, &type, "a", 1);
	assert_non_null(key);
	assert_int_equal(sdreg_key_value_bit(sdreg_key_value(r, key, 0)), 3);
	assert_null(sdreg_key_value(r, key, 1));
	sdreg_registry_close(r);
}

/* Many names, each of them twice. */
static void test_many_types(void **state)
{
	(void)state;
	struct told told = {{0}, 0};
	struct sdreg_error err = {.size = sizeof(err)};
	enum { TYPES = 5000, TYPE_SIZE = 100 };
	char *const text = malloc((2 * TYPES + 2) * TYPE_SIZE);
	assert_non_null(text);
	char *at = text + sprintf(text, "%s", SUPPLEMENT);
	for (int i = 0; i < 2 * TYPES; i++)
		at += sprintf(at,
			"<type name=\"d%d\" transport=\"tcp\"><title>D</title><source>w</source>"
			"</type>\n",
			i % TYPES);
	strcpy(at, "</supplement>");
	struct sdreg_registry *const r = read_supplement(text, &told, &err);
	assert_non_null(r);
	assert_int_equal(told.count, TYPES);
	sdreg_registry_close(r);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_values_kept),
		cmocka_unit_test(test_many_types),
	};
	return cmocka_run_group_tests_name("supplement", tests, NULL, NULL);
}
