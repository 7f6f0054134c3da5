/* SPDX-License-Identifier: MIT */
#include "record.h"

#include "common/grow.h"

#include <sdreg/error.h>

#include <stdlib.h>
#include <string.h>

enum {
	TEXT_MAX = 1 << 20,
};

void texts_clear(struct texts *texts)
{
	for (size_t i = 0; i < COLUMNS; i++)
		texts->column[i].len = 0;
	texts->seen = 0;
}

void texts_free(struct texts *texts)
{
	for (size_t i = 0; i < COLUMNS; i++)
		free(texts->column[i].at);
}

int texts_add(struct texts *texts, enum column column, const char *at, size_t len)
{
	struct column_text *const text = &texts->column[column];
	if (len == 0)
		return SDREG_OK;
	if (len > TEXT_MAX || text->len > TEXT_MAX - len)
		return SDREG_E_LIMIT;
	char *const grown = grow(text->at, &text->size, text->len + len, 1);
	if (grown == NULL)
		return SDREG_E_MEMORY;
	text->at = grown;
	memcpy(text->at + text->len, at, len);
	text->len += len;
	return SDREG_OK;
}

struct sdreg_text texts_column(const struct texts *texts, enum column column)
{
	const struct column_text *const text = &texts->column[column];
	return (struct sdreg_text){text->at, text->len};
}

struct sdreg_record texts_record(const struct texts *texts)
{
	return (struct sdreg_record){
		.size = sizeof(struct sdreg_record),
		.name = texts_column(texts, COLUMN_NAME),
		.port = texts_column(texts, COLUMN_PORT),
		.transport = texts_column(texts, COLUMN_TRANSPORT),
		.description = texts_column(texts, COLUMN_DESCRIPTION),
		.assignee = texts_column(texts, COLUMN_ASSIGNEE),
		.contact = texts_column(texts, COLUMN_CONTACT),
		.registered = texts_column(texts, COLUMN_REGISTERED),
		.modified = texts_column(texts, COLUMN_MODIFIED),
		.reference = texts_column(texts, COLUMN_REFERENCE),
		.service_code = texts_column(texts, COLUMN_SERVICE_CODE),
		.unauthorized_use = texts_column(texts, COLUMN_UNAUTHORIZED),
		.notes = texts_column(texts, COLUMN_NOTES),
	};
}

struct sdreg_person_record texts_person(const struct texts *texts)
{
	return (struct sdreg_person_record){
		.size = sizeof(struct sdreg_person_record),
		.id = texts_column(texts, COLUMN_ID),
		.name = texts_column(texts, COLUMN_NAME),
		.organization = texts_column(texts, COLUMN_ORGANIZATION),
		.uris = texts_column(texts, COLUMN_URIS),
		.updated = texts_column(texts, COLUMN_UPDATED),
	};
}
