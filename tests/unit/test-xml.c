/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <sdreg/xml.h>
#include <stdlib.h>
#include <unistd.h>

#define SPACE "xmlns=\"http://www.iana.org/assignments\""
#define TYPE "<type name=\"a\" transport=\"tcp\"><title>A</title></type>"
#define ROOT "<registry " SPACE " id=\"service-names-port-numbers\">\n"

static struct sdreg_registry *read_xml(const char *text, struct told *told, struct sdreg_error *err)
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
		sdreg_xml_read(fileno(file), SDREG_XML_KIND_REGISTRY, &reading, err);
	fclose(file);
	return r;
}

/* A record's inside, and what its columns come to. */
static const struct good {
	const char *inside;
	const char *description;
	const char *assignee;
	const char *contact;
	const char *reference;
	const char *notes;
} good[] = {
	{"<description>a  b\n   c</description>", "a b c", "", "", "", ""},
	{"<description>a<br/><br/>b &amp; &lt;</description>", "a b & <", "", "", "", ""},
	{"<description><![CDATA[a <b>]]></description>", "a <b>", "", "", "", ""},
	{"<xref type=\"person\" data=\"A\"/>", "", "[A]", "[A]", "", ""},
	{"<xref type=\"person\" data=\"A\"/><assignee><xref type=\"person\" data=\"B\"/></assignee>"
	 "<xref type=\"person\" data=\"C\"/>",
		"", "[B]", "[A][C]", "", ""},
	{"<xref type=\"rfc\" data=\"rfc6120\"/><xref type=\"draft\" data=\"draft-x-01\"/>", "", "",
		"", "[RFC6120][draft-x-01]", ""},
	{"<xref type=\"rfc\" data=\"rfc8765\">RFC8765, Section 6.1</xref>", "", "", "",
		"[RFC8765, Section 6.1]", ""},
	{"<xref type=\"text\">free\n  text</xref><xref type=\"note\" data=\"1\"/>", "", "", "",
		"[free text][1]", ""},
	{"<xref type=\"uri\" data=\"http://x/?a=1&amp;b=2&#38;c\"/>", "", "", "",
		"[http://x/?a=1&b=2&c]", ""},
	{"<xref type=\"uri\" data=\"&amp;#38;x&amp;#38&amp;\"/>", "", "", "", "[&#38;x&#38&]", ""},
	{"<note>one<br/>\n  two <xref type=\"rfc\" data=\"rfc1\"/>.</note>", "", "", "", "",
		"one\ntwo [RFC1]."},
	{"<note>\n<paragraph>Defined TXT keys:</paragraph><paragraph>td: x</paragraph></note>", "",
		"", "", "", "Defined TXT keys:\ntd: x"},
	{"<new>gone<name>x</name></new><description>a <em>b</em> c</description>", "a b c", "", "",
		"", ""},
	{"<x:description xmlns:x=\"urn:x\">no</x:description><description zz=\"1\">a</description>",
		"a", "", "", "", ""},
	{"<xref x:type=\"person\" xmlns:x=\"urn:x\" type=\"rfc\" data=\"rfc1\"/>", "", "", "",
		"[RFC1]", ""},
	{"<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/passwd\"/>", "", "",
		"", "", ""},
};

static void test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const struct good *const g = &good[i];
		char text[1000];
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		snprintf(text, sizeof(text), ROOT "<record>%s</record></registry>", g->inside);
		struct sdreg_registry *const r = read_xml(text, &told, &err);
		if (r == NULL || told.count > 0)
			fail_msg("row %zu: %s%s", i, err.text, told.last.text);
		const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
		if (strcmp(sdreg_entry_description(e), g->description) != 0 ||
			strcmp(sdreg_entry_assignee(e), g->assignee) != 0 ||
			strcmp(sdreg_entry_contact(e), g->contact) != 0 ||
			strcmp(sdreg_entry_reference(e), g->reference) != 0 ||
			strcmp(sdreg_entry_notes(e), g->notes) != 0)
			fail_msg("row %zu: [%s] [%s] [%s] [%s] [%s]", i, sdreg_entry_description(e),
				sdreg_entry_assignee(e), sdreg_entry_contact(e),
				sdreg_entry_reference(e), sdreg_entry_notes(e));
		sdreg_registry_close(r);
	}
}

/* A whole small file: date, attributes, people, records that are not children of the root. */
static void test_file(void **state)
{
	(void)state;
	static const char text[] =
		"<?xml version='1.0' encoding='UTF-8'?>\n<?pi x?>\n" ROOT
		"<title>T</title><updated>2025-02-25</updated>\n"
		"<registry><record><name>nested</name></record></registry>\n"
		"<record date=\"2020-01\" updated=\"2021\"><number>1-2</number><sc>7</sc>"
		"<protocol>TCP</protocol><unauthorized>u</unauthorized><name/></record>\n"
		"<people><person id=\"P\"><name>N</name><org>O</org><uri>mailto:a&amp;b</uri>"
		"<uri>tel:1</uri><updated>2000</updated></person></people></registry>\n";
	struct told told = {{0}, 0};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_registry *const r = read_xml(text, &told, &err);
	assert_non_null(r);
	assert_int_equal(sdreg_registry_size(r), 1);
	assert_string_equal(sdreg_registry_title(r), "T");
	assert_string_equal(sdreg_registry_updated(r), "2025-02-25");
	const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
	uint16_t last;
	assert_string_equal(sdreg_entry_name(e), "");
	assert_int_equal(sdreg_entry_port(e, NULL, &last), 1);
	assert_int_equal(last, 2);
	assert_int_equal(sdreg_entry_transport(e), SDREG_TRANSPORT_TCP);
	assert_string_equal(sdreg_entry_registered(e), "2020-01");
	assert_string_equal(sdreg_entry_modified(e), "2021");
	assert_string_equal(sdreg_entry_service_code(e), "7");
	assert_string_equal(sdreg_entry_unauthorized_use(e), "u");
	const struct sdreg_person *const p = sdreg_find_person(r, "P", 1);
	assert_string_equal(sdreg_person_name(p), "N");
	assert_string_equal(sdreg_person_organization(p), "O");
	assert_string_equal(sdreg_person_uris(p), "mailto:a&b\ntel:1");
	assert_string_equal(sdreg_person_updated(p), "2000");
	sdreg_registry_close(r);
}

static void test_warnings(void **state)
{
	(void)state;
	static const struct {
		const char *record; /* begins on line 3 */
		const char *says;
	} rows[] = {
		{"<record><name>a</name><number>70000</number></record>", "port \"70000\""},
		{"<record><protocol>pigeon</protocol></record>", "transport \"pigeon\""},
		{"<record><name>a</name>\n<name>b</name></record>", "two elements name"},
		{"<record><note/><note/></record>", "two elements note"},
		{"<record><assignee/>\n\n<assignee/></record>", "two elements assignee"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[1000];
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		snprintf(text, sizeof(text),
			ROOT "<record><name>first</name></record>\n%s\n"
			     "<record><name>last</name></record></registry>",
			rows[i].record);
		struct sdreg_registry *const r = read_xml(text, &told, &err);
		if (r == NULL || sdreg_registry_size(r) != 2 || told.count != 1 ||
			told.last.line != 3 || strcmp(told.last.file, "in.xml") != 0 ||
			told.last.code != SDREG_E_RECORD ||
			strstr(told.last.text, rows[i].says) == NULL)
			fail_msg("row %zu: %zu warnings, %s:%lu: %s", i, told.count, told.last.file,
				told.last.line, told.last.text);
		sdreg_registry_close(r);
	}
}

/* Inputs that are refused whole. */
static const struct bad {
	const char *text;
	int code;
	const char *says;
} bad[] = {
	{"", SDREG_E_FORMAT, "broken or cut short"},
	{"<", SDREG_E_FORMAT, "broken or cut short"},
	{ROOT "</registry>", SDREG_E_FORMAT, "no record"},
	{ROOT "<record><name>a</name></record>", SDREG_E_FORMAT, "broken or cut short"},
	{ROOT "<record><name>a</name></wrong></registry>", SDREG_E_FORMAT, "broken"},
	{"<registry id=\"service-names-port-numbers\"><record/></registry>", SDREG_E_FORMAT,
		"root element"},
	{"<registry " SPACE " id=\"dns-parameters\"><record/></registry>", SDREG_E_FORMAT,
		"another registry"},
	{"<registry " SPACE "><record/></registry>", SDREG_E_FORMAT, "another registry"},
	{"<people " SPACE "><record/></people>", SDREG_E_FORMAT, "root element"},
	{"<html><body>x</body></html>", SDREG_E_FORMAT, "HTML"},
	{"<!DOCTYPE html><html><br></html>", SDREG_E_FORMAT, "HTML"},
	{"<!DOCTYPE registry>" ROOT "<record/></registry>", SDREG_E_FORMAT, "DOCTYPE"},
	{"<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>" ROOT
	 "<record><name>&b;</name></record></registry>",
		SDREG_E_FORMAT, "DOCTYPE"},
	{"<!DOCTYPE r [<!ENTITY x SYSTEM \"/etc/passwd\">]>" ROOT
	 "<record><name>&x;</name></record></registry>",
		SDREG_E_FORMAT, "DOCTYPE"},
	{ROOT "<record><name>&nbsp;</name></record></registry>", SDREG_E_FORMAT, "broken"},
	{ROOT "<record><name>\001</name></record></registry>", SDREG_E_FORMAT, "broken"},
	{ROOT "<record><name>\377</name></record></registry>", SDREG_E_FORMAT, "broken"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_registry *const r = read_xml(bad[i].text, &told, &err);
		if (r != NULL || err.code != bad[i].code || strstr(err.text, bad[i].says) == NULL ||
			strcmp(err.file, "in.xml") != 0 || strchr(err.text, '\n') != NULL)
			fail_msg("row %zu: %s:%lu: %s (%d)", i, err.file, err.line, err.text,
				err.code);
	}
}

/* A file of so many times a text between a head and a tail. */
static int read_many(const char *head, const char *text, size_t times, const char *tail)
{
	const size_t len = strlen(text);
	char *const whole = malloc(strlen(head) + times * len + strlen(tail) + 1);
	struct told told = {{0}, 0};
	struct sdreg_error err = {.size = sizeof(err)};
	assert_non_null(whole);
	strcpy(whole, head);
	char *at = whole + strlen(head);
	for (size_t i = 0; i < times; i++, at += len)
		memcpy(at, text, len);
	strcpy(at, tail);
	struct sdreg_registry *const r = read_xml(whole, &told, &err);
	free(whole);
	sdreg_registry_close(r);
	return err.code;
}

static void test_limits(void **state)
{
	(void)state;
	static const char head[] = ROOT "<record><name>a</name>";
	char deep[100 * 4 + 1] = "";
	char closing[100 * 5 + 40] = "";
	for (int i = 0; i < 30; i++) {
		strcat(deep, "<x>");
		strcat(closing, "</x>");
	}
	strcat(closing, "</record></registry>");
	assert_int_equal(read_many(head, deep, 1, closing), 0); /* 32 deep */
	memmove(closing + 4, closing, strlen(closing) + 1);
	memcpy(closing, "</x>", 4);
	strcat(deep, "<x>");
	assert_int_equal(read_many(head, deep, 1, closing), SDREG_E_LIMIT);
	static const char rest[] = "<name>a</name></record></registry>";
	static const char *const ends[][2] = {{"<record ", ">"}, {"<!--", "--><record>"},
		{"<x><![CDATA[", "]]></x><record>"}};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char front[100];
		char back[100];
		snprintf(front, sizeof(front), ROOT "%s", ends[i][0]);
		snprintf(back, sizeof(back), "%s%s", ends[i][1], rest);
		assert_int_equal(read_many(front, "            ", 1000, back), 0); /* 12 KB */
		assert_int_equal(read_many(front, "            ", 2000, back), SDREG_E_LIMIT);
	}
	char spaces[17 * 20 + 1] = "";
	for (int i = 0; i < 17; i++) {
		assert_int_equal(read_many(ROOT "<record", spaces, 1,
					 "><name>a</name></record></registry>"),
			0);
		snprintf(spaces + strlen(spaces), sizeof(spaces) - strlen(spaces),
			" xmlns:a%d=\"u\"", i);
	}
	assert_int_equal(read_many(ROOT "<record", spaces, 1,
				 "><name>a</name></record></registry>"),
		SDREG_E_LIMIT);
	assert_int_equal(read_many(ROOT "<record><note>", "0123456789abcdef", 1 << 16,
				 "</note></record></registry>"),
		0); /* 1 MiB of text */
	assert_int_equal(read_many(ROOT "<record><note>x", "0123456789abcdef", 1 << 16,
				 "</note></record></registry>"),
		SDREG_E_LIMIT);
	assert_int_equal(read_many(ROOT "<record date=\"x", "0123456789abcdef", 1 << 16,
				 "\" updated=\"2020\"/></registry>"),
		SDREG_E_LIMIT);
	assert_int_equal(read_many(ROOT "<record/>", "<zz>0123456789abcdef</zz>\n", 2700000,
				 "</registry>"),
		SDREG_E_LIMIT); /* over 64 MiB */
}

/* What is read from memory is what was read from a file, and so is what is refused. */
static void same_in_memory(const char *text, enum sdreg_xml_kind kind,
	const struct sdreg_registry *from_file, const struct sdreg_error *wanted)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const size_t size = strlen(text);
	char *const bytes = malloc(size); /* without a NUL */
	size_t lens[2];
	assert_non_null(bytes);
	memcpy(bytes, text, size);
	struct sdreg_registry *const r = sdreg_xml_read_bytes(bytes, size, kind, NULL, &err);
	free(bytes);
	assert_int_equal(err.code, wanted->code);
	assert_int_equal(err.line, wanted->line);
	assert_string_equal(err.text, wanted->text);
	assert_int_equal(r != NULL, from_file != NULL);
	if (r == NULL)
		return;
	const void *const image = sdreg_registry_image(r, &lens[0]);
	const void *const other = sdreg_registry_image(from_file, &lens[1]);
	assert_int_equal(lens[0], lens[1]);
	assert_memory_equal(image, other, lens[0]);
	sdreg_registry_close(r);
}

/* Bytes of a length: 64 MiB are looked at, and one more is not. */
static void test_bytes(void **state)
{
	enum { LARGEST = 64 << 20 };
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading named = {.size = sizeof(named), .name = "bytes"};
	const struct sdreg_reading sizeless = {.size = 0};
	char *const blanks = malloc(LARGEST + 1);
	(void)state;
	assert_non_null(blanks);
	memset(blanks, ' ', LARGEST + 1);
	assert_null(sdreg_xml_read_bytes(blanks, LARGEST, SDREG_XML_KIND_PART, &named, &err));
	assert_string_not_equal(err.text, "the input is over 64 MiB");
	assert_string_equal(err.file, "bytes");
	assert_null(sdreg_xml_read_bytes(blanks, LARGEST + 1, SDREG_XML_KIND_PART, &named, &err));
	assert_int_equal(err.code, SDREG_E_LIMIT);
	assert_string_equal(err.text, "the input is over 64 MiB");
	free(blanks);
	assert_null(sdreg_xml_read_bytes(NULL, 0, SDREG_XML_KIND_PART, NULL, &err));
	assert_int_equal(err.code, SDREG_E_FORMAT);
	assert_null(sdreg_xml_read_bytes("", 0, SDREG_XML_KIND_PART, &sizeless, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	assert_null(sdreg_xml_read(-1, SDREG_XML_KIND_PART, NULL, &err));
	assert_int_equal(err.code, SDREG_E_IO);
}

/* The same records as each kind of file, and the root that it wants. */
static void test_kinds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum sdreg_xml_kind kind;
		int complete; /* -1: refused */
	} rows[] = {
		{ROOT "<record/></registry>", SDREG_XML_KIND_REGISTRY, 1},
		{ROOT "<record/></registry>", SDREG_XML_KIND_PART, 0},
		{ROOT "<record/></registry>", SDREG_XML_KIND_SUPPLEMENT, -1},
		{"<supplement xmlns=\"urn:x-sdreg:supplement\">" TYPE "</supplement>",
			SDREG_XML_KIND_SUPPLEMENT, 0},
		{"<supplement xmlns=\"urn:x-sdreg:supplement\"></supplement>",
			SDREG_XML_KIND_SUPPLEMENT, -1},
		{"<supplement xmlns=\"urn:x-sdreg:supplement\">" TYPE "</supplement>",
			SDREG_XML_KIND_REGISTRY, -1},
		{"<supplement " SPACE ">" TYPE "</supplement>", SDREG_XML_KIND_SUPPLEMENT, -1},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		FILE *const file = tmpfile();
		assert_non_null(file);
		fputs(rows[i].text, file);
		rewind(file);
		struct sdreg_registry *const r =
			sdreg_xml_read(fileno(file), rows[i].kind, NULL, &err);
		const int complete = r != NULL ? sdreg_registry_is_complete(r) : -1;
		if (complete != rows[i].complete || (r == NULL && err.code != SDREG_E_FORMAT))
			fail_msg("row %zu: %d, %s", i, complete, err.text);
		fclose(file);
		same_in_memory(rows[i].text, rows[i].kind, r, &err);
		sdreg_registry_close(r);
	}
}

static void test_files(void **state)
{
	(void)state;
	struct sdreg_error err = {.size = sizeof(err)};
	assert_null(sdreg_xml_open("/nonexistent/x.xml", SDREG_XML_KIND_REGISTRY, NULL, &err));
	assert_int_equal(err.code, SDREG_E_IO);
	assert_string_equal(err.file, "/nonexistent/x.xml");
	assert_null(sdreg_xml_open("/", SDREG_XML_KIND_REGISTRY, NULL, &err));
	assert_int_equal(err.code, SDREG_E_IO);
	assert_null(sdreg_xml_open("/", SDREG_XML_KIND_REGISTRY, NULL, NULL));
}

/* A person that is left out is told of at its own line, before any record and behind one. */
static void test_person_line(void **state)
{
	struct told told = {{0}, 0};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	sdreg_registry_close(
		read_xml(ROOT "<people>\n<person/></people>\n<record/></registry>", &told, &err));
	assert_int_equal(told.count, 1);
	assert_string_equal(told.last.text, "person left out: no id");
	assert_int_equal(told.last.line, 3);
	sdreg_registry_close(
		read_xml(ROOT "<record/>\n<people>\n<person/></people></registry>", &told, &err));
	assert_int_equal(told.count, 2);
	assert_int_equal(told.last.line, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_person_line),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_files),
	};
	return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
