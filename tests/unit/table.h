/* SPDX-License-Identifier: MIT */
#ifndef TABLE_H
#define TABLE_H

/* Registries out of tables, for the tests. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sdreg.h>
#include <stdio.h>
#include <string.h>

/* What was told while reading: the last warning, and how many there were. */
struct told {
	struct sdreg_error last;
	size_t count;
};

static inline void on_warning(void *user, const struct sdreg_error *warning)
{
	struct told *const told = user;
	told->last = *warning;
	told->count++;
}

/* A record as a row: name, port, transport, description, notes; NULL is empty. */
struct row {
	const char *name;
	const char *port;
	const char *transport;
	const char *description;
	const char *notes;
};

/* A literal as a text, where it stands in a static table. */
#define TEXT(literal) \
	{ \
		literal, sizeof(literal) - 1 \
	}

static inline struct sdreg_text table_text(const char *text)
{
	return (struct sdreg_text){text, text != NULL ? strlen(text) : 0};
}

static inline struct sdreg_record table_record(const struct row *row)
{
	return (struct sdreg_record){
		.size = sizeof(struct sdreg_record),
		.name = table_text(row->name),
		.port = table_text(row->port),
		.transport = table_text(row->transport),
		.description = table_text(row->description),
		.notes = table_text(row->notes),
	};
}

static inline struct sdreg_registry *table_registry(const struct row *rows, size_t count,
	int partial)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	assert_non_null(b);
	if (partial)
		sdreg_builder_partial(b);
	for (size_t i = 0; i < count; i++) {
		const struct sdreg_record record = table_record(&rows[i]);
		assert_int_equal(sdreg_builder_add(b, &record, &err), 0);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, &err);
	assert_non_null(r);
	return r;
}

/* The same as the functions of the library, for structs whose size was left out. */

static inline int table_add(struct sdreg_builder *b, const struct sdreg_record *record,
	struct sdreg_error *err)
{
	struct sdreg_record sized = *record;
	sized.size = sizeof(sized);
	return sdreg_builder_add(b, &sized, err);
}

static inline int table_add_person(struct sdreg_builder *b,
	const struct sdreg_person_record *person, struct sdreg_error *err)
{
	struct sdreg_person_record sized = *person;
	sized.size = sizeof(sized);
	return sdreg_builder_add_person(b, &sized, err);
}

static inline struct sdreg_results *table_search(const struct sdreg_registry *r,
	const struct sdreg_query *query, struct sdreg_error *err)
{
	struct sdreg_query sized = *query;
	sized.size = sizeof(sized);
	return sdreg_search(r, &sized, err);
}

/* A registry of one record, as a file of IANA's XML to be read from its beginning. */
static inline FILE *table_xml_file(void)
{
	static const char xml[] = "<registry xmlns=\"http://www.iana.org/assignments\" "
				  "id=\"service-names-port-numbers\">"
				  "<record><name>a</name></record></registry>";
	FILE *const file = tmpfile();
	assert_true(file != NULL && fputs(xml, file) >= 0 && fflush(file) == 0);
	rewind(file);
	return file;
}

#endif
