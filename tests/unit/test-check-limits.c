/* SPDX-License-Identifier: MIT */

/* What a check finds at its limits: lengths, forms of values, keys that come twice or not at all,
 * with a registry and a supplement of its own. */

#include "table.h"

#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct row registered[] = {
	{"door", NULL, "tcp", "Door", "Defined TXT keys: u, p"},
	{"window", NULL, "udp", "Window", NULL},
};

static struct sdreg_registry *registry;
static struct sdreg_registry *supplement;

static int set_up(void **state)
{
	static const struct sdreg_key_record keys[] = {
		{.size = sizeof(struct sdreg_key_record),
			.name = {"n", 1},
			.meaning = {"m", 1},
			.form = SDREG_KEY_FORM_NUMBER},
		{.size = sizeof(struct sdreg_key_record),
			.name = {"x", 1},
			.meaning = {"m", 1},
			.form = SDREG_KEY_FORM_HEX},
		{.size = sizeof(struct sdreg_key_record),
			.name = {"bin", 3},
			.meaning = {"m", 1},
			.form = SDREG_KEY_FORM_BINARY},
		{.size = sizeof(struct sdreg_key_record),
			.name = {"text", 4},
			.meaning = {"m", 1},
			.form = SDREG_KEY_FORM_TEXT},
		{.size = sizeof(struct sdreg_key_record),
			.name = {"old", 3},
			.meaning = {"m", 1},
			.need = SDREG_KEY_NEED_FORMER},
		{.size = sizeof(struct sdreg_key_record),
			.name = {"must", 4},
			.meaning = {"m", 1},
			.need = SDREG_KEY_NEED_REQUIRED},
		{.size = sizeof(struct sdreg_key_record),
			.name = {"m#", 2},
			.meaning = {"m", 1},
			.need = SDREG_KEY_NEED_RECOMMENDED},
	};
	static const struct sdreg_record used = {.size = sizeof(used),
		.name = {"used", 4},
		.transport = {"tcp", 3}};
	struct sdreg_builder *const b = sdreg_builder_new();
	(void)state;
	assert_non_null(b);
	registry = table_registry(registered, COUNT(registered), 0);
	assert_int_equal(sdreg_builder_add(b, &used, NULL), 0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_gate._tcp"), NULL), 0);
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(sdreg_builder_add_key(b, &keys[i], NULL), 0);
	supplement = sdreg_builder_finish(b, NULL);
	assert_non_null(supplement);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(registry);
	sdreg_registry_close(supplement);
	return 0;
}

static void add_strings(struct sdreg_txt *txt, const char *strings)
{
	for (; *strings != '\0'; strings += strcspn(strings, "|") + 1) {
		const size_t len = strcspn(strings, "|");
		assert_int_equal(sdreg_txt_add(txt, strings, len), 0);
		if (strings[len] == '\0')
			break;
	}
}

enum { FOUND_SIZE = 1 << 13 };

/* What is found, each as "rule", "rule key" or "rule 1:key", 1 being the number of the string. */
static void find(const struct sdreg_subject *subject, char found[FOUND_SIZE])
{
	struct sdreg_report *const report = sdreg_check(subject, NULL);
	size_t len = 0;
	found[0] = '\0';
	assert_non_null(report);
	for (size_t i = 0; i < sdreg_report_count(report); i++) {
		const struct sdreg_finding *const f = sdreg_report_finding(report, i);
		const size_t string = sdreg_finding_string(f);
		size_t key_len;
		const char *const key = sdreg_finding_key(f, &key_len);
		len += (size_t)snprintf(found + len, FOUND_SIZE - len, "%s%s", i > 0 ? ", " : "",
			sdreg_finding_rule_word(sdreg_finding_rule(f)));
		if (string != SDREG_NO_STRING)
			len += (size_t)snprintf(found + len, FOUND_SIZE - len, " %zu:%.*s", string,
				(int)key_len, key);
		else if (key_len > 0)
			len += (size_t)snprintf(found + len, FOUND_SIZE - len, " %s", key);
	}
	sdreg_report_free(report);
}

/* What is known besides type and record. */
enum { NOTHING, REGISTRY = 1, SUPPLEMENT = 2, BOTH = 3 };

static void expect(const char *type, const char *strings, int known, const char *wanted)
{
	char found[FOUND_SIZE];
	struct sdreg_type parsed;
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_non_null(txt);
	add_strings(txt, strings);
	const struct sdreg_subject subject = {
		.size = sizeof(subject),
		.type = type != NULL ? &parsed : NULL,
		.registry = (known & REGISTRY) != 0 ? registry : NULL,
		.supplement = (known & SUPPLEMENT) != 0 ? supplement : NULL,
		.txt = txt,
	};
	if (type != NULL)
		assert_int_equal(sdreg_type_parse(type, strlen(type), &parsed, NULL), 0);
	find(&subject, found);
	if (strcmp(found, wanted) != 0)
		fail_msg("%s %s: found %s, not %s", type != NULL ? type : "", strings, found,
			wanted);
	sdreg_txt_free(txt);
}

struct check_row {
	const char *strings;
	const char *found;
};

static void expect_rows(const char *type, int known, const struct check_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(type, rows[i].strings, known, rows[i].found);
}

/* ---- types ---- */

static void test_types(void **state)
{
	static const struct {
		const char *type;
		const char *text;
	} rows[] = {
		{"_window._tcp",
			"the service name is registered for the other transport only: "
			"_window._udp"},
		{"_door._udp",
			"the service name is registered for the other transport only: "
			"_door._tcp"},
		{"_used._tcp", "the service name is in common use, but not registered with IANA"},
		{"_none._tcp", "the service name is not registered with IANA"},
		{"_door._tcp", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_type type;
		assert_int_equal(sdreg_type_parse(rows[i].type, strlen(rows[i].type), &type, NULL),
			0);
		const struct sdreg_subject subject = {.size = sizeof(subject),
			.type = &type,
			.registry = registry,
			.supplement = supplement};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		assert_int_equal(sdreg_report_count(report), rows[i].text != NULL);
		if (rows[i].text != NULL)
			assert_string_equal(sdreg_finding_text(sdreg_report_finding(report, 0)),
				rows[i].text);
		sdreg_report_free(report);
	}
	/* profiles are those of a known protocol */
	expect("_clique._udp", "txtvers=2", NOTHING, "txtvers 0:txtvers");
	expect("_clique._sctp", "txtvers=2", NOTHING, "proto");
	expect("_presence._tcp", "txtvers=2", NOTHING, "txtvers 0:txtvers");
	expect("_presence._sctp", "txtvers=2", NOTHING, "proto");
	expect("a\\031b._x._tcp", "", NOTHING, "instance-control");
	expect("a\\032b._x._tcp", "", NOTHING, "");
	expect("a\\255b._x_y._tcp", "", BOTH, "name-character, instance-utf8");
}

/* ---- any record ---- */

static void test_values(void **state)
{
	static const struct check_row rows[] = {
		{"a=\037", "value-binary 0:a"},
		{"a= ", ""},
		{"a=~", ""},
		{"a=\177", "value-binary 0:a"},
		{"a=\200", "value-binary 0:a"},
		{"a=b\001", "value-binary 0:a"},
		{"a=\"\"", "value-quoted 0:a"},
		{"a=\"", ""},
		{"a=\"b", ""},
		{"a=b\"", ""},
		{"123456789", ""},
		{"1234567890", "key-long 0:1234567890"},
		{"=", "key-missing 0:"},
		{"||a", "string-empty 0:, string-empty 1:"},
	};
	(void)state;
	expect_rows(NULL, NOTHING, rows, COUNT(rows));
	expect(NULL, "bin=\001", BOTH, "value-binary 0:bin");
	expect("_gate._tcp", "bin=\001|must", BOTH, "not-registered");
	expect("_gate._tcp", "bin=\001|must", SUPPLEMENT, "");
	expect("_gate._tcp", "bin=\001|must", NOTHING, "value-binary 0:bin");
	expect("_gate._tcp", "text=\001|must", SUPPLEMENT, "value-binary 0:text");
}

static void test_twice(void **state)
{
	static const struct check_row rows[] = {
		{"a|b|ab|ba|c", ""},
		{"ab|a|A", "key-twice 2:A"},
		{"b|a|ab|B|abc", "key-twice 3:B"},
		{"c=1|b|a|b|c|a|C", "key-twice 5:a, key-twice 3:b, key-twice 4:c"},
		{"k1|k2|k3|k4|k5|k6|k7|k8|k9|k1", "key-twice 9:k1"},
	};
	(void)state;
	expect_rows(NULL, NOTHING, rows, COUNT(rows));
}

static void test_twice_text(void **state)
{
	static const struct {
		const char *strings;
		const char *text;
	} rows[] = {
		{"a=1|a=2", "the key is there 2 times: \"1\" and \"2\"; readers take the first"},
		{"a=1|a=2|a=3",
			"the key is there 3 times: \"1\" and \"2\" and more; readers take the "
			"first"},
		{"a|a=",
			"the key is there 2 times: \"(no value)\" and \"\"; readers take the "
			"first"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		add_strings(txt, rows[i].strings);
		const struct sdreg_subject subject = {.size = sizeof(subject), .txt = txt};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		assert_int_equal(sdreg_report_count(report), 1);
		assert_string_equal(sdreg_finding_text(sdreg_report_finding(report, 0)),
			rows[i].text);
		sdreg_report_free(report);
		sdreg_txt_free(txt);
	}
}

/* Strings of up to 255 bytes in a record of so many. */
static void test_sizes(void **state)
{
	static const struct {
		size_t size;
		const char *found;
	} rows[] = {
		{400, ""},
		{401, "record-over-400"},
		{1300, "record-over-400"},
		{1301, "record-over-1300"},
		{8900, "record-over-1300"},
		{8901, "record-over-8900"},
		{65535, "record-over-8900"},
		{65536, "record-long"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		char found[FOUND_SIZE];
		char string[256];
		size_t left = rows[i].size;
		for (unsigned n = 0; left > 0; n++) {
			const size_t size = left <= 256 ? left : left < 270 ? 200 : 256;
			memset(string, ' ', sizeof(string));
			snprintf(string, sizeof(string), "k%u=", n);
			string[strlen(string)] = ' ';
			assert_int_equal(sdreg_txt_add(txt, string, size - 1), 0);
			left -= size;
		}
		const struct sdreg_subject subject = {.size = sizeof(subject), .txt = txt};
		find(&subject, found);
		if (strcmp(found, rows[i].found) != 0)
			fail_msg("%zu bytes: %s", rows[i].size, found);
		sdreg_txt_free(txt);
	}
}

static void test_string_sizes(void **state)
{
	char string[301];
	char wanted[600];
	(void)state;
	memset(string, 'a', sizeof(string));
	string[1] = '=';
	string[255] = '\0';
	expect(NULL, string, NOTHING, "");
	string[255] = 'a';
	string[256] = '\0';
	expect(NULL, string, NOTHING, "string-long 0:a");
	/* a finding keeps 255 bytes of a key */
	for (size_t len = 254; len < 258; len++) {
		memset(string, 'k', len);
		string[len] = '\0';
		snprintf(wanted, sizeof(wanted), "key-long 0:%.255s%s%.255s", string,
			len > 255 ? ", string-long 0:" : "", len > 255 ? string : "");
		expect(NULL, string, NOTHING, wanted);
	}
}

/* The worst of several findings counts, in whatever order they are made. */
static void test_worst(void **state)
{
	static const struct {
		const char *strings;
		enum sdreg_severity worst;
	} rows[] = {
		{"a", 0},
		{"=", SDREG_SEVERITY_NOTE},
		{"status=x", SDREG_SEVERITY_WARNING},
		{"=|status=x|nothing=", SDREG_SEVERITY_WARNING},
	};
	struct sdreg_type type;
	(void)state;
	assert_int_equal(sdreg_type_parse("_presence._tcp", 14, &type, NULL), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		add_strings(txt, rows[i].strings);
		const struct sdreg_subject subject = {.size = sizeof(subject),
			.txt = txt,
			.type = i < 2 ? NULL : &type};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		assert_int_equal(sdreg_report_worst(report), rows[i].worst);
		assert_null(sdreg_report_finding(report, sdreg_report_count(report)));
		sdreg_report_free(report);
		sdreg_txt_free(txt);
	}
}

/* ---- keys of a type ---- */

static void test_forms(void **state)
{
	static const struct check_row rows[] = {
		{"must|n=0123456789", ""},
		{"must|n=12a", "value-form 1:n"},
		{"must|n=:", "value-form 1:n"},
		{"must|n=0x1", "value-form 1:n"},
		{"must|n=", ""},
		{"must|n", ""},
		{"must|n=x", "value-form 1:n"},
		{"must|x=0123456789abcdefABCDEF", ""},
		{"must|x=0x1F", ""},
		{"must|x=0X1f", ""},
		{"must|x=0x", "value-form 1:x"},
		{"must|x=x1", "value-form 1:x"},
		{"must|x=1x1", "value-form 1:x"},
		{"must|x=0y1", "value-form 1:x"},
		{"must|x=0xg", "value-form 1:x"},
		{"must|x=0xfg", "value-form 1:x"},
		{"must|x=fg", "value-form 1:x"},
		{"must|text=fg", ""},
		{"must|bin=fg", ""},
		{"must|old=1", "key-former 1:old"},
		{"must|m7=1", ""},
		{"must|m7=", "value-empty 1:m7"},
		{"must=", "value-empty 0:must"},
		{"must|other", "key-unknown 1:other"},
		{"txtvers=1|must", ""},
		{"versions=1|must", "key-unknown 0:versions"},
		{"txtverz=1|must", "key-unknown 0:txtverz"},
		{"txt=1|must", "key-unknown 0:txt"},
		{"n=1", "key-required must"},
		{"MUST", ""},
		{"|must", "string-empty 0:"},
		{"", ""},
	};
	char wanted[100];
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		snprintf(wanted, sizeof(wanted), "not-registered%s%s",
			rows[i].found[0] != '\0' ? ", " : "", rows[i].found);
		expect("_gate._tcp", rows[i].strings, BOTH, wanted);
	}
	/* of the registry alone */
	expect("_door._tcp", "u=1|p=1", REGISTRY, "");
	expect("_door._tcp", "u=1|v=1", REGISTRY, "key-unknown 1:v");
	expect("_door._tcp", "u=1|v=1", BOTH, "key-unknown 1:v");
	expect("_window._udp", "u=1|v=1", REGISTRY, "");
	expect("_window._udp", "u=1|v=1", BOTH, "");
	expect("_gate._tcp", "u=1", REGISTRY, "not-registered");
	expect("_gate._tcp", "u=1", NOTHING, "");
}

static void test_form_words(void **state)
{
	static const char *const rows[][2] = {
		{"n=x", "the value \"x\" is not a decimal number"},
		{"x=y", "the value \"y\" is not a hexadecimal number"},
		{"x=abcdefghijabcdefghijabcdefghijabcdefghij",
			"the value \"abcdefghijabcdefghijabcdefghijabcdefghij\" is not a "
			"hexadecimal "
			"number"},
		{"x=abcdefghijabcdefghijabcdefghijabcdefghijk",
			"the value \"abcdefghijabcdefghijabcdefghijabcdefghij...\" is not a "
			"hexadecimal number"},
	};
	struct sdreg_type type;
	(void)state;
	assert_int_equal(sdreg_type_parse("_gate._tcp", 10, &type, NULL), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		add_strings(txt, rows[i][0]);
		const struct sdreg_subject subject = {.size = sizeof(subject),
			.type = &type,
			.registry = registry,
			.supplement = supplement,
			.txt = txt};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		assert_int_equal(sdreg_report_count(report), 3); /* the type and the required key */
		assert_string_equal(sdreg_finding_text(sdreg_report_finding(report, 1)),
			rows[i][1]);
		sdreg_report_free(report);
		sdreg_txt_free(txt);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_twice_text),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_string_sizes),
		cmocka_unit_test(test_worst),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_form_words),
	};
	return cmocka_run_group_tests_name("check limits", tests, set_up, tear_down);
}
