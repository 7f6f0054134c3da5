/* SPDX-License-Identifier: MIT */

/* A registry given back: XML as XML and as CSV, CSV as CSV. */

#include "table.h"

#include <sdreg/xml.h>
#include <stdlib.h>
#include <unistd.h>

#define DECLARATION "<?xml version='1.0' encoding='UTF-8'?>\n"
#define OPEN \
	"<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">"
#define HEAD \
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration " \
	"Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes"

/* Bytes that came out. */
struct collected {
	char *at;
	size_t len;
	int left; /* writes before one fails; -1: none does */
};

static int collect(void *user, const char *bytes, size_t len)
{
	struct collected *const c = user;
	if (c->left >= 0 && c->left-- == 0)
		return -1;
	c->at = realloc(c->at, c->len + len + 1);
	memcpy(c->at + c->len, bytes, len);
	c->len += len;
	c->at[c->len] = '\0';
	return 0;
}

static char *exported(const struct sdreg_registry *r,
	int export(const struct sdreg_registry *, const struct sdreg_sink *, struct sdreg_error *))
{
	struct collected c = {.left = -1};
	const struct sdreg_sink sink = {sizeof(sink), collect, &c};
	assert_non_null(r);
	assert_int_equal(export(r, &sink, NULL), 0);
	return c.at;
}

static struct sdreg_registry *read_xml(const char *text)
{
	FILE *const file = tmpfile();
	struct sdreg_error err = {.size = sizeof(err)};
	assert_non_null(file);
	fputs(text, file);
	fflush(file);
	lseek(fileno(file), 0, SEEK_SET);
	struct sdreg_registry *const r =
		sdreg_xml_read(fileno(file), SDREG_XML_KIND_REGISTRY, NULL, &err);
	if (r == NULL)
		fail_msg("%s", err.text);
	fclose(file);
	return r;
}

/* Documents that come out as they went in, byte for byte. */
static const char *const documents[] = {
	OPEN "<record></record></registry>",
	"<?xml-stylesheet type=\"text/xsl\" href=\"x.xsl\"?>\n<!-- a - b -->\n" OPEN
	"\n  <title>T &amp; U</title>\n  <updated>2025-02-25</updated>\n  "
	"<expert>Who\nelse</expert>\n"
	"  <note title=\"N\">\n  see <xref type=\"rfc\" data=\"rfc6335\"></xref>.\n</note>\n"
	"  <record date=\"2001-02\" updated=\"2003\">\n    <name>a</name>\n    "
	"<protocol>tcp</protocol>"
	"\n    <assignee>\n      <xref type=\"person\" data=\"B\"/>\n    </assignee>\n    "
	"<xref type=\"person\" data=\"A&#38;B\"/>\n    <description>d &lt; e</description>\n"
	"    <number>1-2</number>\n    <note>n</note>\n  </record>\n"
	"  <footnote anchor=\"1\">f</footnote>\n  <people>\n    <person id=\"Z\">\n      "
	"<name>Zed</name>"
	"\n      <uri>mailto:z&amp;z</uri>\n      <uri>tel:1</uri>\n      <updated>1999</updated>\n"
	"    </person>\n    <person id=\"A\">\n      <org>O</org>\n    "
	"</person>\n  </people>\n</registry>",
	/* what a column does not hold as it stands */
	OPEN
	"<record><name></name><description>two  blanks</description></record>"
	"<record><description> a<br></br>b</description><note>line\n  two</note>"
	"<xref type=\"rfc\" data=\"RFC1\"></xref><xref type=\"rfc\" data=\"rfc2\"></xref>"
	"<xref type=\"uri\" data=\"http://x\">title</xref><xref type=\"text\">free [text]</xref>"
	"<new attribute=\"a&quot;b&#xA;&lt;>\">kept<deep></deep></new></record>"
	"<record><number>5-5</number><protocol>TCP</protocol><name n=\"1\">x</name></record>"
	"<x:record xmlns:x=\"urn:x\" x:y=\"1\">other</x:record>"
	"<people><person id=\"a\" x=\"1\"><uri></uri><uri> spaced</uri><uri>b</uri><name>one</name>"
	"<name>two</name></person></people></registry>",
	/* what turns out late to be more than a column */
	OPEN
	"<record><name>a<!--c-->b</name><xref type=\"person\" data=\"A&quot;B&amp;C\"> "
	"</xref><xref type=\"rfc\" data=\"rfc1\"><?p q?></xref><xref type=\"draft\" "
	"data=\"d\">t<br></br></xref><note>n <xref type=\"rfc\" data=\"rfc2\"></xref> m</note>"
	"<description>d<em>e</em></description><unauthorized>u</unauthorized></record>"
	"<people><person id=\"p\"><org>o<!-- d --></org><uri>u</uri></person></people></registry>",
	/* an item that is written out keeps later ones from being taken for it */
	OPEN "<record><xref type=\"person\" data=\"A\"/><xref type=\"person\" data=\"B\">b</xref>"
	     "<xref type=\"person\" data=\"C\"></xref></record></registry>",
	/* the namespace may have a prefix */
	"<i:registry xmlns:i=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">"
	"<i:record><i:name>a</i:name><i:xref type=\"person\" data=\"A\"></i:xref></i:record>"
	"<i:people><i:person id=\"A\"><i:org>O</i:org></i:person></i:people></i:registry>",
};

/* Without the end tags of elements that are empty: both spellings are one element. */
static char *canonical(const char *text)
{
	char *const out = malloc(2 * strlen(text) + 1);
	size_t n = 0;
	for (; *text != '\0'; text++) {
		if (strncmp(text, "/>", 2) == 0) {
			n += (size_t)sprintf(out + n, "></xref>");
			text++;
			continue;
		}
		out[n++] = *text;
	}
	out[n] = '\0';
	return out;
}

static void test_xml(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		struct sdreg_registry *const r = read_xml(documents[i]);
		char *const out = exported(r, sdreg_export_xml);
		char *const left = canonical(documents[i]);
		char *right = canonical(out + strlen(DECLARATION));
		right[strcspn(right, "\0")] = '\0';
		assert_int_equal(strncmp(out, DECLARATION, strlen(DECLARATION)), 0);
		for (char *a; (a = strstr(left, "&#38;")) != NULL;) /* an ampersand, either way */
			memcpy(a, "&amp;", 5);
		assert_int_equal(right[strlen(right) - 1], '\n');
		right[strlen(right) - 1] = '\0';
		assert_string_equal(right, left);
		free(left);
		free(right);
		free(out);
		sdreg_registry_close(r);
	}
}

/* Of two people with one id the first is kept, and all others with it. */
static void test_people(void **state)
{
	(void)state;
	struct sdreg_registry *const r = read_xml(OPEN
		"<people><person id=\"B\"></person><person id=\"B\"><name>two</name></person>"
		"<person id=\"C\"></person><person id=\"A\"></person></people><record></record>"
		"</registry>");
	char *const out = exported(r, sdreg_export_xml);
	assert_string_equal(out,
		DECLARATION OPEN
		"<people><person id=\"B\"></person><person id=\"C\"></person>"
		"<person id=\"A\"></person></people><record></record></registry>\n");
	free(out);
	sdreg_registry_close(r);
}

/* What IANA's conversion makes of line breaks has changed with the years. */
static void test_csv_of_xml(void **state)
{
	(void)state;
	static const char *const inside =
		"<record date=\"2001\"><name>a</name><number>1-2</number><protocol>udp</protocol>"
		"<xref type=\"person\" data=\"P\"/><xref type=\"person\" data=\"Q\"/>"
		"<description>x<br/><br/>\ny, \"z\"</description>"
		"<xref type=\"rfc\" data=\"rfc1\"/><xref type=\"text\">long \n   text</xref>"
		"<note>\n   <paragraph>one</paragraph>\n   <paragraph>two</paragraph>"
		"</note></record>"
		"<record><assignee><xref type=\"person\" data=\"A\"/></assignee>"
		"<xref type=\"person\" data=\"B\">other</xref></record>";
	static const struct {
		const char *updated;
		const char *unauthorized;
		const char *description;
		const char *reference;
		const char *notes;
	} rows[] = {
		{"2018-07-11", "Known Unauthorized Uses", "x\ny, \"\"z\"\"", "long \n   text",
			"one\n   two"},
		{"2020-04-07", "Unauthorized Use Reported", "x\n\n\ny, \"\"z\"\"", "long \n   text",
			"one\n   two"},
		{"2022-08-12", "Unauthorized Use Reported", "x y, \"\"z\"\"", "long text",
			"one\n   two"},
		{"2025-04-07", "Unauthorized Use Reported", "x\ny, \"\"z\"\"", "long text",
			"one\n           two"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char in[2048];
		char wanted[2048];
		snprintf(in, sizeof(in), OPEN "<updated>%s</updated>%s</registry>", rows[i].updated,
			inside);
		const int quoted = strchr(rows[i].reference, '\n') != NULL;
		snprintf(wanted, sizeof(wanted),
			"%.*s%s,Assignment Notes\r\na,1-2,udp,\"%s\",[P][Q],[P][Q],2001,,"
			"%s[RFC1][%s]%s,,,\"%s\"\r\n,,,,[A],[other],,,,,,\r\n",
			(int)(strstr(HEAD, "Unauthorized") - HEAD), HEAD, rows[i].unauthorized,
			rows[i].description, quoted ? "\"" : "", rows[i].reference,
			quoted ? "\"" : "", rows[i].notes);
		struct sdreg_registry *const r = read_xml(in);
		char *const out = exported(r, sdreg_export_csv);
		assert_string_equal(out, wanted);
		free(out);
		sdreg_registry_close(r);
	}
}

/* Elements of other namespaces, and items where none are looked for, are in no cell. */
static void test_csv_of_foreign_xml(void **state)
{
	(void)state;
	struct sdreg_registry *const r =
		read_xml(OPEN "<record xmlns:o=\"urn:o\"><name>a</name><o:name>b</o:name>"
			      "<number xmlns=\"urn:o\">7</number><o:assignee>x</o:assignee>"
			      "<assignee><org><xref type=\"person\" data=\"N\"/></org>"
			      "<xref type=\"person\" data=\"A\"/></assignee>"
			      "<description>d<o:br/><o:xref data=\"e\">f</o:xref></description>"
			      "<o:xref type=\"person\" data=\"C\"/></record></registry>");
	char *const out = exported(r, sdreg_export_csv);
	assert_string_equal(strchr(out, '\n'), "\na,,,df,[A],,,,,,,\r\n");
	free(out);
	sdreg_registry_close(r);
}

/* CSV that comes out as the same bytes. */
static const char *const tables[] = {
	HEAD "\r\na,1,tcp,d,[A],[A],2001,,[RFC1],,,n\r\n,,,,,,,,,,,\r\n",
	HEAD "\na,1,tcp,d,[A],[A],2001,,[RFC1],,,n\n",
	HEAD "\r\na,1,tcp,d,[A],[A],2001,,[RFC1],,,n",
	HEAD "\r\na,5-5,TCP,  d  d ,\"[A]\",[A],2001,,\"[RFC1, \"\"x\"\"]\",,,\"n\n  m\"\r\n",
	HEAD "\r\na,1,tcp,d,,,,,,,,\nb,2,,\"e\",,,,,,,,\nc,,,,,,,,,,,\r\n,,,,,,,,,,,",
	HEAD "\na,1,tcp,d,,,,,,,,\r\n,,,,,,,,,,,\n,,,,,,,,,,,\r\n",
	"\xef\xbb\xbf" HEAD "\r\na,1,tcp,d,,,,,,,,\r\n",
	"Port Number,Service Name,Transport Protocol,Description,More\r\n1,a,tcp,d,x\r\n",
	"Service Name,Port Number,Transport Protocol,Description,Assignee,"
	"Contact,Registration Date,"
	"Modification Date,Reference,Service Code,Known Unauthorized Uses,Assignment Notes\n"
	"a,6000-6063,tcp,\"d, e\",,,,,,,,\n",
};

static void test_csv(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct sdreg_registry *const r =
			sdreg_registry_read_csv(tables[i], strlen(tables[i]), NULL, NULL);
		char *const out = exported(r, sdreg_export_csv);
		assert_string_equal(out, tables[i]);
		free(out);
		sdreg_registry_close(r);
	}
}

/* CSV as XML: the same columns when it is read again. */
static void test_xml_of_csv(void **state)
{
	(void)state;
	static const char csv[] = HEAD
		"\r\n"
		"a<b,5-7,tcp,\"d & \"\"e\"\"\",[A B],[C][D],2001,2002-03,"
		"[RFC1][draft-x-01][http://y][some text][1][rfc2][][ ],42,u,n\r\n"
		"c,,,,[A],[A],,,,,,\r\n";
	struct sdreg_registry *const r = sdreg_registry_read_csv(csv, sizeof(csv) - 1, NULL, NULL);
	char *const xml = exported(r, sdreg_export_xml);
	struct sdreg_registry *const again = read_xml(xml);
	char *const out = exported(again, sdreg_export_csv);
	assert_string_equal(strchr(out, '\n'), strchr(csv, '\n'));
	assert_non_null(strstr(xml, "<xref type=\"rfc\" data=\"rfc1\"/>"));
	assert_non_null(strstr(xml, "<xref type=\"text\">some text</xref>"));
	free(xml);
	free(out);
	sdreg_registry_close(r);
	sdreg_registry_close(again);
}

/* Characters that XML has not, and text where it has no place for one. */
static void test_xml_lacks(void **state)
{
	(void)state;
	static const char csv[] = HEAD "\r\na\x01,,,\xef\xbf\xbe b \xef\xbf\xbf \xef\xbf\xbd "
				       "\xef\xbe\xbf,c [A],,,,d,,,\r\n";
	struct sdreg_registry *const r = sdreg_registry_read_csv(csv, sizeof(csv) - 1, NULL, NULL);
	char *const xml = exported(r, sdreg_export_xml);
	struct sdreg_registry *const again = read_xml(xml);
	char *const out = exported(again, sdreg_export_csv);
	assert_string_equal(strchr(out, '\n'),
		"\na\xef\xbf\xbd,,,\xef\xbf\xbd b \xef\xbf\xbd \xef\xbf\xbd \xef\xbe\xbf,[A],,,,"
		",,,\r\n");
	free(xml);
	free(out);
	sdreg_registry_close(r);
	sdreg_registry_close(again);
}

/* Markup that no reader makes: a text of a column stands once, however often it is asked for. */
static void test_forged_markup(void **state)
{
	(void)state;
	static const char record_markup[] = "<record\x10\x10>\x01\x01\x08\x08\x08</record>";
	static const char person_markup[] = "<person>\x01\x01\x03\x03\x05</person>";
	static const char frame[] = "<registry>\x01\x01\x02\x02</registry>";
	const struct sdreg_record record = {.size = sizeof(record),
		.name = table_text("n"),
		.contact = table_text("[A][B]"),
		.registered = table_text("2001"),
		.markup = table_text(record_markup)};
	const struct sdreg_person_record person = {.size = sizeof(person),
		.id = table_text("A"),
		.name = table_text("a"),
		.uris = table_text("u"),
		.markup = table_text(person_markup)};
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	assert_int_equal(sdreg_builder_add_person(b, &person, NULL), 0);
	assert_int_equal(sdreg_builder_frame(b, SDREG_FORMAT_XML, table_text(frame)), 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	char *const out = exported(r, sdreg_export_xml);
	assert_string_equal(out,
		DECLARATION
		"<registry><record date=\"2001\"><name>n</name><xref type=\"person\" data=\"A\"/>"
		"<xref type=\"person\" data=\"B\"/></record>"
		"<person><name>a</name><uri>u</uri><uri></uri> id=\"A\"</person></registry>\n");
	free(out);
	sdreg_registry_close(r);
}

/* Markup that is no text is told of as that, not as want of memory. */
static void test_bad_markup(void **state)
{
	(void)state;
	const struct sdreg_text bad = table_text("\xff");
	const struct sdreg_record record = {.size = sizeof(record),
		.name = table_text("n"),
		.markup = bad};
	const struct sdreg_person_record person = {.size = sizeof(person),
		.id = table_text("A"),
		.markup = bad};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_int_equal(sdreg_builder_add(b, &record, NULL), SDREG_E_RECORD);
	assert_int_equal(sdreg_builder_add_person(b, &person, &err), SDREG_E_RECORD);
	assert_string_equal(err.text, "person left out: its markup is no UTF-8 text");
	assert_int_equal(sdreg_builder_frame(b, SDREG_FORMAT_XML, bad), SDREG_E_RECORD);
	sdreg_builder_free(b);
}

/* A sink that fails, at each of its calls. */
static void test_failing_sink(void **state)
{
	(void)state;
	struct sdreg_registry *const r = read_xml(documents[1]);
	struct collected c = {.left = 0};
	const struct sdreg_sink sink = {sizeof(sink), collect, &c};
	struct sdreg_error err = {.size = sizeof(err)};
	assert_int_equal(sdreg_export_xml(r, &sink, &err), SDREG_E_IO);
	assert_int_equal(err.code, SDREG_E_IO);
	c.left = 0;
	assert_int_equal(sdreg_export_csv(r, &sink, NULL), SDREG_E_IO);
	assert_int_equal(c.len, 0);
	sdreg_registry_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xml),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_csv_of_xml),
		cmocka_unit_test(test_csv_of_foreign_xml),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_xml_of_csv),
		cmocka_unit_test(test_xml_lacks),
		cmocka_unit_test(test_forged_markup),
		cmocka_unit_test(test_bad_markup),
		cmocka_unit_test(test_failing_sink),
	};
	return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
