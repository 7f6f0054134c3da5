/* SPDX-License-Identifier: MIT */
#ifndef XML_RECORD_H
#define XML_RECORD_H

#include <sdreg/builder.h>

/* The texts of a record or a person while its elements are read. */

/* The columns, and what else has a text of its own. */
enum column {
	COLUMN_NAME,
	COLUMN_PORT,
	COLUMN_TRANSPORT,
	COLUMN_DESCRIPTION,
	COLUMN_ASSIGNEE,
	COLUMN_CONTACT,
	COLUMN_REGISTERED,
	COLUMN_MODIFIED,
	COLUMN_REFERENCE,
	COLUMN_SERVICE_CODE,
	COLUMN_UNAUTHORIZED,
	COLUMN_NOTES,
	COLUMNS,
	/* of a person; the others share the columns of a record */
	COLUMN_ID = COLUMN_PORT,
	COLUMN_ORGANIZATION = COLUMN_DESCRIPTION,
	COLUMN_URIS = COLUMN_NOTES,
	COLUMN_UPDATED = COLUMN_MODIFIED,
};

struct column_text {
	char *at;
	size_t len;
	size_t size;
};

struct texts {
	struct column_text column[COLUMNS];
	unsigned seen; /* bits of elements that may stand only once */
};

/* Empties all columns and keeps their memory. */
void texts_clear(struct texts *texts);

void texts_free(struct texts *texts);

/* Adds bytes to a column. 0, SDREG_E_MEMORY, or SDREG_E_LIMIT over 1 MiB. */
int texts_add(struct texts *texts, enum column column, const char *at, size_t len);

/* What a column holds, as a pointer into it. */
struct sdreg_text texts_column(const struct texts *texts, enum column column);

/* The record or the person that the columns hold, as pointers into them. */
struct sdreg_record texts_record(const struct texts *texts);
struct sdreg_person_record texts_person(const struct texts *texts);

#endif
