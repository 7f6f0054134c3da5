/* SPDX-License-Identifier: MIT */

/* Laying out what was built as an image; see image.h. */

#include "common/ascii.h"
#include "common/error.h"
#include "common/hash.h"
#include "image.h"
#include "index.h"

#include <stdlib.h>
#include <string.h>

/* Where each section goes. */
struct layout {
	size_t entries_at;
	size_t people_at;
	size_t slots_at;
	size_t ports_at;
	size_t pages_at;
	size_t lists_at;
	size_t subjects_at;
	size_t keys_at;
	size_t values_at;
	size_t txt_at;
	size_t size;
	size_t people; /* count, without those of an id that an earlier one has */
	size_t subjects; /* count, without those that say nothing */
};

/* Bytes of all TXT records: their three numbers shrink into eight bytes. */
static size_t txt_bytes(const struct sdreg_builder *b)
{
	size_t bytes = 0;
	for (size_t i = 0; i < b->txt_count;) {
		const size_t strings = b->txt[i + 1] + b->txt[i + 2];
		bytes += IMAGE_TXT_SIZE + 4 * strings;
		i += 3 + strings;
	}
	return bytes;
}

/* The counts of people and subjects are set already. */
static void lay_out(const struct sdreg_builder *b, const struct builder_index *index,
	struct layout *at)
{
	const size_t least = IMAGE_HEADER_SIZE + 1; /* the empty string */
	const size_t strings_end = b->pool.len > least ? b->pool.len : least;
	at->entries_at = (strings_end + 3) / 4 * 4;
	at->people_at = at->entries_at + IMAGE_ENTRY_SIZE * b->records_count;
	at->slots_at = at->people_at + IMAGE_PERSON_SIZE * at->people;
	at->ports_at = at->slots_at + IMAGE_SLOT_SIZE * index->slots_count;
	at->pages_at = at->ports_at + IMAGE_PORTS_SIZE;
	at->lists_at = at->pages_at + IMAGE_PAGE_SIZE * index->pages_count;
	at->subjects_at = at->lists_at + 4 * index->lists_count;
	at->keys_at = at->subjects_at + IMAGE_SUBJECT_SIZE * at->subjects;
	at->values_at = at->keys_at + IMAGE_KEY_SIZE * b->keys_count;
	at->txt_at = at->values_at + IMAGE_VALUE_SIZE * b->values_count;
	at->size = at->txt_at + txt_bytes(b);
}

static void put_words(unsigned char *to, const uint32_t *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_le32(to + 4 * i, words[i]);
}

/* The offset of a string in the image. */
static size_t string_at(uint32_t offset)
{
	return offset != 0 ? offset : IMAGE_HEADER_SIZE;
}

/* Writes strings as distances from a record that lies at an offset of the image. */
static void put_strings(unsigned char *to, const uint32_t *strings, size_t count, size_t record)
{
	for (size_t i = 0; i < count; i++)
		put_le32(to + 4 * i, (uint32_t)(record - string_at(strings[i])));
}

/* Writes a TXT record. Gives its size. */
static size_t put_txt(unsigned char *to, const uint32_t *txt, size_t record)
{
	put_le32(to, txt[0]);
	put_le16(to + 4, (uint16_t)txt[1]);
	put_le16(to + 6, (uint16_t)txt[2]);
	put_strings(to + IMAGE_TXT_SIZE, txt + 3, txt[1] + txt[2], record);
	return IMAGE_TXT_SIZE + 4 * (size_t)(txt[1] + txt[2]);
}

static void put_entries(const struct sdreg_builder *b, const struct layout *at,
	unsigned char *image)
{
	size_t txt_at = at->txt_at;
	for (size_t i = 0; i < b->records_count; i++) {
		const struct built_record *const r = &b->records[i];
		const size_t record = at->entries_at + IMAGE_ENTRY_SIZE * i;
		unsigned char *const entry = image + record;
		put_strings(entry, r->strings, RECORD_STRINGS, record);
		put_le16(entry + ENTRY_PORT_FIRST, r->port_first);
		put_le16(entry + ENTRY_PORT_LAST, r->port_last);
		entry[ENTRY_TRANSPORT] = r->transport;
		entry[ENTRY_FLAGS] = r->flags;
		entry[ENTRY_KNOWN] = r->known;
		if (r->txt == 0)
			continue;
		put_le32(entry + ENTRY_TXT, (uint32_t)(txt_at - record));
		txt_at += put_txt(image + txt_at, b->txt + r->txt - 1, txt_at);
	}
}

/* Something to be sorted by a string: qsort() gives no context, so the string comes along. */
struct sorted {
	const char *by;
	size_t index;
	uint32_t then; /* by which those of one string are sorted */
};

static int compare_indices(const struct sorted *a, const struct sorted *b)
{
	return a->index < b->index ? -1 : a->index > b->index;
}

static int compare_people(const void *a, const void *b)
{
	const struct sorted *const left = a;
	const struct sorted *const right = b;
	const int order = strcmp(left->by, right->by);
	return order != 0 ? order : compare_indices(left, right);
}

static int compare_subjects(const void *a, const void *b)
{
	const struct sorted *const left = a;
	const struct sorted *const right = b;
	const int order = ascii_compare(left->by, right->by);
	if (order != 0)
		return order;
	if (left->then != right->then)
		return left->then < right->then ? -1 : 1;
	return compare_indices(left, right);
}

/* Sorts people by id, the first of each only. NULL for want of memory. */
static struct sorted *sort_people(const struct sdreg_builder *b, size_t *count)
{
	struct sorted *const people = calloc(b->people_count + 1, sizeof(*people));
	*count = 0;
	if (people == NULL)
		return NULL;
	for (size_t i = 0; i < b->people_count; i++)
		people[i] = (struct sorted){b->pool.bytes + b->people[i].strings[0], i, 0};
	qsort(people, b->people_count, sizeof(*people), compare_people);
	for (size_t i = 0; i < b->people_count; i++)
		if (i == 0 || strcmp(people[i].by, people[i - 1].by) != 0)
			people[(*count)++] = people[i];
	return people;
}

/* Whether a subject has the type and the keys of the one before: a type was named twice. */
static int is_again(const struct sdreg_builder *b, const struct sorted *before,
	const struct sorted *subject)
{
	return b->subjects[before->index].first == b->subjects[subject->index].first &&
		ascii_compare(before->by, subject->by) == 0;
}

/* Sorts the subjects that have keys by type; those of one type by their keys. NULL for
 * want of memory. */
static struct sorted *sort_subjects(const struct sdreg_builder *b, size_t *count)
{
	struct sorted *const subjects = calloc(b->subjects_count + 1, sizeof(*subjects));
	size_t with_keys = 0;
	*count = 0;
	if (subjects == NULL)
		return NULL;
	for (size_t i = 0; i < b->subjects_count; i++)
		if (b->subjects[i].count > 0)
			subjects[with_keys++] = (struct sorted){b->pool.bytes + b->subjects[i].type,
				i, b->subjects[i].first};
	qsort(subjects, with_keys, sizeof(*subjects), compare_subjects);
	for (size_t i = 0; i < with_keys; i++)
		if (i == 0 || !is_again(b, &subjects[i - 1], &subjects[i]))
			subjects[(*count)++] = subjects[i];
	return subjects;
}

static void put_people(const struct sdreg_builder *b, const struct sorted *people,
	const struct layout *at, unsigned char *image)
{
	for (size_t i = 0; i < at->people; i++) {
		const size_t record = at->people_at + IMAGE_PERSON_SIZE * i;
		put_strings(image + record, b->people[people[i].index].strings, PERSON_STRINGS,
			record);
		put_le32(image + record + PERSON_POSITION, (uint32_t)people[i].index);
	}
}

static void put_subjects(const struct sdreg_builder *b, const struct sorted *subjects,
	const struct layout *at, unsigned char *image)
{
	for (size_t i = 0; i < at->subjects; i++) {
		const size_t record = at->subjects_at + IMAGE_SUBJECT_SIZE * i;
		const struct built_subject *const s = &b->subjects[subjects[i].index];
		put_strings(image + record, &s->type, 1, record);
		put_le32(image + record + SUBJECT_FIRST, s->first);
		put_le32(image + record + SUBJECT_COUNT, s->count);
	}
}

static void put_keys(const struct sdreg_builder *b, const struct layout *at, unsigned char *image)
{
	for (size_t i = 0; i < b->keys_count; i++) {
		const size_t record = at->keys_at + IMAGE_KEY_SIZE * i;
		const struct built_key *const k = &b->keys[i];
		put_strings(image + record, k->strings, KEY_STRINGS, record);
		put_le32(image + record + KEY_FIRST, k->first);
		put_le16(image + record + KEY_COUNT, k->count);
		image[record + KEY_NEED] = k->need;
		image[record + KEY_FORM] = k->form;
		image[record + KEY_TELLS] = k->tells;
		image[record + KEY_CLOSED] = k->is_closed;
	}
	for (size_t i = 0; i < b->values_count; i++) {
		const size_t record = at->values_at + IMAGE_VALUE_SIZE * i;
		put_strings(image + record, b->values[i].strings, VALUE_STRINGS, record);
		image[record + VALUE_BIT] = b->values[i].bit;
		image[record + VALUE_BITS] = b->values[i].bits;
		put_le16(image + record + VALUE_NUMBER, b->values[i].number);
	}
}

static void put_header(const struct sdreg_builder *b, const struct builder_index *index,
	const struct layout *at, unsigned char *image)
{
	memcpy(image + HEADER_MAGIC, IMAGE_MAGIC, 8);
	put_le32(image + HEADER_VERSION, IMAGE_VERSION);
	put_le32(image + HEADER_SIZE, (uint32_t)at->size);
	put_le32(image + HEADER_FLAGS, b->flags);
	put_le32(image + HEADER_ENTRIES, (uint32_t)b->records_count);
	put_le32(image + HEADER_ENTRIES_AT, (uint32_t)at->entries_at);
	put_le32(image + HEADER_PEOPLE, (uint32_t)at->people);
	put_le32(image + HEADER_PEOPLE_AT, (uint32_t)at->people_at);
	put_le32(image + HEADER_SLOTS, (uint32_t)index->slots_count);
	put_le32(image + HEADER_SLOTS_AT, (uint32_t)at->slots_at);
	put_le32(image + HEADER_PORTS_AT, (uint32_t)at->ports_at);
	put_le32(image + HEADER_PAGES, (uint32_t)index->pages_count);
	put_le32(image + HEADER_LISTS, (uint32_t)index->lists_count);
	put_le32(image + HEADER_LISTS_AT, (uint32_t)at->lists_at);
	put_le32(image + HEADER_TXT_AT, (uint32_t)at->txt_at);
	put_le32(image + HEADER_TITLE, (uint32_t)string_at(b->title));
	put_le32(image + HEADER_UPDATED, (uint32_t)string_at(b->updated));
	put_le32(image + HEADER_FRAME, (uint32_t)string_at(b->frame));
	put_le32(image + HEADER_SUBJECTS, (uint32_t)at->subjects);
	put_le32(image + HEADER_SUBJECTS_AT, (uint32_t)at->subjects_at);
	put_le32(image + HEADER_KEYS, (uint32_t)b->keys_count);
	put_le32(image + HEADER_KEYS_AT, (uint32_t)at->keys_at);
	put_le32(image + HEADER_VALUES, (uint32_t)b->values_count);
	put_le32(image + HEADER_VALUES_AT, (uint32_t)at->values_at);
	put_le64(image + HEADER_SUM, hash_image(image + HEADER_SUM + 8, at->size - HEADER_SUM - 8));
}

/* Fills an image whose strings are there and whose other bytes are zeros. */
static void fill(const struct sdreg_builder *b, const struct builder_index *index,
	const struct layout *at, unsigned char *image)
{
	put_words(image + at->slots_at, index->slots, 3 * index->slots_count);
	put_words(image + at->ports_at, index->ports, 256);
	put_words(image + at->pages_at, index->pages, 256 * index->pages_count);
	put_words(image + at->lists_at, index->lists, index->lists_count);
	put_entries(b, at, image);
}

/* Makes an image of the pool: its strings are where they belong. NULL for want of memory. */
static unsigned char *take_strings(struct sdreg_builder *b, size_t size)
{
	unsigned char *const image = realloc(b->pool.bytes, size);
	if (image == NULL)
		return NULL;
	memset(image + b->pool.len, 0, size - b->pool.len);
	b->pool.bytes = NULL;
	return image;
}

unsigned char *builder_image(struct sdreg_builder *b, size_t *len, struct sdreg_error *err)
{
	struct builder_index index;
	unsigned char *image = NULL;
	struct layout at;
	struct sorted *const people = sort_people(b, &at.people);
	struct sorted *const subjects = sort_subjects(b, &at.subjects);
	if (builder_index(b, &index, err) < 0)
		goto out;
	if (people == NULL || subjects == NULL) {
		error_set(err, SDREG_E_MEMORY, "no memory for an image");
		goto out;
	}
	lay_out(b, &index, &at);
	if (at.size > IMAGE_BYTES_MAX) {
		error_set(err, SDREG_E_LIMIT, "the image would be over 256 MiB");
		goto out;
	}
	image = take_strings(b, at.size);
	if (image == NULL) {
		error_set(err, SDREG_E_MEMORY, "no memory for an image");
		goto out;
	}
	fill(b, &index, &at, image);
	put_people(b, people, &at, image);
	put_subjects(b, subjects, &at, image);
	put_keys(b, &at, image);
	put_header(b, &index, &at, image);
	*len = at.size;
out:
	builder_index_free(&index);
	free(people);
	free(subjects);
	return image;
}
