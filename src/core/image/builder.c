/* SPDX-License-Identifier: MIT */

/* From the text of records to clean columns: the reading rules that hold for every format. */

#include "builder.h"

#include "common/ascii.h"
#include "common/bytes.h"
#include "common/error.h"
#include "common/grow.h"
#include "common/sized.h"
#include "common/utf8.h"
#include "core/notes/notes.h"
#include "image.h"

#include <sdreg/type.h>

#include <stdlib.h>
#include <string.h>

enum {
	TEXT_MAX = 1 << 20,
	RECORDS_MAX = 4000000,
};

struct sdreg_builder *sdreg_builder_new(void)
{
	return calloc(1, sizeof(struct sdreg_builder));
}

void sdreg_builder_free(struct sdreg_builder *builder)
{
	if (builder == NULL)
		return;
	pool_free(&builder->pool);
	free(builder->records);
	free(builder->people);
	free(builder->txt);
	free(builder->subjects);
	free(builder->keys);
	free(builder->values);
	free(builder);
}

void sdreg_builder_partial(struct sdreg_builder *builder)
{
	builder->flags |= IMAGE_PARTIAL;
}

void builder_facts(struct sdreg_builder *b)
{
	b->flags |= IMAGE_ABRIDGED;
}

void builder_abridge(struct sdreg_builder *b)
{
	b->records[b->records_count - 1].flags |= ENTRY_ABRIDGED;
}

/* Text on its way into the pool. */
struct cleaned {
	size_t len;
	uint64_t all; /* all its bytes, ored: without high bits it is ASCII */
	int nul; /* whether it has a NUL byte */
};

/* Copies text with each run of blanks made one space, or one line break where lines matter and the
 * run holds one; none at the ends. */
static struct cleaned collapse(struct sdreg_text text, int keep_lines, char *out)
{
	struct cleaned c = {text.len, 0, 0};
	char gap = '\0';
	if (word_text_is_clean(text.at, text.len, &c.all)) {
		memcpy(out, text.at, text.len);
		return c;
	}
	c = (struct cleaned){0, 0, 0};
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char byte = (unsigned char)text.at[i];
		if (ascii_is_blank(byte)) {
			if (gap != '\n')
				gap = keep_lines && byte == '\n' ? '\n' : ' ';
			continue;
		}
		if (gap != '\0' && c.len > 0)
			out[c.len++] = gap;
		gap = '\0';
		out[c.len++] = (char)byte;
		c.all |= byte;
		c.nul |= byte == '\0';
	}
	return c;
}

int builder_text(struct sdreg_builder *b, struct sdreg_text text, int keep_lines, uint32_t *offset,
	struct sdreg_error *err)
{
	const uint32_t guess = *offset;
	*offset = 0;
	if (text.len == 0)
		return SDREG_OK;
	if (text.len > TEXT_MAX)
		return error_set(err, SDREG_E_LIMIT, "a text is over 1 MiB");
	char *const room = pool_room(&b->pool, text.len);
	if (room == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for a text");
	const struct cleaned cleaned = collapse(text, keep_lines, room);
	if (cleaned.len == 0)
		return SDREG_OK;
	if (cleaned.nul)
		return error_set(err, SDREG_E_RECORD, "record left out: a NUL byte in it");
	if ((cleaned.all & UINT64_C(0x8080808080808080)) != 0 &&
		utf8_valid(room, cleaned.len) < cleaned.len)
		return error_set(err, SDREG_E_RECORD, "record left out: a text that is not UTF-8");
	*offset = pool_keep(&b->pool, cleaned.len, guess);
	if (*offset == 0)
		return error_set(err, SDREG_E_MEMORY, "no memory for a text");
	return SDREG_OK;
}

/* Adds a text as it is: how the source wrote something. */
static int add_markup(struct sdreg_builder *b, struct sdreg_text text, uint32_t *offset)
{
	*offset = 0;
	if (text.len == 0)
		return SDREG_OK;
	char *const room = pool_room(&b->pool, text.len);
	if (room == NULL)
		return SDREG_E_MEMORY;
	memcpy(room, text.at, text.len);
	if (memchr(room, '\0', text.len) != NULL || utf8_valid(room, text.len) < text.len)
		return SDREG_E_RECORD;
	*offset = pool_keep(&b->pool, text.len, 0);
	return *offset != 0 ? SDREG_OK : SDREG_E_MEMORY;
}

int sdreg_builder_frame(struct sdreg_builder *builder, enum sdreg_format format,
	struct sdreg_text frame)
{
	builder->flags &= ~(uint32_t)(IMAGE_FROM_XML | IMAGE_FROM_CSV);
	if (format == SDREG_FORMAT_XML)
		builder->flags |= IMAGE_FROM_XML;
	if (format == SDREG_FORMAT_CSV)
		builder->flags |= IMAGE_FROM_CSV;
	return add_markup(builder, frame, &builder->frame);
}

int sdreg_builder_title(struct sdreg_builder *builder, struct sdreg_text title)
{
	return builder_text(builder, title, 0, &builder->title, NULL);
}

int sdreg_builder_updated(struct sdreg_builder *builder, struct sdreg_text date)
{
	return builder_text(builder, date, 0, &builder->updated, NULL);
}

static struct sdreg_text trim(struct sdreg_text text)
{
	while (text.len > 0 && ascii_is_blank((unsigned char)text.at[0])) {
		text.at++;
		text.len--;
	}
	while (text.len > 0 && ascii_is_blank((unsigned char)text.at[text.len - 1]))
		text.len--;
	return text;
}

/* Reads digits at the front of text; the number stays under 65536. */
static int read_number(struct sdreg_text *text, uint16_t *out)
{
	uint32_t value = 0;
	size_t n = 0;
	for (; n < text->len && ascii_is_digit((unsigned char)text->at[n]); n++) {
		value = 10 * value + (uint32_t)(text->at[n] - '0');
		if (value > UINT16_MAX)
			return SDREG_E_RECORD;
	}
	if (n == 0 || (n > 1 && text->at[0] == '0'))
		return SDREG_E_RECORD;
	text->at += n;
	text->len -= n;
	*out = (uint16_t)value;
	return SDREG_OK;
}

static int read_port(struct sdreg_text text, struct built_record *record)
{
	text = trim(text);
	if (text.len == 0)
		return SDREG_OK;
	if (read_number(&text, &record->port_first) < 0)
		return SDREG_E_RECORD;
	record->port_last = record->port_first;
	if (text.len > 0 && text.at[0] == '-') {
		text.at++;
		text.len--;
		if (read_number(&text, &record->port_last) < 0)
			return SDREG_E_RECORD;
	}
	if (text.len > 0 || record->port_last < record->port_first)
		return SDREG_E_RECORD;
	record->flags |= ENTRY_HAS_PORT;
	return SDREG_OK;
}

static int read_transport(struct sdreg_text text, struct built_record *record)
{
	enum sdreg_transport transport = SDREG_TRANSPORT_NONE;
	text = trim(text);
	if (text.len > 0 && sdreg_transport_parse(text.at, text.len, &transport) < 0)
		return SDREG_E_RECORD;
	record->transport = (unsigned char)transport;
	return SDREG_OK;
}

/* Quotes the start of a bad value: bytes of the input, which whoever prints them makes safe. */
static int bad_value(struct sdreg_error *err, const char *what, struct sdreg_text value,
	const char *wanted)
{
	value = trim(value);
	return error_set(err, SDREG_E_RECORD, "record left out: %s \"%.*s\" is not %s", what,
		(int)(value.len < 40 ? value.len : 40), value.at, wanted);
}

static int add_spans(struct sdreg_builder *b, const struct sdreg_text *spans, size_t count,
	uint32_t *words, size_t *used)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t offset = 0;
		const int result = builder_text(b, spans[i], 0, &offset, NULL);
		if (result < 0)
			return result;
		words[(*used)++] = offset;
	}
	return SDREG_OK;
}

static int add_txt(struct sdreg_builder *b, const struct notes_txt *txt, uint32_t *out,
	struct sdreg_error *err)
{
	*out = 0;
	if (txt->kind == SDREG_TXT_KIND_ABSENT)
		return SDREG_OK;
	uint32_t words[3 + NOTES_KEYS + NOTES_REFERENCES] = {(uint32_t)txt->kind,
		(uint32_t)txt->keys_count, (uint32_t)txt->references_count};
	size_t used = 3;
	int result = add_spans(b, txt->keys, txt->keys_count, words, &used);
	if (result == SDREG_OK)
		result = add_spans(b, txt->references, txt->references_count, words, &used);
	uint32_t *const grown = result == SDREG_OK
		? grow(b->txt, &b->txt_size, b->txt_count + used, sizeof(*b->txt))
		: NULL;
	if (grown == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for TXT keys");
	b->txt = grown;
	memcpy(b->txt + b->txt_count, words, used * sizeof(*words));
	*out = (uint32_t)b->txt_count + 1;
	b->txt_count += used;
	return SDREG_OK;
}

static int read_note(struct sdreg_builder *b, struct sdreg_text note, uint32_t *out,
	struct sdreg_error *err)
{
	struct notes_txt txt;
	notes_read(note.at, note.len, &txt);
	return add_txt(b, &txt, out, err);
}

int builder_set_txt(struct sdreg_builder *b, const struct notes_txt *txt, struct sdreg_error *err)
{
	return add_txt(b, txt, &b->records[b->records_count - 1].txt, err);
}

static int add_columns(struct sdreg_builder *b, const struct sdreg_record *from,
	struct built_record *to, struct sdreg_error *err)
{
	const int warns = from->warning.len > 0;
	const struct sdreg_text *const columns[RECORD_COLUMNS] = {&from->name, &from->description,
		&from->assignee, warns ? &from->warning : &from->contact, &from->registered,
		&from->modified, &from->reference, &from->service_code, &from->unauthorized_use,
		&from->notes};
	if (b->records_count > 0) /* most services have a record for tcp and one like it for udp */
		memcpy(to->strings, b->records[b->records_count - 1].strings, sizeof(to->strings));
	for (size_t i = 0; i < RECORD_COLUMNS; i++) {
		if (columns[i] == &from->contact && from->contact.at == from->assignee.at &&
			from->contact.len == from->assignee.len) {
			to->strings[i] = to->strings[i - 1]; /* most often one text serves both */
			continue;
		}
		const int result = builder_text(b, *columns[i], columns[i] == &from->notes,
			&to->strings[i], err);
		if (result < 0)
			return result;
	}
	if (warns && to->strings[3] != 0)
		to->flags |= ENTRY_WARNS;
	const int result = add_markup(b, from->markup, &to->strings[RECORD_COLUMNS]);
	if (result == SDREG_E_RECORD)
		return error_set(err, result, "record left out: its markup is no UTF-8 text");
	if (result < 0)
		return error_set(err, result, "no memory for a text");
	return SDREG_OK;
}

/* Whether a record's name is a legal one. Neighbours often share their name, and the answer. */
static int gives_type(const struct sdreg_builder *b, uint32_t name)
{
	if (name == 0)
		return 0;
	if (b->records_count > 0 && b->records[b->records_count - 1].strings[0] == name)
		return (b->records[b->records_count - 1].flags & ENTRY_GIVES_TYPE) != 0;
	const char *const text = b->pool.bytes + name;
	return sdreg_service_name_faults(text, strlen(text)) == 0;
}

int sdreg_builder_add(struct sdreg_builder *builder, const struct sdreg_record *given,
	struct sdreg_error *err)
{
	struct sdreg_record sized;
	const struct sdreg_record *const record = &sized;
	struct built_record built;
	error_begin(err);
	if (!sized_take(&sized, sizeof(sized), given))
		return error_set(err, SDREG_E_ARGUMENT, "a record begins with its size");
	memset(&built, 0, sizeof(built));
	if (read_port(record->port, &built) < 0)
		return bad_value(err, "port", record->port, "N or A-B with 0 to 65535");
	if (read_transport(record->transport, &built) < 0)
		return bad_value(err, "transport", record->transport, "tcp, udp, sctp or dccp");
	if ((unsigned)record->known > SDREG_KNOWN_SEEN)
		return error_set(err, SDREG_E_RECORD, "record left out: no such way to know it");
	built.known = (unsigned char)record->known;
	if (builder->records_count >= RECORDS_MAX)
		return error_set(err, SDREG_E_LIMIT, "over %d records", RECORDS_MAX);
	struct built_record *const records = grow(builder->records, &builder->records_size,
		builder->records_count + 1, sizeof(*records));
	if (records == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for a record");
	builder->records = records;
	int result = add_columns(builder, record, &built, err);
	if (result == SDREG_OK) /* the last that can fail, for what it adds stays */
		result = read_note(builder, record->notes, &built.txt, err);
	if (result < 0)
		return result;
	if (gives_type(builder, built.strings[0]))
		built.flags |= ENTRY_GIVES_TYPE;
	builder->records[builder->records_count++] = built;
	return SDREG_OK;
}

int sdreg_builder_add_person(struct sdreg_builder *builder, const struct sdreg_person_record *given,
	struct sdreg_error *err)
{
	struct sdreg_person_record sized;
	const struct sdreg_person_record *const person = &sized;
	struct built_person built = {{0}};
	const struct sdreg_text *const texts[PERSON_COLUMNS] = {&person->id, &person->name,
		&person->organization, &person->uris, &person->updated};
	error_begin(err);
	if (!sized_take(&sized, sizeof(sized), given))
		return error_set(err, SDREG_E_ARGUMENT, "a person begins with its size");
	for (size_t i = 0; i < PERSON_COLUMNS; i++) {
		const int result = builder_text(builder, *texts[i], texts[i] == &person->uris,
			&built.strings[i], err);
		if (result < 0)
			return result;
	}
	const int result = add_markup(builder, person->markup, &built.strings[PERSON_COLUMNS]);
	if (result == SDREG_E_RECORD)
		return error_set(err, result, "person left out: its markup is no UTF-8 text");
	if (result < 0)
		return error_set(err, result, "no memory for a person");
	if (built.strings[0] == 0)
		return error_set(err, SDREG_E_RECORD, "person left out: no id");
	if (builder->people_count >= RECORDS_MAX)
		return error_set(err, SDREG_E_LIMIT, "over %d people", RECORDS_MAX);
	struct built_person *const people = grow(builder->people, &builder->people_size,
		builder->people_count + 1, sizeof(*people));
	if (people == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for a person");
	builder->people = people;
	builder->people[builder->people_count++] = built;
	return SDREG_OK;
}

struct sdreg_registry *sdreg_builder_finish(struct sdreg_builder *builder, struct sdreg_error *err)
{
	struct sdreg_registry *registry = NULL;
	unsigned char *image = NULL;
	size_t len;
	error_begin(err);
	if (builder->records_count == 0 && builder->keys_count == 0)
		error_set(err, SDREG_E_FORMAT, "there is no record in it that can be used");
	else
		image = builder_image(builder, &len, err);
	if (image != NULL)
		registry = image_open(image, OWNER_HEAP, err);
	if (registry == NULL)
		free(image);
	sdreg_builder_free(builder);
	return registry;
}
