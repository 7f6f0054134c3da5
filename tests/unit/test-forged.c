/* SPDX-License-Identifier: MIT */

/* Images whose checksum is right and one field is not: each is refused, and says where. */

#include "table.h"

#include "common/hash.h"
#include "core/image/image.h"

#include <stdlib.h>

static const struct row rows[] = {
	{"http", "80", "tcp", "World Wide Web", "Defined TXT keys: u, p"},
	{"http", "80", "udp", "World Wide Web", NULL},
	{"x11", "6000-6063", "tcp", NULL, NULL},
	{NULL, "6000", NULL, "Unassigned", NULL},
};

/* What was built, in a block of its size. */
static unsigned char *finish(struct sdreg_builder *b, size_t *len)
{
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	const void *const image = sdreg_registry_image(r, len);
	unsigned char *const copy = malloc(*len);
	assert_non_null(copy);
	memcpy(copy, image, *len);
	sdreg_registry_close(r);
	return copy;
}

/* An image of these rows, of count more records named "same", and of a person. */
static unsigned char *make_image(unsigned count, size_t *len)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_person_record person = {.size = sizeof(person), .id = table_text("P")};
	const struct sdreg_record same = {.size = sizeof(same), .name = table_text("same")};
	assert_non_null(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_record record = table_record(&rows[i]);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	while (count-- > 0)
		assert_int_equal(sdreg_builder_add(b, &same, NULL), 0);
	assert_int_equal(sdreg_builder_add_person(b, &person, NULL), 0);
	return finish(b, len);
}

/* Makes the checksum right, opens, and wants to be refused for this part. Frees the image. */
static void refuse(const char *what, unsigned char *image, size_t len, const char *part)
{
	struct sdreg_error err = {.size = sizeof(err)};
	char wanted[100];
	snprintf(wanted, sizeof(wanted),
		"the image is damaged (%s); make it again from IANA's XML or CSV", part);
	put_le64(image + HEADER_SUM, hash_image(image + HEADER_SUM + 8, len - HEADER_SUM - 8));
	struct sdreg_registry *const r = sdreg_registry_open_bytes(image, len, "in.image", &err);
	free(image);
	if (r != NULL || err.code != SDREG_E_FORMAT || strcmp(err.text, wanted) != 0 ||
		strcmp(err.file, "in.image") != 0)
		fail_msg("%s: %s (%d)", what, r != NULL ? "opened" : err.text, err.code);
}

enum {
	IN_HEADER = -1 /* at counts from the first byte of the image */
};

static const struct forgery {
	const char *what;
	int section; /* the header's field that says where it begins */
	int at; /* from there; may be before it */
	unsigned bytes; /* of the number */
	uint32_t value;
	const char *part;
} forgeries[] = {
	{"no entries", IN_HEADER, HEADER_ENTRIES, 4, 0, "sections"},
	{"an entry more", IN_HEADER, HEADER_ENTRIES, 4, 5, "sections"},
	{"entries past counting", IN_HEADER, HEADER_ENTRIES, 4, UINT32_MAX, "sections"},
	{"entries in the header", IN_HEADER, HEADER_ENTRIES_AT, 4, 76, "sections"},
	{"entries behind the image", IN_HEADER, HEADER_ENTRIES_AT, 4, 1U << 31, "sections"},
	{"a person more", IN_HEADER, HEADER_PEOPLE, 4, 2, "sections"},
	{"people behind the image", IN_HEADER, HEADER_PEOPLE_AT, 4, UINT32_MAX - 3, "sections"},
	{"no slots", IN_HEADER, HEADER_SLOTS, 4, 0, "sections"},
	{"slots that are no power of two", IN_HEADER, HEADER_SLOTS, 4, 7, "sections"},
	{"slots at nought", IN_HEADER, HEADER_SLOTS_AT, 4, 0, "sections"},
	{"ports at the end", IN_HEADER, HEADER_PORTS_AT, 4, UINT32_MAX - 1023, "sections"},
	{"pages past counting", IN_HEADER, HEADER_PAGES, 4, 1 << 22, "sections"},
	{"no lists", IN_HEADER, HEADER_LISTS, 4, 0, "sections"},
	{"lists behind the image", IN_HEADER, HEADER_LISTS_AT, 4, 1U << 30, "sections"},
	{"TXT behind the image", IN_HEADER, HEADER_TXT_AT, 4, 1U << 30, "sections"},
	{"a title in the header", IN_HEADER, HEADER_TITLE, 4, 79, "strings"},
	{"a title behind the image", IN_HEADER, HEADER_TITLE, 4, UINT32_MAX, "strings"},
	{"a date in the header", IN_HEADER, HEADER_UPDATED, 4, 0, "strings"},
	{"no empty string", IN_HEADER, IMAGE_HEADER_SIZE, 1, 'x', "strings"},
	{"strings without an end", HEADER_ENTRIES_AT, -1, 1, 'x', "strings"},
	{"strings that are not UTF-8", IN_HEADER, IMAGE_HEADER_SIZE + 1, 1, 0xff, "strings"},
	{"a name that is its record", HEADER_ENTRIES_AT, ENTRY_NAME, 4, 0, "entries"},
	{"a name before the image", HEADER_ENTRIES_AT, ENTRY_NAME, 4, UINT32_MAX, "entries"},
	{"a note before the image", HEADER_ENTRIES_AT, ENTRY_NOTES, 4, 1 << 16, "entries"},
	{"a range that goes down", HEADER_ENTRIES_AT, ENTRY_PORT_FIRST, 2, 81, "entries"},
	{"a fifth transport", HEADER_ENTRIES_AT, ENTRY_TRANSPORT, 1, 5, "entries"},
	{"TXT at an odd place", HEADER_ENTRIES_AT, ENTRY_TXT, 4, 4097, "entries"},
	{"TXT among the entries", HEADER_ENTRIES_AT, ENTRY_TXT, 4, 4, "entries"},
	{"TXT past the end", HEADER_ENTRIES_AT, ENTRY_TXT, 4, 1U << 31, "entries"},
	{"TXT of no kind", HEADER_TXT_AT, 0, 4, 0, "entries"},
	{"TXT of a seventh kind", HEADER_TXT_AT, 0, 4, 7, "entries"},
	{"more TXT keys than bytes", HEADER_TXT_AT, 4, 2, 3, "entries"},
	{"all the TXT keys there can be", HEADER_TXT_AT, 4, 2, UINT16_MAX, "entries"},
	{"more references than bytes", HEADER_TXT_AT, 6, 2, UINT16_MAX, "entries"},
	{"a key before the image", HEADER_TXT_AT, IMAGE_TXT_SIZE, 4, UINT32_MAX, "entries"},
	{"a key that is its record", HEADER_TXT_AT, IMAGE_TXT_SIZE + 4, 4, 0, "entries"},
	{"an id that is its record", HEADER_PEOPLE_AT, PERSON_ID, 4, 0, "people"},
	{"a date before the image", HEADER_PEOPLE_AT, PERSON_UPDATED, 4, UINT32_MAX, "people"},
	{"a page too many", HEADER_PORTS_AT, 0, 4, 1000, "indices"},
	{"a last page too many", HEADER_PORTS_AT, 4 * 255, 4, UINT32_MAX, "indices"},
	{"a port's list too many", HEADER_PORTS_AT, IMAGE_PORTS_SIZE, 4, 1000, "indices"},
	{"something in the empty list", HEADER_LISTS_AT, 0, 4, 1, "indices"},
	{"a list past the end", HEADER_LISTS_AT, 4, 4, 1000, "indices"},
	{"a list past counting", HEADER_LISTS_AT, 4, 4, UINT32_MAX, "indices"},
	{"an entry that is not there", HEADER_LISTS_AT, 8, 4, 4, "indices"},
	{"an entry twice", HEADER_LISTS_AT, 12, 4, 0, "indices"},
	{"entries that descend", HEADER_LISTS_AT, 8, 4, 3, "indices"},
};

static void test_forgeries(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forgeries) / sizeof(forgeries[0]); i++) {
		const struct forgery *const f = &forgeries[i];
		size_t len;
		unsigned char *const image = make_image(0, &len);
		const size_t base = f->section == IN_HEADER ? 0 : le32(image + f->section);
		const size_t at = (size_t)((long)base + f->at);
		assert_true(at + f->bytes <= len);
		for (unsigned k = 0; k < f->bytes; k++)
			image[at + k] = (unsigned char)(f->value >> (8 * k));
		refuse(f->what, image, len, f->part);
	}
}

/* Every slot but those that are free: a list, then a name that does not exist. */
static void test_slots(void **state)
{
	static const struct {
		const char *what;
		size_t at; /* in the slot */
		uint32_t value;
	} fields[] = {
		{"a list too many", 4, 1000},
		{"a list past counting", 4, UINT32_MAX},
		{"a name in the header", 8, 79},
		{"a name behind the image", 8, UINT32_MAX},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		size_t len;
		unsigned char *const image = make_image(0, &len);
		unsigned char *slot = image + le32(image + HEADER_SLOTS_AT);
		while (le32(slot + 4) == 0)
			slot += IMAGE_SLOT_SIZE;
		put_le32(slot + fields[i].at, fields[i].value);
		refuse(fields[i].what, image, len, "indices");
	}
}

/* Without a free slot the search for a name that is not there would never end. */
static void test_full_slots(void **state)
{
	size_t len;
	unsigned char *const image = make_image(0, &len);
	unsigned char *const slots = image + le32(image + HEADER_SLOTS_AT);
	const uint32_t count = le32(image + HEADER_SLOTS);
	uint32_t used = 0;
	(void)state;
	while (le32(slots + IMAGE_SLOT_SIZE * used + 4) == 0)
		used++;
	for (uint32_t i = 0; i < count; i++)
		if (le32(slots + IMAGE_SLOT_SIZE * i + 4) == 0)
			memcpy(slots + IMAGE_SLOT_SIZE * i, slots + IMAGE_SLOT_SIZE * used,
				IMAGE_SLOT_SIZE);
	refuse("no free slot", image, len, "indices");
}

/* A long list that is named again and again would be checked for ever. */
static void test_budget(void **state)
{
	size_t len;
	unsigned char *const image = make_image(1000, &len);
	const unsigned char *slot = image + le32(image + HEADER_SLOTS_AT);
	const unsigned char *const lists = image + le32(image + HEADER_LISTS_AT);
	unsigned char *const page = image + le32(image + HEADER_PORTS_AT) + IMAGE_PORTS_SIZE;
	(void)state;
	while (le32(slot + 4) == 0 || le32(lists + 4 * (size_t)le32(slot + 4)) != 1000)
		slot += IMAGE_SLOT_SIZE;
	for (size_t i = 0; i < 256; i += 2)
		put_le32(page + 4 * i, le32(slot + 4));
	refuse("a long list for every other port", image, len, "indices");
}

/* The same of a TXT record. */
static void test_txt_budget(void **state)
{
	size_t len;
	unsigned char *const image = make_image(1000, &len);
	unsigned char *const entries = image + le32(image + HEADER_ENTRIES_AT);
	(void)state;
	for (uint32_t i = 1; i < le32(image + HEADER_ENTRIES); i++)
		put_le32(entries + IMAGE_ENTRY_SIZE * (size_t)i + ENTRY_TXT,
			le32(entries + ENTRY_TXT) - IMAGE_ENTRY_SIZE * i);
	refuse("a TXT record for all entries", image, len, "entries");
}

/* Keys that all of many types have: to walk over them would take for ever. */
static void test_type_keys(void **state)
{
	enum { MANY = 1500 }; /* squared, over two millions */
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	struct sdreg_builder *const b = sdreg_builder_new();
	size_t len;
	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		char type[24];
		snprintf(type, sizeof(type), "_a%zu._tcp", i);
		assert_int_equal(sdreg_builder_begin_keys(b, table_text(type), NULL), 0);
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	}
	unsigned char *const image = finish(b, &len);
	unsigned char *const subjects = image + le32(image + HEADER_SUBJECTS_AT);
	for (size_t i = 0; i < MANY; i++) {
		put_le32(subjects + IMAGE_SUBJECT_SIZE * i + SUBJECT_FIRST, 0);
		put_le32(subjects + IMAGE_SUBJECT_SIZE * i + SUBJECT_COUNT, MANY);
	}
	refuse("keys that all types have", image, len, "keys");
}

/* Types whose keys lie one behind the other; a walk that finds the key behind one needs them so. */
static void test_subjects(void **state)
{
	static const char *const types[] = {"_a._tcp", "_a._tcp _A._tcp", "_b._tcp", "_c._tcp"};
	static const struct {
		const char *what;
		size_t subject;
		size_t at;
		uint32_t value;
		int opens;
	} rows_of[] = {
		{"as it was", 0, SUBJECT_COUNT, 2, 1},
		{"no keys", 1, SUBJECT_COUNT, 0, 0},
		{"a key of the next one", 0, SUBJECT_COUNT, 3, 0},
		{"a key less", 0, SUBJECT_COUNT, 1, 1},
		{"a key of the one before", 1, SUBJECT_FIRST, 1, 0},
		{"the keys of the one before", 1, SUBJECT_FIRST, 0, 0},
		{"a key of another type", 2, SUBJECT_FIRST, 0, 1},
		{"a key too many", 2, SUBJECT_COUNT, 5, 0},
	};
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	(void)state;
	for (size_t i = 0; i < sizeof(rows_of) / sizeof(rows_of[0]); i++) {
		struct sdreg_builder *const b = sdreg_builder_new();
		size_t len;
		for (size_t t = 0; t < 4; t++) {
			assert_int_equal(sdreg_builder_begin_keys(b, table_text(types[t]), NULL),
				0);
			for (size_t k = 0; k < 2 && t < 3; k++)
				assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		}
		unsigned char *const image = finish(b, &len);
		/* neither the type that is named twice nor the one without keys is there */
		assert_int_equal(le32(image + HEADER_SUBJECTS), 3);
		put_le32(image + le32(image + HEADER_SUBJECTS_AT) +
				IMAGE_SUBJECT_SIZE * rows_of[i].subject + rows_of[i].at,
			rows_of[i].value);
		if (!rows_of[i].opens) {
			refuse(rows_of[i].what, image, len, "keys");
			continue;
		}
		put_le64(image + HEADER_SUM,
			hash_image(image + HEADER_SUM + 8, len - HEADER_SUM - 8));
		struct sdreg_registry *const r = sdreg_registry_open_bytes(image, len, NULL, NULL);
		free(image);
		assert_non_null(r);
		sdreg_registry_close(r);
	}
}

/* Types that do not ascend, or are too long to be compared again and again. */
static void test_subject_types(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		static const struct sdreg_key_record key = {.size = sizeof(key),
			.name = {"k", 1},
			.meaning = {"m", 1}};
		const size_t length = IMAGE_TYPE_TEXT_MAX - (i == 1);
		struct sdreg_builder *const b = sdreg_builder_new();
		char text[IMAGE_TYPE_TEXT_MAX + 1];
		size_t len;
		memset(text, 'z', sizeof(text));
		text[length] = '\0';
		assert_int_equal(sdreg_builder_title(b, (struct sdreg_text){text, length}), 0);
		assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp _b._tcp"), NULL),
			0);
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		unsigned char *const image = finish(b, &len);
		const size_t first = le32(image + HEADER_SUBJECTS_AT);
		const size_t second = first + IMAGE_SUBJECT_SIZE;
		if (i == 0) { /* the first one's text is that of the second */
			put_le32(image + first, le32(image + second) - IMAGE_SUBJECT_SIZE);
			refuse("types that do not ascend", image, len, "keys");
			continue;
		}
		put_le32(image + second, (uint32_t)second - le32(image + HEADER_TITLE));
		if (i == 2) {
			refuse("a type that is too long", image, len, "keys");
			continue;
		}
		put_le64(image + HEADER_SUM,
			hash_image(image + HEADER_SUM + 8, len - HEADER_SUM - 8));
		struct sdreg_registry *const r = sdreg_registry_open_bytes(image, len, NULL, NULL);
		free(image);
		assert_non_null(r);
		sdreg_registry_close(r);
	}
}

/* The last list ends with the image, so one entry more lies behind it. */
static void test_last_list(void **state)
{
	static const struct row row = {"x", "7", "tcp", NULL, NULL};
	struct sdreg_registry *const r = table_registry(&row, 1, 0);
	size_t len;
	const void *const image = sdreg_registry_image(r, &len);
	unsigned char *const copy = malloc(len);
	(void)state;
	assert_non_null(copy);
	memcpy(copy, image, len);
	sdreg_registry_close(r);
	assert_int_equal(le32(copy + len - 8), 1);
	put_le32(copy + len - 8, 2);
	refuse("an entry behind the image", copy, len, "indices");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forgeries),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_full_slots),
		cmocka_unit_test(test_budget),
		cmocka_unit_test(test_txt_budget),
		cmocka_unit_test(test_type_keys),
		cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_subject_types),
		cmocka_unit_test(test_last_list),
	};
	return cmocka_run_group_tests_name("forged", tests, NULL, NULL);
}
