/* SPDX-License-Identifier: MIT */
#include "original.h"

#include "common/ascii.h"
#include "common/bytes.h"

#include <sdreg/markup.h>

#include <string.h>

static struct markup *current(struct original *o)
{
	return o->item_depth > 0 ? &o->item : &o->frame;
}

static int has_value(const struct markup_tag *tag, int nth, const char *wanted)
{
	const xmlChar **const a = tag->attributes + 5 * nth;
	const size_t len = (size_t)(a[4] - a[3]);
	return len == strlen(wanted) && memcmp(a[3], wanted, len) == 0;
}

/* Whether text is written as columns are kept. */
static int is_clean(const char *text, size_t len)
{
	uint64_t all;
	return word_text_is_clean(text, len, &all);
}

/* Whether an item can be found again between the brackets of its column. */
static int is_item(const xmlChar *from, const xmlChar *to, int capitals)
{
	for (const xmlChar *c = from; c < to; c++)
		if (*c == '[' || *c == ']' || (!capitals && ascii_is_upper(*c)))
			return 0;
	return is_clean((const char *)from, (size_t)(to - from));
}

/* The byte for an xref with nothing but its type and its data. */
static char xref_byte(const struct reader *r, const struct markup_tag *tag)
{
	static const struct {
		const char *type;
		char byte;
	} types[] = {{"rfc", SDREG_RECORD_MARKUP_RFC}, {"draft", SDREG_RECORD_MARKUP_DRAFT},
		{"uri", SDREG_RECORD_MARKUP_URI}};
	if (tag->count != 2)
		return 0;
	const int type = tag->attributes[0] == r->attributes[ATTRIBUTE_TYPE] ? 0 : 1;
	const int data = 1 - type;
	const xmlChar **const value = tag->attributes + 5 * (size_t)data;
	if (tag->attributes[5 * (size_t)type] != r->attributes[ATTRIBUTE_TYPE] ||
		value[0] != r->attributes[ATTRIBUTE_DATA] || tag->attributes[2] != NULL ||
		tag->attributes[7] != NULL)
		return 0;
	if (!is_item(value[3], value[4], !has_value(tag, type, "rfc")))
		return 0;
	if (has_value(tag, type, "person"))
		return r->column == COLUMN_ASSIGNEE ? SDREG_RECORD_MARKUP_ASSIGNEE
						    : SDREG_RECORD_MARKUP_CONTACT;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (has_value(tag, type, types[i].type) && r->column == COLUMN_REFERENCE)
			return types[i].byte;
	return 0;
}

static char text_byte(const struct reader *r, enum element element)
{
	static const char of_record[ELEMENTS] = {
		[ELEMENT_NAME] = SDREG_RECORD_MARKUP_NAME,
		[ELEMENT_NUMBER] = SDREG_RECORD_MARKUP_NUMBER,
		[ELEMENT_PROTOCOL] = SDREG_RECORD_MARKUP_PROTOCOL,
		[ELEMENT_DESCRIPTION] = SDREG_RECORD_MARKUP_DESCRIPTION,
		[ELEMENT_SC] = SDREG_RECORD_MARKUP_SC,
		[ELEMENT_UNAUTHORIZED] = SDREG_RECORD_MARKUP_UNAUTHORIZED,
		[ELEMENT_NOTE] = SDREG_RECORD_MARKUP_NOTE,
	};
	static const char of_person[ELEMENTS] = {
		[ELEMENT_NAME] = SDREG_PERSON_MARKUP_NAME,
		[ELEMENT_ORG] = SDREG_PERSON_MARKUP_ORG,
		[ELEMENT_URI] = SDREG_PERSON_MARKUP_URI,
		[ELEMENT_UPDATED] = SDREG_PERSON_MARKUP_UPDATED,
	};
	return r->place == PLACE_PERSON ? of_person[element] : of_record[element];
}

/* The start tag of a record or a person: bytes for the attributes that are columns. */
static void begin_item(struct reader *r, const struct markup_tag *tag)
{
	struct original *const o = &r->original;
	struct markup *const m = &o->item;
	o->item_depth = r->depth;
	o->literal = 0;
	markup_clear(m);
	markup_take_space(&o->frame, m);
	markup_open(m, tag);
	for (int i = 0; i < tag->count; i++) {
		const xmlChar **const a = tag->attributes + 5 * (size_t)i;
		char byte = 0;
		if (r->place == PLACE_PERSON && a[0] == r->attributes[ATTRIBUTE_ID])
			byte = SDREG_PERSON_MARKUP_ID;
		else if (r->place == PLACE_RECORD && a[0] == r->attributes[ATTRIBUTE_DATE])
			byte = SDREG_RECORD_MARKUP_DATE;
		else if (r->place == PLACE_RECORD && a[0] == r->attributes[ATTRIBUTE_UPDATED])
			byte = SDREG_RECORD_MARKUP_UPDATED;
		if (byte != 0 && a[2] == NULL &&
			is_clean((const char *)a[3], (size_t)(a[4] - a[3])))
			markup_byte(m, byte);
		else
			markup_put_attribute(m, tag, i);
	}
	markup_raw(m, ">", 1);
	m->text_from = m->len;
}

/* The xref for which a byte would have stood. The order of its attributes is all one. */
static void write_xref(struct reader *r, char byte)
{
	struct markup *const m = &r->original.item;
	const char *const data = r->texts.column[r->xref.column].at + r->xref.from;
	const char *type = "person";
	if (byte == SDREG_RECORD_MARKUP_RFC)
		type = "rfc";
	else if (byte == SDREG_RECORD_MARKUP_DRAFT)
		type = "draft";
	else if (byte == SDREG_RECORD_MARKUP_URI)
		type = "uri";
	markup_raw(m, "<xref type=\"", 12);
	markup_raw(m, type, strlen(type));
	markup_raw(m, "\" data=\"", 8);
	if (byte == SDREG_RECORD_MARKUP_RFC && r->xref.data_len >= 3 &&
		memcmp(data, "RFC", 3) == 0) {
		markup_raw(m, "rfc", 3); /* as it was before it became that of a column */
		markup_value(m, data + 3, r->xref.data_len - 3);
	} else {
		markup_value(m, data, r->xref.data_len);
	}
	markup_raw(m, "\">", 2);
}

/* Writes the open element out, as far as it goes: there is more to it than a byte can stand for. */
static void write_out(struct reader *r)
{
	struct original *const o = &r->original;
	const char byte = o->byte;
	if (o->depth == 0 || byte == 0)
		return;
	o->byte = 0;
	if (r->xref.is_open) {
		write_xref(r, byte);
	} else {
		const struct column_text *const text = &r->texts.column[r->column];
		markup_raw(&o->item, "<", 1);
		markup_raw(&o->item, (const char *)o->name, strlen((const char *)o->name));
		markup_raw(&o->item, ">", 1);
		if (text->len > o->text_from)
			markup_text(&o->item, text->at + o->text_from, text->len - o->text_from);
	}
	o->item.text_from = o->item.len;
}

void original_before(struct reader *r)
{
	write_out(r);
}

/* The byte that may stand for an element that starts; 0 if none may. */
static char byte_of(const struct reader *r, enum element element, const struct markup_tag *tag)
{
	if (tag->prefix != NULL || tag->spaces_count > 0 ||
		(r->original.literal & 1U << r->column) != 0)
		return 0;
	if (element == ELEMENT_XREF)
		return xref_byte(r, tag);
	return tag->count == 0 ? text_byte(r, element) : 0;
}

/* Whether an element has a name that matters, in a namespace that does not. */
static int is_foreign(const struct reader *r, enum element element, const struct markup_tag *tag)
{
	for (int i = ELEMENT_OTHER + 1; element == ELEMENT_OTHER && i < ELEMENTS; i++)
		if (r->names[i] == tag->name)
			return 1;
	return 0;
}

void original_start(struct reader *r, enum element element, const struct markup_tag *tag)
{
	struct original *const o = &r->original;
	if (o->item_depth == 0 && (r->place == PLACE_RECORD || r->place == PLACE_PERSON)) {
		begin_item(r, tag);
		return;
	}
	if (o->depth == 0 && o->item_depth > 0 && r->text_depth == r->depth) {
		o->depth = r->depth;
		o->name = tag->name;
		o->text_from = r->texts.column[r->column].len;
		o->byte = byte_of(r, element, tag);
		if (o->byte != 0)
			return;
	}
	if (o->item_depth > 0 && is_foreign(r, element, tag))
		markup_byte(&o->item, SDREG_RECORD_MARKUP_FOREIGN);
	markup_start(current(o), tag);
}

/* Whether a port or a transport stands there as it would be written. */
static int is_canonical(const struct reader *r, const char *text, size_t len)
{
	if (r->place == PLACE_RECORD && r->column == COLUMN_TRANSPORT)
		for (size_t i = 0; i < len; i++)
			if (text[i] < 'a' || text[i] > 'z')
				return 0;
	if (r->place == PLACE_RECORD && r->column == COLUMN_PORT && len % 2 == 1 &&
		text[len / 2] == '-')
		return memcmp(text, text + len / 2 + 1, len / 2) != 0; /* "5-5" is port 5 */
	return 1;
}

/* Whether the byte says all there is to say, now that the element ends. */
static int may_stand(const struct reader *r)
{
	const struct original *const o = &r->original;
	const struct column_text *const column = &r->texts.column[r->column];
	if (r->xref.is_open)
		return 1;
	if (column->len <= o->text_from)
		return 0;
	const char *const text = column->at + o->text_from;
	const size_t len = column->len - o->text_from;
	return is_clean(text, len) && is_canonical(r, text, len);
}

void original_end(struct reader *r, const xmlChar *name, const xmlChar *prefix)
{
	struct original *const o = &r->original;
	if (o->depth > 0 && o->depth == r->depth) {
		if (o->byte != 0 && may_stand(r)) {
			markup_byte(&o->item, o->byte);
			o->item.text_from = o->item.len;
			o->depth = 0;
			return;
		}
		write_out(r);
		o->literal |= 1U << r->column;
		o->depth = 0;
	}
	markup_end(current(o), name, prefix);
	if (o->item_depth == r->depth)
		o->item_depth = 0;
}

/* Whether text is what IANA writes before each element of a record or a person. */
static int is_usual_line(const struct reader *r, const char *text, size_t len)
{
	const size_t usual = r->place == PLACE_PERSON ? 7 : 5;
	return len == usual && memcmp(text, "\n      ", usual) == 0;
}

void original_text(struct reader *r, const char *text, size_t len)
{
	struct original *const o = &r->original;
	if (o->depth > 0 && o->byte != 0 && !r->xref.is_open)
		return; /* its column has it */
	write_out(r);
	if (o->item_depth > 0 && is_usual_line(r, text, len))
		markup_byte(&o->item, SDREG_MARKUP_LINE);
	else
		markup_text(current(o), text, len);
}

/* Between what stands before and behind the root element no text is told. */
static void end_outside(struct reader *r)
{
	struct markup *const m = current(&r->original);
	if (r->depth == 0)
		markup_raw(m, "\n", 1);
	m->text_from = m->len;
}

void original_instruction(struct reader *r, const xmlChar *target, const xmlChar *data)
{
	struct markup *const m = current(&r->original);
	write_out(r);
	markup_raw(m, "<?", 2);
	markup_raw(m, (const char *)target, strlen((const char *)target));
	if (data != NULL) {
		markup_raw(m, " ", 1);
		markup_raw(m, (const char *)data, strlen((const char *)data));
	}
	markup_raw(m, "?>", 2);
	end_outside(r);
}

void original_comment(struct reader *r, const xmlChar *text)
{
	struct markup *const m = current(&r->original);
	write_out(r);
	markup_raw(m, "<!--", 4);
	markup_raw(m, (const char *)text, strlen((const char *)text));
	markup_raw(m, "-->", 3);
	end_outside(r);
}

void original_taken(struct reader *r, char byte)
{
	struct markup *const m = &r->original.frame;
	markup_byte(m, byte);
	m->text_from = m->len;
}

void original_check(struct reader *r)
{
	const int trouble = r->original.frame.trouble != 0 ? r->original.frame.trouble
							   : r->original.item.trouble;
	if (trouble == SDREG_E_LIMIT)
		reader_refuse(r, trouble, "the markup of the input is over 64 MiB");
	else if (trouble != 0)
		reader_refuse(r, trouble, "no memory to read XML");
}

void original_free(struct original *o)
{
	markup_free(&o->frame);
	markup_free(&o->item);
}
