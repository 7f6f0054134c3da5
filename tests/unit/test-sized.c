/* SPDX-License-Identifier: MIT */

/* Structs of a caller's that begin with their size: a caller of an older version gives a smaller
 * one, whose missing fields count as zero, and one of a newer version a larger one. */

#include "table.h"

#include <sdreg/xml.h>
#include <stdlib.h>

/* A copy of a struct, in a block of the size that it says it has: what is read or written past it
 * is found by AddressSanitizer. */
static void *resized(const void *from, size_t whole, size_t size)
{
	unsigned char *const copy = calloc(1, size > sizeof(size) ? size : sizeof(size));
	assert_non_null(copy);
	memcpy(copy, from, size < whole ? size : whole);
	memcpy(copy, &size, sizeof(size));
	return copy;
}

static const size_t absurd[] = {0, 1, sizeof(size_t), (1 << 16) + 1, SIZE_MAX};

enum { ABSURD = sizeof(absurd) / sizeof(absurd[0]) };

/* ---- what is asked of each struct ---- */

static int add_record(const void *record, struct sdreg_error *err)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	const int result = sdreg_builder_add(b, record, err);
	sdreg_builder_free(b);
	return result;
}

static int add_person(const void *person, struct sdreg_error *err)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	const int result = sdreg_builder_add_person(b, person, err);
	sdreg_builder_free(b);
	return result;
}

static int add_key(const void *key, struct sdreg_error *err)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	const int result = sdreg_builder_add_key(b, key, err);
	sdreg_builder_free(b);
	return result;
}

static int add_value(const void *value, struct sdreg_error *err)
{
	const struct sdreg_key_record key = {.size = sizeof(key),
		.name = table_text("k"),
		.meaning = table_text("m")};
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	const int result = sdreg_builder_add_value(b, value, err);
	sdreg_builder_free(b);
	return result;
}

static int read_csv(const void *reading, struct sdreg_error *err)
{
	static const char csv[] = "Service Name,Port Number,Transport Protocol,Description\n"
				  "a,1,tcp,A\n";
	struct sdreg_registry *const r = sdreg_registry_read_csv(csv, strlen(csv), reading, err);
	sdreg_registry_close(r);
	return r != NULL ? SDREG_OK : err->code;
}

static int read_xml(const void *reading, struct sdreg_error *err)
{
	FILE *const file = table_xml_file();
	struct sdreg_registry *const r =
		sdreg_xml_read(fileno(file), SDREG_XML_KIND_PART, reading, err);
	fclose(file);
	sdreg_registry_close(r);
	return r != NULL ? SDREG_OK : err->code;
}

static int export(const void *sink, struct sdreg_error *err)
{
	struct sdreg_registry *const r = sdreg_registry_embedded(NULL);
	const int csv = sdreg_export_csv(r, sink, err);
	const int xml = sdreg_export_xml(r, sink, err);
	assert_int_equal(csv, xml);
	sdreg_registry_close(r);
	return csv;
}

static int search(const void *query, struct sdreg_error *err)
{
	struct sdreg_registry *const r = sdreg_registry_embedded(NULL);
	struct sdreg_results *const results = sdreg_search(r, query, err);
	const size_t count = results != NULL ? sdreg_results_count(results) : 0;
	sdreg_results_free(results);
	sdreg_registry_close(r);
	return results == NULL ? err->code : (int)(count > 0);
}

static int check(const void *subject, struct sdreg_error *err)
{
	struct sdreg_report *const report = sdreg_check(subject, err);
	sdreg_report_free(report);
	return report != NULL ? SDREG_OK : err->code;
}

static int write_presence(const void *presence, struct sdreg_error *err)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	const int result = sdreg_presence_write(presence, txt);
	err->code = result;
	sdreg_txt_free(txt);
	return result;
}

static int swallow(void *user, const char *bytes, size_t len)
{
	(void)user, (void)bytes, (void)len;
	return 0;
}

static const struct sdreg_record record = {.size = sizeof(record), .name = {"a", 1}};
static const struct sdreg_person_record person = {.size = sizeof(person), .id = {"P", 1}};
static const struct sdreg_key_record key = {.size = sizeof(key),
	.name = {"k", 1},
	.meaning = {"m", 1}};
static const struct sdreg_value_record value = {.size = sizeof(value),
	.text = {"v", 1},
	.meaning = {"m", 1}};
static const struct sdreg_reading reading = {.size = sizeof(reading)};
static const struct sdreg_sink sink = {.size = sizeof(sink), .write = swallow};
static const struct sdreg_query query = {.size = sizeof(query), .words = TEXT("presence")};
static const struct sdreg_subject subject = {.size = sizeof(subject)};
static const struct sdreg_presence presence = {.size = sizeof(presence), .nick = {"a", 1}};

static const struct row_of {
	const char *name;
	const void *whole;
	size_t size;
	size_t least; /* with which it still says all that this one says */
	int (*call)(const void *given, struct sdreg_error *err);
} rows[] = {
	{"record", &record, sizeof(record), offsetof(struct sdreg_record, port), add_record},
	{"person", &person, sizeof(person), offsetof(struct sdreg_person_record, name), add_person},
	{"key", &key, sizeof(key), offsetof(struct sdreg_key_record, source), add_key},
	{"value", &value, sizeof(value), sizeof(value), add_value},
	{"reading of CSV", &reading, sizeof(reading), sizeof(size_t) + 1, read_csv},
	{"reading of XML", &reading, sizeof(reading), sizeof(size_t) + 1, read_xml},
	{"sink", &sink, sizeof(sink), offsetof(struct sdreg_sink, user), export},
	{"query", &query, sizeof(query), offsetof(struct sdreg_query, transports), search},
	{"subject", &subject, sizeof(subject), sizeof(size_t) + 1, check},
	{"presence", &presence, sizeof(presence), sizeof(size_t) + 1, write_presence},
};

static void test_sizes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row_of *const r = &rows[i];
		struct sdreg_error err = {.size = sizeof(err)};
		const int wanted = r->call(r->whole, &err);
		assert_true(wanted >= 0);
		for (size_t size = r->least; size <= r->size + 64; size++) {
			void *const given = resized(r->whole, r->size, size);
			if (size > r->size) /* what a newer version has there is not looked at */
				memset((char *)given + r->size, 0xff, size - r->size);
			if (r->call(given, &err) != wanted)
				fail_msg("%s of %zu bytes: %s", r->name, size, err.text);
			free(given);
		}
		for (size_t n = 0; n < ABSURD; n++) {
			void *const given = resized(r->whole, r->size, sizeof(size_t));
			memcpy(given, &absurd[n], sizeof(absurd[n]));
			if (r->call(given, &err) != SDREG_E_ARGUMENT ||
				err.code != SDREG_E_ARGUMENT)
				fail_msg("%s of %zu bytes: taken", r->name, absurd[n]);
			free(given);
		}
	}
}

/* One that the library writes: no further than its size. */
static void test_written(void **state)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	(void)state;
	assert_int_equal(sdreg_txt_add(txt, "1st=Juliet", 10), 0);
	assert_int_equal(sdreg_txt_add(txt, "ext=x", 5), 0);
	for (size_t size = 0; size <= sizeof(struct sdreg_presence) + 8; size++) {
		const size_t room = size > sizeof(size) ? size : sizeof(size);
		unsigned char *const bytes = malloc(room);
		size_t kept;
		memset(bytes, 0x55, room);
		memcpy(bytes, &size, sizeof(size));
		sdreg_presence_read(txt, (struct sdreg_presence *)bytes);
		memcpy(&kept, bytes, sizeof(kept));
		assert_int_equal(kept, size);
		for (size_t i = sizeof(struct sdreg_presence); i < size; i++)
			assert_int_equal(bytes[i], 0x55);
		if (size >= offsetof(struct sdreg_presence, last)) {
			struct sdreg_text first;
			memcpy(&first, bytes + offsetof(struct sdreg_presence, first),
				sizeof(first));
			assert_int_equal(first.len, 6);
		}
		free(bytes);
	}
	sdreg_txt_free(txt);
}

/* A name is only made of what a struct of a good size says. */
static void test_name(void **state)
{
	char name[16];
	struct sdreg_presence p = {.size = 0, .nick = {"a", 1}};
	(void)state;
	assert_int_equal(sdreg_presence_name(&p, "b@c", 3, name, sizeof(name)), 1);
	assert_string_equal(name, "b");
	p.size = sizeof(p);
	assert_int_equal(sdreg_presence_name(&p, "b@c", 3, name, sizeof(name)), 1);
	assert_string_equal(name, "a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_name),
	};
	return cmocka_run_group_tests_name("sized", tests, NULL, NULL);
}
