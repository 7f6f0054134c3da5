/* SPDX-License-Identifier: MIT */
#include "supplement.h"

#include "common/ascii.h"
#include "common/grow.h"
#include "supplement-tell.h"
#include "supplement-words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MAX = 65535 };

void supplement_free(struct supplement *s)
{
	texts_free(&s->type);
	texts_free(&s->keys);
	texts_free(&s->key);
	free(s->values);
	given_free(&s->types_given);
	given_free(&s->keys_given);
}

static int is(const xmlChar *name, const char *wanted)
{
	return strcmp((const char *)name, wanted) == 0;
}

/* ---- attributes ---- */

static void add_attribute(struct reader *r, struct texts *texts, enum column column,
	const struct attributes *attributes, const char *name)
{
	size_t len = 0;
	const char *const value = word_attribute(attributes, name, &len);
	if (value != NULL)
		reader_add_value(r, texts, column, value, len);
}

/* ---- starts ---- */

static void keep_text(struct reader *r, struct texts *texts, enum column column)
{
	r->supplement.text_depth = r->depth;
	r->supplement.texts = texts;
	r->supplement.column = column;
}

/* One of the documents of keys, behind those before it. */
static void keep_source(struct reader *r, struct texts *texts)
{
	if (texts->column[COLUMN_REFERENCE].len > 0)
		reader_add(r, texts, COLUMN_REFERENCE, "; ", 2);
	keep_text(r, texts, COLUMN_REFERENCE);
}

static void start_root(struct reader *r, const xmlChar *name)
{
	if (!is(name, "supplement"))
		reader_refuse(r, SDREG_E_FORMAT,
			"the root element is not <supplement xmlns=\"urn:x-sdreg:supplement\">");
	r->supplement.place = SUPPLEMENT_ROOT;
}

/* The title or the date of the whole. Of two the first counts. */
static void start_head(struct reader *r, const xmlChar *name, int *has, enum column column)
{
	if (*has) {
		tell_passed_over(r, (const char *)name);
		return;
	}
	*has = 1;
	texts_clear(&r->supplement.type);
	keep_text(r, &r->supplement.type, column);
}

static void start_type(struct reader *r, const struct attributes *attributes)
{
	static const char *const known[] = {"name", "transport", "port", "known", NULL};
	struct supplement *const s = &r->supplement;
	tell_attributes(r, "type", attributes, known);
	texts_clear(&s->type);
	s->known = word_known(r, attributes);
	add_attribute(r, &s->type, COLUMN_NAME, attributes, "name");
	add_attribute(r, &s->type, COLUMN_TRANSPORT, attributes, "transport");
	add_attribute(r, &s->type, COLUMN_PORT, attributes, "port");
	s->line = reader_line(r);
	s->place = SUPPLEMENT_TYPE;
}

static void start_keys(struct reader *r, const struct attributes *attributes)
{
	static const char *const known[] = {"of", "like", NULL};
	struct supplement *const s = &r->supplement;
	tell_attributes(r, "keys", attributes, known);
	texts_clear(&s->keys);
	given_clear(&s->keys_given);
	add_attribute(r, &s->keys, COLUMN_NAME, attributes, "of");
	add_attribute(r, &s->keys, COLUMN_DESCRIPTION, attributes, "like");
	s->keys_begun = 0;
	s->no_source_told = 0;
	s->place = SUPPLEMENT_KEYS;
}

static void start_in_root(struct reader *r, const xmlChar *name,
	const struct attributes *attributes)
{
	struct supplement *const s = &r->supplement;
	if (is(name, "title"))
		start_head(r, name, &s->has_title, COLUMN_NAME);
	else if (is(name, "updated"))
		start_head(r, name, &s->has_updated, COLUMN_MODIFIED);
	else if (is(name, "type"))
		start_type(r, attributes);
	else if (is(name, "keys"))
		start_keys(r, attributes);
	else
		tell_passed_over(r, (const char *)name);
}

static void start_in_type(struct reader *r, const xmlChar *name)
{
	static const struct {
		const char *name;
		enum column column;
		const char *bracket;
	} elements[] = {{"title", COLUMN_DESCRIPTION, ""}, {"maker", COLUMN_ASSIGNEE, "["},
		{"users", COLUMN_NOTES, ""}, {"instead", COLUMN_UNAUTHORIZED, ""},
		{"warning", COLUMN_CONTACT, ""}, {"source", COLUMN_REFERENCE, "["}};
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
		if (!is(name, elements[i].name))
			continue;
		if (elements[i].bracket[0] == '\0' &&
			r->supplement.type.column[elements[i].column].len > 0)
			break; /* of two the first counts */
		reader_add(r, &r->supplement.type, elements[i].column, elements[i].bracket,
			strlen(elements[i].bracket));
		keep_text(r, &r->supplement.type, elements[i].column);
		return;
	}
	tell_passed_over(r, (const char *)name);
}

static void start_key(struct reader *r, const struct attributes *attributes)
{
	static const char *const known[] = {"name", "need", "form", "tells", "values", NULL};
	struct supplement *const s = &r->supplement;
	tell_attributes(r, "key", attributes, known);
	texts_clear(&s->key);
	s->values_count = 0;
	s->line = reader_line(r);
	s->place = SUPPLEMENT_KEY;
	s->need = word_need(r, attributes);
	s->form = word_form(r, attributes);
	s->tells = word_tells(r, attributes);
	s->is_closed = word_is_closed(r, attributes);
	add_attribute(r, &s->key, COLUMN_NAME, attributes, "name");
}

static void start_in_keys(struct reader *r, const xmlChar *name,
	const struct attributes *attributes)
{
	struct supplement *const s = &r->supplement;
	if (is(name, "key")) {
		start_key(r, attributes);
	} else if (is(name, "source")) {
		keep_source(r, &s->keys);
	} else {
		tell_passed_over(r, (const char *)name);
	}
}

/* Whether bits of the key's values can have a meaning. */
static int has_bits(enum sdreg_key_form form)
{
	return form == SDREG_KEY_FORM_FLAGS || form == SDREG_KEY_FORM_HEX_FLAGS ||
		form == SDREG_KEY_FORM_BE_FLAGS;
}

static void start_value(struct reader *r, const xmlChar *name, const struct attributes *attributes)
{
	const int is_bits = !is(name, "value");
	struct supplement *const s = &r->supplement;
	const struct column_text *const notes = &s->key.column[COLUMN_NOTES];
	if (s->values_count == VALUES_MAX) {
		reader_refuse(r, SDREG_E_LIMIT, "a TXT key has over 65,535 values");
		return;
	}
	struct supplement_value *const values =
		grow(s->values, &s->values_size, s->values_count + 1, sizeof(*values));
	if (values == NULL) {
		reader_refuse(r, SDREG_E_MEMORY, "no memory for TXT keys");
		return;
	}
	s->values = values;
	struct supplement_value *const value = &s->values[s->values_count++];
	*value = (struct supplement_value){.text = notes->len, .line = reader_line(r)};
	if (is_bits)
		word_bits(is(name, "flag"), attributes, value);
	else
		add_attribute(r, &s->key, COLUMN_NOTES, attributes, "is");
	if (!is_bits && notes->len == value->text)
		value->bit = 64; /* else it would be a flag */
	if (!is_bits)
		value->need = word_need(r, attributes);
	if (is_bits && !has_bits(s->form))
		tell(r, "%s without effect: its key is not of a form of flags", (const char *)name);
	value->text_len = notes->len - value->text;
	value->meaning = notes->len;
	keep_text(r, &s->key, COLUMN_NOTES);
}

static void start_in_key(struct reader *r, const xmlChar *name, const struct attributes *attributes)
{
	struct supplement *const s = &r->supplement;
	if (is(name, "meaning") && s->key.column[COLUMN_DESCRIPTION].len == 0)
		keep_text(r, &s->key, COLUMN_DESCRIPTION);
	else if (is(name, "source"))
		keep_source(r, &s->key);
	else if (is(name, "value") || is(name, "flag") || is(name, "field"))
		start_value(r, name, attributes);
	else
		tell_passed_over(r, (const char *)name);
}

static void start(struct reader *r, const xmlChar *name, const struct attributes *attributes)
{
	switch (r->supplement.place) {
	case SUPPLEMENT_OUTSIDE:
		start_root(r, name);
		break;
	case SUPPLEMENT_ROOT:
		start_in_root(r, name, attributes);
		break;
	case SUPPLEMENT_TYPE:
		start_in_type(r, name);
		break;
	case SUPPLEMENT_KEYS:
		start_in_keys(r, name, attributes);
		break;
	case SUPPLEMENT_KEY:
		start_in_key(r, name, attributes);
		break;
	}
}

void supplement_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int spaces_count, const xmlChar **spaces, int count, int defaulted, const xmlChar **at)
{
	struct reader *const r = user;
	struct supplement *const s = &r->supplement;
	const struct attributes attributes = {at, count};
	(void)prefix, (void)spaces, (void)defaulted;
	if (!reader_enter(r, spaces_count) && s->skip_depth == 0 && s->text_depth == 0) {
		if (space == r->space)
			start(r, name, &attributes);
		else if (s->place == SUPPLEMENT_OUTSIDE)
			start_root(r, (const xmlChar *)"");
		else
			s->skip_depth = r->depth;
	}
	reader_settle(r);
}

/* ---- ends ---- */

static int is_blank(struct sdreg_text text)
{
	return ascii_are_blank(text.at, text.len);
}

static void end_type(struct reader *r)
{
	struct supplement *const s = &r->supplement;
	struct sdreg_error trouble = {.size = sizeof(trouble)};
	struct sdreg_record record = texts_record(&s->type);
	record.warning = record.contact;
	record.known = s->known;
	s->place = SUPPLEMENT_ROOT;
	if (is_blank(record.name) || is_blank(record.transport) || is_blank(record.description)) {
		tell_at(r, s->line, "type left out: it needs name, transport and title");
		return;
	}
	if (is_whole_type(record.name)) {
		tell_at(r, s->line,
			"type left out: its name is to be without \"_\" and without transport, as "
			"in name=\"ipp\" transport=\"tcp\"");
		return;
	}
	tell_type_again(r, record.name, record.transport);
	if (is_blank(record.reference))
		tell_at(r, s->line, "type without a source: where is it known from?");
	if (sdreg_builder_add(r->builder, &record, &trouble) < 0)
		tell_trouble(r, s->line, &trouble);
}

/* Adds the values of a key; those that cannot be are left out. */
static void add_values(struct reader *r)
{
	const struct supplement *const s = &r->supplement;
	const char *const notes = s->key.column[COLUMN_NOTES].at;
	for (size_t i = 0; i < s->values_count && r->err->code == 0; i++) {
		struct sdreg_error trouble = {.size = sizeof(trouble)};
		const struct supplement_value *const v = &s->values[i];
		const struct sdreg_value_record value = {
			.size = sizeof(value),
			.text = {v->text_len > 0 ? notes + v->text : NULL, v->text_len},
			.bit = v->bit,
			.bits = v->bits,
			.number = v->number,
			.need = v->need,
			.meaning = {v->meaning_len > 0 ? notes + v->meaning : NULL, v->meaning_len},
		};
		if (sdreg_builder_add_value(r->builder, &value, &trouble) < 0)
			tell_trouble(r, v->line, &trouble);
	}
}

/* What is told of a key that is kept. */
static void tell_key(struct reader *r, const struct sdreg_key_record *key)
{
	struct supplement *const s = &r->supplement;
	if (key->name.len > 0 && memchr(key->name.at, '=', key->name.len) != NULL)
		tell_at(r, s->line, "key that is never met: a name ends before its first \"=\"");
	tell_key_again(r, key->name);
	if (key->source.len > 0 || s->no_source_told)
		return;
	tell_at(r, s->line, "keys without a source before them: where are they known from?");
	s->no_source_told = 1;
}

static void end_key(struct reader *r)
{
	struct supplement *const s = &r->supplement;
	struct sdreg_error trouble = {.size = sizeof(trouble)};
	const int has_source = s->key.column[COLUMN_REFERENCE].len > 0;
	const struct texts *const source = has_source ? &s->key : &s->keys;
	const struct sdreg_key_record key = {
		.size = sizeof(key),
		.name = texts_column(&s->key, COLUMN_NAME),
		.meaning = texts_column(&s->key, COLUMN_DESCRIPTION),
		.source = texts_column(source, COLUMN_REFERENCE),
		.need = s->need,
		.form = s->form,
		.tells = s->tells,
		.is_closed = s->is_closed,
	};
	int result = SDREG_OK;
	s->place = SUPPLEMENT_KEYS;
	if (!s->keys_begun)
		result = sdreg_builder_begin_keys(r->builder, texts_column(&s->keys, COLUMN_NAME),
			&trouble);
	s->keys_begun = 1;
	if (result == SDREG_OK)
		result = sdreg_builder_add_key(r->builder, &key, &trouble);
	if (result < 0) {
		tell_trouble(r, s->line, &trouble);
		return;
	}
	tell_key(r, &key);
	add_values(r);
}

/* The types get the keys of another one, too. */
static void end_keys(struct reader *r)
{
	struct supplement *const s = &r->supplement;
	struct sdreg_error trouble = {.size = sizeof(trouble)};
	const struct sdreg_text like = texts_column(&s->keys, COLUMN_DESCRIPTION);
	s->place = SUPPLEMENT_ROOT;
	if (like.len > 0 &&
		sdreg_builder_keys_like(r->builder, texts_column(&s->keys, COLUMN_NAME), like,
			&trouble) < 0)
		tell_trouble(r, reader_line(r), &trouble);
}

static void end_text(struct reader *r)
{
	struct supplement *const s = &r->supplement;
	int result = SDREG_OK;
	s->text_depth = 0;
	if (s->place == SUPPLEMENT_ROOT && s->column == COLUMN_NAME)
		result = sdreg_builder_title(r->builder, texts_column(&s->type, COLUMN_NAME));
	else if (s->place == SUPPLEMENT_ROOT)
		result = sdreg_builder_updated(r->builder,
			tell_date(r, texts_column(&s->type, COLUMN_MODIFIED)));
	else if (s->place == SUPPLEMENT_TYPE &&
		(s->column == COLUMN_REFERENCE || s->column == COLUMN_ASSIGNEE))
		reader_add(r, &s->type, s->column, "]", 1);
	else if (s->place == SUPPLEMENT_KEY && s->column == COLUMN_NOTES && s->values_count > 0) {
		struct supplement_value *const value = &s->values[s->values_count - 1];
		value->meaning_len = s->key.column[COLUMN_NOTES].len - value->meaning;
	}
	if (result < 0)
		reader_refuse(r, result, "the title or the date cannot be kept");
}

static void end(struct reader *r)
{
	struct supplement *const s = &r->supplement;
	const int depth = r->depth--;
	if (s->skip_depth > 0) {
		s->skip_depth = depth == s->skip_depth ? 0 : s->skip_depth;
		return;
	}
	if (s->text_depth > 0) {
		if (depth == s->text_depth)
			end_text(r);
		return;
	}
	if (s->place == SUPPLEMENT_TYPE)
		end_type(r);
	else if (s->place == SUPPLEMENT_KEY)
		end_key(r);
	else if (s->place == SUPPLEMENT_KEYS)
		end_keys(r);
	else
		s->place = SUPPLEMENT_OUTSIDE;
}

void supplement_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	(void)name, (void)prefix, (void)space;
	end(user);
	reader_settle(user);
}

void supplement_characters(void *user, const xmlChar *text, int len)
{
	struct reader *const r = user;
	struct supplement *const s = &r->supplement;
	if (s->text_depth > 0 && s->skip_depth == 0)
		reader_add(r, s->texts, s->column, (const char *)text, (size_t)len);
	reader_settle(r);
}
