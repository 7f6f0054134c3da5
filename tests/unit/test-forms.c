/* SPDX-License-Identifier: MIT */

/* Forms of values: what bytes and bits mean, what a service needs, and which types share keys. Each
 * limit from both sides. */

#include "table.h"

#include <sdreg/key.h>
#include <sdreg/xml.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const char text[] =
	"<supplement xmlns='urn:x-sdreg:supplement'><title>T</title><updated>2026-11-28</updated>"
	"<type name='none' transport='tcp' port='0'><title>N</title><source>w</source></type>"
	"<type name='discard' transport='tcp' port='9'><title>D</title><source>w</source></type>"
	"<type name='warned' transport='tcp' port='8'><title>W</title><warning>no</warning>"
	"<source>w</source></type>"
	"<type name='eight' transport='tcp' port='8'><title>E</title><source>w</source></type>"
	"<type name='here' transport='tcp' port='22'><title>H</title><instead>I</instead>"
	"<source>w</source></type>"
	"<keys of='_a._tcp'><source>w</source>"
	"<key name='bin' form='binary'><meaning>m</meaning><value is='ab'>known</value></key>"
	"<key name='num' form='be-number'><meaning>m</meaning><value is='7'>seven</value></key>"
	"<key name='bits' form='be-flags'><meaning>m</meaning>"
	"<field bits='0-2' is='0'>off</field><field bits='0-2' is='5'>five</field>"
	"<flag bit='7'>top</flag><field bits='48-63' is='65535'>all</field>"
	"<field bits='8' is='0'>no eight</field></key>"
	"<key name='hexed' form='hex-flags'><meaning>m</meaning><flag bit='4'>four</flag></key>"
	"<key name='pre' form='prefix'><meaning>m</meaning></key>"
	"<key name='mac' form='mac' tells='mac'><meaning>m</meaning></key>"
	"<key name='id' form='uuid'><meaning>m</meaning></key>"
	"<key name='ver' form='version' tells='firmware'><meaning>m</meaning></key>"
	"<key name='way' form='path'><meaning>m</meaning></key>"
	"<key name='say' form='words'><meaning>m</meaning><value is='a'>A</value>"
	"<value is='b'>B</value></key>"
	"<key name='one' values='only'><meaning>m</meaning><value is='x'>X</value></key>"
	"<key name='few' form='list' values='only'><meaning>m</meaning>"
	"<value is='x' need='required'>X</value><value is='y'>Y</value></key>"
	"<key name='dk#' need='required' form='parts'><meaning>m</meaning></key>"
	"<key name='dk#,adVF' form='hex-flags'><meaning>m</meaning><flag bit='1'>AFP</flag></key>"
	"<key name='dk#,adVN' form='text'><meaning>m</meaning></key></keys>"
	"<keys of='_b._tcp' like='_a._tcp'><source>w</source>"
	"<key name='own'><meaning>mine</meaning></key></keys>"
	"<keys of='_u._sub._a._tcp'><source>w</source>"
	"<key name='way' need='required' form='path'><meaning>the subtype's</meaning></key></keys>"
	"</supplement>";

static struct sdreg_registry *supplement;
static struct sdreg_registry *registry;

static int set_up(void **state)
{
	const struct sdreg_reading reading = {.size = sizeof(reading), .name = "in.xml"};
	static const struct row rows[] = {{"here", "115", "tcp", "Something else", NULL}};
	FILE *const file = tmpfile();
	(void)state;
	assert_non_null(file);
	fwrite(text, 1, sizeof(text) - 1, file);
	rewind(file);
	lseek(fileno(file), 0, SEEK_SET);
	supplement = sdreg_xml_read(fileno(file), SDREG_XML_KIND_SUPPLEMENT, &reading, NULL);
	registry = table_registry(rows, COUNT(rows), 0);
	fclose(file);
	return supplement == NULL || registry == NULL;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(supplement);
	sdreg_registry_close(registry);
	return 0;
}

static struct sdreg_type type_of(const char *words)
{
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse(words, strlen(words), &type, NULL), 0);
	return type;
}

static const struct sdreg_key *find(const char *type_words, const char *name)
{
	const struct sdreg_type type = type_of(type_words);
	return sdreg_find_key(supplement, &type, name, strlen(name));
}

#define V(bytes) bytes, sizeof(bytes) - 1

static void test_explain(void **state)
{
	static const struct {
		const char *key;
		const char *value;
		size_t len;
		const char *words;
		int has_form;
	} rows[] = {
		{"bin", V("\xca\x80 b"), "ca802062", 1},
		{"bin", V("ab"), "known", 1},
		{"bin", V(""), "", 1},
		{"num", V("`"), "96", 1},
		{"num", V("\xf0\xbf"), "61631", 1},
		{"num", V("\x07"), "seven", 1},
		{"num", V("\x00\x00\x07"), "seven", 1},
		{"num", V("\xff\xff\xff\xff\xff\xff\xff\xff"), "18446744073709551615", 1},
		{"num", V("\x01\x01\x01\x01\x01\x01\x01\x01\x01"), "not a number of 1 to 8 bytes",
			0},
		{"bits", V("\x85"), "five, top, no eight", 1},
		{"bits", V("\x01\x00"), "off", 1},
		{"bits", V("\x01\x06"), "", 1},
		{"bits", V("\xff\xff\x00\x00\x00\x00\x01\x01"), "all", 1},
		{"bits", V("\xff\xfe\x00\x00\x00\x00\x01\x01"), "", 1},
		{"bits", V("\x7f\xff\x00\x00\x00\x00\x01\x01"), "", 1},
		{"bits", V("123456789"), "not a number of 1 to 8 bytes", 0},
		{"hexed", V("0x10"), "four", 1},
		{"hexed", V("0x0"), "", 1},
		{"hexed", V("16"), "not a hexadecimal number with 0x before it", 0},
		{"hexed", V("0x"), "not a hexadecimal number with 0x before it", 0},
		{"pre", V("\x40\xfd\x12\x00\x01\x00\x02\x00\x03"), "fd12:1:2:3::/64", 1},
		{"pre", V("\x00"), "::/0", 1},
		{"pre", V("\x01\xff"), "8000::/1", 1},
		{"pre", V("\x08\xff"), "ff00::/8", 1},
		{"pre", V("\x09\xff"), "not an IPv6 prefix", 0},
		{"pre",
			V("\x80"
			  "0123456789abcdef"),
			"3031:3233:3435:3637:3839:6162:6364:6566/128", 1},
		{"pre",
			V("\x81"
			  "0123456789abcdef"),
			"not an IPv6 prefix", 0},
		{"pre",
			V("\x08"
			  "0123456789abcdefg"),
			"not an IPv6 prefix", 0},
		{"mac", V("00:11:22:aa:BB:cc"), "", 1},
		{"mac", V("001122aabbcc"), "", 1},
		{"mac", V("001122aabbccddee"), "", 1},
		{"mac", V("001122aabbc"), "not a hardware address", 0},
		{"mac", V("001122aabbccd"), "not a hardware address", 0},
		{"mac", V(":001122aabbcc"), "not a hardware address", 0},
		{"mac", V("001122aabbcg"), "not a hardware address", 0},
		{"id", V("01234567-89ab-cdef-0123-456789abcdef"), "", 1},
		{"id", V("01234567-89ab-cdef-0123-456789abcde"), "not a UUID", 0},
		{"ver", V("1"), "", 1},
		{"ver", V("1.20.3"), "", 1},
		{"ver", V("1."), "not a version number", 0},
		{"ver", V(".1"), "not a version number", 0},
		{"ver", V("1..2"), "not a version number", 0},
		{"ver", V("1.2b"), "not a version number", 0},
		{"way", V("a/b"), "", 1},
		{"way", V("/a"), "not a path without a slash before it", 0},
		{"say", V("a b"), "A, B", 1},
		{"say", V("a,b"), "", 1},
		{"dk0", V("adVN=B,adVF=0x2"), "adVF: AFP", 1},
		{"dk0", V("adVF=0x2,adVF=0x2"), "adVF: AFP; adVF: AFP", 1},
		{"dk0", V("adVF=2"), "adVF: not a hexadecimal number with 0x before it", 1},
		{"dk0", V("adVF"), "not a list of parts such as a=b,c=d", 0},
		{"dk0", V("=1"), "not a list of parts such as a=b,c=d", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char words[100];
		const struct sdreg_key *const k = find("_a._tcp", rows[i].key);
		assert_non_null(k);
		sdreg_key_explain(supplement, k, rows[i].value, rows[i].len, words, sizeof(words));
		if (strcmp(words, rows[i].words) != 0 ||
			sdreg_key_has_form(k, rows[i].value, rows[i].len) != rows[i].has_form)
			fail_msg("row %zu, %s: %s", i, rows[i].key, words);
	}
}

static void test_bytes(void **state)
{
	(void)state;
	size_t bytes = 0;
	for (int form = SDREG_KEY_FORM_TEXT; form <= SDREG_KEY_FORM_PATH; form++)
		bytes += (size_t)sdreg_key_form_is_bytes((enum sdreg_key_form)form);
	assert_int_equal(bytes, 4);
	assert_true(sdreg_key_form_is_bytes(SDREG_KEY_FORM_BINARY));
	assert_int_equal(sdreg_key_tells(find("_a._tcp", "mac")), SDREG_KEY_TELLS_MAC);
	assert_int_equal(sdreg_key_tells(find("_a._tcp", "ver")), SDREG_KEY_TELLS_FIRMWARE);
	assert_int_equal(sdreg_key_tells(find("_a._tcp", "bin")), SDREG_KEY_TELLS_NOTHING);
	assert_string_equal(sdreg_key_tells_text(SDREG_KEY_TELLS_PAGE), "page");
	assert_string_equal(sdreg_key_tells_text(SDREG_KEY_TELLS_PAGE + 1), "");
	const struct sdreg_key *const bits = find("_a._tcp", "bits");
	const struct sdreg_key_value *const field = sdreg_key_value(supplement, bits, 1);
	const struct sdreg_key_value *const flag = sdreg_key_value(supplement, bits, 2);
	assert_int_equal(sdreg_key_value_bits(field), 3);
	assert_int_equal(sdreg_key_value_number(field), 5);
	assert_int_equal(sdreg_key_value_bits(flag), 1);
	assert_int_equal(sdreg_key_value_number(flag), 1);
	assert_int_equal(sdreg_key_value_bit(flag), 7);
}

static size_t count_keys(const char *words)
{
	const struct sdreg_type type = type_of(words);
	size_t count = 0;
	for (const struct sdreg_key *k = NULL;
		count < 100 && (k = sdreg_type_key(supplement, &type, k)) != NULL;)
		count++;
	return count;
}

/* A type has its own keys, those that it shares, and those of its subtype before them. */
static void test_shared(void **state)
{
	(void)state;
	const size_t all = count_keys("_a._tcp");
	assert_int_equal(all, 15);
	assert_int_equal(count_keys("_b._tcp"), all + 1);
	assert_string_equal(sdreg_key_meaning(find("_b._tcp", "own")), "mine");
	assert_ptr_equal(find("_b._tcp", "mac"), find("_a._tcp", "mac"));
	assert_null(find("_a._tcp", "own"));
	assert_int_equal(count_keys("_u._sub._a._tcp"), all + 1);
	assert_int_equal(count_keys("_v._sub._a._tcp"), all);
	assert_string_equal(sdreg_key_meaning(find("_u._sub._a._tcp", "way")), "the subtype's");
	assert_string_equal(sdreg_key_meaning(find("_v._sub._a._tcp", "way")), "m");
}

/* A subtype that has all keys of its type does not have them twice. */
static void test_like_itself(void **state)
{
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	struct sdreg_builder *const b = sdreg_builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	assert_int_equal(sdreg_builder_keys_like(b, table_text("_u._sub._a._tcp _a._tcp"),
				 table_text("_A._TCP"), NULL),
		0);
	assert_int_equal(sdreg_builder_keys_like(b, table_text("_c._tcp"), table_text("_d._tcp"),
				 &err),
		SDREG_E_RECORD);
	assert_non_null(strstr(err.text, "_d._tcp"));
	assert_int_equal(sdreg_builder_keys_like(b, table_text("c"), table_text("_a._tcp"), NULL),
		SDREG_E_RECORD);
	assert_int_equal(sdreg_builder_keys_like(b, table_text("_c._tcp"), table_text("a"), NULL),
		SDREG_E_RECORD);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	const struct sdreg_type types[] = {type_of("_u._sub._a._tcp"), type_of("_a._tcp"),
		type_of("_c._tcp")};
	static const size_t counts[] = {2, 2, 0};
	for (size_t i = 0; i < COUNT(types); i++) {
		size_t count = 0;
		for (const struct sdreg_key *k = NULL;
			count < 9 && (k = sdreg_type_key(r, &types[i], k)) != NULL;)
			count++;
		assert_int_equal(count, counts[i]);
	}
	sdreg_registry_close(r);
}

/* ---- what a check asks for ---- */

static void expect(const char *type_words, const char *strings, const char *wanted)
{
	struct sdreg_type type = type_of(type_words);
	struct sdreg_txt *const txt = sdreg_txt_new();
	char found[1000] = "";
	for (const char *at = strings; at != NULL && *at != '\0';) {
		const size_t len = strcspn(at, "|");
		sdreg_txt_add(txt, at, len);
		at += len + (at[len] == '|');
	}
	const struct sdreg_subject subject = {.size = sizeof(subject),
		.type = &type,
		.registry = registry,
		.supplement = supplement,
		.has_port = 1,
		.txt = strings != NULL ? txt : NULL};
	struct sdreg_report *const report = sdreg_check(&subject, NULL);
	const struct sdreg_finding *f;
	for (size_t i = 0; (f = sdreg_report_finding(report, i)) != NULL; i++)
		if (sdreg_finding_rule(f) != SDREG_FINDING_NOT_REGISTERED &&
			sdreg_finding_rule(f) != SDREG_FINDING_PORT_ZERO)
			snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%s %s",
				found[0] != '\0' ? ", " : "",
				sdreg_severity_text(sdreg_finding_severity(f)),
				sdreg_finding_text(f));
	if (strcmp(found, wanted) != 0)
		fail_msg("%s %s:\nfound  %s\nwanted %s", type_words,
			strings != NULL ? strings : "without", found, wanted);
	sdreg_report_free(report);
	sdreg_txt_free(txt);
}

static void test_needs(void **state)
{
	static const char *const rows[][3] = {
		{"_a._tcp", "dk0=adVF=0x2", ""},
		{"_a._tcp", "dk17=adVF=0x2", ""},
		{"_a._tcp", "ver=1", "warning the key is required, and is missing: m"},
		{"_a._tcp", "dk0=", "warning the key is required, and its value is empty: m"},
		{"_a._tcp", "dk0", ""},
		{"_a._tcp", "dk0=adVF=2",
			"note adVF: the value \"2\" is not a hexadecimal number with 0x before it"},
		{"_a._tcp", "dk0=adVN=Backups;adVF=0x82",
			"warning parts are separated by \",\", not by \";\": adVN is read as "
			"\"Backups;adVF=0x82\""},
		{"_a._tcp", "dk0=adVN=Backups;a;adVF=0x82",
			"warning parts are separated by \",\", not by \";\": adVN is read as "
			"\"Backups;a;adVF=0x82\""},
		{"_a._tcp", "dk0=adVN=Backups;other=1", ""},
		{"_a._tcp", "dk0=adVN=a,adVF=0x1|one=x", ""},
		{"_a._tcp", "dk0=adVN=a|one=X", ""},
		{"_a._tcp", "dk0=adVN=a|one=y",
			"warning the value \"y\" is none that the key can have"},
		{"_a._tcp", "dk0=adVN=a|few=x,y", ""},
		{"_a._tcp", "dk0=adVN=a|few=y", "note the value lacks \"x\": X"},
		{"_a._tcp", "dk0=adVN=a|few=x,z",
			"warning the value \"z\" is none that the key can have"},
		{"_a._tcp", NULL, ""},
		{"_u._sub._a._tcp", NULL, "note what has this subtype needs the TXT keys way, dk#"},
		{"_u._sub._a._tcp", "dk0=a=b",
			"warning the key is required, and is missing: the subtype's"},
		{"_u._sub._a._tcp", "dk0=a=b|way=a", ""},
		{"_v._sub._a._tcp", "dk0=a=b", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		expect(rows[i][0], rows[i][1], rows[i][2]);
}

static size_t count_zero(const char *words)
{
	struct sdreg_type type = type_of(words);
	size_t count = 0;
	const struct sdreg_subject subject = {.size = sizeof(subject),
		.type = &type,
		.registry = registry,
		.supplement = supplement,
		.has_port = 1};
	struct sdreg_report *const report = sdreg_check(&subject, NULL);
	for (size_t i = 0; i < sdreg_report_count(report); i++)
		count += sdreg_finding_rule(sdreg_report_finding(report, i)) ==
			SDREG_FINDING_PORT_ZERO;
	sdreg_report_free(report);
	return count;
}

/* Port 0 is no finding where it is the custom; and a port is not measured by another protocol's. */
static void test_ports(void **state)
{
	const struct sdreg_type here = type_of("_here._tcp");
	uint16_t registered = 1;
	(void)state;
	assert_int_equal(count_zero("_none._tcp"), 0);
	assert_int_equal(count_zero("_discard._tcp"), 0);
	assert_int_equal(count_zero("_warned._tcp"), 0);
	assert_int_equal(count_zero("_eight._tcp"), 1);
	assert_int_equal(count_zero("_here._tcp"), 1);
	assert_int_equal(count_zero("_other._tcp"), 1);
	assert_int_equal(sdreg_annotate_port(registry, supplement, &here, 22, &registered),
		SDREG_PORT_VERDICT_AS_USUAL);
	assert_int_equal(registered, 0);
	assert_int_equal(sdreg_annotate_port(registry, supplement, &here, 23, &registered),
		SDREG_PORT_VERDICT_NONE_REGISTERED);
	assert_int_equal(sdreg_annotate_port(registry, supplement, &here, 0, NULL),
		SDREG_PORT_VERDICT_ZERO);
	assert_int_equal(sdreg_annotate_port(registry, NULL, &here, 22, &registered),
		SDREG_PORT_VERDICT_OTHER);
	assert_int_equal(registered, 115);
	assert_string_equal(sdreg_port_verdict_word(SDREG_PORT_VERDICT_AS_USUAL), "as-usual");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_explain),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_like_itself),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_ports),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
