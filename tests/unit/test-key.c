/* SPDX-License-Identifier: MIT */

/* The dictionary of TXT keys: read from XML, looked up, explained, from several files. */

#include "table.h"

#include <sdreg/xml.h>
#include <stdlib.h>
#include <unistd.h>

#define OPEN "<supplement xmlns=\"urn:x-sdreg:supplement\">"

static const char text[] = OPEN
	"<title>Ours</title><updated>2026-11-23</updated>"
	"<type name=\"hap\" transport=\"tcp\" port=\"1-2\"><title>HomeKit</title>"
	"<maker>Apple</maker><users>people</users><instead>another</instead>"
	"<source>one</source><source>two</source><new>x</new></type>"
	"<type name=\"a_b\" transport=\"udp\"><title>Ill named</title><source>s</source></type>"
	"<type name=\"bad\" transport=\"quic\"><title>t</title><source>s</source></type>"
	"<type name=\"untitled\" transport=\"tcp\"><source>s</source></type>"
	"<keys of=\"_hap._tcp _HAP._udp\"><source>spec</source><source>more</source>"
	"<key name=\"sf\" need=\"required\" form=\"flags\"><meaning>status  flags</meaning>"
	"<flag bit=\"0\">not paired</flag><flag bit=\"1\">no Wi-Fi</flag>"
	"<flag bit=\"33\">far</flag><flag bit=\"64\">out</flag></key>"
	"<key name=\"ci\" form=\"number\"><meaning>category</meaning>"
	"<value is=\"2\">bridge &amp; more</value><value is=\"T\">yes</value>"
	"<value is=\"t\">small</value><source>its own</source></key>"
	"<key name=\"pdl\" form=\"list\"><meaning>formats</meaning>"
	"<value is=\"a/b\">A B</value><value is=\"c\">C</value>"
	"<value is=\"d\">x\xc3\xa9</value></key>"
	"<key name=\"dk#\"><meaning>disk</meaning></key>"
	"<key name=\"odd\" need=\"always\" form=\"cloud\"><meaning>odd</meaning></key>"
	"<key name=\"none\"></key></keys>"
	"<keys of=\"hap\"><source>s</source><key name=\"x\"><meaning>m</meaning></key></keys>"
	"<keys of=\"_only._udp\"><source>s</source><key "
	"name=\"k\"><meaning>m</meaning></key></keys>"
	"</supplement>";

static struct sdreg_registry *supplement;
static struct told told;

static int add_text(struct sdreg_builder *b, const char *from, struct sdreg_error *err)
{
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = on_warning,
		.user = &told,
		.name = "text"};
	FILE *const file = tmpfile();
	assert_non_null(file);
	fputs(from, file);
	fflush(file);
	lseek(fileno(file), 0, SEEK_SET);
	const int result = sdreg_xml_add(b, fileno(file), SDREG_XML_KIND_SUPPLEMENT, &reading, err);
	fclose(file);
	return result;
}

static struct sdreg_registry *read_text(const char *from)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	if (add_text(b, from, &err) < 0)
		fail_msg("%s", err.text);
	struct sdreg_registry *const r = sdreg_builder_finish(b, &err);
	assert_non_null(r);
	return r;
}

static int set_up(void **state)
{
	(void)state;
	supplement = read_text(text);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(supplement);
	return 0;
}

static const struct sdreg_key *find(const struct sdreg_registry *r, const char *of, const char *key)
{
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse(of, strlen(of), &type, NULL), 0);
	return sdreg_find_key(r, &type, key, strlen(key));
}

static void test_types(void **state)
{
	(void)state;
	const struct sdreg_entry *e = sdreg_registry_entry(supplement, 0);
	uint16_t last = 0;
	assert_string_equal(sdreg_registry_title(supplement), "Ours");
	assert_string_equal(sdreg_registry_updated(supplement), "2026-11-23");
	assert_int_equal(sdreg_registry_size(supplement), 2);
	assert_string_equal(sdreg_entry_name(e), "hap");
	assert_string_equal(sdreg_entry_description(e), "HomeKit");
	assert_string_equal(sdreg_entry_assignee(e), "[Apple]");
	assert_string_equal(sdreg_entry_notes(e), "people");
	assert_string_equal(sdreg_entry_unauthorized_use(e), "another");
	assert_string_equal(sdreg_entry_reference(e), "[one][two]");
	assert_int_equal(sdreg_entry_port(e, NULL, &last), 1);
	assert_int_equal(last, 2);
	assert_string_equal(sdreg_entry_name(sdreg_registry_entry(supplement, 1)), "a_b");
}

/* Two types, a bit, a need, a form, a key without a meaning and keys of no type are told of. */
static void test_warnings(void **state)
{
	(void)state;
	assert_int_equal(told.count, 8);
	assert_int_equal(told.last.code, SDREG_E_RECORD);
	assert_int_equal(told.last.line, 1);
}

static void test_find(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		const char *key;
		const char *meaning; /* NULL: not found */
	} rows[] = {
		{"_hap._tcp", "sf", "status flags"},
		{"_Hap._udp", "SF", "status flags"},
		{"x._hap._tcp.local", "ci", "category"},
		{"_hap._tcp", "s", NULL},
		{"_hap._tcp", "dk12", "disk"},
		{"_hap._tcp", "dk", NULL},
		{"_hap._tcp", "dk1x", NULL},
		{"_hap._tcp", "dk#", "disk"},
		{"_only._udp", "k", "m"},
		{"_only._tcp", "k", NULL},
		{"_none._tcp", "k", NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_key *const k = find(supplement, rows[i].type, rows[i].key);
		const char *const meaning = k != NULL ? sdreg_key_meaning(k) : NULL;
		if ((meaning == NULL) != (rows[i].meaning == NULL) ||
			(meaning != NULL && strcmp(meaning, rows[i].meaning) != 0))
			fail_msg("%s %s: %s", rows[i].type, rows[i].key,
				meaning != NULL ? meaning : "nothing");
	}
	const struct sdreg_key *const sf = find(supplement, "_hap._tcp", "sf");
	assert_int_equal(sdreg_key_need(sf), SDREG_KEY_NEED_REQUIRED);
	assert_int_equal(sdreg_key_form(sf), SDREG_KEY_FORM_FLAGS);
	assert_string_equal(sdreg_key_source(sf), "spec; more");
	const struct sdreg_key *const ci = find(supplement, "_hap._tcp", "ci");
	assert_string_equal(sdreg_key_source(ci), "its own");
	assert_int_equal(sdreg_key_need(ci), SDREG_KEY_NEED_UNSAID);
}

static void test_values(void **state)
{
	(void)state;
	const struct sdreg_key *const sf = find(supplement, "_hap._tcp", "sf");
	const struct sdreg_key *const ci = find(supplement, "_hap._tcp", "ci");
	const struct sdreg_key_value *const bit = sdreg_key_value(supplement, sf, 1);
	const struct sdreg_key_value *const two = sdreg_key_value(supplement, ci, 0);
	assert_string_equal(sdreg_key_value_text(bit), "");
	assert_int_equal(sdreg_key_value_bit(bit), 1);
	assert_string_equal(sdreg_key_value_meaning(bit), "no Wi-Fi");
	assert_non_null(sdreg_key_value(supplement, sf, 2));
	assert_null(sdreg_key_value(supplement, sf, 3));
	assert_string_equal(sdreg_key_value_text(two), "2");
	assert_string_equal(sdreg_key_value_meaning(two), "bridge & more");
}

static void test_explain(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		const char *value;
		const char *words;
	} rows[] = {
		{"sf", "1", "not paired"},
		{"sf", "3", "not paired, no Wi-Fi"},
		{"sf", "0x2", "no Wi-Fi"},
		{"sf", "0", ""},
		{"sf", "4", ""},
		{"sf", "0x1,0x2", "not paired, far"},
		{"sf", "8589934592", "far"},
		{"sf", "0x100000000,0x1", "not a number of flags"},
		{"sf", "x", "not a number of flags"},
		{"sf", "", ""},
		{"sf", ",", "not a number of flags"},
		{"sf", "99999999999999999999999", "not a number of flags"},
		{"sf", "0x", "not a number of flags"},
		{"sf", "1,", "not a number of flags"},
		{"ci", "2", "bridge & more"},
		{"ci", "3", ""},
		{"ci", "", ""},
		{"ci", "T", "yes"},
		{"ci", "t", "small"},
		{"pdl", "a/b,c", "A B, C"},
		{"pdl", "c,,x,A/B", "C, A B"},
		{"pdl", ",", ""},
	};
	char buf[64];
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_key *const k = find(supplement, "_hap._tcp", rows[i].key);
		const size_t len = sdreg_key_explain(supplement, k, rows[i].value,
			strlen(rows[i].value), buf, sizeof(buf));
		if (strcmp(buf, rows[i].words) != 0 || len != strlen(buf))
			fail_msg("%s=%s: %s", rows[i].key, rows[i].value, buf);
	}
	const struct sdreg_key *const k = find(supplement, "_hap._tcp", "pdl");
	for (size_t size = 1; size < 8; size++) {
		const size_t len = sdreg_key_explain(supplement, k, "a/b,c", 5, buf, size);
		assert_true(len < size && strlen(buf) == len);
		assert_int_equal(strncmp(buf, "A B, C", len), 0);
	}
	assert_int_equal(sdreg_key_explain(supplement, k, "c", 1, buf, 0), 0);
	assert_int_equal(sdreg_key_explain(supplement, k, "d,c", 3, buf, 3), 1);
	assert_string_equal(buf, "x"); /* no comma where half a letter would have been */
}

static void test_all_keys(void **state)
{
	(void)state;
	static const char *const names[] = {"sf", "ci", "pdl", "dk#", "odd"};
	struct sdreg_type type;
	const struct sdreg_key *k = NULL;
	size_t n = 0;
	assert_int_equal(sdreg_type_parse("_hap._udp", 9, &type, NULL), 0);
	for (; (k = sdreg_type_key(supplement, &type, k)) != NULL; n++) {
		assert_true(n < sizeof(names) / sizeof(names[0]));
		assert_string_equal(sdreg_key_name(k), names[n]);
	}
	assert_int_equal(n, sizeof(names) / sizeof(names[0]));
}

/* Behind a key of another type the search goes on by its place; behind another supplement's it
 * ends. */
static void test_after(void **state)
{
	(void)state;
	struct sdreg_type hap;
	struct sdreg_type none;
	assert_int_equal(sdreg_type_parse("_hap._udp", 9, &hap, NULL), 0);
	assert_int_equal(sdreg_type_parse("_none._udp", 10, &none, NULL), 0);
	const struct sdreg_key *const first = sdreg_type_key(supplement, &hap, NULL);
	assert_null(sdreg_type_key(supplement, &none, NULL));
	assert_null(sdreg_type_key(supplement, &none, first));
	struct sdreg_registry *const other = sdreg_supplement_embedded(NULL);
	assert_null(sdreg_type_key(other, &hap, first));
	assert_null(sdreg_type_key(supplement, &hap, sdreg_type_key(other, &hap, NULL)));
	sdreg_registry_close(other);
}

/* Of two files the first has the better word, and the other still adds what it lacks. */
static void test_two_files(void **state)
{
	(void)state;
	static const char site[] = OPEN
		"<title>Site</title><updated>2026-11-28</updated>"
		"<type name=\"hap\" transport=\"tcp\"><title>Site</title></type>"
		"<keys of=\"_hap._tcp\"><key name=\"sf\"><meaning>ours</meaning></key></keys>"
		"</supplement>";
	struct sdreg_builder *const b = sdreg_builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	add_text(b, site, &err);
	add_text(b, text, &err);
	struct sdreg_registry *const both = sdreg_builder_finish(b, NULL);
	struct sdreg_type type;
	assert_non_null(both);
	assert_int_equal(sdreg_registry_size(both), 3);
	assert_int_equal(sdreg_registry_is_complete(both), 0);
	assert_string_equal(sdreg_registry_title(both), "Ours");
	assert_string_equal(sdreg_registry_updated(both), "2026-11-23");
	assert_string_equal(sdreg_key_meaning(find(both, "_hap._tcp", "sf")), "ours");
	assert_string_equal(sdreg_key_meaning(find(both, "_hap._tcp", "ci")), "category");
	assert_string_equal(sdreg_key_meaning(find(both, "_hap._udp", "sf")), "status flags");
	assert_int_equal(sdreg_type_parse("_hap._tcp", 9, &type, NULL), 0);
	struct sdreg_annotation *const a = sdreg_annotate_type(supplement, both, &type, NULL);
	assert_string_equal(sdreg_entry_description(sdreg_annotation_supplement(a)), "Site");
	sdreg_annotation_free(a);
	sdreg_registry_close(both);
}

/* A file that is refused says so, whatever was read before. */
static void test_second_file_refused(void **state)
{
	(void)state;
	struct sdreg_builder *const b = sdreg_builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	assert_int_equal(add_text(b, text, &err), SDREG_OK);
	assert_int_equal(err.code, SDREG_OK);
	assert_int_equal(add_text(b, OPEN "</supp>", &err), SDREG_E_FORMAT);
	assert_int_equal(err.code, SDREG_E_FORMAT);
	assert_string_equal(err.file, "text");
	assert_int_equal(add_text(b, "", NULL), SDREG_E_FORMAT);
	sdreg_builder_free(b);
}

/* Doubles, and what is there and says nothing. */
static void test_doubles(void **state)
{
	(void)state;
	struct sdreg_registry *const r = read_text(OPEN
		"<type name=\"a\" transport=\"tcp\"><title>one</title><title>two</title>"
		"<users>u</users><users>v</users></type>"
		"<type name=\" \" transport=\"tcp\"><title>t</title></type>"
		"<type name=\"b\" transport=\" \"><title>t</title></type>"
		"<type name=\"c\" transport=\"tcp\"><title>\n</title></type>"
		"<keys of=\"_a._tcp\"><key name=\"k\"><meaning>one</meaning><meaning>two</meaning>"
		"<source>s</source><source>t</source></key></keys></supplement>");
	const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
	assert_int_equal(sdreg_registry_size(r), 1);
	assert_string_equal(sdreg_entry_description(e), "one");
	assert_string_equal(sdreg_entry_notes(e), "u");
	assert_string_equal(sdreg_key_meaning(find(r, "_a._tcp", "k")), "one");
	assert_string_equal(sdreg_key_source(find(r, "_a._tcp", "k")), "s; t");
	sdreg_registry_close(r);
}

static struct sdreg_builder *begin(const char *types, int result)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text(types), NULL), result);
	return b;
}

static const struct sdreg_key_record some_key = {.size = sizeof(some_key),
	.name = {"k", 1},
	.meaning = {"m", 1}};

/* A type is found however it was written. */
static void test_spelled_types(void **state)
{
	(void)state;
	static const char *const types[] = {"_a\\.b._udp", "_c\\046d._tcp", "_C\\.D._tcp.",
		"_n\\000ul._tcp", "_http._TCP.", "_\\104ttp._tcp"};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct sdreg_builder *const b = begin(types[i], 0);
		assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), 0);
		struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
		assert_non_null(find(r, types[i], "k"));
		assert_null(find(r, "_n._tcp", "k"));
		sdreg_registry_close(r);
	}
	assert_null(find(supplement, "_hap\\000x._tcp", "sf"));
}

/* Nothing is begun when one type is none, nor does a value come to a key that it is not of. */
static void test_left_out(void **state)
{
	(void)state;
	static const char *const types[] = {NULL, "", " ", "_x._tcp _y", "_x._tcp _a\\032b._tcp",
		"_x._tcp _\\255._tcp", "_x._tcp.local", "i._x._tcp", "_x._sctp"};
	static const struct sdreg_key_record unsaid = {.size = sizeof(unsaid), .name = {"k", 1}};
	static const struct sdreg_value_record value = {.size = sizeof(value),
		.text = {"v", 1},
		.meaning = {"m", 1}};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct sdreg_builder *const b = begin(types[i], SDREG_E_RECORD);
		assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), SDREG_E_RECORD);
		assert_null(sdreg_builder_finish(b, NULL));
	}
	struct sdreg_builder *const b = begin("_a._tcp", 0);
	assert_int_equal(sdreg_builder_add_value(b, &value, NULL), SDREG_E_RECORD);
	assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), 0);
	assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &unsaid, NULL), SDREG_E_RECORD);
	assert_int_equal(sdreg_builder_add_value(b, &value, NULL), SDREG_E_RECORD);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_b._tcp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_value(b, &value, NULL), SDREG_E_RECORD);
	sdreg_builder_free(b);
}

/* Types that share keys share a limit, or a small file would make a slow dictionary. */
static void test_limit(void **state)
{
	(void)state;
	enum { TYPES = 1 << 10, SIZE = 8 };
	char *const types = malloc(TYPES * SIZE + 1);
	assert_non_null(types);
	for (size_t i = 0; i < TYPES; i++)
		memcpy(types + SIZE * i, "_a._tcp ", SIZE + 1);
	struct sdreg_builder *const b = begin(types, 0);
	for (size_t i = 0; i < (1 << 20) / TYPES; i++)
		assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &some_key, NULL), SDREG_E_LIMIT);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	size_t len;
	const void *const image = sdreg_registry_image(r, &len);
	struct sdreg_registry *const again = sdreg_registry_open_bytes(image, len, NULL, NULL);
	assert_non_null(again); /* as many are no damage */
	sdreg_registry_close(again);
	sdreg_registry_close(r);
	free(types);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_explain),
		cmocka_unit_test(test_all_keys),
		cmocka_unit_test(test_after),
		cmocka_unit_test(test_two_files),
		cmocka_unit_test(test_second_file_refused),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_spelled_types),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_limit),
	};
	return cmocka_run_group_tests_name("key", tests, set_up, tear_down);
}
