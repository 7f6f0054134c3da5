/* SPDX-License-Identifier: MIT */

/* What is compiled in keeps to its schemas. SRCDIR is where the sources are. */

#include "table.h"

#include <libxml/relaxng.h>
#include <stdlib.h>

static void on_error(void *user, const char *format, ...)
{
	va_list arguments;
	(void)user;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
}

/* 0 when a file is valid, over 0 when it is not, under 0 when it cannot be read. */
static int validate(const char *schema_name, const char *name)
{
	const char *const directory = getenv("SRCDIR");
	char schema_path[4096];
	char path[4096];
	snprintf(schema_path, sizeof(schema_path), "%s/data/%s",
		directory != NULL ? directory : ".", schema_name);
	snprintf(path, sizeof(path), "%s/data/%s", directory != NULL ? directory : ".", name);
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(schema_path);
	assert_non_null(parser);
	xmlRelaxNGSetParserErrors(parser, on_error, on_error, NULL);
	xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
	assert_non_null(schema);
	xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt(schema);
	xmlRelaxNGSetValidErrors(validator, on_error, on_error, NULL);
	xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
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
	assert_int_equal(validate("registry.rng", "registry.xml"), 0);
	assert_int_equal(validate("supplement.rng", "supplement.xml"), 0);
	assert_int_equal(validate("supplement.rng", "txt-keys.xml"), 0);
	assert_true(validate("supplement.rng", "registry.xml") > 0);
}

/* Each type of the supplement once, and each TXT key of a type once: the second would not be seen.
 */
static void test_supplement_once(void **state)
{
	(void)state;
	struct sdreg_registry *const supplement = sdreg_supplement_embedded(NULL);
	struct sdreg_cursor cursor;
	struct sdreg_cursor other;
	assert_non_null(supplement);
	for (const struct sdreg_entry *e = sdreg_first(supplement, &cursor); e != NULL;
		e = sdreg_next(&cursor)) {
		const char *const name = sdreg_entry_name(e);
		size_t same = 0;
		for (const struct sdreg_entry *o =
				sdreg_find_name(supplement, name, strlen(name), &other);
			o != NULL; o = sdreg_next(&other))
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
		cmocka_unit_test(test_supplement_once),
	};
	return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
