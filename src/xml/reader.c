/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include "common/error.h"

#include <stdio.h>
#include <string.h>

/* What an error calls the input: its name, or NULL. */
static const char *name_of(const struct reader *r)
{
	return r->reading != NULL ? r->reading->name : NULL;
}

void reader_fail(struct reader *r, int code, unsigned long line, const char *text)
{
	if (r->err->code != 0)
		return;
	error_set(r->err, code, "%s", text);
	error_at(r->err, name_of(r), line);
}

void reader_refuse(struct reader *r, int code, const char *text)
{
	reader_fail(r, code, reader_line(r), text);
}

void reader_warn(struct reader *r, struct sdreg_error *warning)
{
	const char *const name = name_of(r);
	if (r->reading == NULL || r->reading->warn == NULL)
		return;
	snprintf(warning->file, sizeof(warning->file), "%s", name != NULL ? name : "");
	warning->line = r->record_line;
	r->reading->warn(r->reading->user, warning);
}

/* A prefix is looked for among all namespaces that are open, and more than once. */
int reader_enter(struct reader *r, int spaces_count)
{
	if (++r->depth > READER_DEPTH_MAX)
		reader_refuse(r, SDREG_E_LIMIT, "elements are more than 32 deep");
	else if (spaces_count > READER_SPACES_MAX)
		reader_refuse(r, SDREG_E_LIMIT, "an element declares more than 16 namespaces");
	else
		return 0;
	return 1;
}

void reader_add(struct reader *r, struct texts *texts, enum column column, const char *at,
	size_t len)
{
	const int result = texts_add(texts, column, at, len);
	if (result == SDREG_E_LIMIT)
		reader_refuse(r, result, "a text is over 1 MiB");
	else if (result < 0)
		reader_refuse(r, result, "no memory for a text");
}

void reader_add_value(struct reader *r, struct texts *texts, enum column column, const char *at,
	size_t len)
{
	static const char ampersand[] = "&#38;";
	const size_t size = sizeof(ampersand) - 1;
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		if (len - i < size || memcmp(at + i, ampersand, size) != 0)
			continue;
		reader_add(r, texts, column, at + from, i + 1 - from);
		i += size - 1;
		from = i + 1;
	}
	reader_add(r, texts, column, at + from, len - from);
}
