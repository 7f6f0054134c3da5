/* SPDX-License-Identifier: MIT */

/* Writing IANA's XML: the markup of the source, with its bytes replaced by what they stand for; or,
 * where there is none, the elements in the order that is IANA's commonest. */

#include "common/ascii.h"
#include "common/error.h"
#include "common/sized.h"
#include "core/image/image.h"
#include "facts-note.h"
#include "markup.h"
#include "output.h"
#include "xml-out.h"

#include <sdreg/markup.h>

#include <stdio.h>
#include <stdlib.h>

#define DECLARATION "<?xml version='1.0' encoding='UTF-8'?>\n"
#define IANA_SPACE "http://www.iana.org/assignments"

struct xml_export {
	const struct sdreg_registry *registry;
	const struct sdreg_person **people; /* in the source's order */
	struct output output;
};

static void xref(struct output *o, const char *type, const char *data, size_t len, int lower)
{
	output_text(o, "<xref type=\"");
	output_text(o, type);
	output_text(o, "\" data=\"");
	for (size_t i = 0; lower && i < len; i++) {
		const char c = (char)ascii_lower((unsigned char)data[i]);
		xml_out_text(o, &c, 1);
	}
	if (!lower)
		xml_out_text(o, data, len);
	output_text(o, "\"/>");
}

static void number_element(struct output *o, const struct sdreg_entry *entry)
{
	char text[16];
	uint16_t first = 0;
	uint16_t last = 0;
	sdreg_entry_port(entry, &first, &last);
	int len = snprintf(text, sizeof(text), "%u", (unsigned)first);
	if (first < last)
		len = snprintf(text, sizeof(text), "%u-%u", (unsigned)first, (unsigned)last);
	xml_out_element(o, "number", text, (size_t)len);
}

/* ---- a record ---- */

/* What is left of an entry's columns of bracketed items. */
struct xml_items {
	const char *assignee;
	const char *contact;
	const char *reference;
};

static void item(struct output *o, const char *type, const char **items, int lower)
{
	size_t len = 0;
	const char *const data = sdreg_bracketed(items, &len);
	if (data != NULL)
		xref(o, type, data, len, lower);
	else
		*items = ""; /* not to be looked through again */
}

static void record_byte(struct output *o, const struct sdreg_entry *e, char byte,
	struct xml_items *items)
{
	switch (byte) {
	case SDREG_RECORD_MARKUP_NAME:
		xml_out_whole(o, "name", sdreg_entry_name(e));
		break;
	case SDREG_RECORD_MARKUP_NUMBER:
		number_element(o, e);
		break;
	case SDREG_RECORD_MARKUP_PROTOCOL:
		xml_out_whole(o, "protocol", sdreg_transport_text(sdreg_entry_transport(e)));
		break;
	case SDREG_RECORD_MARKUP_DESCRIPTION:
		xml_out_whole(o, "description", sdreg_entry_description(e));
		break;
	case SDREG_RECORD_MARKUP_SC:
		xml_out_whole(o, "sc", sdreg_entry_service_code(e));
		break;
	case SDREG_RECORD_MARKUP_UNAUTHORIZED:
		xml_out_whole(o, "unauthorized", sdreg_entry_unauthorized_use(e));
		break;
	case SDREG_RECORD_MARKUP_NOTE:
		xml_out_whole(o, "note", sdreg_entry_notes(e));
		break;
	case SDREG_RECORD_MARKUP_CONTACT:
		item(o, "person", &items->contact, 0);
		break;
	case SDREG_RECORD_MARKUP_ASSIGNEE:
		item(o, "person", &items->assignee, 0);
		break;
	case SDREG_RECORD_MARKUP_RFC:
		item(o, "rfc", &items->reference, 1);
		break;
	case SDREG_RECORD_MARKUP_DRAFT:
		item(o, "draft", &items->reference, 0);
		break;
	case SDREG_RECORD_MARKUP_URI:
		item(o, "uri", &items->reference, 0);
		break;
	case SDREG_RECORD_MARKUP_DATE:
		xml_out_attribute(o, "date", sdreg_entry_registered(e));
		break;
	case SDREG_RECORD_MARKUP_UPDATED:
		xml_out_attribute(o, "updated", sdreg_entry_modified(e));
		break;
	case SDREG_MARKUP_LINE:
		output_text(o, "\n    ");
		break;
	}
}

/* The length of markup up to the next byte that stands for something. */
static size_t literal_length(const char *markup)
{
	size_t len = 0;
	while (markup[len] != '\0' && !markup_is_byte(markup[len]))
		len++;
	return len;
}

/* Whether a byte may stand there: a second time only for one of several items, or
 * for a line break. A forged record of such bytes and one long text would be written for ever. */
static int is_first(uint32_t *seen, char byte)
{
	const uint32_t bit = 1U << (byte & 31);
	const int first = (*seen & bit) == 0;
	*seen |= bit;
	return first || byte == SDREG_MARKUP_LINE || byte == SDREG_RECORD_MARKUP_CONTACT ||
		byte == SDREG_RECORD_MARKUP_ASSIGNEE || byte == SDREG_RECORD_MARKUP_RFC ||
		byte == SDREG_RECORD_MARKUP_DRAFT || byte == SDREG_RECORD_MARKUP_URI;
}

static void write_record(struct output *o, const struct sdreg_entry *e, const char *markup)
{
	uint32_t seen = 0;
	struct xml_items items = {sdreg_entry_assignee(e), sdreg_entry_contact(e),
		sdreg_entry_reference(e)};
	while (*markup != '\0') {
		const size_t len = literal_length(markup);
		output_bytes(o, markup, len);
		markup += len;
		if (*markup == '\0')
			break;
		const char byte = *markup++;
		if (is_first(&seen, byte))
			record_byte(o, e, byte, &items);
	}
}

static int starts_with(const char *text, size_t len, const char *start)
{
	const size_t n = strlen(start);
	return len >= n && ascii_equal(text, start, n);
}

static int is_number(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!ascii_is_digit((unsigned char)text[i]))
			return 0;
	return len > 0;
}

/* A reference as CSV prints it: what it refers to is told by its look. */
static void plain_reference(struct output *o, const char *text, size_t len)
{
	output_text(o, "\n    ");
	/* in capitals, as it is read again */
	if (len > 3 && memcmp(text, "RFC", 3) == 0 && is_number(text + 3, len - 3))
		xref(o, "rfc", text, len, 1);
	else if (starts_with(text, len, "draft-") || starts_with(text, len, "RFC-ietf-"))
		xref(o, "draft", text, len, 0);
	else if (starts_with(text, len, "http://") || starts_with(text, len, "https://"))
		xref(o, "uri", text, len, 0);
	else if (is_number(text, len))
		xref(o, "note", text, len, 0);
	else if (len == 1 && text[0] == ' ') /* as a text it would be none */
		xref(o, "text", text, len, 0);
	else {
		output_text(o, "<xref type=\"text\">");
		xml_out_text(o, text, len);
		output_text(o, "</xref>");
	}
}

static void plain_element(struct output *o, const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	output_text(o, "\n    ");
	xml_out_whole(o, name, text);
}

static void plain_people(struct output *o, const char *items, const char *indent)
{
	size_t len;
	const char *id;
	while ((id = sdreg_bracketed(&items, &len)) != NULL) {
		output_text(o, indent);
		xref(o, "person", id, len, 0);
	}
}

/* A record whose source wrote no XML. */
static void plain_record(struct output *o, const struct sdreg_entry *e)
{
	char note[FACTS_NOTE_SIZE];
	const char *references = sdreg_entry_reference(e);
	const char *text;
	size_t len;
	output_text(o, "\n  <record");
	if (sdreg_entry_registered(e)[0] != '\0')
		xml_out_attribute(o, "date", sdreg_entry_registered(e));
	if (sdreg_entry_modified(e)[0] != '\0')
		xml_out_attribute(o, "updated", sdreg_entry_modified(e));
	output_text(o, ">");
	plain_element(o, "name", sdreg_entry_name(e));
	plain_element(o, "protocol", sdreg_transport_text(sdreg_entry_transport(e)));
	if (strcmp(sdreg_entry_assignee(e), sdreg_entry_contact(e)) != 0) {
		output_text(o, "\n    <assignee>");
		plain_people(o, sdreg_entry_assignee(e), "\n      ");
		output_text(o, "\n    </assignee>");
	}
	plain_people(o, sdreg_entry_contact(e), "\n    ");
	while ((text = sdreg_bracketed(&references, &len)) != NULL)
		plain_reference(o, text, len);
	output_text(o, "\n    ");
	xml_out_whole(o, "description", sdreg_entry_description(e));
	if (sdreg_entry_port(e, NULL, NULL)) {
		output_text(o, "\n    ");
		number_element(o, e);
	}
	plain_element(o, "sc", sdreg_entry_service_code(e));
	plain_element(o, "unauthorized", sdreg_entry_unauthorized_use(e));
	plain_element(o, "note", facts_note(e, note));
	output_text(o, "\n  </record>");
}

/* ---- a person ---- */

/* The next line of a text. */
static const char *next_line(const char **text, size_t *len)
{
	const char *const line = *text;
	*len = strcspn(line, "\n");
	*text += *len + (line[*len] == '\n');
	return line;
}

static void write_person(struct output *o, const struct sdreg_person *p, const char *markup)
{
	const char *uris = sdreg_person_uris(p);
	uint32_t seen = 0;
	while (*markup != '\0') {
		const size_t literal = literal_length(markup);
		size_t len;
		output_bytes(o, markup, literal);
		markup += literal;
		if (*markup == '\0')
			break;
		const char byte = *markup++;
		if (byte != SDREG_PERSON_MARKUP_URI && !is_first(&seen, byte))
			continue;
		switch (byte) {
		case SDREG_PERSON_MARKUP_NAME:
			xml_out_whole(o, "name", sdreg_person_name(p));
			break;
		case SDREG_PERSON_MARKUP_ORG:
			xml_out_whole(o, "org", sdreg_person_organization(p));
			break;
		case SDREG_PERSON_MARKUP_URI: {
			const char *const uri = next_line(&uris, &len);
			xml_out_element(o, "uri", uri, len);
			break;
		}
		case SDREG_PERSON_MARKUP_UPDATED:
			xml_out_whole(o, "updated", sdreg_person_updated(p));
			break;
		case SDREG_PERSON_MARKUP_ID:
			xml_out_attribute(o, "id", sdreg_person_id(p));
			break;
		case SDREG_MARKUP_LINE:
			output_text(o, "\n      ");
			break;
		}
	}
}

static void plain_person(struct output *o, const struct sdreg_person *p)
{
	const char *uris = sdreg_person_uris(p);
	output_text(o, "\n    <person");
	xml_out_attribute(o, "id", sdreg_person_id(p));
	output_text(o, ">");
	if (sdreg_person_name(p)[0] != '\0') {
		output_text(o, "\n      ");
		xml_out_whole(o, "name", sdreg_person_name(p));
	}
	if (sdreg_person_organization(p)[0] != '\0') {
		output_text(o, "\n      ");
		xml_out_whole(o, "org", sdreg_person_organization(p));
	}
	while (*uris != '\0') {
		size_t len;
		const char *const uri = next_line(&uris, &len);
		output_text(o, "\n      ");
		xml_out_element(o, "uri", uri, len);
	}
	if (sdreg_person_updated(p)[0] != '\0') {
		output_text(o, "\n      ");
		xml_out_whole(o, "updated", sdreg_person_updated(p));
	}
	output_text(o, "\n    </person>");
}

/* ---- the document ---- */

static void put_record(struct xml_export *x, const struct sdreg_entry *e)
{
	const char *const markup = image_string(e->bytes, ENTRY_MARKUP);
	if ((x->registry->flags & IMAGE_FROM_XML) != 0 && markup[0] != '\0')
		write_record(&x->output, e, markup);
	else
		plain_record(&x->output, e);
}

static void put_person(struct xml_export *x, const struct sdreg_person *p)
{
	const char *const markup = image_string(p->bytes, PERSON_MARKUP);
	if ((x->registry->flags & IMAGE_FROM_XML) != 0 && markup[0] != '\0')
		write_person(&x->output, p, markup);
	else
		plain_person(&x->output, p);
}

static uint32_t position_of(const struct sdreg_person *p)
{
	return le32(p->bytes + PERSON_POSITION);
}

static void write_frame(struct xml_export *x, const char *frame)
{
	size_t nth = 0;
	uint32_t position = 0; /* in the source, where of two with one id both are counted */
	size_t person = 0;
	while (*frame != '\0' && !x->output.failed) {
		const size_t len = literal_length(frame);
		output_bytes(&x->output, frame, len);
		frame += len;
		if (*frame == '\0')
			break;
		const char byte = *frame++;
		if (byte == SDREG_FRAME_MARKUP_RECORD && nth < sdreg_registry_size(x->registry))
			put_record(x, sdreg_registry_entry(x->registry, nth++));
		if (byte != SDREG_FRAME_MARKUP_PERSON)
			continue;
		while (person < x->registry->people_count &&
			position_of(x->people[person]) < position)
			person++;
		if (person < x->registry->people_count &&
			position_of(x->people[person]) == position)
			put_person(x, x->people[person++]);
		position++;
	}
	output_text(&x->output, "\n");
}

static void write_plain(struct xml_export *x)
{
	struct output *const o = &x->output;
	const struct sdreg_entry *e;
	if (sdreg_registry_is_abridged(x->registry))
		output_text(o,
			"<!-- Not IANA's file: its facts, without most notes and people. Made by "
			"sdreg. -->\n");
	output_text(o, "<registry xmlns=\"" IANA_SPACE "\" id=\"service-names-port-numbers\">\n  ");
	xml_out_whole(o, "title", sdreg_registry_title(x->registry));
	output_text(o, "\n  ");
	xml_out_whole(o, "updated", sdreg_registry_updated(x->registry));
	for (size_t i = 0; (e = sdreg_registry_entry(x->registry, i)) != NULL && !o->failed; i++)
		put_record(x, e);
	output_text(o, "\n  <people>");
	for (size_t i = 0; i < x->registry->people_count && !o->failed; i++)
		put_person(x, x->people[i]);
	output_text(o, "\n  </people>\n</registry>\n");
}

/* Positions are not trusted to differ. */
static int compare_positions(const void *a, const void *b)
{
	const struct sdreg_person *const left = *(const struct sdreg_person *const *)a;
	const struct sdreg_person *const right = *(const struct sdreg_person *const *)b;
	if (position_of(left) != position_of(right))
		return position_of(left) < position_of(right) ? -1 : 1;
	return left < right ? -1 : left > right;
}

/* The people in the source's order. */
static const struct sdreg_person **order_people(const struct sdreg_registry *registry)
{
	const size_t count = registry->people_count;
	const struct sdreg_person **const people = calloc(count + 1, sizeof(*people));
	if (people == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++)
		people[i] = sdreg_registry_person(registry, i);
	qsort(people, count, sizeof(*people), compare_positions);
	return people;
}

int sdreg_export_xml(const struct sdreg_registry *registry, const struct sdreg_sink *sink,
	struct sdreg_error *err)
{
	error_begin(err);
	if (sink == NULL || !sized_is_valid(sink))
		return error_set(err, SDREG_E_ARGUMENT, "a sink begins with its size");
	struct xml_export *const x = calloc(1, sizeof(*x));
	const struct sdreg_person **const people = order_people(registry);
	const char *const frame =
		(const char *)registry->image + le32(registry->image + HEADER_FRAME);
	int result = SDREG_OK;
	if (x == NULL || people == NULL) {
		result = error_set(err, SDREG_E_MEMORY, "no memory for an export");
		goto out;
	}
	x->registry = registry;
	x->people = people;
	sized_read(&x->output.sink, sizeof(x->output.sink), sink);
	output_text(&x->output, DECLARATION);
	if ((registry->flags & IMAGE_FROM_XML) != 0 && frame[0] != '\0')
		write_frame(x, frame);
	else
		write_plain(x);
	output_flush(&x->output);
	if (x->output.failed)
		result = error_set(err, SDREG_E_IO, "the export cannot be written");
out:
	free(people);
	free(x);
	return result;
}
