/* SPDX-License-Identifier: MIT */

/* From XML events to records: the elements of IANA's file and where their text goes. Order is free,
 * and what is not known is passed over, its parent kept: new markup does appear. */

#include "iana.h"

#include "common/ascii.h"
#include "original.h"

#include <sdreg/markup.h>
#include <stdio.h>
#include <string.h>

static enum element element_of(const struct reader *r, const xmlChar *name, const xmlChar *space)
{
	if (space != r->space)
		return ELEMENT_OTHER;
	for (int i = ELEMENT_OTHER + 1; i < ELEMENTS; i++)
		if (r->names[i] == name)
			return (enum element)i;
	return ELEMENT_OTHER;
}

/* An attribute without a namespace: where its value is, or NULL. */
static const char *find(const struct reader *r, const struct attributes *attributes,
	enum attribute wanted, size_t *len)
{
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **const a = attributes->at + 5 * i;
		if (a[0] != r->attributes[wanted] || a[2] != NULL)
			continue;
		*len = (size_t)(a[4] - a[3]);
		return (const char *)a[3];
	}
	return NULL;
}

/* Whether the type of an xref is this one. */
static int is_type(const struct reader *r, const struct attributes *attributes, const char *wanted)
{
	size_t len;
	const char *const type = find(r, attributes, ATTRIBUTE_TYPE, &len);
	return type != NULL && len == strlen(wanted) && memcmp(type, wanted, len) == 0;
}

static void add(struct reader *r, enum column column, const char *at, size_t len)
{
	reader_add(r, &r->texts, column, at, len);
}

static void add_attribute(struct reader *r, enum column column, const struct attributes *attributes,
	enum attribute wanted)
{
	size_t len;
	const char *const value = find(r, attributes, wanted, &len);
	if (value != NULL)
		reader_add_value(r, &r->texts, column, value, len);
}

/* ---- xref: printed as IANA's CSV does, "[RFC6335]" ---- */

static void open_xref(struct reader *r, enum column column, const struct attributes *attributes)
{
	add(r, column, "[", 1);
	r->xref.is_open = 1;
	r->xref.depth = r->depth;
	r->xref.column = column;
	r->xref.from = r->texts.column[column].len;
	add_attribute(r, column, attributes, ATTRIBUTE_DATA);
	struct column_text *const text = &r->texts.column[column];
	r->xref.data_len = text->len - r->xref.from;
	if (r->xref.data_len >= 3 && is_type(r, attributes, "rfc") &&
		memcmp(text->at + r->xref.from, "rfc", 3) == 0)
		memcpy(text->at + r->xref.from, "RFC", 3);
}

static void close_xref(struct reader *r)
{
	struct column_text *const text = &r->texts.column[r->xref.column];
	r->xref.is_open = 0;
	if (r->xref.from > text->len || r->xref.data_len > text->len - r->xref.from)
		return; /* memory ran out on the way */
	char *const data = text->at + r->xref.from;
	const size_t own = text->len - r->xref.from - r->xref.data_len;
	if (ascii_are_blank(data + r->xref.data_len, own)) {
		text->len -= own;
	} else {
		memmove(data, data + r->xref.data_len, own);
		text->len -= r->xref.data_len;
	}
	add(r, r->xref.column, "]", 1);
}

/* ---- elements ---- */

static void skip(struct reader *r)
{
	r->skip_depth = r->depth;
}

static void keep_text(struct reader *r, enum column column)
{
	r->text_depth = r->depth;
	r->column = column;
}

static void start_root(struct reader *r, enum element element, const struct attributes *attributes)
{
	size_t len = 0;
	const char *const id = find(r, attributes, ATTRIBUTE_ID, &len);
	static const char wanted[] = "service-names-port-numbers";
	if (element != ELEMENT_REGISTRY) {
		reader_refuse(r, SDREG_E_FORMAT,
			"the root element is not that of an IANA registry");
		return;
	}
	if (id == NULL || len != sizeof(wanted) - 1 || memcmp(id, wanted, len) != 0) {
		reader_refuse(r, SDREG_E_FORMAT,
			"this is another registry of IANA's: its id is not "
			"service-names-port-numbers");
		return;
	}
	r->place = PLACE_REGISTRY;
}

static void start_record(struct reader *r, const struct attributes *attributes)
{
	texts_clear(&r->texts);
	r->place = PLACE_RECORD;
	r->trouble[0] = '\0';
	r->record_line = (unsigned long)r->parser->input->line;
	add_attribute(r, COLUMN_REGISTERED, attributes, ATTRIBUTE_DATE);
	add_attribute(r, COLUMN_MODIFIED, attributes, ATTRIBUTE_UPDATED);
}

static void start_in_registry(struct reader *r, enum element element,
	const struct attributes *attributes)
{
	switch (element) {
	case ELEMENT_TITLE:
		texts_clear(&r->texts);
		keep_text(r, COLUMN_NAME);
		break;
	case ELEMENT_UPDATED:
		texts_clear(&r->texts);
		keep_text(r, COLUMN_MODIFIED);
		break;
	case ELEMENT_RECORD:
		start_record(r, attributes);
		break;
	case ELEMENT_PEOPLE:
		r->place = PLACE_PEOPLE;
		break;
	default:
		skip(r);
	}
}

/* An element that may stand once in a record. */
static void start_single(struct reader *r, enum element element, enum column column)
{
	const unsigned bit = 1U << element;
	if ((r->texts.seen & bit) != 0 && r->trouble[0] == '\0')
		snprintf(r->trouble, sizeof(r->trouble), "record left out: two elements %s",
			(const char *)r->names[element]);
	r->texts.seen |= bit;
	if (element == ELEMENT_ASSIGNEE)
		r->assignee_depth = r->depth;
	else
		keep_text(r, column);
}

static void start_in_record(struct reader *r, enum element element,
	const struct attributes *attributes)
{
	switch (element) {
	case ELEMENT_NAME:
		start_single(r, element, COLUMN_NAME);
		break;
	case ELEMENT_PROTOCOL:
		start_single(r, element, COLUMN_TRANSPORT);
		break;
	case ELEMENT_DESCRIPTION:
		start_single(r, element, COLUMN_DESCRIPTION);
		break;
	case ELEMENT_NUMBER:
		start_single(r, element, COLUMN_PORT);
		break;
	case ELEMENT_NOTE:
		start_single(r, element, COLUMN_NOTES);
		break;
	case ELEMENT_SC:
		start_single(r, element, COLUMN_SERVICE_CODE);
		break;
	case ELEMENT_UNAUTHORIZED:
		start_single(r, element, COLUMN_UNAUTHORIZED);
		break;
	case ELEMENT_ASSIGNEE:
		start_single(r, element, COLUMN_ASSIGNEE);
		break;
	case ELEMENT_XREF:
		keep_text(r, is_type(r, attributes, "person") ? COLUMN_CONTACT : COLUMN_REFERENCE);
		open_xref(r, r->column, attributes);
		break;
	default:
		skip(r);
	}
}

static void start_in_person(struct reader *r, enum element element)
{
	enum column column = COLUMN_URIS;
	if (element == ELEMENT_NAME)
		column = COLUMN_NAME;
	else if (element == ELEMENT_ORG)
		column = COLUMN_ORGANIZATION;
	else if (element == ELEMENT_UPDATED)
		column = COLUMN_UPDATED;
	else if (element != ELEMENT_URI)
		column = COLUMNS;
	if (column == COLUMN_URIS)
		add(r, column, "\n", 1);
	else if (column == COLUMNS || r->texts.column[column].len > 0) {
		skip(r); /* of two the first counts */
		return;
	}
	keep_text(r, column);
}

/* Markup inside a text. What is not known adds its own text. */
static void start_in_text(struct reader *r, enum element element,
	const struct attributes *attributes)
{
	if (element == ELEMENT_BR || element == ELEMENT_PARAGRAPH)
		add(r, r->column, "\n", 1);
	else if (element == ELEMENT_XREF && !r->xref.is_open)
		open_xref(r, r->column, attributes);
}

static void start_in_assignee(struct reader *r, enum element element,
	const struct attributes *attributes)
{
	if (element != ELEMENT_XREF) {
		skip(r);
		return;
	}
	keep_text(r, COLUMN_ASSIGNEE);
	open_xref(r, COLUMN_ASSIGNEE, attributes);
}

static void start_in_people(struct reader *r, enum element element,
	const struct attributes *attributes)
{
	if (element != ELEMENT_PERSON) {
		skip(r);
		return;
	}
	texts_clear(&r->texts);
	r->record_line = (unsigned long)r->parser->input->line;
	add_attribute(r, COLUMN_ID, attributes, ATTRIBUTE_ID);
	r->place = PLACE_PERSON;
}

static void start_element(struct reader *r, enum element element,
	const struct attributes *attributes)
{
	switch (r->place) {
	case PLACE_OUTSIDE:
		start_root(r, element, attributes);
		break;
	case PLACE_REGISTRY:
		start_in_registry(r, element, attributes);
		break;
	case PLACE_RECORD:
		start_in_record(r, element, attributes);
		break;
	case PLACE_PEOPLE:
		start_in_people(r, element, attributes);
		break;
	case PLACE_PERSON:
		start_in_person(r, element);
		break;
	}
}

static void start(struct reader *r, enum element element, const xmlChar *name,
	const struct attributes *attributes)
{
	if (r->depth == 1 && xmlStrcasecmp(name, (const xmlChar *)"html") == 0)
		reader_refuse(r, SDREG_E_FORMAT, "this is an HTML page, not IANA's XML");
	else if (r->text_depth > 0)
		start_in_text(r, element, attributes);
	else if (r->assignee_depth > 0)
		start_in_assignee(r, element, attributes);
	else
		start_element(r, element, attributes);
}

void iana_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int spaces_count, const xmlChar **spaces, int count, int defaulted, const xmlChar **at)
{
	struct reader *const r = user;
	const struct attributes attributes = {at, count};
	const struct markup_tag tag = {name, prefix, spaces_count, spaces, count, at};
	const enum element element = element_of(r, name, space);
	(void)defaulted;
	original_before(r);
	if (!reader_enter(r, spaces_count) && r->skip_depth == 0)
		start(r, element, name, &attributes);
	original_start(r, element, &tag);
	reader_settle(r);
}

/* After a record or a person: 0 and SDREG_E_RECORD go on. byte stands for it in the frame. */
static void settle(struct reader *r, int result, char byte, struct sdreg_error *trouble)
{
	original_check(r);
	if (result == SDREG_OK)
		original_taken(r, byte);
	else if (result == SDREG_E_RECORD)
		reader_warn(r, trouble);
	else if (result < 0)
		reader_refuse(r, result, trouble->text);
}

static void end_record(struct reader *r)
{
	struct sdreg_error trouble = {.size = sizeof(trouble)};
	struct sdreg_record record = texts_record(&r->texts);
	record.markup = (struct sdreg_text){r->original.item.at, r->original.item.len};
	r->place = PLACE_REGISTRY;
	if ((r->texts.seen & 1U << ELEMENT_ASSIGNEE) == 0)
		record.assignee = record.contact;
	if (r->trouble[0] != '\0') {
		trouble.code = SDREG_E_RECORD;
		snprintf(trouble.text, sizeof(trouble.text), "%s", r->trouble);
		reader_warn(r, &trouble);
		return;
	}
	settle(r, sdreg_builder_add(r->builder, &record, &trouble), SDREG_FRAME_MARKUP_RECORD,
		&trouble);
}

static void end_person(struct reader *r)
{
	struct sdreg_error trouble = {.size = sizeof(trouble)};
	struct sdreg_person_record person = texts_person(&r->texts);
	person.markup = (struct sdreg_text){r->original.item.at, r->original.item.len};
	r->place = PLACE_PEOPLE;
	settle(r, sdreg_builder_add_person(r->builder, &person, &trouble),
		SDREG_FRAME_MARKUP_PERSON, &trouble);
}

/* The end of an element whose text was kept. */
static void end_text(struct reader *r)
{
	r->text_depth = 0;
	if (r->place != PLACE_REGISTRY)
		return;
	const struct sdreg_text value = texts_column(&r->texts, r->column);
	const int result = r->column == COLUMN_NAME ? sdreg_builder_title(r->builder, value)
						    : sdreg_builder_updated(r->builder, value);
	if (result < 0)
		reader_refuse(r, result, "the title or the date cannot be kept");
}

static void end(struct reader *r, const xmlChar *name, const xmlChar *space)
{
	const int depth = r->depth--;
	if (r->skip_depth > 0) {
		r->skip_depth = depth == r->skip_depth ? 0 : r->skip_depth;
		return;
	}
	if (r->xref.is_open && depth == r->xref.depth)
		close_xref(r);
	if (r->text_depth > 0) {
		if (depth == r->text_depth)
			end_text(r);
		else if (element_of(r, name, space) == ELEMENT_PARAGRAPH)
			add(r, r->column, "\n", 1);
		return;
	}
	if (depth == r->assignee_depth)
		r->assignee_depth = 0;
	else if (r->place == PLACE_RECORD)
		end_record(r);
	else if (r->place == PLACE_PERSON)
		end_person(r);
	else if (r->place == PLACE_PEOPLE)
		r->place = PLACE_REGISTRY;
	else
		r->place = PLACE_OUTSIDE;
}

void iana_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	struct reader *const r = user;
	original_end(r, name, prefix);
	end(r, name, space);
	reader_settle(r);
}

void iana_characters(void *user, const xmlChar *text, int len)
{
	struct reader *const r = user;
	if (r->text_depth > 0 && r->skip_depth == 0)
		add(r, r->column, (const char *)text, (size_t)len);
	original_text(r, (const char *)text, (size_t)len);
	reader_settle(r);
}

void iana_instruction(void *user, const xmlChar *target, const xmlChar *data)
{
	original_instruction(user, target, data);
	reader_settle(user);
}

void iana_comment(void *user, const xmlChar *text)
{
	original_comment(user, text);
	reader_settle(user);
}
