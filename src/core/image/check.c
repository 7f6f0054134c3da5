/* SPDX-License-Identifier: MIT */

/* Whether bytes are an image: after this, no reader looks at a bound again. */

#include "check.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/hash.h"
#include "common/utf8.h"
#include "layout.h"

#include <sdreg/key.h>

#include <string.h>

/* The header's fields, once they are known to lie inside the image. */
struct frame {
	const unsigned char *image;
	uint32_t size;
	uint32_t entries;
	uint32_t entries_at;
	uint32_t people;
	uint32_t people_at;
	uint32_t slots;
	uint32_t slots_at;
	uint32_t ports_at;
	uint32_t pages;
	uint32_t lists;
	uint32_t lists_at;
	uint32_t subjects;
	uint32_t subjects_at;
	uint32_t keys;
	uint32_t keys_at;
	uint32_t values;
	uint32_t values_at;
	uint32_t txt_at;
	uint64_t budget; /* words of lists that may still be looked at */
	uint64_t txt_budget; /* the same of TXT records */
};

static void read_frame(const unsigned char *image, struct frame *f)
{
	f->image = image;
	f->size = le32(image + HEADER_SIZE);
	f->entries = le32(image + HEADER_ENTRIES);
	f->entries_at = le32(image + HEADER_ENTRIES_AT);
	f->people = le32(image + HEADER_PEOPLE);
	f->people_at = le32(image + HEADER_PEOPLE_AT);
	f->slots = le32(image + HEADER_SLOTS);
	f->slots_at = le32(image + HEADER_SLOTS_AT);
	f->ports_at = le32(image + HEADER_PORTS_AT);
	f->pages = le32(image + HEADER_PAGES);
	f->lists = le32(image + HEADER_LISTS);
	f->lists_at = le32(image + HEADER_LISTS_AT);
	f->subjects = le32(image + HEADER_SUBJECTS);
	f->subjects_at = le32(image + HEADER_SUBJECTS_AT);
	f->keys = le32(image + HEADER_KEYS);
	f->keys_at = le32(image + HEADER_KEYS_AT);
	f->values = le32(image + HEADER_VALUES);
	f->values_at = le32(image + HEADER_VALUES_AT);
	f->txt_at = le32(image + HEADER_TXT_AT);
	f->budget = 4 * (uint64_t)f->lists;
	f->txt_budget = ((uint64_t)f->size - f->txt_at) / 4;
}

/* Whether count records of a size fill exactly the space between two offsets. */
static int fills(uint32_t from, uint32_t to, uint32_t count, uint32_t record)
{
	return from <= to && to % 4 == 0 && (uint64_t)count * record == to - from;
}

static int valid_frame(const struct frame *f)
{
	const uint32_t pages_at = f->ports_at + IMAGE_PORTS_SIZE;
	return f->entries_at > IMAGE_HEADER_SIZE && f->entries_at % 4 == 0 &&
		f->entries_at <= f->size &&
		fills(f->entries_at, f->people_at, f->entries, IMAGE_ENTRY_SIZE) &&
		fills(f->people_at, f->slots_at, f->people, IMAGE_PERSON_SIZE) &&
		fills(f->slots_at, f->ports_at, f->slots, IMAGE_SLOT_SIZE) &&
		f->ports_at <= f->size - IMAGE_PORTS_SIZE &&
		fills(pages_at, f->lists_at, f->pages, IMAGE_PAGE_SIZE) &&
		fills(f->lists_at, f->subjects_at, f->lists, 4) &&
		fills(f->subjects_at, f->keys_at, f->subjects, IMAGE_SUBJECT_SIZE) &&
		fills(f->keys_at, f->values_at, f->keys, IMAGE_KEY_SIZE) &&
		fills(f->values_at, f->txt_at, f->values, IMAGE_VALUE_SIZE) &&
		f->txt_at <= f->size && f->size % 4 == 0 && f->entries + f->keys > 0 &&
		f->slots > 0 && (f->slots & (f->slots - 1)) == 0 && f->lists > 0;
}

static int valid_strings(const struct frame *f)
{
	const unsigned char *const strings = f->image + IMAGE_HEADER_SIZE;
	const uint32_t len = f->entries_at - IMAGE_HEADER_SIZE;
	return strings[0] == '\0' && strings[len - 1] == '\0' && utf8_valid(strings, len) == len;
}

/* Whether an offset lies in the string section. */
static int valid_offset(const struct frame *f, uint32_t offset)
{
	return offset >= IMAGE_HEADER_SIZE && offset < f->entries_at;
}

/* Whether the distance in a record leads into the string section. */
static int valid_string(const struct frame *f, uint32_t record, uint32_t distance)
{
	return distance <= record && valid_offset(f, record - distance);
}

/* Each entry has a TXT record of its own. The budget keeps an image that names a long one again and
 * again from taking for ever. */
static int valid_txt(struct frame *f, uint32_t record, uint32_t distance)
{
	if (distance == 0)
		return 1;
	if (distance % 4 != 0 || distance < f->txt_at - record ||
		distance > f->size - IMAGE_TXT_SIZE - record)
		return 0;
	const uint32_t at = record + distance;
	const uint32_t kind = le32(f->image + at);
	const uint32_t words = (uint32_t)le16(f->image + at + 4) + le16(f->image + at + 6);
	if (kind < SDREG_TXT_KIND_NONE || kind > SDREG_TXT_KIND_PROSE)
		return 0;
	if ((f->size - at - IMAGE_TXT_SIZE) / 4 < words || words > f->txt_budget)
		return 0;
	f->txt_budget -= words;
	for (uint32_t i = 0; i < words; i++)
		if (!valid_string(f, at, le32(f->image + at + IMAGE_TXT_SIZE + 4 * i)))
			return 0;
	return 1;
}

/* Whether the section of TXT records is that, one behind the other, to the end of the image. */
static int valid_txt_section(const struct frame *f)
{
	uint32_t at = f->txt_at;
	while (at < f->size) {
		if (f->size - at < IMAGE_TXT_SIZE)
			return 0;
		const unsigned char *const txt = f->image + at;
		const uint32_t words = (uint32_t)le16(txt + 4) + le16(txt + 6);
		if (le32(txt) < SDREG_TXT_KIND_NONE || le32(txt) > SDREG_TXT_KIND_PROSE ||
			(f->size - at - IMAGE_TXT_SIZE) / 4 < words)
			return 0;
		at += IMAGE_TXT_SIZE + 4 * words;
	}
	return 1;
}

/* Whether the strings that a record begins with, up to a field, are such. */
static int valid_record(const struct frame *f, uint32_t record, uint32_t end)
{
	for (uint32_t field = 0; field < end; field += 4)
		if (!valid_string(f, record, le32(f->image + record + field)))
			return 0;
	return 1;
}

static int valid_entries(struct frame *f)
{
	for (uint32_t i = 0; i < f->entries; i++) {
		const uint32_t record = f->entries_at + i * IMAGE_ENTRY_SIZE;
		const unsigned char *const entry = f->image + record;
		if (!valid_record(f, record, ENTRY_STRINGS_END) ||
			entry[ENTRY_TRANSPORT] > SDREG_TRANSPORT_DCCP ||
			entry[ENTRY_KNOWN] > SDREG_KNOWN_SEEN ||
			le16(entry + ENTRY_PORT_FIRST) > le16(entry + ENTRY_PORT_LAST) ||
			!valid_txt(f, record, le32(entry + ENTRY_TXT)))
			return 0;
	}
	return 1;
}

static int valid_people(const struct frame *f)
{
	for (uint32_t i = 0; i < f->people; i++)
		if (!valid_record(f, f->people_at + i * IMAGE_PERSON_SIZE, PERSON_STRINGS_END))
			return 0;
	return 1;
}

/* Whether a count from the first on is there. */
static int valid_run(uint32_t first, uint32_t count, uint32_t all)
{
	return first <= all && count <= all - first;
}

/* Whether a subject may stand behind another: else who looks for the key behind one could walk in a
 * circle. */
static int is_sorted(const unsigned char *before, const unsigned char *s)
{
	const int order =
		ascii_compare(image_string(before, SUBJECT_TYPE), image_string(s, SUBJECT_TYPE));
	return order < 0 ||
		(order == 0 &&
			le32(s + SUBJECT_FIRST) - le32(before + SUBJECT_FIRST) >=
				le32(before + SUBJECT_COUNT) &&
			le32(s + SUBJECT_FIRST) > le32(before + SUBJECT_FIRST));
}

static int valid_subjects(const struct frame *f)
{
	uint64_t type_keys = 0; /* few, or to look for one would take for ever */
	for (uint32_t i = 0; i < f->subjects; i++) {
		const uint32_t record = f->subjects_at + i * IMAGE_SUBJECT_SIZE;
		const unsigned char *const s = f->image + record;
		if (!valid_record(f, record, SUBJECT_TYPE + 4) ||
			strnlen(image_string(s, SUBJECT_TYPE), IMAGE_TYPE_TEXT_MAX) ==
				IMAGE_TYPE_TEXT_MAX ||
			le32(s + SUBJECT_COUNT) == 0 ||
			!valid_run(le32(s + SUBJECT_FIRST), le32(s + SUBJECT_COUNT), f->keys) ||
			(i > 0 && !is_sorted(s - IMAGE_SUBJECT_SIZE, s)))
			return 0;
		type_keys += le32(s + SUBJECT_COUNT);
	}
	return type_keys <= IMAGE_TYPE_KEYS_MAX;
}

static int valid_keys(const struct frame *f)
{
	for (uint32_t i = 0; i < f->keys; i++) {
		const uint32_t record = f->keys_at + i * IMAGE_KEY_SIZE;
		const unsigned char *const k = f->image + record;
		if (!valid_record(f, record, KEY_STRINGS_END) ||
			!valid_run(le32(k + KEY_FIRST), le16(k + KEY_COUNT), f->values) ||
			k[KEY_NEED] > SDREG_KEY_NEED_FORMER || k[KEY_FORM] > SDREG_KEY_FORM_PATH ||
			k[KEY_TELLS] > SDREG_KEY_TELLS_PAGE || k[KEY_CLOSED] > 1)
			return 0;
	}
	for (uint32_t i = 0; i < f->values; i++) {
		const uint32_t record = f->values_at + i * IMAGE_VALUE_SIZE;
		const unsigned char *const v = f->image + record;
		if (!valid_record(f, record, VALUE_STRINGS_END) || v[VALUE_BIT] > 63 ||
			v[VALUE_BITS] > VALUE_BITS_MAX || v[VALUE_BIT] + v[VALUE_BITS] > 64)
			return 0;
	}
	return 1;
}

/* A list is referred to from one place, or from few. The budget keeps an image that names a long
 * one again and again from taking for ever. */
static int valid_list(struct frame *f, uint32_t list)
{
	if (list >= f->lists)
		return 0;
	const unsigned char *const at = f->image + f->lists_at + 4 * (size_t)list;
	const uint32_t count = le32(at);
	if (count > f->lists - list - 1 || count > f->budget)
		return 0;
	f->budget -= count;
	uint32_t next = 0; /* ascending: a search goes on behind the entry found last */
	for (uint32_t i = 1; i <= count; i++) {
		const uint32_t entry = le32(at + 4 * (size_t)i);
		if (entry < next || entry >= f->entries)
			return 0;
		next = entry + 1;
	}
	return 1;
}

static int valid_slots(struct frame *f)
{
	uint32_t free_slots = 0;
	for (uint32_t i = 0; i < f->slots; i++) {
		const size_t slot = f->slots_at + IMAGE_SLOT_SIZE * (size_t)i;
		const uint32_t list = le32(f->image + slot + 4);
		const uint32_t name = le32(f->image + slot + 8);
		free_slots += list == 0;
		if (list != 0 && (!valid_list(f, list) || !valid_offset(f, name)))
			return 0;
	}
	return free_slots > 0;
}

static int valid_ports(struct frame *f)
{
	const unsigned char *const ports = f->image + f->ports_at;
	const unsigned char *const pages = ports + IMAGE_PORTS_SIZE;
	for (size_t i = 0; i < 256; i++)
		if (le32(ports + 4 * i) >= f->pages)
			return 0;
	uint32_t last = 0; /* neighbours share a list, and checking it once will do */
	for (size_t i = 0; i < 256 * (size_t)f->pages; i++) {
		const uint32_t list = le32(pages + 4 * i);
		if (list != last && !valid_list(f, list))
			return 0;
		last = list;
	}
	return 1;
}

static int damaged(struct sdreg_error *err, const char *where)
{
	return error_set(err, SDREG_E_FORMAT,
		"the image is damaged (%s); make it again from IANA's XML or CSV", where);
}

int image_check(const unsigned char *image, size_t len, struct sdreg_error *err)
{
	if (len < IMAGE_HEADER_SIZE || memcmp(image, IMAGE_MAGIC, 8) != 0)
		return error_set(err, SDREG_E_FORMAT, "this is no sdreg image");
	if (le32(image + HEADER_VERSION) != IMAGE_VERSION)
		return error_set(err, SDREG_E_FORMAT,
			"the image is of version %lu, this sdreg reads version %d; make it again",
			(unsigned long)le32(image + HEADER_VERSION), IMAGE_VERSION);
	if (len > IMAGE_BYTES_MAX || len < IMAGE_HEADER_SIZE + IMAGE_PORTS_SIZE ||
		le32(image + HEADER_SIZE) != len)
		return damaged(err, "size");
	if (hash_image(image + HEADER_SUM + 8, len - HEADER_SUM - 8) != le64(image + HEADER_SUM))
		return damaged(err, "checksum");
	struct frame f;
	read_frame(image, &f);
	if (!valid_frame(&f))
		return damaged(err, "sections");
	if (!valid_strings(&f) || !valid_offset(&f, le32(image + HEADER_TITLE)) ||
		!valid_offset(&f, le32(image + HEADER_UPDATED)) ||
		!valid_offset(&f, le32(image + HEADER_FRAME)))
		return damaged(err, "strings");
	if (!valid_entries(&f) || !valid_txt_section(&f))
		return damaged(err, "entries");
	if (!valid_people(&f))
		return damaged(err, "people");
	if (!valid_subjects(&f) || !valid_keys(&f))
		return damaged(err, "keys");
	if (!valid_slots(&f) || !valid_ports(&f) || le32(image + f.lists_at) != 0)
		return damaged(err, "indices");
	return SDREG_OK;
}
