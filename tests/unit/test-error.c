/* SPDX-License-Identifier: MIT */

/* The caller's struct for errors: set anew by every call, and never written past its size. */

#include "table.h"

#include "common/error.h"

#include <sdreg/xml.h>
#include <stdlib.h>

/* ---- a struct that is used again ---- */

struct context {
	struct sdreg_registry *registry;
	struct sdreg_txt *txt;
	struct sdreg_builder *builder;
	struct sdreg_type type;
};

static int swallow(void *user, const char *bytes, size_t len)
{
	(void)user, (void)bytes, (void)len;
	return 0;
}

static int done(struct sdreg_registry *r)
{
	sdreg_registry_close(r);
	return r != NULL ? SDREG_OK : SDREG_E_MEMORY;
}

static int open_embedded(struct context *c, struct sdreg_error *err)
{
	(void)c;
	return done(sdreg_registry_embedded(err));
}

static int open_supplement(struct context *c, struct sdreg_error *err)
{
	(void)c;
	return done(sdreg_supplement_embedded(err));
}

static int open_image(struct context *c, struct sdreg_error *err)
{
	size_t len;
	const void *const image = sdreg_registry_image(c->registry, &len);
	return done(sdreg_registry_open_bytes(image, len, NULL, err));
}

static int open_file(struct context *c, struct sdreg_error *err)
{
	char path[] = "/tmp/sdreg-error-XXXXXX";
	const int fd = mkstemp(path);
	size_t len;
	const void *const image = sdreg_registry_image(c->registry, &len);
	assert_true(fd >= 0);
	FILE *const file = fdopen(fd, "w");
	assert_true(fwrite(image, 1, len, file) == len && fclose(file) == 0);
	const int result = done(sdreg_registry_open(path, err));
	remove(path);
	return result;
}

static int read_csv(struct context *c, struct sdreg_error *err)
{
	static const char csv[] = "Service Name,Port Number,Transport Protocol,Description\n"
				  "a,1,tcp,A\n";
	(void)c;
	return done(sdreg_registry_read_csv(csv, strlen(csv), NULL, err));
}

static int read_xml(struct context *c, struct sdreg_error *err)
{
	FILE *const file = table_xml_file();
	struct sdreg_registry *const r =
		sdreg_xml_read(fileno(file), SDREG_XML_KIND_PART, NULL, err);
	(void)c;
	fclose(file);
	return done(r);
}

static int add_xml(struct context *c, struct sdreg_error *err)
{
	FILE *const file = table_xml_file();
	const int result = sdreg_xml_add(c->builder, fileno(file), SDREG_XML_KIND_PART, NULL, err);
	fclose(file);
	return result;
}

static int add_supplement(struct context *c, struct sdreg_error *err)
{
	return sdreg_supplement_add(c->registry, sdreg_supplement_embedded(NULL), err);
}

static int parse_type(struct context *c, struct sdreg_error *err)
{
	return sdreg_type_parse("_http._tcp", 10, &c->type, err);
}

static int add_wire(struct context *c, struct sdreg_error *err)
{
	return sdreg_txt_add_wire(c->txt, "\1a", 2, err);
}

static int add_printed(struct context *c, struct sdreg_error *err)
{
	return sdreg_txt_add_printed(c->txt, "\"a\"", 3, err);
}

static int check(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_subject subject = {.size = sizeof(subject), .type = &c->type};
	struct sdreg_report *const report = sdreg_check(&subject, err);
	sdreg_report_free(report);
	return report != NULL ? SDREG_OK : SDREG_E_MEMORY;
}

static int search(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_query query = {.size = sizeof(query), .words = TEXT("http")};
	struct sdreg_results *const results = sdreg_search(c->registry, &query, err);
	sdreg_results_free(results);
	return results != NULL ? SDREG_OK : SDREG_E_MEMORY;
}

static int export_csv(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_sink sink = {.size = sizeof(sink), .write = swallow};
	return sdreg_export_csv(c->registry, &sink, err);
}

static int export_xml(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_sink sink = {.size = sizeof(sink), .write = swallow};
	return sdreg_export_xml(c->registry, &sink, err);
}

static int add_record(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_record record = {.size = sizeof(record), .name = table_text("a")};
	return sdreg_builder_add(c->builder, &record, err);
}

static int add_person(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_person_record person = {.size = sizeof(person), .id = table_text("P")};
	return sdreg_builder_add_person(c->builder, &person, err);
}

static int begin_keys(struct context *c, struct sdreg_error *err)
{
	return sdreg_builder_begin_keys(c->builder, table_text("_a._tcp"), err);
}

static int add_key(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_key_record key = {.size = sizeof(key),
		.name = table_text("k"),
		.meaning = table_text("m")};
	return sdreg_builder_add_key(c->builder, &key, err);
}

static int add_value(struct context *c, struct sdreg_error *err)
{
	const struct sdreg_value_record value = {.size = sizeof(value),
		.bit = 1,
		.meaning = table_text("m")};
	return sdreg_builder_add_value(c->builder, &value, err);
}

static int finish(struct context *c, struct sdreg_error *err)
{
	struct sdreg_builder *const builder = c->builder;
	c->builder = NULL;
	return done(sdreg_builder_finish(builder, err));
}

/* Calls that succeed, in this order. */
static const struct call {
	const char *name;
	int (*call)(struct context *context, struct sdreg_error *err);
} calls[] = {
	{"sdreg_registry_embedded", open_embedded},
	{"sdreg_supplement_embedded", open_supplement},
	{"sdreg_registry_open_bytes", open_image},
	{"sdreg_registry_open", open_file},
	{"sdreg_registry_read_csv", read_csv},
	{"sdreg_xml_read", read_xml},
	{"sdreg_type_parse", parse_type},
	{"sdreg_txt_add_wire", add_wire},
	{"sdreg_txt_add_printed", add_printed},
	{"sdreg_check", check},
	{"sdreg_search", search},
	{"sdreg_export_csv", export_csv},
	{"sdreg_export_xml", export_xml},
	{"sdreg_supplement_add", add_supplement},
	{"sdreg_builder_add", add_record},
	{"sdreg_builder_add_person", add_person},
	{"sdreg_builder_begin_keys", begin_keys},
	{"sdreg_builder_add_key", add_key},
	{"sdreg_builder_add_value", add_value},
	{"sdreg_xml_add", add_xml},
	{"sdreg_builder_finish", finish},
};

static void test_again(void **state)
{
	struct context c = {.registry = sdreg_registry_embedded(NULL),
		.txt = sdreg_txt_new(),
		.builder = sdreg_builder_new()};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		err.code = SDREG_E_IO;
		err.line = 7;
		strcpy(err.file, "file");
		strcpy(err.text, "an earlier error");
		if (calls[i].call(&c, &err) != SDREG_OK)
			fail_msg("%s: %s", calls[i].name, err.text);
		if (err.code != SDREG_OK || err.line != 0 || err.file[0] != '\0' ||
			err.text[0] != '\0' || err.size != sizeof(err))
			fail_msg("%s: left %d, %s: %s", calls[i].name, err.code, err.file,
				err.text);
	}
	sdreg_txt_free(c.txt);
	sdreg_registry_close(c.registry);
}

/* A second failure tells of itself, not of the first. */
static void test_failures(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	(void)state;
	assert_null(sdreg_registry_open("/nowhere/at-all", &err));
	assert_int_equal(err.code, SDREG_E_IO);
	assert_string_equal(err.file, "/nowhere/at-all");
	assert_int_equal(sdreg_type_parse("http", 4, &type, &err), SDREG_E_SYNTAX);
	assert_int_equal(err.code, SDREG_E_SYNTAX);
	assert_string_equal(err.file, "");
	assert_null(strstr(err.text, "directory"));
}

/* ---- sizes ---- */

enum { FILL = 0x55 };

/* Whether all bytes from one on are as they were. */
static int is_untouched(const struct sdreg_error *err, size_t from)
{
	const unsigned char *const bytes = (const unsigned char *)err;
	for (size_t i = from; i < sizeof(*err); i++)
		if (bytes[i] != FILL)
			return 0;
	return 1;
}

/* Every size that a struct can have: a field that ends behind it is not written. */
static void test_sizes(void **state)
{
	static const size_t code_end = offsetof(struct sdreg_error, code) + sizeof(int);
	static const size_t line_end = offsetof(struct sdreg_error, line) + sizeof(unsigned long);
	static const size_t file_end = offsetof(struct sdreg_error, file) + 256;
	static const size_t text_end = offsetof(struct sdreg_error, text) + 256;
	(void)state;
	for (size_t size = 0; size <= sizeof(struct sdreg_error) + 8; size++) {
		struct sdreg_error err;
		memset(&err, FILL, sizeof(err));
		err.size = size;
		assert_null(sdreg_registry_open("/nowhere/at-all", &err));
		assert_int_equal(err.size, size);
		if (size < code_end) {
			assert_true(is_untouched(&err, sizeof(err.size)));
			continue;
		}
		assert_int_equal(err.code, SDREG_E_IO);
		assert_int_equal(err.line == 0, size >= line_end);
		assert_int_equal(strcmp(err.file, "/nowhere/at-all") == 0, size >= file_end);
		assert_int_equal(err.text[0] != FILL, size >= text_end);
		if (size < text_end)
			assert_true(is_untouched(&err, size < file_end ? size : file_end));
	}
}

/* ---- what the libraries do with it ---- */

static void test_first_wins(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_error own = {sizeof(own), SDREG_E_FORMAT, 3, "third", "later"};
	(void)state;
	assert_int_equal(error_set(&err, SDREG_E_LIMIT, "%s", "first"), SDREG_E_LIMIT);
	assert_int_equal(error_set(&err, SDREG_E_IO, "%s", "second"), SDREG_E_IO);
	error_pass(&err, &own);
	assert_int_equal(err.code, SDREG_E_LIMIT);
	assert_string_equal(err.text, "first");
	error_at(&err, "one", 1);
	error_at(&err, "two", 2);
	assert_string_equal(err.file, "one");
	assert_int_equal(err.line, 1);
	error_begin(&err);
	error_pass(&err, &err);
	assert_int_equal(err.code, SDREG_OK);
	assert_string_equal(err.file, "");
	error_pass(&err, &own);
	assert_int_equal(err.code, SDREG_E_FORMAT);
	assert_int_equal(err.line, 3);
	assert_string_equal(err.file, "third");
	assert_string_equal(err.text, "later");
}

static void test_none(void **state)
{
	struct sdreg_type type;
	(void)state;
	error_begin(NULL);
	error_at(NULL, "file", 1);
	error_pass(NULL, &(struct sdreg_error){.code = SDREG_E_IO});
	assert_int_equal(error_set(NULL, SDREG_E_IO, "text"), SDREG_E_IO);
	assert_int_equal(sdreg_type_parse("http", 4, &type, NULL), SDREG_E_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_first_wins),
		cmocka_unit_test(test_none),
	};
	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
