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

void reader_refuse_text(struct reader *r, int code)
{
	reader_refuse(r, code,
		code == SDREG_E_LIMIT ? "a text is over 1 MiB" : "no memory for a text");
}

void reader_add_value(struct reader *r, struct texts *texts, enum column column, const char *at,
	size_t len)
{
	static const char rest[] = "#38;"; /* of an ampersand's reference */
	const char *ampersand;
	while (len > 0 && (ampersand = memchr(at, '&', len)) != NULL) {
		const size_t taken = (size_t)(ampersand + 1 - at);
		reader_add(r, texts, column, at, taken);
		at += taken;
		len -= taken;
		if (len < sizeof(rest) - 1 || memcmp(at, rest, sizeof(rest) - 1) != 0)
			continue;
		at += sizeof(rest) - 1;
		len -= sizeof(rest) - 1;
	}
	reader_add(r, texts, column, at, len);
}
