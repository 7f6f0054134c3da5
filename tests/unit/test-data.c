/* SPDX-License-Identifier: MIT */

/* What is compiled in keeps to its schemas. SRCDIR is where the sources are. */

#include "table.h"

#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdlib.h>

static void on_error(void *user, const char *format, ...)
{
	va_list arguments;
	(void)user;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
}

static void path_of(const char *name, char *path, size_t size)
{
	const char *const directory = getenv("SRCDIR");
	snprintf(path, size, "%s/data/%s", directory != NULL ? directory : ".", name);
}

static xmlDocPtr read_data(const char *name)
{
	char path[4096];
	path_of(name, path, sizeof(path));
	return xmlReadFile(path, NULL, XML_PARSE_NONET);
}

/* 0 when a document is valid, over 0 when it is not, under 0 when there is none. It is freed. */
static int validate(const char *schema_name, xmlDocPtr doc)
{
	char schema_path[4096];
	path_of(schema_name, schema_path, sizeof(schema_path));
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(schema_path);
	assert_non_null(parser);
	xmlRelaxNGSetParserErrors(parser, on_error, on_error, NULL);
	xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
	assert_non_null(schema);
	xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt(schema);
	xmlRelaxNGSetValidErrors(validator, on_error, on_error, NULL);
	const int result = doc != NULL ? xmlRelaxNGValidateDoc(validator, doc) : -1;
	xmlFreeDoc(doc);
	xmlRelaxNGFreeValidCtxt(validator);
	xmlRelaxNGFree(schema);
	xmlRelaxNGFreeParserCtxt(parser);
	return result;
}

static void test_schemas(void **state)
{
	(void)state;
	assert_int_equal(validate("supplement.rng", read_data("supplement.xml")), 0);
	assert_int_equal(validate("supplement.rng", read_data("txt-keys.xml")), 0);
}

/* The mistakes that are easily made in a new type: the schema finds them. */
static void test_mistakes(void **state)
{
	static const struct {
		const char *type;
		bool valid;
	} rows[] = {
		{"<type name='door' transport='tcp'><title>D</title><source>w</source></type>",
			true},
		{"<type name='_door' transport='tcp'><title>D</title><source>w</source></type>",
			false},
		{"<type name='door' transport='tpc'><title>D</title><source>w</source></type>",
			false},
		{"<type name='door' transport='tcp'><title>D</title></type>", false},
		{"<type name='door' transport='tcp'><source>w</source></type>", false},
		{"<type name='door' transport='tcp' known='seen'><title>D</title>"
		 "<warning>W</warning><source>w</source></type>",
			true},
		{"<type name='door' transport='tcp' known='heard'><title>D</title>"
		 "<source>w</source></type>",
			false},
		{"<type name='door' transport='tcp'><title>D</title><source>w</source>"
		 "<warning>W</warning></type>",
			false},
		{"<keys of='_door._tcp'><source>w</source><key name='st'>"
		 "<meaning>m</meaning></key></keys>",
			true},
		{"<keys of='door'><source>w</source><key name='st'>"
		 "<meaning>m</meaning></key></keys>",
			false},
		{"<keys of='_door._tcp'><source>w</source><key name='st' form='flag'>"
		 "<meaning>m</meaning></key></keys>",
			false},
		{"<keys of='_door._tcp'><source>w</source><key name='st'/></keys>", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[1024];
		const int length = snprintf(text, sizeof(text),
			"<supplement xmlns='urn:x-sdreg:supplement'><title>T</title>"
			"<updated>2001-02-03</updated>%s</supplement>",
			rows[i].type);
		xmlDocPtr doc = xmlReadMemory(text, length, "row", NULL, XML_PARSE_NONET);
		if ((validate("supplement.rng", doc) == 0) != rows[i].valid)
			fail_msg("%s: valid or not, contrary to what is expected", rows[i].type);
	}
}

/* A TXT key once for a type: the second would not be seen. */
static void keys_once(xmlNodePtr keys)
{
	for (xmlNodePtr a = xmlFirstElementChild(keys); a; a = xmlNextElementSibling(a)) {
		xmlChar *const name = xmlGetProp(a, BAD_CAST "name");
		for (xmlNodePtr b = xmlNextElementSibling(a); name && b;
			b = xmlNextElementSibling(b)) {
			xmlChar *const other = xmlGetProp(b, BAD_CAST "name");
			if (other != NULL && xmlStrcasecmp(name, other) == 0)
				fail_msg("line %ld: the key %s stands there twice", xmlGetLineNo(b),
					(const char *)name);
			xmlFree(other);
		}
		xmlFree(name);
	}
}

static void test_keys_once(void **state)
{
	(void)state;
	xmlDocPtr doc = read_data("txt-keys.xml");
	assert_non_null(doc);
	for (xmlNodePtr keys = xmlFirstElementChild(xmlDocGetRootElement(doc)); keys != NULL;
		keys = xmlNextElementSibling(keys))
		keys_once(keys);
	xmlFreeDoc(doc);
}

/* Each type of the supplement once: the second would not be seen. */
static void test_supplement_once(void **state)
{
	(void)state;
	struct sdreg_registry *const supplement = sdreg_supplement_embedded(NULL);
	const struct sdreg_entry *e;
	assert_non_null(supplement);
	for (size_t i = 0; (e = sdreg_registry_entry(supplement, i)) != NULL; i++) {
		const char *const name = sdreg_entry_name(e);
		size_t same = 0;
		for (const struct sdreg_entry *o = NULL;
			(o = sdreg_find_name(supplement, name, strlen(name), o)) != NULL;)
			same += sdreg_entry_transport(o) == sdreg_entry_transport(e);
		if (same != 1)
			fail_msg("%s stands %zu times", name, same);
	}
	sdreg_registry_close(supplement);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_schemas),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_keys_once),
		cmocka_unit_test(test_supplement_once),
	};
	return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
